//! Queries that a person typed, remembered between runs.

use super::Failure;
use crate::model::query::REMEMBERED;
use crate::store::{Reader, Safety, Store};
use crate::text::Clean;

/// Where they are kept in the store's state.
const KEY: &str = "searched";

/// The queries that were typed, oldest first, each once. What cannot be read of them is forgotten.
///
/// # Errors
/// That the store cannot be read.
pub fn remembered(reader: &Reader) -> Result<Vec<Clean>, Failure> {
    Ok(reader.state(KEY)?.map(|kept| read(kept.untrusted())).unwrap_or_default())
}

/// Remembers a query as the newest. Those that fall behind the newest hundred are forgotten.
///
/// # Errors
/// That the store cannot be read or written.
pub fn remember(store: &mut Store, typed: &str) -> Result<(), Failure> {
    let mut queries: Vec<String> = remembered(store.reader())?.iter().map(ToString::to_string).collect();
    queries.retain(|known| known != typed);
    queries.push(typed.to_owned());
    let surplus = queries.len().saturating_sub(REMEMBERED);
    let kept = serde_json::Value::from(queries.split_off(surplus)).to_string();
    Ok(store.write(Safety::Refresh, "remembering a search", |w| w.set_state(KEY, Some(&kept)))?)
}

fn read(kept: &str) -> Vec<Clean> {
    serde_json::from_str::<Vec<String>>(kept).unwrap_or_default().iter().map(|query| Clean::new(query)).collect()
}
