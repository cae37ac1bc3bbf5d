//! HTML to documents: what feeds carry, and what they carry by mistake or malice.

use super::*;
use crate::model::table::Cell;
use crate::model::{Block, Inline, document};
use proptest::prelude::*;

/// A compact picture of a document: one line per block.
fn draw(document: &Document) -> String {
    let mut out = Vec::new();
    blocks(&document.blocks, "", &mut out);
    out.join("\n")
}

fn blocks(list: &[Block], indent: &str, out: &mut Vec<String>) {
    let deeper = format!("{indent}  ");
    for block in list {
        match block {
            Block::Heading { level, text } => out.push(format!("{indent}h{level} {}", inlines(text))),
            Block::Paragraph(text) => out.push(format!("{indent}p {}", inlines(text))),
            Block::Quote(inner) => {
                out.push(format!("{indent}quote"));
                blocks(inner, &deeper, out);
            }
            Block::List { start, numbering, items } => {
                for (n, item) in items.iter().enumerate() {
                    let sign = start.map_or("-".to_owned(), |start| format!("{}.", numbering.number(start, n)));
                    out.push(format!("{indent}{sign}"));
                    blocks(item, &deeper, out);
                }
            }
            Block::Definitions(entries) => {
                for (term, meaning) in entries {
                    out.push(format!("{indent}term {}", inlines(term)));
                    blocks(meaning, &deeper, out);
                }
            }
            Block::Table(table) => {
                out.push(format!("{indent}table head={} {}", table.head, inlines(&table.caption)));
                for row in table.cells() {
                    let cells: Vec<String> = row.iter().map(placed).collect();
                    out.push(format!("{deeper}{}", cells.join(" | ")));
                }
            }
            Block::Code { language, text } => {
                let language = language.as_ref().map_or("", |l| l.as_str());
                out.push(format!("{indent}code {language}: {}", text.as_str().replace('\n', "⏎")));
            }
            Block::Figure { image, caption } => {
                let link = image.link.as_ref().map_or("-", |l| l.as_str());
                out.push(format!("{indent}figure {link} [{}] {}", image.alt, inlines(caption)));
            }
            Block::Media { link, title } => out.push(format!("{indent}media {link} {title}")),
            Block::Rule => out.push(format!("{indent}rule")),
            Block::Notes(notes) => {
                for (n, note) in notes.iter().enumerate() {
                    out.push(format!("{indent}note {}", n + 1));
                    blocks(note, &deeper, out);
                }
            }
        }
    }
}

/// A cell, behind what it spans where that is more than one place.
fn placed(cell: &Cell<'_>) -> String {
    let (text, span) = (inlines(cell.text), cell.span);
    if (span.columns, span.rows) == (1, 1) { text } else { format!("({}x{}) {text}", span.columns, span.rows) }
}

fn inlines(line: &[Inline]) -> String {
    line.iter()
        .map(|inline| match inline {
            Inline::Text(text) => text.to_string(),
            Inline::Strong(inner) => format!("*{}*", inlines(inner)),
            Inline::Emphasis(inner) => format!("/{}/", inlines(inner)),
            Inline::Strike(inner) => format!("~{}~", inlines(inner)),
            Inline::Superscript(inner) => format!("^{}^", inlines(inner)),
            Inline::Subscript(inner) => format!("_{}_", inlines(inner)),
            Inline::Code(text) => format!("`{text}`"),
            Inline::Link { to, text } => format!("[{}]({to})", inlines(text)),
            Inline::Image(image) => format!("![{}]", image.alt),
            Inline::Note(number) => format!("<{number}>"),
            Inline::Break => "⏎".to_owned(),
        })
        .collect()
}

#[track_caller]
fn shows(html: &str, expected: &str) {
    let base = Link::parse("https://site.example/news/1").unwrap();
    assert_eq!(draw(&fragment(html, Some(&base))), expected.trim_matches('\n'), "{html}");
}

