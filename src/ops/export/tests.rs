use super::*;
use crate::model::table::Span;
use crate::model::{ArticleId, Block, Document, FeedId, Headline, Image, Inline, Table, Texts, Time};
use crate::text::{CleanText, Link};

fn text_of(text: &str) -> Vec<Inline> {
    vec![Inline::Text(Clean::run(text))]
}

fn paragraph(text: &str) -> Block {
    Block::Paragraph(text_of(text))
}

/// An article with every kind of block and words that look like markup.
fn article() -> Article {
    let link = |address: &str| Link::parse(address).unwrap();
    let blocks = vec![
        Block::Paragraph(vec![
            Inline::Text(Clean::run("The river rose ")),
            Inline::Strong(text_of(" two metres ")),
            Inline::Text(Clean::run("by night, a <b>gauge</b> of *note* at ")),
            Inline::Link { to: link("https://a.example/x_(y)?a=1&b=2"), text: text_of("the [old] bridge") },
            Inline::Text(Clean::run(" showed; nobody had seen more since 1969, and the town slept badly.")),
        ]),
        paragraph("1. not a list"),
        paragraph("# not a heading"),
        Block::Heading { level: 2, text: text_of("What is known") },
        Block::Quote(vec![paragraph("It came at once."), paragraph("We ran.")]),
        Block::list(None, vec![vec![paragraph("sand")], vec![paragraph("boats & oars")]]),
        Block::list(
            Some(9),
            vec![
                vec![paragraph("first"), Block::list(None, vec![vec![paragraph("inner")]])],
                vec![paragraph("second")],
            ],
        ),
        Block::Definitions(vec![(text_of("Gauge"), vec![paragraph("A staff in the water.")])]),
        Block::Table(Table {
            head: 1,
            rows: vec![
                vec![text_of("Day"), text_of("Level | m")],
                vec![text_of("Monday"), text_of("1.5")],
                vec![text_of("水曜日"), text_of("3.5")],
            ],
            caption: text_of("By the river office"),
            ..Table::default()
        }),
        Block::Code { language: Some("rust".into()), text: CleanText::new("fn main() {\n    let x = \"`<`\";\n}\n") },
        Block::Figure {
            image: Image { link: Some(link("https://a.example/p.jpg")), alt: "The bridge".into() },
            caption: text_of("At noon"),
        },
        Block::Figure { image: Image { link: None, alt: "".into() }, caption: vec![] },
        Block::Media { link: link("https://a.example/v.mp4"), title: "Film".into() },
        Block::Rule,
        Block::Paragraph(vec![
            Inline::Text(Clean::run("One")),
            Inline::Break,
            Inline::Code("a`b".into()),
            Inline::Text(Clean::run(" H")),
            Inline::Subscript(text_of("2")),
            Inline::Text(Clean::run("O ")),
            Inline::Strike(text_of("old")),
        ]),
    ];
    let headline = Headline {
        link: Some(link("https://a.example/river")),
        words: 60,
        lang: Some("eng".into()),
        ..Headline::new(
            ArticleId(7),
            FeedId(1),
            "The river <rises> & *falls*".into(),
            "River Post".into(),
            Time(1_700_730_840),
        )
    };
    Article {
        byline: Some("By A. Writer".into()),
        standfirst: Some("A night on the bank".into()),
        arrived: Time(0),
        texts: Texts { feed: true, page: true, ..Texts::default() },
        ..Article::new(headline, "g".into(), Document { blocks })
    }
}

#[test]
fn as_text() {
    insta::assert_snapshot!(text(&article(), Some(40), &TimeZone::UTC));
}

#[test]
fn as_text_unwrapped() {
    let whole = text(&article(), None, &TimeZone::UTC);
    assert!(whole.lines().any(|line| line.starts_with("The river rose") && line.ends_with("badly.")), "{whole}");
    assert_eq!(document_text(&Document::from_paragraphs(["One.", "Two."]), None).as_str(), "One.\n\nTwo.");
}

#[test]
fn as_markdown() {
    insta::assert_snapshot!(markdown(&article(), &TimeZone::UTC));
}

#[test]
fn as_html() {
    insta::assert_snapshot!(html(&article(), &TimeZone::UTC));
}

#[test]
fn nothing_in_an_article_is_markup() {
    let hostile = "</title><script>alert(1)</script>\" onload='x'";
    let mut article = article();
    article.headline.title = hostile.into();
    article.document = Document::from_paragraphs([hostile]);
    let page = html(&article, &TimeZone::UTC);
    assert!(!page.as_str().contains("<script"), "{page}");
    assert!(!html_fragment(&article.document).as_str().contains("<script"));
}

