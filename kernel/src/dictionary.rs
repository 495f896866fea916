//! The terms of a segment and the spellings of each, found by their text.
//!
//! Terms are sorted by their text. The spellings of a term have consecutive numbers, the most frequent one first;
//! the place of a spelling among those of its term is its *slot* (`newsindex/storage/spelling_table.py`).

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::checked_file::Array;
use crate::deadline::Deadline;
use crate::error::Result;
use crate::segment::View;
use crate::term::{Term, TermInSegment};
use crate::word::{SimilarSpellings, SpellingSet};

/// The number of spellings of a term that have a bit in marks.
const SLOTS: usize = 5;
/// The sign before a hashtag, by which its spelling differs from that of the word.
const HASH: u8 = b'#';
/// The terms between two whose beginnings are kept in memory.
const PAGE: usize = 64;
/// The bytes of a beginning.
const BEGINNING: usize = 8;

/// Where the arrays of the dictionary lie in the file.
#[derive(Debug, Clone)]
pub struct Arrays {
    /// The texts of all terms, one after another.
    pub term_text: Array,
    /// Where each text begins, and the end.
    pub term_text_end: Array,
    /// The first spelling of each term, and the end.
    pub term_spelling: Array,
    /// The texts of all spellings; one that is like its term is empty.
    pub spelling_text: Array,
    /// Where each text begins, and the end.
    pub spelling_text_end: Array,
    /// The number of documents that have each spelling, less 1.
    pub spelling_documents: Array,
}

impl Arrays {
    /// Finds each array by `one`, which is given its name.
    pub fn locate(one: impl Fn(&'static str) -> Result<Array>) -> Result<Self> {
        let arrays = Self {
            term_text: one("term_text")?,
            term_text_end: one("term_text_end")?,
            term_spelling: one("term_spelling")?,
            spelling_text: one("spelling_text")?,
            spelling_text_end: one("spelling_text_end")?,
            spelling_documents: one("spelling_documents")?,
        };
        if arrays.term_text_end.is_empty() {
            return Err(arrays.term_text_end.damaged(0, "have no end"));
        }
        Ok(arrays)
    }
}

/// The first bytes of every so many terms, as numbers that are ordered like the texts: a term is sought among them
/// first, so that most of the search reads memory that is near.
#[derive(Debug, Clone, Default)]
pub struct Beginnings(Box<[u64]>);

impl Beginnings {
    /// Reads the beginnings. Fails for damage.
    pub fn new(view: View<'_>) -> Result<Self> {
        let dictionary = Dictionary::new(view);
        let beginnings = (0..dictionary.len()).step_by(PAGE);
        let beginnings = beginnings.map(|term| Ok(beginning(dictionary.text(term)?)));
        Ok(Self(beginnings.collect::<Result<_>>()?))
    }

    /// The terms among which the first one is that is not below a text, of so many terms.
    fn range(&self, text: &[u8], terms: usize) -> (usize, usize) {
        let sought = beginning(text);
        let low = self.0.partition_point(|&other| other < sought).saturating_sub(1);
        let high = low + self.0[low..].partition_point(|&other| other <= sought);
        (low * PAGE, (high * PAGE).min(terms))
    }
}

fn beginning(text: &[u8]) -> u64 {
    let mut bytes = [0; BEGINNING];
    let length = text.len().min(BEGINNING);
    bytes[..length].copy_from_slice(&text[..length]);
    u64::from_be_bytes(bytes)
}

/// The dictionary of one segment.
#[derive(Clone, Copy)]
pub struct Dictionary<'a> {
    view: View<'a>,
    arrays: &'a Arrays,
}

impl<'a> Dictionary<'a> {
    /// The dictionary of a segment.
    pub fn new(view: View<'a>) -> Self {
        let arrays = &view.segment.arrays.dictionary;
        Self { view, arrays }
    }

    /// The number of terms.
    pub fn len(&self) -> usize {
        self.arrays.term_text_end.len() - 1
    }