#[test]
fn paragraphs_and_white_space() {
    shows("<p>One\n  two</p>\n<p> three </p>", "p One two\np three");
    shows("a <b>b </b> c<b> d</b>", "p a *b *c* d*");
    shows("stray<p>in</p>stray again", "p stray\np in\np stray again");
    shows("one<br>two<br><br>three<br/> <br/><br/>four", "p one⏎two\np three\np four");
    shows("<p>&nbsp;</p><p></p><div> <span> </span></div>", "");
    shows("a&nbsp;b &amp; &lt;c&gt; &eacute;&#8217;", "p a\u{a0}b & <c> é’");
    shows("<div>a<div>b</div>c</div>", "p a\np b\np c");
    shows("5 < 6 & 7 > 3", "p 5 < 6 & 7 > 3");
    shows("", "");
    shows("a\u{1b}[31mb\u{202e}c", "p abc");
}

#[test]
fn marks_and_links() {
    shows(
        "<p><a href='/x?utm_source=rss&id=1'>a <em>b</em></a> <a href='javascript:x()'>c</a> <a href='#n'>d</a></p>",
        "p [a /b/](https://site.example/x?id=1) c d",
    );
    shows(
        "<a href=x><h3>Head</h3><p>Text</p></a>",
        "h3 [Head](https://site.example/news/x)\np [Text](https://site.example/news/x)",
    );
    shows("H<sub>2</sub>O x<sup>2</sup> <s>old</s> <q>said</q>", "p H_2_O x^2^ ~old~ “said”");
    shows("<b>a<p>b</p>c</b>", "p *a*\np *b*\np *c*");
    shows(
        "<p>Use <code>let <b>x</b></code> and <code><a href=y>Vec</a></code></p>",
        "p Use `let ``x` and [`Vec`](https://site.example/news/y)",
    );
    shows("<ruby>漢<rp>(</rp><rt>kan</rt><rp>)</rp></ruby>", "p 漢(kan)");
    shows("<p><b></b><i> </i>x</p>", "p x");
}

#[test]
fn blocks_of_every_kind() {
    shows("<h2> A <br>b</h2><hr><blockquote><p>q</p>r</blockquote><hr>", "h2 A⏎b\nrule\nquote\n  p q\n  p r");
    shows("<ul><li>a<ul><li>b</ul><li><p>c</p><p>d</p></ul>", "-\n  p a\n  -\n    p b\n-\n  p c\n  p d");
    shows("<ol start=3><li>a</li><ul><li>b</li></ul></ol>", "3.\n  p a\n  -\n    p b");
    shows("<dl><dt>T<dd>m<dd>n<dt>U<dd>o</dl>", "term T\n  p m\n  p n\nterm U\n  p o");
    shows("<li>alone", "p alone");
    shows(
        "<pre><code class='language-rust'>fn a() {\n    b\n}\n</code></pre><pre>\n x<br>y</pre>",
        "code rust: fn a() {⏎    b⏎}\ncode :  x⏎y",
    );
    shows("<pre>a\tb\nlong\tc</pre>", "code : a       b⏎long    c");
    shows("<pre class='brush: js; x'><div>a</div><div>b</div></pre>", "code js: a⏎b");
}

#[test]
fn tables() {
    shows(
        "<table><caption>Cap</caption><tr><th>A<th>B<tr><td>1<td><b>2</b><tr><td colspan=2>3</table>",
        "table head=1 Cap\n  A | B\n  1 | *2*\n  (2x1) 3",
    );
    shows(
        "<table><tr><td rowspan=2>a<td>b<tr><td>c<tr><td>d<td>e</table>",
        "table head=0 \n  (1x2) a | b\n  c\n  d | e",
    );
    shows("<table><tr><td><p>One</p><p>Two</p></td></tr></table>", "p One\np Two");
    shows("<table role=presentation><tr><td>a</td><td>b</td></tr></table>", "p a\np b");
    shows("<table><tr><td><ul><li>x<li>y</ul><td>z</table>", "table head=0 \n  • x⏎• y | z");
    shows(
        "<table><tr><td>a<td><img src=/i.jpg alt=I></table>",
        "table head=0 \n  a | \nfigure https://site.example/i.jpg [I] ",
    );
}

