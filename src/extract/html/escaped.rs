//! Markup that was escaped once too often: `&lt;p&gt;Text&lt;/p&gt;`.

/// Elements whose tags, seen as text, give such markup away.
const TELLING: &[&str] = &[
    "p",
    "a",
    "br",
    "div",
    "span",
    "img",
    "strong",
    "em",
    "b",
    "i",
    "ul",
    "ol",
    "li",
    "blockquote",
    "h1",
    "h2",
    "h3",
    "h4",
    "figure",
    "table",
    "iframe",
    "hr",
];

/// How far in the text is looked at, in bytes: enough to tell, whatever its length.
const LOOK: usize = 64 << 10;

/// The text with one level of escapes taken off, if it is visibly markup; `None` if it is not. Text
/// that only speaks of a tag stays as it is: there must be a pair of tags, or one at the very start
/// that carries attributes or has no content, and no real markup beyond a wrapper.
pub(super) fn unescape(html: &str) -> Option<String> {
    if !html.contains("&lt;") && !html.contains("&#60;") {
        return None;
    }
    let mut end = html.len().min(LOOK);
    while !html.is_char_boundary(end) {
        end -= 1;
    }
    let sample = &html[..end];
    if real_tags(sample) > 2 || sample.contains("<pre") || sample.contains("<code") {
        return None;
    }
    let plain = decode(sample);
    let visible = strip_wrapper(&plain);
    telling(&plain, visible).then(|| decode(html))
}

/// Takes one level of escapes off.
fn decode(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        const NAMES: &[(&str, &str)] = &[
            ("&lt;", "<"),
            ("&gt;", ">"),
            ("&quot;", "\""),
            ("&amp;", "&"),
            ("&apos;", "'"),
            ("&#39;", "'"),
            ("&#60;", "<"),
            ("&#62;", ">"),
            ("&#34;", "\""),
            ("&#38;", "&"),
        ];
        match NAMES.iter().find(|(name, _)| rest.starts_with(name)) {
            Some((name, character)) => {
                out.push_str(character);
                rest = &rest[name.len()..];
            }
            None => {
                out.push('&');
                rest = &rest[1..];
            }
        }
    }
    out.push_str(rest);
    out
}

/// Start tags in `html` as it stands.
fn real_tags(html: &str) -> usize {
    html.as_bytes().windows(2).filter(|w| w[0] == b'<' && w[1].is_ascii_alphabetic()).count()
}

/// The text without a `<div>` or `<p>` around the whole.
fn strip_wrapper(text: &str) -> &str {
    let text = text.trim_start();
    match text.strip_prefix('<').and_then(|t| t.split_once('>')) {
        Some(("div" | "p" | "span", rest)) => rest.trim_start(),
        _ => text,
    }
}

fn telling(all: &str, visible: &str) -> bool {
    let pair = TELLING.iter().any(|name| {
        let open = all.find(&format!("<{name}>")).or_else(|| all.find(&format!("<{name} ")));
        open.is_some_and(|open| all[open..].contains(&format!("</{name}>")))
    });
    let lone = ["<br>", "<br/>", "<br />", "<img ", "<hr>"].iter().any(|tag| visible.starts_with(tag));
    pair || lone || all.contains("<br /><br />") || all.contains("<br><br>")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn visible_markup_is_unescaped_once() {
        assert_eq!(unescape("&lt;p&gt;a &amp;amp; b&lt;/p&gt;").as_deref(), Some("<p>a &amp; b</p>"));
        assert_eq!(unescape("&lt;img src=&quot;x&quot; /&gt; a").as_deref(), Some("<img src=\"x\" /> a"));
        assert!(unescape("<div>&lt;p&gt;a&lt;/p&gt;</div>").is_some());
    }

    #[test]
    fn text_about_tags_is_left_alone() {
        for html in [
            "use the &lt;p&gt; tag",
            "1 &lt; 2",
            "<p>An example: <code>&lt;p&gt;x&lt;/p&gt;</code></p>",
            "<p>One</p><p>Two</p><p>&lt;b&gt;x&lt;/b&gt;</p>",
            "plain",
        ] {
            assert_eq!(unescape(html), None, "{html}");
        }
    }
}
