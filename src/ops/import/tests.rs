use tempfile::TempDir;

use super::*;
use crate::model::{Anchor, View};
use crate::ops::{self, read};
use crate::store::FILE;

const NOW: Time = Time(1_700_000_000);

fn store() -> (TempDir, Store) {
    let dir = tempfile::tempdir().unwrap();
    let store = Store::open(&dir.path().join(FILE)).unwrap();
    (dir, store)
}

fn titles(store: &Store) -> Vec<String> {
    let page = read::page(store.reader(), &View::default(), Anchor::Newest, 100, NOW).unwrap();
    page.rows.iter().map(|row| row.title.to_string()).collect()
}

const PAGE: &str = "\
KARATAU — The mayors of four river towns agreed on Tuesday to share the water of the dry summer, after a night of talks in the old station building.
“We counted every bucket twice,” said the mayor of the smallest of them, and asked for the lights to be left on.
The agreement gives each of the towns a day of the week, and the remaining three days to the fields along the lower bank.
Engineers will read the gauges every morning and hang the figures on the doors of the town halls for everybody to see.
Ferry to the lower bank goes back to its summer hours
Station building to be sold to the highest bidder
Fields along the river dry for the third year running
School reopens with half of its roof
";

#[test]
fn a_saved_page_becomes_an_article_and_its_headlines_stubs_beside_it() {
    let (_dir, mut store) = store();
    let report = import(&mut store, PAGE.as_bytes(), "page.txt", NOW).unwrap();
    assert_eq!((report.what, report.headlines, report.new.len()), (What::Page, 4, 5), "{report:?}");
    let id = report.opens.unwrap();
    let article = read::article(store.reader(), id).unwrap().unwrap();
    assert!(article.document.plain_text().ends_with("for everybody to see."));
    assert!(!article.headline.stub);
    let related = ops::related::related(store.reader(), id, 10).unwrap();
    let near: Vec<&str> = related.iter().map(|item| item.headline.title.as_str()).collect();
    assert_eq!(near.len(), 4);
    assert!(near[0].starts_with("Ferry") && related.iter().all(|item| item.headline.stub), "{near:?}");
    assert_eq!(read::sources(store.reader()).unwrap().unread, 1);
    // The river of everything has the article alone; its headlines stand in the list of their feed.
    let view = |scope, fold| View { scope, fold, news: true, ..View::default() };
    let rows = |view: View| read::page(store.reader(), &view, crate::model::Anchor::Newest, 20, NOW).unwrap().rows;
    for fold in crate::model::Folding::ALL {
        let river = rows(view(crate::model::Scope::Everything, fold));
        assert_eq!(river.iter().map(|row| row.id).collect::<Vec<_>>(), [id]);
    }
    let feed = article.headline.feed;
    assert_eq!(rows(view(crate::model::Scope::Feed(feed), crate::model::Folding::Stories)).len(), 5);
    // The article stands above its headlines.
    assert_eq!(titles(&store)[0], article.headline.title.as_str());

    let again = import(&mut store, PAGE.as_bytes(), "page.txt", NOW).unwrap();
    assert_eq!((again.new.len(), again.changed.len(), again.unchanged), (0, 0, 5));
    assert_eq!(again.opens, Some(id));
    assert!(again.said().as_str().contains("there already"), "{}", again.said());
}

#[test]
fn a_saved_page_is_read_as_the_settings_say_for_its_site() {
    let (_dir, mut store) = store();
    let prose = "The council agreed on Tuesday to share the water of the river among the towns below it. ".repeat(8);
    let body = format!(
        "<html><head><title>Water shared</title><link rel=canonical href='https://a.example/water'></head><body>\
         <div class=ours><p>{prose}</p></div><p>{}</p></body></html>",
        "Not of it. ".repeat(90)
    );
    let site = Site { host: "a.example".to_owned(), article: Some(".ours".to_owned()), ..Site::default() };
    let report = import_with(&mut store, body.as_bytes(), "water.html", &[site], NOW, &mut |_, _| true).unwrap();
    let article = read::article(store.reader(), report.opens.unwrap()).unwrap().unwrap();
    assert!(!article.document.plain_text().contains("Not of it"));
}

