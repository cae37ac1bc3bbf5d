//! Stories, copies, mutes and the brief, over articles imported as JSON lines.

use crate::home::Home;

const WIRE: &str = "The ferry Aldebaran ran aground near the island of Skarholm in thick fog late on Monday, and all 212 \
    people aboard were brought ashore by lifeboats before dawn, the coastguard said. Nobody was badly hurt, but eleven \
    passengers were treated for the cold. The hull is torn open along a third of its length, and a film of oil has been \
    seen on the water to the east of the wreck. Fishermen from two villages laid booms across the mouth of the sound.";

/// Four articles in no order: two copies, a later report of the same event, and something else.
fn filled() -> Home {
    let home = Home::new();
    let line = |id: &str, title: &str, body: &str, published: &str, source: &str| {
        serde_json::json!({ "id": id, "title": title, "body": body, "published": published, "source": source })
            .to_string()
    };
    let lines = [
        line(
            "report",
            "Inquiry into the wreck of the Aldebaran",
            "A judge opens an inquiry on Thursday into the wreck of the ferry Aldebaran, which struck rocks by Skarholm in \
             fog. The captain, Ida Morn, had asked twice for a pilot that night. Lifeboats saved all 212 people aboard.",
            "2024-03-06T10:00:00Z",
            "Sound Weekly",
        ),
        line("wire-b", "Lifeboats save all from stranded ferry", WIRE, "2024-03-05T08:00:00Z", "Island Post"),
        line(
            "harvest",
            "Poorest harvest in the Wend valley",
            "Growers in the Wend valley blame a late frost in May for the poorest harvest since records began. Apples and \
             pears cost twice what they did, and sellers on the market in Tressa ration what they have.",
            "2024-03-05T09:00:00Z",
            "Tressa Herald",
        ),
        line("wire-a", "Ferry runs aground off Skarholm", WIRE, "2024-03-05T07:00:00Z", "Northern Wire"),
    ];
    let file = home.file("news.jsonl", lines.join("\n"));
    home.run(&["import", &file]).well();
    home
}

/// The groups of a run: which articles stand together.
fn groups(tsv: &str) -> Vec<Vec<String>> {
    let mut by_group = std::collections::BTreeMap::<&str, Vec<String>>::new();
    for line in tsv.lines() {
        let (doc, group) = line.split_once('\t').unwrap();
        by_group.entry(group).or_default().push(doc.to_owned());
    }
    let mut groups: Vec<Vec<String>> = by_group.into_values().collect();
    groups.iter_mut().for_each(|group| group.sort());
    groups.sort();
    groups
}

#[test]
fn stories_and_copies_are_written_out_for_every_article() {
    let home = filled();
    let stories = groups(&home.run(&["stories", "--format", "tsv"]).well());
    assert_eq!(stories, [vec!["harvest"], vec!["report", "wire-a", "wire-b"]]);
    let copies = groups(&home.run(&["copies", "--format", "tsv"]).well());
    assert_eq!(copies, [vec!["harvest"], vec!["report"], vec!["wire-a", "wire-b"]]);
    let story = home.run(&["stories", "--json"]).objects().remove(0);
    assert_eq!((&story["sources"], &story["articles"], &story["v"]), (&3.into(), &3.into(), &1.into()), "{story}");
    let copy = home.run(&["copies", "--json"]).objects().remove(0);
    assert_eq!(copy["also_in"][0], "Island Post", "{copy}");
    let told = home.run(&["stories", "wire-b"]).well();
    let (wire, report) = (told.find("Ferry runs").unwrap_or(0), told.find("captain, Ida Morn").unwrap_or(0));
    assert!(0 < wire && wire < report && told.contains("also in Island Post"), "{told}");
}

#[test]
fn what_is_muted_is_left_out_and_can_be_brought_back() {
    let home = filled();
    let muted = home.run(&["mute", "--story", "wire-a", "--json"]).objects().remove(0);
    assert_eq!(muted["hidden"], 3, "{muted}");
    home.run(&["mute", "harvest", "--until", "1w"]).well();
    home.run(&["list"]).failed(1, &["everything that is stored is muted", "mute list"]);
    home.run(&["list", "harvest"]).failed(1, &["nothing matches", "1 article that is muted matches"]);
    assert_eq!(home.run(&["list", "is:muted", "--json"]).objects().len(), 4);
    let list = home.run(&["mute", "list"]).well();
    assert!(list.contains("the story “") && list.contains("harvest · until"), "{list}");
    home.run(&["mute", "remove", "1", "2"]).well();
    assert_eq!(home.run(&["list", "--json"]).objects().len(), 4);
    assert_eq!(home.run(&["mute", "remove", "7"]).code, 1);
    assert_eq!(home.run(&["mute", "x", "--until", "yesterday"]).code, 2);
    assert_eq!(home.run(&["mute"]).code, 2);
}

#[test]
fn the_brief_has_the_most_told_first() {
    let home = filled();
    let items = home.run(&["brief", "--since", "2024-03-01", "--json"]).objects();
    assert_eq!(items.len(), 2);
    assert_eq!((&items[0]["sources"], &items[0]["articles"]), (&3.into(), &3.into()), "{}", items[0]);
    let markdown = home.run(&["brief", "--since", "2024-03-01", "--format", "markdown"]).well();
    assert!(markdown.starts_with("# Since 1 March 2024") && markdown.contains("\n- **Inquiry"), "{markdown}");
    assert_eq!(home.run(&["brief", "--since", "1min"]).code, 1);
    assert_eq!(home.run(&["brief", "--since", "never"]).code, 2);
}
