use super::*;
use proptest::prelude::*;

fn encode(label: &str, text: &str) -> Vec<u8> {
    match label {
        "utf-16le" => text.encode_utf16().flat_map(u16::to_le_bytes).collect(),
        "utf-16be" => text.encode_utf16().flat_map(u16::to_be_bytes).collect(),
        "utf-32le" => text.chars().flat_map(|c| (c as u32).to_le_bytes()).collect(),
        "utf-32be" => text.chars().flat_map(|c| (c as u32).to_be_bytes()).collect(),
        label => Encoding::for_label(label.as_bytes()).unwrap().encode(text).0.into_owned(),
    }
}

const SAMPLES: &[(&str, &str)] = &[
    ("windows-1250", "Příliš žluťoučký kůň úpěl ďábelské ódy, řekl švec v neděli."),
    ("windows-1251", "Съезд горных инженеров открылся в Душанбе, сообщили организаторы."),
    ("windows-1252", "Le café du théâtre – « été » – a rouvert, dit le gérant d’à côté."),
    ("windows-1253", "Η σύνοδος άρχισε στην Αθήνα με καθυστέρηση δύο ωρών."),
    ("windows-1254", "Görüşmeler İstanbul'da başladı, çağrı yapıldı, ışıklar söndü."),
    ("windows-1256", "بدأ الاجتماع في العاصمة بعد تأخير دام ساعتين."),
    ("iso-8859-2", "Příliš žluťoučký kůň úpěl ďábelské ódy, řekl švec v neděli."),
    ("iso-8859-5", "Съезд горных инженеров открылся в Душанбе, сообщили организаторы."),
    ("iso-8859-7", "Η σύνοδος άρχισε στην Αθήνα με καθυστέρηση δύο ωρών."),
    ("koi8-r", "Съезд горных инженеров открылся в Душанбе, сообщили организаторы."),
    ("koi8-u", "З'їзд гірничих інженерів відкрився, повідомили організатори. Її ґанок є."),
    ("gb18030", "会议在首都开幕，比预定时间晚了两个小时。"),
    ("big5", "會議在首都開幕，比預定時間晚了兩個小時。"),
    ("shift_jis", "会議は首都で二時間遅れて始まったと関係者が述べた。"),
    ("euc-jp", "会議は首都で二時間遅れて始まったと関係者が述べた。"),
    ("iso-2022-jp", "会議は首都で二時間遅れて始まったと関係者が述べた。"),
    ("euc-kr", "회의는 예정보다 두 시간 늦게 수도에서 시작되었다."),
    ("utf-8", "Съезд 会议 회의 café"),
];

#[test]
fn what_the_header_says() {
    for (label, text) in SAMPLES {
        let body = format!("<rss><title>{text}</title></rss>");
        let decoded = decode(&encode(label, &body), Some(&format!("text/xml; charset=\"{label}\"")));
        assert_eq!((decoded.text.as_str(), decoded.lossy), (body.as_str(), false), "{label}");
        assert_eq!(decoded.encoding.to_lowercase(), *label);
    }
}

#[test]
fn what_the_declaration_says() {
    for (label, text) in SAMPLES {
        let body = format!("\n<?xml version='1.0' encoding='{label}' ?><rss><title>{text}</title></rss>");
        assert_eq!(decode(&encode(label, &body), Some("application/rss+xml")).text, body, "{label}");
    }
}

#[test]
fn what_the_page_says() {
    for (label, text) in SAMPLES {
        for head in [
            format!("<meta charset={label}>"),
            format!("<meta name=x content=y><META http-equiv=Content-Type content='text/html; charset={label}'>"),
        ] {
            let body = format!("<html><head>{head}<title>{text}</title>");
            assert_eq!(decode(&encode(label, &body), Some("text/html")).text, body, "{label}");
        }
    }
}

#[test]
fn wide_encodings_with_and_without_marks() {
    let body = "<?xml version='1.0'?><rss><title>Съезд 会议 🚀</title></rss>";
    for label in ["utf-8", "utf-16le", "utf-16be", "utf-32le", "utf-32be"] {
        for mark in ["", "\u{feff}"] {
            for header in [None, Some("text/xml; charset=iso-8859-1")] {
                let decoded = decode(&encode(label, &format!("{mark}{body}")), header);
                assert_eq!((decoded.text.as_str(), decoded.lossy), (body, false), "{label} {mark:?} {header:?}");
                assert_eq!(decoded.encoding.to_lowercase(), label);
            }
        }
    }
}

