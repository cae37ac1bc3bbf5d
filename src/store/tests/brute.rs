//! The index against looking at every article: the same query, the same articles.

use proptest::prelude::*;

use super::*;
use crate::model::query::{Expr, Field, Is, Text};
use crate::model::{Folding, Headline, RowKey};
use crate::store::list::{NEWEST, OLDEST, Toward};
use crate::store::matched::Pace;
use crate::text::Lang;
use crate::text::words::index_text;

/// Words that no stemmer takes for one another.
const WORDS: [&str; 6] = ["grain", "ferry", "summit", "wheat", "harbour", "comet"];

/// A headline, a text, whether it is read, and how many days old it is.
type Piece = (Vec<usize>, Vec<usize>, bool, i64);

fn said(words: &[usize]) -> String {
    words.iter().map(|n| WORDS[*n]).collect::<Vec<_>>().join(" ")
}

fn matches(expr: &Expr, piece: &Piece) -> bool {
    let (title, body, read, days) = piece;
    match expr {
        Expr::All(parts) => parts.iter().all(|part| matches(part, piece)),
        Expr::Any(parts) => parts.iter().any(|part| matches(part, piece)),
        Expr::Not(inner) => !matches(inner, piece),
        Expr::Is(Is::Read) => *read,
        Expr::Is(_) => !*read,
        Expr::Since(when) => NOW.0 - days * 86_400 >= when.resolve(NOW, &TimeZone::UTC).0,
        Expr::Text { field, text } => {
            let places = match field {
                Some(Field::Title) => vec![title],
                Some(_) => vec![body],
                None => vec![title, body],
            };
            places.into_iter().any(|words| {
                let indexed = format!(" {} ", index_text(&said(words), Some(Lang::ENGLISH)));
                match text {
                    Text::Prefix(begun) => indexed.contains(&format!(" {begun}")),
                    Text::Word(words) | Text::Phrase(words) => {
                        indexed.contains(&format!(" {} ", index_text(words, Some(Lang::ENGLISH))))
                    }
                    Text::Regex(pattern) => said(words).contains(pattern.as_str()),
                    Text::Letters(_) => false,
                }
            })
        }
        _ => true,
    }
}

fn any_query() -> impl Strategy<Value = Expr> {
    let field = prop::sample::select(vec![None, Some(Field::Title), Some(Field::Body)]);
    let leaf = prop_oneof![
        4 => (field, prop::collection::vec(0..WORDS.len(), 1..3), 0..4).prop_map(|(field, words, kind)| Expr::Text {
            field,
            text: match kind {
                0 => Text::Word(said(&words[..1])),
                1 => Text::Prefix(said(&words[..1])[..3].to_owned()),
                2 => Text::Phrase(said(&words)),
                _ => Text::Regex(said(&words)),
            },
        }),
        1 => prop::sample::select(vec![Is::Read, Is::Unread]).prop_map(Expr::Is),
        1 => (0_u32..9).prop_map(|days| Expr::Since(crate::model::query::When::DaysBack(days))),
    ];
    leaf.prop_recursive(3, 10, 3, |inner| {
        let parts = prop::collection::vec(inner.clone(), 1..4);
        prop_oneof![
            parts.clone().prop_map(|parts| Expr::all(parts).unwrap()),
            parts.prop_map(|parts| Expr::any(parts).unwrap()),
            inner.prop_map(Expr::negated),
        ]
    })
}

fn any_piece() -> impl Strategy<Value = Piece> {
    let words = |most| prop::collection::vec(0..WORDS.len(), 1..most);
    (words(4), words(9), any::<bool>(), 0_i64..9)
}

/// The whole list, page by page, at a pace at which everything is walked or everything is looked up.
fn paged(reader: &Reader, view: &View, pace: Pace, toward: Toward, limit: usize) -> Vec<RowKey> {
    let plan = reader.plan(view, &moment()).unwrap();
    let mut keys: Vec<RowKey> = Vec::new();
    loop {
        let end = if matches!(toward, Toward::Older) { NEWEST } else { OLDEST };
        let from = keys.last().copied().unwrap_or(end);
        let page = reader.matched_keys_at(pace, &plan, toward, from, limit).unwrap().keys;
        assert!(page.len() <= limit);
        if page.is_empty() {
            return keys;
        }
        keys.extend(page);
    }
}