#[test]
fn an_import_that_is_called_off_keeps_what_came_in_and_says_so() {
    let (_dir, mut store) = store();
    let lines: String = (0..2500).map(|n| format!("{{\"id\":\"{n}\",\"title\":\"T {n}\",\"body\":\"b\"}}\n")).collect();
    let mut told = 0;
    let report = import_with(&mut store, lines.as_bytes(), "a.jsonl", &[], NOW, &mut |done, all| {
        assert!(done <= all);
        told += 1;
        told < 2
    })
    .unwrap();
    assert_eq!((report.new.len(), report.skipped.len()), (2000, 1));
    assert_eq!(
        report.skipped[0].why.as_str(),
        "what follows line 2000: called off; importing the file again takes in the rest"
    );
    let again = import(&mut store, lines.as_bytes(), "a.jsonl", NOW).unwrap();
    assert_eq!((again.new.len(), again.unchanged), (500, 2000));
}

#[test]
fn json_lines_keep_their_ids() {
    let (_dir, mut store) = store();
    let lines = r#"{"id":"a-1","title":"One","body":"First.\n\nSecond.","published":"2023-01-31T10:00:00Z","lang":"en","url":"https://a.example/1?utm_source=x","source":"Wire"}
{"id":7,"title":"Two","body":"Text","published":1600000000}

not json
{"id":"empty"}
{"title":"Three","body":"No id","published":"2023-02-01"}
"#;
    let report = import(&mut store, lines.as_bytes(), "x.jsonl", NOW).unwrap();
    assert_eq!(report.what, What::JsonLines);
    assert_eq!(report.new.len(), 3);
    assert_eq!(report.skipped.iter().map(|skipped| skipped.line).collect::<Vec<_>>(), [4, 5]);
    assert_eq!(titles(&store), ["Three", "One", "Two"]);
    let id = read::find(store.reader(), "a-1").unwrap();
    assert_eq!(read::guid(store.reader(), id).unwrap().unwrap().as_str(), "a-1");
    let article = read::article(store.reader(), id).unwrap().unwrap();
    assert_eq!(article.document.blocks.len(), 2);
    assert_eq!(article.headline.source.as_str(), "Wire");
    assert!(import(&mut store, lines.as_bytes(), "x.jsonl", NOW).unwrap().new.is_empty());
    let none = import(&mut store, b"{\"a\":1}\n", "y.jsonl", NOW).unwrap_err();
    assert_eq!(none.kind, Kind::Data);
    assert!(none.message.as_str().contains("line 1"), "{none}");
}

#[test]
fn lists_of_feeds_keep_their_folders_and_say_what_they_leave() {
    let (_dir, mut store) = store();
    let list = r#"<opml version="2.0"><body><outline text="World"><outline text="Asia">
        <outline type="rss" text="A paper" xmlUrl="https://a.example/feed" htmlUrl="https://a.example/"/></outline></outline>
        <outline type="rss" text="B" xmlUrl="javascript:alert(1)"/></body></opml>"#;
    let report = import(&mut store, list.as_bytes(), "feeds.opml", NOW).unwrap();
    assert_eq!((report.what, report.feeds.len(), report.skipped.len()), (What::Opml, 1, 1), "{report:?}");
    let sources = read::sources(store.reader()).unwrap();
    assert_eq!(sources.feeds[0].title.as_str(), "A paper");
    let asia = sources.folders.iter().find(|folder| Some(folder.id) == sources.feeds[0].folder).unwrap();
    assert_eq!(asia.name.as_str(), "Asia");
    assert!(asia.parent.is_some());
    assert_eq!(import(&mut store, list.as_bytes(), "feeds.opml", NOW).unwrap().feeds_known, 1);

    let urls = "# mine\nhttps://a.example/feed news\nhttps://c.example/rss \"~Mine\" tech linux\nexec:~/bin/x\n\
                \"query:Unread:unread = \\\"yes\\\"\"\n";
    let report = import(&mut store, urls.as_bytes(), "/home/x/.newsboat/urls", NOW).unwrap();
    assert_eq!((report.what, report.feeds_known), (What::Newsboat, 1));
    assert_eq!(report.feeds, [Clean::new("Mine")]);
    assert_eq!((report.skipped.len(), report.queries.len()), (2, 1), "{:?}", report.skipped);
    assert!(report.said().as_str().contains("1 new feed"), "{}", report.said());
    let plain = import(&mut store, b"https://d.example/x\nhttps://e.example/y\n", "list.txt", NOW).unwrap();
    assert_eq!(plain.feeds.len(), 2);
}

