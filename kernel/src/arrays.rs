//! Where the arrays that the kernel reads lie in the file of a segment.

use crate::checked_file::Array;
use crate::dictionary;
use crate::error::{Error, Result};

/// Where the arrays lie in the file; `newsindex/storage/FORMAT.md` says what is in them.
#[derive(Debug, Clone)]
pub struct Arrays {
    /// The first posting of each term, and the end.
    pub term_posting: Array,
    /// The first occurrence of each term, and the end.
    pub term_occurrence: Array,
    /// The first byte of each term in `posting`, and the end.
    pub term_posting_byte: Array,
    /// The first byte of each term in `position`, and the end.
    pub term_position_byte: Array,
    /// The documents and the codes of the postings, packed.
    pub posting: Array,
    /// The positions of the occurrences, packed.
    pub position: Array,
    /// The postings that are listed apart.
    pub rare_posting: Array,
    /// Their occurrences in the headline.
    pub rare_headline: Array,
    /// Their occurrences in the body.
    pub rare_body: Array,
    /// Their marks.
    pub rare_mark: Array,
    /// The spellings that list their documents.
    pub other_spelling: Array,
    /// The first document in the list of each, and the end.
    pub other_first: Array,
    /// The documents of the lists.
    pub other_document: Array,
    /// The minute of publication of each document.
    pub published: Array,
    /// The words in the headline of each document, in 16 or in 32 bits.
    pub headline_length: Array,
    /// Those of the dictionary.
    pub dictionary: dictionary::Arrays,
}

/// The types that an array may have.
type Types = &'static [&'static str];

const BYTES: Types = &["|u1", "<u1"];
const HALVES: Types = &["<u2"];
const WORDS: Types = &["<u4"];
const SIGNED_WORDS: Types = &["<i4"];
const HALVES_OR_WORDS: Types = &["<u2", "<u4"];

impl Arrays {
    /// Finds each array by its name. `find` gives the type, the count and the first byte of an array.
    pub fn locate(end: usize, find: impl Fn(&'static str) -> Result<(String, usize, usize)>) -> Result<Self> {
        let one = |name: &'static str, types: Types| -> Result<Array> {
            let (dtype, count, start) = find(name)?;
            match dtype.as_str() {
                other if !types.contains(&other) => Err(Error::Damaged {
                    segment: None,
                    array: name,
                    element: 0,
                    reason: "are of another type",
                }),
                "<u2" => Array::new::<u16>(name, start, count, end),
                "<u4" | "<i4" => Array::new::<u32>(name, start, count, end),
                _ => Array::new::<u8>(name, start, count, end),
            }
        };
        Ok(Self {
            term_posting: one("term_posting", WORDS)?,
            term_occurrence: one("term_occurrence", WORDS)?,
            term_posting_byte: one("term_posting_byte", WORDS)?,
            term_position_byte: one("term_position_byte", WORDS)?,
            posting: one("posting", BYTES)?,
            position: one("position", BYTES)?,
            rare_posting: one("rare_posting", WORDS)?,
            rare_headline: one("rare_headline", WORDS)?,
            rare_body: one("rare_body", WORDS)?,
            rare_mark: one("rare_mark", BYTES)?,
            other_spelling: one("other_spelling", WORDS)?,
            other_first: one("other_first", WORDS)?,
            other_document: one("other_document", HALVES)?,
            published: one("published", SIGNED_WORDS)?,
            headline_length: one("headline_length", HALVES_OR_WORDS)?,
            dictionary: dictionary::Arrays::locate(|name| {
                let types = match name {
                    "term_text" | "spelling_text" => BYTES,
                    "spelling_documents" => HALVES,
                    _ => WORDS,
                };
                one(name, types)
            })?,
        })
    }
}
