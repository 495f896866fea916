//! Encodes the postings of one term after another as the arrays of a segment.

use crate::error::{Error, Result};

use super::document_lists::append_documents;
use super::position_blocks::{append_values, PADDING};
use super::posting_codes::{append_codes, CodeTables, Triple, Triples, SLOTS};

/// The documents that a segment may hold.
pub const MAX_DOCUMENTS: usize = 1 << 16;

/// The arrays of a segment that hold its postings and positions.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct EncodedPostings {
    /// The regions of the terms, one after another.
    pub posting: Vec<u8>,
    /// The regions of their positions, and bytes of zeros behind them.
    pub position: Vec<u8>,
    /// Bounds of the postings of each term.
    pub term_posting: Vec<u32>,
    /// Bounds of the occurrences of each term.
    pub term_occurrence: Vec<u32>,
    /// Bounds of the region of each term in `posting`.
    pub term_posting_byte: Vec<u32>,
    /// Bounds of the region of each term in `position`.
    pub term_position_byte: Vec<u32>,
    /// The table of codes, and the postings without one.
    pub tables: CodeTables,
}

/// Occurrences of terms, one element for each in every array.
#[derive(Debug, Clone, Copy)]
pub struct Occurrences<'a> {
    /// The terms.
    pub term: &'a [u32],
    /// The documents.
    pub document: &'a [u16],
    /// The positions in the documents; words of the headline count from 0, those of the body go on.
    pub position: &'a [u32],
    /// The bits of the spellings.
    pub mark: &'a [u8],
}

/// Takes the postings of one term after another.
#[derive(Debug)]
pub struct PostingsEncoder {
    documents: usize,
    max_occurrences: usize,
    triples: Triples,
    lists: Vec<u16>,  // the documents of all postings
    values: Vec<u32>, // of the occurrences of the term that is not finished
    position: Vec<u8>,
    occurrences: usize,
    term_posting: Vec<u32>, // the ends of the terms, as are all of these
    term_occurrence: Vec<u32>,
    term_position_byte: Vec<u32>,
    slot_documents: Vec<[u32; SLOTS]>,
    slots: [u32; SLOTS], // the documents of the spellings of the term that is not finished
}

impl PostingsEncoder {
    /// An encoder for a segment with so many documents, and at most so many occurrences. Fails where the documents
    /// are too many.
    pub fn new(documents: usize, max_occurrences: usize) -> Result<Self> {
        if documents > MAX_DOCUMENTS {
            return Err(Error::TooLarge);
        }
        Ok(Self {
            documents,
            max_occurrences,
            triples: Triples::default(),
            lists: Vec::new(),
            values: Vec::new(),
            position: Vec::new(),
            occurrences: 0,
            term_posting: Vec::new(),
            term_occurrence: Vec::new(),
            term_position_byte: Vec::new(),
            slot_documents: Vec::new(),
            slots: [0; SLOTS],
        })
    }

    /// Adds the next posting of the term from its ascending positions; those below `headline_length` are in the
    /// headline. Documents ascend, and are below their number.
    pub fn push(&mut self, document: u16, mark: u8, positions: &[u32], headline_length: u32) {
        let headline = positions.partition_point(|&position| position < headline_length) as u32;
        let triple = Triple {
            headline,
            body: positions.len() as u32 - headline,
            mark,
        };
        self.begin_posting(document, triple);
        let mut next = 0; // the lowest position that may follow
        self.values.extend(positions.iter().map(|&position| {
            let value = position.wrapping_sub(next);
            next = position.wrapping_add(1);
            value
        }));
    }

