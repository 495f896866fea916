//! The best matches of a plan over all segments of a collection, and their number.

use std::cmp::{Ordering, Reverse};
use std::collections::BinaryHeap;

use crate::deadline::Deadline;
use crate::error::Result;
use crate::evaluate::Evaluation;
use crate::phrase::PairFinder;
use crate::plan::{Node, Optional};
use crate::segment::{DocumentSet, View};
use crate::windows::{for_each_best, Sums};
use crate::word::Scorer;

/// Candidates that may pile up before those that are no longer in reach are dropped.
const MAX_IDLE_CANDIDATES: usize = 8192;
/// By how much of a score the rounding of 32-bit floats may be wrong; candidates this near are kept.
const ROUNDING: f64 = 1e-6;
/// Candidates with the highest scores for the plan that are looked at before all others.
const FIRST_CANDIDATES: usize = 100;
/// Candidates between two looks at the deadline.
const DEADLINE_STEP: usize = 64;

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

/// One of the best matches.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Hit {
    /// The final score: that for the plan, and that for what is optional.
    pub score: f32,
    /// The minute of publication.
    pub published: i32,
    /// The segment.
    pub segment: u32,
    /// The document.
    pub document: u16,
}

impl Hit {
    /// Hits are ordered by score; of equal scores the newer comes first, then the one of the earlier segment,
    /// then the one with the smaller number.
    pub fn order(&self, other: &Self) -> Ordering {
        let by_score = other.score.total_cmp(&self.score);
        let by_date = || other.published.cmp(&self.published);
        let by_number = || (self.segment, self.document).cmp(&(other.segment, other.document));
        by_score.then_with(by_date).then_with(by_number)
    }
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
pub(crate) struct Highest {
    count: usize,
    scores: BinaryHeap<Reverse<Score>>,
}

impl Highest {
    pub(crate) fn new(count: usize) -> Self {
        Self {
            count,
            scores: BinaryHeap::new(),
        }
    }

    /// The lowest of the highest scores, once they are as many as were asked for.
    pub(crate) fn lowest(&self) -> Option<f32> {
        let lowest = self.scores.peek().map(|Reverse(Score(score))| *score);
        lowest.filter(|_| self.scores.len() == self.count)
    }

    pub(crate) fn add(&mut self, score: f32) {
        if self.scores.len() < self.count {
            self.scores.push(Reverse(Score(score)));
        } else if self.scores.peek().is_some_and(|Reverse(lowest)| lowest.0 < score) {
            self.scores.pop();
            self.scores.push(Reverse(Score(score)));
        }
    }
}

struct Collector {
    highest: Highest,
    tolerance: f64,
    candidates: Vec<Candidate>,
    max_candidates: usize,
}

impl Collector {
    fn new(count: usize, tolerance: f64) -> Self {
        let max_candidates = MAX_IDLE_CANDIDATES;
        Self {
            highest: Highest::new(count),
            tolerance,
            candidates: Vec::new(),
            max_candidates,
        }
    }

    /// The score from which on a match is a candidate.
    fn limit(&self) -> f32 {
        self.highest.lowest().map_or(f32::NEG_INFINITY, |lowest| {
            let lowest = f64::from(lowest);
            (lowest - self.tolerance - lowest.abs() * ROUNDING) as f32
        })
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

    fn drop_others(&mut self) {
        let limit = self.limit();
        self.candidates.retain(|candidate| candidate.score >= limit);
    }
}

/// A plan as a part that scores, and parts that only restrict it.
struct Restricted<'a> {
    core: &'a Node,
    filters: Vec<&'a Node>,
    excluded: Vec<&'a Node>,
}

impl<'a> Restricted<'a> {
    fn new(plan: &'a Node) -> Self {
        let mut parts = Self {
            core: plan,
            filters: Vec::new(),
            excluded: Vec::new(),
        };
        loop {
            match parts.core {
                Node::And {
                    required,
                    excluded,
                    boost,
                } if *boost == 1.0 => {
                    let mut scored = required.iter().filter(|node| !node.is_filter());
                    let (Some(core), None) = (scored.next(), scored.next()) else {
                        return parts;
                    };
                    parts
                        .filters
                        .extend(required.iter().filter(|node| node.is_filter()));
                    parts.excluded.extend(excluded);
                    parts.core = core;
                }
                Node::AndNot(positive, negative) if !positive.is_filter() => {
                    parts.excluded.push(negative);
                    parts.core = positive;
                }
                _ => return parts,
            }
        }
    }

