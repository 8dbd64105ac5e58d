//! Files that lines divide into blocks, each of which goes up or back.

use super::{Side, Split};
use crate::migration::comment::lines;
use crate::migration::section::{Origin, all};
use crate::text::Span;

/// What stands between one directive and the next, or the end of the file.
pub(super) struct Block {
    pub(super) side: Side,
    /// The line that opens it.
    pub(super) directive: Span,
    /// What stands after that line.
    pub(super) content: Span,
}

/// The blocks of `text`; `side_of` tells which way the block goes that a line opens, if it opens one.
pub(super) fn blocks(text: &str, side_of: impl Fn(&str) -> Option<Side>) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    let end = text.len() as u32;
    for directive in lines(text, all(text)) {
        let Some(side) = side_of(&text[directive]) else { continue };
        if let Some(open) = blocks.last_mut() {
            open.content.end = directive.start;
        }
        blocks.push(Block { side, directive, content: Span::new(directive.end, end) });
    }
    blocks
}

/// The sections of a file that `blocks` divide; without any it goes up whole.
pub(super) fn split(text: &str, blocks: &[Block]) -> Split {
    if blocks.is_empty() {
        return Split::whole(text);
    }
    let of = |side| -> Vec<Span> { blocks.iter().filter(|block| block.side == side).map(|block| block.content).collect() };
    let marker = blocks.iter().find(|block| block.side == Side::Down).map(|block| block.directive);
    Split { up: of(Side::Up), down: marker.map(|_| (of(Side::Down), Origin::Statements)), marker, after_marker: None }
}