#[test]
fn cells_that_reach_over_others() {
    // Two rows that name the columns, a label of two rows, a heading of the rows under it, a note.
    shows(
        "<table><tr><th rowspan=2>Party<th colspan=2>Seats<tr><th>2019<th>2024\
         <tr><th colspan=3>The islands<tr><td rowspan=2>North<td>1<td>2<tr><td>3<td>4<tr><td colspan=1000>As counted</table>",
        "table head=2 \n  (1x2) Party | (2x1) Seats\n  2019 | 2024\n  (3x1) *The islands*\n  (1x2) North | 1 | 2\n  3 | 4\n  (3x1) As counted",
    );
    // A title over the names; names below a label that are no heads; what a `thead` has, and no more.
    shows(
        "<table><tr><th colspan=2>T<tr><th>a<th>b<tr><td>1<td>2</table>",
        "table head=2 \n  (2x1) T\n  a | b\n  1 | 2",
    );
    shows(
        "<table><tr><th rowspan=2>a<th colspan=2>b<tr><td>c<td>d<tr><td>1<td>2<td>3</table>",
        "table head=2 \n  (1x2) a | (2x1) b\n  c | d\n  1 | 2 | 3",
    );
    shows(
        "<table><thead><tr><th rowspan=9>a<th>b<tbody><tr><td>1<td>2<tr><th>3<th>4</table>",
        "table head=1 \n  a | b\n  1 | 2\n  3 | 4",
    );
    shows(
        "<table><tr><th>a<th>b<tr><th colspan=2>c<tr><td>1<td>2</table>",
        "table head=1 \n  a | b\n  (2x1) *c*\n  1 | 2",
    );
    // All the rows of a part, and no further; columns and rows in which nothing stands.
    shows(
        "<table><tbody><tr><td rowspan=0>a<td>b<tr><td>c<tbody><tr><td>d<td>e</table>",
        "table head=0 \n  (1x2) a | b\n  c\n  d | e",
    );
    shows(
        "<table><tr><td rowspan=3>a<td><td colspan=2>b<tr><td><td colspan=2><tr><td><td colspan=2>c</table>",
        "table head=0 \n  (1x2) a | b\n  c",
    );
    // Of two that claim a place the first has it.
    shows(
        "<table><tr><td>a<td rowspan=2>b<td>x<tr><td colspan=3>c<td>d</table>",
        "table head=0 \n  a | (1x2) b | x\n  c | d",
    );
}

#[test]
fn what_claims_any_number_of_places_costs_what_it_says() {
    let far = "<table><tr><td rowspan=65534 colspan=1000000>a<td rowspan=99999999999999999999>b";
    shows(&format!("{far}</table>"), "table head=0 \n  a | b");
    // Rows that reach over nearly all there is, each for a few letters.
    let tall: String = (0..63).map(|_| "<td rowspan=65534>a").collect();
    let rows = "<tr><td>b".repeat(30_000);
    let document = fragment(&format!("<table><tr>{tall}<td>c{rows}</table>"), None);
    assert!(document.blocks.iter().all(|block| matches!(block, Block::Paragraph(_))));
    assert_eq!(document.plain_text().matches('b').count(), 30_000);
    let wide = "<tr><td colspan=64>b".repeat(30_000);
    let document = fragment(&format!("<table><tr>{}{wide}</table>", "<td>a".repeat(64)), None);
    assert_eq!(document.plain_text().matches('b').count(), 30_000);
}

#[test]
fn pictures() {
    shows(
        "<figure><img src=/a.jpg alt='A cat'><figcaption>The <i>cat</i></figcaption></figure>",
        "figure https://site.example/a.jpg [A cat] The /cat/",
    );
    shows("<p><a href=/big><img src=/a.jpg></a>Text</p>", "figure https://site.example/a.jpg [] \np Text");
    shows("<p>Text <img src=/a.jpg alt=x> more</p>", "p Text ![x] more");
    shows("<img src=/t.gif width=1 height=1><img src=/u.gif style='display:none'>a", "p a");
    shows("<p>Hi <img class=emoji alt='🙂' src=/e.png></p>", "p Hi 🙂");
    shows(
        "<img src='data:image/gif;base64,R0' data-src='/real.jpg'><noscript><img src='/real.jpg'></noscript>",
        "figure https://site.example/real.jpg [] ",
    );
    shows("<img srcset='/s.jpg 320w, /l.jpg 1280w, /m.jpg 640w'>", "figure https://site.example/l.jpg [] ");
    shows("<picture><source srcset='/p.webp 2x'><img alt=P></picture>", "figure https://site.example/p.webp [P] ");
    shows("<img src='data:image/png;base64,AAAA'>", "");
}

