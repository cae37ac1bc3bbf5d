//! Pages of every sort, in our own words.

use super::*;
use crate::extract::Gate;

const ADDRESS: &str = "https://lakepost.example/news/2024/05/03/ferry?utm_source=x";

fn read(html: &str) -> Result<Extracted, NotAnArticle> {
    page(html, Link::parse(ADDRESS).as_ref())
}

/// A paragraph of some length that is about the ferry and number `n`.
fn paragraph(n: usize) -> String {
    format!(
        "The old ferry number {n} crossed the lake for the last time on Friday, with two goats, a piano and the mayor on \
         board. People who had come to the pier to see it said that they would miss the sound of its engine most of all."
    )
}

fn story() -> String {
    (1..=6).map(|n| format!("<p>{}</p>\n", paragraph(n))).collect()
}

fn whole(head: &str, body: &str) -> String {
    format!("<!DOCTYPE html><html lang='en-GB'><head>{head}</head><body>{body}</body></html>")
}

fn expected() -> String {
    (1..=6).map(paragraph).collect::<Vec<_>>().join("\n")
}

#[test]
fn a_news_page() {
    let head = r#"<title>Ferry makes its last crossing | Lake Post</title>
        <meta property="og:title" content="Ferry makes its last crossing | Lake Post">
        <meta property="og:site_name" content="Lake Post">
        <meta property="og:description" content="Goats, a piano and a mayor said goodbye to an engine on Friday.">
        <meta property="og:image" content="/ferry.jpg">
        <link rel="canonical" href="https://lakepost.example/news/ferry">
        <script type="application/ld+json">{"@context":"https://schema.org","@type":"NewsArticle",
          "headline":"Ferry makes its last crossing","author":{"@type":"Person","name":"By Ann Lee"},
          "datePublished":"2024-05-03T18:30:00+02:00"}</script>"#;
    let body = format!(
        "<header><nav><a href='/'>Home</a> <a href='/news'>News</a> <a href='/sport'>Sport</a></nav></header>
         <main><article><h1>Ferry makes its last crossing</h1><div class='byline'>By Ann Lee</div>
         <div class='share-bar'><a href='#'>Facebook</a> <a href='#'>Mail</a></div>{}
         <div class='related-articles'><h3>Read also</h3><ul>
         <li><a href='/a?utm_source=r'>Mayor wants a bridge over the lake</a></li>
         <li><a href='/b'>Goats get their own harbour at last</a></li></ul></div>
         <div class='newsletter-signup'><p>Get our newsletter every morning in your letter box.</p><form><input></form></div>
         </article></main>
         <footer><p>© Lake Post 2024. All rights reserved by the lake and its fish.</p></footer>",
        story()
    );
    let page = read(&whole(head, &body)).unwrap();
    assert_eq!(page.title.as_str(), "Ferry makes its last crossing");
    assert_eq!(page.byline, Some("Ann Lee".into()));
    assert_eq!(page.published.unwrap().to_string(), "2024-05-03T16:30:00Z");
    assert_eq!(page.site, Some("Lake Post".into()));
    assert_eq!(page.lang, Some("en-gb".into()));
    assert_eq!(page.image.unwrap().as_str(), "https://lakepost.example/ferry.jpg");
    assert_eq!(page.link.unwrap().as_str(), "https://lakepost.example/news/ferry");
    assert_eq!(page.standfirst, Some("Goats, a piano and a mayor said goodbye to an engine on Friday.".into()));
    assert_eq!(page.text.as_str(), expected());
    let related: Vec<String> =
        page.related.iter().map(|r| format!("{} {}", r.title, r.link.as_ref().unwrap())).collect();
    assert_eq!(
        related,
        [
            "Mayor wants a bridge over the lake https://lakepost.example/a",
            "Goats get their own harbour at last https://lakepost.example/b"
        ]
    );
    assert_eq!(page.gate, None);
}

#[test]
fn debris_without_telling_names_goes_by_its_shape() {
    let body = format!(
        "<div id='c'><h1>Ferry makes its last crossing</h1>{}
         <p><strong>Read more: <a href='/x'>The engine that would not stop singing</a></strong></p>{}
         <ul><li><a href='/a'>Mayor wants a bridge over the lake</a></li><li><a href='/b'>Goats get their own harbour at last</a></li>
         <li><a href='/c'>Piano found at the bottom of the lake</a></li></ul></div>",
        story(),
        story()
    );
    let page = read(&whole("<title>Ferry makes its last crossing</title>", &body)).unwrap();
    assert_eq!(page.text.as_str(), format!("{}\n{}", expected(), expected()));
    assert_eq!(page.related.len(), 4);
}

