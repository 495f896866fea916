//! A set of documents of a segment, a bit for each.

use crate::packed::documents::WORDS;
use crate::segment::MAX_DOCUMENTS;

/// A set of documents of a segment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DocumentSet(Box<[u64]>);

impl DocumentSet {
    /// The set of no documents.
    pub fn empty() -> Self {
        Self(vec![0; MAX_DOCUMENTS / 64].into())
    }

    /// The set of the first `documents` documents.
    pub fn first(documents: usize) -> Self {
        let mut set = Self::empty();
        for (index, word) in set.0.iter_mut().enumerate() {
            let from = index * 64;
            *word = match documents.saturating_sub(from) {
                0 => 0,
                count if count >= 64 => u64::MAX,
                count => (1 << count) - 1,
            };
        }
        set
    }

    /// The set of some documents.
    pub fn of(documents: &[u16]) -> Self {
        let mut set = Self::empty();
        documents.iter().for_each(|&document| set.insert(document));
        set
    }

    /// The bytes of memory that the set takes.
    pub fn nbytes(&self) -> usize {
        std::mem::size_of_val(&*self.0)
    }

    /// Whether the set has a document from 64 times `word` on, among the next 64 times `words` ones.
    pub fn has_any(&self, word: usize, words: usize) -> bool {
        self.0.iter().skip(word).take(words).any(|&bits| bits != 0)
    }

    /// Whether a document is in the set.
    pub fn contains(&self, document: u16) -> bool {
        self.0[usize::from(document >> 6)] >> (document & 63) & 1 == 1
    }

    /// Puts a document in.
    pub fn insert(&mut self, document: u16) {
        self.0[usize::from(document >> 6)] |= 1 << (document & 63);
    }

    /// Takes a document out.
    pub fn remove(&mut self, document: u16) {
        self.0[usize::from(document >> 6)] &= !(1 << (document & 63));
    }

    /// Keeps the documents that are in another set too.
    pub fn intersect(&mut self, other: &Self) {
        self.0
            .iter_mut()
            .zip(&other.0)
            .for_each(|(mine, theirs)| *mine &= theirs);
    }

    /// Puts the documents of another set in.
    pub fn unite(&mut self, other: &Self) {
        self.0
            .iter_mut()
            .zip(&other.0)
            .for_each(|(mine, theirs)| *mine |= theirs);
    }

    /// Takes the documents of another set out.
    pub fn subtract(&mut self, other: &Self) {
        self.0
            .iter_mut()
            .zip(&other.0)
            .for_each(|(mine, theirs)| *mine &= !theirs);
    }

    /// The documents, ascending.
    pub fn documents(&self) -> Vec<u16> {
        let mut documents = Vec::new();
        for (index, &word) in self.0.iter().enumerate() {
            let mut bits = word;
            while bits != 0 {
                documents.push((index * 64) as u16 | bits.trailing_zeros() as u16);
                bits &= bits - 1;
            }
        }
        documents
    }

    /// The bits of each window of documents.
    pub fn windows_mut(&mut self) -> impl Iterator<Item = &mut [u64; WORDS]> {
        self.0
            .chunks_exact_mut(WORDS)
            .filter_map(|bits| bits.try_into().ok())
    }

    /// The bits of the documents from 64 times `word` on.
    pub fn bits(&self, word: usize) -> u64 {
        self.0.get(word).copied().unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    proptest! {
        #[test]
        fn a_set_gives_its_documents_back(
            documents in proptest::collection::btree_set(any::<u16>(), 0..200),
            others in proptest::collection::btree_set(any::<u16>(), 0..200),
        ) {
            let set_of = |some: &BTreeSet<u16>| {
                let mut set = DocumentSet::empty();
                some.iter().for_each(|&document| set.insert(document));
                set
            };
            let mut set = set_of(&documents);
            prop_assert_eq!(set.documents(), documents.iter().copied().collect::<Vec<_>>());
            set.intersect(&set_of(&others));
            let shared: Vec<u16> = documents.intersection(&others).copied().collect();
            prop_assert_eq!(set.documents(), shared);
        }

        #[test]
        fn the_first_documents_are_those_below_their_number(count in 0..=MAX_DOCUMENTS) {
            let documents = DocumentSet::first(count).documents();
            prop_assert_eq!(documents.len(), count);
            prop_assert!(documents.last().is_none_or(|&last| usize::from(last) + 1 == count));
        }
    }
}