#[test]
fn media() {
    shows(
        "<iframe src='https://video.example/embed/1' title='A film'></iframe>",
        "media https://video.example/embed/1 A film",
    );
    shows("<audio controls><source src=/a.mp3>No sound here</audio>", "media https://site.example/a.mp3 a.mp3");
    shows("<iframe src=/t width=1 height=1></iframe>", "");
}

#[test]
fn what_is_not_for_readers_goes() {
    shows("<script>alert('<p>x</p>')</script><style>p{}</style><p>a</p><svg><text>b</text></svg>", "p a");
    shows("<form>Sign up <input name=e><button>Go</button></form><p hidden>x</p><p aria-hidden=true>y</p>z", "p z");
    shows("<template><p>x</p></template><!-- y --><nav>n</nav>z", "p z");
}

#[test]
fn markup_escaped_twice() {
    shows("&lt;p&gt;One&lt;/p&gt;&lt;p&gt;Two &amp;amp; three&lt;/p&gt;", "p One\np Two & three");
    shows("the &lt;b&gt; tag", "p the <b> tag");
}

#[test]
fn nesting_is_capped_and_words_are_kept() {
    for tag in ["blockquote", "ul><li", "div", "b", "table><tr><td", "dl><dd", "figure"] {
        let html = format!("{}word", format!("<{tag}>").repeat(100_000));
        let document = fragment(&html, None);
        assert_eq!(document.plain_text().trim(), "word", "{tag}");
        let json = serde_json::to_string(&document).unwrap();
        assert_eq!(serde_json::from_str::<Document>(&json).unwrap(), document, "{tag}");
    }
    let marks = "<b><i><s><sup><sub><code><a href=http://a.example/>";
    let html = format!("{}{}word", "<blockquote><ul><li>".repeat(1000), marks.repeat(1000));
    let document = fragment(&html, None);
    let json = serde_json::to_string(&document).unwrap();
    assert_eq!(serde_json::from_str::<Document>(&json).unwrap(), document);
}

#[test]
fn a_million_attributes_and_tags_are_read() {
    let attributes: String = (0..1_000_000).map(|n| format!("a{n}=x ")).collect();
    assert_eq!(fragment(&format!("<p {attributes}>word"), None).plain_text(), "word");
    let comments = "<!-- ".repeat(1_000_000);
    let _ = fragment(&comments, None);
    let quotes = "<a href=\"".repeat(500_000);
    let _ = fragment(&quotes, None);
    let breaks = "<br>x".repeat(200_000);
    let _ = fragment(&breaks, None);
}

fn words(document: &Document) -> Vec<String> {
    document.plain_text().split_whitespace().map(str::to_owned).collect()
}

proptest! {
    #[test]
    fn plain_words_survive_any_blocks(list in proptest::collection::vec(("(p|div|h2|blockquote|li|b|em|span|section)", "[a-zа-я]{1,8}( [a-z]{1,8}){0,4}"), 0..30)) {
        let html: String = list.iter().map(|(tag, text)| format!("<{tag}>{text}</{tag}> ")).collect();
        let expected: Vec<String> = list.iter().flat_map(|(_, text)| text.split(' ').map(str::to_owned)).collect();
        prop_assert_eq!(words(&fragment(&html, None)), expected);
    }

    #[test]
    fn anything_can_be_read_and_stored(html in "(</?(p|div|b|a href=x|i|ul|li|ol|table|tr|td|th|thead|caption|dl|dt|dd|h2|br|hr|img src=/a|blockquote|figure|figcaption|pre|code|picture|source srcset=b|iframe src=c|video|q|form|script|title)/?>|[a-z &<\"' \n]{0,5}){0,60}") {
        let base = Link::parse("http://a.example/").unwrap();
        let document = fragment(&html, Some(&base));
        let json = serde_json::to_string(&document).unwrap();
        prop_assert_eq!(serde_json::from_str::<Document>(&json).unwrap(), document);
    }

    #[test]
    fn wild_text_is_read(html in "\\PC{0,100}") {
        let document = fragment(&html, None);
        let mut text = String::new();
        for block in &document.blocks {
            if let Block::Paragraph(line) = block {
                document::inlines_text(line, &mut text);
            }
        }
        prop_assert!(text.chars().all(|c| !c.is_control() || c == '\n'));
    }
}