#[test]
fn a_full_disk_ends_an_import_with_what_was_stored() {
    let (_dir, mut store) = store();
    let lines: String = (0..2500)
        .map(|n| format!("{{\"id\":\"{n}\",\"title\":\"Headline {n}\",\"body\":\"word{n} other{n}\"}}\n"))
        .collect();
    let stored = |store: &Store| read::ids(store.reader(), &View::default(), NOW).unwrap().len();
    // A little more room each time, until the first thousand fits.
    let failure = (1..100).find_map(|n| {
        store.set_room(n * 30).unwrap();
        let failure = import(&mut store, lines.as_bytes(), "many.jsonl", NOW).err()?;
        (stored(&store) > 0).then_some(failure)
    });
    let failure = failure.unwrap();
    let said: Vec<&str> = failure.hints.iter().map(Clean::as_str).collect();
    let expected = "1000 articles were stored before that; importing the file again takes in the rest";
    assert_eq!((stored(&store), said.last()), (1000, Some(&expected)), "{failure}");
    store.set_room(100_000).unwrap();
    let report = import(&mut store, lines.as_bytes(), "many.jsonl", NOW).unwrap();
    assert_eq!((report.new.len(), report.unchanged), (1500, 1000));
}

#[test]
fn folders_of_lists_are_put_together_and_go_out_as_they_came() {
    let (_dir, mut store) = store();
    let lists = [
        // As Feedly has it: folders side by side, a feed perhaps in two of them.
        r#"<opml version="1.0"><body><outline text="tech" title="tech"><outline type="rss" text="Kernel" title="Kernel"
           xmlUrl="https://k.example/atom"/></outline><outline text="Tech" title="Tech"><outline type="rss" text="Rust"
           title="Rust" xmlUrl="https://r.example/rss"/><outline type="rss" text="Kernel" xmlUrl="https://k.example/atom"/>
           </outline></body></opml>"#,
        // As Inoreader has it: folders in folders.
        r#"<opml version="1.0"><body><outline text="News" title="News"><outline text="Asia" title="Asia"><outline
           text="Kaktus" title="Kaktus" type="rss" xmlUrl="https://n.example/rss" htmlUrl=""/></outline></outline>
           <outline text="R/D" title="R/D"><outline text="Lab" type="rss" xmlUrl="https://l.example/rss"/></outline>
           </body></opml>"#,
        // As newsboat has it: categories alone.
        r#"<opml version="1.0"><body><outline type="rss" xmlUrl="https://one.example/rss" title="One"
           category="TECH,daily"/><outline type="rss" xmlUrl="https://two.example/rss" title="Two" category="/NEWS/asia"/>
           </body></opml>"#,
    ];
    let mut skipped = Vec::new();
    for list in lists {
        let report = import(&mut store, list.as_bytes(), "feeds.opml", NOW).unwrap();
        skipped.extend(report.skipped.iter().map(|skipped| skipped.why.to_string()));
    }
    assert_eq!(skipped.len(), 1, "{skipped:?}");
    assert!(skipped[0].contains("one.example") && skipped[0].ends_with("daily"), "{skipped:?}");
    let filed = |store: &Store| {
        let sources = read::sources(store.reader()).unwrap();
        let paths: std::collections::HashMap<_, _> = sources.paths().into_iter().collect();
        let path = |feed: &crate::model::Feed| feed.folder.map_or(String::new(), |id| paths[&id].to_string());
        let mut filed: Vec<String> =
            sources.feeds.iter().map(|feed| format!("{} in {}", feed.title, path(feed))).collect();
        filed.sort();
        (filed, sources.folders.len())
    };
    let (found, folders) = filed(&store);
    let expected =
        ["Kaktus in News/Asia", "Kernel in tech", "Lab in R/D", "One in tech", "Rust in tech", "Two in News/Asia"];
    assert_eq!((&found[..], folders), (&expected.map(str::to_owned)[..], 4));
    // Moved by its way, as it is shown.
    let one = read::sources(store.reader()).unwrap().feeds.iter().find(|feed| feed.title.as_str() == "One").unwrap().id;
    for (way, folders) in [("news/ASIA", 4), ("News/Europe", 5), ("r/d", 5)] {
        ops::feeds::file(&mut store, one, &ops::feeds::Into::Named(way.into())).unwrap();
        assert_eq!(filed(&store).1, folders, "{way}");
    }
    assert!(filed(&store).0.contains(&"One in R/D".to_owned()));
    // What is written is read as it was.
    let written = crate::feed::opml::write(&ops::mirror::outline(store.reader()).unwrap(), Some(NOW));
    let (_dir, mut other) = self::store();
    import(&mut other, written.as_bytes(), "again.opml", NOW).unwrap();
    assert_eq!(filed(&other).0, filed(&store).0);
}

