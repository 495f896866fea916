//! The frequent terms of each document of a segment.
//!
//! Most postings are of few terms. To count how many documents of a set have each of them, it takes less time to look at
//! the documents of the set than at all postings.

use crate::deadline::Deadline;
use crate::document_set::DocumentSet;
use crate::error::Result;
use crate::packed::documents::PackedDocuments;
use crate::segment::View;

/// The documents from which on a term is frequent.
const FREQUENT: usize = 128;
/// The place of a term that is not frequent.
const NONE: u16 = u16::MAX;

/// The frequent terms of a segment, and which of them each document has.
#[derive(Debug)]
pub struct FrequentTerms {
    place_of_term: Vec<u16>,
    count: usize,
    starts: Vec<u32>, // of the places of each document, and the end
    places: Vec<u16>,
}

impl FrequentTerms {
    /// Reads and checks the documents of all frequent terms.
    pub fn new(view: View<'_>, deadline: Deadline) -> Result<Self> {
        let arrays = &view.segment.arrays;
        let postings: &[u32] = view.whole(&arrays.term_posting)?;
        let bytes: &[u32] = view.whole(&arrays.term_posting_byte)?;
        let documents = view.segment.documents;
        let mut place_of_term = vec![NONE; postings.len().saturating_sub(1)];
        let mut lists = Vec::new();
        for (term, (bounds, bytes)) in postings.windows(2).zip(bytes.windows(2)).enumerate() {
            let count = bounds[1].saturating_sub(bounds[0]) as usize;
            if count < FREQUENT || lists.len() == usize::from(NONE) {
                continue;
            }
            deadline.check()?;
            let region: &[u8] = view.part(&arrays.posting, bytes[0] as usize, bytes[1] as usize)?;
            let packed = PackedDocuments::new(region, count, documents)
                .map_err(|wrong| arrays.posting.damaged(bytes[0] as usize, wrong))?;
            place_of_term[term] = lists.len() as u16;
            lists.push((packed, region));
        }
        let mut starts = vec![0_u32; documents + 1];
        let mut of_term = Vec::new();
        for (packed, region) in &lists {
            deadline.check()?;
            packed.over(region).read_all(&mut of_term);
            of_term
                .iter()
                .for_each(|&document| starts[usize::from(document) + 1] += 1);
        }
        let mut end = 0;
        for start in &mut starts {
            end += *start;
            *start = end;
        }
        let mut next = starts.clone();
        let mut places = vec![0; end as usize];
        for (place, (packed, region)) in lists.iter().enumerate() {
            deadline.check()?;
            packed.over(region).read_all(&mut of_term);
            for &document in &of_term {
                let at = &mut next[usize::from(document)];
                places[*at as usize] = place as u16;
                *at += 1;
            }
        }
        Ok(Self {
            place_of_term,
            count: lists.len(),
            starts,
            places,
        })
    }

    /// The place of a term among the frequent ones, None where it is none of them.
    pub fn place(&self, term: usize) -> Option<usize> {
        let place = self.place_of_term.get(term).copied().unwrap_or(NONE);
        (place != NONE).then_some(usize::from(place))
    }

    /// The number of documents of a set that have each frequent term, by its place.
    pub fn count(&self, set: &DocumentSet) -> Vec<u32> {
        let mut counts = vec![0; self.count];
        for document in set.documents() {
            let Some(&[first, stop]) = self.starts.get(usize::from(document)..usize::from(document) + 2)
            else {
                break;
            };
            for &place in &self.places[first as usize..stop as usize] {
                counts[usize::from(place)] += 1;
            }
        }
        counts
    }
}
