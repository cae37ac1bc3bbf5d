//! RSS and Atom: one walk over the tokens, whatever the version and however broken.
//!
//! There is no tree. The reader keeps a short stack of the containers it stands in (feed, entry,
//! person …) and a list of unknown elements that are open; every known element inside of them
//! offers its value to the draft of the innermost feed, entry or source. What keeps it going where
//! feeds are broken:
//!
//! - an end tag that opened nothing is ignored; one that closes an outer element closes the inner;
//! - an entry that begins ends the one before it, wherever that one was;
//! - a text that was never closed ends where an element begins that cannot stand in it
//!   ([`super::capture`]);
//! - what stands inside of unknown elements counts less than what stands in its place, so that an
//!   unknown element that is never closed hides nothing.

mod values;

use std::borrow::Cow;

use super::draft::{Complaints, Draft, Finish, Rich, offer_date, rank, resolve};
use super::entity::{self, Rules};
use super::entry::{Complaint, FeedHead, Format, MAX_ENTRIES, Parsed};
use super::names::{self, Means, Namespaces};
use super::schedule::Schedule;
use super::token::{Tag, Token, Tokens};
use crate::text::Link;
use values::picture_rank;

/// How many unknown open elements an end tag is compared with.
const LOOK_BACK: usize = 64;

/// How deep known containers are followed; deeper ones are taken as unknown.
const MAX_SCOPES: usize = 32;

/// Where the reader stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Scope {
    Feed,
    Entry,
    /// A person, with the rank of the element.
    Author(u8),
    Source,
    Image,
    /// Something whose content is not ours.
    Foreign,
}

/// What the elements that were seen say about the text as a whole.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Seen {
    /// A feed's outermost element, or an entry.
    pub(super) feed: bool,
    pub(super) html: bool,
    pub(super) opml: bool,
    /// Any element.
    pub(super) element: bool,
}

/// Someone who is being read.
#[derive(Debug, Default)]
struct Person<'a> {
    name: Option<Cow<'a, str>>,
    email: Option<Cow<'a, str>>,
    text: String,
}

pub(super) struct Reader<'a> {
    pub(super) tokens: Tokens<'a>,
    pub(super) spaces: Namespaces<'a>,
    /// Known containers that are open, with their written names.
    scopes: Vec<(Scope, &'a str)>,
    /// Unknown elements that are open within the innermost of them.
    unknown: Vec<&'a str>,
    /// A text was being read when the input ended.
    pub(super) ended_inside: bool,
    format: Option<Format>,
    feed: Draft<'a>,
    entry: Option<Draft<'a>>,
    source: Draft<'a>,
    /// The text of a `source` or `image` that has no elements.
    loose: String,
    person: Person<'a>,
    entries: Vec<Draft<'a>>,
    schedule: Schedule,
    pub(super) complaints: Complaints,
    address: Option<&'a Link>,
    full: bool,
    seen: Seen,
}

/// Reads RSS or Atom. `Err` if no feed was in it: then what was seen.
pub(super) fn read(text: &str, address: Option<&Link>, complaints: Complaints) -> Result<Parsed, Seen> {
    let mut reader = Reader {
        tokens: Tokens::new(text),
        spaces: Namespaces::new(),
        scopes: Vec::new(),
        unknown: Vec::new(),
        ended_inside: false,
        format: None,
        feed: Draft::default(),
        entry: None,
        source: Draft::default(),
        loose: String::new(),
        person: Person::default(),
        entries: Vec::new(),
        schedule: Schedule::default(),
        complaints,
        address,
        full: false,
        seen: Seen::default(),
    };
    while let Some(token) = reader.tokens.next() {
        match token {
            Token::Start(tag) => reader.start(&tag),
            Token::End { name, .. } => reader.end(name),
            Token::Text(text) => reader.loose_text(&entity::decode(text, Rules::Xml)),
            Token::Cdata(text) => reader.loose_text(text),
        }
        if reader.full {
            break;
        }
    }
    reader.finish()
}

impl<'a> Reader<'a> {
    fn finish(mut self) -> Result<Parsed, Seen> {
        if !self.seen.feed {
            return Err(self.seen);
        }
        let cut = (self.tokens.cut() || self.ended_inside) && self.entry.is_some();
        if cut {
            self.complaints.add(Complaint::Truncated);
        }
        // A feed of one entry that was cut: better that than nothing.
        if cut && !self.entries.is_empty() {
            self.entry = None;
        }
        self.leave_all();
        let mut head = FeedHead { format: self.format.unwrap_or_default(), ..FeedHead::default() };
        self.schedule.apply(&mut head);
        let (head, finish) = Finish::head(self.feed, self.address, head);
        let mut complaints = self.complaints;
        let entries = self.entries.into_iter().filter_map(|draft| finish.entry(draft, &mut complaints)).collect();
        Ok(Parsed { feed: head, entries, complaints: complaints.into_inner() })
    }

    // Where we stand.

    fn scope(&self) -> Option<Scope> {
        self.scopes.last().map(|(scope, _)| *scope)
    }