#[test]
fn structure_is_kept() {
    let body = format!(
        "<article><h1>T</h1>{}<h2>The engine</h2><p>{}</p><blockquote><p>{}</p></blockquote>
         <ul><li>one goat</li><li>another goat</li></ul><table><tr><th>Year</th><th>Goats</th></tr><tr><td>2023</td><td>4</td></tr>
         <tr><td>2024</td><td>2</td></tr></table><figure><img src='/f.jpg' alt='F' width=600><figcaption>The ferry</figcaption></figure>{}</article>",
        story(), paragraph(7), paragraph(8), story()
    );
    let page = read(&whole("<title>The last crossing of the ferry</title>", &body)).unwrap();
    let kinds: Vec<&str> = page
        .document
        .blocks
        .iter()
        .map(|block| match block {
            crate::model::Block::Heading { .. } => "h",
            crate::model::Block::Quote(_) => "q",
            crate::model::Block::List { .. } => "l",
            crate::model::Block::Table(_) => "t",
            crate::model::Block::Figure { .. } => "f",
            _ => "p",
        })
        .collect();
    assert_eq!(kinds.concat(), "pppppphpqltfpppppp");
}

#[test]
fn front_pages_and_empty_pages() {
    let links: String = (0..30)
        .map(|n| format!("<li><a href='/{n}'>Headline number {n} about the lake and its goats</a></li>"))
        .collect();
    let Err(NotAnArticle::AllHeadlines(found)) = read(&whole("<title>Lake Post</title>", &format!("<ul>{links}</ul>")))
    else {
        panic!("a front page");
    };
    assert_eq!(found.len(), 30);
    for html in ["", "<html></html>", "<p></p>", "<script>x</script>"] {
        assert!(matches!(read(html), Err(NotAnArticle::Empty | NotAnArticle::Gated(Gate::Script))), "{html}");
    }
}

#[test]
fn gates() {
    let script = whole(
        "<title>Lake Post</title><script src='/app.js'></script>",
        "<div id='root'></div><noscript>You need to enable JavaScript to run this app.</noscript>",
    );
    assert_eq!(read(&script), Err(NotAnArticle::Gated(Gate::Script)));
    let consent = whole(
        "<title>Before you go on</title>",
        &format!(
            "<div class='cookie-consent-wall'><p>{}</p><button>Accept</button></div>",
            "We and our 812 partners store things. ".repeat(9)
        ),
    );
    assert!(
        matches!(read(&consent), Err(NotAnArticle::Gated(Gate::Consent)))
            || read(&consent).unwrap().gate == Some(Gate::Consent)
    );
    let paid = whole(
        r#"<title>Ferry sold</title><script type="application/ld+json">{"@type":"NewsArticle","headline":"Ferry sold","isAccessibleForFree":false}</script>"#,
        &format!(
            "<article><h1>Ferry sold</h1><p>{}</p><p>{}</p><div class='paywall'>Subscribe to read on.</div></article>",
            paragraph(1),
            paragraph(2)
        ),
    );
    assert_eq!(read(&paid).unwrap().gate, Some(Gate::Paywall));
    let robots = whole(
        "<title>Just a moment…</title>",
        "<div id='challenge-form'>Checking your browser before you go on.</div>",
    );
    assert_eq!(read(&robots), Err(NotAnArticle::Gated(Gate::Robots)));
}

#[test]
fn signs_of_gates_say_nothing_beside_a_whole_story() {
    let whole_story: String = (0..5).map(|_| story()).collect();
    for debris in [
        "<div class='paywall'>Subscribe to continue reading this and every other story.</div>",
        "<div class='cookie-consent'>We use cookies to make the lake a better place for you.</div>",
        "<form><div class='g-recaptcha'>captcha</div></form>",
        "<div id='app'></div><noscript>Please enable JavaScript to see the ferry move.</noscript>",
        "<p>Please log in to comment on this story.</p>",
    ] {
        let page =
            read(&whole("<title>The ferry</title>", &format!("<article>{whole_story}</article>{debris}"))).unwrap();
        assert_eq!(page.gate, None, "{debris}");
    }
}

