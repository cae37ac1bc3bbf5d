//! Odd sizes and other ways to set the screen.

use crate::at_every_size;
use crate::session::Session;

#[test]
fn terminals_of_almost_nothing() {
    let mut screens = String::new();
    for (columns, rows) in [(1, 1), (2, 2), (10, 3), (3, 10), (20, 6), (24, 8)] {
        for keys in ["", "<enter>", "<enter><tab>", "S", "?", "/a", "b"] {
            let screen = Session::edition().size(columns, rows).keys(keys).screen();
            screens.push_str(&format!("keys {keys:?} at {screen}\n"));
        }
    }
    insta::assert_snapshot!("tiny", screens);
}

#[test]
fn between_the_layouts() {
    for (columns, rows) in [(200, 60), (115, 30), (84, 16), (83, 15)] {
        for (name, keys) in [("list", ""), ("article", "<enter>")] {
            let screen = Session::edition().size(columns, rows).keys(keys).screen();
            insta::assert_snapshot!(format!("between_{name}_{columns}x{rows}"), screen);
        }
    }
}

#[test]
fn one_line_per_headline() {
    at_every_size(
        "compact",
        || Session::edition().settings(|config| config.compact = true),
        |session| session.keys("jb"),
    );
}

#[test]
fn without_columns_and_rules() {
    let linear = || Session::edition().settings(|config| config.linear = true);
    at_every_size("linear_list", linear, |session| session.keys("jm"));
    at_every_size("linear_article", linear, |session| session.keys("<enter>"));
}

#[test]
fn a_count_is_shown_while_it_is_typed() {
    insta::assert_snapshot!("count", Session::edition().size(80, 24).keys("45").screen());
}
