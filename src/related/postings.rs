//! Postings: for a term, the articles that hold it, packed into blocks.
//!
//! The store keeps `(term, block number) → block`; a row for each pair of term and article would cost
//! ten times the room. A block is two bytes of count, eight of the last article's id (both
//! little-endian), then for each article the distance of its id from the one before (LEB128; the
//! first from 0, zigzag) and a byte of weight. New articles have the highest ids, so
//! that adding is appending.

use std::fmt;

use super::Posting;
use crate::model::ArticleId;

/// The most postings in a block: about 1.3 kB, which leaves a block inside its database page.
pub const BLOCK: usize = 512;

const HEAD: usize = 10;

/// Kept bytes that are no block; the index is to be built again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DamagedBlock;

impl fmt::Display for DamagedBlock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a block of the index of related news is damaged")
    }
}

impl std::error::Error for DamagedBlock {}

/// Packs postings, which must be in rising order of article, each article once, at most [`BLOCK`]
/// (what breaks the order, or comes after, is left out). No postings give an empty block.
#[must_use]
pub fn encode(postings: &[Posting]) -> Vec<u8> {
    let mut block = Vec::with_capacity(HEAD + postings.len() * 3);
    for posting in postings {
        // A fresh block is sound, and one that refuses a posting is unchanged.
        let _ = append(&mut block, *posting);
    }
    block
}

/// How many postings a block holds. An empty block is sound and holds none.
///
/// # Errors
/// The block is cut.
pub fn count(block: &[u8]) -> Result<usize, DamagedBlock> {
    Ok(head(block)?.map_or(0, |(count, _)| usize::from(count)))
}

/// The articles that a block begins and ends with.
///
/// # Errors
/// The block is cut.
pub fn span(block: &[u8]) -> Result<Option<(ArticleId, ArticleId)>, DamagedBlock> {
    let Some((_, last)) = head(block)? else { return Ok(None) };
    let first = read_varint(&mut &block[HEAD..])?;
    Ok(Some((ArticleId(unzigzag(first)), ArticleId(last))))
}

/// Adds a posting at the end. `false`, with the block as it was, when it is full or the article does
/// not come after all others; then a new block or [`put`] is wanted.
///
/// # Errors
/// The block is cut.
pub fn append(block: &mut Vec<u8>, posting: Posting) -> Result<bool, DamagedBlock> {
    let id = posting.article.0;
    let (count, distance) = match head(block)? {
        None => (0, zigzag(id)),
        Some((count, last)) if usize::from(count) >= BLOCK || id <= last => return Ok(false),
        // In order, so the distance is positive and fits.
        Some((count, last)) => (count, id.wrapping_sub(last) as u64),
    };
    if block.is_empty() {
        block.resize(HEAD, 0);
    }
    block[..2].copy_from_slice(&(count + 1).to_le_bytes());
    block[2..HEAD].copy_from_slice(&id.to_le_bytes());
    write_varint(block, distance);
    block.push(posting.weight);
    Ok(true)
}

/// Unpacks a block, appending to `out`, in rising order of article. Linear.
///
/// # Errors
/// The block is not of the right shape; `out` is then as it was.
pub fn decode(block: &[u8], out: &mut Vec<Posting>) -> Result<(), DamagedBlock> {
    let Some((count, last)) = head(block)? else { return Ok(()) };
    let start = out.len();
    let unpacked = unpack(&block[HEAD..], count, last, out);
    if unpacked.is_err() {
        out.truncate(start);
    }
    unpacked
}

/// Sets the posting of an article wherever it stands in the block: changes its weight or puts it in.
/// `None` when it is not there and the block is full. Linear.
///
/// # Errors
/// The block is damaged.
pub fn put(block: &[u8], posting: Posting) -> Result<Option<Vec<u8>>, DamagedBlock> {
    let mut all = Vec::with_capacity(BLOCK);
    decode(block, &mut all)?;
    match all.binary_search_by_key(&posting.article, |p| p.article) {
        Ok(at) => all[at].weight = posting.weight,
        Err(_) if all.len() >= BLOCK => return Ok(None),
        Err(at) => all.insert(at, posting),
    }
    Ok(Some(encode(&all)))
}

/// Takes articles out of the block (`gone` says which); empty when none is left. `None` when none of
/// them was there. Linear.
///
/// # Errors
/// The block is damaged.
pub fn remove(block: &[u8], gone: impl Fn(ArticleId) -> bool) -> Result<Option<Vec<u8>>, DamagedBlock> {
    let mut all = Vec::with_capacity(BLOCK);
    decode(block, &mut all)?;
    let before = all.len();
    all.retain(|p| !gone(p.article));
    Ok((all.len() < before).then(|| encode(&all)))
}

/// Count and last id; `None` of an empty block.
fn head(block: &[u8]) -> Result<Option<(u16, i64)>, DamagedBlock> {
    if block.is_empty() {
        return Ok(None);
    }
    let [a, b, id @ ..] = *block.first_chunk::<HEAD>().ok_or(DamagedBlock)?;
    let count = u16::from_le_bytes([a, b]);
    if count == 0 || usize::from(count) > BLOCK {
        return Err(DamagedBlock);
    }
    Ok(Some((count, i64::from_le_bytes(id))))
}

