//! One of the segments that are merged: its arrays, and the new numbers of its documents.

use std::ops::Range;

use bytemuck::Pod;

use crate::checked_file::{Array, CheckedFile};
use crate::error::{Error, Result};
use crate::writing::position_blocks::PADDING;
use crate::writing::posting_codes::{Triple, RARE_CODE, SLOTS};

use super::decoding::{read_postings, read_values};

/// The new number of a deleted document.
pub const DELETED: u32 = u32::MAX;

/// The content of a segment's file, where its arrays lie, and its checksums.
pub struct Source<'a> {
    /// The whole content.
    pub content: &'a [u8],
    /// The checksums, and which blocks were compared with them.
    pub file: CheckedFile,
    /// The name of each array, with its type, its length and its first byte.
    pub layout: Vec<(String, (String, usize, usize))>,
}

impl<'a> Source<'a> {
    /// A whole array, once its blocks have been compared with their checksums.
    pub fn array<T: Pod>(&self, name: &'static str) -> Result<&'a [T]> {
        let found = self.layout.iter().find(|(other, _)| other == name);
        let (_, (dtype, count, start)) = found.ok_or_else(|| damaged(name, 0, "are missing"))?;
        if !dtype.ends_with(&format!("u{}", size_of::<T>())) {
            return Err(damaged(name, 0, "are of another type"));
        }
        let array = Array::new::<T>(name, *start, *count, self.file.end())?;
        self.file.whole(self.content, &array)
    }
}

/// The error for values of an array that make no sense.
pub fn damaged(array: &'static str, element: usize, reason: &'static str) -> Error {
    Error::Damaged {
        segment: None,
        array,
        element,
        reason,
    }
}

/// Texts or other values that follow one another, with the bounds of each.
#[derive(Debug, Clone, Copy)]
struct Bounded<'a, T> {
    bounds: &'a [u32],
    values: &'a [T],
}

impl<'a, T: Pod> Bounded<'a, T> {
    /// Fails where the bounds do not ascend from 0 to `len`, which is at most the number of the values.
    fn new(name: &'static str, bounds: &'a [u32], values: &'a [T], len: Option<usize>) -> Result<Self> {
        check_bounds(name, bounds, len.ok_or_else(|| damaged(name, 0, "are too few"))?)?;
        Ok(Self { bounds, values })
    }

    fn get(&self, number: usize) -> &'a [T] {
        &self.values[range(self.bounds, number)]
    }

    fn len(&self) -> usize {
        self.bounds.len() - 1
    }
}

fn range(bounds: &[u32], number: usize) -> Range<usize> {
    bounds[number] as usize..bounds[number + 1] as usize
}

fn check_bounds(name: &'static str, bounds: &[u32], end: usize) -> Result<()> {
    if bounds.first() != Some(&0) || bounds.last().map(|&last| last as usize) != Some(end) {
        return Err(damaged(name, 0, "are not the bounds of their parts"));
    }
    match bounds.windows(2).position(|pair| pair[0] > pair[1]) {
        Some(number) => Err(damaged(name, number + 1, "do not ascend")),
        None => Ok(()),
    }
}

/// A live posting of a term.
#[derive(Debug, Clone, Copy)]
pub struct Posting {
    /// The new number of the document.
    pub document: u16,
    /// The frequencies and the mark.
    pub triple: Triple,
    /// The first of the values of its occurrences.
    pub first_value: usize,
}

/// Decoded postings, and memory for the decoding.
#[derive(Debug, Default)]
pub struct Decoded {
    /// The live postings.
    pub postings: Vec<Posting>,
    /// The values of their occurrences, and of those of deleted documents.
    pub values: Vec<u32>,
    documents: Vec<u16>,
    codes: Vec<u8>,
}

impl Decoded {
    /// Drops what was decoded.
    pub fn clear(&mut self) {
        self.postings.clear();
        self.values.clear();
    }
}

struct Rare<'a> {
    posting: &'a [u32],
    headline: &'a [u32],
    body: &'a [u32],
    mark: &'a [u8],
}

