//! What the list shows, in words: the top line and the terminal's window say it.

use super::prompt::Purpose;
use super::search::On;
use super::state::State;
use crate::clean;
use crate::model::{Only, Scope};
use crate::text::Clean;

impl State {
    /// What the list shows, in words.
    #[must_use]
    pub fn list_title(&self) -> Clean {
        let view = &self.headlines.view;
        match (&view.query, &self.searches.on) {
            (Some(_), Some(On { purpose: Purpose::Filter, text })) => {
                return match &self.searches.narrowed {
                    Some((on, _)) => clean!("Filter: {text} · Search: {}", on.text),
                    None => clean!("Filter: {text} · {}", self.scope_title()),
                };
            }
            (Some(_), Some(on)) => return clean!("Search: {}", on.text),
            (Some(query), None) => {
                return match super::saved::shown(self) {
                    Some(saved) => saved.name,
                    None => clean!("Search: {query}"),
                };
            }
            (None, _) => {}
        }
        self.scope_title()
    }

    /// The scope of the list, and which of its articles it shows, in words.
    fn scope_title(&self) -> Clean {
        let view = &self.headlines.view;
        let sources = &self.drawer.sources;
        let scope = match view.scope {
            Scope::Everything if sources.only_edition() => Some(Clean::new("The Dateline Edition (sample news)")),
            Scope::Everything => None,
            Scope::Feed(id) => sources.feeds.iter().find(|feed| feed.id == id).map(|feed| feed.title.clone()),
            Scope::Folder(id) => sources.folders.iter().find(|(folder, _)| *folder == id).map(|(_, name)| name.clone()),
        };
        if self.headlines.stories {
            return scope
                .filter(|_| view.scope != Scope::Everything)
                .map_or_else(|| Clean::new("Stories"), |scope| clean!("Stories: {scope}"));
        }
        match (scope, view.only) {
            (None, Only::All) => Clean::new("All news"),
            (None, Only::Unread) => Clean::new("Unread"),
            (_, Only::Bookmarked) => Clean::new("Bookmarks"),
            (Some(scope), Only::All) => scope,
            (Some(scope), Only::Unread) => clean!("Unread: {scope}"),
        }
    }
}