    fn enter(&mut self, scope: Scope, tag: &Tag<'a>) {
        if tag.empty || self.scopes.len() >= MAX_SCOPES {
            return;
        }
        self.unknown.clear();
        self.scopes.push((scope, tag.name));
    }

    /// Whether `name` is that of a container that is open.
    pub(super) fn is_open(&self, name: &str) -> bool {
        self.scopes.iter().any(|(_, open)| open.eq_ignore_ascii_case(name))
    }

    fn end(&mut self, name: &'a str) {
        let recent = self.unknown.len().saturating_sub(LOOK_BACK);
        if let Some(at) = self.unknown[recent..].iter().rposition(|open| open.eq_ignore_ascii_case(name)) {
            self.unknown.truncate(recent + at);
        } else if let Some(at) = self.scopes.iter().rposition(|(_, open)| open.eq_ignore_ascii_case(name)) {
            self.leave_to(at);
        }
    }

    /// Leaves containers until only the outermost `depth` are open.
    fn leave_to(&mut self, depth: usize) {
        while self.scopes.len() > depth {
            self.unknown.clear();
            let Some((scope, _)) = self.scopes.pop() else { break };
            match scope {
                Scope::Entry => self.close_entry(),
                Scope::Author(rank) => self.close_person(rank),
                Scope::Source => self.close_source(),
                Scope::Image => self.close_image(),
                Scope::Feed | Scope::Foreign => {}
            }
        }
    }

    fn leave_all(&mut self) {
        self.leave_to(0);
        self.close_entry();
    }

    fn close_entry(&mut self) {
        if let Some(draft) = self.entry.take() {
            self.entries.push(draft);
        }
    }

    fn close_person(&mut self, of: u8) {
        let person = std::mem::take(&mut self.person);
        let rank = rank(of, true);
        let written = [person.name.as_deref(), Some(&*person.text), person.email.as_deref()];
        if let Some(name) = written.into_iter().flatten().find(|name| !name.trim().is_empty()) {
            self.target().add_person(rank, name);
        }
    }

    fn close_source(&mut self) {
        let source = std::mem::take(&mut self.source);
        let text = std::mem::take(&mut self.loose);
        let Some(entry) = &mut self.entry else { return };
        if let Some(title) = source.title.into_inner() {
            entry.source.offer(2, title);
        } else if !text.trim().is_empty() {
            entry.source.offer(1, Rich { text: Cow::Owned(text), ..Rich::default() });
        }
    }

    fn close_image(&mut self) {
        let text = std::mem::take(&mut self.loose);
        if text.trim().starts_with("http") {
            self.target().image.offer(picture_rank(3, 0), Cow::Owned(text));
        }
    }

