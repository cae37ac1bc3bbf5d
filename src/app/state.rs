//! The one owner of everything the screen shows.

use std::sync::Arc;

use jiff::tz::TimeZone;

use super::asked::{Asked, ByItself};
use super::dialog::Dialog;
use super::drawer::Drawer;
use super::effect::{Effect, Question, Refresh};
use super::event::{Choices, Problem, Progress};
use super::found::Found;
use super::full_text::Pages;
use super::geometry::{Areas, Border, Pane, Shares, Situation, areas};
use super::goto::GoTo;
use super::headlines::{Headlines, Look};
use super::help::Help;
use super::history::History;
use super::keys::Pending;
use super::layout::{Edge, KeyNames, Measure};
use super::letters::Letter;
use super::links::Links;
use super::macros::{Recording, Replaying};
use super::memory::Memory;
use super::muting::Muting;
use super::notifying::{self, Notifying};
use super::overlay::Output;
use super::packs::Packs;
use super::pictures::Pictures;
use super::prompt::Prompt;
use super::quoting::Quoting;
use super::reading::Reading;
use super::related::Related;
use super::report::Report;
use super::search::Searches;
use super::selecting::Selection;
use super::sheet::{self, Sheet};
use crate::config::{Background, Config, TextAlign, ThemeChoice};
use crate::model::{Action, Anchor, ArticleId, Folding, Only, Order, Place, Time, View};
use crate::text::Clean;

/// Everything the screen shows, and what it takes to react to the next key. Plain data.
#[derive(Clone, Debug)]
pub struct State {
    /// The settings.
    pub config: Arc<Config>,
    /// What time it is, as of the last event.
    pub now: Time,
    /// Where the reader is on the clock.
    pub zone: TimeZone,
    /// Columns and rows of the terminal.
    pub size: (u16, u16),
    /// What the terminal's background is like, where known.
    pub background: Option<Background>,
    /// The pane that has the keys.
    pub focus: Pane,
    /// Only the article.
    pub zen: bool,
    /// The headline list.
    pub headlines: Headlines,
    /// The list as it was before the search that is on.
    pub before_search: Option<Box<Headlines>>,
    /// Searches: the one that is on, and those before.
    pub searches: Searches,
    /// The article pane.
    pub reading: Reading,
    /// The hits in it of what is looked for.
    pub finding: Found,
    /// What was told of new articles.
    pub(super) notifying: Notifying,
    /// How wide the person has drawn the panes.
    pub shares: Shares,
    /// The border between panes that is being drawn.
    pub(super) dragged: Option<Border>,
    /// The pictures of the article.
    pub pictures: Pictures,
    /// The related sidebar.
    pub related: Related,
    /// The sources drawer.
    pub drawer: Drawer,
    /// The line that is being typed.
    pub prompt: Option<Prompt>,
    /// The help page.
    pub help: Option<Help>,
    /// Feeds to choose from, and the selected one.
    pub choices: Option<Choices>,
    /// Starter packs to choose from.
    pub packs: Option<Packs>,
    /// The page that lies over the panes.
    pub sheet: Option<Sheet>,
    /// The page that one comes back to from the article that is read.
    pub behind: Option<Sheet>,
    /// What to mute.
    pub muting: Option<Muting>,
    /// A sheet of choices.
    pub dialog: Option<Dialog>,
    /// Where exports go, unless the person says otherwise.
    pub place_for_exports: Clean,
    /// What one can go to.
    pub goto: Option<GoTo>,
    /// The line of a command that waits for its article.
    pub piping: Option<Clean>,
    /// Programs that run apart from the screen.
    pub running: usize,
    /// What a program wrote.
    pub output: Option<Output>,
    /// In which order lists stand.
    pub sort: Order,
    /// What the letter is for that is to be pressed.
    pub letter: Option<Letter>,
    /// The article that one jumped from.
    pub jumped: Option<ArticleId>,
    /// The keys that are being recorded.
    pub recording: Option<Recording>,
    /// Keys are being pressed again: how deep, and how many are left to press.
    pub(super) replaying: Option<Replaying>,
    /// What is remembered from one run to the next.
    pub memory: Memory,
    /// The links of the article, where they are looked at.
    pub links: Links,
    /// Who says what in it.
    pub quoting: Quoting,
    /// The paragraphs that are selected in it.
    pub selecting: Option<Selection>,
    /// What is folded in lists where news of many sources runs together.
    pub fold: Folding,
    /// When the reader was opened.
    pub opened: Time,
    /// No colours are wanted (`NO_COLOR`), or the terminal has none.
    pub colourless: bool,
    /// Nobody has done anything yet.
    pub untouched: bool,
    /// What the last refresh brought.
    pub report: Report,
    /// An address that was typed is being fetched, or a file read.
    pub busy: bool,
    /// What the bottom line says until the next key.
    pub notice: Option<Notice>,
    /// The refresh that is running.
    pub refreshing: Option<Progress>,
    /// The pages that are being fetched.
    pub pages: Pages,
    /// What of it a person asked for, who is told what came of it: nothing where it began by itself.
    pub refresh_asked: Option<Refresh>,
    /// What is refreshed when that is done, in this order: each once, and nothing beside all feeds.
    pub refresh_next: Vec<Refresh>,
    /// What can be undone.
    pub history: History,
    /// Keys pressed that are not yet a command.
    pub pending: Pending,
    /// Another reader's list of feeds, which could be imported: its path and the number of its feeds.
    pub found: Option<(Clean, usize)>,
    pub(super) asked: Asked,
}