#[test]
fn footnotes_are_numbered_and_gathered() {
    // As Markdown is made into HTML.
    shows(
        "<p>Late<sup id='fnref:a'><a href='#fn:a' class='footnote-ref'>1</a></sup> again<sup><a href='#fn:b'>2</a></sup>.</p>\
         <hr><div class='footnotes'><ol><li id='fn:a'><p>By an hour.&nbsp;<a href='#fnref:a' class='footnote-backref'>↩</a></p></li>\
         <li id='fn:b'><p>And a day.</p><p>Or two. <a href='#fnref:b'>↩︎</a></p></li></ol></div>",
        "p Late<1> again<2>.\nnote 1\n  p By an hour.\nnote 2\n  p And a day.\n  p Or two.",
    );
    // As word processors write them, and as encyclopaedias do.
    shows(
        "<p>Late<a href='#_ftn1' name='_ftnref1'>[1]</a></p><p><a href='#_ftnref1' name='_ftn1'>[1]</a> By an hour.</p>",
        "p Late<1>\nnote 1\n  p By an hour.",
    );
    shows(
        "<p>Late<sup id='cite_ref-3'><a href='https://site.example/news/1#cite_note-3'>[3]</a></sup></p>\
         <ol><li id='cite_note-3'><b><a href='#cite_ref-3'>^</a></b> <span>A tide table</span></li></ol>",
        "p Late<1>\nnote 1\n  p A tide table",
    );
    // A sign that leads nowhere, a table of contents, and a note that is referred to twice.
    shows(
        "<p>x<sup><a href='#gone'>7</a></sup> <a href='#part'>The part</a></p><h2 id=part>The part</h2><p id='gone2'>y",
        "p x^7^ The part\nh2 The part\np y",
    );
    shows("<p>x<a href='#n'>*</a> y<a href='#n'>*</a><p id=n>* Not so.", "p x<1> y<1>\nnote 1\n  p * Not so.");
}

#[test]
fn a_note_that_leads_back_by_any_name_loses_the_way() {
    shows(
        "<p>Late<sup><a href='#n1' id='r1'>1</a></sup>, as <a href='#r1'>said</a>.</p><ol><li id='n1'>By an hour. <a href='#r1'>back</a></li></ol>",
        "p Late<1>, as said.\nnote 1\n  p By an hour.",
    );
}

#[test]
fn lists_are_numbered_as_the_page_has_it() {
    shows("<ol type=a start=3><li>x<li>y</ol>", "c.\n  p x\nd.\n  p y");
    shows("<ol reversed><li>x<li>y<li>z</ol>", "3.\n  p x\n2.\n  p y\n1.\n  p z");
}

#[test]
fn what_is_done_is_told_from_what_is_to_be_done() {
    shows(
        "<ul><li><input type=checkbox checked disabled> oars<li><input type=checkbox> rope</ul><p><input type=checkbox>no</p>",
        "-\n  p [x] oars\n-\n  p [ ] rope\np no",
    );
}

#[test]
fn formulas_are_said_plainly() {
    shows(
        "<p>so <math><mrow><msup><mi>x</mi><mn>2</mn></msup><mo>=</mo><mfrac><mrow><mi>a</mi><mo>+</mo><mn>1</mn></mrow>\
         <mn>2</mn></mfrac></mrow><annotation encoding='application/x-tex'>x^2</annotation></math> holds",
        "p so x² = (a + 1)/2 holds",
    );
    shows(
        "<math alttext='\\alpha_1'></math> <math><msqrt><mi>n</mi></msqrt><mo>≤</mo><msub><mi>c</mi><mi>i</mi></msub></math>",
        "p α₁ √n ≤ cᵢ",
    );
    shows(
        "<p>a mass of $10^{12}$ and <img class=latex alt='e^{-x}' src=/f.png>; it cost $5_000 or $6",
        "p a mass of 10¹² and e⁻ˣ; it cost $5_000 or $6",
    );
}

#[test]
fn what_can_be_folded_away_has_its_head() {
    shows("<details><summary>More <b>here</b></summary><p>a</p>b</details>c", "p *More here*\np a\np b\np c");
}
