//! Each form is read back by another than wrote it.

use std::collections::BTreeMap;
use std::fs;
use std::io::{Cursor, Read};

use proptest::prelude::*;
use roxmltree::ParsingOptions;

use super::*;
use crate::model::{Anchor, Block, Document, FeedAddress, Image, Inline, NewArticle, View};
use crate::ops::import;
use crate::store::{Asked, FILE, NewFeed, Picture, Safety, Store};
use crate::text::{CleanText, Link};

const NOW: Time = Time(1_700_730_840);
const HOSTILE: &str = "</title><script>alert(1)</script> ../../x & “]]>” \" onload='x'";

struct Home {
    store: Store,
    dir: tempfile::TempDir,
    ids: Vec<ArticleId>,
}

fn link(address: &str) -> Link {
    Link::parse(address).unwrap()
}

fn gif() -> Picture {
    Picture { media_type: "image/gif".into(), bytes: b"GIF89a\x01\x00\x01\x00\x00\x00\x00;".to_vec() }
}

/// A store with a bookmark that has everything a bookmark can have, and an article that means harm.
fn home() -> Home {
    let dir = tempfile::tempdir().unwrap();
    let mut store = Store::open(&dir.path().join(FILE)).unwrap();
    let picture = link("https://a.example/p.gif");
    let document = |words: &str| Document {
        blocks: vec![
            Block::Heading { level: 2, text: vec![Inline::Text("What is known".into())] },
            Block::Paragraph(vec![
                Inline::Text(crate::text::Clean::run(&format!("{words} of the river, see "))),
                Inline::Link {
                    to: link("https://a.example/x?a=1&b=2"),
                    text: vec![
                        Inline::Strong(vec![Inline::Text("the bridge".into())]),
                        Inline::Image(Image { link: Some(link("https://a.example/far.png")), alt: "far".into() }),
                    ],
                },
                Inline::Break,
                Inline::Code("a<b".into()),
            ]),
            Block::Figure {
                image: Image { link: Some(picture.clone()), alt: "The <bridge>".into() },
                caption: vec![Inline::Text("At noon".into())],
            },
            Block::list(Some(3), vec![vec![Block::Paragraph(vec![Inline::Text("one".into())])]]),
            Block::Rule,
        ],
    };
    let new = |guid: &str, title: &str, words: &str| NewArticle {
        guid: guid.into(),
        title: title.into(),
        link: Some(link(&format!("https://a.example/{guid}"))),
        byline: Some("Ada & Co".into()),
        published: Some(Time(NOW.0 - 86_400)),
        lang: Some("en".into()),
        document: document(words),
        ..NewArticle::default()
    };
    let ids = store
        .write(Safety::Person, "t", |w| {
            let address = FeedAddress::Web(link("https://a.example/feed"));
            let feed = w.add_feed(&NewFeed { title: Some("River Post".into()), ..NewFeed::at(address) }, NOW)?.0;
            w.take_in(feed, &[new("1", "The river rises", "Early words before the flood came")], NOW)?;
            let articles = [new("1", "The river rises", "Later words: the whole town"), new("2", HOSTILE, HOSTILE)];
            let ids: Vec<ArticleId> = w.take_in(feed, &articles, Time(NOW.0 + 60))?.ids.into_iter().flatten().collect();
            w.bookmark(&ids[..1], true, NOW)?;
            w.asked_page(ids[0], &Asked { note: None, again: false, address: None }, NOW)?;
            w.keep_picture(ids[0], &picture, &gif())?;
            w.set_missing(ids[0], None, None)?;
            w.tag(&ids, &"to read".into(), true)?;
            w.set_note(ids[0], &CleanText::new("Ask Odile.\n<b>Twice</b>"), NOW)?;
            Ok(ids)
        })
        .unwrap();
    Home { store, dir, ids }
}

impl Home {
    fn job(&self, format: ExportFormat, to: &str) -> Job {
        Job {
            format,
            articles: self.ids.clone(),
            title: "River & town".into(),
            to: self.dir.path().join(to),
            existing: Existing::Keep,
            now: NOW,
            zone: TimeZone::UTC,
        }
    }

