//! One segment, and the segment together with the content of its file.

use std::sync::atomic::AtomicBool;

use once_cell::race::OnceBox;

pub use crate::arrays::Arrays;
use crate::checked_file::{Array, CheckedFile};
use crate::dictionary;
pub use crate::document_set::DocumentSet;
use crate::error::{Error, Result};
use crate::frequent_terms::FrequentTerms;
pub use crate::norms::{Codes, Norms};

/// The documents that a segment may hold.
pub const MAX_DOCUMENTS: usize = 1 << 16;

/// A segment without the content of its file, which each call is given anew.
#[derive(Debug)]
pub struct Segment {
    /// The file, whose blocks are compared with their checksums.
    pub file: CheckedFile,
    /// Where its arrays lie.
    pub arrays: Arrays,
    /// The number of documents, deleted ones included.
    pub documents: usize,
    /// The documents that are not deleted; None where all are live.
    pub live: Option<DocumentSet>,
    /// The tables by which postings are scored.
    pub norms: Norms,
    /// What codes stand for.
    pub codes: Codes,
    /// The beginnings of some terms.
    pub beginnings: dictionary::Beginnings,
    /// Of each term, whether its documents have been checked by a count of many terms.
    pub checked_terms: Box<[AtomicBool]>,
    /// The frequent terms of each document, made by the first count of many terms.
    pub frequent_terms: OnceBox<FrequentTerms>,
}

impl Segment {
    /// A segment; `deleted` are its deleted documents. Fails where numbers do not fit together.
    pub fn new(
        file: CheckedFile,
        arrays: Arrays,
        documents: usize,
        deleted: &[u16],
        norms: Norms,
        codes: Codes,
    ) -> Result<Self> {
        if documents > MAX_DOCUMENTS {
            return Err(Error::Invalid(format!("{documents} documents in a segment")));
        }
        for array in [&arrays.published, &arrays.headline_length] {
            if array.len() != documents {
                return Err(array.damaged(0, "are not as many as there are documents"));
            }
        }
        let live = (!deleted.is_empty()).then(|| {
            let mut live = DocumentSet::first(documents);
            deleted.iter().for_each(|&document| live.remove(document));
            live
        });
        let terms = arrays.term_posting.len().saturating_sub(1);
        Ok(Self {
            frequent_terms: OnceBox::new(),
            checked_terms: std::iter::repeat_with(AtomicBool::default).take(terms).collect(),
            file,
            arrays,
            documents,
            live,
            norms,
            codes,
            beginnings: dictionary::Beginnings::default(),
        })
    }

    /// The segment, ready for terms to be found. Fails for damage.
    pub fn with_dictionary(mut self, content: &[u8]) -> Result<Self> {
        let segment = &self;
        self.beginnings = dictionary::Beginnings::new(View { segment, content })?;
        Ok(self)
    }
}

/// A segment together with the content of its file.
#[derive(Clone, Copy)]
pub struct View<'a> {
    /// The segment.
    pub segment: &'a Segment,
    /// The content of its file.
    pub content: &'a [u8],
}

impl<'a> View<'a> {
    /// The elements `from` to before `to` of an array, checked.
    pub fn part<T: bytemuck::Pod>(&self, array: &Array, from: usize, to: usize) -> Result<&'a [T]> {
        self.segment.file.part(self.content, array, from, to)
    }

    /// All elements of an array, checked.
    pub fn whole<T: bytemuck::Pod>(&self, array: &Array) -> Result<&'a [T]> {
        self.segment.file.whole(self.content, array)
    }

    /// The words in the headline of each document.
    pub fn headline_lengths(&self) -> Result<Lengths<'a>> {
        let array = &self.segment.arrays.headline_length;
        if array.element_size() == 2 {
            return Ok(Lengths::Halves(self.whole(array)?));
        }
        Ok(Lengths::Words(self.whole(array)?))
    }

    /// Whether a document is not deleted.
    pub fn is_live(&self, document: u16) -> bool {
        self.segment
            .live
            .as_ref()
            .is_none_or(|live| live.contains(document))
    }

    /// The documents that are not deleted.
    pub fn live(&self) -> DocumentSet {
        match &self.segment.live {
            Some(live) => live.clone(),
            None => DocumentSet::first(self.segment.documents),
        }
    }
}

/// The lengths of a field in words, by document.
#[derive(Debug, Clone, Copy)]
pub enum Lengths<'a> {
    /// In 16 bits each.
    Halves(&'a [u16]),
    /// In 32 bits each.
    Words(&'a [u32]),
}

impl Lengths<'_> {
    /// The length of a document's field; 0 for a document that the segment does not have.
    pub fn of(&self, document: u16) -> u32 {
        let length = match self {
            Self::Halves(lengths) => lengths.get(usize::from(document)).copied().map(u32::from),
            Self::Words(lengths) => lengths.get(usize::from(document)).copied(),
        };
        length.unwrap_or(0)
    }
}
