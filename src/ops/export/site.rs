//! A site: a folder that any browser shows without a network, to read in and to keep.
//!
//! Pages are plain HTML that asks nobody for anything; only the search runs a script, our own, which
//! its page names by a number once used. What was written is listed in [`MANIFEST`]: exporting into
//! the same folder again renews just that, and takes away what is no longer there. Files that are not
//! in the list are left alone, unless the person said to replace what has a name that the site needs.
//! While it is written, [`JOURNAL`] names what is new in it: where the program is killed in the middle,
//! the next export knows its own files and goes on.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Component, Path, PathBuf};

use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::xxh3_64;

use super::super::{Failure, Kind};
use super::files::{Existing, replace, unwritable};
use super::halves;
use super::html::{Source, escape};
use super::names::{Names, safe};
use super::piece::{Piece, ending};
use super::whole::{Earlier, POLICY, framed, inside};
use crate::clean;
use crate::model::Time;
use crate::text::fold::fold;
use crate::text::{Clean, CleanText, Link};

/// The list of what belongs to the site.
pub(super) const MANIFEST: &str = "dateline-site.json";

/// What was written since the list was: a path in a line, put down before its file is.
pub(super) const JOURNAL: &str = "dateline-site.part";

const SEARCH: &str = include_str!("../../../assets/site/search.js");

/// The most words of an article that its search knows, each counted once.
const WORDS: usize = 3000;

#[derive(Debug, Default, Serialize, Deserialize)]
struct Manifest {
    v: u8,
    /// Paths within the folder, with `/` between their parts.
    files: BTreeSet<String>,
}

/// A site that is being written.
pub(super) struct Site {
    root: PathBuf,
    title: Clean,
    existing: Existing,
    before: Manifest,
    journal: File,
    files: BTreeSet<String>,
    names: Names,
    entries: Vec<Entry>,
}

/// What the indexes say of an article.
struct Entry {
    file: String,
    title: Clean,
    source: Clean,
    published: Time,
    tags: Vec<Clean>,
    bookmarked: bool,
    /// What a search looks through.
    words: String,
}

impl Site {
    /// Begins a site in the folder at `root`, which is to be new, empty, or a site already.
    ///
    /// # Errors
    /// That it is something else ([`Kind::Usage`]) and `existing` does not say otherwise, or cannot be
    /// made.
    pub(super) fn begin(root: &Path, title: &Clean, existing: Existing) -> Result<Self, Failure> {
        let shown = clean!("{}", root.display());
        let manifest = root.join(MANIFEST);
        let journal = root.join(JOURNAL);
        let begun = fs::read_to_string(&journal).ok();
        let mut before: Manifest = match fs::read(&manifest) {
            Ok(bytes) => serde_json::from_slice(&bytes).map_err(|error| {
                Failure::new(Kind::Data, clean!("{} is no list of a site: {error}", manifest.display()))
                    .hint("remove it, or name another folder")
            })?,
            Err(_) => {
                let occupied = fs::read_dir(root).is_ok_and(|mut inside| inside.next().is_some());
                if occupied && begun.is_none() && existing == Existing::Keep {
                    return Err(Failure::new(Kind::Usage, clean!("{shown} holds other files"))
                        .hint("name a new folder, or --force to put the site beside them"));
                }
                Manifest::default()
            }
        };
        // A line without an end is half of one.
        let whole = begun.iter().flat_map(|text| text.split_inclusive('\n')).filter_map(|line| line.strip_suffix('\n'));
        before.files.extend(whole.map(str::to_owned));
        fs::create_dir_all(root).map_err(|error| unwritable(root, &error))?;
        halves::sweep(root);
        for folder in fs::read_dir(root).into_iter().flatten().flatten() {
            halves::sweep(&folder.path());
        }
        let journal = OpenOptions::new().append(true).create(true).open(&journal);
        let journal = journal.map_err(|error| unwritable(&root.join(JOURNAL), &error))?;
        let (files, names, entries) = (BTreeSet::new(), Names::default(), Vec::new());
        Ok(Self { root: root.to_owned(), title: title.clone(), existing, before, journal, files, names, entries })
    }

