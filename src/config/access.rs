//! `[[feed]]`: what the servers of some feeds want to see first.
//!
//! No secret stands in the file: it names a command or a variable of the environment that has it.

use toml::de::DeValue;

use super::section::Section;
use crate::model::access::{Access, Holder, Scheme, Source};
use crate::text::Link;

/// What people may try to write a secret as.
const SECRETS: [&str; 5] = ["password", "token", "secret", "bearer", "value"];

/// Reads every `[[feed]]`; one that is not whole is complained about and left out.
pub(super) fn read(root: &mut Section<'_, '_>) -> Vec<Access> {
    let mut all = Vec::new();
    root.each_table("feed", |mut section| {
        all.extend(one(&mut section));
        section.finish();
    });
    all
}

fn one(section: &mut Section<'_, '_>) -> Option<Access> {
    let holder = holder(section);
    let scheme = scheme(section);
    for name in SECRETS {
        if let Some(span) = section.take(name) {
            section.source.complain(
                &span,
                &format!("a secret does not stand in this file ({name})"),
                Some("say where it is: secret_command = [\"pass\", \"show\", \"…\"] or secret_env = \"NAME\"".into()),
            );
            // Already said what there is to say about where it comes from.
            section.take("secret_command");
            section.take("secret_env");
            return None;
        }
    }
    let source = source(section);
    Some(Access { holder: holder?, scheme: scheme?, source: source? })
}

fn holder(section: &mut Section<'_, '_>) -> Option<Holder> {
    let (address, host) = (section.text("address"), section.text("host"));
    match (address, host) {
        (Some(address), _) => {
            let link = Link::parse(address.get_ref()).filter(Link::is_web);
            if link.is_none() {
                let hint = "it is a whole address, as in https://example.org/feed.xml".to_owned();
                section.bad("address", &address.span(), address.get_ref(), hint);
            }
            link.map(Holder::Address)
        }
        (None, Some(host)) => {
            // As an address has it: lower-case, ASCII, without www.
            let link = Link::parse(&format!("https://{}/", host.get_ref()));
            let plain = !host.get_ref().contains(['/', '@', '?', '#', ':']);
            match link.filter(|_| plain) {
                Some(link) => Some(Holder::Host(link.host().to_owned())),
                None => {
                    let hint = "it is the name of a host, as in example.org".to_owned();
                    section.bad("host", &host.span(), host.get_ref(), hint);
                    None
                }
            }
        }
        (None, None) => {
            section.lacks("address = \"https://…\", or host = \"…\" for all feeds of a host");
            None
        }
    }
}

fn scheme(section: &mut Section<'_, '_>) -> Option<Scheme> {
    let (user, header) = (section.text("user"), section.text("header"));
    match (user, header) {
        (Some(user), None) => Some(Scheme::Basic { user: (*user.get_ref()).to_owned() }),
        (None, None) => Some(Scheme::Bearer),
        (None, Some(header)) => {
            let name = *header.get_ref();
            // RFC 9110 §5.6.2: a token.
            let token = |b: u8| b.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&b);
            if !name.is_empty() && name.bytes().all(token) {
                return Some(Scheme::Header(name.to_owned()));
            }
            section.bad("header", &header.span(), name, "it is the name of a header, as in X-Api-Key".to_owned());
            None
        }
        (Some(_), Some(header)) => {
            let hint = "user is for a password, header for a header of its own: one of the two".to_owned();
            section.bad("header", &header.span(), header.get_ref(), hint);
            None
        }
    }
}

fn source(section: &mut Section<'_, '_>) -> Option<Source> {
    let variable = section.text("secret_env").map(|name| (*name.get_ref()).to_owned());
    if let Some(value) = section.value("secret_command") {
        let words: Option<Vec<String>> = match value.get_ref() {
            DeValue::String(line) => shell_words::split(line).ok(),
            DeValue::Array(words) => words.iter().map(|word| word.get_ref().as_str().map(str::to_owned)).collect(),
            _ => None,
        };
        let command = words.filter(|words| words.first().is_some_and(|program| !program.is_empty()));
        if command.is_none() {
            section.wrong_type("secret_command", value, "a program with its arguments, as text or as a list of texts");
        }
        return command.map(Source::Command);
    }
    if variable.is_none() {
        section.lacks("secret_command = [\"pass\", \"show\", \"…\"], or secret_env = \"NAME\"");
    }
    variable.filter(|name| !name.is_empty()).map(Source::Variable)
}