/// A segment whose words are merged.
pub struct Part<'a> {
    number: &'a [u32],
    terms: Bounded<'a, u8>,
    term_posting: &'a [u32],
    term_occurrence: &'a [u32],
    posting: Bounded<'a, u8>,
    term_position_byte: &'a [u32],
    position: &'a [u8],
    codes: Vec<Triple>,
    rare: Rare<'a>,
    term_spelling: &'a [u32],
    spellings: Bounded<'a, u8>,
    other_spelling: &'a [u32],
    others: Bounded<'a, u16>,
}

impl<'a> Part<'a> {
    /// The words of a segment; `number` has the new number of each document, or DELETED.
    pub fn new(source: &Source<'a>, number: &'a [u32]) -> Result<Self> {
        let term_text = source.array::<u8>("term_text")?;
        let term_text_end = source.array("term_text_end")?;
        let terms = Bounded::new("term_text_end", term_text_end, term_text, Some(term_text.len()))?;
        let posting = source.array::<u8>("posting")?;
        let posting_byte = source.array("term_posting_byte")?;
        let position = source.array::<u8>("position")?;
        let spelling_text = source.array::<u8>("spelling_text")?;
        let spelling_end = source.array("spelling_text_end")?;
        let other_document = source.array::<u16>("other_document")?;
        let other_first = source.array("other_first")?;
        let part = Self {
            number,
            terms,
            term_posting: source.array("term_posting")?,
            term_occurrence: source.array("term_occurrence")?,
            posting: Bounded::new("term_posting_byte", posting_byte, posting, Some(posting.len()))?,
            term_position_byte: source.array("term_position_byte")?,
            position,
            codes: code_table(source)?,
            rare: Rare {
                posting: source.array("rare_posting")?,
                headline: source.array("rare_headline")?,
                body: source.array("rare_body")?,
                mark: source.array("rare_mark")?,
            },
            term_spelling: source.array("term_spelling")?,
            spellings: Bounded::new(
                "spelling_text_end",
                spelling_end,
                spelling_text,
                Some(spelling_text.len()),
            )?,
            other_spelling: source.array("other_spelling")?,
            others: Bounded::new(
                "other_first",
                other_first,
                other_document,
                Some(other_document.len()),
            )?,
        };
        part.check()?;
        Ok(part)
    }

    /// Checks that the arrays have as many elements as they should, and that terms ascend.
    fn check(&self) -> Result<()> {
        let terms = self.terms.len();
        let bounds = [
            ("term_posting", self.term_posting),
            ("term_occurrence", self.term_occurrence),
            ("term_posting_byte", self.posting.bounds),
            ("term_position_byte", self.term_position_byte),
            ("term_spelling", self.term_spelling),
        ];
        for (name, values) in bounds {
            if values.len() != terms + 1 {
                return Err(damaged(name, 0, "are not as many as there are terms"));
            }
        }
        for (name, values) in [bounds[0], bounds[1]] {
            check_bounds(name, values, values[terms] as usize)?;
        }
        let end = self.position.len().checked_sub(PADDING);
        let end = end.ok_or_else(|| damaged("position", 0, "are too few"))?;
        check_bounds("term_position_byte", self.term_position_byte, end)?;
        check_bounds("term_spelling", self.term_spelling, self.spellings.len())?;
        if self.others.len() != self.other_spelling.len() {
            return Err(damaged("other_first", 0, "are not as many as there are others"));
        }
        let rare = self.rare.posting.len();
        if [
            self.rare.headline.len(),
            self.rare.body.len(),
            self.rare.mark.len(),
        ] != [rare; 3]
        {
            return Err(damaged("rare_posting", 0, "are not as many as their frequencies"));
        }
        match (1..terms).find(|&term| self.term(term - 1) >= self.term(term)) {
            Some(term) => Err(damaged("term_text_end", term, "are of terms out of order")),
            None => Ok(()),
        }
    }

    /// The number of terms.
    pub fn terms(&self) -> usize {
        self.terms.len()
    }