#[test]
fn a_power_is_a_power_in_every_form() {
    let mut article = article();
    let raised = |words: &str| Inline::Superscript(text_of(words));
    let lowered = |words: &str| Inline::Subscript(text_of(words));
    let words = |words: &str| Inline::Text(Clean::run(words));
    article.document.blocks = vec![Block::Paragraph(vec![
        words("10"),
        raised("6"),
        words(" t of CO"),
        lowered("2"),
        words(", x"),
        raised("Юг"),
        words(", y"),
        lowered("*Ю*"),
    ])];
    let plain = text(&article, None, &TimeZone::UTC);
    assert!(plain.as_str().ends_with("10⁶ t of CO₂, x^(Юг), y_(*Ю*)"), "{plain}");
    let marked = markdown(&article, &TimeZone::UTC);
    assert!(marked.as_str().trim_end().ends_with("10⁶ t of CO₂, x<sup>Юг</sup>, y<sub>\\*Ю\\*</sub>"), "{marked}");
    let page = html(&article, &TimeZone::UTC);
    assert!(page.as_str().contains("10<sup>6</sup> t of CO<sub>2</sub>, x<sup>Юг</sup>"), "{page}");
}

#[test]
fn a_table_that_does_not_fit_is_narrowed_with_its_cells_wrapped() {
    let mut article = article();
    let row = |cells: [&str; 3]| cells.map(text_of).to_vec();
    article.document.blocks = vec![Block::Table(Table {
        head: 1,
        rows: vec![
            row(["Place", "Boats", "What was said of it"]),
            row(["Ara", "7", "The river office saw nothing like it before"]),
            row(["Bel", "1,250", "Nobody counted them"]),
        ],
        ..Table::default()
    })];
    let plain = text(&article, Some(36), &TimeZone::UTC);
    let table = "\
Place  Boats  What was said of it
------------------------------------
Ara        7  The river office saw
              nothing like it before
Bel    1,250  Nobody counted them";
    assert!(plain.as_str().ends_with(table), "{plain}");
    let narrow = text(&article, Some(20), &TimeZone::UTC);
    let table = "\
Place: Ara
Boats: 7
What was said
  of it: The river
  office saw nothing
  like it before

Place: Bel
Boats: 1,250
What was said of
  it: Nobody counted
  them";
    assert!(narrow.as_str().ends_with(table), "{narrow}");
    let marked = markdown(&article, &TimeZone::UTC);
    assert!(marked.as_str().contains("\n| --- | ---: | --- |\n"), "{marked}");
    let page = html(&article, &TimeZone::UTC);
    assert!(page.as_str().contains("<thead>\n<tr><th>Place</th>") && page.as_str().contains("</tr>\n</tbody>\n"));
}

#[test]
fn a_table_keeps_its_spans_where_the_form_has_any() {
    let mut article = article();
    let row = |cells: [&str; 3]| cells.map(|cell| if cell.is_empty() { Vec::new() } else { text_of(cell) }).to_vec();
    let span = |row, column, columns, rows| Span { row, column, columns, rows };
    article.document.blocks = vec![Block::Table(Table {
        head: 3,
        rows: vec![
            row(["The vote", "", ""]),
            row(["Isle", "Seats", ""]),
            row(["", "2020", "2024"]),
            row(["Skerry", "9", "11"]),
            row(["", "none", ""]),
        ],
        spans: vec![span(0, 0, 3, 1), span(1, 0, 1, 2), span(1, 1, 2, 1), span(3, 0, 1, 2), span(4, 1, 2, 1)],
        caption: Vec::new(),
    })];
    let page = html(&article, &TimeZone::UTC);
    let table = "\
<table>
<thead>
<tr><th colspan=\"3\">The vote</th></tr>
<tr><th rowspan=\"2\">Isle</th><th colspan=\"2\">Seats</th></tr>
<tr><th>2020</th><th>2024</th></tr>
</thead>
<tbody>
<tr><td rowspan=\"2\">Skerry</td><td>9</td><td>11</td></tr>
<tr><td colspan=\"2\">none</td></tr>
</tbody>
</table>";
    assert!(page.as_str().contains(table), "{page}");
    let marked = markdown(&article, &TimeZone::UTC);
    let table = "\
**The vote**

| Isle | Seats, 2020 | Seats, 2024 |
| --- | --- | ---: |
| Skerry | 9 | 11 |
|  | none |  |";
    assert!(marked.as_str().contains(table), "{marked}");
    let plain = text(&article, Some(40), &TimeZone::UTC);
    let table = "\
     The vote
Isle      Seats
        2020  2024
------------------
Skerry     9    11
           none";
    assert!(plain.as_str().contains(table), "{plain}");
}

#[test]
fn what_a_picture_shows_stands_apart_from_what_is_said_under_it() {
    let mut article = article();
    let mut told = |alt: &str, caption: &str| {
        let image = Image { link: None, alt: alt.into() };
        let caption = if caption.is_empty() { Vec::new() } else { text_of(caption) };
        article.document.blocks = vec![Block::list(None, vec![vec![Block::Figure { image, caption }]])];
        let plain = text(&article, Some(40), &TimeZone::UTC);
        plain.as_str().split_once("- ").map(|(_, told)| told.to_owned())
    };
    let shown = |told: &str| Some(told.to_owned());
    assert_eq!(told("A bridge", "At noon. By Ada"), shown("[Image: A bridge]\n  At noon. By Ada"));
    assert_eq!(told("A bridge", ""), shown("[Image: A bridge]"));
    assert_eq!(told("", "At noon"), shown("[Image: At noon]"));
    assert_eq!(told("At noon", "At noon"), shown("[Image: At noon]"));
    assert_eq!(told("", ""), None);
}