#[test]
fn a_password_in_an_address_is_not_stored_and_that_is_said() {
    let (dir, mut store) = store();
    let list =
        br#"<opml version="2.0"><body><outline text="A" xmlUrl="https://ada:s3cret@a.example/feed"/></body></opml>"#;
    let urls = "https://ada:s3cret@b.example/feed news tech\n";
    let feed = br#"<rss xmlns:atom="http://www.w3.org/2005/Atom"><channel><title>F</title>
        <atom:link rel="self" href="https://ada:s3cret@c.example/feed"/><item><title>One</title></item></channel></rss>"#;
    for (bytes, name) in [(&list[..], "feeds.opml"), (urls.as_bytes(), "urls"), (&feed[..], "feed.xml")] {
        let report = import(&mut store, bytes, name, NOW).unwrap();
        assert!(report.notes[0].as_str().contains("was not taken over"), "{report:?}");
        assert!(!format!("{report:?}").contains("s3cret"), "{report:?}");
    }
    let feeds = read::sources(store.reader()).unwrap().feeds;
    let addresses: Vec<&str> = feeds.iter().map(|feed| feed.address.as_str()).collect();
    assert_eq!(addresses.len(), 3);
    assert!(addresses.iter().all(|address| !address.contains('@')), "{addresses:?}");
    drop(store);
    for file in std::fs::read_dir(dir.path()).unwrap() {
        let bytes = std::fs::read(file.unwrap().path()).unwrap();
        assert!(!bytes.windows(6).any(|part| part == b"s3cret"));
    }
}

#[test]
fn junk_before_a_feed_or_a_list_hides_neither() {
    let (_dir, mut store) = store();
    let feed =
        b"Warning: x() failed on line 3\n<rss><channel><title>F</title><item><title>One</title></item></channel></rss>";
    assert_eq!(import(&mut store, feed, "feed.xml", NOW).unwrap().what, What::Feed);
    let list = b"mple/'/><outline text='A' xmlUrl='https://a.example/rss'/></body></opml>";
    assert_eq!(import(&mut store, list, "feeds.opml", NOW).unwrap().what, What::Opml);
}

#[test]
fn a_saved_feed_is_subscribed_to_where_it_says_it_lives() {
    let (_dir, mut store) = store();
    let atom = |own: &str| {
        format!(
            "<feed xmlns='http://www.w3.org/2005/Atom'><title>Own</title>{own}<entry><id>1</id><title>First</title>\
             <content>Text</content></entry></feed>"
        )
    };
    let own = atom("<link rel='self' href='https://a.example/atom'/>");
    let report = import(&mut store, own.as_bytes(), "a.xml", NOW).unwrap();
    assert_eq!((report.what, report.new.len(), report.feeds.len()), (What::Feed, 1, 1));
    let homeless = import(&mut store, atom("").as_bytes(), "b.xml", NOW).unwrap();
    assert_eq!((homeless.new.len(), homeless.feeds.len()), (1, 0));
    assert_eq!(import(&mut store, atom("").as_bytes(), "b.xml", NOW).unwrap().unchanged, 1);
    let feeds = read::sources(store.reader()).unwrap().feeds;
    let addresses: Vec<&str> = feeds.iter().map(|feed| feed.address.as_str()).collect();
    assert_eq!(addresses, ["https://a.example/atom", "dateline:saved"]);
    let article = read::article(store.reader(), homeless.new[0]).unwrap().unwrap();
    assert_eq!(article.headline.source.as_str(), "Own");
}

