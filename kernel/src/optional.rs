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
    pairs: Vec<PairFinder<'a>>,
    headline_lengths: Lengths<'a>,
}

impl<'a> OptionalScorer<'a> {
    /// The scorer of a segment.
    pub fn new(view: View<'a>, segment: usize, optional: &'a Optional) -> Result<Self> {
        let mut words = Vec::with_capacity(optional.words.len());
        for (word, weights) in &optional.words {
            words.extend(Scorer::new(view, segment, word, *weights)?);
        }
        let mut pairs = Vec::with_capacity(optional.pairs.len());
        for pair in &optional.pairs {
            pairs.extend(PairFinder::new(view, segment, pair)?);
        }
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
        let headline_length = self.headline_lengths.of(document);
        let mut rest: f64 = self.pairs.iter().map(|pair| f64::from(pair.score)).sum();
        for pair in &mut self.pairs {
            if !is_in_reach(lowest, f64::from(score) + f64::from(more) + rest) {
                return None;
            }
            rest -= f64::from(pair.score);
            if pair.is_in(document, headline_length) {
                more += pair.score;
            }
        }
        Some(more)
    }
}
