//! A feed or an entry while it is being read: what was offered for each field, best first; and how
//! it becomes a [`FeedHead`] or an [`Entry`] once everything is known.

use std::borrow::Cow;

use super::date;
use super::entity::{self, Rules};
use super::entry::{Complaint, Entry, FeedHead, MAX_FIELD, MAX_LIST};
use super::html_text::{self, Kind};
use crate::model::{Enclosure, Time};
use crate::text::{Clean, Link, Raw};

/// A value for which there are several candidates: the highest rank wins, the first among equals.
#[derive(Clone, Debug)]
pub(super) struct Best<T> {
    rank: u32,
    value: Option<T>,
}

impl<T> Default for Best<T> {
    fn default() -> Self {
        Self { rank: 0, value: None }
    }
}

impl<T> Best<T> {
    pub(super) fn offer(&mut self, rank: u32, value: T) {
        if self.value.is_none() || rank > self.rank {
            *self = Self { rank, value: Some(value) };
        }
    }

    pub(super) fn is_none(&self) -> bool {
        self.value.is_none()
    }

    pub(super) fn get(&self) -> Option<&T> {
        self.value.as_ref()
    }

    pub(super) fn into_inner(self) -> Option<T> {
        self.value
    }
}

/// A text and what the feed says it is.
#[derive(Clone, Debug, Default)]
pub(super) struct Rich<'a> {
    pub(super) text: Cow<'a, str>,
    pub(super) kind: Kind,
}

impl Rich<'_> {
    fn line(&self) -> Option<Clean> {
        Some(html_text::line(&self.text, self.kind)).filter(|line| !line.is_empty())
    }
}

/// An attached file as written.
#[derive(Clone, Debug)]
pub(super) struct File<'a> {
    pub(super) address: Cow<'a, str>,
    pub(super) media_type: Option<Cow<'a, str>>,
    pub(super) bytes: Option<u64>,
}

/// What was read of a feed, an entry, or an entry's source.
#[derive(Clone, Debug, Default)]
pub(super) struct Draft<'a> {
    pub(super) title: Best<Rich<'a>>,
    pub(super) id: Best<Cow<'a, str>>,
    pub(super) link: Best<Cow<'a, str>>,
    pub(super) comments: Best<Cow<'a, str>>,
    pub(super) own_address: Best<Cow<'a, str>>,
    pub(super) next_page: Best<Cow<'a, str>>,
    pub(super) summary: Best<Rich<'a>>,
    pub(super) content: Best<Rich<'a>>,
    pub(super) source: Best<Rich<'a>>,
    pub(super) published: Best<Time>,
    pub(super) updated: Best<Time>,
    pub(super) image: Best<Cow<'a, str>>,
    pub(super) lang: Best<Cow<'a, str>>,
    pub(super) base: Best<Link>,
    /// What links inside of its text are relative to, where the text says so itself.
    pub(super) text_base: Best<Link>,
    /// Anything stood in it, known or not.
    pub(super) touched: bool,
    people: Vec<Clean>,
    people_rank: u32,
    categories: Vec<Clean>,
    files: Vec<File<'a>>,
}

/// Complaints, each kind once.
#[derive(Clone, Debug, Default)]
pub(super) struct Complaints(Vec<Complaint>);

impl Complaints {
    pub(super) fn add(&mut self, complaint: Complaint) {
        let kind = std::mem::discriminant(&complaint);
        if self.0.iter().all(|have| std::mem::discriminant(have) != kind) {
            self.0.push(complaint);
        }
    }

    pub(super) fn into_inner(self) -> Vec<Complaint> {
        self.0
    }
}

impl<'a> Draft<'a> {
    /// Adds someone who wrote. People of a higher rank replace those of a lower; `raw` may be
    /// `name`, `mail (name)` or `name <mail>`.
    pub(super) fn add_person(&mut self, rank: u32, raw: &str) {
        let name = html_text::line(person_name(raw), Kind::Unsaid);
        if name.is_empty() || rank < self.people_rank {
            return;
        }
        if rank > self.people_rank {
            self.people.clear();
            self.people_rank = rank;
        }
        if self.people.len() < MAX_LIST && !self.people.contains(&name) {
            self.people.push(name);
        }
    }

    pub(super) fn add_category(&mut self, raw: &str) {
        let category = html_text::line(raw, Kind::Unsaid);
        let known = |have: &Clean| have.as_str().eq_ignore_ascii_case(category.as_str());
        if !category.is_empty() && self.categories.len() < MAX_LIST && !self.categories.iter().any(known) {
            self.categories.push(category);
        }
    }

    pub(super) fn add_file(&mut self, file: File<'a>) {
        let is_picture = file.media_type.as_deref().is_some_and(|media| media.starts_with("image/"));
        if is_picture {
            self.image.offer(2_000_000, file.address.clone());
        }
        if self.files.len() < MAX_LIST && !file.address.trim().is_empty() {
            self.files.push(file);
        }
    }

