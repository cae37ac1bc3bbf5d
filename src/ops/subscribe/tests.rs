//! Addresses as people type them.

use super::*;

#[test]
fn addresses_as_people_type_them() {
    for (typed, address_is) in [
        ("https://a.example/x", "https://a.example/x"),
        ("HTTP://a.example", "http://a.example/"),
        ("lwn.net", "https://lwn.net/"),
        (" lwn.net/feed ", "https://lwn.net/feed"),
        ("feed:https://a.example/x", "https://a.example/x"),
        ("feed://a.example/x", "https://a.example/x"),
        ("localhost:8000/x", "http://localhost:8000/x"),
        ("127.0.0.1:8000", "http://127.0.0.1:8000/"),
        ("пример.рф", "https://xn--e1afmkfd.xn--p1ai/"),
    ] {
        assert_eq!(address(typed).unwrap().as_str(), address_is, "{typed}");
    }
    for bad in ["", "feed", "a b.example", "ftp://a.example", "javascript:alert(1)", "http://", "../x", "mailto:a@b.c"]
    {
        assert_eq!(address(bad).unwrap_err().kind, Kind::Usage, "{bad}");
    }
}

#[test]
fn what_is_typed_by_hand_may_be_a_command_or_a_file() {
    for (text, address) in [
        ("lwn.net", "https://lwn.net/"),
        ("exec:~/bin/feed 'a b'", "exec:~/bin/feed 'a b'"),
        ("file:///home/ada/f.xml", "file:///home/ada/f.xml"),
        ("file:/home/ada/f.xml", "file:///home/ada/f.xml"),
    ] {
        assert_eq!(typed(text).unwrap().as_str(), address);
    }
    assert!(typed("file:feed.xml").unwrap().as_str().ends_with("/feed.xml"));
    for bad in ["exec:", "exec:'x", "file:", "file://elsewhere.example/x", "https://ada:secret@a.example/feed"] {
        let failure = typed(bad).unwrap_err();
        assert_eq!(failure.kind, Kind::Usage, "{bad}");
        assert!(!failure.message.as_str().contains("secret") && !failure.hints.is_empty());
    }
    // The other door takes neither: what pages and lists name goes through it.
    assert!(address("exec:id").is_err() && address("file:///etc/passwd").is_err());
}
