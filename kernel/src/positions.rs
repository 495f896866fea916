//! Reads where a term stands in the documents of its postings.

use std::ops::Range;

use crate::norms::{CODES, RARE_CODE};
use crate::packed::codes::SKIP;
use crate::packed::positions::{Block, BlockDirectory, PackedPositions, BLOCK};
use crate::term::{TermCodes, TermInSegment};

/// The positions of a term in one segment.
///
/// It keeps where the last posting begins, from which the search for the next one goes on.
pub struct Positions<'a> {
    term: &'a TermInSegment,
    codes: TermCodes<'a>,
    counts: &'a [u32; CODES],
    packed: PackedPositions<'a>,
    directory: &'a BlockDirectory,
    posting: usize,
    occurrence: usize, // the first one of the posting
    block: Block,
}

impl<'a> Positions<'a> {
    pub(crate) fn new(
        term: &'a TermInSegment,
        codes: TermCodes<'a>,
        counts: &'a [u32; CODES],
        packed: PackedPositions<'a>,
        directory: &'a BlockDirectory,
    ) -> Self {
        let block = packed.block(directory, 0);
        Self {
            term,
            codes,
            counts,
            packed,
            directory,
            posting: 0,
            occurrence: 0,
            block,
        }
    }

    /// The range of the occurrences of a posting among those of the term. It was checked that the postings end where
    /// the occurrences of the term end.
    fn occurrences(&mut self, posting: usize) -> Range<usize> {
        let skip = posting / SKIP;
        let before = self
            .codes
            .directory
            .get(skip)
            .map_or(0, |before| before.occurrences);
        let (mut from, mut occurrence) = (skip * SKIP, before as usize);
        if (from..=posting).contains(&self.posting) {
            (from, occurrence) = (self.posting, self.occurrence);
        }
        for other in from..posting {
            occurrence += self.count(other);
        }
        (self.posting, self.occurrence) = (posting, occurrence);
        occurrence..occurrence + self.count(posting)
    }

    fn count(&self, posting: usize) -> usize {
        let code = self.codes.of(posting);
        if code == RARE_CODE {
            let rare = &self.term.rare;
            let place = rare.binary_search_by_key(&posting, |rare| rare.posting as usize);
            return place.map_or(0, |place| rare[place].count as usize);
        }
        self.counts[usize::from(code)] as usize
    }

    fn block(&mut self, number: usize) -> Block {
        if number == self.block.number + 1 {
            self.block = self.packed.next_block(self.block);
        } else if number != self.block.number {
            self.block = self.packed.block(self.directory, number);
        }
        self.block
    }

    /// The first position in a posting, None where it has none.
    pub fn first(&mut self, posting: usize) -> Option<u32> {
        let occurrences = self.occurrences(posting);
        if occurrences.is_empty() {
            return None;
        }
        let block = self.block(occurrences.start / BLOCK);
        Some(self.packed.value(block, occurrences.start % BLOCK))
    }

    /// Puts the positions in a posting into `positions`, ascending. The first word of a headline has position 0,
    /// and those of the body follow those of the headline.
    pub fn read(&mut self, posting: usize, positions: &mut Vec<u32>) {
        let occurrences = self.occurrences(posting);
        positions.clear();
        let mut next = 0_u64; // the lowest position that is possible
        let mut at = occurrences.start;
        while at < occurrences.end {
            let block = self.block(at / BLOCK);
            let stop = occurrences.end.min((block.number + 1) * BLOCK);
            for occurrence in at..stop {
                let position = next + u64::from(self.packed.value(block, occurrence % BLOCK));
                positions.push(position.min(u64::from(u32::MAX)) as u32);
                next = position + 1;
            }
            at = stop;
        }
    }
}