    fn export(&self, job: &Job) -> Exported {
        export(self.store.reader(), job, |_| true).unwrap()
    }
}

/// The files of a folder, with what is in them.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if path.is_dir() {
            found.extend(files(&path).into_iter().map(|(inner, bytes)| (format!("{name}/{inner}"), bytes)));
        } else {
            found.insert(name, fs::read(&path).unwrap());
        }
    }
    found
}

/// Reads XML strictly, as readers of books do.
fn xml(text: &str) -> roxmltree::Document<'_> {
    let options = ParsingOptions { allow_dtd: true, ..ParsingOptions::default() };
    roxmltree::Document::parse_with_options(text, options).unwrap_or_else(|error| panic!("{error}\n{text}"))
}

/// A page of ours as XML: all but its first line, the document type of HTML.
fn page(bytes: &[u8]) -> String {
    let text = String::from_utf8(bytes.to_vec()).unwrap();
    text.strip_prefix("<!doctype html>\n").unwrap_or(&text).to_owned()
}

#[test]
fn a_book_is_what_readers_of_books_ask_for() {
    let home = home();
    let exported = home.export(&home.job(ExportFormat::Epub, "out"));
    assert_eq!(exported.at, home.dir.path().join("out/River & town.epub"));
    let bytes = fs::read(&exported.at).unwrap();
    // The type stands at its place, as it is: after a local header of 30 bytes and the name.
    assert_eq!(&bytes[..4], b"PK\x03\x04");
    assert_eq!(&bytes[30..38], b"mimetype");
    assert_eq!(&bytes[38..58], b"application/epub+zip");
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let names: Vec<String> = zip.file_names().map(|name| name.unwrap().into_owned()).collect();
    let mut read = |name: &str| {
        let mut text = String::new();
        zip.by_name(name).unwrap_or_else(|_| panic!("{name} is missing")).read_to_string(&mut text).unwrap();
        text
    };
    assert!(read("META-INF/container.xml").contains("full-path=\"EPUB/package.opf\""));
    let package = read("EPUB/package.opf");
    let package = xml(&package);
    let text = |name: &str| package.descendants().find(|node| node.has_tag_name(name)).and_then(|node| node.text());
    let dc = |name| ("http://purl.org/dc/elements/1.1/", name);
    let of = |name| package.descendants().find(|node| node.has_tag_name(dc(name))).and_then(|node| node.text());
    assert_eq!(of("title"), Some("River & town"));
    assert_eq!(of("language"), Some("en"));
    assert_eq!(of("creator"), Some("Ada & Co"));
    assert_eq!(of("subject"), Some("to read"));
    assert!(of("identifier").is_some_and(|id| id.starts_with("urn:uuid:") && id.len() == 45 && &id[23..24] == "8"));
    assert_eq!(text("nothing"), None);
    let modified = package.descendants().find(|node| node.attribute("property") == Some("dcterms:modified"));
    assert_eq!(modified.and_then(|node| node.text()), Some("2023-11-23T09:14:00Z"));
    // Everything in the file is declared, and everything declared is there and read without complaint.
    let items: Vec<(&str, &str)> = package
        .descendants()
        .filter(|node| node.has_tag_name(("http://www.idpf.org/2007/opf", "item")))
        .map(|item| (item.attribute("href").unwrap(), item.attribute("media-type").unwrap()))
        .collect();
    let declared: Vec<String> = items.iter().map(|(href, _)| format!("EPUB/{href}")).collect();
    let others = ["mimetype", "META-INF/container.xml", "EPUB/package.opf"];
    for name in names.iter().filter(|name| !others.contains(&name.as_str())) {
        assert!(declared.contains(name), "{name} is not declared");
    }
    assert_eq!(declared.len() + others.len(), names.len());
    let ids: Vec<&str> = package.descendants().filter_map(|node| node.attribute("id")).collect();
    let spine: Vec<&str> = package.descendants().filter_map(|node| node.attribute("idref")).collect();
    assert_eq!(spine, ["contents", "article-0", "article-1"]);
    assert!(spine.iter().all(|name| ids.contains(name)));
    let mut seen_picture = false;
    for (href, kind) in &items {
        if *kind != "application/xhtml+xml" {
            continue;
        }
        let chapter = read(&format!("EPUB/{href}"));
        let chapter = xml(&chapter);
        assert!(!chapter.descendants().any(|node| node.has_tag_name(("http://www.w3.org/1999/xhtml", "script"))));
        for image in chapter.descendants().filter_map(|node| node.attribute("src")) {
            assert!(items.iter().any(|(href, kind)| *href == image && kind.starts_with("image/")), "{image}");
            seen_picture = true;
        }
        for nested in chapter.descendants().filter(|node| node.tag_name().name() == "a") {
            assert!(!nested.descendants().skip(1).any(|node| node.tag_name().name() == "a"), "a link in a link");
        }
    }
    assert!(seen_picture);
    let contents = read("EPUB/contents.xhtml");
    assert!(contents.contains("epub:type=\"toc\"") && contents.contains("href=\"article-2.xhtml\""));
}

