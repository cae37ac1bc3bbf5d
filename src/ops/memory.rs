//! What the reader remembers from one run to the next besides articles: see [`Shelf`].

use super::Failure;
use crate::model::Shelf;
use crate::store::{Reader, Safety, Store};
use crate::text::Clean;

/// The lines of every shelf, oldest first, in the order of [`Shelf::ALL`]. What cannot be read of a
/// shelf is forgotten.
///
/// # Errors
/// That the store cannot be read.
pub fn remembered(reader: &Reader) -> Result<Vec<Vec<Clean>>, Failure> {
    let mut shelves = Vec::new();
    for shelf in Shelf::ALL {
        shelves.push(reader.state(shelf.name())?.map(|kept| read(kept.untrusted())).unwrap_or_default());
    }
    Ok(shelves)
}

/// Puts these lines on a shelf in place of what was on it.
///
/// # Errors
/// That the store cannot be written.
pub fn remember(store: &mut Store, shelf: Shelf, lines: &[Clean]) -> Result<(), Failure> {
    let surplus = lines.len().saturating_sub(shelf.most());
    let lines: Vec<&str> = lines[surplus..].iter().map(Clean::as_str).collect();
    let kept = serde_json::Value::from(lines).to_string();
    Ok(store.write(Safety::Refresh, "remembering", |w| w.set_state(shelf.name(), Some(&kept)))?)
}

fn read(kept: &str) -> Vec<Clean> {
    serde_json::from_str::<Vec<String>>(kept).unwrap_or_default().iter().map(|line| Clean::new(line)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shelves_keep_their_lines_and_forget_the_oldest() {
        let dir = tempfile::tempdir().unwrap();
        let mut store = Store::open(&dir.path().join("dateline.db")).unwrap();
        assert!(remembered(store.reader()).unwrap().iter().all(Vec::is_empty));
        let lines: Vec<Clean> = (0..60).map(|n| crate::clean!("feed {n}")).collect();
        remember(&mut store, Shelf::Gone, &lines).unwrap();
        remember(&mut store, Shelf::Place, &["a".into()]).unwrap();
        let kept = remembered(store.reader()).unwrap();
        assert_eq!((kept[0].len(), kept[0][0].as_str()), (50, "feed 10"));
        assert_eq!(kept[5], ["a".into()]);
        store.write(Safety::Refresh, "test", |w| w.set_state(Shelf::Place.name(), Some("{"))).unwrap();
        assert!(remembered(store.reader()).unwrap()[5].is_empty(), "what cannot be read is forgotten");
    }
}