#[test]
fn files_that_cannot_be_imported_say_why() {
    let (dir, mut store) = store();
    for (bytes, word) in [
        (&b""[..], "nothing to read"),
        (b"  \n ", "nothing to read"),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3", "PDF"),
        (b"\x7fELF\x02\x01\x01\0\0\0\0\0\0\0\0\0\x02\0", "program"),
        (b"SQLite format 3\0\x10\0\x01\x01\0@  \0\0\0\x01", "database"),
    ] {
        let failure = import(&mut store, bytes, "file.bin", NOW).unwrap_err();
        assert_eq!(failure.kind, Kind::Data);
        let said = failure.message.as_str();
        assert!(said.contains("file.bin") && said.contains(word), "{said}");
    }
    assert!(read_file(&dir.path().join("nowhere")).unwrap_err().message.as_str().contains("nowhere"));
    assert!(read_file(dir.path()).unwrap_err().message.as_str().contains("is a directory"));
    let huge = dir.path().join("huge");
    File::create(&huge).unwrap().set_len(1 << 30).unwrap();
    let failure = read_file(&huge).unwrap_err();
    assert!(failure.message.as_str().contains("too large to import (1024 MB; at most 64 MB)"), "{failure}");
    assert!(titles(&store).is_empty());
}

#[test]
fn the_first_sample_page() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/samples/csto-summit.txt");
    let Ok(bytes) = read_file(&path) else {
        eprintln!("skipped: {} is not here", path.display());
        return;
    };
    let (_dir, mut store) = store();
    let report = import(&mut store, &bytes, "csto-summit.txt", NOW).unwrap();
    assert_eq!((report.headlines, report.new.len()), (10, 11));
    let related = ops::related::related(store.reader(), report.opens.unwrap(), 20).unwrap();
    assert_eq!(related.len(), 10);
    // And from each headline the way leads back to the page it stood on.
    let back = ops::related::related(store.reader(), related[0].headline.id, 20).unwrap();
    assert_eq!(back.first().map(|item| item.headline.id), report.opens);
}

#[test]
fn a_large_file_of_articles_is_taken_in_by_pieces() {
    let (dir, mut store) = store();
    let path = dir.path().join("many.jsonl");
    let filler = "x".repeat(2 << 20);
    let mut text = String::from("\u{feff}{\"id\":\"a\",\"title\":\"First\"}\n");
    // Over the cap for other files, with one line over the cap for lines.
    for n in 0..30 {
        text.push_str(&format!("{{\"id\":\"{n}\",\"title\":\"Filler\",\"ignored\":\"{filler}\"}}\n"));
    }
    text.push_str(&filler.repeat(33));
    text.push_str("\nnot an article\n\n{\"id\":\"z\",\"title\":\"Last\"}");
    std::fs::write(&path, &text).unwrap();
    let report = import_file(&mut store, &path, &[], NOW, &mut |_, _| true).unwrap();
    assert_eq!((report.what, report.new.len()), (What::JsonLines, 32));
    assert_eq!(report.skipped.iter().map(|skipped| skipped.line).collect::<Vec<_>>(), [32, 33]);

    let sparse = dir.path().join("sparse.jsonl");
    std::fs::write(&sparse, "{").unwrap();
    File::options().write(true).open(&sparse).unwrap().set_len(1 << 30).unwrap();
    let failure = import_file(&mut store, &sparse, &[], NOW, &mut |_, _| true).unwrap_err();
    assert!(failure.message.as_str().contains("longer than 64 MB"), "{failure}");
}

/// A PNG of some thousand bytes.
fn png() -> Vec<u8> {
    let pixel = |x: u32, y: u32| image::Rgb([((x * 37) ^ (y * 91)) as u8, (x * y) as u8, (x * 7 + y * 13) as u8]);
    let mut file = std::io::Cursor::new(Vec::new());
    image::RgbImage::from_fn(64, 64, pixel).write_to(&mut file, image::ImageFormat::Png).unwrap();
    file.into_inner()
}