    /// The draft that the elements here belong to.
    fn target(&mut self) -> &mut Draft<'a> {
        let inner = self.scopes.iter().rev().find(|(scope, _)| !matches!(scope, Scope::Author(_) | Scope::Image));
        match inner.map(|(scope, _)| *scope) {
            Some(Scope::Source) => &mut self.source,
            Some(Scope::Entry) => self.entry.get_or_insert_default(),
            _ => &mut self.feed,
        }
    }

    fn loose_text(&mut self, text: &str) {
        if !self.unknown.is_empty() {
            return;
        }
        match self.scope() {
            Some(Scope::Author(_)) => self.person.text.push_str(text),
            Some(Scope::Source | Scope::Image) => self.loose.push_str(text),
            _ => {}
        }
    }

    // What begins here.

    fn start(&mut self, tag: &Tag<'a>) {
        let (ns, local) = self.spaces.resolve(tag);
        self.seen.element = true;
        if let Some(entry) = &mut self.entry {
            entry.touched = true;
        }
        match names::lookup(ns, local) {
            Some(means) if self.accepts(means) => self.element(means, tag),
            _ => self.unknown_element(tag, local),
        }
    }

    fn unknown_element(&mut self, tag: &Tag<'a>, local: &str) {
        if !self.seen.feed {
            self.seen.html |= local.eq_ignore_ascii_case("html") || local.eq_ignore_ascii_case("body");
            self.seen.opml |= local.eq_ignore_ascii_case("opml");
        }
        if !tag.empty {
            self.unknown.push(tag.name);
        }
    }

    /// Whether an element of this meaning can stand here. Outside of a feed only a feed can begin;
    /// a bare entry begins one too, unless this is a page.
    fn accepts(&self, means: Means) -> bool {
        match means {
            Means::Root(_) => true,
            Means::Channel | Means::Entry => self.seen.feed || !(self.seen.html || self.seen.opml),
            _ => self.seen.feed && (self.scope() != Some(Scope::Foreign) || never_foreign(means)),
        }
    }

    fn element(&mut self, means: Means, tag: &Tag<'a>) {
        // A person holds only what a person has: anything else means it was never closed.
        if matches!(self.scope(), Some(Scope::Author(_)))
            && !matches!(means, Means::Name | Means::Email | Means::PersonDetail | Means::Url | Means::Picture(_))
        {
            self.leave_to(self.scopes.len() - 1);
        }
        if self.scope() == Some(Scope::Foreign) && never_foreign(means) {
            self.leave_to(self.scopes.len() - 1);
        }
        match means {
            Means::Root(format) => self.root(format, tag),
            Means::Channel => self.channel(tag),
            Means::Entry => self.begin_entry(tag),
            Means::Author(rank) => self.author(rank, tag),
            Means::Source => self.begin_source(tag),
            Means::Image => self.image(tag),
            Means::Foreign => self.enter(Scope::Foreign, tag),
            Means::Link => self.link(tag),
            Means::Enclosure => self.enclosure(tag),
            Means::MediaContent => self.media(tag),
            Means::Picture(of) => self.picture(of, tag),
            Means::Category => self.category(tag),
            _ => self.text_element(means, tag),
        }
    }

    fn root(&mut self, format: Format, tag: &Tag<'a>) {
        self.leave_all();
        self.unknown.clear();
        self.seen.feed = true;
        self.format.get_or_insert(format);
        self.common_attributes(tag, true);
        self.enter(Scope::Feed, tag);
    }

    fn channel(&mut self, tag: &Tag<'a>) {
        self.seen.feed = true;
        // Never inside of anything: what is open was never closed.
        let feed = self.scopes.iter().take_while(|(scope, _)| *scope == Scope::Feed).count();
        self.leave_to(feed);
        self.common_attributes(tag, true);
        self.enter(Scope::Feed, tag);
        self.definition(tag);
    }

    /// What Channel Definition Format, the oldest kind of feed, says of a channel or an item in its
    /// attributes.
    fn definition(&mut self, tag: &Tag<'a>) {
        if tag.written_attributes().is_empty() {
            return;
        }
        let [href, changed] = tag.pick(["href", "lastmod"]);
        if let Some(href) = href {
            self.target().link.offer(1, entity::decode(href, Rules::Xml));
        }
        if let (Some(entry), true) = (&mut self.entry, href.or(changed).is_some()) {
            entry.touched = true;
        }
        if let Some(changed) = changed {
            let mut complaints = std::mem::take(&mut self.complaints);
            offer_date(&mut self.target().updated, 1, changed, &mut complaints);
            self.complaints = complaints;
        }
    }

    fn begin_entry(&mut self, tag: &Tag<'a>) {
        self.seen.feed = true;
        let feed = self.scopes.iter().take_while(|(scope, _)| *scope == Scope::Feed).count();
        self.leave_to(feed);
        self.close_entry();
        if self.entries.len() >= MAX_ENTRIES {
            self.complaints.add(Complaint::TooManyEntries);
            self.full = true;
            return;
        }
        if tag.empty {
            return;
        }
        self.entry = Some(Draft::default());
        self.enter(Scope::Entry, tag);
        self.common_attributes(tag, false);
        let about = tag.attributes().find(|(name, _)| *name == "rdf:about" || *name == "about");
        if let (Some((_, about)), Some(entry)) = (about, &mut self.entry) {
            let about = entity::decode(about, Rules::Xml);
            entry.link.offer(1, about.clone());
            entry.id.offer(rank(2, true), about);
            entry.touched = true;
        }
        self.definition(tag);
    }

    /// `xml:base` and `xml:lang` of a feed or entry.
    fn common_attributes(&mut self, tag: &Tag<'a>, of_feed: bool) {
        if !tag.mentions("xml:") {
            return;
        }
        let feed_base = self.feed.base.get().or(self.address).cloned();
        let draft = if of_feed { &mut self.feed } else { self.entry.get_or_insert_default() };
        if let Some(base) = tag.attribute("xml:base").and_then(|base| resolve(base, &[feed_base.as_ref()])) {
            draft.base = super::draft::Best::default();
            draft.base.offer(0, base);
        }
        if let Some(lang) = tag.attribute("xml:lang") {
            draft.lang.offer(u32::from(of_feed), Cow::Borrowed(lang));
        }
    }

    fn author(&mut self, rank: u8, tag: &Tag<'a>) {
        self.person = Person::default();
        self.enter(Scope::Author(rank), tag);
    }

    fn begin_source(&mut self, tag: &Tag<'a>) {
        self.source = Draft::default();
        self.loose.clear();
        if self.scope() == Some(Scope::Entry) {
            self.enter(Scope::Source, tag);
        } else {
            self.enter(Scope::Foreign, tag);
        }
    }

    fn image(&mut self, tag: &Tag<'a>) {
        self.loose.clear();
        let attribute =
            tag.attribute("rdf:resource").or_else(|| tag.attribute("href")).or_else(|| tag.attribute("url"));
        if let Some(address) = attribute {
            self.target().image.offer(picture_rank(3, 0), entity::decode(address, Rules::Xml));
        }
        self.enter(Scope::Image, tag);
    }
}

/// Whether this says that an element whose content is not ours must have ended: contributors,
/// owners and text inputs hold titles, names and links, but none of these.
fn never_foreign(means: Means) -> bool {
    matches!(
        means,
        Means::Published(_) | Means::Updated(_) | Means::Id(_) | Means::Content(_) | Means::Author(_) | Means::Category
    )
}

#[cfg(test)]
mod tests;
