//! The elements that hold values: links, pictures, attachments, categories and texts, and what each
//! offers to the draft of the feed, entry or source it stands in.

use std::borrow::Cow;

use super::{Reader, Scope};
use crate::feed::capture::{self, Captured};
use crate::feed::draft::{File, Rich, offer_date, rank, resolve};
use crate::feed::entity::{self, Rules};
use crate::feed::html_text::Kind;
use crate::feed::names::Means;
use crate::feed::token::Tag;

impl<'a> Reader<'a> {
    /// `<link>` with its address as text, or as attributes with what it is.
    pub(super) fn link(&mut self, tag: &Tag<'a>) {
        let inside_image = self.scope() == Some(Scope::Image);
        let [href, resource, media_type, rel, length] = tag.pick(["href", "rdf:resource", "type", "rel", "length"]);
        let Some(href) = href.or(resource) else {
            let captured = self.capture(tag, false);
            if !inside_image && !captured.text.trim().is_empty() {
                let rank = rank(5, self.unknown.is_empty());
                self.target().link.offer(rank, captured.text);
            }
            return;
        };
        if inside_image {
            return;
        }
        let address = self.based(tag, href);
        let media_type = media_type.unwrap_or("");
        let is_page = media_type.is_empty() || media_type.contains("html");
        let rel = rel.unwrap_or("alternate").trim();
        // The IANA names may be written as addresses.
        let rel = capture::small(rel.rsplit('/').next().unwrap_or(rel));
        let at_home = self.unknown.is_empty();
        let in_feed = self.scope() == Some(Scope::Feed);
        let length = length.and_then(|n| n.trim().parse().ok());
        let draft = self.target();
        match &*rel {
            "alternate" | "" => draft.link.offer(rank(if is_page { 5 } else { 4 }, at_home), address),
            "self" if in_feed => draft.own_address.offer(1, address),
            "self" => draft.link.offer(2, address),
            "next" => draft.next_page.offer(1, address),
            "replies" if is_page => draft.comments.offer(1, address),
            "enclosure" => {
                let media_type = Some(media_type).filter(|media| !media.is_empty()).map(Cow::Borrowed);
                draft.add_file(File { address, media_type, bytes: length });
            }
            "via" | "related" => draft.link.offer(1, address),
            _ => {}
        }
    }