    /// Whether the segment has no terms.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The text of a term.
    pub fn text(&self, term: usize) -> Result<&'a [u8]> {
        let ends: &[u32] = self.view.part(&self.arrays.term_text_end, term, term + 2)?;
        self.view
            .part(&self.arrays.term_text, ends[0] as usize, ends[1] as usize)
    }

    /// The number of the first term whose text is not below another one.
    fn first_from(&self, text: &[u8]) -> Result<usize> {
        let (mut low, mut high) = self.view.segment.beginnings.range(text, self.len());
        while low < high {
            let middle = low + (high - low) / 2;
            if self.text(middle)? < text {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        Ok(low)
    }

    /// The number of a term, None where the segment does not have it.
    pub fn find(&self, text: &[u8]) -> Result<Option<usize>> {
        let term = self.first_from(text)?;
        Ok((term < self.len() && self.text(term)? == text).then_some(term))
    }

    /// The texts of the first terms from `low` to before `high`, at most `limit`.
    pub fn range(&self, low: &[u8], high: &[u8], limit: usize) -> Result<Vec<&'a [u8]>> {
        let first = self.first_from(low)?;
        let mut found = Vec::new();
        for term in first..self.len().min(first.saturating_add(limit)) {
            let text = self.text(term)?;
            if text >= high {
                break;
            }
            found.push(text);
        }
        Ok(found)
    }

    /// The spellings of a term.
    pub fn spellings(&self, term: usize) -> Result<Spellings<'a>> {
        let arrays = self.arrays;
        let bounds: &[u32] = self.view.part(&arrays.term_spelling, term, term + 2)?;
        let (first, last) = (bounds[0] as usize, bounds[1] as usize);
        if first > last {
            return Err(arrays.term_spelling.damaged(term, "do not ascend"));
        }
        let ends: &[u32] = self.view.part(&arrays.spelling_text_end, first, last + 1)?;
        let (start, stop) = (ends[0] as usize, ends[ends.len() - 1] as usize);
        let text = self.view.part(&arrays.spelling_text, start, stop)?;
        let documents = self.view.part(&arrays.spelling_documents, first, last)?;
        if let Some(wrong) = ends.windows(2).position(|pair| pair[0] > pair[1]) {
            return Err(arrays.spelling_text_end.damaged(first + wrong, "do not ascend"));
        }
        Ok(Spellings {
            first,
            ends,
            text,
            documents,
            of_term: self.text(term)?,
        })
    }
}

/// The spellings of one term in one segment, by slot.
pub struct Spellings<'a> {
    /// The number of the first one.
    pub first: usize,
    ends: &'a [u32], // ascending
    text: &'a [u8],
    documents: &'a [u16],
    of_term: &'a [u8],
}

impl<'a> Spellings<'a> {
    /// How many there are.
    pub fn len(&self) -> usize {
        self.documents.len()
    }

    /// Whether the term has no spelling.
    pub fn is_empty(&self) -> bool {
        self.documents.is_empty()
    }

    /// Their texts, by slot.
    pub fn texts(&self) -> impl Iterator<Item = &'a [u8]> + '_ {
        let start = self.ends[0];
        self.ends.windows(2).map(move |pair| {
            let (from, to) = ((pair[0] - start) as usize, (pair[1] - start) as usize);
            match &self.text[from..to] {
                [] => self.of_term,
                text => text,
            }
        })
    }

    /// The set of the spellings in some slots, ascending.
    fn set(&self, slots: &[usize]) -> SpellingSet {
        let with_bit = slots.iter().take_while(|&&slot| slot < SLOTS);
        let others = slots.iter().filter(|&&slot| slot >= SLOTS);
        SpellingSet {
            bits: with_bit.fold(0, |bits, slot| bits | 1 << slot),
            others: others.map(|slot| (self.first + slot) as u32).collect(),
            complete: !slots.is_empty() && slots.len() == self.len(),
            empty: slots.is_empty(),
        }
    }
}

/// A word as it was typed.
#[derive(Debug, Clone, Copy)]
pub struct Typed<'a> {
    /// Its spelling, in lower case.
    pub spelling: &'a [u8],
    /// The spelling in plain letters.
    pub folded: &'a [u8],
}

impl Typed<'_> {
    fn is_surely_alike(&self, text: &[u8]) -> bool {
        text == self.spelling || text == self.folded
    }

    /// Whether only the plain letters of a spelling tell whether it is like the typed one.
    fn is_open(&self, text: &[u8]) -> bool {
        (!text.is_ascii() || text.first() == Some(&HASH)) && !self.is_surely_alike(text)
    }
}

/// The spellings of a term, in all segments, whose plain letters have to be compared with those of a typed word.
pub fn open_spellings<'a>(views: &[View<'a>], term: &Term, typed: Typed<'_>) -> Result<BTreeSet<&'a [u8]>> {
    let mut open = BTreeSet::new();
    for (segment, (&view, number)) in views.iter().zip(&term.numbers).enumerate() {
        let Some(number) = number else { continue };
        let spellings = Dictionary::new(view).spellings(*number);
        let spellings = spellings.map_err(|error| error.in_segment(segment))?;
        open.extend(spellings.texts().filter(|text| typed.is_open(text)));
    }
    Ok(open)
}