/// The whole list by pages for which nobody waits.
fn impatient(reader: &Reader, view: &View) -> Vec<RowKey> {
    let mut keys: Vec<RowKey> = Vec::new();
    let mut anchor = Anchor::Newest;
    loop {
        let page = reader.page_soon(view, anchor, 3, &moment(), std::time::Duration::ZERO).unwrap();
        keys.extend(page.rows.iter().map(Headline::key));
        if page.at_oldest {
            return keys;
        }
        anchor = Anchor::OlderThan(page.reached.or(keys.last().copied()).unwrap());
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn search_finds_what_looking_at_every_article_finds(
        pieces in prop::collection::vec(any_piece(), 1..20),
        queries in prop::collection::vec(any_query(), 12),
    ) {
        let mut home = home();
        let feed = home.feed("a");
        let articles: Vec<NewArticle> = pieces
            .iter()
            .enumerate()
            .map(|(n, (title, body, _, days))| NewArticle {
                published: Some(Time(NOW.0 - days * 86_400)),
                lang: Some("en".into()),
                ..article(&n.to_string(), &said(title), &said(body))
            })
            .collect();
        home.take(feed, &articles);
        let id = |home: &Home, n: usize| home.store.reader().find_guid(&n.to_string()).unwrap().unwrap();
        let ids: Vec<ArticleId> = (0..pieces.len()).map(|n| id(&home, n)).collect();
        let read: Vec<ArticleId> = ids.iter().zip(&pieces).filter(|(_, piece)| piece.2).map(|(id, _)| *id).collect();
        home.store.write(Safety::Person, "t", |w| w.mark_read(&read, true)).unwrap();
        let mut found_by: Vec<(Query, Vec<ArticleId>)> = Vec::new();
        for expr in queries {
            let mut wanted: Vec<ArticleId> =
                ids.iter().zip(&pieces).filter(|(_, piece)| matches(&expr, piece)).map(|(id, _)| *id).collect();
            wanted.sort_unstable();
            let query = Query { expr: Some(expr) };
            let reader = home.store.reader();
            for scope in [Scope::Everything, Scope::Feed(feed)] {
                let view = View { query: Some(query.clone()), scope, ..View::default() };
                let plan = reader.plan(&view, &moment()).unwrap();
                if plan.text.is_none() && !plan.slow {
                    continue;
                }
                let mut order: Vec<RowKey> = home.page(&View::default(), Anchor::Newest, 100).rows.iter().map(Headline::key).collect();
                order.retain(|key| wanted.contains(&key.id));
                // What is published in any order comes out in that of publication, however it is found.
                for (pace, limit) in [(0, 1, 3), (0, 7, 2), (100, 9, 4)].map(|(few, block, limit)| (Pace { few, block }, limit)) {
                    prop_assert_eq!(&paged(reader, &view, pace, Toward::Older, limit), &order, "{} older", &query);
                    let mut newer = paged(reader, &view, pace, Toward::Newer, limit);
                    newer.reverse();
                    prop_assert_eq!(&newer, &order, "{} newer", &query);
                }
                prop_assert_eq!(&impatient(reader, &view), &order, "{} at once", &query);
            }
            for order in [Order::Newest, Order::Relevance] {
                let view = View { query: Some(query.clone()), order, ..View::default() };
                let rows: Vec<Headline> = home.page(&view, Anchor::Newest, 100).rows;
                let mut found: Vec<ArticleId> = rows.iter().map(|row| row.id).collect();
                if order == Order::Newest {
                    prop_assert!(rows.windows(2).all(|two| two[0].key() > two[1].key()), "{}", &query);
                }
                found.sort_unstable();
                prop_assert_eq!(&found, &wanted, "{} {:?}", &query, order);
            }
            found_by.push((query, wanted));
        }
        // Grouped, of each story the front is listed, else the newest that matches.
        let sql = "UPDATE articles SET story = id % 3, fold = CASE id % 4 WHEN 0 THEN 0 ELSE 1 END";
        home.store.reader().db.execute(sql, []).unwrap();
        for (query, wanted) in found_by {
            let view = View { query: Some(query), fold: Folding::Stories, ..View::default() };
            let reader = home.store.reader();
            let all = reader.headlines(&wanted).unwrap();
            let before = |a: &Headline, b: &Headline| {
                let rank = |row: &Headline| (row.id.0 % 4 != 0, std::cmp::Reverse(row.key()));
                a.id.0 % 3 == b.id.0 % 3 && rank(a) < rank(b)
            };
            let shown = |row: &&Headline| row.id.0 % 4 == 0 || !all.iter().any(|other| before(other, row));
            let mut first: Vec<ArticleId> = all.iter().filter(shown).map(|row| row.id).collect();
            first.sort_unstable();
            for order in [Order::Newest, Order::Relevance] {
                let rows = home.page(&View { order, ..view.clone() }, Anchor::Newest, 100).rows;
                let mut found: Vec<ArticleId> = rows.iter().map(|row| row.id).collect();
                found.sort_unstable();
                prop_assert_eq!(&found, &first, "{:?} {:?} grouped", &view.query, order);
            }
            let plan = home.store.reader().plan(&view, &moment()).unwrap();
            if plan.text.is_some() {
                for (few, block, limit) in [(0, 1, 3), (0, 7, 2), (100, 9, 4)] {
                    let mut found: Vec<ArticleId> =
                        paged(home.store.reader(), &view, Pace { few, block }, Toward::Older, limit).iter().map(|key| key.id).collect();
                    found.sort_unstable();
                    prop_assert_eq!(&found, &first, "{:?} grouped at {}", &view.query, few);
                }
            }
        }
    }
}
