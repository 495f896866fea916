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

    /// Adds the score of each posting of a window to the sum of its document; returns the number of postings.
    pub fn add_window(&self, window: usize, unpacked: &mut Unpacked, sums: &mut WindowSums) -> usize {
        let postings = self.documents.window(window);
        if postings.is_empty() {
            return 0;
        }
        let count = self.documents.read_window(window, &mut unpacked.documents);
        let documents = &unpacked.documents[..count];
        let skip = postings.start / SKIP;
        let escapes = self
            .codes
            .directory
            .get(skip)
            .map_or(0, |before| before.escapes as usize);
        let escapes = self
            .codes
            .packed
            .escapes_before(postings.start, skip * SKIP, escapes);
        let (codes, _) = self
            .codes
            .packed
            .read(postings.start, postings.end, escapes, &mut unpacked.codes);
        let from = self
            .special
            .partition_point(|special| (special.posting as usize) < postings.start);
        let to =
            from + self.special[from..].partition_point(|special| (special.posting as usize) < postings.end);
        let mut start = 0;
        for special in &self.special[from..to] {
            let stop = special.posting as usize - postings.start;
            self.add_coded(&documents[start..stop], &codes[start..stop], sums);
            sums[place(documents[stop])] += self.special_score(special);
            start = stop + 1;
        }
        self.add_coded(&documents[start..], &codes[start..], sums);
        count
    }

    fn add_coded(&self, documents: &[u16], codes: &[u8], sums: &mut WindowSums) {
        let norms = &self.view.segment.norms;
        for (&document, &code) in documents.iter().zip(codes) {
            let row = norms.rows[usize::from(document)] | u16::from(code);
            sums[place(document)] += norms.table[usize::from(row)] * self.by_code[usize::from(code)];
        }
    }
}

/// The place of a document in its window.
pub fn place(document: u16) -> usize {
    usize::from(document) & (WINDOW - 1)
}