    /// The text of a term.
    pub fn term(&self, term: usize) -> &'a [u8] {
        self.terms.get(term)
    }

    /// The occurrences before each term, and all.
    pub fn occurrences(&self) -> &'a [u32] {
        self.term_occurrence
    }

    /// The numbers of the spellings of a term, by slot.
    pub fn spellings(&self, term: usize) -> Range<usize> {
        range(self.term_spelling, term)
    }

    /// The text of a spelling of a term.
    pub fn spelling(&self, term: usize, spelling: usize) -> &'a [u8] {
        match self.spellings.get(spelling) {
            [] => self.term(term),
            text => text,
        }
    }

    /// Appends the new numbers of the live documents of a spelling that has no bit.
    pub fn other_documents(&self, spelling: usize, found: &mut Vec<u16>) -> Result<()> {
        let row = self.other_spelling.binary_search(&(spelling as u32));
        let row = row.map_err(|row| damaged("other_spelling", row, "lack a spelling"))?;
        for &document in self.others.get(row) {
            match self.number.get(usize::from(document)) {
                None => return Err(damaged("other_document", 0, "are beyond the last document")),
                Some(&DELETED) => (),
                Some(&number) => found.push(number as u16),
            }
        }
        Ok(())
    }

    /// Appends the live postings of a term.
    pub fn decode(&self, term: usize, decoded: &mut Decoded) -> Result<()> {
        let Decoded {
            postings,
            values,
            documents,
            codes,
        } = decoded;
        let numbers = range(self.term_posting, term);
        documents.clear();
        codes.clear();
        read_postings(
            self.posting.get(term),
            numbers.len(),
            self.number.len(),
            documents,
            codes,
        )
        .map_err(|reason| damaged("posting", self.posting.bounds[term] as usize, reason))?;
        let occurrences = range(self.term_occurrence, term).len();
        let first_value = values.len();
        let bytes = range(self.term_position_byte, term);
        read_values(
            &self.position[bytes.start..bytes.end + PADDING],
            occurrences,
            values,
        )
        .map_err(|reason| damaged("position", bytes.start, reason))?;
        let mut rare = self
            .rare
            .posting
            .partition_point(|&posting| (posting as usize) < numbers.start);
        let mut next = first_value;
        for (place, (&document, &code)) in documents.iter().zip(codes.iter()).enumerate() {
            let triple = if code == RARE_CODE {
                rare += 1;
                self.rare_triple(rare - 1, numbers.start + place)?
            } else {
                let triple = self.codes.get(usize::from(code)).copied();
                triple.ok_or_else(|| {
                    damaged("posting", self.posting.bounds[term] as usize, "are in no table")
                })?
            };
            let number = self.number[usize::from(document)];
            if number != DELETED {
                postings.push(Posting {
                    document: number as u16,
                    triple,
                    first_value: next,
                });
            }
            next += triple.headline as usize + triple.body as usize;
        }
        if next - first_value != occurrences {
            return Err(damaged("term_occurrence", term, "do not fit the frequencies"));
        }
        Ok(())
    }

    fn rare_triple(&self, row: usize, posting: usize) -> Result<Triple> {
        if self.rare.posting.get(row).map(|&listed| listed as usize) != Some(posting) {
            return Err(damaged("rare_posting", row, "are not those listed"));
        }
        Ok(Triple {
            headline: self.rare.headline[row],
            body: self.rare.body[row],
            mark: self.rare.mark[row] & ((1 << SLOTS) - 1),
        })
    }
}

fn code_table(source: &Source<'_>) -> Result<Vec<Triple>> {
    let headline = source.array::<u32>("code_headline")?;
    let body = source.array::<u32>("code_body")?;
    let mark = source.array::<u8>("code_mark")?;
    if headline.len() != body.len() || body.len() != mark.len() {
        return Err(damaged("code_mark", 0, "are not as many as their frequencies"));
    }
    let triples = headline.iter().zip(body).zip(mark);
    Ok(triples
        .map(|((&headline, &body), &mark)| Triple {
            headline,
            body,
            mark: mark & ((1 << SLOTS) - 1),
        })
        .collect())
}