#[test]
fn a_page_stands_alone() {
    let home = home();
    let exported = home.export(&home.job(ExportFormat::Html, "out"));
    let out = files(&exported.at);
    assert_eq!(out.len(), 2);
    for bytes in out.values() {
        let text = page(bytes);
        let page = xml(&text);
        for source in page.descendants().filter_map(|node| node.attribute("src")) {
            assert!(source.starts_with("data:image/gif;base64,"), "{source}");
        }
        assert!(!page.descendants().any(|node| ["script", "iframe", "object"].contains(&node.tag_name().name())));
        assert!(text.contains("default-src 'none'") || text.contains("default-src &#39;none&#39;"));
    }
    let whole = String::from_utf8(out["2023-11-22 The river rises.html"].clone()).unwrap();
    for part in ["data:image/gif", "#to read", "Ask Odile.", "&lt;b&gt;Twice", "<summary>Until", "Early words"] {
        assert!(whole.contains(part), "{part}: {whole}");
    }
}

#[test]
fn markdown_has_its_facts_and_pictures_beside_it() {
    let home = home();
    let exported = home.export(&home.job(ExportFormat::Markdown, "out"));
    let out = files(&exported.at);
    let text = String::from_utf8(out["2023-11-22 The river rises.md"].clone()).unwrap();
    let (front, body) = text.strip_prefix("---\n").unwrap().split_once("\n---\n").unwrap();
    for line in ["title: \"The river rises\"", "published: 2023-11-22T09:14:00Z", "tags: [\"to read\"]", "lang: \"en\""]
    {
        assert!(front.lines().any(|found| found == line), "{line}: {front}");
    }
    let picture = out.keys().find(|name| name.starts_with("pictures/")).unwrap();
    assert!(body.contains(&format!("](<{picture}>)")), "{body}");
    assert_eq!(out[picture], gif().bytes);
    assert!(body.contains("> Ask Odile.") && body.contains("\\<b\\>Twice"));
    // The same again: nothing is written twice. Another text gets a name of its own.
    assert_eq!(home.export(&home.job(ExportFormat::Markdown, "out")).same, 2);
    assert_eq!(files(&exported.at).len(), out.len());
}

