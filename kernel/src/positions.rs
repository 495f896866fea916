//! Reads where a term stands in the documents of its postings.

use std::ops::Range;

use crate::norms::{Codes, ESCAPED, RARE_CODE};
use crate::packed::codes::{Before, SKIP};
use crate::packed::positions::{Block, BlockDirectory, PackedPositions, BLOCK};
use crate::term::{TermCodes, TermInSegment};

/// The positions of a term in one segment.
///
/// It keeps where the last posting ends, from which the search for the next one goes on.
pub struct Positions<'a> {
    pub(crate) term: &'a TermInSegment,
    pub(crate) codes: TermCodes<'a>,
    pub(crate) table: &'a Codes,
    pub(crate) packed: PackedPositions<'a>,
    pub(crate) directory: &'a BlockDirectory,
    pub(crate) posting: usize,
    pub(crate) before: Before, // of the posting
    block: Block,
}

impl<'a> Positions<'a> {
    pub(crate) fn new(
        term: &'a TermInSegment,
        codes: TermCodes<'a>,
        table: &'a Codes,
        packed: PackedPositions<'a>,
        directory: &'a BlockDirectory,
    ) -> Self {
        let block = packed.block(directory, 0);
        Self {
            term,
            codes,
            table,
            packed,
            directory,
            posting: 0,
            before: Before::default(),
            block,
        }
    }

    /// The range of the occurrences of a posting among those of the term. It was checked that the postings end where
    /// the occurrences of the term end.
    #[inline]
    pub(crate) fn occurrences(&self, posting: usize) -> Range<usize> {
        let before = self
            .codes
            .directory
            .get(posting / SKIP)
            .copied()
            .unwrap_or_default();
        let (sum, own) = self.codes.packed.sums_at(posting, &self.table.pair);
        let (mut first, mut count) = (before.occurrences, own as u32);
        first = first.wrapping_add(sum as u32);
        let escapes = before.escapes as usize;
        let stop = escapes + (sum / ESCAPED) as usize;
        let mut has_rare = false;
        for &code in self.codes.packed.escapes(escapes..stop) {
            first = first.wrapping_add(self.table.count[usize::from(code)]);
            has_rare |= code == RARE_CODE;
        }
        if has_rare {
            first = first.wrapping_add(self.count_rare(posting / SKIP * SKIP..posting));
        }
        if own == ESCAPED {
            let code = self
                .codes
                .packed
                .escapes(stop..stop + 1)
                .first()
                .copied()
                .unwrap_or(0);
            count = match code {
                RARE_CODE => self.count_rare(posting..posting + 1),
                code => self.table.count[usize::from(code)],
            };
        }
        first as usize..first.wrapping_add(count) as usize
    }

    /// Goes to a posting.
    pub(crate) fn seek(&mut self, posting: usize) {
        let skip = posting / SKIP;
        if !(skip * SKIP..=posting).contains(&self.posting) {
            self.posting = skip * SKIP;
            self.before = self.codes.directory.get(skip).copied().unwrap_or_default();
        }
        self.advance(posting);
    }

    /// Goes on to a posting.
    #[inline]
    fn advance(&mut self, posting: usize) {
        let escapes = self.before.escapes as usize;
        let sum = self.codes.packed.sum(self.posting, posting, &self.table.pair);
        let mut occurrences = (sum % ESCAPED) as u32;
        let stop = escapes + (sum / ESCAPED) as usize;
        let mut has_rare = false;
        for &code in self.codes.packed.escapes(escapes..stop) {
            occurrences = occurrences.wrapping_add(self.table.count[usize::from(code)]);
            has_rare |= code == RARE_CODE;
        }
        if has_rare {
            occurrences = occurrences.wrapping_add(self.count_rare(self.posting..posting));
        }
        self.posting = posting;
        self.before.occurrences = self.before.occurrences.wrapping_add(occurrences);
        self.before.escapes = stop as u32;
    }

    /// The occurrences in those of some postings that are listed apart.
    #[cold]
    pub(crate) fn count_rare(&self, postings: Range<usize>) -> u32 {
        let rare = &self.term.rare;
        let from = rare.partition_point(|rare| (rare.posting as usize) < postings.start);
        let of_range = rare[from..]
            .iter()
            .take_while(|rare| (rare.posting as usize) < postings.end);
        of_range.fold(0, |sum, rare| sum.wrapping_add(rare.count))
    }

    #[inline]
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
        let mut at = occurrences.start;
        while at < occurrences.end {
            let block = self.block(at / BLOCK);
            let first = block.number * BLOCK;
            let stop = occurrences.end.min(first + BLOCK);
            self.packed.read(block, at - first..stop - first, positions);
            at = stop;
        }
    }
}
