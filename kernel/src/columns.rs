//! The occurrences of a term in many documents, as one list.

use crate::error::Result;
use crate::norms::RARE_CODE;
use crate::packed::codes::Before;
use crate::packed::documents::{Documents, GROUP};
use crate::packed::positions::{AT_ONCE, BLOCK};
use crate::positions::Positions;
use crate::segment::View;
use crate::term::TermInSegment;

/// Of how many postings one must be asked for, more or less, for the codes of all to be unpacked.
const DENSE: usize = 12;

/// An occurrence: the place of its document, from 1 on, in the upper 32 bits, its position in the lower ones.
pub type Placed = u64;

/// The occurrences of a term in some documents.
pub struct Column<'a> {
    /// The documents of the term.
    pub documents: Documents<'a>,
    reader: Positions<'a>,
    /// The occurrences, ascending.
    pub placed: Vec<Placed>,
    postings: Vec<u32>,
    ranges: Vec<(u32, u32)>, // of the occurrences of the postings
    starts: Vec<u32>,
    codes: Vec<u8>,
    bases: Vec<Placed>,
    values: Vec<u32>,
}

impl<'a> Column<'a> {
    /// The column of a term. Fails where its positions do not fit its postings.
    pub fn new(view: View<'a>, term: &'a TermInSegment) -> Result<Self> {
        Ok(Self {
            documents: term.documents(view)?,
            reader: term.positions(view)?,
            placed: Vec::new(),
            postings: Vec::new(),
            ranges: Vec::new(),
            starts: Vec::new(),
            codes: Vec::new(),
            bases: Vec::new(),
            values: Vec::new(),
        })
    }

    /// Reads the occurrences in some documents, ascending, which all have the term. The place of a document is that
    /// among them.
    pub fn read_documents(&mut self, documents: &[u16]) {
        let mut postings = std::mem::take(&mut self.postings);
        self.documents.find_all(documents, &mut postings);
        self.read(&postings);
        self.postings = postings;
    }

    /// Reads the occurrences in some postings, ascending. The place of a document is that of its posting among them.
    pub fn read(&mut self, postings: &[u32]) {
        self.find_ranges(postings);
        let counts = self.ranges.iter().map(|(first, stop)| (stop - first) as usize);
        let count = counts.sum::<usize>();
        self.placed.clear();
        self.placed.resize(count + AT_ONCE, 0);
        let (packed, directory) = (self.reader.packed, self.reader.directory);
        let mut out = self.placed.as_mut_slice();
        for (place, &(first, stop)) in self.ranges.iter().enumerate() {
            let base = (place as u64 + 1) << 32;
            packed.read_posting(directory, first as usize..stop as usize, base, out);
            out = out.get_mut((stop - first) as usize..).unwrap_or(&mut []);
        }
        self.placed.truncate(count);
    }

    /// Finds the ranges of the occurrences of some postings.
    fn find_ranges(&mut self, postings: &[u32]) {
        self.ranges.clear();
        let (Some(&first), Some(&last)) = (postings.first(), postings.last()) else {
            return;
        };
        let (first, last) = (first as usize, last as usize);
        if last - first < DENSE * postings.len() {
            self.find_starts(first, last + 1);
            self.ranges.extend(postings.iter().map(|&posting| {
                let place = posting as usize - first;
                (self.starts[place], self.starts[place + 1])
            }));
            return;
        }
        for &posting in postings {
            let range = self.reader.occurrences(posting as usize);
            self.ranges.push((range.start as u32, range.end as u32));
        }
    }

    /// Finds where the occurrences of each posting from one to before another one start, and the end.
    fn find_starts(&mut self, first: usize, stop: usize) {
        let reader = &mut self.reader;
        reader.seek(first);
        self.codes.resize((stop - first + 2).next_multiple_of(8), 0);
        let escapes = reader.before.escapes as usize;
        let (codes, escapes) = reader.codes.packed.read(first, stop, escapes, &mut self.codes);
        let counts = &reader.table.count;
        let mut occurrence = reader.before.occurrences;
        let mut has_rare = false;
        self.starts.clear();
        self.starts.extend(codes.iter().map(|&code| {
            let start = occurrence;
            occurrence = occurrence.wrapping_add(counts[usize::from(code)]);
            has_rare |= code == RARE_CODE;
            start
        }));
        self.starts.push(occurrence);
        if has_rare {
            let mut more = 0_u32;
            for (place, start) in self.starts.iter_mut().enumerate() {
                *start = start.wrapping_add(more);
                if codes.get(place) == Some(&RARE_CODE) {
                    let posting = first + place;
                    more = more.wrapping_add(reader.count_rare(posting..posting + 1));
                }
            }
            occurrence = occurrence.wrapping_add(more);
        }
        reader.posting = stop;
        reader.before = Before {
            occurrences: occurrence,
            escapes: escapes as u32,
        };
    }

    /// Reads the occurrences in all documents of a group. The place of a document is its number in the group.
    pub fn read_group(&mut self, group: usize) {
        self.placed.clear();
        let mut low = [0; GROUP];
        let postings = self.documents.read_group(group, &mut low);
        if postings.is_empty() {
            return;
        }
        self.find_starts(postings.start, postings.end);
        let (first, stop) = match self.starts.as_slice() {
            [first, .., stop] => (*first as usize, *stop as usize),
            _ => return,
        };
        self.bases.clear();
        self.bases.resize(stop - first + 1, 0);
        for (&low, &start) in low.iter().zip(&self.starts[..postings.len()]) {
            self.bases[start as usize - first] = (u64::from(low) + 1) << 32;
        }
        self.reader
            .packed
            .unpack(self.reader.directory, first..stop, &mut self.values);
        let values = self.values.get(first % BLOCK..).unwrap_or(&[]);
        let mut next = 0; // the lowest occurrence that is possible
        self.placed.extend(
            self.bases[..stop - first]
                .iter()
                .zip(values)
                .map(|(&base, &value)| {
                    let placed = if base > 0 { base } else { next } + u64::from(value);
                    next = placed + 1;
                    placed
                }),
        );
    }
}
