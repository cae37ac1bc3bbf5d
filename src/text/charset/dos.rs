//! The code pages of DOS, which the web's Encoding Standard leaves out but for 866. Feeds of old
//! programs still name them.

use oem_cp::code_table::DECODING_TABLE_CP_MAP;

use super::Decoded;

/// The code page that a label names: `cp437`, `IBM850`, `csIBM855`, `437`, `cspc850multilingual`.
/// `None` if it names none, or one that the Encoding Standard has.
pub(super) fn page(label: &str) -> Option<u16> {
    let squeezed: String = label.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_ascii_lowercase();
    let number = match squeezed.as_str() {
        "cspc8codepage437" => "437",
        "cspc775baltic" => "775",
        "cspc850multilingual" => "850",
        "cspc862latinhebrew" => "862",
        "cspcp852" => "852",
        "cpis" => "861",
        other => other
            .strip_prefix("csibm")
            .or_else(|| other.strip_prefix("ibm"))
            .or_else(|| other.strip_prefix("cp"))
            .unwrap_or(other),
    };
    let page = number.parse().ok()?;
    let of_dos = matches!(page, 437 | 720 | 737 | 775 | 850 | 852 | 855 | 857 | 858 | 860..=865 | 869);
    of_dos.then_some(page)
}

/// The text in that code page; `None` if there is no table of it.
pub(super) fn decode(bytes: &[u8], page: u16) -> Option<Decoded> {
    let text = DECODING_TABLE_CP_MAP.get(&page)?.decode_string_lossy(bytes);
    let lossy = text.contains('\u{fffd}');
    Some(Decoded { text, encoding: "DOS", lossy })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels() {
        for (label, number) in
            [("cp437", 437), ("IBM-850", 850), ("csIBM855", 855), ("862", 862), ("cspc775baltic", 775)]
        {
            assert_eq!(page(label), Some(number), "{label}");
        }
        for other in ["cp866", "cp1251", "utf-8", "iso-8859-1", "", "cp", "99999999"] {
            assert_eq!(page(other), None, "{other}");
        }
    }

    #[test]
    fn letters() {
        assert_eq!(decode(b"Gar\x87on", 437).unwrap().text, "Garçon");
        assert_eq!(decode(b"\x80", 855).unwrap().text, "ђ");
        assert_eq!(decode(b"x", 9), None);
    }
}
