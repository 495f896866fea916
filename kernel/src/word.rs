//! A word of a query: a term, and which of its postings have the spelling that was typed.

use std::sync::Arc;

use crate::deadline::Deadline;
use crate::error::Result;
use crate::evaluate::Matches;
use crate::plan::Field;
use crate::segment::{View, CODES};
use crate::term::{Term, TermInSegment};

/// The number of marks, which have a bit for each of five spellings.
const MARKS: usize = 1 << 5;

/// Some of the spellings of a term in a segment (`newsindex/query/evaluation/spelling_postings.py`).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SpellingSet {
    /// Those that have a bit in marks.
    pub bits: u8,
    /// The numbers of those that have none.
    pub others: Vec<u32>,
    /// Whether the set has every spelling of the term.
    pub complete: bool,
    /// Whether the set has no spelling.
    pub empty: bool,
}

/// The spellings that are like the typed one, and those that are exactly it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SimilarSpellings {
    /// Those that differ in accents at most.
    pub alike: SpellingSet,
    /// The typed one.
    pub exact: SpellingSet,
}

/// A posting that is not scored by its code alone.
#[derive(Debug, Clone, Copy, PartialEq)]
struct SpecialPosting {
    posting: u32,
    base: f32,
    mark: u8,
    is_other_alike: bool, // has one of the alike spellings without a bit, and none of those with one
    is_other_exact: bool,
}

#[derive(Debug)]
struct WordInSegment {
    spellings: SimilarSpellings,
    special: Box<[SpecialPosting]>,
}

/// A word of a query in each segment of a collection.
#[derive(Debug)]
pub struct Word {
    /// The term of the word.
    pub term: Arc<Term>,
    segments: Vec<Option<WordInSegment>>,
}

/// The weights of a word in one query: the boosted idf of its term, and what is added for a spelling that is
/// like the typed one, and for the typed one.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Weights {
    /// The boosted idf of the term.
    pub term: f64,
    /// What a spelling adds that differs in accents at most; None where spellings add nothing.
    pub added: Option<(f64, f64)>,
}

impl Word {
    /// A word. `spellings` are by segment, None where the segment does not have the term. Fails for damage.
    pub fn new(
        views: &[View<'_>],
        term: Arc<Term>,
        spellings: Vec<Option<SimilarSpellings>>,
        deadline: Deadline,
    ) -> Result<Self> {
        let mut segments = Vec::with_capacity(views.len());
        for (number, (view, spellings)) in views.iter().zip(spellings).enumerate() {
            deadline.check()?;
            let in_segment = term.segments.get(number).and_then(Option::as_ref);
            segments.push(match in_segment {
                Some(in_segment) => {
                    let spellings = spellings.unwrap_or_default();
                    let special = special_postings(*view, in_segment, &spellings)
                        .map_err(|error| error.in_segment(number))?;
                    Some(WordInSegment { spellings, special })
                }
                None => None,
            });
        }
        segments.resize_with(term.segments.len(), || None);
        Ok(Self { term, segments })
    }

    /// The bytes of memory that the word takes beside its term.
    pub fn nbytes(&self) -> usize {
        let of_segment = |word: &WordInSegment| {
            let others = word.spellings.alike.others.len() + word.spellings.exact.others.len();
            std::mem::size_of_val(&*word.special) + 4 * others
        };
        let table = self.segments.len() * std::mem::size_of::<Option<WordInSegment>>();
        table + self.segments.iter().flatten().map(of_segment).sum::<usize>()
    }
}

fn special_postings(
    view: View<'_>,
    term: &TermInSegment,
    spellings: &SimilarSpellings,
) -> Result<Box<[SpecialPosting]>> {
    let (documents, codes) = (term.documents(view)?, term.codes(view)?);
    let norms = &view.segment.norms;
    let marks = &view.segment.codes.mark;
    let mut special: Vec<SpecialPosting> = term
        .rare
        .iter()
        .map(|rare| SpecialPosting {
            posting: rare.posting,
            base: rare.base,
            mark: rare.mark,
            is_other_alike: false,
            is_other_exact: false,
        })
        .collect();
    let rare = special.len();
    let is_other = |set: &SpellingSet| -> Result<Vec<u32>> { postings_of_others(view, term, documents, set) };
    let (alike, exact) = (is_other(&spellings.alike)?, is_other(&spellings.exact)?);
    let mut others: Vec<u32> = alike.iter().chain(&exact).copied().collect();
    others.sort_unstable();
    others.dedup();
    for posting in others {
        let flags = |one: &mut SpecialPosting| {
            one.is_other_alike =
                alike.binary_search(&posting).is_ok() && one.mark & spellings.alike.bits == 0;
            one.is_other_exact =
                exact.binary_search(&posting).is_ok() && one.mark & spellings.exact.bits == 0;
        };
        if let Ok(place) = special[..rare].binary_search_by_key(&posting, |one| one.posting) {
            flags(&mut special[place]);
            continue;
        }
        let code = codes[posting as usize];
        let row = norms.rows[usize::from(documents[posting as usize])] | u16::from(code);
        let mut one = SpecialPosting {
            posting,
            base: norms.table[usize::from(row)],
            mark: marks[usize::from(code)],
            is_other_alike: false,
            is_other_exact: false,
        };
        flags(&mut one);
        special.push(one);
    }
    special.sort_unstable_by_key(|one| one.posting);
    Ok(special.into())
}

/// The postings of a term that have one of the spellings of a set without a bit, ascending and distinct.
pub(crate) fn postings_of_others(
    view: View<'_>,
    term: &TermInSegment,
    documents: &[u16],
    set: &SpellingSet,
) -> Result<Vec<u32>> {
    let arrays = &view.segment.arrays;
    let mut postings = Vec::new();
    for spelling in &set.others {
        let spellings: &[u32] = view.whole(&arrays.other_spelling)?;
        let row = spellings.partition_point(|other| other < spelling);
        if spellings.get(row) != Some(spelling) {
            return Err(arrays.other_spelling.damaged(row, "lack a spelling"));
        }
        let bounds: &[u32] = view.part(&arrays.other_first, row, row + 2)?;
        let listed: &[u16] = view.part(&arrays.other_document, bounds[0] as usize, bounds[1] as usize)?;
        for &document in listed {
            match term.find(documents, document) {
                Some(posting) => postings.push(posting as u32),
                None => {
                    return Err(arrays
                        .other_document
                        .damaged(bounds[0] as usize, "are not of the term"))
                }
            }
        }
    }
    postings.sort_unstable();
    postings.dedup();
    Ok(postings)
}

/// A word of one query in one segment, ready to score postings.
pub struct Scorer<'a> {
    /// The term in the segment.
    pub term: &'a TermInSegment,
    /// The documents of the term.
    pub documents: &'a [u16],
    codes: &'a [u8],
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

