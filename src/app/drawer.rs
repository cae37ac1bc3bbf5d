//! The sources drawer: folders, feeds and what lists can be made of them.

use super::event::Sources;
use crate::model::{Feed, FeedId, FolderId, Only, Scope, View};
use crate::text::Clean;

/// The sources drawer.
#[derive(Clone, Debug, Default)]
pub struct Drawer {
    /// Whether it is open.
    pub open: bool,
    /// What there is.
    pub sources: Sources,
    /// Of each saved query its unread articles, where they are counted.
    pub counts: Vec<(Clean, u64)>,
    /// The selected line.
    pub cursor: usize,
    /// The first line on the screen.
    pub top: usize,
    /// The feed whose leaving was taken back: the cursor goes to it when it is here again.
    pub(super) awaited: Option<FeedId>,
}

/// A line of the drawer.
#[derive(Clone, Debug, PartialEq)]
pub struct Line<'a> {
    /// What it is called.
    pub name: Clean,
    /// What opening it shows.
    pub view: View,
    /// The number beside it: unread articles, or bookmarks.
    pub count: u64,
    /// How deep it stands.
    pub depth: u16,
    /// The feed it is.
    pub feed: Option<&'a Feed>,
}

/// Of a drawer `height` lines high, how many at its bottom tell of the selected line: how its feed does,
/// under a blank line. None where it is so low that they are wanted for the sources.
#[must_use]
pub fn told_lines(height: u16) -> u16 {
    if height < 8 { 0 } else { (height / 4).clamp(3, 5) }
}

impl Drawer {
    /// The feeds of a line of several that could not be fetched, and how many there are in all. Nothing for
    /// a saved query, which is of no feed.
    #[must_use]
    pub fn failing(&self, line: &Line<'_>) -> (Vec<&Clean>, usize) {
        let folder = match line.view.scope {
            Scope::Folder(id) => self.sources.folders.iter().find(|(other, _)| *other == id).map(|(_, name)| name),
            _ => None,
        };
        let mut feeds: Vec<&Feed> = match (folder, &line.view) {
            (Some(name), _) => self.within(name).collect(),
            (None, View { scope: Scope::Everything, query: None, only: Only::All, .. }) => {
                self.sources.feeds.iter().collect()
            }
            _ => Vec::new(),
        };
        // What is never fetched cannot fail either, and is no feed to whoever counts them.
        feeds.retain(|feed| feed.address.is_fetched());
        let failing = feeds.iter().filter(|feed| feed.health.error.is_some()).map(|feed| &feed.title).collect();
        (failing, feeds.len())
    }

    /// The lines, top down. Linear in the number of feeds.
    #[must_use]
    pub fn lines(&self) -> Vec<Line<'_>> {
        let everything = |only| View { only, ..View::default() };
        let fixed =
            |name: &str, only, count| Line { name: name.into(), view: everything(only), count, depth: 0, feed: None };
        let sources = &self.sources;
        let mut lines = vec![
            fixed("All news", Only::All, sources.unread),
            fixed("Unread", Only::Unread, sources.unread),
            fixed("Bookmarks", Only::Bookmarked, sources.bookmarked),
        ];
        for saved in &sources.saved {
            let view = View { query: Some(saved.query.clone()), ..View::default() };
            let count = self.counts.iter().find(|(name, _)| *name == saved.name).map_or(0, |(_, count)| *count);
            lines.push(Line { name: saved.name.clone(), view, count, depth: 0, feed: None });
        }
        for (id, name) in &sources.folders {
            let inside: Vec<&Feed> = self.inside(Some(*id)).collect();
            let view = View { scope: Scope::Folder(*id), ..View::default() };
            // With the folders within it, as its list has them.
            let count = self.within(name).map(|feed| feed.unread).sum();
            lines.push(Line { name: name.clone(), view, count, depth: 0, feed: None });
            lines.extend(inside.into_iter().map(|feed| line(feed, 1)));
        }
        lines.extend(self.inside(None).map(|feed| line(feed, 0)));
        lines
    }

    /// The feeds of a folder, called by its way, and of those within it.
    fn within<'a>(&'a self, path: &'a Clean) -> impl Iterator<Item = &'a Feed> {
        let folders = self.sources.folders.iter();
        let within = folders.filter(move |(_, other)| {
            other.as_str().strip_prefix(path.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        });
        within.flat_map(|(id, _)| self.inside(Some(*id)))
    }

    fn inside(&self, folder: Option<FolderId>) -> impl Iterator<Item = &Feed> {
        self.sources.feeds.iter().filter(move |feed| feed.folder == folder)
    }

    /// The view of the selected line.
    #[must_use]
    pub fn selected(&self) -> Option<View> {
        self.lines().into_iter().nth(self.cursor).map(|line| line.view)
    }

    /// Selects the line that shows `view`.
    pub fn select(&mut self, view: &View) {
        if let Some(at) = self.lines().iter().position(|line| line.view == *view) {
            self.cursor = at;
        }
    }

    /// Moves the cursor by `by` lines.
    pub fn move_by(&mut self, by: isize) {
        let last = self.lines().len().saturating_sub(1);
        self.cursor = self.cursor.saturating_add_signed(by).min(last);
    }

    /// Scrolls so that the selected line is on the screen, in a drawer so many lines high.
    pub fn follow(&mut self, height: u16) {
        let height = usize::from(height - told_lines(height));
        self.top = self.top.min(self.cursor).max((self.cursor + 1).saturating_sub(height.max(1)));
    }
}

fn line(feed: &Feed, depth: u16) -> Line<'_> {
    let view = View { scope: Scope::Feed(feed.id), ..View::default() };
    Line { name: feed.title.clone(), view, count: feed.unread, depth, feed: Some(feed) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::sample;

    #[test]
    fn feeds_stand_under_their_folders() {
        let mut drawer = Drawer { sources: sample::sources(), ..Drawer::default() };
        let names: Vec<String> = drawer.lines().iter().map(|line| line.name.to_string()).collect();
        assert_eq!(names, ["All news", "Unread", "Bookmarks", "World", "The Harbour Post", "Field Notes"]);
        drawer.move_by(100);
        assert_eq!(drawer.cursor, 5);
        drawer.follow(3);
        assert_eq!(drawer.top, 3);
        drawer.follow(8);
        assert_eq!((told_lines(8), drawer.top), (3, 3));
        drawer.select(&View::default());
        assert_eq!(drawer.cursor, 0);
    }
}