#[test]
fn more_gates() {
    let missing = whole("<title>404 — page not found</title>", "<h1>Page not found</h1><p>Try the harbour.</p>");
    assert_eq!(read(&missing), Err(NotAnArticle::Gated(Gate::Missing)));
    let login = whole("<title>Members</title>", "<main><p>Please log in to read what members read.</p></main>");
    assert_eq!(read(&login), Err(NotAnArticle::Gated(Gate::Login)));
    let film =
        whole("<title>The ferry, filmed</title>", "<main><video src='/f.mp4'></video><p>Watch it leave.</p></main>");
    assert_eq!(read(&film), Err(NotAnArticle::Gated(Gate::Media)));
    let german = format!("<article><p>{}</p><p>Jetzt weiterlesen mit unserem Abo.</p></article>", paragraph(1));
    let page = read(&whole("<title>Die Fähre</title>", &german)).unwrap();
    assert_eq!((page.gate, page.text.as_str()), (Some(Gate::Paywall), &*paragraph(1)));
    for gate in [Gate::Paywall, Gate::Consent, Gate::Script, Gate::Robots, Gate::Login, Gate::Missing, Gate::Media] {
        assert!(!gate.advice().is_empty() && !gate.to_string().is_empty());
    }
}

#[test]
fn lines_that_are_not_of_the_story_go() {
    for line in [
        "<p>Advertisement</p>",
        "<p>Read more: <a href='/a'>Mayor wants a bridge over the lake</a></p>",
        "<p>Читайте также: <a href='/a'>Мэр хочет построить мост</a></p>",
        "<p><a href='https://social.example/'>Follow us on every network there is</a></p>",
        "<p>© Ann Lee / Lake Pictures</p>",
        "<p>02:12 - Source: Lake Television</p>",
        "<p>Photo: Ann Lee</p>",
        "<h3>Related articles</h3><p><a href='/a'>Mayor wants a bridge over the lake</a></p>",
        "<p>Sign up for our newsletter</p>",
    ] {
        let page =
            read(&whole("<title>The ferry</title>", &format!("<article>{}{line}{}</article>", story(), story())))
                .unwrap();
        assert_eq!(page.text.as_str(), format!("{}\n{}", expected(), expected()), "{line}");
    }
}

#[test]
fn lines_that_look_like_debris_stay() {
    for line in [
        "Read more books, said the mayor, and the lake will thank you for it in the end.",
        "Related diseases were found in two of the goats that had crossed the lake in spring.",
        "Photographs of the crossing showed a piano, two goats and the mayor in high spirits.",
        "Comments that the mayor had made on the pier were repeated by nearly everybody there.",
    ] {
        let body = format!("<article>{}<p>{line}</p>{}</article>", story(), story());
        let page = read(&whole("<title>The ferry</title>", &body)).unwrap();
        assert!(page.text.as_str().contains(line), "{line}");
    }
}

#[test]
fn the_writers_life_and_comments_behind_the_story_go() {
    let body = format!(
        "<article><h1>The ferry</h1><p class=byline>By Ann Lee</p>{}<p>Ann Lee writes about the lake and all that swims in it.</p>
         <h3>Comments</h3><p>I never liked that ferry.</p></article>",
        story()
    );
    let page = read(&whole("<title>The ferry</title>", &body)).unwrap();
    assert_eq!(page.byline, Some("Ann Lee".into()));
    assert_eq!(page.text.as_str(), expected());
}

#[test]
fn a_stated_text_tells_notes_of_the_site_from_the_story() {
    let stated = (1..=6).map(paragraph).collect::<Vec<_>>().join("\\n");
    let head = format!(
        r#"<script type="application/ld+json">{{"@type":"NewsArticle","headline":"The ferry","articleBody":"{stated}"}}</script>"#
    );
    let note =
        "<p>This page is kept by the harbour office, which asks you to be kind to its goats and to its piano.</p>";
    let page = read(&whole(&head, &format!("<article>{}{note}</article>", story()))).unwrap();
    assert_eq!(page.text.as_str(), expected());
}

#[test]
fn dates_keep_the_zone_they_are_stated_in() {
    let head = "<title>The ferry</title><meta property='article:published_time' content='2024-05-03T23:30:00-05:00'>";
    let page = read(&whole(head, &format!("<article>{}</article>", story()))).unwrap();
    assert_eq!(page.zone, Some(-18000));
    assert_eq!(page.published.unwrap().in_zone(-18000).as_str(), "2024-05-03T23:30:00-05:00");
}

