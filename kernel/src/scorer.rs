//! Scores the postings of a word of one query in one segment.

use crate::error::Result;
use crate::norms::CODES;
use crate::packed::codes::SKIP;
use crate::packed::documents::{Documents, WINDOW};
use crate::segment::View;
use crate::term::{TermCodes, TermInSegment};
use crate::word::{SimilarSpellings, SpecialPosting, SpellingSet, Weights, Word};

/// The number of marks, which have a bit for each of five spellings.
const MARKS: usize = 1 << 5;

/// The sums of the scores of the documents in a window, by their place in it.
pub type WindowSums = [f32; WINDOW];

/// Where the postings of a window are unpacked.
pub struct Unpacked {
    documents: [u16; WINDOW],
    codes: [u8; WINDOW + 8],
}

impl Unpacked {
    /// Empty buffers.
    pub fn new() -> Self {
        Self {
            documents: [0; WINDOW],
            codes: [0; WINDOW + 8],
        }
    }
}

impl Default for Unpacked {
    fn default() -> Self {
        Self::new()
    }
}

/// A word of one query in one segment, ready to score postings.
pub struct Scorer<'a> {
    /// The term in the segment.
    pub term: &'a TermInSegment,
    /// The documents of the term.
    pub documents: Documents<'a>,
    codes: TermCodes<'a>,
    view: View<'a>,
    special: &'a [SpecialPosting],
    by_code: [f32; CODES],
    by_mark: [f32; MARKS],
    other_alike: f32,
    other_exact: f32,
}

impl<'a> Scorer<'a> {
    /// The scorer of a word in a segment of the collection, None where the segment does not have the term.
    ///
    /// Every operation is that of `SpellingPostings.factors`, in its order and precision.
    pub fn new(view: View<'a>, segment: usize, word: &'a Word, weights: Weights) -> Result<Option<Self>> {
        let (Some(Some(term)), Some(Some(of_word))) =
            (word.term.segments.get(segment), word.segments.get(segment))
        else {
            return Ok(None);
        };
        let SimilarSpellings { alike, exact } = &of_word.spellings;
        let mut factor = weights.term;
        let mut by_mark = None;
        let (mut other_alike, mut other_exact) = (0.0, 0.0);
        if let Some((more_alike, more_exact)) = weights.added.filter(|_| !alike.empty) {
            if alike.complete && (exact.complete || exact.empty) {
                factor += if exact.empty {
                    more_alike
                } else {
                    more_alike + more_exact
                };
            } else {
                (other_alike, other_exact) = (more_alike as f32, more_exact as f32);
                let of_mark = |mark: usize| {
                    let has = |set: &SpellingSet| if mark as u8 & set.bits == 0 { 0.0_f32 } else { 1.0 };
                    factor as f32 + has(alike) * other_alike + has(exact) * other_exact
                };
                by_mark = Some(std::array::from_fn(of_mark));
            }
        }
        let by_mark = by_mark.unwrap_or([factor as f32; MARKS]);
        let marks = &view.segment.codes.mark;
        Ok(Some(Self {
            term,
            documents: term.documents(view)?,
            codes: term.codes(view)?,
            view,
            special: &of_word.special,
            by_code: std::array::from_fn(|code| by_mark[usize::from(marks[code]) % MARKS]),
            by_mark,
            other_alike,
            other_exact,
        }))
    }

    fn special_score(&self, special: &SpecialPosting) -> f32 {
        let mut factor = self.by_mark[usize::from(special.mark) % MARKS];
        if special.is_other_alike {
            factor += self.other_alike;
        }
        if special.is_other_exact {
            factor += self.other_exact;
        }
        special.base * factor
    }

    /// The score of a document; None where it does not have the word.
    pub fn score(&self, document: u16) -> Option<f32> {
        let posting = self.documents.find(document)?;
        let special = self
            .special
            .binary_search_by_key(&posting, |special| special.posting as usize);
        Some(match special {
            Ok(place) => self.special_score(&self.special[place]),
            Err(_) => self.coded_score(document, self.codes.of(posting)),
        })
    }

    fn coded_score(&self, document: u16, code: u8) -> f32 {
        let norms = &self.view.segment.norms;
        let row = norms.rows[usize::from(document)] | u16::from(code);
        norms.table[usize::from(row)] * self.by_code[usize::from(code)]
    }

    /// A limit of the scores of all postings.
    pub fn bound(&self) -> f32 {
        let highest = self.view.segment.norms.highest.iter().zip(&self.by_code);
        let coded = highest.fold(0.0_f32, |bound, (&base, &factor)| bound.max(base * factor));
        if self.special.is_empty() {
            return coded;
        }
        let factor = self
            .by_mark
            .iter()
            .fold(0.0_f32, |highest, &factor| highest.max(factor));
        coded.max(factor + self.other_alike + self.other_exact) // no base is above 1
    }

    /// Gives the document and the score of each posting of a window, in order, to `add`.
    pub fn for_each_in_window(&self, window: usize, unpacked: &mut Unpacked, mut add: impl FnMut(u16, f32)) {
        let postings = self.documents.window(window);
        if postings.is_empty() {
            return;
        }
        let count = self.documents.read_window(window, &mut unpacked.documents);
        let documents = &unpacked.documents[..count];
        let skip = postings.start / SKIP;
        let before = self.codes.directory.get(skip).copied().unwrap_or_default();
        let packed = &self.codes.packed;
        let escapes = packed.escapes_before(postings.start, skip * SKIP, before.escapes as usize);
        let (codes, _) = packed.read(postings.start, postings.end, escapes, &mut unpacked.codes);
        let is_before = |end: usize| move |special: &SpecialPosting| (special.posting as usize) < end;
        let from = self.special.partition_point(is_before(postings.start));
        let to = from + self.special[from..].partition_point(is_before(postings.end));
        let mut start = 0;
        for special in &self.special[from..to] {
            let stop = special.posting as usize - postings.start;
            self.for_each_coded(&documents[start..stop], &codes[start..stop], &mut add);
            add(documents[stop], self.special_score(special));
            start = stop + 1;
        }
        self.for_each_coded(&documents[start..], &codes[start..], &mut add);
    }

    #[inline]
    fn for_each_coded(&self, documents: &[u16], codes: &[u8], add: &mut impl FnMut(u16, f32)) {
        let norms = &self.view.segment.norms;
        for (&document, &code) in documents.iter().zip(codes) {
            let row = norms.rows[usize::from(document)] | u16::from(code);
            add(
                document,
                norms.table[usize::from(row)] * self.by_code[usize::from(code)],
            );
        }
    }
}

/// The place of a document in its window.
pub fn place(document: u16) -> usize {
    usize::from(document) & (WINDOW - 1)
}
