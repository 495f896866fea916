//! Pairs of words, which score where they stand in a document as in the query.

use crate::document_positions::DocumentPositions;
use crate::error::Result;
use crate::plan::Pair;
use crate::segment::View;
use crate::term::TermInSegment;

/// A pair whose words a segment has.
struct PairOfTerms {
    first: usize,  // the place among the terms
    second: usize, // the same
    distance: i64,
    score: f32,
}

/// Finds which of some pairs a document has.
pub struct PairFinder<'a> {
    terms: Vec<DocumentPositions<'a>>,
    pairs: Vec<PairOfTerms>,
}

impl<'a> PairFinder<'a> {
    /// The finder of the pairs whose words the segment has.
    pub fn new(view: View<'a>, segment: usize, pairs: &'a [Pair]) -> Result<Self> {
        let mut distinct: Vec<&'a TermInSegment> = Vec::new();
        let mut place_of = |term: &'a TermInSegment| {
            let known = distinct.iter().position(|other| std::ptr::eq(*other, term));
            known.unwrap_or_else(|| {
                distinct.push(term);
                distinct.len() - 1
            })
        };
        let mut found = Vec::with_capacity(pairs.len());
        for pair in pairs {
            let terms = (
                pair.first.segments.get(segment),
                pair.second.segments.get(segment),
            );
            if let (Some(Some(first)), Some(Some(second))) = terms {
                found.push(PairOfTerms {
                    first: place_of(first),
                    second: place_of(second),
                    distance: pair.distance,
                    score: pair.score,
                });
            }
        }
        let terms = distinct
            .into_iter()
            .map(|term| DocumentPositions::new(view, term));
        Ok(Self {
            terms: terms.collect::<Result<_>>()?,
            pairs: found,
        })
    }

    /// What a document can score at most for all pairs.
    pub fn bound(&mut self, document: u16) -> f64 {
        self.terms.iter_mut().for_each(|term| term.seek(document));
        let Self { terms, pairs } = self;
        let possible = pairs.iter().filter(|pair| has_both(terms, pair));
        possible.map(|pair| f64::from(pair.score)).sum()
    }

    /// Adds the scores of the pairs that a document has to `more`, in order; None once these and what is still possible,
    /// at first `bound`, are not `in_reach`. `headline_length` is the number of words of the document's headline.
    pub fn add(
        &mut self,
        document: u16,
        headline_length: u32,
        bound: f64,
        mut more: f32,
        in_reach: impl Fn(f64) -> bool,
    ) -> Option<f32> {
        let Self { terms, pairs } = self;
        let mut rest = bound;
        for pair in pairs {
            if !has_both(terms, pair) {
                continue;
            }
            if !in_reach(f64::from(more) + rest) {
                return None;
            }
            rest -= f64::from(pair.score);
            if is_in(terms, pair, document, headline_length) {
                more += pair.score;
            }
        }
        Some(more)
    }
}

fn has_both(terms: &[DocumentPositions<'_>], pair: &PairOfTerms) -> bool {
    terms[pair.first].is_there() && terms[pair.second].is_there()
}

/// Whether the words of a pair stand at their distance in one field of a document.
fn is_in(
    terms: &mut [DocumentPositions<'_>],
    pair: &PairOfTerms,
    document: u16,
    headline_length: u32,
) -> bool {
    let shift = pair.distance.rem_euclid(64) as u32;
    let firsts = terms[pair.first].mask(document);
    if firsts.rotate_left(shift) & terms[pair.second].mask(document) == 0 {
        return false;
    }
    let (firsts, seconds) = (terms[pair.first].positions(), terms[pair.second].positions());
    let body_start = i64::from(headline_length);
    let mut at = 0;
    for &position in firsts {
        let sought = i64::from(position) + pair.distance;
        while at < seconds.len() && i64::from(seconds[at]) < sought {
            at += 1;
        }
        let is_there = seconds.get(at).is_some_and(|&second| i64::from(second) == sought);
        if is_there && (sought >= body_start + pair.distance || sought < body_start) {
            return true;
        }
    }
    false
}