    fn byline(&self) -> Option<Clean> {
        (!self.people.is_empty()).then(|| {
            let names: Vec<&str> = self.people.iter().map(Clean::as_str).collect();
            Clean::new(&names.join(", "))
        })
    }

    /// The title, as text.
    pub(super) fn title_line(&self) -> Option<Clean> {
        self.title.get().and_then(Rich::line)
    }
}

/// Offers a date for a field, or complains that it cannot be read.
pub(super) fn offer_date(field: &mut Best<Time>, rank: u32, written: &str, complaints: &mut Complaints) {
    if written.trim().is_empty() {
        return;
    }
    match date::parse(written) {
        Some(time) => field.offer(rank, time),
        None => complaints.add(Complaint::BadDate(Clean::new(clip(written, 80)))),
    }
}

/// The first `max` bytes of `text`, or a little less so as not to cut a character.
pub(super) fn clip(text: &str, max: usize) -> &str {
    if text.len() <= max {
        return text;
    }
    let mut end = max;
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

/// The name in `mail (name)`, `name <mail>`, `name (mail)`; else all of it.
fn person_name(raw: &str) -> &str {
    let raw = raw.trim();
    if let Some((before, inside)) = raw.strip_suffix(')').and_then(|rest| rest.rsplit_once('(')) {
        return match (before.trim(), inside.trim()) {
            (before, inside) if before.contains('@') && !inside.is_empty() => inside,
            (before, inside) if inside.contains('@') && !before.is_empty() => before,
            _ => raw,
        };
    }
    if let Some((before, inside)) = raw.strip_suffix('>').and_then(|rest| rest.rsplit_once('<'))
        && inside.contains('@')
        && !before.trim().is_empty()
    {
        return before.trim().trim_matches('"');
    }
    raw
}

/// Resolves an address against the first of the bases that there is. Addresses that begin with
/// `www.` are meant as absolute.
pub(super) fn resolve(written: &str, bases: &[Option<&Link>]) -> Option<Link> {
    let written = written.trim();
    if written.is_empty() {
        return None;
    }
    // Line breaks inside of an address are the URL parser's business; markup in it is nobody's.
    let written = entity::decode(written, Rules::Xml);
    if written.get(..4).is_some_and(|head| head.eq_ignore_ascii_case("www.")) {
        return Link::parse(&format!("http://{written}"));
    }
    // Nearly all are absolute: then the base need not be read.
    if written.starts_with("https://") || written.starts_with("http://") {
        return Link::parse(&written);
    }
    match bases.iter().flatten().next() {
        Some(base) => base.join(&written),
        None => Link::parse(&written),
    }
}

/// A finished feed's context, for its entries.
pub(super) struct Finish<'b> {
    /// Where the feed was fetched from.
    pub(super) address: Option<&'b Link>,
    /// What the feed's own links are relative to.
    pub(super) base: Option<Link>,
    /// The feed's site.
    pub(super) site: Option<Link>,
    lang: Option<Clean>,
    /// Atom: who wrote the entries that name nobody.
    author: Option<Clean>,
}

impl<'b> Finish<'b> {
    /// Makes the head of the feed, and what its entries need to know of it.
    pub(super) fn head(draft: Draft<'_>, address: Option<&'b Link>, mut head: FeedHead) -> (FeedHead, Self) {
        let base = draft.base.get().cloned();
        let bases = [base.as_ref(), address];
        let link = |field: &Best<Cow<'_, str>>| field.get().and_then(|written| resolve(written, &bases));
        head.title = draft.title_line();
        head.site = link(&draft.link).filter(Link::is_web);
        head.own_address = link(&draft.own_address).filter(Link::is_web);
        head.next_page = link(&draft.next_page).filter(Link::is_web);
        head.description = draft.summary.get().and_then(Rich::line);
        head.lang = draft.lang.get().and_then(|code| language(code));
        head.author = draft.byline();
        head.image = link(&draft.image).filter(Link::is_web);
        head.updated = draft.updated.into_inner().or(draft.published.into_inner());
        let site = head.site.clone();
        let inherited = head.format != super::Format::Rss;
        let author = head.author.clone().filter(|_| inherited);
        let lang = head.lang.clone();
        (head, Self { address, base, site, lang, author })
    }

