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
use crate::scorer::{place, Chosen, Reaching, Scorer, WindowSums};
use crate::windows::{add_window, union, SegmentSums, Sums, WINDOWS};

/// By how much of a sum the rounding of one 32-bit addition may be wrong, and more.
const ROUNDING: f64 = 2e-7;
/// Postings of a window up to which the sums are set to 0 one by one.
const FEW_POSTINGS: usize = 256;
/// Documents of a window of which the sums are looked at together first.
const GROUP: usize = 64;
/// Postings of a segment up to which it is not taken in windows.
const FEW_IN_SEGMENT: usize = 8192;
/// How many postings are added in the time in which one is looked up.
const LOOK_UP_COST: usize = 24;

/// The words of a search in one segment, and what they may score together.
struct Bounds<'a, 'b> {
    scorers: &'b [Scorer<'a>],
    /// The sum of the bounds of each word and those after it, rounded up; and 0.
    from: Vec<f64>,
    /// By how much of a sum its rounding may be wrong.
    margin: f64,
}

impl<'a, 'b> Bounds<'a, 'b> {
    fn new(scorers: &'b [Scorer<'a>]) -> Self {
        let margin = ROUNDING * (scorers.len() + 4) as f64;
        let mut from = vec![0.0; scorers.len() + 1];
        for (place, scorer) in scorers.iter().enumerate().rev() {
            from[place] = from[place + 1] + f64::from(scorer.bound()) * (1.0 + margin);
        }
        Self {
            scorers,
            from,
            margin,
        }
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
        (limit - self.from[place] - self.margin * limit.abs()) as f32
    }

    /// The score of a document whose words before a place score `sum`; None once it cannot reach the limit.
    fn complete(&self, document: u16, place: usize, sum: f32, limit: f32) -> Option<f32> {
        let mut sum = sum;
        for (scorer, rest) in self.scorers[place..].iter().zip(&self.from[place..]) {
            if f64::from(sum) * (1.0 + self.margin) + rest < f64::from(limit) {
                return None;
            }
            sum += scorer.score(document).unwrap_or(0.0);
        }
        Some(sum)
    }
}

/// The essential words for a limit, and which of their postings may be in a document that reaches it.
struct Essential {
    limit: f32,
    count: usize,
    threshold: f32,
    wanted: Vec<Reaching>,
}

