//! One screen in every built-in theme, with its colours.

use crate::session::Session;

#[test]
fn every_theme() {
    for theme in ["dark", "light", "ansi", "none"] {
        let session = Session::edition().size(100, 18).theme(theme).keys("<enter><down>");
        insta::assert_snapshot!(format!("theme_{theme}"), session.coloured());
    }
}
