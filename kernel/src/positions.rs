//! Reads where a term stands in the documents of its postings.

use std::ops::Range;

use crate::norms::{Codes, ESCAPED, RARE_CODE};
use crate::packed::codes::{Before, SKIP};
use crate::packed::positions::{Block, BlockDirectory, PackedPositions, AT_ONCE, BLOCK};
use crate::term::{TermCodes, TermInSegment};

/// Of how many postings one must be asked for, more or less, for the codes of all to be unpacked.
const DENSE: usize = 8;

/// The positions of a term in one segment.
///
/// It keeps where the last posting ends, from which the search for the next one goes on.
pub struct Positions<'a> {
    term: &'a TermInSegment,
    codes: TermCodes<'a>,
    table: &'a Codes,
    packed: PackedPositions<'a>,
    directory: &'a BlockDirectory,
    posting: usize,
    before: Before, // of the posting
    block: Block,
    ranges: Vec<(u32, u32)>, // of the occurrences of some postings
    starts: Vec<u32>,
    unpacked: Vec<u8>,
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
            ranges: Vec::new(),
            starts: Vec::new(),
            unpacked: Vec::new(),
        }
    }

    /// The range of the occurrences of a posting among those of the term. It was checked that the postings end where
    /// the occurrences of the term end.
    fn occurrences(&mut self, posting: usize) -> Range<usize> {
        self.seek(posting);
        let first = self.before.occurrences as usize;
        self.advance(posting + 1);
        first..self.before.occurrences as usize
    }

    /// Goes to a posting.
    fn seek(&mut self, posting: usize) {
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
    fn count_rare(&self, postings: Range<usize>) -> u32 {
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

    /// Puts the occurrences in some postings, ascending, into `placed`: the place of the posting among them in the
    /// upper 32 bits, the position in the lower ones.
    pub fn read_all(&mut self, postings: &[u32], placed: &mut Vec<u64>) {
        self.find_ranges(postings);
        let count: usize = self
            .ranges
            .iter()
            .map(|(first, stop)| (stop - first) as usize)
            .sum();
        placed.clear();
        placed.resize(count + AT_ONCE, 0);
        let mut filled = 0;
        for place in 0..self.ranges.len() {
            let (first, stop) = self.ranges[place];
            let (mut at, stop) = (first as usize, stop as usize);
            let base = (place as u64) << 32;
            let mut next = 0;
            while at < stop {
                let block = self.block(at / BLOCK);
                let start = block.number * BLOCK;
                let end = stop.min(start + BLOCK);
                while at < end {
                    let values = self.packed.next_positions(block, at - start, next);
                    let step = values.1.min(end - at);
                    let Some(out) = placed.get_mut(filled..filled + AT_ONCE) else {
                        return;
                    };
                    for (out, position) in out.iter_mut().zip(values.0) {
                        *out = base | u64::from(position);
                    }
                    next = u64::from(values.0[(step - 1) % AT_ONCE]) + 1;
                    filled += step;
                    at += step;
                }
            }
        }
        placed.truncate(filled);
    }

    /// Finds the ranges of the occurrences of some postings, ascending.
    fn find_ranges(&mut self, postings: &[u32]) {
        self.ranges.clear();
        let (Some(&first), Some(&last)) = (postings.first(), postings.last()) else {
            return;
        };
        let (first, last) = (first as usize, last as usize);
        if last - first < DENSE * postings.len() && self.find_dense_ranges(first, last, postings) {
            return;
        }
        for &posting in postings {
            let range = self.occurrences(posting as usize);
            self.ranges.push((range.start as u32, range.end as u32));
        }
    }

    /// The same, by the codes of all postings from the first to the last; returns whether that could be done.
    fn find_dense_ranges(&mut self, first: usize, last: usize, postings: &[u32]) -> bool {
        self.seek(first);
        self.unpacked.resize((last - first + 3).next_multiple_of(8), 0);
        let escapes = self.before.escapes as usize;
        let (codes, escapes) = self
            .codes
            .packed
            .read(first, last + 1, escapes, &mut self.unpacked);
        let mut occurrence = self.before.occurrences;
        let mut has_rare = false;
        self.starts.clear();
        self.starts.extend(codes.iter().map(|&code| {
            let start = occurrence;
            occurrence = occurrence.wrapping_add(self.table.count[usize::from(code)]);
            has_rare |= code == RARE_CODE;
            start
        }));
        if has_rare {
            return false;
        }
        self.starts.push(occurrence);
        let starts = &self.starts;
        self.ranges.extend(postings.iter().map(|&posting| {
            let place = posting as usize - first;
            (starts[place], starts[place + 1])
        }));
        self.posting = last + 1;
        self.before = Before {
            occurrences: occurrence,
            escapes: escapes as u32,
        };
        true
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