impl Essential {
    fn new(bounds: &Bounds<'_, '_>, limit: f32) -> Self {
        let count = bounds.essential(limit);
        let threshold = bounds.threshold(count, limit);
        let all = bounds.from[0] - bounds.from[count];
        let own = |place: usize| bounds.from[place] - bounds.from[place + 1];
        let wanted = (0..count).map(|place| {
            let others = all - own(place);
            let least = f64::from(threshold) - others;
            bounds.scorers[place].reaching((least - bounds.margin * all.abs()) as f32)
        });
        Self {
            limit,
            count,
            threshold,
            wanted: wanted.collect(),
        }
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
    let live = evaluation.view.segment.live.as_ref();
    let wanted = |document| {
        let mut sets = live.into_iter().chain(allowed);
        sets.all(|set| set.contains(document))
    };
    let postings =
        |scorers: &[Scorer<'_>]| -> usize { scorers.iter().map(|scorer| scorer.documents.len()).sum() };
    let bounds = Bounds::new(scorers);
    let mut essential = Essential::new(&bounds, limit);
    let (first, others) = scorers.split_at(essential.count);
    if postings(scorers) <= FEW_IN_SEGMENT && 2 * postings(first) >= postings(others) {
        return Ok(among_few(scorers, wanted, sums, limit, found));
    }
    let mut count = 0;
    if let ([scorer], None, None) = (scorers, live, allowed) {
        for window in 0..WINDOWS {
            evaluation.deadline.check()?;
            let reaching = scorer.reaching(limit);
            scorer.for_each_in_window(window, &reaching, &mut sums.chosen, |document, score| {
                if score >= limit {
                    limit = found(document, score);
                }
            });
        }
        return Ok(scorer.documents.len());
    }
    let mut pays = true; // whether only few documents were reached by the essential words so far
    for window in 0..WINDOWS {
        let postings = |scorers: &[Scorer<'_>]| -> usize {
            scorers
                .iter()
                .map(|scorer| scorer.documents.window(window).len())
                .sum()
        };
        if limit > essential.limit {
            essential = Essential::new(&bounds, limit);
        }
        let (first, others) = scorers.split_at(essential.count);
        if !pays || 2 * postings(first) >= postings(others) {
            count += among_all(evaluation, scorers, allowed, window, sums, &mut limit, &mut found)?;
        } else if let Some(bits) = union(evaluation, scorers, allowed, window)? {
            count += bits.iter().map(|word| word.count_ones() as usize).sum::<usize>();
            add_essential(first, &essential, window, sums);
            let mut scored = essential.count;
            if sums.reached.len() * others.len() * LOOK_UP_COST > postings(others) {
                add_window(others, window, sums);
                scored = scorers.len();
                pays = false;
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
    }
    Ok(count)
}

/// The same for one window, where all words are added.
fn among_all(
    evaluation: &Evaluation<'_>,
    scorers: &[Scorer<'_>],
    allowed: Option<&DocumentSet>,
    window: usize,
    sums: &mut Sums,
    limit: &mut f32,
    found: &mut impl FnMut(u16, f32) -> f32,
) -> Result<usize> {
    if allowed.is_some_and(|allowed| !allowed.has_any(window * WORDS, WORDS)) {
        return Ok(0);
    }
    evaluation.deadline.check()?;
    add_window(scorers, window, sums);
    let live = evaluation.view.segment.live.as_ref();
    live.into_iter()
        .chain(allowed)
        .for_each(|set| clear_others(set, window, &mut sums.sums));
    // Two loops of one step each are compiled to instructions that take several sums at once.
    let count: u32 = sums.sums.iter().map(|&sum| u32::from(sum > 0.0)).sum();
    for (group, sums) in sums.sums.chunks_exact_mut(GROUP).enumerate() {
        let least = *limit;
        if sums.iter().fold(false, |any, &sum| any | (sum >= least)) {
            for (index, &sum) in sums.iter().enumerate() {
                if sum >= *limit && sum > 0.0 {
                    *limit = found((window * WINDOW + group * GROUP + index) as u16, sum);
                }
            }
        }
    }
    sums.sums.fill(0.0);
    Ok(count as usize)
}

/// Sets the sums of the documents that are not in a set to 0.
fn clear_others(set: &DocumentSet, window: usize, sums: &mut WindowSums) {
    for (word, sums) in sums.chunks_exact_mut(64).enumerate() {
        match set.bits(window * WORDS + word) {
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

/// The same where there are so few postings that a step for each window would take longer than they do.
fn among_few(
    scorers: &[Scorer<'_>],
    wanted: impl Fn(u16) -> bool,
    sums: &mut Sums,
    mut limit: f32,
    mut found: impl FnMut(u16, f32) -> f32,
) -> usize {
    let Sums {
        all, chosen, reached, ..
    } = sums;
    let mut count = 0;
    if let [scorer] = scorers {
        scorer.for_each(chosen, |document, score| {
            if wanted(document) {
                count += 1;
                if score >= limit {
                    limit = found(document, score);
                }
            }
        });
        return count;
    }
    reached.clear();
    for scorer in scorers {
        add_postings(scorer, chosen, all, reached);
    }
    for &document in reached.iter() {
        let sum = std::mem::take(&mut all[usize::from(document)]);
        if sum > 0.0 && wanted(document) {
            count += 1;
            if sum >= limit {
                limit = found(document, sum);
            }
        }
    }
    count
}

/// Adds the postings of a word to the sums of a segment, and the documents to `reached` whose sums were 0.
#[inline(never)] // in a larger function the loop would not have all registers
fn add_postings(scorer: &Scorer<'_>, chosen: &mut Chosen, sums: &mut SegmentSums, reached: &mut Vec<u16>) {
    let mut count = reached.len();
    reached.resize(count + scorer.documents.len(), 0);
    let documents = reached.as_mut_slice();
    scorer.for_each(chosen, |document, score| {
        let sum = &mut sums[usize::from(document)];
        let before = *sum;
        *sum = before + score;
        if let Some(next) = documents.get_mut(count) {
            *next = document;
        }
        count += usize::from(before == 0.0);
    });
    reached.truncate(count);
}

fn is_set(bits: &[u64; WORDS], document: u16) -> bool {
    bits[place(document) / 64] >> (document & 63) & 1 == 1
}

/// Adds the postings of the essential words in a window, and collects the documents whose sums reach the threshold.
fn add_essential(scorers: &[Scorer<'_>], essential: &Essential, window: usize, sums: &mut Sums) {
    let Sums {
        sums,
        chosen,
        reached,
        ..
    } = sums;
    reached.clear();
    for (scorer, wanted) in scorers.iter().zip(&essential.wanted) {
        scorer.for_each_in_window(window, wanted, chosen, |document, score| {
            let sum = &mut sums[place(document)];
            *sum += score;
            if *sum >= essential.threshold {
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
    for scorer in scorers {
        for &document in scorer.documents_of(scorer.documents.window(window)) {
            sums.sums[place(document)] = 0.0;
        }
    }
}
