//! The terms and spellings of a segment as its arrays.

use crate::error::{Error, Result};

use super::posting_codes::SLOTS;
use super::postings_encoder::narrow;

/// Takes the spellings of one term after another. Of bounds only the ends are held.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct VocabularyEncoder {
    /// The texts of the terms.
    pub term_text: Vec<u8>,
    /// The end of each text.
    pub term_text_end: Vec<u32>,
    /// The end of the spellings of each term.
    pub term_spelling: Vec<u32>,
    /// The texts of the spellings, empty where they are those of their terms.
    pub spelling_text: Vec<u8>,
    /// The end of each text.
    pub spelling_text_end: Vec<u32>,
    /// The documents of each spelling, less one.
    pub spelling_documents: Vec<u16>,
    /// The spellings without a bit.
    pub other_spelling: Vec<u32>,
    /// The end of the documents of each of them.
    pub other_end: Vec<u32>,
    /// Their documents.
    pub other_document: Vec<u16>,
    term_spellings: usize, // of the term that is not ended
}

impl VocabularyEncoder {
    /// Adds the next spelling of a term, by slot. `documents` is the number of its documents, one at least; those of a
    /// spelling without a bit are listed, ascending. Fails where the segment becomes too large.
    pub fn push(&mut self, term: &[u8], spelling: &[u8], documents: u32, listed: &[u16]) -> Result<()> {
        if self.term_spellings >= SLOTS {
            self.other_spelling.push(narrow(self.spelling_documents.len())?);
            self.other_document.extend_from_slice(listed);
            self.other_end.push(narrow(self.other_document.len())?);
        }
        self.term_spellings += 1;
        if spelling != term {
            self.spelling_text.extend_from_slice(spelling);
        }
        self.spelling_text_end.push(narrow(self.spelling_text.len())?);
        let less_one = u16::try_from(documents.wrapping_sub(1)).map_err(|_| Error::TooLarge)?;
        self.spelling_documents.push(less_one);
        Ok(())
    }

    /// Ends a term: the next spelling is of the next term. Fails where the segment becomes too large.
    pub fn end_term(&mut self, term: &[u8]) -> Result<()> {
        self.term_text.extend_from_slice(term);
        self.term_text_end.push(narrow(self.term_text.len())?);
        self.term_spelling.push(narrow(self.spelling_documents.len())?);
        self.term_spellings = 0;
        Ok(())
    }

    /// Adds the terms that follow these. Fails where the segment becomes too large.
    pub fn append(&mut self, next: &Self) -> Result<()> {
        let spellings = self.spelling_documents.len();
        shift(&mut self.term_text_end, &next.term_text_end, self.term_text.len())?;
        shift(&mut self.term_spelling, &next.term_spelling, spellings)?;
        shift(
            &mut self.spelling_text_end,
            &next.spelling_text_end,
            self.spelling_text.len(),
        )?;
        shift(&mut self.other_spelling, &next.other_spelling, spellings)?;
        shift(&mut self.other_end, &next.other_end, self.other_document.len())?;
        self.term_text.extend_from_slice(&next.term_text);
        self.spelling_text.extend_from_slice(&next.spelling_text);
        self.spelling_documents
            .extend_from_slice(&next.spelling_documents);
        self.other_document.extend_from_slice(&next.other_document);
        Ok(())
    }
}

fn shift(ends: &mut Vec<u32>, more: &[u32], before: usize) -> Result<()> {
    for &end in more {
        ends.push(narrow(end as usize + before)?);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// A term, and its spellings with their documents.
    type Term = (String, Vec<(String, Vec<u16>)>);

    fn encode(terms: &[Term]) -> VocabularyEncoder {
        let mut encoder = VocabularyEncoder::default();
        for (term, spellings) in terms {
            for (spelling, documents) in spellings {
                let (term, spelling) = (term.as_bytes(), spelling.as_bytes());
                encoder
                    .push(term, spelling, documents.len() as u32, documents)
                    .unwrap();
            }
            encoder.end_term(term.as_bytes()).unwrap();
        }
        encoder
    }

    fn terms() -> impl Strategy<Value = Vec<Term>> {
        let documents = prop::collection::btree_set(any::<u16>(), 1..5);
        let spelling = ("[a-c]{1,2}", documents.prop_map(|set| set.into_iter().collect()));
        prop::collection::vec(("[a-c]{1,2}", prop::collection::vec(spelling, 1..9)), 0..8)
    }

    proptest! {
        #[test]
        fn parts_appended_to_each_other_are_the_whole(all in terms(), cut in 0..8_usize) {
            let cut = cut.min(all.len());
            let mut first = encode(&all[..cut]);
            first.append(&encode(&all[cut..])).unwrap();
            prop_assert_eq!(first, encode(&all));
        }

        #[test]
        fn only_the_spellings_without_a_bit_list_their_documents(all in terms()) {
            let encoder = encode(&all);
            let mut number = 0;
            let mut others = Vec::new();
            let mut documents = Vec::new();
            for (_, spellings) in &all {
                for (slot, (_, listed)) in spellings.iter().enumerate() {
                    if slot >= SLOTS {
                        others.push(number);
                        documents.extend_from_slice(listed);
                    }
                    number += 1;
                }
            }
            prop_assert_eq!(encoder.other_spelling, others);
            prop_assert_eq!(encoder.other_document, documents);
            prop_assert_eq!(encoder.term_spelling.last().copied().unwrap_or(0), number);
        }
    }

    #[test]
    fn a_spelling_that_is_its_term_takes_no_text() {
        let mut encoder = VocabularyEncoder::default();
        encoder.push(b"grand", b"grande", 65_536, &[]).unwrap();
        encoder.push(b"grand", b"grand", 1, &[]).unwrap();
        encoder.end_term(b"grand").unwrap();
        assert_eq!(encoder.spelling_text, b"grande");
        assert_eq!(encoder.spelling_text_end, [6, 6]);
        assert_eq!(encoder.spelling_documents, [65_535, 0]);
        assert_eq!(encoder.push(b"a", b"a", 0, &[]), Err(Error::TooLarge));
    }
}
