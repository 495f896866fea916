//! Keeps the matches that may be among the best.

use std::cmp::{Ordering, Reverse};
use std::collections::BinaryHeap;

use crate::error::Result;

/// Candidates that may pile up before those that are no longer in reach are dropped.
const MAX_IDLE_CANDIDATES: usize = 8192;
/// By how much of a score the rounding of 32-bit floats may be wrong; candidates this near are kept.
const ROUNDING: f64 = 1e-6;

/// A match that may be among the best.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Candidate {
    /// The score for the plan.
    pub score: f32,
    /// The segment.
    pub segment: u32,
    /// The document.
    pub document: u16,
}

/// A score as a key of a heap.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Score(f32);

impl Eq for Score {}

impl PartialOrd for Score {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Score {
    fn cmp(&self, other: &Self) -> Ordering {
        self.0.total_cmp(&other.0)
    }
}

/// The highest scores that were seen, at most so many.
pub struct Highest {
    count: usize,
    scores: BinaryHeap<Reverse<Score>>,
}

impl Highest {
    /// None of at most `count` scores.
    pub fn new(count: usize) -> Self {
        Self {
            count,
            scores: BinaryHeap::new(),
        }
    }

    /// The lowest of the highest scores, once they are as many as were asked for.
    pub fn lowest(&self) -> Option<f32> {
        let lowest = self.scores.peek().map(|Reverse(Score(score))| *score);
        lowest.filter(|_| self.scores.len() == self.count)
    }

    /// Adds a score.
    pub fn add(&mut self, score: f32) {
        if self.scores.len() < self.count {
            self.scores.push(Reverse(Score(score)));
        } else if self.scores.peek().is_some_and(|Reverse(lowest)| lowest.0 < score) {
            self.scores.pop();
            self.scores.push(Reverse(Score(score)));
        }
    }
}

/// What matches are given to, segment after segment.
pub trait Sink {
    /// The score from which on a match is wanted.
    fn limit(&self) -> f32;

    /// Adds a match; returns the limit from then on.
    fn add(&mut self, segment: usize, document: u16, score: f32) -> f32;

    /// Is told that all matches of a segment were given.
    fn end_segment(&mut self) -> Result<()> {
        Ok(())
    }
}

/// The score from which on a match may still be among the best, once what it scores more, at most `tolerance`, is added.
pub fn limit_below(highest: &Highest, tolerance: f64) -> f32 {
    highest.lowest().map_or(f32::NEG_INFINITY, |lowest| {
        let lowest = f64::from(lowest);
        (lowest - tolerance - lowest.abs() * ROUNDING) as f32
    })
}

/// Collects the matches that may be among the best.
pub struct Collector {
    highest: Highest,
    tolerance: f64,
    candidates: Vec<Candidate>,
    max_candidates: usize,
}

impl Collector {
    /// A collector of the `count` best matches and all that score less by at most `tolerance`.
    pub fn new(count: usize, tolerance: f64) -> Self {
        let max_candidates = MAX_IDLE_CANDIDATES;
        Self {
            highest: Highest::new(count),
            tolerance,
            candidates: Vec::new(),
            max_candidates,
        }
    }

    /// The number of candidates.
    pub fn len(&self) -> usize {
        self.candidates.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.candidates.is_empty()
    }

    /// Takes the candidates out.
    pub fn take(&mut self) -> Vec<Candidate> {
        self.drop_others();
        std::mem::take(&mut self.candidates)
    }

    fn drop_others(&mut self) {
        let limit = self.limit();
        self.candidates.retain(|candidate| candidate.score >= limit);
    }
}

impl Sink for Collector {
    fn limit(&self) -> f32 {
        limit_below(&self.highest, self.tolerance)
    }

    fn add(&mut self, segment: usize, document: u16, score: f32) -> f32 {
        self.highest.add(score);
        self.candidates.push(Candidate {
            score,
            segment: segment as u32,
            document,
        });
        if self.candidates.len() >= self.max_candidates {
            self.drop_others();
            self.max_candidates = MAX_IDLE_CANDIDATES.max(2 * self.candidates.len());
        }
        self.limit()
    }
}

/// Whether a score of at most `best`, but for rounding, may be among the highest.
pub fn is_in_reach(lowest: Option<f32>, best: f64) -> bool {
    lowest.is_none_or(|lowest| best * (1.0 + ROUNDING) >= f64::from(lowest))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn the_collector_keeps_the_best_and_all_within_the_tolerance(
            scores in proptest::collection::vec(0..1000u32, 1..300), count in 1..20usize, tolerance in 0..50u32,
        ) {
            let mut collector = Collector::new(count, f64::from(tolerance));
            for (document, &score) in scores.iter().enumerate() {
                if score as f32 >= collector.limit() {
                    collector.add(0, document as u16, score as f32);
                }
            }
            collector.drop_others();
            let mut kept: Vec<u32> = collector.candidates.iter().map(|one| one.score as u32).collect();
            let mut expected = scores.clone();
            expected.sort_unstable();
            let limit = expected[expected.len().saturating_sub(count)].saturating_sub(tolerance);
            if scores.len() >= count {
                expected.retain(|&score| score >= limit);
            }
            kept.sort_unstable();
            prop_assert_eq!(kept, expected);
        }
    }
}
