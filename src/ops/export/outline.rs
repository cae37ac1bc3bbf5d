//! Headings as an outline wants them: whoever goes from heading to heading, by ear or by a list of them,
//! takes a level that is left out for one that was missed.

use crate::model::Block;

/// The deepest level there is.
const DEEPEST: usize = 6;

/// `blocks` with the levels of their headings as they are to be written under a heading of level `under`:
/// the first right below it, each other at most one below the one it stands under. Linear, with a copy.
pub(super) fn outlined(blocks: &[Block], under: usize) -> Vec<Block> {
    let mut blocks = blocks.to_vec();
    walk(&mut blocks, under, &mut Vec::new());
    blocks
}

/// Goes through `blocks` in reading order; `above` are the levels that the headings over them had.
fn walk(blocks: &mut [Block], under: usize, above: &mut Vec<u8>) {
    for block in blocks {
        match block {
            Block::Heading { level, .. } => {
                while above.last().is_some_and(|over| over >= level) {
                    above.pop();
                }
                above.push(*level);
                *level = u8::try_from((under + above.len()).min(DEEPEST)).unwrap_or(u8::MAX);
            }
            Block::Quote(inner) => walk(inner, under, above),
            Block::List { items, .. } | Block::Notes(items) => {
                items.iter_mut().for_each(|item| walk(item, under, above));
            }
            Block::Definitions(items) => items.iter_mut().for_each(|(_, meaning)| walk(meaning, under, above)),
            Block::Paragraph(_)
            | Block::Table(_)
            | Block::Code { .. }
            | Block::Figure { .. }
            | Block::Media { .. }
            | Block::Rule => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_level_is_left_out() {
        let levels = |given: &[u8], under| -> Vec<u8> {
            let heading = |level: &u8| Block::Heading { level: *level, text: Vec::new() };
            let blocks: Vec<Block> = given.iter().map(heading).collect();
            let quoted = vec![Block::Quote(blocks)];
            let [Block::Quote(inner)] = &outlined(&quoted, under)[..] else { panic!("a quotation stays one") };
            let level = |block: &Block| if let Block::Heading { level, .. } = block { *level } else { 0 };
            inner.iter().map(level).collect()
        };
        assert_eq!(levels(&[2, 3, 3, 2], 1), [2, 3, 3, 2]);
        assert_eq!(levels(&[3, 5, 4, 3], 1), [2, 3, 3, 2]);
        assert_eq!(levels(&[4, 2, 6], 2), [3, 3, 4]);
        assert_eq!(levels(&[1, 2, 3, 4, 5, 6], 1), [2, 3, 4, 5, 6, 6]);
    }
}