/// What the bottom line says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Notice {
    /// Something that was done.
    Said(Clean),
    /// Something that went wrong.
    Trouble(Problem),
}

impl State {
    /// The reader before anything is known, and what to find out first.
    #[must_use]
    pub fn new(config: Arc<Config>, size: (u16, u16), now: Time, zone: TimeZone) -> (Self, Vec<Effect>) {
        let (fold, sort) = (config.fold, config.sort);
        let mut state = Self {
            config,
            now,
            zone,
            size,
            background: None,
            focus: Pane::Headlines,
            zen: false,
            headlines: Headlines::default(),
            before_search: None,
            searches: Searches::default(),
            reading: Reading::default(),
            finding: Found::default(),
            notifying: Notifying::default(),
            shares: Shares::default(),
            dragged: None,
            pictures: Pictures::default(),
            related: Related::default(),
            drawer: Drawer::default(),
            prompt: None,
            help: None,
            choices: None,
            packs: None,
            sheet: None,
            behind: None,
            muting: None,
            dialog: None,
            place_for_exports: Clean::new("dateline-export"),
            sort,
            letter: None,
            jumped: None,
            recording: None,
            replaying: None,
            goto: None,
            piping: None,
            running: 0,
            output: None,
            memory: Memory::default(),
            links: Links::default(),
            quoting: Quoting::default(),
            selecting: None,
            fold,
            opened: now,
            colourless: false,
            untouched: true,
            report: Report::default(),
            busy: false,
            notice: None,
            refreshing: None,
            pages: Pages::default(),
            refresh_asked: None,
            refresh_next: Vec::new(),
            history: History::default(),
            pending: Pending::default(),
            found: None,
            asked: Asked::default(),
        };
        let mut effects = Vec::new();
        state.ask_page(Anchor::Newest, &mut effects);
        state.ask(Question::Sources, &mut effects);
        state.ask(Question::Memory, &mut effects);
        notifying::look(&mut state, &mut effects);
        if state.config.brief {
            state.asked.brief = ByItself::Due;
        }
        (state, effects)
    }

    /// Where everything stands on the screen.
    #[must_use]
    pub fn areas(&self) -> Areas {
        areas(self.situation())
    }

    fn situation(&self) -> Situation {
        Situation {
            size: self.size,
            focus: self.focus,
            walking: self.related.cursor.is_some(),
            drawer: self.drawer.open,
            zen: self.zen,
            linear: self.config.linear,
            text_width: self.config.text_width,
            centred: self.config.text_align == TextAlign::Center,
            shares: self.shares,
            strip: self.related.strip_lines(),
        }
    }

