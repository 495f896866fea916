//! The documents that have any of some words and may be among the best, and the number of all that have any.
//!
//! All documents are counted, but not all are scored. The last words, which score least, cannot bring a document among
//! the best if their highest scores together are below what it must reach: only the documents of the words before
//! them, the *essential* ones, are looked at (Turtle and Flood, "Query evaluation: strategies and optimizations",
//! 1995, call this MaxScore).

use crate::document_set::DocumentSet;
use crate::error::Result;
use crate::evaluate::Evaluation;
use crate::packed::documents::{WINDOW, WORDS};
use crate::scorer::{place, Scorer};
use crate::windows::{add_window, union, Sums, WINDOWS};

/// By how much of a sum the rounding of one 32-bit addition may be wrong, and more.
const ROUNDING: f64 = 2e-7;
/// Postings of a window up to which the sums are set to 0 one by one.
const FEW_POSTINGS: usize = 256;
/// How many postings are added in the time in which one is looked up.
const LOOK_UP_COST: usize = 8;

/// The words of a search in one segment, and what they may score together.
struct Bounds<'a, 'b> {
    scorers: &'b [Scorer<'a>],
    /// The sum of the bounds of each word and those after it, rounded up; and 0.
    from: Vec<f64>,
}

impl<'a, 'b> Bounds<'a, 'b> {
    fn new(scorers: &'b [Scorer<'a>]) -> Self {
        let margin = 1.0 + ROUNDING * (scorers.len() + 4) as f64;
        let mut from = vec![0.0; scorers.len() + 1];
        for (place, scorer) in scorers.iter().enumerate().rev() {
            from[place] = from[place + 1] + f64::from(scorer.bound()) * margin;
        }
        Self { scorers, from }
    }

    /// The number of essential words for a limit.
    fn essential(&self, limit: f32) -> usize {
        let cannot_reach = |rest: &&f64| **rest < f64::from(limit);
        let rest = self.from.iter().rev().skip(1).take_while(cannot_reach).count();
        self.scorers.len() - rest
    }

    /// What the sum of the words before a place must reach, so that with all others it may reach the limit.
    fn threshold(&self, place: usize, limit: f32) -> f32 {
        let limit = f64::from(limit);
        let margin = ROUNDING * (self.scorers.len() + 4) as f64;
        (limit - self.from[place] - margin * limit.abs()) as f32
    }

    /// The score of a document whose words before a place score `sum`; None once it cannot reach the limit.
    fn complete(&self, document: u16, place: usize, sum: f32, limit: f32) -> Option<f32> {
        let mut sum = sum;
        for (scorer, rest) in self.scorers[place..].iter().zip(&self.from[place..]) {
            if f64::from(sum) * (1.0 + ROUNDING) + rest < f64::from(limit) {
                return None;
            }
            sum += scorer.score(document).unwrap_or(0.0);
        }
        Some(sum)
    }
}

/// Counts the live documents that have any of the words and are in the `allowed` ones, and gives those that
/// score at least `limit`, with their scores, to `found`, which returns the limit from then on.
pub fn for_each_best(
    evaluation: &Evaluation<'_>,
    scorers: &[Scorer<'_>],
    allowed: Option<&DocumentSet>,
    sums: &mut Sums,
    mut limit: f32,
    mut found: impl FnMut(u16, f32) -> f32,
) -> Result<usize> {
    let mut count = 0;
    let bounds = Bounds::new(scorers);
    for window in 0..WINDOWS {
        let Some(bits) = union(evaluation, scorers, allowed, window)? else {
            continue;
        };
        count += bits.iter().map(|word| word.count_ones() as usize).sum::<usize>();
        let mut scored = bounds.essential(limit);
        let essential = &scorers[..scored];
        add_essential(essential, bounds.threshold(scored, limit), window, sums);
        let (_, others) = scorers.split_at(scored);
        let postings: usize = others
            .iter()
            .map(|scorer| scorer.documents.window(window).len())
            .sum();
        if sums.reached.len() * others.len() * LOOK_UP_COST > postings {
            add_window(others, window, sums);
            scored = scorers.len();
        }
        for index in 0..sums.reached.len() {
            let document = sums.reached[index];
            let sum = std::mem::take(&mut sums.sums[place(document)]);
            if sum > 0.0 && is_set(&bits, document) {
                let score = bounds.complete(document, scored, sum, limit);
                if let Some(score) = score.filter(|&score| score >= limit) {
                    limit = found(document, score);
                }
            }
        }
        clear(&scorers[..scored], window, sums);
    }
    Ok(count)
}

fn is_set(bits: &[u64; WORDS], document: u16) -> bool {
    bits[place(document) / 64] >> (document & 63) & 1 == 1
}

/// Adds the postings of the essential words in a window, and collects the documents whose sums reach the threshold.
fn add_essential(scorers: &[Scorer<'_>], threshold: f32, window: usize, sums: &mut Sums) {
    let Sums {
        sums,
        unpacked,
        reached,
    } = sums;
    reached.clear();
    for scorer in scorers {
        scorer.for_each_in_window(window, unpacked, |document, score| {
            let sum = &mut sums[place(document)];
            *sum += score;
            if *sum >= threshold {
                reached.push(document);
            }
        });
    }
}

/// Sets the sums of a window to 0, given the words that were added.
fn clear(scorers: &[Scorer<'_>], window: usize, sums: &mut Sums) {
    let postings = |scorer: &Scorer<'_>| scorer.documents.window(window).len();
    if scorers.iter().map(postings).sum::<usize>() > FEW_POSTINGS {
        sums.sums.fill(0.0);
        return;
    }
    let mut documents = [0; WINDOW];
    for scorer in scorers {
        let count = scorer.documents.read_window(window, &mut documents);
        for &document in &documents[..count] {
            sums.sums[place(document)] = 0.0;
        }
    }
}