#[test]
fn lines_come_back_whole() {
    let home = home();
    let exported = home.export(&home.job(ExportFormat::Jsonl, "all.jsonl"));
    let text = fs::read_to_string(&exported.at).unwrap();
    assert!(text.lines().all(|line| serde_json::from_str::<serde_json::Value>(line).is_ok()));
    let other = tempfile::tempdir().unwrap();
    let mut store = Store::open(&other.path().join(FILE)).unwrap();
    for _ in 0..2 {
        import::import_file(&mut store, &exported.at, &[], NOW, &mut |_, _| true).unwrap();
    }
    let moment = crate::store::Moment { now: NOW, zone: TimeZone::UTC };
    let rows = store.reader().page(&View::default(), Anchor::Newest, 9, &moment).unwrap().rows;
    assert_eq!(rows.len(), 2);
    for id in &home.ids {
        let before = Piece::of(home.store.reader(), *id).unwrap().unwrap();
        let title = &before.article.headline.title;
        let found = rows.iter().find(|row| row.title == *title).unwrap_or_else(|| panic!("{title} is missing"));
        let after = Piece::of(store.reader(), found.id).unwrap().unwrap();
        assert_eq!(before.article.document, after.article.document);
        assert_eq!(before.article.note, after.article.note);
        assert_eq!(before.article.headline.tags, after.article.headline.tags);
        assert_eq!(before.article.headline.bookmarked, after.article.headline.bookmarked);
        assert_eq!(before.article.headline.whole, after.article.headline.whole);
        assert_eq!(before.article.headline.source, after.article.headline.source);
        assert_eq!(before.article.guid, after.article.guid);
        assert_eq!(before.pictures, after.pictures);
        assert_eq!(before.revisions, after.revisions);
    }
    // Where its feed is, it is not there twice.
    let mut store = Store::open(&home.dir.path().join(FILE)).unwrap();
    import::import_file(&mut store, &exported.at, &[], NOW, &mut |_, _| true).unwrap();
    assert_eq!(store.reader().article_count().unwrap(), 2);
}

#[test]
fn a_site_is_read_without_a_network_and_renewed() {
    let mut home = home();
    let job = home.job(ExportFormat::Site, "site");
    home.export(&job);
    let out = files(&job.to);
    for (name, bytes) in out.iter().filter(|(name, _)| name.ends_with(".html")) {
        let text = page(bytes);
        // The search's script is no XML; what stands before it is.
        let text = text.split("<script").next().unwrap_or_default().to_owned();
        let text = if text.ends_with("</html>\n") { text } else { format!("{text}</body></html>") };
        let page = xml(&text);
        for link in page.descendants().filter_map(|node| node.attribute("href").or(node.attribute("src"))) {
            if link.starts_with("https://a.example/") {
                continue;
            }
            let here = Path::new(name)
                .parent()
                .unwrap()
                .join(link.replace("%20", " ").replace("%26", "&").replace("%27", "'"));
            let mut path = Vec::new();
            for part in here.to_string_lossy().split('/') {
                if part == ".." {
                    path.pop();
                } else {
                    path.push(part.to_owned());
                }
            }
            assert!(out.contains_key(&path.join("/")), "{name} leads to {link}, which is not there: {:?}", out.keys());
        }
    }
    let search = String::from_utf8(out["search.html"].clone()).unwrap();
    let data = search.split("id=\"articles\">").nth(1).unwrap().split("</script>").next().unwrap();
    let data: serde_json::Value = serde_json::from_str(data).unwrap();
    assert_eq!(data.as_array().unwrap().len(), 2);
    assert!(data[0]["words"].as_str().unwrap().contains("bridge"));
    assert_eq!(search.matches("<script").count(), 2, "data and our own script, nobody else's");
    assert!(String::from_utf8(out["tags.html"].clone()).unwrap().contains("to read"));

    // One article is gone, and somebody put a file of their own there.
    fs::write(job.to.join("mine.txt"), "mine").unwrap();
    let gone = home.ids.pop().unwrap();
    home.store.write(Safety::Person, "t", |w| w.remove_articles(&[gone], None)).unwrap();
    home.export(&home.job(ExportFormat::Site, "site"));
    let after = files(&job.to);
    assert_eq!(after["mine.txt"], b"mine");
    assert_eq!(after.keys().filter(|name| name.starts_with("articles/")).count(), 1);
    // A folder of somebody else's is left alone.
    fs::create_dir(home.dir.path().join("theirs")).unwrap();
    fs::write(home.dir.path().join("theirs/x"), "x").unwrap();
    let refused = export(home.store.reader(), &home.job(ExportFormat::Site, "theirs"), |_| true).unwrap_err();
    assert_eq!(refused.kind, Kind::Usage);
}

