//! Phrases whose terms stand side by side, found in many documents at once.
//!
//! The positions of a term in some documents are one list, in which each step is done for all of them: a loop for
//! each document would be too short to be fast. Each document has a line of bits, one for each position modulo
//! [`SPAN`]; the bits of one term tell which positions of the next one may follow, and those of documents that are
//! longer than a line are looked at again.

use crate::error::Result;
use crate::evaluate::Evaluation;
use crate::packed::documents::Documents;
use crate::positions::Positions;
use crate::segment::Lengths;
use crate::term::TermInSegment;

/// The documents that are taken at once.
const CHUNK: usize = 256;
/// The bits of a document.
const SPAN: usize = 512;
/// The words of 64 bits of all documents.
const WORDS: usize = CHUNK * SPAN / 64;

/// An occurrence: the place of its document in the chunk in the upper 32 bits, its position in the lower ones.
pub type Placed = u64;

/// The occurrences of a term in some documents.
struct Column<'a> {
    documents: Documents<'a>,
    reader: Positions<'a>,
    postings: Vec<u32>,
    placed: Vec<Placed>,
}

impl Column<'_> {
    fn read(&mut self, documents: &[u16]) {
        self.documents.find_all(documents, &mut self.postings);
        self.reader.read_all(&self.postings, &mut self.placed);
    }
}

/// Gives each of some documents, ascending, in which the terms of a phrase stand side by side in one field, to `found`,
/// and how often the phrase ends in its headline and in its body.
///
/// `terms` are distinct and all documents have them; `order` has the place among them of each term of the phrase.
pub fn side_by_side(
    evaluation: &Evaluation<'_>,
    terms: &[&TermInSegment],
    order: &[usize],
    documents: &[u16],
    mut found: impl FnMut(u16, u32, u32),
) -> Result<()> {
    let view = evaluation.view;
    let headline_lengths = view.headline_lengths()?;
    let mut columns = Vec::with_capacity(terms.len());
    for term in terms {
        columns.push(Column {
            documents: term.documents(view)?,
            reader: term.positions(view)?,
            postings: Vec::new(),
            placed: Vec::new(),
        });
    }
    let mut bits: Box<[u64; WORDS]> = Box::new([0; WORDS]);
    let (mut ends, mut next_ends) = (Vec::new(), Vec::new());
    for chunk in documents.chunks(CHUNK) {
        evaluation.deadline.check()?;
        for column in &mut columns {
            column.read(chunk);
        }
        ends.clear();
        for (step, &term) in order.iter().enumerate() {
            let placed = &columns[term].placed;
            if step == 0 {
                ends.extend_from_slice(placed);
            } else {
                followers(&ends, placed, &mut bits, &mut next_ends);
                next_ends.retain(|&end| is_end(&ends, end, chunk, headline_lengths));
                std::mem::swap(&mut ends, &mut next_ends);
            }
        }
        for of_document in ends.chunk_by(|one, other| one >> 32 == other >> 32) {
            let document = chunk[(of_document[0] >> 32) as usize % CHUNK];
            let headline_length = headline_lengths.of(document);
            let in_headline = of_document.partition_point(|&end| (end as u32) < headline_length);
            found(
                document,
                in_headline as u32,
                (of_document.len() - in_headline) as u32,
            );
        }
    }
    Ok(())
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
    let line = (occurrence >> 32) as usize % CHUNK * SPAN;
    line | (occurrence + distance) as usize % SPAN
}

/// Whether an occurrence that may be right after one of those before is.
fn is_end(before: &[Placed], occurrence: Placed, chunk: &[u16], headline_lengths: Lengths<'_>) -> bool {
    let position = occurrence as u32;
    let document = chunk[(occurrence >> 32) as usize % CHUNK];
    let begins_body = position == headline_lengths.of(document);
    // Positions up to SPAN have bits of their own unless there are some from SPAN on.
    position > 0 && !begins_body && before.binary_search(&(occurrence - 1)).is_ok()
}