    /// Adds the occurrences of the next `terms` terms, which are numbered from 0.
    ///
    /// They are sorted by term, document and position, in that order; the mark of an occurrence is the bit of its
    /// spelling. Fails where they are not sorted, or beyond the documents whose headlines have these lengths.
    pub fn add(&mut self, occurrences: &Occurrences<'_>, terms: u32, headline_length: &[u32]) -> Result<()> {
        let Occurrences {
            term,
            document,
            position,
            mark,
        } = *occurrences;
        let count = term.len();
        if [document.len(), position.len(), mark.len()] != [count; 3] {
            return Err(Error::Invalid("occurrences of different numbers".into()));
        }
        let mut finished = 0; // terms
        let mut first = 0;
        while first < count {
            let key = (term[first], document[first]);
            let rest = (first..count).take_while(|&i| (term[i], document[i]) == key);
            let end = first + rest.count();
            let length = headline_length.get(usize::from(key.1));
            let (Some(&length), true) = (length, (finished..terms).contains(&key.0)) else {
                return Err(Error::Invalid("occurrences out of range".into()));
            };
            while finished < key.0 {
                self.end_term()?;
                finished += 1;
            }
            let marks = mark[first..end].iter().fold(0, |all, bit| all | bit);
            self.push(key.1, marks, &position[first..end], length);
            first = end;
        }
        for _ in finished..terms {
            self.end_term()?;
        }
        Ok(())
    }

    /// Adds the next posting of the term from its values, of which there are as many as `triple` has occurrences.
    pub fn push_values(&mut self, document: u16, triple: Triple, values: &[u32]) {
        self.begin_posting(document, triple);
        self.values.extend_from_slice(values);
    }

    fn begin_posting(&mut self, document: u16, triple: Triple) {
        self.lists.push(document);
        self.triples.push(triple);
        for (slot, documents) in self.slots.iter_mut().enumerate() {
            *documents += u32::from(triple.mark >> slot & 1);
        }
    }

    /// Ends a term: the next posting is of the next term. Fails where the segment becomes too large.
    pub fn end_term(&mut self) -> Result<()> {
        self.occurrences += self.values.len();
        if self.occurrences > self.max_occurrences {
            return Err(Error::TooLarge);
        }
        append_values(&mut self.position, &self.values);
        self.values.clear();
        self.term_posting.push(narrow(self.lists.len())?);
        self.term_occurrence.push(narrow(self.occurrences)?);
        self.term_position_byte.push(narrow(self.position.len())?);
        self.slot_documents.push(std::mem::take(&mut self.slots));
        Ok(())
    }

    /// An encoder for terms that follow, to be appended to this one.
    pub fn sibling(&self) -> Result<Self> {
        Self::new(self.documents, self.max_occurrences)
    }

    /// Adds the terms that follow these, from another encoder. Fails where the segment becomes too large.
    pub fn append(&mut self, next: Self) -> Result<()> {
        let shift = |ends: &mut Vec<u32>, more: &[u32], before: usize| -> Result<()> {
            for &end in more {
                ends.push(narrow(end as usize + before)?);
            }
            Ok(())
        };
        shift(&mut self.term_posting, &next.term_posting, self.lists.len())?;
        shift(&mut self.term_occurrence, &next.term_occurrence, self.occurrences)?;
        shift(
            &mut self.term_position_byte,
            &next.term_position_byte,
            self.position.len(),
        )?;
        self.occurrences += next.occurrences;
        if self.occurrences > self.max_occurrences {
            return Err(Error::TooLarge);
        }
        self.lists.extend_from_slice(&next.lists);
        self.position.extend_from_slice(&next.position);
        self.slot_documents.extend_from_slice(&next.slot_documents);
        self.triples.append(next.triples);
        Ok(())
    }

    /// The documents that have the spelling of each slot, of each term.
    pub fn slot_documents(&self) -> &[[u32; SLOTS]] {
        &self.slot_documents
    }