#[test]
fn a_list_that_was_edited_removes_nothing_elsewhere() {
    let home = home();
    let job = home.job(ExportFormat::Site, "site");
    home.export(&job);
    fs::write(home.dir.path().join("precious"), "mine").unwrap();
    let list = job.to.join("dateline-site.json");
    fs::write(&list, "{\"v\": 1, \"files\": [\"../precious\", \"/etc/passwd\", \"articles/gone.html\"]}").unwrap();
    home.export(&Job { existing: Existing::Replace, ..job });
    assert_eq!(fs::read(home.dir.path().join("precious")).unwrap(), b"mine");
}

#[test]
fn a_site_leaves_what_is_not_its_own_and_goes_on_where_it_ended() {
    let home = home();
    let job = home.job(ExportFormat::Site, "site");
    let stopped = export(home.store.reader(), &job, |done| done < 1).unwrap_err();
    assert_eq!(stopped.kind, Kind::Interrupted);
    home.export(&job);
    let articles = |job: &Job| files(&job.to).keys().filter(|name| name.starts_with("articles/")).count();
    assert_eq!(articles(&job), 2, "no article twice");
    // A file of the person's own keeps its name and what is in it.
    let mine = job.to.join("articles/2023-11-22 The river rises.html");
    let list = job.to.join(crate::ops::export::site::MANIFEST);
    let without = fs::read_to_string(&list).unwrap().replace("articles/2023-11-22 The river rises.html", "other");
    fs::write(&list, without).unwrap();
    fs::write(&mine, "mine").unwrap();
    home.export(&job);
    assert_eq!((fs::read(&mine).unwrap().as_slice(), articles(&job)), (&b"mine"[..], 3));
    fs::write(&list, "{\"v\": 1, \"files\": []}").unwrap();
    fs::write(job.to.join("index.html"), "mine").unwrap();
    let refused = export(home.store.reader(), &job, |_| true).unwrap_err();
    assert_eq!(refused.kind, Kind::Usage);
    assert_eq!(fs::read(job.to.join("index.html")).unwrap(), b"mine");
    home.export(&Job { existing: Existing::Replace, ..job.clone() });
    assert_ne!(fs::read(job.to.join("index.html")).unwrap(), b"mine");
}

#[test]
fn a_site_whose_writing_was_killed_is_gone_on_with() {
    use crate::ops::export::site::{JOURNAL, MANIFEST, Site};
    let home = home();
    let job = home.job(ExportFormat::Site, "site");
    let mut site = Site::begin(&job.to, &job.title, job.existing).unwrap();
    site.add(&Piece::of(home.store.reader(), home.ids[0]).unwrap().unwrap(), &job.zone).unwrap();
    // Neither its end nor its giving up: the program is not there any more.
    drop(site);
    assert!(!job.to.join(MANIFEST).exists() && job.to.join(JOURNAL).exists());
    // A line that was cut off is nobody's file, whatever it says.
    fs::write(job.to.join("mine"), "mine").unwrap();
    let cut = format!("{}mine", fs::read_to_string(job.to.join(JOURNAL)).unwrap());
    fs::write(job.to.join(JOURNAL), cut).unwrap();
    home.export(&job);
    let out = files(&job.to);
    assert_eq!(out.keys().filter(|name| name.starts_with("articles/")).count(), 2, "no article twice");
    assert!(out.contains_key(MANIFEST) && !out.contains_key(JOURNAL) && out["mine"] == b"mine");
}

