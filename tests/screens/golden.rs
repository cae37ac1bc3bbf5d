//! Golden documents: what becomes of a piece of HTML, as a document and as the lines of a page in three
//! widths. The pieces are in `tests/fixtures/golden`, in our own words.

use crate::session::{Piece, Session};

/// The document, a block to a line, and its lines at every width.
fn told(html: &str) -> String {
    let mut told = Vec::new();
    for columns in [100, 60, 36] {
        let piece = Piece { title: "Golden".into(), html: html.into(), hours: 1 };
        let session = Session::with_articles(&[piece]).size(columns, 30).keys("<enter>z");
        let shown = session.state().reading.current().unwrap();
        if told.is_empty() {
            let blocks = shown.article.document.blocks.iter();
            told.extend(blocks.map(|block| serde_json::to_string(block).unwrap()));
        }
        let laid_out = &shown.laid_out;
        told.push(format!("\n{} columns, {} links:", laid_out.columns, laid_out.links.len()));
        told.extend(laid_out.rows.iter().map(|row| {
            let mut line = String::new();
            for piece in row.pieces(laid_out.columns) {
                let gap = usize::from(piece.column).saturating_sub(dateline::text::width::width(&line));
                line.push_str(&" ".repeat(gap));
                line.push_str(piece.text.as_str());
            }
            line.trim_end().to_owned()
        }));
    }
    told.join("\n")
}

#[test]
fn html_becomes_a_document_and_a_page() {
    insta::assert_snapshot!("golden_dispatch", told(include_str!("../fixtures/golden/dispatch.html")));
    insta::assert_snapshot!("golden_manual", told(include_str!("../fixtures/golden/manual.html")));
    insta::assert_snapshot!("golden_tables", told(include_str!("../fixtures/golden/tables.html")));
    insta::assert_snapshot!("golden_tables_rtl", told(include_str!("../fixtures/golden/tables-rtl.html")));
    insta::assert_snapshot!("golden_gallery", told(include_str!("../fixtures/golden/gallery.html")));
}