    /// The documents that the parts let through; None where there is no such part.
    fn allowed(&self, evaluation: &Evaluation<'a>, sums: &mut Sums) -> Result<Option<DocumentSet>> {
        if self.filters.is_empty() && self.excluded.is_empty() {
            return Ok(None);
        }
        let mut allowed = DocumentSet::first(evaluation.view.segment.documents);
        for filter in &self.filters {
            allowed.intersect(&evaluation.set(filter, sums)?);
        }
        for excluded in &self.excluded {
            allowed.subtract(&evaluation.set(excluded, sums)?);
        }
        Ok(Some(allowed))
    }
}

/// Finds the matches of a plan that are among the `count` best by the score for the plan, and all that score
/// less than the last of these by at most `tolerance`; maybe some more. Returns them in any order, and the
/// number of all matches of each segment.
pub fn candidates(
    views: &[View<'_>],
    plan: &Node,
    count: usize,
    tolerance: f64,
    deadline: Deadline,
) -> Result<(Vec<Candidate>, Vec<usize>)> {
    let parts = Restricted::new(plan);
    let mut collector = Collector::new(count.max(1), tolerance);
    let mut totals = Vec::with_capacity(views.len());
    let mut sums = Sums::new();
    for (number, &view) in views.iter().enumerate() {
        let evaluation = Evaluation {
            view,
            number,
            deadline,
        };
        let total = collect(&evaluation, &parts, &mut sums, &mut collector);
        totals.push(total.map_err(|error| error.in_segment(number))?);
    }
    collector.drop_others();
    Ok((collector.candidates, totals))
}

/// Gives the matches of a segment to the collector; returns their number.
fn collect<'a>(
    evaluation: &Evaluation<'a>,
    parts: &Restricted<'a>,
    sums: &mut Sums,
    collector: &mut Collector,
) -> Result<usize> {
    evaluation.deadline.check()?;
    let (number, core) = (evaluation.number, parts.core);
    let allowed = parts.allowed(evaluation, sums)?;
    let allowed = allowed.as_ref();
    if let Some(scorers) = scorers_of_any(evaluation, core)? {
        let limit = collector.limit();
        let found = |document, score| collector.add(number, document, score);
        return for_each_best(evaluation, &scorers, allowed, sums, limit, found);
    }
    let mut limit = collector.limit();
    let mut count = 0;
    let mut found = |document, score| {
        if allowed.is_none_or(|allowed| allowed.contains(document)) {
            count += 1;
            if score >= limit {
                limit = collector.add(number, document, score);
            }
        }
    };
    if let Node::AllWords(words) = core {
        let scorers = evaluation.scorers(words)?;
        if scorers.len() == words.len() {
            evaluation.for_each_with_all(&scorers, found)?;
        }
    } else {
        let matches = evaluation.matches(core, sums)?;
        for (&document, &score) in matches.documents.iter().zip(&matches.scores) {
            found(document, score);
        }
    }
    Ok(count)
}

/// The scorers of a plan for any of some words, None for another one.
fn scorers_of_any<'a>(evaluation: &Evaluation<'a>, core: &'a Node) -> Result<Option<Vec<Scorer<'a>>>> {
    let parts = match core {
        Node::Word(..) => std::slice::from_ref(core),
        Node::Or(parts, boost) if *boost == 1.0 => parts.as_slice(),
        _ => return Ok(None),
    };
    let mut scorers = Vec::with_capacity(parts.len());
    for part in parts {
        let Node::Word(word, weights) = part else {
            return Ok(None);
        };
        scorers.extend(Scorer::new(evaluation.view, evaluation.number, word, *weights)?);
    }
    Ok(Some(scorers))
}

/// Finds the `count` best hits of a plan, what is optional added to their scores, in order. Returns them and
/// the number of all matches.
pub fn rank(
    views: &[View<'_>],
    plan: &Node,
    optional: &Optional,
    count: usize,
    deadline: Deadline,
) -> Result<(Vec<Hit>, usize)> {
    let tolerance = if optional.is_empty() {
        0.0
    } else {
        optional.max_score
    };
    let (candidates, totals) = candidates(views, plan, count, tolerance, deadline)?;
    let mut ranking = Ranking::new(views, optional, count);
    if optional.is_empty() {
        ranking.add_all(&candidates, deadline, |_| true)?;
    } else {
        // The highest scores for the plan come first, so that most others are found to be out of reach.
        let first = nth_highest(&candidates, FIRST_CANDIDATES.max(2 * count));
        ranking.add_all(&candidates, deadline, |candidate| candidate.score >= first)?;
        ranking.add_all(&candidates, deadline, |candidate| candidate.score < first)?;
    }
    Ok((ranking.into_hits(), totals.iter().sum()))
}

/// The n-th highest score of some candidates, the lowest where they are fewer.
fn nth_highest(candidates: &[Candidate], n: usize) -> f32 {
    if candidates.len() <= n {
        return f32::NEG_INFINITY;
    }
    let mut scores: Vec<f32> = candidates.iter().map(|candidate| candidate.score).collect();
    *scores.select_nth_unstable_by(n, |a, b| b.total_cmp(a)).1
}

/// The best hits so far, what is optional added to their scores.
struct Ranking<'a> {
    views: &'a [View<'a>],
    optional: &'a Optional,
    count: usize,
    highest: Highest,
    scorers: Vec<Option<OptionalScorer<'a>>>,
    hits: Vec<Hit>,
}

