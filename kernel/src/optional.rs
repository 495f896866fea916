//! Scores what need not occur in a match: stop words, and pairs of neighbouring words.

use crate::collector::is_in_reach;
use crate::error::Result;
use crate::pairs::PairFinder;
use crate::plan::Optional;
use crate::scorer::Scorer;
use crate::segment::{Lengths, View};

/// Scores what is optional in one segment.
pub struct OptionalScorer<'a> {
    words: Vec<Scorer<'a>>,
    pairs: PairFinder<'a>,
    headline_lengths: Lengths<'a>,
}

impl<'a> OptionalScorer<'a> {
    /// The scorer of a segment.
    pub fn new(view: View<'a>, segment: usize, optional: &'a Optional) -> Result<Self> {
        let mut words = Vec::with_capacity(optional.words.len());
        for (word, weights) in &optional.words {
            words.extend(Scorer::new(view, segment, word, *weights)?);
        }
        let pairs = PairFinder::new(view, segment, &optional.pairs)?;
        let headline_lengths = view.headline_lengths()?;
        Ok(Self {
            words,
            pairs,
            headline_lengths,
        })
    }

    /// The score of a document for what is optional, added up as `OptionalScorer.scores` does; None once the
    /// document, which has a `score` for the plan, cannot reach the `lowest` of the highest scores any more.
    pub fn score(&mut self, document: u16, score: f32, lowest: Option<f32>) -> Option<f32> {
        let mut more = 0.0;
        for word in &self.words {
            more += word.score(document).unwrap_or(0.0);
        }
        let bound = self.pairs.bound(document);
        let in_reach = |possible: f64| is_in_reach(lowest, f64::from(score) + possible);
        if !in_reach(f64::from(more) + bound) {
            return None;
        }
        let headline_length = self.headline_lengths.of(document);
        self.pairs.add(document, headline_length, bound, more, in_reach)
    }
}
