use jiff::tz::TimeZone;
use proptest::prelude::*;

use super::*;
use crate::model::Time;

fn parsed(text: &str) -> Expr {
    Query::parse(text).unwrap().expr.unwrap()
}

fn word(text: &str) -> Expr {
    Expr::Text { field: None, text: Text::Word(text.into()) }
}

fn in_field(field: Field, text: Text) -> Expr {
    Expr::Text { field: Some(field), text }
}

#[test]
fn words_and_operators() {
    use Expr::{All, Any};
    assert_eq!(Query::parse("  ").unwrap(), Query::default());
    assert_eq!(parsed("minsk summit"), All(vec![word("minsk"), word("summit")]));
    assert_eq!(parsed("a AND b"), parsed("a b"));
    assert_eq!(parsed("a b OR c"), Any(vec![All(vec![word("a"), word("b")]), word("c")]));
    assert_eq!(parsed("a (b | c)"), All(vec![word("a"), Any(vec![word("b"), word("c")])]));
    assert_eq!(parsed("-a"), word("a").negated());
    assert_eq!(parsed("NOT (a b)"), All(vec![word("a"), word("b")]).negated());
    assert_eq!(parsed("--a"), word("a"));
    assert_eq!(parsed("well-known"), word("well-known"));
    assert_eq!(parsed("ORDER or"), All(vec![word("ORDER"), word("or")]));
    assert_eq!(parsed(r"\OR \-5 a\ b"), All(vec![word("OR"), word("-5"), word("a b")]));
    assert_eq!(parsed("elect*"), Expr::Text { field: None, text: Text::Prefix("elect".into()) });
    assert_eq!(parsed("https://a.example/x?y=1"), word("https://a.example/x?y=1"));
    assert_eq!(parsed("10:30"), word("10:30"));
    assert_eq!(Query::parse("()").unwrap(), Query::default());
}

#[test]
fn phrases_and_expressions() {
    for text in ["\"a b\"", "“a b”", "„a b“", "«a b»"] {
        assert_eq!(parsed(text), Expr::Text { field: None, text: Text::Phrase("a b".into()) });
    }
    assert_eq!(parsed(r"/a\/b \d+/"), Expr::Text { field: None, text: Text::Regex(r"a/b \d+".into()) });
}

#[test]
fn letters() {
    let letters = |text: &str| Text::Letters(text.into());
    assert_eq!(parsed("~hbr"), Expr::Text { field: None, text: letters("hbr") });
    assert_eq!(parsed("title:~hbr*"), in_field(Field::Title, letters("hbr")));
    assert_eq!(parsed("~ a~b \\~c"), Expr::All(vec![word("~"), word("a~b"), word("~c")]));
    assert_eq!(Query::typed("~").unwrap(), Query::default());
    assert_eq!(Query::parse("body:~hbr").unwrap_err().at, 5..9);
    assert!(Query::parse("lang:~en").is_err());
    let turned = |text: &str| Query::parse(text).unwrap().by_letters().to_string();
    assert_eq!(turned("grain tag:asia"), "(~grain OR title:grain) tag:\"asia\"");
    assert_eq!(turned("gra* OR \"a b\" -c"), "~gra OR title:gra* OR \"a b\" -c");
    assert_eq!(turned(""), "");
}

#[test]
fn fields() {
    assert_eq!(parsed("title:minsk"), in_field(Field::Title, Text::Word("minsk".into())));
    assert_eq!(parsed("Feed:\"Asia Plus\""), in_field(Field::Source, Text::Phrase("Asia Plus".into())));
    assert_eq!(parsed("author:/^A/"), in_field(Field::Author, Text::Regex("^A".into())));
    assert_eq!(parsed("title:(a OR -b)"), parsed("title:a OR -title:b"));
    assert_eq!(parsed("tag:\"to read\""), Expr::Tag("to read".into()));
    assert_eq!(parsed("tag:as*"), Expr::TagsFrom("as".into()));
    assert_eq!(Query::typed("tag:as").unwrap().expr, Some(Expr::TagsFrom("as".into())));
    assert_eq!(Query::typed("tag:as ").unwrap().expr, Some(Expr::Tag("as".into())));
    assert_eq!(parsed("lang:en-GB"), Expr::Lang(Lang::ENGLISH));
    assert_eq!(parsed("is:Unread"), Expr::Is(Is::Unread));
    assert_eq!(parsed("since:2d"), Expr::Since(When::Ago { count: 2, unit: Unit::Day }));
    let day = |y, m, d| When::Day(jiff::civil::date(y, m, d));
    assert_eq!(parsed("before:2024-01-31"), Expr::Before(day(2024, 1, 31)));
    assert_eq!(parsed("since:2024-02"), Expr::Since(day(2024, 2, 1)));
    assert_eq!(parsed("since:2024"), Expr::Since(day(2024, 1, 1)));
    assert_eq!(parsed("since:yesterday"), Expr::Since(When::DaysBack(1)));
}

