//! The terms and spellings that occur in the articles of a segment, with their numbers in it.

use std::cmp::Reverse;
use std::sync::Arc;

use super::batch::Batch;
use super::forms::Forms;
use crate::error::{Error, Result};

/// The number of spellings of a term that have a bit in the marks of postings.
pub const SLOTS: usize = 5;

/// What a word is in the segment.
#[derive(Debug, Clone, Copy, Default)]
pub struct Code {
    /// Its term.
    pub term: u32,
    /// The place of its spelling among those of the segment.
    pub rank: u32,
    /// The bit of its spelling; 0 for one of the rarer spellings, which have none.
    pub bit: u8,
}

/// The terms, sorted, and their spellings, sorted by term, descending frequency and text.
pub struct Vocabulary {
    /// The texts of the terms.
    pub terms: Vec<Arc<str>>,
    /// The texts of the spellings.
    pub spellings: Vec<Arc<str>>,
    /// The term of each of these spellings.
    pub term_of_spelling: Vec<u32>,
    /// The number of occurrences of each term.
    pub occurrences: Vec<u64>,
    /// What a word is, by the number of its spelling in the form table.
    pub codes: Vec<Code>,
}

impl Vocabulary {
    /// The vocabulary of some articles of a batch.
    pub fn new(forms: &Forms, batch: &Batch, articles: &[u32]) -> Result<Self> {
        let (texts, term_texts) = (forms.spellings.texts(), forms.terms.texts());
        let term_of_spelling = forms.term_of_spelling();
        if term_of_spelling.len() < texts.len() {
            return Err(Error::Invalid(
                "the terms of some spellings were not entered".into(),
            ));
        }
        let mut counts = vec![0_u32; texts.len()];
        for &article in articles {
            for &spelling in batch.article(article as usize) {
                counts[spelling as usize] += 1;
            }
        }
        let mut used: Vec<u32> = (0..texts.len() as u32)
            .filter(|&spelling| counts[spelling as usize] > 0)
            .collect();
        let mut is_used = vec![false; term_texts.len()];
        for &spelling in &used {
            is_used[term_of_spelling[spelling as usize] as usize] = true;
        }
        let mut used_terms: Vec<u32> = (0..term_texts.len() as u32)
            .filter(|&term| is_used[term as usize])
            .collect();
        used_terms.sort_unstable_by_key(|&term| &term_texts[term as usize]);
        let mut term_rank = vec![0; term_texts.len()];
        for (rank, &term) in used_terms.iter().enumerate() {
            term_rank[term as usize] = rank as u32;
        }
        let term = |spelling: u32| term_rank[term_of_spelling[spelling as usize] as usize];
        used.sort_unstable_by_key(|&spelling| {
            let count = counts[spelling as usize];
            (term(spelling), Reverse(count), &texts[spelling as usize])
        });
        let mut vocabulary = Self {
            terms: used_terms
                .iter()
                .map(|&term| term_texts[term as usize].clone())
                .collect(),
            spellings: used
                .iter()
                .map(|&spelling| texts[spelling as usize].clone())
                .collect(),
            term_of_spelling: used.iter().map(|&spelling| term(spelling)).collect(),
            occurrences: vec![0; used_terms.len()],
            codes: vec![Code::default(); texts.len()],
        };
        let mut slots = vec![0; used_terms.len()];
        for (rank, &spelling) in used.iter().enumerate() {
            let term = vocabulary.term_of_spelling[rank];
            vocabulary.occurrences[term as usize] += u64::from(counts[spelling as usize]);
            let slot = &mut slots[term as usize];
            let bit = if *slot < SLOTS { 1 << *slot } else { 0 };
            *slot += 1;
            vocabulary.codes[spelling as usize] = Code {
                term,
                rank: rank as u32,
                bit,
            };
        }
        Ok(vocabulary)
    }
}