    /// Adds an article.
    ///
    /// # Errors
    /// That it cannot be written.
    pub(super) fn add(&mut self, piece: &Piece, zone: &TimeZone) -> Result<(), Failure> {
        let article = &piece.article;
        let headline = &article.headline;
        let mut places: HashMap<&Link, String> = HashMap::new();
        for (link, picture) in &piece.pictures {
            // By what is in it: a picture of several articles stands there once.
            let file = format!("pictures/{:016x}.{}", xxh3_64(&picture.bytes), ending(&picture.media_type));
            if !self.files.contains(&file) {
                self.put(&file, &picture.bytes)?;
            }
            places.insert(link, format!("../{file}"));
        }
        let place = |link: &Link| places.get(link).map_or(Source::Elsewhere, |file| Source::At(file.clone()));
        let stem = format!(
            "{} {}",
            headline.published.format("%Y-%m-%d", zone),
            safe(headline.title.as_str(), &format!("article {}", headline.id.0))
        );
        // A file of the person's own keeps its name.
        let (root, before, existing) = (&self.root, &self.before.files, self.existing);
        let is_free = |name: &str| {
            let file = format!("articles/{name}");
            existing == Existing::Replace || before.contains(&file) || !root.join(file).exists()
        };
        let name = self.names.first_free(&stem, ".html", is_free);
        let file = format!("articles/{}", name.unwrap_or_else(|| format!("{stem}.html")));
        let home = escape(self.title.as_str());
        let back = format!("<nav><a href=\"../index.html\">{home}</a> <a href=\"../search.html\">Search</a></nav>\n");
        let text = format!("{back}{}", inside(piece, zone, &place, Earlier::Folded));
        let language = super::language(article);
        let page = CleanText::new(&framed(headline.title.as_str(), language, POLICY, &text));
        self.put(&file, page.as_str().as_bytes())?;
        self.entries.push(Entry {
            file,
            title: headline.title.clone(),
            source: headline.source.clone(),
            published: headline.published,
            tags: headline.tags.clone(),
            bookmarked: headline.bookmarked,
            words: words(piece),
        });
        Ok(())
    }

    /// Writes the indexes and the search, and takes away what the site had and has no longer. Gives how
    /// many files it has.
    ///
    /// # Errors
    /// That something cannot be written.
    pub(super) fn end(mut self, zone: &TimeZone) -> Result<usize, Failure> {
        self.entries.sort_by(|a, b| b.published.cmp(&a.published).then_with(|| a.file.cmp(&b.file)));
        let by_day = self.sections(|entry| vec![entry.published.format("%-d %B %Y", zone)], false);
        let by_source = self.sections(|entry| vec![entry.source.clone()], true);
        let by_tag = self.sections(|entry| entry.tags.clone(), true);
        let indexes = [
            ("index.html", self.index("All articles", &by_day, zone)),
            ("sources.html", self.index("By source", &by_source, zone)),
            ("tags.html", self.index("By tag", &by_tag, zone)),
        ];
        for (file, page) in indexes {
            self.put(file, page.as_str().as_bytes())?;
        }
        let search = self.search(zone);
        self.put("search.html", search.as_bytes())?;
        for gone in self.before.files.difference(&self.files).filter(|file| is_inside(file)) {
            match fs::remove_file(self.root.join(gone)) {
                Ok(()) => {}
                Err(error) if error.kind() == io::ErrorKind::NotFound => {}
                Err(error) => return Err(unwritable(&self.root.join(gone), &error)),
            }
        }
        let count = self.files.len();
        let files = std::mem::take(&mut self.files);
        self.list(files)?;
        Ok(count)
    }