    /// The address in an attribute, resolved if the element has a base of its own.
    pub(super) fn based(&self, tag: &Tag<'a>, written: &'a str) -> Cow<'a, str> {
        let written = entity::decode(written, Rules::Xml);
        if !tag.mentions("xml:") {
            return written;
        }
        let Some(own) = tag.attribute("xml:base") else { return written };
        let outer = self.entry.as_ref().and_then(|entry| entry.base.get()).or(self.feed.base.get()).or(self.address);
        match resolve(own, &[outer]).and_then(|base| base.join(&written)) {
            Some(link) => Cow::Owned(link.as_str().to_owned()),
            None => written,
        }
    }

    pub(super) fn enclosure(&mut self, tag: &Tag<'a>) {
        let address = ["url", "href", "rdf:resource", "enc:url"].iter().find_map(|name| tag.attribute(name));
        let address = match address {
            Some(address) => entity::decode(address, Rules::Xml),
            None => self.capture(tag, false).text,
        };
        let media_type = tag.attribute("type").or_else(|| tag.attribute("enc:type"));
        let media_type = media_type.filter(|media| !media.is_empty()).map(|media| entity::decode(media, Rules::Xml));
        let length = tag.attribute("length").or_else(|| tag.attribute("enc:length"));
        let bytes = length.and_then(|n| n.trim().parse().ok());
        self.target().add_file(File { address, media_type, bytes });
    }

    /// `media:content`: a picture, or a file. What stands in it belongs to the entry.
    pub(super) fn media(&mut self, tag: &Tag<'a>) {
        let Some(address) = tag.attribute("url") else { return };
        let address = entity::decode(address, Rules::Xml);
        let media_type = tag.attribute("type").unwrap_or("");
        let medium = tag.attribute("medium").unwrap_or("");
        let path = address.split(['?', '#']).next().unwrap_or("");
        let picture_name = [".jpg", ".jpeg", ".png", ".gif", ".webp", ".avif"].iter().any(|end| {
            path.len() > end.len()
                && path.is_char_boundary(path.len() - end.len())
                && path[path.len() - end.len()..].eq_ignore_ascii_case(end)
        });
        let is_picture = medium.eq_ignore_ascii_case("image")
            || media_type.starts_with("image/")
            || (medium.is_empty() && media_type.is_empty() && picture_name);
        if is_picture {
            let width = tag.attribute("width").and_then(|n| n.trim().parse().ok()).unwrap_or(0);
            self.target().image.offer(picture_rank(5, width), address);
        } else if !media_type.contains("shockwave") {
            let media_type = if media_type.is_empty() { medium } else { media_type };
            let media_type = Some(media_type).filter(|media| !media.is_empty()).map(Cow::Borrowed);
            let bytes = tag.attribute("fileSize").and_then(|n| n.trim().parse().ok());
            self.target().add_file(File { address, media_type, bytes });
        }
    }

    pub(super) fn picture(&mut self, of: u8, tag: &Tag<'a>) {
        let address = match tag.attribute("url").or_else(|| tag.attribute("href")) {
            Some(address) => entity::decode(address, Rules::Xml),
            None => self.capture(tag, false).text,
        };
        let width = tag.attribute("width").and_then(|n| n.trim().parse().ok()).unwrap_or(0);
        if !address.trim().is_empty() {
            self.target().image.offer(picture_rank(of, width), address);
        }
    }

    pub(super) fn category(&mut self, tag: &Tag<'a>) {
        let label =
            ["label", "text", "term"].iter().find_map(|name| tag.attribute(name)).filter(|name| !name.is_empty());
        let at_home = self.unknown.is_empty();
        match label {
            // Not captured: `itunes:category` holds others.
            Some(label) => {
                let label = entity::decode(label, Rules::Xml);
                self.target().add_category(&label);
            }
            None => {
                let captured = self.capture(tag, false);
                if at_home {
                    self.target().add_category(&captured.text);
                }
            }
        }
    }

    /// An element that says something by its text.
    pub(super) fn text_element(&mut self, means: Means, tag: &Tag<'a>) {
        let at_home = self.unknown.is_empty();
        let scope = self.scope();
        let Captured { text, mut kind } = self.capture(tag, means.is_body());
        if text.trim().is_empty() {
            if matches!(means, Means::Content(_)) {
                self.content_elsewhere(tag);
            }
            return;
        }
        // `media:description` is what people typed under their video.
        if means == Means::Summary(1) && kind == Kind::Unsaid && !text.contains('<') {
            kind = Kind::Lines;
        }
        match scope {
            Some(Scope::Author(_)) => match means {
                Means::Name => self.person.name = Some(text),
                Means::Email => self.person.email = Some(text),
                _ => {}
            },
            Some(Scope::Image) => {
                if means == Means::Url {
                    self.target().image.offer(picture_rank(3, 0), text);
                }
            }
            _ => self.offer(means, at_home, tag, Rich { text, kind }),
        }
    }

    fn offer(&mut self, means: Means, at_home: bool, tag: &Tag<'a>, rich: Rich<'a>) {
        let Rich { text, .. } = &rich;
        if matches!(means, Means::Content(_) | Means::Summary(_)) {
            self.body_attributes(means, tag);
        }
        let in_entry = self.scope() == Some(Scope::Entry);
        let mut complaints = std::mem::take(&mut self.complaints);
        match means {
            Means::Published(of) => {
                offer_date(&mut self.target().published, rank(of, at_home), text, &mut complaints);
            }
            Means::Updated(of) => offer_date(&mut self.target().updated, rank(of, at_home), text, &mut complaints),
            Means::Title(of) => self.target().title.offer(rank(of, at_home), rich),
            Means::Id(of) => self.id(rank(of, at_home), tag, rich.text),
            Means::Summary(of) => {
                let draft = self.target();
                // A second description is the whole text, if it is longer.
                let longer = draft.summary.get().is_some_and(|have| have.text.len() < text.len());
                if in_entry && of == 5 && longer && !draft.summary.is_none() {
                    draft.content.offer(1, rich);
                } else {
                    draft.summary.offer(rank(of, at_home), rich);
                }
            }
            Means::Content(of) => self.target().content.offer(rank(of, at_home), rich),
            Means::TextLink(_) => self.original_link(rich.text),
            Means::Comments => self.target().comments.offer(2, rich.text),
            Means::Keywords => {
                let draft = self.target();
                text.split(',').for_each(|word| draft.add_category(word));
            }
            Means::TextPicture => self.target().image.offer(picture_rank(2, 0), rich.text),
            Means::Language => self.target().lang.offer(2, rich.text),
            Means::Ttl => self.schedule.ttl(text),
            Means::UpdatePeriod => self.schedule.period(text),
            Means::UpdateFrequency => self.schedule.frequency(text),
            Means::SkipHour => self.schedule.skip_hour(text),
            Means::SkipDay => self.schedule.skip_day(text),
            _ => {}
        }
        self.complaints = complaints;
    }

    /// `<content src="…"/>`: the text is the page itself.
    fn content_elsewhere(&mut self, tag: &Tag<'a>) {
        if let Some(src) = tag.attribute("src") {
            let address = self.based(tag, src);
            self.target().link.offer(1, address);
        }
    }

    /// `xml:base` and `xml:lang` of a body, which count for its entry.
    fn body_attributes(&mut self, means: Means, tag: &Tag<'a>) {
        if self.scope() != Some(Scope::Entry) || tag.written_attributes().is_empty() {
            return;
        }
        if !tag.mentions("xml:") {
            return;
        }
        let outer = self.entry.as_ref().and_then(|entry| entry.base.get()).or(self.feed.base.get()).or(self.address);
        let base = tag.attribute("xml:base").and_then(|base| resolve(base, &[outer]));
        let Some(entry) = &mut self.entry else { return };
        if let Some(base) = base {
            // The text's own, if it has both.
            entry.text_base.offer(if matches!(means, Means::Content(_)) { 2 } else { 1 }, base);
        }
        if let Some(lang) = tag.attribute("xml:lang") {
            entry.lang.offer(0, Cow::Borrowed(lang));
        }
    }

    fn id(&mut self, rank: u32, tag: &Tag<'a>, id: Cow<'a, str>) {
        let permanent = !tag.attribute("isPermaLink").is_some_and(|v| v.trim().eq_ignore_ascii_case("false"));
        let address = id.trim();
        let is_address = address.starts_with("http://") || address.starts_with("https://");
        let draft = self.target();
        if is_address && permanent {
            draft.link.offer(3, Cow::Owned(address.to_owned()));
        }
        draft.id.offer(rank, id);
    }

    /// The address behind a FeedBurner link, which goes nowhere since the service closed.
    fn original_link(&mut self, address: Cow<'a, str>) {
        let draft = self.target();
        let dead = ["feedproxy.google.com", "feeds.feedburner.com", "feedsportal.com"];
        if draft.link.get().is_none_or(|have| dead.iter().any(|host| have.contains(host))) {
            draft.link.offer(1_000, address);
        }
    }
}

/// Ranks pictures by what they are, then by width in pixels.
pub(super) fn picture_rank(of: u8, width: u32) -> u32 {
    u32::from(of) * 1_000_000 + width.min(999_999)
}
