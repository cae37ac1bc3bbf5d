//! What the floor of the sidebar costs and saves, on a set with groups.

use std::collections::HashMap;
use std::path::Path;

use dateline::model::ArticleId;
use dateline::related::{Floor, Limits, MemoryIndex, floor, related_within, sign};

use crate::articles::read;

const SIZES: [usize; 4] = [20, 100, 500, 2_000];
const FLOORS: [f32; 7] = [0.08, 0.10, 0.12, 0.14, 0.16, 0.18, 0.20];

/// Of every query at most this many are asked, to end in reasonable time.
const QUERIES: usize = 400;

/// For stores of several sizes and several floors: how many of the pairs that belong together would be
/// shown, how many of all others, and how many others an article shows on average.
pub fn figures(directory: &Path) -> Result<(), String> {
    let articles = read(&directory.join("articles.jsonl"))?;
    let file = directory.join("groups.tsv");
    let groups = std::fs::read_to_string(&file).map_err(|error| format!("{}: {error}", file.display()))?;
    let groups: HashMap<&str, &str> = groups.lines().filter_map(|line| line.split_once('\t')).collect();
    println!("articles  floor  belonging shown  others shown  others an article  (floor here: in brackets)");
    for size in SIZES {
        let mut index = MemoryIndex::default();
        for (article, id) in articles.iter().take(size).zip(0..) {
            index.insert(ArticleId(id), sign(&article.title, &article.body, article.lang));
        }
        let count = articles.len().min(size);
        let (mut together, mut apart) = (Vec::new(), Vec::new());
        let (mut all_together, mut queries) = (0, 0);
        for (id, signature) in index.iter().take(QUERIES) {
            let group = groups.get(article(&articles, id));
            let Ok(found) = related_within(&index, signature, id, count, Limits::NONE, Floor::Score(0.0));
            queries += 1;
            let others = articles.iter().take(size).enumerate().filter(|(at, _)| *at as i64 != id.0);
            all_together +=
                others.filter(|(_, other)| group.is_some() && groups.get(other.id.as_str()) == group).count();
            for other in found.iter().filter(|other| other.shared.len() >= 2) {
                let same = group.is_some() && groups.get(article(&articles, other.article)) == group;
                if same { &mut together } else { &mut apart }.push(other.score);
            }
        }
        let all_apart = queries * (count - 1) - all_together;
        for least in FLOORS {
            let over = |scores: &[f32]| scores.iter().filter(|score| **score >= least).count() as f64;
            let here = if (floor(count as u64, true) - least).abs() < 0.01 { " []" } else { "" };
            println!(
                "{count:8}  {least:.2}  {:14.1} %  {:10.2} %  {:17.2}{here}",
                over(&together) * 100.0 / all_together.max(1) as f64,
                over(&apart) * 100.0 / all_apart.max(1) as f64,
                over(&apart) / queries.max(1) as f64,
            );
        }
    }
    Ok(())
}

fn article(articles: &[crate::articles::Article], id: ArticleId) -> &str {
    usize::try_from(id.0).ok().and_then(|at| articles.get(at)).map_or("", |article| article.id.as_str())
}