#[test]
fn errors_point_at_the_spot() {
    for (text, spot, message, hint) in [
        ("a titel:b", "titel", "there is no field titel:", "did you mean title:?"),
        ("is:unred", "unred", "an article cannot be “unred”", "did you mean unread?"),
        ("a \"b c", "\"", "this quotation mark is never closed", "add \""),
        ("a (b", "(", "this parenthesis is never closed", "add )"),
        ("a) b", ")", "this parenthesis closes nothing", ""),
        ("a OR", "OR", "OR needs something after it", ""),
        ("OR a", "OR", "OR needs something before it", ""),
        ("a - b", "-", "nothing follows to be left out", "\\- is a plain hyphen"),
        ("title: b", "title:", "title: needs something after it", "a word, a \"phrase\" or a (group)"),
        ("since:soon", "soon", "soon is no time", "2d, 3w, today, 2024-01-31"),
        ("since:2024-13-01", "2024-13-01", "2024-13-01 is no time", "2d, 3w, today, 2024-01-31"),
        ("lang:klingonish", "klingonish", "klingonish is not the code of a language", "a code like en, ru or zh"),
        (r"/a\/b(/", "(", "this is no regular expression: unclosed group", ""),
        ("/a", "/", "this regular expression is never closed", "add /, or \\/ for a plain slash"),
        ("title:(body:x)", "body:", "a field cannot stand within a field", ""),
        ("is:(unread)", "(", "a group cannot stand here", "unread, read, bookmarked, noted, stub, folded or muted"),
    ] {
        let error = Query::parse(text).unwrap_err();
        assert_eq!(
            (&text[error.at.clone()], error.message.as_str(), error.hint.as_deref().unwrap_or("")),
            (spot, message, hint),
            "{text}"
        );
    }
    assert!(Query::parse(&"(".repeat(4000)).is_err());
    assert!(Query::parse(&"ш".repeat(4000)).is_err());
}

#[test]
fn while_typing_the_end_is_open() {
    let typed = |text: &str| Query::typed(text).map(|query| query.to_string());
    for (text, query) in [
        ("minsk summ", "minsk summ*"),
        ("minsk summit ", "minsk summit"),
        ("elect*", "elect*"),
        ("\"grain de", "grain\\ de*"),
        ("\"grain deal ", "\"grain deal \""),
        ("\"", ""),
        ("a OR", "a"),
        ("a (b OR", "a b"),
        ("a -", "a"),
        ("a -b", "a -b*"),
        ("a title:", "a"),
        ("title:su", "title:su*"),
        ("(a title:(b", "a title:b*"),
        ("a /drones? st", "a"),
        ("a is:", "a"),
        ("a is:unr", "a"),
        ("a is:unread", "a is:unread"),
        ("since:2", ""),
        ("since:2d", "since:2d"),
        ("since:2024-0", ""),
        ("since:yest", ""),
        ("lang:r", ""),
        ("tag:as", "tag:as*"),
    ] {
        assert_eq!(typed(text).as_deref(), Ok(query), "{text}");
    }
    for text in ["is:sideways", "since:soon", "a titel:b", "a) b", "OR a", "is:un x", "/a(/", "since:2d*", "(a -) b"] {
        assert!(typed(text).is_err(), "{text}");
    }
}