#[test]
fn utf16_of_chinese_alone_by_its_header() {
    let decoded = decode(&encode("utf-16be", "会议<a>"), Some("text/xml; charset=utf-16"));
    assert_eq!(decoded.text, "会议<a>");
}

#[test]
fn false_witnesses() {
    let russian = "Съезд горных инженеров открылся в Душанбе, сообщили организаторы.";
    let declared = |label: &str| format!("<?xml version='1.0' encoding='{label}'?><t>{russian}</t>");
    for (bytes, header, encoding) in [
        // Declared as anything, but valid UTF-8.
        (declared("windows-1251").into_bytes(), Some("text/xml; charset=iso-8859-1"), "UTF-8"),
        (declared("utf-16").into_bytes(), None, "UTF-8"),
        (declared("us-ascii").into_bytes(), Some("text/xml; charset=us-ascii"), "UTF-8"),
        // The server's default against what the document says and looks like.
        (encode("windows-1251", &declared("windows-1251")), Some("text/xml; charset=iso-8859-1"), "windows-1251"),
        (encode("windows-1251", &declared("windows-1251")), Some("text/xml; charset=utf-8"), "windows-1251"),
        (encode("koi8-r", &declared("utf-8")), Some("text/xml; charset=utf-8"), "KOI8-U"),
        // Both wrong, or none.
        (encode("windows-1251", &declared("utf-8")), None, "windows-1251"),
        (encode("windows-1251", russian), None, "windows-1251"),
        // Transcoded on the way: the header is right, the declaration was left behind.
        (encode("koi8-r", &declared("windows-1251")), Some("text/xml; charset=koi8-r"), "KOI8-R"),
        // ISO label on Windows text.
        (
            encode("windows-1250", "<t>„žluťoučký kůň“ – řekl švec</t>"),
            Some("text/xml; charset=iso-8859-2"),
            "windows-1250",
        ),
    ] {
        let decoded = decode(&bytes, header);
        assert_eq!((decoded.encoding, decoded.lossy), (encoding, false), "{header:?} {:?}", decoded.text);
    }
}

#[test]
fn a_few_broken_bytes_do_not_change_the_encoding() {
    let mut bytes = "<t>Съезд горных инженеров открылся</t>".repeat(3).into_bytes();
    bytes.push(0xd0);
    let decoded = decode(&bytes, None);
    assert_eq!((decoded.encoding, decoded.lossy), ("UTF-8", true));
    assert!(decoded.text.ends_with('\u{fffd}'));
}

#[test]
fn labels_in_the_wild() {
    for (written, meant) in [
        ("cp-1251", "windows-1251"),
        ("win1251", "windows-1251"),
        ("WINDOWS_1251", "windows-1251"),
        ("Windows1252", "windows-1252"),
        ("iso8859_2", "ISO-8859-2"),
        ("ISO 8859-5", "ISO-8859-5"),
        ("cp932", "Shift_JIS"),
        ("CP936", "GBK"),
        ("koi8r", "KOI8-R"),
        ("KOI-8", "KOI8-R"),
        ("utf8", "UTF-8"),
        ("UTF_8", "UTF-8"),
        ("latin1", "windows-1252"),
    ] {
        assert_eq!(lookup(written).map(Encoding::name), Some(meant), "{written}");
    }
    for nothing in ["us-ascii", "", "x-user-made", "iso-8859-99", "utf-32", "iso-2022-kr"] {
        assert_eq!(lookup(nothing), None, "{nothing}");
    }
    for (header, meant) in [
        ("text/xml;charset=utf-8", Some("utf-8")),
        ("text/xml; Charset = 'koi8-r' ; x=y", Some("koi8-r")),
        ("text/xml; charset=", None),
        ("text/xml", None),
        ("", None),
    ] {
        assert_eq!(charset_parameter(header), meant, "{header}");
    }
}

#[test]
fn empty_is_empty() {
    assert_eq!(decode(b"", None), Decoded { text: String::new(), encoding: "UTF-8", lossy: false });
}

proptest! {
    #[test]
    fn any_bytes_any_header(bytes in proptest::collection::vec(any::<u8>(), 0..300), header in proptest::option::of("\\PC{0,40}")) {
        let _ = decode(&bytes, header.as_deref());
    }

    #[test]
    fn utf8_is_kept(text in "\\PC{0,200}", header in "text/xml(; charset=(utf-8|iso-8859-1|koi8-r|gbk|big5))?") {
        prop_assume!(!text.starts_with('\u{feff}') && !text.contains('\0'));
        prop_assert_eq!(decode(text.as_bytes(), Some(&header)).text, text);
    }
}