/// The spellings of a term that are like a typed one, by segment, and how many live documents have them, each
/// spelling counted by itself. `alike` are those of [`open_spellings`] whose plain letters are the typed ones.
pub fn similar_spellings(
    views: &[View<'_>],
    term: &Arc<Term>,
    typed: Typed<'_>,
    alike: &BTreeSet<Vec<u8>>,
    deadline: Deadline,
) -> Result<(Vec<Option<SimilarSpellings>>, usize)> {
    let mut by_segment = Vec::with_capacity(views.len());
    let mut documents = 0;
    for (segment, &view) in views.iter().enumerate() {
        deadline.check()?;
        let (Some(Some(number)), Some(Some(in_segment))) =
            (term.numbers.get(segment), term.segments.get(segment))
        else {
            by_segment.push(None);
            continue;
        };
        let found = similar_in_segment(view, *number, in_segment, typed, alike);
        let (similar, count) = found.map_err(|error| error.in_segment(segment))?;
        documents += count;
        by_segment.push(Some(similar));
    }
    Ok((by_segment, documents))
}

fn similar_in_segment(
    view: View<'_>,
    number: usize,
    term: &TermInSegment,
    typed: Typed<'_>,
    alike: &BTreeSet<Vec<u8>>,
) -> Result<(SimilarSpellings, usize)> {
    let spellings = Dictionary::new(view).spellings(number)?;
    let mut slots = Vec::new();
    let mut exact = Vec::new();
    for (slot, text) in spellings.texts().enumerate() {
        if typed.is_surely_alike(text) || (typed.is_open(text) && alike.contains(text)) {
            slots.push(slot);
            if text == typed.spelling {
                exact.push(slot);
            }
        }
    }
    let similar = SimilarSpellings {
        alike: spellings.set(&slots),
        exact: spellings.set(&exact),
    };
    let documents = match &view.segment.live {
        None => slots
            .iter()
            .map(|&slot| usize::from(spellings.documents[slot]) + 1)
            .sum(),
        Some(_) => live_documents_of(view, term, &similar.alike)?,
    };
    Ok((similar, documents))
}

/// The number of live documents that have the spellings of a set, each spelling counted by itself.
fn live_documents_of(view: View<'_>, term: &TermInSegment, set: &SpellingSet) -> Result<usize> {
    let mut count = 0;
    if set.bits != 0 {
        let marks = &view.segment.codes.mark;
        let mut rare = term.rare.iter().peekable();
        let codes = term.codes(view)?;
        for (posting, document) in term.documents(view)?.to_vec().into_iter().enumerate() {
            let listed = rare.next_if(|rare| rare.posting as usize == posting);
            let mark = listed.map_or(marks[usize::from(codes.of(posting))], |rare| rare.mark);
            if mark & set.bits != 0 && view.is_live(document) {
                count += (mark & set.bits).count_ones() as usize;
            }
        }
    }
    for &spelling in &set.others {
        let documents = other_documents(view, spelling)?;
        count += documents
            .iter()
            .filter(|&&document| view.is_live(document))
            .count();
    }
    Ok(count)
}

/// The documents of a spelling that has no bit.
fn other_documents<'a>(view: View<'a>, spelling: u32) -> Result<&'a [u16]> {
    let arrays = &view.segment.arrays;
    let spellings: &[u32] = view.whole(&arrays.other_spelling)?;
    let row = spellings.partition_point(|&other| other < spelling);
    if spellings.get(row) != Some(&spelling) {
        return Err(arrays.other_spelling.damaged(row, "lack a spelling"));
    }
    let bounds: &[u32] = view.part(&arrays.other_first, row, row + 2)?;
    view.part(&arrays.other_document, bounds[0] as usize, bounds[1] as usize)
}