    /// How the headline list is drawn in `areas`.
    #[must_use]
    pub fn look<'a>(&'a self, areas: &Areas) -> Look<'a> {
        let pane = areas.headlines.unwrap_or_default();
        let compact = self.config.compact || areas.low || self.config.linear;
        Look { width: pane.width, height: pane.height, compact, order: self.order(), zone: &self.zone }
    }

    /// How the related sidebar is drawn in `areas`.
    #[must_use]
    pub fn related_look(&self, areas: &Areas) -> super::related::Look {
        let pane = areas.related.unwrap_or_default();
        super::related::Look { width: pane.width, height: pane.height, strip: areas.strip || areas.low }
    }

    /// How a page over the panes is drawn in `areas`.
    #[must_use]
    pub fn sheet_look<'a>(&'a self, areas: &Areas) -> sheet::Look<'a> {
        sheet::Look::of(areas.body.width, areas.body.height, areas.low || self.config.linear, &self.zone)
    }

    /// In which order the list stands.
    #[must_use]
    pub fn order(&self) -> Order {
        let View { only, query, order, .. } = &self.headlines.view;
        match order {
            _ if self.headlines.stories => Order::Newest,
            Order::Relevance if query.is_some() => Order::Relevance,
            Order::Kept | Order::Source | Order::Title if *only == Only::Bookmarked => *order,
            _ => self.sort,
        }
    }

    /// What is folded in the list.
    #[must_use]
    pub fn folding(&self) -> Folding {
        let by_itself = if self.headlines.folds_by_itself() { self.fold } else { Folding::Nothing };
        self.headlines.asked.unwrap_or(by_itself)
    }

    /// Whether the list is the river of all news, which one comes back to.
    #[must_use]
    pub fn at_home(&self) -> bool {
        !self.headlines.stories && self.headlines.view == View::default()
    }

    /// The columns articles are set in.
    #[must_use]
    pub fn columns(&self, areas: &Areas) -> u16 {
        // Not on the screen: as wide as it will be when it is opened.
        if areas.article.is_some() { areas.text.width } else { self.config.text_width.min(self.size.0.max(1)) }
    }

    /// The columns that tables and code may take which are wider than the text.
    pub(super) fn broad(&self, areas: &Areas) -> u16 {
        // As above: where the article is not on the screen, it will have all of it.
        if areas.article.is_some() {
            return areas.broad.width;
        }
        let opened = Situation { focus: Pane::Article, ..self.situation() };
        super::geometry::areas(opened).broad.width.max(self.columns(areas))
    }

    /// How articles are set: their columns, and the keys that they name.
    #[must_use]
    pub fn measure(&self, areas: &Areas) -> Measure {
        let key = |action: Action| {
            let keys = self.config.keys.keys_for(Place::Article, action);
            keys.first().map_or_else(|| Clean::new(action.name()), |keys| Clean::new(&keys.symbol()))
        };
        let keys = KeyNames {
            fetch_again: self.key(Action::FetchAgain),
            full_text: key(Action::FullText),
            browser: key(Action::OpenBrowser),
            changes: key(Action::Changes),
        };
        Measure {
            columns: self.columns(areas),
            broad: self.broad(areas),
            keys: Arc::new(keys),
            numbers: self.config.link_numbers,
            plates: self.pictures.plates().clone(),
            edge: Edge { hyphens: self.config.hyphenate, justified: self.config.justify },
            // The text first; what its code is made of may take a moment.
            colours: false,
            linear: self.config.linear,
            signs: match self.config.theme {
                ThemeChoice::None => true,
                ThemeChoice::Auto => self.colourless,
                _ => false,
            },
        }
    }

    /// A refresh begins; whether somebody `asked` for it.
    pub(super) fn begin_refresh(&mut self, asked: Option<Refresh>) {
        self.refreshing = Some(Progress::default());
        self.refresh_asked = asked;
        self.report.begin();
    }

    /// Where keys are read.
    #[must_use]
    pub fn place(&self) -> Place {
        if self.choices.is_some()
            || self.packs.is_some()
            || self.report.open
            || self.links.list.is_some()
            || self.links.picked.is_some()
            || self.quoting.list.is_some()
        {
            // A list like any other, whatever is behind it.
            return Place::Headlines;
        }
        if self.help.is_some() || self.output.is_some() {
            return Place::Help;
        }
        if self.sheet.is_some() {
            return Place::Page;
        }
        match self.focus {
            Pane::Sources => Place::Sources,
            Pane::Headlines => Place::Headlines,
            Pane::Article => Place::Article,
            Pane::Related => Place::Related,
        }
    }

    /// The key to name for `action` where keys are read now; its name where none is bound.
    #[must_use]
    pub fn key(&self, action: Action) -> Clean {
        let keys = self.config.keys.keys_for(self.place(), action);
        keys.first().map_or_else(|| Clean::new(action.name()), |keys| Clean::new(&keys.symbol()))
    }

    /// Whether a search is on.
    #[must_use]
    pub fn searching(&self) -> bool {
        self.headlines.view.query.is_some()
    }

    /// Says something in the bottom line.
    pub(super) fn say(&mut self, words: Clean) {
        self.notice = Some(Notice::Said(words));
    }

    /// Says that something went wrong.
    pub(super) fn complain(&mut self, problem: Problem) {
        self.notice = Some(Notice::Trouble(problem));
    }
}
