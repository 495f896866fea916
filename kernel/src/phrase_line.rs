//! Phrases whose terms stand side by side, found in many documents at once.
//!
//! The positions of a term in some documents are one list, in which each step is done for all of them: a loop for
//! each document would be too short to be fast. Each document has a line of bits, one for each position modulo
//! [`SPAN`]; the bits of one term tell which positions of the next one may follow, and those of documents that are
//! longer than a line are looked at again.

use crate::columns::{Column, Placed};
use crate::error::Result;
use crate::evaluate::Evaluation;
use crate::intersection::Shared;
use crate::packed::documents::GROUP;
use crate::segment::Lengths;
use crate::term::TermInSegment;

/// The documents that are taken at once.
const CHUNK: usize = GROUP;
/// The bits of a document.
const SPAN: usize = 512;
/// The words of 64 bits of all documents.
const WORDS: usize = CHUNK * SPAN / 64;

/// Which documents are looked at.
pub enum Among<'a> {
    /// All of the segment.
    All,
    /// Those that have all terms.
    Some(&'a Shared),
}

/// Gives each document in which the terms of a phrase stand side by side in one field to `found`, ascending, and how often
/// the phrase ends in its headline and in its body. Deleted documents are among them.
///
/// `terms` are distinct; `order` has the place among them of each term of the phrase.
pub fn side_by_side(
    evaluation: &Evaluation<'_>,
    terms: &[&TermInSegment],
    order: &[usize],
    among: Among<'_>,
    mut found: impl FnMut(u16, u32, u32),
) -> Result<()> {
    let view = evaluation.view;
    let mut columns = Vec::with_capacity(terms.len());
    for term in terms {
        columns.push(Column::new(view, term)?);
    }
    let mut finder = Finder {
        order,
        headline_lengths: view.headline_lengths()?,
        bits: Box::new([0; WORDS]),
        ends: Vec::new(),
        next_ends: Vec::new(),
    };
    match among {
        Among::Some(shared) => {
            let chunks = shared.documents.chunks(CHUNK).zip(shared.postings.chunks(CHUNK));
            for (chunk, postings) in chunks {
                evaluation.deadline.check()?;
                for (place, column) in columns.iter_mut().enumerate() {
                    if place == shared.shortest {
                        column.read(postings);
                    } else {
                        column.read_documents(chunk);
                    }
                }
                finder.find(&columns, |place| chunk[place % CHUNK % chunk.len()], &mut found);
            }
        }
        Among::All => {
            for group in 0..view.segment.documents.div_ceil(GROUP) {
                evaluation.deadline.check()?;
                columns.iter_mut().for_each(|column| column.read_group(group));
                finder.find(
                    &columns,
                    |place| (group * GROUP) as u16 | place as u8 as u16,
                    &mut found,
                );
            }
        }
    }
    Ok(())
}

struct Finder<'a> {
    order: &'a [usize],
    headline_lengths: Lengths<'a>,
    bits: Box<[u64; WORDS]>,
    ends: Vec<Placed>,
    next_ends: Vec<Placed>,
}

impl Finder<'_> {
    /// Finds the phrase in the documents of the columns; `document` gives the one at a place.
    fn find(
        &mut self,
        columns: &[Column<'_>],
        document: impl Fn(usize) -> u16,
        found: &mut impl FnMut(u16, u32, u32),
    ) {
        let document = |occurrence: Placed| document((occurrence >> 32) as usize - 1);
        let Self {
            headline_lengths,
            bits,
            ends,
            next_ends,
            ..
        } = self;
        ends.clear();
        for (step, &term) in self.order.iter().enumerate() {
            let placed = &columns[term].placed;
            if step == 0 {
                ends.extend_from_slice(placed);
            } else {
                followers(ends, placed, bits, next_ends);
                next_ends.retain(|&end| {
                    let (position, headline_length) = (end as u32, headline_lengths.of(document(end)));
                    position > 0 && position != headline_length && ends.binary_search(&(end - 1)).is_ok()
                });
                std::mem::swap(ends, next_ends);
            }
        }
        for of_document in ends.chunk_by(|one, other| one >> 32 == other >> 32) {
            let document = document(of_document[0]);
            let headline_length = headline_lengths.of(document);
            let in_headline = of_document.partition_point(|&end| (end as u32) < headline_length);
            found(
                document,
                in_headline as u32,
                (of_document.len() - in_headline) as u32,
            );
        }
    }
}

/// Puts the occurrences into `found` that may be right after one of those before, judged by the bits of both.
fn followers(before: &[Placed], after: &[Placed], bits: &mut [u64; WORDS], found: &mut Vec<Placed>) {
    bits.fill(0);
    for &occurrence in before {
        let bit = bit_of(occurrence, 1);
        bits[bit / 64] |= 1 << (bit % 64);
    }
    found.clear();
    found.resize(after.len(), 0);
    let mut count = 0;
    for &occurrence in after {
        let bit = bit_of(occurrence, 0);
        found[count] = occurrence;
        count += (bits[bit / 64] >> (bit % 64) & 1) as usize;
    }
    found.truncate(count);
}

/// The bit of the position that is so many words after an occurrence.
#[inline]
fn bit_of(occurrence: Placed, distance: u64) -> usize {
    let line = ((occurrence >> 32) as usize).wrapping_sub(1) % CHUNK * SPAN;
    line | ((occurrence + distance) as usize % SPAN)
}