#[test]
fn places_are_files_or_folders() {
    let mut home = home();
    home.ids.truncate(1);
    let exported = home.export(&home.job(ExportFormat::Html, "deep/er/story.html"));
    assert_eq!(exported.at, home.dir.path().join("deep/er/story.html"));
    let again = Job { existing: Existing::Replace, ..home.job(ExportFormat::Text, "deep/er/story.html") };
    // Another ending than the format's is a folder: and there is a file.
    assert_eq!(export(home.store.reader(), &again, |_| true).unwrap_err().kind, Kind::Usage);
    let text = home.export(&home.job(ExportFormat::Text, "."));
    assert!(text.at.ends_with("The river rises.txt"), "{:?}", text.at);
    assert!(fs::read_to_string(text.at).unwrap().contains("Note: Ask Odile."));
    let feeds = home.export(&home.job(ExportFormat::Opml, "."));
    assert!(fs::read_to_string(feeds.at).unwrap().contains("https://a.example/feed"));
    let stopped = export(home.store.reader(), &home.job(ExportFormat::Epub, "stopped"), |_| false).unwrap_err();
    assert_eq!(stopped.kind, Kind::Interrupted);
    assert_eq!(files(&home.dir.path().join("stopped")).len(), 0, "half a book is none");
    let none = Job { articles: vec![], ..home.job(ExportFormat::Epub, ".") };
    assert_eq!(export(home.store.reader(), &none, |_| true).unwrap_err().kind, Kind::NothingFound);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn whatever_a_headline_says_pages_are_well_formed(title in "\\PC{0,60}", words in "\\PC{0,200}") {
        let mut home = home();
        let article = NewArticle {
            guid: "wild".into(),
            title: CleanText::new(&title).as_str().into(),
            document: Document::from_paragraphs([words.as_str()]),
            ..NewArticle::default()
        };
        home.ids = home.store.write(Safety::Refresh, "t", |w| {
            let feed = w.add_feed(&NewFeed::at(FeedAddress::Saved), NOW)?.0;
            Ok(w.take_in(feed, &[article], NOW)?.new)
        }).unwrap();
        let exported = home.export(&home.job(ExportFormat::Html, "out"));
        prop_assert!(exported.at.starts_with(home.dir.path()));
        xml(&page(&fs::read(&exported.at).unwrap()));
        let book = home.export(&home.job(ExportFormat::Epub, "out/b.epub"));
        let mut zip = zip::ZipArchive::new(Cursor::new(fs::read(book.at).unwrap())).unwrap();
        let mut text = String::new();
        zip.by_name("EPUB/article-1.xhtml").unwrap().read_to_string(&mut text).unwrap();
        xml(&text);
    }
}

/// A home with one bookmark that has what books are particular about: footnotes in the text and in an
/// earlier one, an address that is none by the letter, pictures of kinds that not every reader shows, and
/// the page itself.
fn particular() -> Home {
    let mut home = home();
    let document = |words: &str| Document {
        blocks: vec![
            Block::Paragraph(vec![
                Inline::Text(crate::text::Clean::run(words)),
                Inline::Note(1),
                Inline::Link { to: link("https://a.example/x?b=%zz[2]|3"), text: vec![Inline::Text("odd".into())] },
                Inline::Image(Image { link: Some(link("https://a.example/p.webp")), alt: "a photograph".into() }),
                Inline::Image(Image { link: Some(link("https://a.example/p.svg")), alt: "a drawing".into() }),
            ]),
            Block::Paragraph(vec![Inline::Text("ارتفع النهر ليلا".into())]),
            Block::Notes(vec![vec![Block::Paragraph(vec![Inline::Text(crate::text::Clean::run(words))])]]),
        ],
    };
    let new = |words: &str| NewArticle {
        guid: "particular".into(),
        title: "Of notes".into(),
        link: Some(link("https://a.example/particular")),
        document: document(words),
        ..NewArticle::default()
    };
    let mut webp = Cursor::new(Vec::new());
    image::DynamicImage::new_rgb8(8, 8).write_to(&mut webp, image::ImageFormat::WebP).unwrap();
    let picture = |kind: &str, bytes: Vec<u8>| Picture { media_type: kind.into(), bytes };
    let id = home
        .store
        .write(Safety::Person, "t", |w| {
            let feed = w.add_feed(&NewFeed::at(FeedAddress::Saved), NOW)?.0;
            w.take_in(feed, &[new("The earlier words were these")], NOW)?;
            let id = w.take_in(feed, &[new("Other words came in their place")], Time(NOW.0 + 60))?.changed[0];
            w.bookmark(&[id], true, NOW)?;
            w.asked_page(id, &Asked { note: None, again: false, address: None }, NOW)?;
            w.keep_page(id, b"<html>as it \xff came</html>")?;
            w.keep_picture(id, &link("https://a.example/p.webp"), &picture("image/webp", webp.into_inner()))?;
            let svg = b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>".to_vec();
            w.keep_picture(id, &link("https://a.example/p.svg"), &picture("image/svg+xml", svg))?;
            Ok(id)
        })
        .unwrap();
    home.ids = vec![id];
    home
}