#[test]
fn dates_that_are_only_shown_are_read() {
    for (shown, expected) in [
        ("<p>Saved by Ann on 24. Juli 2017 - 18:55</p>", "2017-07-24"),
        ("<dl><dt>Date</dt><dd>12.01.2017</dd></dl>", "2017-01-12"),
        ("<span>14 марта 2019, 10:20</span>", "2019-03-14"),
    ] {
        let body = format!("<article><h1>The ferry</h1>{shown}{}</article>", story());
        let page = page(&whole("<title>The ferry</title>", &body), None).unwrap();
        assert!(page.published.unwrap().to_string().starts_with(expected), "{shown}");
    }
}

#[test]
fn a_person_may_say_where_the_story_is() {
    let body = format!(
        "<div class=a><p>{}</p></div><div class=b>{}<p class=quiz>{}</p></div>",
        paragraph(9).repeat(9),
        story(),
        paragraph(8)
    );
    let site =
        Site { host: "lakepost.example".into(), article: Some(".b".into()), remove: vec![".quiz".into(), "((".into()] };
    let page = page_with(&whole("<title>The ferry</title>", &body), Link::parse(ADDRESS).as_ref(), &[site]).unwrap();
    assert_eq!(page.text.as_str(), expected());
}

#[test]
fn a_story_stated_only_in_json_is_read() {
    let body: String = (1..=4).map(|n| format!("{}\\n", paragraph(n))).collect();
    let head = format!(
        r#"<script type="application/ld+json">{{"@graph":[{{"@type":"NewsArticle","headline":"Ferry sold","articleBody":"{body}"}}]}}</script>"#
    );
    let page = read(&whole(&head, "<div id='root'></div>")).unwrap();
    assert_eq!(page.text.as_str(), (1..=4).map(paragraph).collect::<Vec<_>>().join("\n"));
    assert_eq!(page.title.as_str(), "Ferry sold");
    assert_eq!(page.published.unwrap().to_string(), "2024-05-03T12:00:00Z");
}

#[test]
fn pages_made_to_hurt_are_survived() {
    for open in ["<div>", "<blockquote>", "<span>", "<a href=x>", "<b>", "<table><tr><td>", "<ul><li>"] {
        let html = whole("", &format!("{}{}", open.repeat(20_000), story()));
        let _ = read(&html);
    }
    let attributes: String = (0..200_000).map(|n| format!("a{n}='{n}' ")).collect();
    let _ = read(&whole("", &format!("<p {attributes}>{}", story())));
}

/// A paragraph of a story, `n` of many.
fn prose(n: usize) -> String {
    format!(
        "<p>Paragraph {n} of the story: the ferry waited for the tide at the north pier, as the timetable said it would.</p>"
    )
}

#[test]
fn a_story_that_is_signed_at_its_end_has_a_writer() {
    let story: String = (0..6).map(prose).collect();
    let html = |signed: &str| {
        format!(
            "<html><head><title>Ferry late</title></head><body><article><h1>Ferry late</h1>{story}<p>{signed}</p></article></body></html>"
        )
    };
    let byline = |signed: &str| page(&html(signed), None).unwrap().byline.map(|byline| byline.to_string());
    assert_eq!(byline("Written by: <a href='/ann'>Ann Lee</a>").as_deref(), Some("Ann Lee"));
    assert_eq!(byline("Gespeichert von Max Mustermann").as_deref(), Some("Max Mustermann"));
    assert_eq!(byline("By Friday the ferry had gone."), None);
}

#[test]
fn the_date_beside_the_headline_counts() {
    let story: String = (0..6).map(prose).collect();
    let html = format!(
        "<html lang=en><head><title>Ferry late</title></head><body><header><time datetime=2024-06-01>today</time></header>\
         <div class=teaser><time datetime=2024-05-20>20 May 2024</time></div><main><h1>Ferry late</h1>\
         <ul class=info><li>3 May 2024</li></ul>{story}<div class=comments><time datetime=2024-05-04>x</time></div></main></body></html>"
    );
    let published = page(&html, None).unwrap().published.unwrap();
    assert!(published.to_string().starts_with("2024-05-03"), "{published}");
    // What a reader sees counts before the time of a change.
    let html = html
        .replace("<ul class=info><li>3 May 2024</li></ul>", "<time datetime=2024-05-09T10:00:00Z>3 May 2024</time>");
    assert!(page(&html, None).unwrap().published.unwrap().to_string().starts_with("2024-05-03"));
}
