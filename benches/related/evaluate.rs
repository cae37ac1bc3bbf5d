//! How well related news are found, on sets with labels.
//!
//! A set is a directory with `articles.jsonl` (as `dateline import` takes it) and what is known of the
//! articles, any of:
//!
//! - `pairs.tsv`: `a  b  rating`, how alike people found two articles → correlations by Pearson and
//!   Spearman;
//! - `grades.tsv`: `query  doc  grade`, how relevant a document is (0 not at all) → nDCG@10, MAP,
//!   R-precision;
//! - `groups.tsv`: `doc  group`, what belongs together (a story, the copies of a text) → the same, each
//!   document asking for the others of its group.
//!
//! The same as JSON lines (`pairs.jsonl` …) with those names as fields. `--run FILE` measures a ranking
//! that some program wrote (`query rank doc score` between tabs, as `dateline related --all --format tsv`
//! does) in place of the library's own.

use std::collections::HashMap;
use std::path::Path;

use dateline::model::ArticleId;
use dateline::related::{Batch, Room, sign};
use serde_json::Value;

use crate::articles::{Article, read};

/// For each query what was found, best first.
type Run = HashMap<String, Vec<(String, f64)>>;

/// Names and the figure that they have in common: a rating, a grade; 1 of a group.
type Labels = Vec<(String, String, f64)>;

/// Measures the sets and prints a line for each figure.
pub fn sets(directories: &[&str], run: Option<&str>) -> Result<(), String> {
    let mut heads = Vec::new();
    for directory in directories.iter().map(Path::new) {
        let articles = read(&directory.join("articles.jsonl"))?;
        let run = match run {
            Some(file) => read_run(Path::new(file))?,
            None => rank(&articles),
        };
        let name = directory.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
        if let Some(pairs) = labels(directory, "pairs", ["a", "b", "rating"])? {
            let (ours, theirs): (Vec<f64>, Vec<f64>) =
                pairs.iter().map(|(a, b, rating)| (score(&run, a, b), *rating)).unzip();
            let pearson = correlation(&ours, &theirs);
            println!(
                "{name}: {} pairs: Pearson {pearson:.4}, Spearman {:.4}",
                pairs.len(),
                correlation(&ranks(&ours), &ranks(&theirs))
            );
            heads.push(pearson);
        }
        if let Some(grades) = labels(directory, "grades", ["query", "doc", "grade"])? {
            let mut of: HashMap<&str, HashMap<&str, f64>> = HashMap::new();
            for (query, doc, grade) in &grades {
                of.entry(query).or_default().insert(doc, *grade);
            }
            heads.push(report(&name, "grades", &run, &of).ndcg);
        }
        if let Some(groups) = labels(directory, "groups", ["doc", "group", ""])? {
            let mut of: HashMap<&str, HashMap<&str, f64>> = HashMap::new();
            let mut members: HashMap<&str, Vec<&str>> = HashMap::new();
            for (doc, group, _) in &groups {
                members.entry(group).or_default().push(doc);
            }
            for group in members.values().filter(|group| group.len() > 1) {
                for query in group {
                    let others = group.iter().filter(|doc| *doc != query).map(|doc| (*doc, 1.0));
                    of.entry(query).or_default().extend(others);
                }
            }
            heads.push(report(&name, "groups", &run, &of).map);
        }
    }
    if !heads.is_empty() {
        println!("mean of Pearson, nDCG@10 of grades and MAP of groups: {:.4}", mean(&heads));
    }
    Ok(())
}

/// Ranks every article's related ones as `dateline related --all` does, without an end.
fn rank(articles: &[Article]) -> Run {
    let signed = articles.iter().zip(0..).map(|(a, id)| (ArticleId(id), sign(&a.title, &a.body, a.lang)));
    let batch = Batch::new(signed);
    let mut room = Room::default();
    let name = |id: ArticleId| usize::try_from(id.0).map(|at| articles[at].id.clone()).unwrap_or_default();
    let mut run = Run::new();
    for (at, article) in articles.iter().enumerate() {
        let found = batch.nearest(at, 1_000, 0.0, &mut room);
        run.insert(article.id.clone(), found.into_iter().map(|(id, score)| (name(id), f64::from(score))).collect());
    }
    run
}

fn read_run(file: &Path) -> Result<Run, String> {
    let text = std::fs::read_to_string(file).map_err(|error| format!("{}: {error}", file.display()))?;
    let mut run = Run::new();
    for line in text.lines() {
        let fields: Vec<&str> = line.split('\t').collect();
        if let [query, _, doc, score] = fields[..]
            && let Ok(score) = score.parse()
        {
            run.entry(query.to_owned()).or_default().push((doc.to_owned(), score));
        }
    }
    Ok(run)
}

