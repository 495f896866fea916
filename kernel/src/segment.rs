//! One segment: its arrays, and the tables by which a posting is scored.

use crate::checked_file::{Array, CheckedFile};
use crate::dictionary;
use crate::error::{Error, Result};

/// The documents that a segment may hold.
pub const MAX_DOCUMENTS: usize = 1 << 16;
/// The code of a posting whose frequencies and mark are listed apart.
pub const RARE_CODE: u8 = 255;
/// The number of codes; a code is one byte.
pub const CODES: usize = 256;
/// The number of classes of documents by the lengths of their fields.
pub const CLASSES: usize = 256;

/// Where the arrays that ranking reads lie in the file.
#[derive(Debug, Clone)]
pub struct Arrays {
    /// The first posting of each term, and the end.
    pub term_posting: Array,
    /// The first occurrence of each term, and the end.
    pub term_occurrence: Array,
    /// The upper planes that the positions of each term have.
    pub term_width: Array,
    /// The first byte of each term in the second plane.
    pub term_middle: Array,
    /// The first value of each term in the third plane.
    pub term_high: Array,
    /// The document of each posting.
    pub posting_document: Array,
    /// The code of each posting.
    pub posting_code: Array,
    /// The postings that are listed apart.
    pub rare_posting: Array,
    /// Their occurrences in the headline.
    pub rare_headline: Array,
    /// Their occurrences in the body.
    pub rare_body: Array,
    /// Their marks.
    pub rare_mark: Array,
    /// The low 8 bits of each position.
    pub occurrence_low: Array,
    /// The next 4 bits, two positions a byte.
    pub occurrence_middle: Array,
    /// The other bits.
    pub occurrence_high: Array,
    /// The spellings that list their documents.
    pub other_spelling: Array,
    /// The first document in the list of each, and the end.
    pub other_first: Array,
    /// The documents of the lists.
    pub other_document: Array,
    /// The minute of publication of each document.
    pub published: Array,
    /// The words in the headline of each document.
    pub headline_length: Array,
    /// Those of the dictionary.
    pub dictionary: dictionary::Arrays,
}

impl Arrays {
    /// Finds each array by its name. `find` gives the type, the count and the first byte of an array.
    pub fn locate(end: usize, find: impl Fn(&'static str) -> Result<(String, usize, usize)>) -> Result<Self> {
        let one = |name: &'static str| -> Result<Array> {
            let (dtype, count, start) = find(name)?;
            let array = match (dtype.as_str(), expected_type(name)) {
                ("|u1" | "<u1", "u1") => Array::new::<u8>(name, start, count, end),
                ("<u2", "u2") => Array::new::<u16>(name, start, count, end),
                ("<u4", "u4") => Array::new::<u32>(name, start, count, end),
                ("<i4", "i4") => Array::new::<i32>(name, start, count, end),
                _ => Err(Error::Damaged {
                    segment: None,
                    array: name,
                    element: 0,
                    reason: "are of another type",
                }),
            };
            array
        };
        Ok(Self {
            term_posting: one("term_posting")?,
            term_occurrence: one("term_occurrence")?,
            term_width: one("term_width")?,
            term_middle: one("term_middle")?,
            term_high: one("term_high")?,
            posting_document: one("posting_document")?,
            posting_code: one("posting_code")?,
            rare_posting: one("rare_posting")?,
            rare_headline: one("rare_headline")?,
            rare_body: one("rare_body")?,
            rare_mark: one("rare_mark")?,
            occurrence_low: one("occurrence_low")?,
            occurrence_middle: one("occurrence_middle")?,
            occurrence_high: one("occurrence_high")?,
            other_spelling: one("other_spelling")?,
            other_first: one("other_first")?,
            other_document: one("other_document")?,
            published: one("published")?,
            headline_length: one("headline_length")?,
            dictionary: dictionary::Arrays::locate(one)?,
        })
    }
}

fn expected_type(name: &str) -> &'static str {
    match name {
        "posting_code" | "term_width" | "rare_mark" | "occurrence_low" | "occurrence_middle" => "u1",
        "term_text" | "spelling_text" => "u1",
        "posting_document" | "other_document" | "spelling_documents" => "u2",
        "published" => "i4",
        _ => "u4",
    }
}

