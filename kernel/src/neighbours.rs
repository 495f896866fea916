//! Counts how many documents have two terms side by side, for all pairs of some terms.
//!
//! The occurrences of all terms are put in the order of their documents. In a document, each occurrence is entered in
//! a table of positions, in which the next one is looked up.

use crate::columns::Column;
use crate::deadline::Deadline;
use crate::document_set::DocumentSet;
use crate::error::{Error, Result};
use crate::segment::{View, MAX_DOCUMENTS};
use crate::term::TermInSegment;

/// The most terms that may be asked for: there is a count for each pair of them.
pub const MAX_TERMS: usize = 2048;
/// No text has a position beyond this one.
const MAX_POSITION: u32 = 1 << 24;
/// Documents between two looks at the deadline.
const DEADLINE_STEP: u32 = 1024;

/// An occurrence: the position of the word in the upper bits, the place of its term in the lower 16.
type Occurrence = u64;

/// Two terms by their places, the first one before the other, and the number of documents that have them so.
pub type PairCount = (u32, u32, u32);

/// The numbers of documents that have each pair of some terms side by side.
pub struct NeighbourCounts {
    terms: usize,
    counts: Vec<u32>,  // of each first and second term
    counted: Vec<u32>, // the document in which each pair was counted last
    documents: u32,    // so far
    term_at: Vec<u16>, // the place of the term at each position of a document, from 1 on
}

impl NeighbourCounts {
    /// No documents yet. Fails for too many terms.
    pub fn new(terms: usize) -> Result<Self> {
        if terms > MAX_TERMS {
            return Err(Error::Invalid(format!("{terms} terms are more than {MAX_TERMS}")));
        }
        Ok(Self {
            terms,
            counts: vec![0; terms * terms],
            counted: vec![0; terms * terms],
            documents: 0,
            term_at: Vec::new(),
        })
    }

    /// Adds the documents of a set in one segment. `terms` are those of the segment, None where it has not one.
    pub fn add(
        &mut self,
        view: View<'_>,
        terms: &[Option<&TermInSegment>],
        set: &DocumentSet,
        deadline: Deadline,
    ) -> Result<()> {
        if terms.len() != self.terms {
            return Err(Error::Invalid("not as many terms as there are counts for".into()));
        }
        let occurrences = Occurrences::read(view, terms, set, deadline)?;
        for of_document in occurrences.by_document() {
            if self.documents % DEADLINE_STEP == 0 {
                deadline.check()?;
            }
            self.documents += 1;
            self.add_document(of_document);
        }
        Ok(())
    }

    fn add_document(&mut self, occurrences: &[Occurrence]) {
        let place = |occurrence: Occurrence| (occurrence & 0xffff) as usize;
        let position = |occurrence: Occurrence| (occurrence >> 16) as usize;
        let last = occurrences.iter().copied().map(position).max().unwrap_or(0);
        if self.term_at.len() < last + 2 {
            self.term_at.resize(last + 2, 0);
        }
        for &occurrence in occurrences {
            self.term_at[position(occurrence)] = place(occurrence) as u16 + 1;
        }
        for &occurrence in occurrences {
            let next = self.term_at[position(occurrence) + 1];
            if next > 0 {
                let pair = place(occurrence) * self.terms + usize::from(next) - 1;
                if self.counted[pair] != self.documents {
                    self.counted[pair] = self.documents;
                    self.counts[pair] += 1;
                }
            }
        }
        for &occurrence in occurrences {
            self.term_at[position(occurrence)] = 0;
        }
    }

    /// The pairs that at least so many documents have, in the order of their terms.
    pub fn pairs(&self, least: u32) -> Vec<PairCount> {
        let counts = self.counts.iter().enumerate();
        counts
            .filter(|&(_, &count)| count >= least.max(1))
            .map(|(pair, &count)| ((pair / self.terms) as u32, (pair % self.terms) as u32, count))
            .collect()
    }
}

