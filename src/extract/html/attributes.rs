//! The attributes of a start tag, as the builder asks for them.

use html5ever::Attribute;

use crate::text::Clean;

/// The attributes of one start tag.
#[derive(Clone, Copy)]
pub(super) struct Attributes<'a>(pub(super) &'a [Attribute]);

impl<'a> Attributes<'a> {
    /// The value of `name`, which is lower-case, without white space around it; `None` if it is
    /// missing or empty.
    pub(super) fn get(self, name: &str) -> Option<&'a str> {
        let value = self.0.iter().find(|a| &*a.name.local == name)?.value.trim();
        (!value.is_empty()).then_some(value)
    }

    /// The value of the first of `names` that has one.
    pub(super) fn first(self, names: &[&str]) -> Option<&'a str> {
        names.iter().find_map(|name| self.get(name))
    }

    /// The value of `name` as a line of text.
    pub(super) fn line(self, name: &str) -> Option<Clean> {
        self.get(name).map(Clean::new).filter(|line| !line.is_empty())
    }

    /// The leading digits of the value of `name`: `640px` is 640, `100%` is none.
    pub(super) fn number(self, name: &str) -> Option<u64> {
        let value = self.get(name)?;
        let digits = value.bytes().take_while(u8::is_ascii_digit).count();
        if value[digits..].starts_with('%') { None } else { value[..digits].parse().ok() }
    }

    /// Whether it is there, with or without a value.
    pub(super) fn has(self, name: &str) -> bool {
        self.0.iter().any(|a| &*a.name.local == name)
    }

    /// Whether the page means nobody to see the element.
    pub(super) fn hidden(self) -> bool {
        if self.0.iter().any(|a| &*a.name.local == "hidden") || self.get("aria-hidden") == Some("true") {
            return true;
        }
        self.get("style").is_some_and(|style| {
            let style: String = style.chars().filter(|c| !c.is_whitespace()).collect::<String>().to_ascii_lowercase();
            style.contains("display:none") || style.contains("visibility:hidden")
        })
    }

    /// Whether the element has this class.
    pub(super) fn has_class(self, class: &str) -> bool {
        self.get("class").is_some_and(|classes| classes.split_ascii_whitespace().any(|c| c == class))
    }
}