const WATER: &str = "<p>The council agreed on Tuesday to share the water of the river among the towns below it, \
    and to hang the figures of every morning on the doors of the town halls for everybody to see.</p>\
    <p>“We counted every bucket twice,” said the mayor of the smallest of them, who had been up all night.</p>";

#[test]
fn the_pictures_that_a_saved_page_holds_itself_are_kept_as_long_as_it_is() {
    let data = base64::Engine::encode(&base64::engine::general_purpose::STANDARD, png());
    let html = format!(
        "<html><head><title>Water shared</title></head><body><article><h1>Water shared</h1>{WATER}\
         <figure><img src=\"data:image/png;base64,{data}\" alt=\"The river\"></figure>\
         <p>Engineers will read the gauges.</p><p><img src=\"data:image/png;base64,{data}\" \
         srcset=\"https://a.example/large.png 2x\" alt=\"A blur before it\"></p></article></body></html>"
    );
    let (_dir, mut store) = store();
    let id = import(&mut store, html.as_bytes(), "water.html", NOW).unwrap().opens.unwrap();
    let shown = read::article(store.reader(), id).unwrap().unwrap().document.pictures();
    let is_ours = |link: &crate::text::Link| crate::model::picture::is_enclosed(link);
    assert_eq!(shown.iter().map(is_ours).collect::<Vec<_>>(), [true, false], "{shown:?}");
    let kept = |store: &Store| store.reader().picture(&shown[0]).unwrap().map(|picture| picture.bytes);
    assert_eq!(kept(&store), Some(png()));
    store.clean_up(0, Time(NOW.0 + 400 * crate::model::time::DAY)).unwrap();
    assert_eq!(kept(&store), Some(png()), "it stands nowhere else");
    // The network is never asked for it, and no address that leads nowhere is handed on.
    assert_eq!(ops::keep::Wanted::of(id, shown.clone(), None).links, shown[1..]);
    let article = read::article(store.reader(), id).unwrap().unwrap();
    let zone = jiff::tz::TimeZone::UTC;
    for text in [ops::export::markdown(&article, &zone), ops::export::html(&article, &zone)] {
        assert!(!text.as_str().contains("picture.invalid"), "{}", text.as_str());
    }
    assert_eq!(import(&mut store, html.as_bytes(), "water.html", NOW).unwrap().unchanged, 1);
}

#[test]
fn the_pictures_in_an_archive_are_kept_under_their_own_addresses_and_take_nobodys_place() {
    let data = base64::Engine::encode(&base64::engine::general_purpose::STANDARD, png());
    let html = format!(
        "<html><head><title>Water shared</title></head><body><article>{WATER}\
         <p><img src=\"https://a.example/river.png\" alt=\"The river\"></p></article></body></html>"
    );
    let file = format!(
        "Subject: Water\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=\"part\"\r\n\r\n--part\r\n\
         Content-Type: text/html; charset=utf-8\r\nContent-Location: https://a.example/water\r\n\r\n{html}\r\n--part\r\n\
         Content-Type: image/png\r\nContent-Transfer-Encoding: base64\r\nContent-Location: https://a.example/river.png\
         \r\n\r\n{data}\r\n--part\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\
         Content-Location: https://a.example/not-shown.png\r\n\r\n{data}\r\n--part--\r\n"
    );
    let link = |address: &str| crate::text::Link::parse(address).unwrap();
    let (_dir, mut store) = store();
    import(&mut store, file.as_bytes(), "water.mht", NOW).unwrap();
    assert_eq!(store.reader().picture(&link("https://a.example/river.png")).unwrap().unwrap().bytes, png());
    assert_eq!(store.reader().picture(&link("https://a.example/not-shown.png")).unwrap(), None);
    let other = file.replace("Water shared", "Another page").replace("/water", "/other").replace(&data, &{
        let mut other = png();
        other.extend([0; 9]);
        base64::Engine::encode(&base64::engine::general_purpose::STANDARD, other)
    });
    import(&mut store, other.as_bytes(), "other.mht", NOW).unwrap();
    assert_eq!(store.reader().picture(&link("https://a.example/river.png")).unwrap().unwrap().bytes, png());
}
