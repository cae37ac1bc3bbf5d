//! Exporting from the screen: what, in which form, and where to.

use super::dialog::{Dialog, Line};
use super::effect::{Effect, ExportOf, ExportWish};
use super::prompt::{Prompt, Purpose};
use super::{State, articles};
use crate::clean;
use crate::model::{Action, ExportFormat, Only, Query, View};
use crate::text::width::fit;
use crate::text::{Clean, CleanText};

/// Columns of a headline that names what is exported.
const NAMED: usize = 28;

/// What can be exported, and how.
#[derive(Clone, Debug)]
pub struct Exporting {
    /// What can be: its name, and what it is.
    pub offers: Vec<(Clean, ExportOf)>,
    /// Which of it.
    pub of: usize,
    /// The selected form.
    pub cursor: usize,
}

impl Exporting {
    /// The forms.
    #[must_use]
    pub fn lines(&self) -> Vec<Line> {
        let line = |format: ExportFormat| Line { left: Clean::new(format.name()), right: Clean::new(format.about()) };
        ExportFormat::ALL.into_iter().map(line).collect()
    }

    /// The selected form.
    #[must_use]
    pub fn format(&self) -> ExportFormat {
        ExportFormat::ALL.get(self.cursor).copied().unwrap_or(ExportFormat::Markdown)
    }
}

/// Opens the choices: the target, the list, the bookmarks.
pub(super) fn open(state: &mut State) {
    let target = articles::target(state)
        .map(|row| (clean!("“{}”", fit(row.title.as_str(), NAMED)), ExportOf::Article(row.id, row.title.clone())));
    let list = (!state.headlines.stories && !state.headlines.rows.is_empty()).then(|| {
        let title = state.list_title();
        (clean!("all of {}", fit(title.as_str(), NAMED)), ExportOf::List(state.headlines.view.clone(), title))
    });
    let kept = View { only: Only::Bookmarked, ..View::default() };
    let bookmarks = (state.drawer.sources.bookmarked > 0 && state.headlines.view != kept)
        .then(|| (Clean::new("the bookmarks"), ExportOf::List(kept, Clean::new("Bookmarks"))));
    let offers: Vec<_> = target.into_iter().chain(list).chain(bookmarks).collect();
    if offers.is_empty() {
        return state.say(Clean::new("There is nothing to export yet."));
    }
    state.dialog = Some(Dialog::Export(Exporting { offers, of: 0, cursor: 0 }));
}

/// Opens the choices with a form chosen, of what a query finds where one is given, and asks where to.
pub(super) fn begin(state: &mut State, format: ExportFormat, query: Option<(Query, Clean)>) {
    match query {
        Some((query, said)) => {
            let name = clean!("what is found for {}", fit(said.as_str(), NAMED));
            let of = ExportOf::List(View { query: Some(query), ..View::default() }, said);
            state.dialog = Some(Dialog::Export(Exporting { offers: vec![(name, of)], of: 0, cursor: 0 }));
        }
        None => open(state),
    }
    let Some(Dialog::Export(export)) = &mut state.dialog else { return };
    export.cursor = ExportFormat::ALL.iter().position(|known| *known == format).unwrap_or(0);
    ask_place(state);
}

/// Asks where to.
pub(super) fn ask_place(state: &mut State) {
    let place = state.place_for_exports.to_string();
    state.prompt = Some(Prompt::new(Purpose::Export, &place));
}

/// The place was typed.
pub(super) fn typed(state: &mut State, place: CleanText, effects: &mut Vec<Effect>) {
    let Some(Dialog::Export(export)) = state.dialog.take() else { return };
    let Some((_, of)) = export.offers.get(export.of).cloned() else { return };
    if place.is_empty() {
        state.dialog = Some(Dialog::Export(export));
        return;
    }
    state.place_for_exports = Clean::new(place.as_str());
    state.busy = true;
    let cancel = state.key(Action::Cancel);
    state.say(clean!("Exporting … {cancel} cancels it."));
    effects.push(Effect::Export(Box::new(ExportWish { format: export.format(), of, to: place })));
}