    /// Makes an entry; `None` if nothing was in it.
    pub(super) fn entry(&self, draft: Draft<'_>, complaints: &mut Complaints) -> Option<Entry> {
        if !draft.touched {
            return None;
        }
        let own = draft.base.get().cloned();
        // RSS says nothing about relative links; where the feed came from is the best guess, and of
        // a feed from a file, its site.
        let bases = [own.as_ref(), self.base.as_ref(), self.address, self.site.as_ref()];
        let link = |field: &Best<Cow<'_, str>>| field.get().and_then(|written| resolve(written, &bases));
        let mut enclosures: Vec<Enclosure> = Vec::new();
        for file in &draft.files {
            let Some(address) = resolve(&file.address, &bases).filter(Link::is_web) else { continue };
            let media_type = file.media_type.as_deref().map(Clean::new).filter(|media| !media.is_empty());
            if enclosures.iter().all(|have| have.link != address) {
                enclosures.push(Enclosure { link: address, media_type, bytes: file.bytes.filter(|n| *n > 0) });
            }
        }
        let id = draft.id.get().map(|id| id.trim()).filter(|id| !id.is_empty());
        Some(Entry {
            guid: id.map(Raw::new),
            title: draft.title_line().unwrap_or_default(),
            link: link(&draft.link),
            byline: draft.byline().or_else(|| self.author.clone()),
            source: draft.source.get().and_then(Rich::line),
            published: draft.published.get().copied(),
            updated: draft.updated.get().copied(),
            comments: link(&draft.comments).filter(Link::is_web),
            image: link(&draft.image).filter(Link::is_web),
            enclosures,
            lang: draft.lang.get().and_then(|code| language(code)).or_else(|| self.lang.clone()),
            base: draft.text_base.get().or_else(|| bases.iter().copied().flatten().next()).cloned(),
            summary_html: body(draft.summary, complaints),
            content_html: body(draft.content, complaints),
            categories: draft.categories,
        })
    }
}

fn body(field: Best<Rich<'_>>, complaints: &mut Complaints) -> Option<Raw> {
    let Rich { text, kind } = field.into_inner()?;
    if text.trim().is_empty() {
        return None;
    }
    let text = if text.len() > MAX_FIELD {
        complaints.add(Complaint::FieldCut);
        clip(&text, MAX_FIELD).to_owned()
    } else {
        text.into_owned()
    };
    Some(Raw::new(html_text::body(text, kind)))
}

/// A language code, lower-case, if it looks like one.
fn language(code: &str) -> Option<Clean> {
    let code = code.trim();
    let sound = (2..=35).contains(&code.len())
        && code.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'))
        && code.as_bytes()[..2].iter().all(u8::is_ascii_alphabetic);
    sound.then(|| Clean::new(&code.to_ascii_lowercase().replace('_', "-")))
}

/// Rank of an element's value in a [`Best`]: elements that stand where they belong go before those
/// found inside of something unknown.
pub(super) fn rank(of: u8, at_home: bool) -> u32 {
    u32::from(of) + if at_home { 100 } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_best_is_the_first_of_the_highest() {
        let mut best = Best::default();
        for (rank, value) in [(1, "a"), (3, "b"), (3, "c"), (2, "d")] {
            best.offer(rank, value);
        }
        assert_eq!(best.into_inner(), Some("b"));
    }

    #[test]
    fn names_of_people() {
        for (written, name) in [
            ("ann@a.example (Ann Ash)", "Ann Ash"),
            ("Ann Ash (ann@a.example)", "Ann Ash"),
            ("\"Ann Ash\" <ann@a.example>", "Ann Ash"),
            ("Ann Ash (Minsk)", "Ann Ash (Minsk)"),
            ("ann@a.example", "ann@a.example"),
            ("ann@a.example ()", "ann@a.example ()"),
            ("<ann@a.example>", "<ann@a.example>"),
        ] {
            assert_eq!(person_name(written), name);
        }
    }

    #[test]
    fn people_of_a_higher_rank_replace_the_others() {
        let mut draft = Draft::default();
        for (rank, name) in [(1, "A"), (2, "B"), (1, "C"), (2, "D"), (2, "B"), (3, " ")] {
            draft.add_person(rank, name);
        }
        assert_eq!(draft.byline().unwrap().as_str(), "B, D");
    }

    #[test]
    fn languages() {
        assert_eq!(language(" en_GB ").unwrap().as_str(), "en-gb");
        for bad in ["", "x", "English, mostly", "4711", "e\u{1b}[31m"] {
            assert_eq!(language(bad), None, "{bad}");
        }
    }

    #[test]
    fn addresses() {
        let base = Link::parse("https://a.example/feeds/all.xml").unwrap();
        for (written, resolved) in [
            (" /news/1 ", Some("https://a.example/news/1")),
            ("1?a=1&amp;b=2", Some("https://a.example/feeds/1?a=1&b=2")),
            ("//b.example/x", Some("https://b.example/x")),
            ("www.c.example/x", Some("http://www.c.example/x")),
            ("javascript:alert(1)", None),
            ("", None),
        ] {
            assert_eq!(resolve(written, &[None, Some(&base)]).as_ref().map(Link::as_str), resolved, "{written}");
        }
        assert_eq!(resolve("/news/1", &[]), None);
    }

    #[test]
    fn clipping_keeps_characters_whole() {
        assert_eq!(clip("aéé", 2), "a");
        assert_eq!(clip("aéé", 3), "aé");
        assert_eq!(clip("a", 3), "a");
    }
}