fn unpack(mut bytes: &[u8], count: u16, last: i64, out: &mut Vec<Posting>) -> Result<(), DamagedBlock> {
    let mut id = 0;
    for n in 0..count {
        let distance = read_varint(&mut bytes)?;
        let (&weight, rest) = bytes.split_first().ok_or(DamagedBlock)?;
        bytes = rest;
        id = match (n, distance) {
            (0, first) => unzigzag(first),
            (_, 0) => return Err(DamagedBlock),
            (_, distance) => id.checked_add_unsigned(distance).ok_or(DamagedBlock)?,
        };
        out.push(Posting { article: ArticleId(id), weight });
    }
    if bytes.is_empty() && id == last { Ok(()) } else { Err(DamagedBlock) }
}

/// Small numbers of either sign to small numbers.
fn zigzag(id: i64) -> u64 {
    (id.wrapping_shl(1) ^ (id >> 63)) as u64
}

fn unzigzag(value: u64) -> i64 {
    (value >> 1) as i64 ^ -((value & 1) as i64)
}

fn write_varint(out: &mut Vec<u8>, mut value: u64) {
    while value >= 0x80 {
        out.push(value as u8 | 0x80);
        value >>= 7;
    }
    out.push(value as u8);
}

fn read_varint(bytes: &mut &[u8]) -> Result<u64, DamagedBlock> {
    let mut value = 0_u64;
    for shift in (0..64).step_by(7) {
        let (&byte, rest) = bytes.split_first().ok_or(DamagedBlock)?;
        *bytes = rest;
        let part = u64::from(byte & 0x7f);
        if shift == 63 && part > 1 {
            return Err(DamagedBlock);
        }
        value |= part << shift;
        if byte < 0x80 {
            return Ok(value);
        }
    }
    Err(DamagedBlock)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn posting(article: i64, weight: u8) -> Posting {
        Posting { article: ArticleId(article), weight }
    }

    fn decoded(block: &[u8]) -> Vec<Posting> {
        let mut out = Vec::new();
        decode(block, &mut out).unwrap();
        out
    }

    #[test]
    fn a_full_block_takes_no_more() {
        let all: Vec<Posting> = (0..BLOCK as i64).map(|id| posting(id * 3 + 1_000_000, 40)).collect();
        let mut block = encode(&all);
        assert!(block.len() < 1_600, "{}", block.len());
        assert_eq!(append(&mut block, posting(9_999_999, 1)), Ok(false));
        assert_eq!(put(&block, posting(9_999_999, 1)), Ok(None));
        assert_eq!(decoded(&block), all);
    }

    #[test]
    fn out_of_order_is_refused_by_append_and_done_by_put() {
        let mut block = encode(&[posting(5, 1), posting(9, 2)]);
        assert_eq!(append(&mut block, posting(9, 3)), Ok(false));
        let block = put(&block, posting(7, 3)).unwrap().unwrap();
        assert_eq!(decoded(&block), [posting(5, 1), posting(7, 3), posting(9, 2)]);
        assert_eq!(span(&block), Ok(Some((ArticleId(5), ArticleId(9)))));
        let block = remove(&block, |id| id.0 != 7).unwrap().unwrap();
        assert_eq!((decoded(&block), count(&block)), (vec![posting(7, 3)], Ok(1)));
        assert_eq!(remove(&block, |_| false), Ok(None));
        assert_eq!(remove(&block, |_| true), Ok(Some(Vec::new())));
    }

    proptest! {
        #[test]
        fn what_is_packed_unpacks(all in prop::collection::btree_map(any::<i64>(), any::<u8>(), 0..60)) {
            let all: Vec<Posting> = all.into_iter().map(|(id, weight)| posting(id, weight)).collect();
            let block = encode(&all);
            prop_assert_eq!(count(&block), Ok(all.len()));
            prop_assert_eq!(span(&block), Ok(all.first().zip(all.last()).map(|(a, b)| (a.article, b.article))));
            prop_assert_eq!(decoded(&block), all);
        }

        #[test]
        fn garbage_is_refused(bytes in prop::collection::vec(any::<u8>(), 0..40)) {
            let mut out = vec![posting(1, 1)];
            if decode(&bytes, &mut out).is_err() {
                prop_assert_eq!(out.len(), 1);
            }
            let _ = (count(&bytes), span(&bytes), put(&bytes, posting(1, 1)), remove(&bytes, |_| true));
        }

        #[test]
        fn a_flipped_byte_never_panics(ids in prop::collection::btree_set(0_i64..5_000, 1..40), at in any::<prop::sample::Index>(), byte in any::<u8>()) {
            let all: Vec<Posting> = ids.into_iter().map(|id| posting(id, 32)).collect();
            let mut block = encode(&all);
            let at = at.index(block.len());
            block[at] = byte;
            let _ = decode(&block, &mut Vec::new());
        }
    }
}