/// The labels `name` of a set, if it has any.
fn labels(directory: &Path, name: &str, fields: [&str; 3]) -> Result<Option<Labels>, String> {
    let mut all = Vec::new();
    if let Ok(text) = std::fs::read_to_string(directory.join(name).with_extension("tsv")) {
        for line in text.lines() {
            let mut parts = line.split('\t');
            if let (Some(a), Some(b)) = (parts.next(), parts.next()) {
                // A line of headings has no number in the third place.
                let Ok(figure) = parts.next().unwrap_or("1").trim().parse() else { continue };
                all.push((a.to_owned(), b.trim().to_owned(), figure));
            }
        }
        return Ok(Some(all));
    }
    let Ok(text) = std::fs::read_to_string(directory.join(name).with_extension("jsonl")) else { return Ok(None) };
    for line in text.lines().filter(|line| !line.trim().is_empty()) {
        let value: Value = serde_json::from_str(line).map_err(|error| format!("{name}.jsonl: {error}"))?;
        let text = |field: &str| match &value[field] {
            Value::String(text) => text.clone(),
            other => other.to_string(),
        };
        all.push((text(fields[0]), text(fields[1]), value[fields[2]].as_f64().unwrap_or(1.0)));
    }
    Ok(Some(all))
}

/// The score of a pair, which may stand under either.
fn score(run: &Run, a: &str, b: &str) -> f64 {
    let under = |query: &str, doc: &str| run.get(query)?.iter().find(|(found, _)| found == doc).map(|(_, s)| *s);
    under(a, b).or_else(|| under(b, a)).unwrap_or(0.0)
}

/// Means over the queries.
struct Figures {
    ndcg: f64,
    map: f64,
}

fn report(name: &str, kind: &str, run: &Run, labels: &HashMap<&str, HashMap<&str, f64>>) -> Figures {
    let (mut ndcg, mut map, mut precision) = (Vec::new(), Vec::new(), Vec::new());
    for (query, grades) in labels {
        let mut best: Vec<f64> = grades.values().copied().filter(|grade| *grade > 0.0).collect();
        if best.is_empty() {
            continue;
        }
        best.sort_by(|a, b| b.total_cmp(a));
        let found = run.get(*query).map_or(&[][..], Vec::as_slice);
        let got: Vec<f64> = found.iter().map(|(doc, _)| grades.get(doc.as_str()).copied().unwrap_or(0.0)).collect();
        ndcg.push(gain(&got) / gain(&best));
        map.push(average_precision(&got, best.len()));
        precision.push(got.iter().take(best.len()).filter(|grade| **grade > 0.0).count() as f64 / best.len() as f64);
    }
    let figures = Figures { ndcg: mean(&ndcg), map: mean(&map) };
    println!(
        "{name}: {} queries ({kind}): nDCG@10 {:.4}, MAP {:.4}, R-precision {:.4}",
        ndcg.len(),
        figures.ndcg,
        figures.map,
        mean(&precision)
    );
    figures
}

/// The discounted gain of the first ten.
fn gain(grades: &[f64]) -> f64 {
    grades.iter().take(10).zip(2_u32..).map(|(grade, place)| grade / f64::from(place).log2()).sum()
}

fn average_precision(grades: &[f64], relevant: usize) -> f64 {
    let (mut hits, mut sum) = (0.0, 0.0);
    for (place, grade) in grades.iter().enumerate() {
        if *grade > 0.0 {
            hits += 1.0;
            sum += hits / (place + 1) as f64;
        }
    }
    sum / relevant as f64
}

fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len().max(1) as f64
}

/// Pearson's correlation; 0 where one side never varies.
fn correlation(a: &[f64], b: &[f64]) -> f64 {
    let (mean_a, mean_b) = (mean(a), mean(b));
    let (mut both, mut of_a, mut of_b) = (0.0, 0.0, 0.0);
    for (a, b) in a.iter().zip(b) {
        both += (a - mean_a) * (b - mean_b);
        of_a += (a - mean_a).powi(2);
        of_b += (b - mean_b).powi(2);
    }
    if of_a * of_b > 0.0 { both / (of_a * of_b).sqrt() } else { 0.0 }
}

/// The rank of each value, equal ones sharing theirs.
fn ranks(values: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..values.len()).collect();
    order.sort_by(|a, b| values[*a].total_cmp(&values[*b]));
    let mut ranks = vec![0.0; values.len()];
    for tied in order.chunk_by(|a, b| values[*a] == values[*b]) {
        let before = values.iter().filter(|value| **value < values[tied[0]]).count() as f64;
        for at in tied {
            ranks[*at] = before + (tied.len() as f64 + 1.0) / 2.0;
        }
    }
    ranks
}