    /// The score of one posting.
    pub fn score(&self, posting: usize) -> f32 {
        match self
            .special
            .binary_search_by_key(&posting, |special| special.posting as usize)
        {
            Ok(place) => self.special_score(&self.special[place]),
            Err(_) => self.coded_score(posting),
        }
    }

    /// The score of one posting; `next` is the place of the next special posting, from one call to the next, and
    /// 0 at first. The postings of the calls ascend.
    pub fn score_next(&self, posting: usize, next: &mut usize) -> f32 {
        let is_before = |special: &SpecialPosting| (special.posting as usize) < posting;
        if self.special.get(*next).is_some_and(is_before) {
            *next += self.special[*next..].partition_point(is_before);
        }
        match self.special.get(*next) {
            Some(special) if special.posting as usize == posting => self.special_score(special),
            _ => self.coded_score(posting),
        }
    }

    fn coded_score(&self, posting: usize) -> f32 {
        let (document, code) = (self.documents[posting], self.codes[posting]);
        let norms = &self.view.segment.norms;
        let row = norms.rows[usize::from(document)] | u16::from(code);
        norms.table[usize::from(row)] * self.by_code[usize::from(code)]
    }

    /// The documents that have the word in one field, ascending, and their scores.
    pub fn in_field(&self, field: Field) -> Matches {
        let (codes, norms) = (&self.view.segment.codes, &self.view.segment.norms);
        let mut matches = Matches::default();
        let mut rare = self.term.rare.iter().peekable();
        let mut special = self.special.iter().peekable();
        for (posting, (&document, &code)) in self.documents.iter().zip(self.codes).enumerate() {
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

    /// Gives the document and the score of each of some postings, in order, to `add`.
    pub fn for_each(&self, from: usize, to: usize, mut add: impl FnMut(u16, f32)) {
        let norms = &self.view.segment.norms;
        let mut start = from;
        let mut special = self
            .special
            .partition_point(|special| (special.posting as usize) < from);
        while start < to {
            let next = self.special.get(special);
            let stop = next.map_or(to, |next| (next.posting as usize).min(to));
            for (&document, &code) in self.documents[start..stop].iter().zip(&self.codes[start..stop]) {
                let row = norms.rows[usize::from(document)] | u16::from(code);
                add(
                    document,
                    norms.table[usize::from(row)] * self.by_code[usize::from(code)],
                );
            }
            if let Some(next) = next.filter(|_| stop < to) {
                add(self.documents[stop], self.special_score(next));
            }
            special += 1;
            start = stop + 1;
        }
    }
}