/// The occurrences of some terms in some documents of a segment, in the order of the documents.
struct Occurrences {
    all: Vec<Occurrence>,
    ends: Vec<usize>, // of the occurrences of each document
}

impl Occurrences {
    /// Reads the occurrences. In a body the positions count from one more than in the index, so that no word of it
    /// stands beside one of the headline.
    fn read(
        view: View<'_>,
        terms: &[Option<&TermInSegment>],
        set: &DocumentSet,
        deadline: Deadline,
    ) -> Result<Self> {
        let headline_lengths = view.headline_lengths()?;
        let mut found: Vec<(u16, Occurrence)> = Vec::new();
        let mut ends = vec![0; MAX_DOCUMENTS];
        let (mut documents, mut postings) = (Vec::new(), Vec::new());
        for (place, &term) in terms.iter().enumerate() {
            let Some(term) = term else { continue };
            deadline.check()?;
            let mut column = Column::new(view, term)?;
            column.documents.read_all(&mut documents);
            postings.clear();
            postings.extend(
                (0..documents.len() as u32).filter(|&posting| set.contains(documents[posting as usize])),
            );
            column.read(&postings);
            for &placed in &column.placed {
                let posting = postings[(placed >> 32) as usize - 1];
                let (document, position) = (documents[posting as usize], placed as u32);
                if position >= MAX_POSITION {
                    let positions = &view.segment.arrays.position;
                    return Err(positions.damaged(0, "are of positions beyond the text"));
                }
                let in_body = u64::from(position >= headline_lengths.of(document));
                found.push((document, (u64::from(position) + in_body) << 16 | place as u64));
                ends[usize::from(document)] += 1;
            }
        }
        let mut end = 0;
        for count in &mut ends {
            let start = end;
            end += *count;
            *count = start;
        }
        let mut all = vec![0; found.len()];
        for (document, occurrence) in found {
            let next = &mut ends[usize::from(document)];
            all[*next] = occurrence;
            *next += 1;
        }
        Ok(Self { all, ends })
    }

    /// The occurrences of each document that has any.
    fn by_document(&self) -> impl Iterator<Item = &[Occurrence]> {
        let mut start = 0;
        self.ends.iter().filter_map(move |&end| {
            let of_document = &self.all[start..end];
            start = end;
            (!of_document.is_empty()).then_some(of_document)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::{BTreeMap, BTreeSet};

    proptest! {
        #[test]
        fn a_pair_is_counted_once_for_each_document_that_has_it(
            texts in proptest::collection::vec(proptest::collection::vec(0..5_usize, 0..30), 0..20),
        ) {
            let mut counts = NeighbourCounts::new(4).unwrap();
            let mut expected: BTreeMap<(u32, u32), u32> = BTreeMap::new();
            for text in &texts {
                // Word 4 is none of the terms.
                let is_term = |&(_, &word): &(usize, &usize)| word < 4;
                let occurrences = text.iter().enumerate().filter(is_term);
                let occurrences: Vec<Occurrence> =
                    occurrences.map(|(position, &word)| (position << 16 | word) as u64).collect();
                counts.documents += 1;
                counts.add_document(&occurrences);
                let pairs = text.windows(2).filter(|pair| pair.iter().all(|&word| word < 4));
                let pairs: BTreeSet<(u32, u32)> =
                    pairs.map(|pair| (pair[0] as u32, pair[1] as u32)).collect();
                pairs.into_iter().for_each(|pair| *expected.entry(pair).or_default() += 1);
            }
            for least in [0, 2] {
                let expected: Vec<PairCount> = expected
                    .iter()
                    .filter(|&(_, &count)| count >= least)
                    .map(|(&(first, second), &count)| (first, second, count))
                    .collect();
                prop_assert_eq!(counts.pairs(least), expected);
            }
        }
    }

    #[test]
    fn too_many_terms_are_refused() {
        assert!(NeighbourCounts::new(MAX_TERMS + 1).is_err());
    }
}