    fn put(&mut self, file: &str, bytes: &[u8]) -> Result<(), Failure> {
        let path = self.root.join(file);
        if fs::read(&path).is_ok_and(|there| there == bytes) {
            self.files.insert(file.to_owned());
            return Ok(());
        }
        if self.existing == Existing::Keep && !self.before.files.contains(file) && path.symlink_metadata().is_ok() {
            let message = clean!("{} is there and is none of this site's files", path.display());
            return Err(Failure::new(Kind::Usage, message).hint("move it away, or --force to replace it"));
        }
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent).map_err(|error| unwritable(parent, &error))?;
        }
        self.files.insert(file.to_owned());
        if !self.before.files.contains(file) {
            writeln!(self.journal, "{file}").map_err(|error| unwritable(&self.root.join(JOURNAL), &error))?;
        }
        replace(&path, bytes)
    }

    /// The export ends before its end: what was written so far is the site's all the same, beside what it had,
    /// so that the next export goes on from there.
    pub(super) fn give_up(mut self) {
        let files = self.before.files.union(&self.files).cloned().collect();
        self.files.clear();
        // There is a reason already why it ends; without the list the next export asks before it goes on.
        let _ = self.list(files);
    }

    fn list(&self, files: BTreeSet<String>) -> Result<(), Failure> {
        let path = self.root.join(MANIFEST);
        let manifest = serde_json::to_vec_pretty(&Manifest { v: 1, files });
        replace(&path, &manifest.map_err(|error| unwritable(&path, &error.into()))?)?;
        // The list has it all now. A journal that stays does no harm: it names the same.
        let _gone = fs::remove_file(self.root.join(JOURNAL));
        Ok(())
    }

    /// The articles under headings: in the order in which they come, or by the alphabet.
    fn sections(&self, headings: impl Fn(&Entry) -> Vec<Clean>, sorted: bool) -> Vec<(Clean, Vec<&Entry>)> {
        let mut places: BTreeMap<Clean, usize> = BTreeMap::new();
        let mut sections: Vec<(Clean, Vec<&Entry>)> = Vec::new();
        for entry in &self.entries {
            for heading in headings(entry) {
                let at = *places.entry(heading.clone()).or_insert_with(|| {
                    sections.push((heading, Vec::new()));
                    sections.len() - 1
                });
                sections[at].1.push(entry);
            }
        }
        if sorted {
            sections.sort_by_cached_key(|(heading, _)| fold(heading.as_str()));
        }
        sections
    }

    fn index(&self, heading: &str, sections: &[(Clean, Vec<&Entry>)], zone: &TimeZone) -> CleanText {
        let mut out = self.top();
        out.push_str(
            "<form action=\"search.html\"><p><input type=\"search\" name=\"q\" aria-label=\"Search\" \
             placeholder=\"Search\"/> <button>Search</button></p></form>\n",
        );
        out.push_str(&format!("<h2>{}</h2>\n", escape(heading)));
        for (name, entries) in sections {
            out.push_str(&format!("<h3 class=\"part\">{}</h3>\n<ul class=\"list\">\n", escape(name.as_str())));
            for entry in entries {
                let (file, title) = (escape(&href(&entry.file)), escape(entry.title.as_str()));
                let about = escape(about(entry, zone).as_str());
                out.push_str(&format!(
                    "<li><a href=\"{file}\">{title}</a> <span class=\"about\">{about}</span></li>\n"
                ));
            }
            out.push_str("</ul>\n");
        }
        if sections.is_empty() {
            out.push_str("<p>Nothing here.</p>\n");
        }
        let policy = POLICY.replace("; form-action 'none'", "");
        CleanText::new(&framed(&format!("{} · {heading}", self.title), None, &policy, &out))
    }

    fn search(&self, zone: &TimeZone) -> String {
        let records: Vec<_> = self
            .entries
            .iter()
            .map(|entry| {
                let about = about(entry, zone);
                serde_json::json!({
                    "file": href(&entry.file), "title": entry.title, "about": about, "words": entry.words
                })
            })
            .collect();
        // Nothing in it may end the element that it stands in.
        let records = serde_json::Value::from(records).to_string().replace('<', "\\u003c");
        let once = format!("{:016x}{:016x}", xxh3_64(records.as_bytes()), xxh3_64(SEARCH.as_bytes()));
        let policy = POLICY.replace("; form-action 'none'", &format!("; script-src 'nonce-{once}'"));
        let inside = format!(
            "{}<h2>Search</h2>\n<form><p><input type=\"search\" id=\"query\" name=\"q\" aria-label=\"Search\" \
             autocomplete=\"off\"/> <span id=\"count\" class=\"about\" role=\"status\"></span></p></form>\n\
             <noscript><p>The search needs scripts to be allowed for this page.</p></noscript>\n\
             <ul id=\"found\" class=\"list\"></ul>\n<script type=\"application/json\" id=\"articles\">{records}</script>\n\
             <script nonce=\"{once}\">\n{SEARCH}</script>\n",
            self.top()
        );
        framed(&format!("{} · Search", self.title), None, &policy, &inside)
    }

    fn top(&self) -> String {
        format!(
            "<h1>{}</h1>\n<nav><a href=\"index.html\">All articles</a> <a href=\"sources.html\">By source</a> \
             <a href=\"tags.html\">By tag</a> <a href=\"search.html\">Search</a></nav>\n",
            escape(self.title.as_str())
        )
    }
}

/// A file's name as an address beside the page: what has a meaning in addresses is written in percent.
fn href(file: &str) -> String {
    let mut out = String::with_capacity(file.len());
    for c in file.chars() {
        match c {
            '%' | '#' | '?' | ' ' | '&' | '\'' => out.push_str(&format!("%{:02X}", u32::from(c))),
            c => out.push(c),
        }
    }
    out
}

/// Source, day and tags in a line.
fn about(entry: &Entry, zone: &TimeZone) -> Clean {
    let tags: Vec<String> = entry.tags.iter().map(|tag| format!(" #{tag}")).collect();
    let mark = if entry.bookmarked { " ★" } else { "" };
    clean!("{} · {}{}{mark}", entry.source, entry.published.format("%-d %B %Y", zone), tags.concat())
}

/// The words of an article, folded, each once.
fn words(piece: &Piece) -> String {
    let article = &piece.article;
    let headline = &article.headline;
    let note = article.note.as_ref().map_or("", CleanText::as_str);
    let tags: Vec<&str> = headline.tags.iter().map(Clean::as_str).collect();
    let byline = article.byline.as_ref().map_or("", Clean::as_str);
    let text = [headline.title.as_str(), headline.source.as_str(), byline, note, &tags.join(" ")].join(" ");
    let folded = fold(&format!("{text} {}", article.document.plain_text()));
    let mut seen: BTreeSet<&str> = BTreeSet::new();
    let words = folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    for word in words {
        if seen.len() == WORDS {
            break;
        }
        seen.insert(word);
    }
    seen.into_iter().collect::<Vec<_>>().join(" ")
}

/// Whether a path of the list stays within the folder: the list may have been edited.
fn is_inside(file: &str) -> bool {
    let path = Path::new(file);
    !file.is_empty() && path.components().all(|part| matches!(part, Component::Normal(_)))
}
