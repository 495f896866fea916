//! The documents that have any of some words, scored window by window.
//!
//! A window is 4,096 documents: their sums of scores stay in the first-level cache while the postings of one
//! word after another are added to them.

use std::cell::Cell;

use crate::document_set::DocumentSet;
use crate::error::Result;
use crate::evaluate::Evaluation;
use crate::packed::documents::{WINDOW, WORDS};
use crate::scorer::{place, Chosen, Scorer, WindowSums, ALL_CODES};
use crate::segment::MAX_DOCUMENTS;

/// The windows of a segment.
pub const WINDOWS: usize = MAX_DOCUMENTS / WINDOW;

/// The sums of the scores of the documents of a segment.
pub type SegmentSums = [f32; MAX_DOCUMENTS];

/// Memory in which scores are added up; all sums are 0 between two uses.
pub struct Sums {
    /// The sums of the documents of a window.
    pub sums: Box<WindowSums>,
    /// The sums of all documents of a segment.
    pub all: Box<SegmentSums>,
    /// Where the places of postings are put that are looked at.
    pub chosen: Box<Chosen>,
    /// The documents whose sums may be among the best, some more than once.
    pub reached: Vec<u16>,
}

thread_local! {
    static KEPT: Cell<Option<Sums>> = const { Cell::new(None) };
}

impl Sums {
    /// Sums that are 0.
    pub fn new() -> Self {
        Self {
            sums: Box::new([0.0; WINDOW]),
            all: boxed(vec![0.0; MAX_DOCUMENTS]),
            chosen: Box::new([0; WINDOW]),
            reached: Vec::new(),
        }
    }

    /// Sums that are 0, those that this thread has kept if there are any.
    pub fn take() -> Self {
        KEPT.take().unwrap_or_default()
    }

    /// Keeps the sums, which are 0, for the next call of this thread.
    pub fn keep(self) {
        KEPT.set(Some(self));
    }
}

fn boxed(values: Vec<f32>) -> Box<SegmentSums> {
    match values.into_boxed_slice().try_into() {
        Ok(values) => values,
        Err(_) => Box::new([0.0; MAX_DOCUMENTS]),
    }
}

impl Default for Sums {
    fn default() -> Self {
        Self::new()
    }
}

/// Gives each live document that has any of the words, and its score, to `found`. The scores are added in the order
/// of the words. Documents come in ascending order.
pub fn for_each_match(
    evaluation: &Evaluation<'_>,
    scorers: &[Scorer<'_>],
    sums: &mut Sums,
    mut found: impl FnMut(u16, f32),
) -> Result<()> {
    for window in 0..WINDOWS {
        let Some(bits) = union(evaluation, scorers, None, window)? else {
            continue;
        };
        add_window(scorers, window, sums);
        for_each_bit(&bits, |index| {
            if sums.sums[index] > 0.0 {
                found((window * WINDOW + index) as u16, sums.sums[index]);
            }
        });
        sums.sums.fill(0.0);
    }
    Ok(())
}

/// Adds the postings of some words in a window.
#[inline(never)] // in a larger function the loop would not have all registers
pub fn add_window(scorers: &[Scorer<'_>], window: usize, sums: &mut Sums) {
    let Sums { sums, chosen, .. } = sums;
    for scorer in scorers {
        let add = |document, score| sums[place(document)] += score;
        scorer.for_each_in_window(window, &ALL_CODES, chosen, add);
    }
}

/// The live documents of a window that have any of the words and are in the `allowed` ones, a bit for each; None
/// where there are none.
pub fn union(
    evaluation: &Evaluation<'_>,
    scorers: &[Scorer<'_>],
    allowed: Option<&DocumentSet>,
    window: usize,
) -> Result<Option<[u64; WORDS]>> {
    if allowed.is_some_and(|allowed| !allowed.has_any(window * WORDS, WORDS)) {
        return Ok(None);
    }
    let mut bits = [0; WORDS];
    let mut has_any = false;
    for scorer in scorers {
        if !scorer.documents.window(window).is_empty() {
            scorer.documents.set_bits(window, &mut bits);
            has_any = true;
        }
    }
    if !has_any {
        return Ok(None);
    }
    evaluation.deadline.check()?;
    let live = evaluation.view.segment.live.as_ref();
    for set in live.into_iter().chain(allowed) {
        for (word, bits) in bits.iter_mut().enumerate() {
            *bits &= set.bits(window * WORDS + word);
        }
    }
    Ok(Some(bits))
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
