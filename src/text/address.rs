//! Addresses that are as they should be already, told without reading them by the letter of the URL
//! standard. Nearly all addresses in feeds are of this kind, and reading one properly costs as much
//! as all the rest of its entry.

/// Bytes that stand for themselves in a path, a query and a fragment alike.
const PLAIN: [bool; 256] = {
    let mut plain = [false; 256];
    let others = b"-_.~/?=&;:@!$()*+,%#";
    let mut at = 0;
    while at < 256 {
        plain[at] = (at as u8).is_ascii_alphanumeric();
        at += 1;
    }
    at = 0;
    while at < others.len() {
        plain[others[at] as usize] = true;
        at += 1;
    }
    plain
};

/// Whether the URL standard's parser would give `address` back as it is: `http` or `https`, a host of
/// small letters and no number, no port, a path without dot segments. Says no to anything else, also
/// to some addresses that it would not change. Linear.
pub(super) fn is_plain(address: &str) -> bool {
    let rest = address.strip_prefix("https://").or_else(|| address.strip_prefix("http://"));
    let Some((host, from_slash)) = rest.and_then(|rest| rest.split_at_checked(memchr::memchr(b'/', rest.as_bytes())?))
    else {
        return false;
    };
    is_plain_host(host) && is_plain_path(from_slash)
}

/// `address` at the host of `base`, if it is a path from the top and nothing in it needs care.
pub(super) fn join_plain(base: &str, address: &str) -> Option<String> {
    let from_top = address.starts_with('/') && !address.starts_with("//");
    if !from_top || !is_plain_path(address) {
        return None;
    }
    let host = base.strip_prefix("https://").or_else(|| base.strip_prefix("http://"))?;
    let origin = base.len() - host.len() + memchr::memchr(b'/', host.as_bytes())?;
    let mut joined = String::with_capacity(origin + address.len());
    joined.push_str(&base[..origin]);
    joined.push_str(address);
    Some(joined)
}

/// A name whose last label begins with a letter is no number (an address of IPv4 in any of its
/// spellings); one with `xn--` in it has rules of its own.
fn is_plain_host(host: &str) -> bool {
    let letters = host.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-' || b == b'.');
    let last = host.rsplit('.').next().unwrap_or("");
    letters
        && last.starts_with(|c: char| c.is_ascii_lowercase())
        && host.starts_with(|c: char| c.is_ascii_alphanumeric())
        && !host.contains("--")
        && !host.contains("..")
        && host.len() <= 253
        && host.split('.').all(|label| label.len() <= 63)
}

/// From the slash on. A second `#` and dot segments, also written as `%2e`, are left to the standard.
fn is_plain_path(path: &str) -> bool {
    let bytes = path.as_bytes();
    let dotted = |at: usize| {
        bytes.get(at + 1).is_some_and(|next| *next == b'.')
            || bytes.get(at + 1..at + 4).is_some_and(|next| next.eq_ignore_ascii_case(b"%2e"))
    };
    bytes.iter().all(|b| PLAIN[usize::from(*b)])
        && memchr::memchr_iter(b'/', bytes).all(|at| !dotted(at))
        && memchr::memchr_iter(b'#', bytes).count() <= 1
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use url::Url;

    #[test]
    fn what_needs_no_reading() {
        for plain in ["https://a.example/", "http://a-b.c1.example/x?y=%D0%B0&z#t", "https://localhost/a.b/c"] {
            assert!(is_plain(plain), "{plain}");
        }
        for not in [
            "https://a.example",
            "https://A.example/",
            "https://a.example:443/",
            "https://u@a.example/",
            "http://127.0.0.1/",
            "http://0x7f/",
            "https://a.example/../b",
            "https://a.example/%2E%2e/b",
            "https://a.example/a b",
            "https://a.example/?'",
            "https://xn--e1afmkfd.example/",
            "ftp://a.example/",
            "javascript://a.example/",
        ] {
            assert!(!is_plain(not), "{not}");
        }
    }

    proptest! {
        #[test]
        fn agrees_with_the_standard(
            host in "[a-z0-9.-]{0,12}",
            path in "/([a-z0-9/.%#?&=:;@!$()*+,~_-]|%2[eE]|\\.\\.|[A-Z']){0,20}",
        ) {
            let address = format!("https://{host}{path}");
            if is_plain(&address) {
                prop_assert_eq!(Url::parse(&address).map(|url| url.to_string()), Ok(address));
            }
        }

        #[test]
        fn joins_as_the_standard_does(path in "/([a-z0-9/.%#?&=:;@!$()*+,~_-]|[A-Z' ]){0,20}") {
            let base = "https://a.example/b/c?d#e";
            if let Some(joined) = join_plain(base, &path) {
                let standard = Url::parse(base).and_then(|base| base.join(&path)).map(|url| url.to_string());
                prop_assert_eq!(standard, Ok(joined));
            }
        }
    }
}