#[test]
fn times_resolve() {
    let zone = TimeZone::fixed(jiff::tz::offset(5));
    // 2023-11-15T03:13:20+05:00
    let now = Time(1_700_000_000);
    assert_eq!(When::Ago { count: 2, unit: Unit::Hour }.resolve(now, &zone), Time(now.0 - 7200));
    assert_eq!(When::DaysBack(0).resolve(now, &zone).to_string(), "2023-11-14T19:00:00Z");
    assert_eq!(When::DaysBack(1).resolve(now, &zone).to_string(), "2023-11-13T19:00:00Z");
    let day = When::Day(jiff::civil::date(2024, 1, 31));
    assert_eq!(day.resolve(now, &zone).to_string(), "2024-01-30T19:00:00Z");
}

#[test]
fn marks_are_what_must_be_there() {
    let query = Query::parse("a -b (c OR title:\"d e\") is:unread").unwrap();
    let marks: Vec<String> = query.marks().into_iter().map(|(_, text)| text.to_string()).collect();
    assert_eq!(marks, ["a", "c", "\"d e\""]);
}

#[test]
fn both() {
    let both = Query::parse("a OR b").unwrap().and(Query::parse("c d").unwrap());
    assert_eq!(both.to_string(), "(a OR b) c d");
    assert_eq!(Query::default().and(both.clone()), both);
}

/// Any query in the settled shape.
fn any_expr() -> impl Strategy<Value = Expr> {
    let text = "[a-zA-Zа-я \\-/|()\"“«*:\\\\.\u{a0}]{1,8}|OR|AND|NOT";
    let field = prop::option::of(prop::sample::select(Field::ALL.to_vec()));
    let unit = prop::sample::select(vec![Unit::Minute, Unit::Hour, Unit::Day, Unit::Week, Unit::Month, Unit::Year]);
    let when = prop_oneof![
        (any::<u32>(), unit).prop_map(|(count, unit)| When::Ago { count, unit }),
        any::<u32>().prop_map(When::DaysBack),
        (0_i16..=9999, 1_i8..=12, 1_i8..=28).prop_map(|(y, m, d)| When::Day(jiff::civil::date(y, m, d))),
    ];
    let leaf = prop_oneof![
        (field, text, 0..5).prop_map(|(field, text, kind)| Expr::Text {
            // Texts are not looked through for letters.
            field: field.filter(|field| kind != 3 || *field != Field::Body),
            text: match kind {
                0 => Text::Word(text),
                1 => Text::Prefix(text),
                2 => Text::Phrase(text),
                3 => Text::Letters(text),
                _ => Text::Regex(regex_syntax::escape(&text)),
            },
        }),
        text.prop_map(Expr::Tag),
        text.prop_map(Expr::TagsFrom),
        prop::sample::select(vec!["en", "ru", "no", "kir", "cnr"])
            .prop_map(|code| Expr::Lang(Lang::from_code(code).unwrap())),
        prop::sample::select(Is::ALL.to_vec()).prop_map(Expr::Is),
        when.clone().prop_map(Expr::Since),
        when.prop_map(Expr::Before),
    ];
    leaf.prop_recursive(4, 24, 4, |inner| {
        let parts = prop::collection::vec(inner.clone(), 1..4);
        prop_oneof![
            parts.clone().prop_map(|parts| Expr::all(parts).unwrap()),
            parts.prop_map(|parts| Expr::any(parts).unwrap()),
            inner.prop_map(Expr::negated),
        ]
    })
}

proptest! {
    #[test]
    fn what_is_shown_reads_back(expr in any_expr()) {
        let query = Query { expr: Some(expr) };
        let shown = query.to_string();
        prop_assert_eq!(Query::parse(&shown), Ok(query), "{}", shown);
    }

    #[test]
    fn any_text_is_read_or_refused_at_a_spot(
        text in "([a-z]|\\PC|[-()\"/\\\\:|*“”« ]|OR |NOT |AND |title:|since:|is:|tag:|/[a-z]/){0,24}"
    ) {
        match Query::parse(&text) {
            Ok(query) => prop_assert_eq!(Query::parse(&query.to_string()), Ok(query)),
            Err(error) => prop_assert!(text.get(error.at.clone()).is_some(), "{:?}", error),
        }
        match (Query::typed(&text), Query::parse(&text)) {
            (Ok(query), _) => prop_assert_eq!(Query::parse(&query.to_string()), Ok(query)),
            (Err(error), finished) => {
                prop_assert!(text.get(error.at.clone()).is_some(), "{:?}", error);
                prop_assert!(finished.is_err(), "what is right when it is finished is right while it is typed");
            }
        }
    }
}
