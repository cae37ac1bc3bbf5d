//! Addresses of this machine and of the network around it: what a stranger's page must not have us
//! ask for, since whoever asks from here is trusted there.

use url::{Host, Url};

use super::Link;

/// Names that stand for something near, with all names below them (RFC 6761, 6762, 8375, and what
/// home routers call themselves).
const NAMES: [&str; 6] = ["localhost", "local", "internal", "home.arpa", "lan", "intranet"];

/// Whether an address leads to this machine or into the network around it, as far as the address
/// itself tells: by its number, or by a name that means such a place or has no dot in it. What a name
/// server makes of other names is not looked at.
#[must_use]
pub fn is_near(address: &Link) -> bool {
    let Ok(url) = Url::parse(address.as_str()) else { return false };
    match url.host() {
        Some(Host::Domain(name)) => {
            let name = name.trim_end_matches('.');
            let below = |of: &str| name.strip_suffix(of).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'));
            !name.contains('.') || NAMES.iter().any(|of| below(of))
        }
        Some(Host::Ipv4(number)) => is_near_v4(number.octets()),
        Some(Host::Ipv6(number)) => is_near_v6(number.segments()),
        None => false,
    }
}

fn is_near_v4(number: [u8; 4]) -> bool {
    matches!(
        number,
        // All that begin with 0 mean this machine; then the networks of RFC 1918, of providers (RFC 6598), what a
        // machine gives itself (RFC 3927), and everybody around.
        [0 | 10 | 127, ..]
            | [172, 16..=31, ..]
            | [192, 168, ..]
            | [100, 64..=127, ..]
            | [169, 254, ..]
            | [255, 255, 255, 255]
    )
}

fn is_near_v6(number: [u16; 8]) -> bool {
    match number {
        // None at all, and this machine.
        [0, 0, 0, 0, 0, 0, 0, 0 | 1] => true,
        // An address of IPv4 in other clothes.
        [0, 0, 0, 0, 0, 0xffff, high, low] => {
            let ([a, b], [c, d]) = (high.to_be_bytes(), low.to_be_bytes());
            is_near_v4([a, b, c, d])
        }
        // Networks of one's own (RFC 4193), and what a machine gives itself (RFC 4291).
        [first, ..] => first & 0xfe00 == 0xfc00 || first & 0xffc0 == 0xfe80,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn this_machine_and_its_network_are_near() {
        for (address, near) in [
            ("http://localhost/", true),
            ("http://printer/", true),
            ("http://a.localhost./", true),
            ("http://router.lan/", true),
            ("http://127.8.0.1:80/", true),
            ("http://2130706433/", true),
            ("http://0x7f.1/", true),
            ("http://10.0.0.1/", true),
            ("http://172.20.1.1/", true),
            ("http://192.168.1.1/cgi", true),
            ("http://169.254.169.254/latest/meta-data", true),
            ("http://100.100.100.200/", true),
            ("http://0.0.0.0/", true),
            ("http://[::1]/", true),
            ("http://[fd00::1]/", true),
            ("http://[fe80::1]/", true),
            ("http://[::ffff:192.168.0.1]/", true),
            ("http://news.example/", false),
            ("http://thelocal.example/", false),
            ("http://localhost.example/", false),
            ("http://8.8.8.8/", false),
            ("http://172.32.0.1/", false),
            ("http://100.128.0.1/", false),
            ("http://[2001:db8::1]/", false),
            ("mailto:a@b.example", false),
        ] {
            assert_eq!(is_near(&Link::parse(address).unwrap()), near, "{address}");
        }
    }
}
