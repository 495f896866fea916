//! The documents that have any of some words, scored window by window.
//!
//! A window is 4,096 documents: their sums of scores stay in the first-level cache while the postings of one
//! word after another are added to them. All postings are added, so that the number of matches is exact.

use crate::document_set::DocumentSet;
use crate::error::Result;
use crate::evaluate::Evaluation;
use crate::packed::documents::{WINDOW, WORDS};
use crate::scorer::{Scorer, Unpacked, WindowSums};
use crate::segment::MAX_DOCUMENTS;

/// The windows of a segment.
const WINDOWS: usize = MAX_DOCUMENTS / WINDOW;
/// Postings in a window up to which its documents are looked up one by one rather than by a walk over it.
const FEW_POSTINGS: usize = 256;
/// Documents of a window of which the sums are looked at together first.
const GROUP: usize = 16;

/// The sums of the scores of the documents in a window; all are 0 between two windows.
pub struct Sums {
    sums: Box<WindowSums>,
    unpacked: Box<Unpacked>,
}

impl Sums {
    /// Sums that are 0.
    pub fn new() -> Self {
        Self {
            sums: Box::new([0.0; WINDOW]),
            unpacked: Box::default(),
        }
    }
}

impl Default for Sums {
    fn default() -> Self {
        Self::new()
    }
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
        if add_window(evaluation, scorers, allowed, window, sums)?.is_none() {
            continue;
        }
        for (index, sum) in sums.sums.iter_mut().enumerate() {
            if *sum > 0.0 {
                found((window * WINDOW + index) as u16, *sum);
            }
        }
        sums.sums.fill(0.0);
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
        let Some(postings) = add_window(evaluation, scorers, allowed, window, sums)? else {
            continue;
        };
        let first = window * WINDOW;
        if postings <= FEW_POSTINGS {
            let mut bits = [0; WORDS];
            for scorer in scorers {
                scorer.documents.set_bits(window, &mut bits);
            }
            for_each_bit(&bits, |index| {
                let sum = std::mem::take(&mut sums.sums[index]);
                if sum > 0.0 {
                    count += 1;
                    if sum >= limit {
                        limit = found((first + index) as u16, sum);
                    }
                }
            });
            continue;
        }
        for (group, sums) in sums.sums.chunks_exact_mut(GROUP).enumerate() {
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

/// Gives the number of each bit that is set to `found`.
fn for_each_bit(bits: &[u64; WORDS], mut found: impl FnMut(usize)) {
    for (word, &bits) in bits.iter().enumerate() {
        let mut bits = bits;
        while bits != 0 {
            found((word * 64 + bits.trailing_zeros() as usize) % WINDOW);
            bits &= bits - 1;
        }
    }
}

/// Adds the postings of a window; returns their number, None where there are none, and where no document is allowed.
fn add_window(
    evaluation: &Evaluation<'_>,
    scorers: &[Scorer<'_>],
    allowed: Option<&DocumentSet>,
    window: usize,
    sums: &mut Sums,
) -> Result<Option<usize>> {
    if allowed.is_some_and(|allowed| !allowed.has_any(window * WORDS, WORDS)) {
        return Ok(None);
    }
    let mut postings = 0;
    for scorer in scorers {
        postings += scorer.add_window(window, &mut sums.unpacked, &mut sums.sums);
    }
    if postings == 0 {
        return Ok(None);
    }
    evaluation.deadline.check()?;
    for set in [evaluation.view.segment.live.as_ref(), allowed]
        .into_iter()
        .flatten()
    {
        clear_others(set, window, &mut sums.sums);
    }
    Ok(Some(postings))
}

/// Sets the sums of the documents that are not in a set to 0.
fn clear_others(set: &DocumentSet, window: usize, sums: &mut WindowSums) {
    for (word, sums) in sums.chunks_exact_mut(64).enumerate() {
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