/// The numbers of a term by segment.
pub fn term_numbers(views: &[View<'_>], text: &[u8], deadline: Deadline) -> Result<Vec<Option<usize>>> {
    let mut numbers = Vec::with_capacity(views.len());
    for (segment, &view) in views.iter().enumerate() {
        deadline.check()?;
        let number = Dictionary::new(view).find(text);
        numbers.push(number.map_err(|error| error.in_segment(segment))?);
    }
    Ok(numbers)
}

/// How many live documents have a term. Of a segment without deletions no posting is read.
pub fn document_frequency(views: &[View<'_>], text: &[u8], deadline: Deadline) -> Result<usize> {
    let mut count = 0;
    let numbers = term_numbers(views, text, deadline)?;
    for (segment, (&view, number)) in views.iter().zip(numbers).enumerate() {
        if let Some(number) = number {
            let documents = live_documents(view, number);
            count += documents.map_err(|error| error.in_segment(segment))?;
        }
    }
    Ok(count)
}

/// How many live documents of a segment have a term.
fn live_documents(view: View<'_>, number: usize) -> Result<usize> {
    if view.segment.live.is_some() {
        return TermInSegment::new(view, number)?.live_documents(view);
    }
    let arrays = &view.segment.arrays;
    let bounds: &[u32] = view.part(&arrays.term_posting, number, number + 2)?;
    let count = bounds[1].checked_sub(bounds[0]);
    count
        .map(|count| count as usize)
        .ok_or_else(|| arrays.term_posting.damaged(number, "do not ascend"))
}

/// The texts of the terms from `low` to before `high`, those of all segments together, at most `limit` of each.
pub fn term_range(
    views: &[View<'_>],
    low: &[u8],
    high: &[u8],
    limit: usize,
    deadline: Deadline,
) -> Result<BTreeSet<Vec<u8>>> {
    let mut found = BTreeSet::new();
    for (segment, &view) in views.iter().enumerate() {
        deadline.check()?;
        let texts = Dictionary::new(view).range(low, high, limit);
        let texts = texts.map_err(|error| error.in_segment(segment))?;
        found.extend(texts.into_iter().map(<[u8]>::to_vec));
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{one_term, seal, Content};
    use proptest::prelude::*;

    fn texts() -> impl Strategy<Value = BTreeSet<String>> {
        proptest::collection::btree_set("[a-cé]{1,5}", 0..60)
    }

    fn ends<T: AsRef<str>>(texts: &[T]) -> Vec<u32> {
        let lengths = texts.iter().map(|text| text.as_ref().len() as u32);
        let sums = lengths.scan(0, |sum, length| {
            *sum += length;
            Some(*sum)
        });
        std::iter::once(0).chain(sums).collect()
    }

    /// A segment whose terms have these texts, and two spellings each: the term, and the term with an s.
    fn content(terms: &[String]) -> Content {
        let spellings: Vec<String> = terms
            .iter()
            .flat_map(|term| [String::new(), format!("{term}s")])
            .collect();
        let mut content = one_term(&[], 10);
        content
            .words
            .retain(|(name, _)| !name.contains("text_end") && *name != "term_spelling");
        content.words.push(("term_text_end", ends(terms)));
        content.words.push(("spelling_text_end", ends(&spellings)));
        content.words.push((
            "term_spelling",
            (0..=terms.len() as u32).map(|term| term * 2).collect(),
        ));
        content.halves.retain(|(name, _)| *name != "spelling_documents");
        content
            .halves
            .push(("spelling_documents", vec![2; spellings.len()]));
        content.bytes.retain(|(name, _)| !name.ends_with("_text"));
        content.bytes.push(("term_text", terms.concat().into()));
        content.bytes.push(("spelling_text", spellings.concat().into()));
        content
    }

    proptest! {
        #[test]
        fn a_term_is_found_where_it_is(terms in texts(), others in texts(), limit in 0..9usize) {
            let listed: Vec<String> = terms.iter().cloned().collect();
            let sealed = seal(&content(&listed)).unwrap();
            let dictionary = Dictionary::new(sealed.view());
            for text in terms.iter().chain(&others) {
                let expected = listed.iter().position(|term| term == text);
                prop_assert_eq!(dictionary.find(text.as_bytes()).unwrap(), expected);
            }
            for (low, high) in others.iter().zip(others.iter().skip(1)) {
                let within = terms.range(low.clone()..high.clone()).take(limit);
                let expected: Vec<&[u8]> = within.map(|term| term.as_bytes()).collect();
                let found = dictionary.range(low.as_bytes(), high.as_bytes(), limit).unwrap();
                prop_assert_eq!(found, expected);
            }
        }

        #[test]
        fn the_spellings_of_a_term_are_those_that_were_written(terms in texts()) {
            let listed: Vec<String> = terms.iter().cloned().collect();
            let sealed = seal(&content(&listed)).unwrap();
            let dictionary = Dictionary::new(sealed.view());
            for (number, term) in listed.iter().enumerate() {
                let spellings = dictionary.spellings(number).unwrap();
                let found: Vec<&[u8]> = spellings.texts().collect();
                prop_assert_eq!(spellings.first, number * 2);
                let plural = format!("{term}s");
                prop_assert_eq!(found, vec![term.as_bytes(), plural.as_bytes()]);
            }
        }

        #[test]
        fn bounds_that_make_no_sense_are_refused(
            terms in texts(), name in 0..3usize, place in 0..130usize, value in any::<u32>(),
        ) {
            let listed: Vec<String> = terms.iter().cloned().collect();
            let mut content = content(&listed);
            let name = ["term_text_end", "spelling_text_end", "term_spelling"][name];
            for (_, values) in content.words.iter_mut().filter(|(other, _)| *other == name) {
                let count = values.len();
                values[place % count] = value;
            }
            let Ok(sealed) = seal(&content) else { return Ok(()) };
            let dictionary = Dictionary::new(sealed.view());
            for (number, text) in listed.iter().enumerate() {
                let _ = dictionary.find(text.as_bytes());
                if let Ok(spellings) = dictionary.spellings(number) {
                    prop_assert_eq!(spellings.texts().count(), spellings.len());
                }
            }
        }
    }
}
