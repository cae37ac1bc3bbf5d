//! Takes the settings in anew when their file is saved.

use std::sync::Arc;
use std::time::Duration;

use crossbeam_channel::{Receiver, Sender, unbounded};
use notify::{RecursiveMode, Watcher};

use super::start::first_complaint;
use super::worker::{Outbox, guarded, spawn};
use crate::app::Event;
use crate::config::{self, Places};

/// Editors save in several steps (write beside, rename, change modes): this long after the last of
/// them the file is read.
const SETTLE: Duration = Duration::from_millis(100);

/// Starts watching the settings. Where the system cannot watch, or there is no directory for them
/// yet, they are those of the start: nothing else depends on it.
pub(super) fn start(places: Places, outbox: Outbox) {
    // The directory, not the file: a file that is replaced is another file.
    let Some(directory) = places.config_file.parent().filter(|directory| directory.is_dir()) else { return };
    let (changed, changes) = unbounded();
    let file = places.config_file.clone();
    let watcher = notify::recommended_watcher(move |event: notify::Result<notify::Event>| {
        let ours = |event: &notify::Event| !event.kind.is_access() && event.paths.contains(&file);
        if event.as_ref().is_ok_and(ours) {
            let _: Result<(), _> = Sender::send(&changed, ());
        }
    });
    let Ok(mut watcher) = watcher else { return };
    if watcher.watch(directory, RecursiveMode::NonRecursive).is_err() {
        return;
    }
    let _ = spawn("settings", move || {
        follow(&places, &changes, &outbox);
        drop(watcher);
    });
}

fn follow(places: &Places, changes: &Receiver<()>, outbox: &Outbox) {
    while changes.recv().is_ok() {
        while changes.recv_timeout(SETTLE).is_ok() {}
        guarded("settings", outbox, || {
            let (config, complaints) = config::load(places);
            outbox.send(Event::Settings(Arc::new(config), first_complaint(&complaints)));
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn saved_settings_are_taken_in() {
        let home = tempfile::tempdir().unwrap();
        let file = home.path().join("config.toml");
        std::fs::write(&file, "text_width = 60\n").unwrap();
        let places = Places::find(Some(home.path()), Some(&file)).unwrap();
        let (events, from) = unbounded();
        start(places, Outbox(events));
        let beside = home.path().join("config.toml.new");
        std::fs::write(&beside, "text_width = 90\ncolour = 1\n").unwrap();
        std::fs::rename(&beside, &file).unwrap();
        let event = from.recv_timeout(Duration::from_secs(20)).unwrap();
        let Event::Settings(config, problem) = event else { panic!("{event:?}") };
        assert_eq!(config.text_width, 90);
        assert!(problem.is_some_and(|problem| problem.message.as_str().contains("colour")));
    }
}
