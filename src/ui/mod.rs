//! The views: from the state to cells. Pure; one file per pane, named as in [`crate::app`].
//!
//! Everything is drawn from [`Clean`](crate::text::Clean) words by way of `Pen`, at the places that
//! [`crate::app::geometry`] gives.

mod article;
mod choices;
mod dialog;
mod drawer;
mod goto;
mod header;
mod headlines;
mod help;
mod hints;
mod links;
mod muting;
mod output;
mod packs;
mod pen;
mod pictures;
mod prompt;
mod quoting;
mod related;
mod report;
mod sheet;
mod status;

use ratatui::Frame;

use crate::app::State;
use crate::config::Theme;
use pen::Pen;
pub use pictures::{LinkWords, PictureRow, link_words, picture_rows};

/// Draws the screen.
pub fn view(state: &State, theme: &Theme, frame: &mut Frame<'_>) {
    let areas = state.areas();
    let cursor = {
        let mut pen = Pen::new(frame.buffer_mut(), state.config.linear);
        pen.paper(theme.page);
        header::draw(state, theme, &areas, &mut pen);
        pen.rules(&areas, false, theme);
        if let Some(help) = &state.help {
            help::draw(help, state, theme, areas.body, &mut pen);
        } else if let Some(output) = &state.output {
            output::draw(output, theme, areas.body, &mut pen);
        } else if let Some(choices) = &state.choices {
            choices::draw(choices, theme, areas.body, &mut pen);
        } else if let Some(list) = &state.links.list {
            links::draw(list, theme, areas.body, &mut pen);
        } else if let (Some(found), Some(cursor)) = (&state.quoting.found, state.quoting.list) {
            quoting::draw(found, cursor, theme, areas.body, &mut pen);
        } else if let Some(sheet) = &state.sheet {
            sheet::draw(sheet, state, theme, &areas, &mut pen);
        } else if let Some(packs) = &state.packs {
            packs::draw(packs, state, theme, areas.body, &mut pen);
        } else if state.report.open {
            report::draw(state, theme, areas.body, &mut pen);
        } else {
            panes(state, theme, &areas, &mut pen);
        }
        if let Some(muting) = state.muting.as_ref().filter(|_| state.help.is_none()) {
            muting::draw(muting, state, theme, &areas, &mut pen);
        }
        if let Some(dialog) = state.dialog.as_ref().filter(|_| state.help.is_none()) {
            dialog::draw(dialog, state, theme, &areas, &mut pen);
        }
        if let Some(goto) = &state.goto {
            goto::draw(goto, state, theme, &areas, &mut pen);
        }
        status::draw(state, theme, &areas, &mut pen)
    };
    if let Some(position) = cursor {
        frame.set_cursor_position(position);
    }
}

fn panes(state: &State, theme: &Theme, areas: &crate::app::Areas, pen: &mut Pen<'_>) {
    pen.rules(areas, true, theme);
    pen.columns(areas, theme);
    if let Some(area) = areas.sources {
        drawer::draw(state, theme, area, pen);
    }
    if areas.headlines.is_some() {
        headlines::draw(state, theme, areas, pen);
    }
    if let Some(area) = areas.article {
        article::draw(state, theme, areas, area, pen);
    }
    if let Some(area) = areas.related {
        related::draw(state, theme, area, state.related_look(areas), pen);
    }
}