#[test]
fn a_book_has_names_addresses_and_pictures_by_the_letter() {
    let home = particular();
    let book = home.export(&home.job(ExportFormat::Epub, "out"));
    let mut zip = zip::ZipArchive::new(Cursor::new(fs::read(book.at).unwrap())).unwrap();
    let names: Vec<String> = zip.file_names().map(|name| name.unwrap().into_owned()).collect();
    let pictures: Vec<&String> = names.iter().filter(|name| name.contains("pictures/")).collect();
    assert_eq!(pictures, ["EPUB/pictures/1.png"], "WebP becomes PNG, a drawing is a link");
    let mut text = String::new();
    zip.by_name("EPUB/article-1.xhtml").unwrap().read_to_string(&mut text).unwrap();
    let chapter = xml(&text);
    let mut ids: Vec<&str> = chapter.descendants().filter_map(|node| node.attribute("id")).collect();
    let all = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!((ids.len(), all), (2, 2), "a note of each text, no two of one name: {text}");
    for to in chapter.descendants().filter_map(|node| node.attribute("href")) {
        match to.strip_prefix('#') {
            Some(name) => assert!(ids.contains(&name), "{to}"),
            None => assert!(!to.contains(['[', ']', '|', ' ', '{']) && !to.contains("%z"), "{to}"),
        }
    }
    assert!(text.contains("Until 23 November 2023") && text.contains("The earlier words were these"), "{text}");
    assert!(text.contains("<p dir=\"auto\">ارتفع"), "{text}");
    let mut png = Vec::new();
    zip.by_name("EPUB/pictures/1.png").unwrap().read_to_end(&mut png).unwrap();
    assert!(png.starts_with(b"\x89PNG"));
}

#[test]
fn earlier_texts_stand_under_the_article_in_every_form() {
    let home = particular();
    for format in [ExportFormat::Markdown, ExportFormat::Text, ExportFormat::Html] {
        let written = fs::read_to_string(home.export(&home.job(format, format.name())).at).unwrap();
        let (now, before) = written.split_once("Until 23 November 2023").unwrap_or_else(|| panic!("{written}"));
        assert!(now.contains("Other words came") && before.contains("The earlier words"), "{written}");
    }
    let markdown = fs::read_to_string(home.dir.path().join("markdown/Of notes.md")).unwrap();
    assert!(markdown.contains("[^1]: Other words") && markdown.contains("[^r1-1]: The earlier words"), "{markdown}");
}

#[test]
fn the_page_itself_goes_with_json_lines_and_comes_back() {
    let home = particular();
    let line = json_line(home.store.reader(), home.ids[0]).unwrap().unwrap();
    let dir = tempfile::tempdir().unwrap();
    let mut store = Store::open(&dir.path().join(FILE)).unwrap();
    import::import(&mut store, line.as_bytes(), "x.jsonl", NOW).unwrap();
    let id = store.reader().find_guid("particular").unwrap().unwrap();
    assert_eq!(store.reader().page_html(id).unwrap().unwrap(), b"<html>as it \xff came</html>");
    let (there, here) = (home.store.reader().revisions(home.ids[0]).unwrap(), store.reader().revisions(id).unwrap());
    assert_eq!(here, there);
}