/// The tables by which the postings of a segment are scored; `newsindex/query/evaluation/field_norms.py`
/// computes them.
#[derive(Debug)]
pub struct Norms {
    /// The first entry of each document in `table`, its class times [`CODES`].
    pub rows: Box<[u16; MAX_DOCUMENTS]>,
    /// w / (k1 + w) for each class and code.
    pub table: Box<[f32; CLASSES * CODES]>,
    /// The weight of an occurrence in the headline, by class.
    pub headline: Box<[f32; CLASSES]>,
    /// The weight of an occurrence in the body, by class.
    pub body: Box<[f32; CLASSES]>,
    /// The k1 of BM25F.
    pub k1: f32,
}

impl Norms {
    /// Tables of the given values; a shorter list is filled up with zeros. Fails for a longer one.
    pub fn new(rows: &[u16], table: &[f32], headline: &[f32], body: &[f32], k1: f32) -> Result<Self> {
        Ok(Self {
            rows: filled(rows)?,
            table: filled(table)?,
            headline: filled(headline)?,
            body: filled(body)?,
            k1,
        })
    }

    /// The w of BM25F of some frequencies in a document.
    pub fn weight(&self, document: u16, headline: u32, body: u32) -> f32 {
        let class = (self.rows[usize::from(document)] >> 8) as usize;
        headline as f32 * self.headline[class] + body as f32 * self.body[class]
    }

    /// Computes w / (k1 + w).
    pub fn saturate(&self, weight: f32) -> f32 {
        weight / (weight + self.k1)
    }
}

/// What the codes of postings stand for.
#[derive(Debug)]
pub struct Codes {
    /// The occurrences in headline and body together.
    pub count: Box<[u32; CODES]>,
    /// The occurrences in the headline.
    pub headline: Box<[u32; CODES]>,
    /// The mark: a bit for each of the first spellings of the term.
    pub mark: Box<[u8; CODES]>,
}

impl Codes {
    /// Codes of the given values; there must be one of each for every code but the last, [`RARE_CODE`].
    pub fn new(headline: &[u32], body: &[u32], mark: &[u8]) -> Result<Self> {
        let known = usize::from(RARE_CODE);
        if [headline.len(), body.len(), mark.len()] != [known; 3] {
            return Err(Error::Damaged {
                segment: None,
                array: "code_headline",
                element: 0,
                reason: "are not 255",
            });
        }
        let counts: Vec<u32> = headline
            .iter()
            .zip(body)
            .map(|(a, b)| a.saturating_add(*b))
            .collect();
        Ok(Self {
            count: filled(&counts)?,
            headline: filled(headline)?,
            mark: filled(mark)?,
        })
    }

    /// The occurrences in headline and body that a code stands for.
    pub fn frequencies(&self, code: u8) -> (u32, u32) {
        let (headline, count) = (self.headline[usize::from(code)], self.count[usize::from(code)]);
        (headline, count - headline)
    }
}

fn filled<T: Copy + Default, const N: usize>(values: &[T]) -> Result<Box<[T; N]>> {
    let mut all = vec![T::default(); N].into_boxed_slice();
    all.get_mut(..values.len())
        .ok_or_else(|| Error::Invalid(format!("{} values, more than {N}", values.len())))?
        .copy_from_slice(values);
    all.try_into()
        .map_err(|_| Error::Invalid("a table of another size".into()))
}

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

    /// The bits of the documents from 64 times `word` on.
    pub fn bits(&self, word: usize) -> u64 {
        self.0.get(word).copied().unwrap_or(0)
    }
}

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
        if arrays.posting_code.len() != arrays.posting_document.len() {
            return Err(arrays
                .posting_code
                .damaged(0, "are not as many as there are postings"));
        }
        let live = (!deleted.is_empty()).then(|| {
            let mut live = DocumentSet::first(documents);
            deleted.iter().for_each(|&document| live.remove(document));
            live
        });
        Ok(Self {
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
