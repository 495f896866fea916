//! Scores the postings of a word of one query in one segment.

use std::ops::Range;

use crate::error::Result;
use crate::matches::Matches;
use crate::norms::CODES;
use crate::packed::documents::{Documents, WINDOW};
use crate::plan::Field;
use crate::segment::View;
use crate::term::{TermCodes, TermInSegment};
use crate::word::{SimilarSpellings, SpecialPosting, SpellingSet, Weights, Word};

/// The number of marks, which have a bit for each of five spellings.
const MARKS: usize = 1 << 5;

/// The sums of the scores of the documents in a window, by their place in it.
pub type WindowSums = [f32; WINDOW];

/// The places in a window of the postings that are chosen by their codes.
pub type Chosen = [u16; WINDOW];

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

    fn special_factor(&self, special: &SpecialPosting) -> f32 {
        let mut factor = self.by_mark[usize::from(special.mark) % MARKS];
        if special.is_other_alike {
            factor += self.other_alike;
        }
        if special.is_other_exact {
            factor += self.other_exact;
        }
        factor
    }

    fn special_score(&self, special: &SpecialPosting) -> f32 {
        special.base * self.special_factor(special)
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

    /// The live documents that have the word in one field, ascending, and their scores.
    pub fn in_field(&self, field: Field) -> Matches {
        let (codes, norms) = (&self.view.segment.codes, &self.view.segment.norms);
        let mut matches = Matches::default();
        let mut rare = self.term.rare.iter().peekable();
        let mut special = self.special.iter().peekable();
        let postings = self.term.unpacked(self.documents, self.codes.packed);
        for (posting, (&document, &code)) in postings.documents.iter().zip(&postings.codes).enumerate() {
            let (headline, body) = match rare.next_if(|rare| rare.posting as usize == posting) {
                Some(rare) => (rare.headline, rare.count - rare.headline),
                None => codes.frequencies(code),
            };
            let special = special.next_if(|special| special.posting as usize == posting);
            let weight = match field {
                Field::Text => norms.weight(document, headline, body),
                Field::Headline => norms.weight(document, headline, 0),
                Field::Body => norms.weight(document, 0, body),
            };
            let factor = special.map_or(self.by_code[usize::from(code)], |special| {
                self.special_factor(special)
            });
            let score = norms.saturate(weight) * factor;
            if score > 0.0 && self.view.is_live(document) {
                matches.documents.push(document);
                matches.scores.push(score);
            }
        }
        matches
    }

    /// A limit of the scores of all postings.
    pub fn bound(&self) -> f32 {
        let coded = self.bounds().fold(0.0_f32, f32::max);
        if self.special.is_empty() {
            return coded;
        }
        let factor = self
            .by_mark
            .iter()
            .fold(0.0_f32, |highest, &factor| highest.max(factor));
        coded.max(factor + self.other_alike + self.other_exact) // no base is above 1
    }

    /// A limit of the scores of the postings with each code.
    fn bounds(&self) -> impl Iterator<Item = f32> + '_ {
        let highest = self.view.segment.norms.highest.iter().zip(&self.by_code);
        highest.map(|(&base, &factor)| base * factor)
    }

    /// Which codes a posting may have that scores so much or more.
    pub fn reaching(&self, score: f32) -> Reaching {
        let mut reaching = [false; CODES];
        for (reaches, bound) in reaching.iter_mut().zip(self.bounds()) {
            *reaches = bound >= score;
        }
        reaching
    }

    /// The documents of some postings.
    pub fn documents_of(&self, postings: Range<usize>) -> &'a [u16] {
        let unpacked = self.term.unpacked(self.documents, self.codes.packed);
        unpacked.documents.get(postings).unwrap_or(&[])
    }

    /// Gives the document and the score of each posting, in order, to `add`.
    pub fn for_each(&self, chosen: &mut Chosen, add: impl FnMut(u16, f32)) {
        self.for_each_of(0..self.documents.len(), &ALL_CODES, chosen, add);
    }

    /// Gives the document and the score of each posting of a window, in order, to `add`. Postings whose codes are not
    /// among the `wanted` ones may be left out.
    pub fn for_each_in_window(
        &self,
        window: usize,
        wanted: &Reaching,
        chosen: &mut Chosen,
        add: impl FnMut(u16, f32),
    ) {
        let postings = self.documents.window(window);
        if !postings.is_empty() {
            self.for_each_of(postings, wanted, chosen, add);
        }
    }

    /// The same of some postings.
    #[inline]
    fn for_each_of(
        &self,
        postings: Range<usize>,
        wanted: &Reaching,
        chosen: &mut Chosen,
        mut add: impl FnMut(u16, f32),
    ) {
        let unpacked = self.term.unpacked(self.documents, self.codes.packed);
        let first = postings.start;
        let documents = &unpacked.documents[postings.clone()];
        let codes = &unpacked.codes[postings.clone()];
        let is_before = |end: usize| move |special: &SpecialPosting| (special.posting as usize) < end;
        let from = self.special.partition_point(is_before(first));
        let special = &self.special[from..];
        let special = &special[..special.partition_point(is_before(postings.end))];
        let mut start = 0;
        for place in 0..=special.len() {
            let special = special.get(place);
            let stop = special.map_or(documents.len(), |special| special.posting as usize - first);
            self.for_each_coded(
                &documents[start..stop],
                &codes[start..stop],
                wanted,
                chosen,
                &mut add,
            );
            if let Some(special) = special {
                add(documents[stop], self.special_score(special));
            }
            start = stop + 1;
        }
    }

    #[inline]
    fn for_each_coded(
        &self,
        documents: &[u16],
        codes: &[u8],
        wanted: &Reaching,
        chosen: &mut Chosen,
        add: &mut impl FnMut(u16, f32),
    ) {
        let norms = &self.view.segment.norms;
        let (rows, table, by_code) = (&*norms.rows, &*norms.table, &self.by_code);
        let mut score = |document: u16, code: u8| {
            let row = rows[usize::from(document)] | u16::from(code);
            add(document, table[usize::from(row)] * by_code[usize::from(code)]);
        };
        // The first codes are the most frequent ones.
        if wanted[0] || wanted[1] {
            for (&document, &code) in documents.iter().zip(codes) {
                score(document, code);
            }
            return;
        }
        let mut count = 0;
        for (place, &code) in codes.iter().enumerate() {
            chosen[count % WINDOW] = place as u16;
            count += usize::from(wanted[usize::from(code)]);
        }
        for &place in &chosen[..count] {
            let place = usize::from(place);
            if let (Some(&document), Some(&code)) = (documents.get(place), codes.get(place)) {
                score(document, code);
            }
        }
    }
}

/// For each code, whether a posting that has it may reach a score.
pub type Reaching = [bool; CODES];

/// All codes.
pub const ALL_CODES: Reaching = [true; CODES];

/// The place of a document in its window.
pub fn place(document: u16) -> usize {
    usize::from(document) & (WINDOW - 1)
}

/// The window of a document.
pub fn window_of(document: u16) -> usize {
    usize::from(document) / WINDOW
}
