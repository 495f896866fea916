//! The documents that have any of some words, scored window by window.
//!
//! A window is 4,096 documents: their sums of scores stay in the first-level cache while the postings of one
//! word after another are added to them. All postings are added, so that the number of matches is exact.

use crate::error::Result;
use crate::evaluate::Evaluation;
use crate::segment::DocumentSet;
use crate::term::{WINDOW, WINDOWS};
use crate::word::Scorer;

/// Postings in a window up to which its documents are looked up one by one rather than by a walk over it.
const FEW_POSTINGS: usize = 256;
/// Documents of a window of which the sums are looked at together first.
const GROUP: usize = 16;

/// The sums of the scores of the documents in a window; all are 0 between two windows.
pub struct Sums(Box<[f32; WINDOW]>);

impl Sums {
    /// Sums that are 0.
    pub fn new() -> Self {
        Self(Box::new([0.0; WINDOW]))
    }
}

impl Default for Sums {
    fn default() -> Self {
        Self::new()
    }
}

fn place(document: u16) -> usize {
    usize::from(document) & (WINDOW - 1)
}

/// Gives each live document that has any of the words, is in the `allowed` ones, and its score, to `found`.
/// The scores are added in the order of the words. Documents come in ascending order.
pub fn for_each_match(
    evaluation: &Evaluation<'_>,
    scorers: &[Scorer<'_>],
    allowed: Option<&DocumentSet>,
    sums: &mut Sums,
    mut found: impl FnMut(u16, f32),
) -> Result<()> {
    for window in 0..WINDOWS {
        if !add_window(evaluation, scorers, allowed, window, sums)? {
            continue;
        }
        for (index, sum) in sums.0.iter_mut().enumerate() {
            if *sum > 0.0 {
                found((window * WINDOW + index) as u16, *sum);
            }
        }
        sums.0.fill(0.0);
    }
    Ok(())
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
    for window in 0..WINDOWS {
        let postings: usize = scorers.iter().map(|scorer| postings_in(scorer, window)).sum();
        if !add_window(evaluation, scorers, allowed, window, sums)? {
            continue;
        }
        let first = window * WINDOW;
        if postings <= FEW_POSTINGS {
            for scorer in scorers {
                for &document in &scorer.documents[bounds(scorer, window)] {
                    let sum = std::mem::take(&mut sums.0[place(document)]);
                    if sum > 0.0 {
                        count += 1;
                        if sum >= limit {
                            limit = found(document, sum);
                        }
                    }
                }
            }
            continue;
        }
        for (group, sums) in sums.0.chunks_exact_mut(GROUP).enumerate() {
            let mut highest = 0.0_f32;
            let mut matching = 0;
            for &sum in sums.iter() {
                highest = if sum > highest { sum } else { highest };
                matching += u32::from(sum > 0.0);
            }
            count += matching as usize;
            if highest > 0.0 && highest >= limit {
                for (index, &sum) in sums.iter().enumerate() {
                    if sum > 0.0 && sum >= limit {
                        limit = found((first + group * GROUP + index) as u16, sum);
                    }
                }
            }
            sums.fill(0.0);
        }
    }
    Ok(count)
}

fn bounds(scorer: &Scorer<'_>, window: usize) -> std::ops::Range<usize> {
    scorer.term.bounds[window] as usize..scorer.term.bounds[window + 1] as usize
}

fn postings_in(scorer: &Scorer<'_>, window: usize) -> usize {
    bounds(scorer, window).len()
}

/// Adds the postings of a window; returns whether it has any, and any document that is allowed.
fn add_window(
    evaluation: &Evaluation<'_>,
    scorers: &[Scorer<'_>],
    allowed: Option<&DocumentSet>,
    window: usize,
    sums: &mut Sums,
) -> Result<bool> {
    const WORDS: usize = WINDOW / 64;
    if allowed.is_some_and(|allowed| !allowed.has_any(window * WORDS, WORDS)) {
        return Ok(false);
    }
    let mut has_any = false;
    for scorer in scorers {
        let bounds = bounds(scorer, window);
        if bounds.is_empty() {
            continue;
        }
        if !has_any {
            evaluation.deadline.check()?;
        }
        has_any = true;
        let sums = &mut sums.0;
        scorer.for_each(bounds.start, bounds.end, |document, score| {
            sums[place(document)] += score
        });
    }
    if has_any {
        for set in [evaluation.view.segment.live.as_ref(), allowed]
            .into_iter()
            .flatten()
        {
            clear_others(set, window, sums);
        }
    }
    Ok(has_any)
}

/// Sets the sums of the documents that are not in a set to 0.
fn clear_others(set: &DocumentSet, window: usize, sums: &mut Sums) {
    for (word, sums) in sums.0.chunks_exact_mut(64).enumerate() {
        match set.bits(window * WINDOW / 64 + word) {
            u64::MAX => {}
            0 => sums.fill(0.0),
            bits => {
                for (bit, sum) in sums.iter_mut().enumerate() {
                    if bits >> bit & 1 == 0 {
                        *sum = 0.0;
                    }
                }
            }
        }
    }
}
