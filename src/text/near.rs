//! Addresses of this machine and of the network around it: what a stranger's page must not have us
//! ask for, since whoever asks from here is trusted there.

use std::net::{Ipv4Addr, Ipv6Addr};

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
        Some(Host::Ipv4(number)) => is_near_v4(number),
        Some(Host::Ipv6(number)) => is_near_v6(number),
        None => false,
    }
}

fn is_near_v4(number: Ipv4Addr) -> bool {
    let [first, second, ..] = number.octets();
    number.is_loopback()
        || number.is_private()
        || number.is_link_local()
        || number.is_unspecified()
        || number.is_broadcast()
        // Addresses of a provider's own network (RFC 6598), and all that begin with 0.
        || (first == 100 && (64..128).contains(&second))
        || first == 0
}

fn is_near_v6(number: Ipv6Addr) -> bool {
    let mapped = number.to_ipv4_mapped().is_some_and(is_near_v4);
    mapped
        || number.is_loopback()
        || number.is_unspecified()
        || number.is_unique_local()
        || number.is_unicast_link_local()
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