    /// The arrays of the segment. Fails where they would be too large.
    pub fn finish(self) -> Result<EncodedPostings> {
        let (tables, code_of_number) = self.triples.tables();
        let mut posting = Vec::new();
        let mut term_posting_byte = vec![0];
        let mut codes = Vec::new();
        let mut first = 0;
        for &end in &self.term_posting {
            let postings = first..end as usize;
            first = end as usize;
            append_documents(&mut posting, &self.lists[postings.clone()], self.documents);
            let numbers = &self.triples.numbers()[postings];
            codes.clear();
            codes.extend(numbers.iter().map(|&number| code_of_number[usize::from(number)]));
            append_codes(&mut posting, &codes);
            term_posting_byte.push(narrow(posting.len())?);
        }
        let mut position = self.position;
        position.extend_from_slice(&[0; PADDING]);
        Ok(EncodedPostings {
            posting,
            position,
            term_posting: bounds(self.term_posting),
            term_occurrence: bounds(self.term_occurrence),
            term_posting_byte,
            term_position_byte: bounds(self.term_position_byte),
            tables,
        })
    }
}

pub(super) fn narrow(number: usize) -> Result<u32> {
    u32::try_from(number).map_err(|_| Error::TooLarge)
}

fn bounds(mut ends: Vec<u32>) -> Vec<u32> {
    ends.insert(0, 0);
    ends
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::super::document_lists::tests::plain_documents;
    use super::super::position_blocks::tests::plain_values;
    use super::super::posting_codes::RARE_CODE;
    use super::*;
    use proptest::prelude::*;

    const HEADLINE: u32 = 3;

    /// The mark and the positions of each posting, by term and document.
    type Postings = BTreeMap<(u32, u16), (u8, Vec<u32>)>;

    fn postings() -> impl Strategy<Value = Postings> {
        let positions = prop::collection::btree_set(0..5000_u32, 1..6);
        let posting = (1..32_u8, positions).prop_map(|(mark, set)| (mark, set.into_iter().collect()));
        prop::collection::btree_map((0..12_u32, 0..600_u16), posting, 0..400)
    }

    /// Reads all postings in the plainest way.
    fn plain(encoded: &EncodedPostings, documents: usize) -> Postings {
        let mut found = Postings::new();
        let mut rare = encoded.tables.rare.iter();
        for term in 0..encoded.term_posting.len() - 1 {
            let part = |bounds: &[u32]| bounds[term] as usize..bounds[term + 1] as usize;
            let count = part(&encoded.term_posting).len();
            let region = &encoded.posting[part(&encoded.term_posting_byte)];
            let (list, start) = plain_documents(region, count, documents);
            let mut escapes = region[start + count.div_ceil(2)..].iter();
            let region = &encoded.position[part(&encoded.term_position_byte)];
            let (values, size) = plain_values(region, part(&encoded.term_occurrence).len());
            assert_eq!(size, region.len());
            let mut values = values.into_iter();
            for (number, &document) in list.iter().enumerate() {
                let half = region_code(
                    &encoded.posting[part(&encoded.term_posting_byte)][start..],
                    number,
                );
                let code = if half == 15 {
                    *escapes.next().unwrap()
                } else {
                    half
                };
                let triple = match code {
                    RARE_CODE => rare.next().unwrap().1,
                    _ => encoded.tables.codes[usize::from(code)],
                };
                let mut next = 0;
                let positions: Vec<u32> = values
                    .by_ref()
                    .take((triple.headline + triple.body) as usize)
                    .map(|value| {
                        next += value + 1;
                        next - 1
                    })
                    .collect();
                let in_headline = positions.iter().filter(|&&position| position < HEADLINE).count();
                assert_eq!(in_headline as u32, triple.headline);
                found.insert((term as u32, document), (triple.mark, positions));
            }
            assert!(values.next().is_none() && escapes.next().is_none());
        }
        assert!(rare.next().is_none());
        found
    }

    fn region_code(codes: &[u8], number: usize) -> u8 {
        codes[number / 2] >> (number % 2 * 4) & 15
    }

    fn encode(postings: &Postings, terms: std::ops::Range<u32>, documents: usize) -> PostingsEncoder {
        let mut encoder = PostingsEncoder::new(documents, 1 << 31).unwrap();
        for term in terms {
            for (&(_, document), (mark, positions)) in postings.range((term, 0)..=(term, u16::MAX)) {
                encoder.push(document, *mark, positions, HEADLINE);
            }
            encoder.end_term().unwrap();
        }
        encoder
    }

    proptest! {
        #[test]
        fn postings_come_back(all in postings(), more in 0..60_000_usize) {
            let encoded = encode(&all, 0..12, 600 + more).finish().unwrap();
            prop_assert_eq!(plain(&encoded, 600 + more), all);
        }

        #[test]
        fn encoders_appended_to_each_other_are_one(all in postings(), cut in 0..=12_u32) {
            let mut first = encode(&all, 0..cut, 600);
            first.append(encode(&all, cut..12, 600)).unwrap();
            let whole = encode(&all, 0..12, 600);
            prop_assert_eq!(first.slot_documents(), whole.slot_documents());
            prop_assert_eq!(first.finish().unwrap(), whole.finish().unwrap());
        }

        #[test]
        fn occurrences_are_grouped_to_postings(all in postings()) {
            let (mut term, mut document, mut position, mut mark) = (vec![], vec![], vec![], vec![]);
            for (&key, (marks, positions)) in &all {
                for (number, &place) in positions.iter().enumerate() {
                    term.push(key.0);
                    document.push(key.1);
                    position.push(place);
                    mark.push(if number == 0 { *marks } else { marks & marks.wrapping_neg() });
                }
            }
            let occurrences = Occurrences {
                term: &term,
                document: &document,
                position: &position,
                mark: &mark,
            };
            let mut encoder = PostingsEncoder::new(600, 1 << 31).unwrap();
            encoder.add(&occurrences, 12, &[HEADLINE; 600]).unwrap();
            let expected = encode(&all, 0..12, 600);
            prop_assert_eq!(encoder.finish().unwrap(), expected.finish().unwrap());
        }
    }

    #[test]
    fn the_documents_of_each_slot_are_counted() {
        let mut encoder = PostingsEncoder::new(3, 3).unwrap();
        encoder.push(0, 0b00001, &[1], 0);
        encoder.push(2, 0b10001, &[1, 2], 0);
        encoder.end_term().unwrap();
        assert_eq!(encoder.slot_documents(), [[2, 0, 0, 0, 1]]);
    }

    #[test]
    fn too_many_documents_are_refused() {
        assert_eq!(PostingsEncoder::new(65_537, 9).unwrap_err(), Error::TooLarge);
    }

    #[test]
    fn too_many_occurrences_are_refused() {
        let mut encoder = PostingsEncoder::new(2, 3).unwrap();
        encoder.push(0, 1, &[1, 2, 5], 0);
        assert_eq!(encoder.end_term(), Ok(()));
        encoder.push(1, 1, &[0], 0);
        assert_eq!(encoder.end_term(), Err(Error::TooLarge));
        let mut first = PostingsEncoder::new(2, 3).unwrap();
        for _ in 0..2 {
            let mut next = PostingsEncoder::new(2, 3).unwrap();
            next.push(0, 1, &[1, 2], 0);
            next.end_term().unwrap();
            if first.append(next) == Err(Error::TooLarge) {
                return;
            }
        }
        panic!("four occurrences were accepted");
    }

    #[test]
    fn occurrences_beyond_the_documents_or_the_terms_are_refused() {
        let refused = |term: u32, document: u16| {
            let occurrences = Occurrences {
                term: &[term],
                document: &[document],
                position: &[0],
                mark: &[1],
            };
            PostingsEncoder::new(2, 9)
                .unwrap()
                .add(&occurrences, 2, &[0, 0])
                .is_err()
        };
        assert!(!refused(1, 1));
        assert!(refused(2, 1));
        assert!(refused(1, 2));
    }
}
