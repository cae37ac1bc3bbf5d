//! Scripts of the world: whatever is written, the columns stand.

use crate::at_every_size;
use crate::session::{Piece, Session};

fn pieces() -> Vec<Piece> {
    vec![
        Piece::new(
            1,
            "渡轮今天停航，明天恢复：港务局说潮水不看时刻表",
            "港务局周四说，由于外滩有雾，渡轮今天停航。“潮水不看时刻表，”局长说，“我听说船长也不看。”明天恢复。",
        ),
        Piece::new(2, "カモメ号は正午に出航、2時間遅れ", "カモメ号は正午に出航した。乗客は9人とピアノ1台だった。"),
        Piece::new(3, "갈매기호 두 시간 늦게 출항", "갈매기호는 정오에 승객 아홉 명과 피아노 한 대를 싣고 떠났다."),
        Piece::new(
            4,
            "العبّارة إلى الجزر متأخرة مرة أخرى",
            "غادرت العبّارة عند الظهر متأخرة ساعتين، وعلى متنها تسعة ركاب وبيانو.",
        ),
        Piece::new(5, "המעבורת לאיים שוב מאחרת", "המעבורת יצאה בצהריים עם תשעה נוסעים ופסנתר."),
        Piece::new(
            6,
            "Fog ☁️ at the pier 👩‍👩‍👧‍👦 🇳🇴 👍🏽 — ❤️ from the crew 🧑‍🚀",
            "Emoji of every width: ☁️ ☁ ❤️ ❤ 👩‍👩‍👧‍👦 🇳🇴🇸🇪 👍🏽 🏴󠁧󠁢󠁳󠁣󠁴󠁿 ⌚ ✈️ 1️⃣ ㊙️ 🫠 end.",
        ),
        Piece::new(
            7,
            "Z\u{351}\u{35b}a\u{310}\u{316}l\u{334}\u{352}g\u{340}\u{319}o\u{31b}\u{330} and cafe\u{301}, Tiê\u{301}ng Viê\u{323}t",
            "Combining marks: e\u{301} o\u{308} n\u{303} s\u{323}\u{307} and a lone one:  \u{301} here.",
        ),
        Piece::new(
            8,
            "नौका फिर देर से, थाई: เรือข้ามฟากมาสายอีกแล้ว",
            "नौका दोपहर को नौ यात्रियों के साथ रवाना हुई। เรือออกเที่ยงวันพร้อมผู้โดยสารเก้าคนและเปียโน",
        ),
        Piece::new(
            9,
            "ﷺ ﷽ 𝕱𝖊𝖗𝖗𝖞 ｆｅｒｒｙ ᚠᛖᚱᚱᛁ",
            "Wide ligatures ﷽ and mathematical letters 𝕱𝖊𝖗𝖗𝖞, full width ｆｅｒｒｙ.",
        ),
    ]
}

#[test]
fn headlines_in_every_script() {
    at_every_size("scripts_list", || Session::with_articles(&pieces()), |session| session);
    at_every_size(
        "scripts_compact",
        || Session::with_articles(&pieces()),
        |session| session.settings(|config| config.compact = true),
    );
}

#[test]
fn articles_in_every_script_at_every_width() {
    insta::assert_snapshot!("scripts_article", Session::with_articles(&pieces()).size(84, 20).keys("<enter>").screen());
    // That each screen is sound is checked whenever one is drawn.
    let mut session = Session::with_articles(&pieces()).keys("<enter>");
    for columns in 1..130 {
        session = session.resize(columns, 14);
        let _ = session.screen();
    }
    for _ in 0..pieces().len() {
        session = session.resize(23, 14).keys("qj<enter>");
        let _ = session.screen();
        session = session.resize(118, 14);
        let _ = session.screen();
    }
}

#[test]
fn typing_and_searching_in_every_script() {
    let session = Session::with_articles(&pieces()).size(40, 12).keys("/").paste("渡轮 העבורת ❤️");
    let _ = session.screen();
    let session = session.keys("<ctrl-u>").paste("渡轮").keys("<enter>");
    insta::assert_snapshot!("scripts_search", session.screen());
}