impl<'a> Ranking<'a> {
    fn new(views: &'a [View<'a>], optional: &'a Optional, count: usize) -> Self {
        let scorers = views.iter().map(|_| None).collect();
        Self {
            views,
            optional,
            count,
            highest: Highest::new(count.max(1)),
            scorers,
            hits: Vec::new(),
        }
    }

    /// Adds the candidates for which `chosen` holds.
    fn add_all(
        &mut self,
        candidates: &[Candidate],
        deadline: Deadline,
        chosen: impl Fn(&Candidate) -> bool,
    ) -> Result<()> {
        for (place, candidate) in candidates.iter().enumerate() {
            if place % DEADLINE_STEP == 0 {
                deadline.check()?;
            }
            if chosen(candidate) {
                self.add(candidate)
                    .map_err(|error| error.in_segment(candidate.segment as usize))?;
            }
        }
        Ok(())
    }

    fn add(&mut self, candidate: &Candidate) -> Result<()> {
        let Candidate {
            segment, document, ..
        } = *candidate;
        let number = segment as usize;
        let Some(score) = self.final_score(number, candidate)? else {
            return Ok(());
        };
        if self.highest.lowest().is_some_and(|lowest| score < lowest) {
            return Ok(());
        }
        self.highest.add(score);
        let published = published(self.views[number], document)?;
        self.hits.push(Hit {
            score,
            published,
            segment,
            document,
        });
        Ok(())
    }

    /// The score of a candidate with what is optional, None where it is not among the best.
    fn final_score(&mut self, number: usize, candidate: &Candidate) -> Result<Option<f32>> {
        let (score, optional) = (candidate.score, self.optional);
        if optional.is_empty() {
            return Ok(Some(score));
        }
        let lowest = self.highest.lowest();
        if !is_in_reach(lowest, f64::from(score) + optional.max_score) {
            return Ok(None);
        }
        let scorer = match &mut self.scorers[number] {
            Some(scorer) => scorer,
            none => none.insert(OptionalScorer::new(self.views[number], number, optional)?),
        };
        Ok(scorer
            .score(candidate.document, score, lowest)
            .map(|more| score + more))
    }

    fn into_hits(mut self) -> Vec<Hit> {
        self.hits.sort_unstable_by(Hit::order);
        self.hits.truncate(self.count);
        self.hits
    }
}

/// Whether a score of at most `best`, but for rounding, may be among the highest.
fn is_in_reach(lowest: Option<f32>, best: f64) -> bool {
    lowest.is_none_or(|lowest| best * (1.0 + ROUNDING) >= f64::from(lowest))
}

fn published(view: View<'_>, document: u16) -> Result<i32> {
    let document = usize::from(document);
    Ok(view.part::<i32>(&view.segment.arrays.published, document, document + 1)?[0])
}

/// Scores what is optional in one segment.
pub(crate) struct OptionalScorer<'a> {
    words: Vec<Scorer<'a>>,
    pairs: Vec<PairFinder<'a>>,
    headline_lengths: &'a [u32],
}

impl<'a> OptionalScorer<'a> {
    pub(crate) fn new(view: View<'a>, segment: usize, optional: &'a Optional) -> Result<Self> {
        let mut words = Vec::with_capacity(optional.words.len());
        for (word, weights) in &optional.words {
            words.extend(Scorer::new(view, segment, word, *weights)?);
        }
        let mut pairs = Vec::with_capacity(optional.pairs.len());
        for pair in &optional.pairs {
            pairs.extend(PairFinder::new(view, segment, pair)?);
        }
        let headline_lengths = view.whole(&view.segment.arrays.headline_length)?;
        Ok(Self {
            words,
            pairs,
            headline_lengths,
        })
    }

    /// The score of a document for what is optional, added up as `OptionalScorer.scores` does; None once the
    /// document, which has a `score` for the plan, cannot reach the `lowest` of the highest scores any more.
    pub(crate) fn score(&mut self, document: u16, score: f32, lowest: Option<f32>) -> Option<f32> {
        let mut more = 0.0;
        for word in &self.words {
            if let Some(posting) = word.term.find(word.documents, document) {
                more += word.score(posting);
            }
        }
        let headline_length = self.headline_lengths[usize::from(document)];
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

        #[test]
        fn hits_are_ordered_by_score_then_date_then_number(
            hits in proptest::collection::vec((0..3u8, 0..3i32, 0..3u32, 0..3u16), 0..30),
        ) {
            let mut ordered: Vec<Hit> = hits
                .iter()
                .map(|&(score, published, segment, document)| {
                    Hit { score: f32::from(score), published, segment, document }
                })
                .collect();
            ordered.sort_unstable_by(Hit::order);
            let mut expected = hits;
            expected.sort_by_key(|&(score, published, segment, document)| {
                (Reverse(score), Reverse(published), segment, document)
            });
            let found: Vec<_> = ordered
                .iter()
                .map(|hit| (hit.score as u8, hit.published, hit.segment, hit.document))
                .collect();
            prop_assert_eq!(found, expected);
        }
    }
}
