//! A list of feeds as OPML 2.0.

use super::{Listed, Outline};
use crate::feed::entity;
use crate::model::Time;
use crate::text::Clean;

/// Writes a list of feeds as OPML 2.0, folders as nested outlines; `created` goes into its head.
///
/// Folders come in the order of their first feed, feeds in their own. Rejected outlines are not
/// written.
#[must_use]
pub fn write(outline: &Outline, created: Option<Time>) -> String {
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<opml version=\"2.0\">\n  <head>\n");
    let title = outline.title.as_ref().map_or("Feeds", Clean::as_str);
    out.push_str("    <title>");
    escape(title, &mut out);
    out.push_str("</title>\n");
    if let Some(time) = created {
        let zoned = time.timestamp().to_zoned(jiff::tz::TimeZone::UTC);
        if let Ok(date) = jiff::fmt::rfc2822::to_string(&zoned) {
            out.push_str("    <dateCreated>");
            escape(&date, &mut out);
            out.push_str("</dateCreated>\n");
        }
    }
    out.push_str("  </head>\n  <body>\n");
    // Feeds of one folder stand together: sorted by the place where the folder, and each folder
    // around it, first occurred.
    let mut first: std::collections::HashMap<&[Clean], usize> = std::collections::HashMap::new();
    for (at, feed) in outline.feeds.iter().enumerate() {
        for depth in 0..=feed.folders.len() {
            first.entry(&feed.folders[..depth]).or_insert(at);
        }
    }
    let place = |feed: &Listed| -> Vec<usize> {
        (1..=feed.folders.len()).map(|depth| first.get(&feed.folders[..depth]).copied().unwrap_or(0)).collect()
    };
    let mut order: Vec<(Vec<usize>, usize)> =
        outline.feeds.iter().enumerate().map(|(at, feed)| (place(feed), at)).collect();
    for (path, at) in &mut order {
        path.push(*at);
    }
    order.sort();
    let mut open: &[Clean] = &[];
    for (_, at) in order {
        let feed = &outline.feeds[at];
        let common = open.iter().zip(&feed.folders).take_while(|(a, b)| a == b).count();
        for depth in (common..open.len()).rev() {
            indent(depth, &mut out);
            out.push_str("</outline>\n");
        }
        for (depth, folder) in feed.folders.iter().enumerate().skip(common) {
            indent(depth, &mut out);
            out.push_str("<outline");
            attribute("text", folder.as_str(), &mut out);
            out.push_str(">\n");
        }
        open = &feed.folders;
        write_feed(feed, &mut out);
    }
    for depth in (0..open.len()).rev() {
        indent(depth, &mut out);
        out.push_str("</outline>\n");
    }
    out.push_str("  </body>\n</opml>\n");
    out
}

fn write_feed(feed: &Listed, out: &mut String) {
    indent(feed.folders.len(), out);
    out.push_str("<outline type=\"rss\"");
    let title = feed.title.as_ref().map_or(feed.address.host(), Clean::as_str);
    attribute("text", title, out);
    attribute("title", title, out);
    attribute("xmlUrl", feed.address.as_str(), out);
    if let Some(site) = &feed.site {
        attribute("htmlUrl", site.as_str(), out);
    }
    if let Some(description) = &feed.description {
        attribute("description", description.as_str(), out);
    }
    if !feed.tags.is_empty() {
        let tags: Vec<String> = feed.tags.iter().map(|tag| tag.as_str().replace(',', " ")).collect();
        attribute("category", &tags.join(","), out);
    }
    out.push_str("/>\n");
}

fn indent(depth: usize, out: &mut String) {
    for _ in 0..depth + 2 {
        out.push_str("  ");
    }
}

fn attribute(name: &str, value: &str, out: &mut String) {
    out.push(' ');
    out.push_str(name);
    out.push_str("=\"");
    escape(value, out);
    out.push('"');
}

fn escape(text: &str, out: &mut String) {
    let mut escaped = String::with_capacity(text.len());
    entity::escape_into(text, &mut escaped);
    out.push_str(&escaped.replace('"', "&quot;"));
}
