//! The best matches of a plan over all segments of a collection, and their number.

use std::cmp::Ordering;

pub use crate::candidates::candidates;
use crate::candidates::count_matches;
use crate::collector::{is_in_reach, limit_below, Candidate, Collector, Highest, Sink};
use crate::deadline::Deadline;
use crate::error::{Error, Result};
use crate::optional::OptionalScorer;
use crate::plan::{Node, Optional};
use crate::segment::View;

/// Candidates that are put off before what is optional is scored in them.
const MAX_PENDING: usize = 512;
/// Candidates with the highest scores for the plan that are looked at before the others.
const FIRST_CANDIDATES: usize = 32;
/// Candidates between two looks at the deadline.
const DEADLINE_STEP: usize = 64;
/// Hits that may pile up beside the best.
const MAX_IDLE_HITS: usize = 64;

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

/// Finds the `count` best hits of a plan, what is optional added to their scores, in order. Returns them and
/// the number of all matches.
pub fn rank(
    views: &[View<'_>],
    plan: &Node,
    optional: &Optional,
    count: usize,
    deadline: Deadline,
) -> Result<(Vec<Hit>, usize)> {
    let mut ranking = Ranking::new(views, optional, count, deadline);
    let totals = count_matches(views, plan, &mut ranking, deadline)?;
    Ok((ranking.into_hits()?, totals.iter().sum()))
}

/// The best hits so far, what is optional added to their scores.
///
/// Matches are put off, and then the best ones by the score for the plan are looked at first: what is optional counts
/// in their scores, so that most others are found to be out of reach.
struct Ranking<'a> {
    views: &'a [View<'a>],
    optional: &'a Optional,
    tolerance: f64,
    count: usize,
    deadline: Deadline,
    pending: Collector,
    highest: Highest,
    scorers: Vec<Option<OptionalScorer<'a>>>,
    hits: Vec<Hit>,
    error: Option<Error>,
}

impl Sink for Ranking<'_> {
    fn limit(&self) -> f32 {
        if self.error.is_some() {
            return f32::INFINITY; // nothing more is wanted
        }
        self.pending
            .limit()
            .max(limit_below(&self.highest, self.tolerance))
    }

    fn add(&mut self, segment: usize, document: u16, score: f32) -> f32 {
        self.pending.add(segment, document, score);
        if self.pending.len() >= MAX_PENDING {
            self.settle();
        }
        self.limit()
    }

    fn end_segment(&mut self) -> Result<()> {
        self.settle();
        self.error.take().map_or(Ok(()), Err)
    }
}

impl<'a> Ranking<'a> {
    fn new(views: &'a [View<'a>], optional: &'a Optional, count: usize, deadline: Deadline) -> Self {
        let tolerance = if optional.is_empty() {
            0.0
        } else {
            optional.max_score
        };
        Self {
            views,
            optional,
            tolerance,
            count,
            deadline,
            pending: Collector::new(count.max(1), tolerance),
            highest: Highest::new(count.max(1)),
            scorers: views.iter().map(|_| None).collect(),
            hits: Vec::new(),
            error: None,
        }
    }

    /// Looks at the candidates that were put off.
    fn settle(&mut self) {
        let mut candidates = self.pending.take();
        if candidates.len() > FIRST_CANDIDATES && !self.optional.is_empty() {
            candidates.select_nth_unstable_by(FIRST_CANDIDATES, |a, b| b.score.total_cmp(&a.score));
        }
        for (place, candidate) in candidates.iter().enumerate() {
            let in_time = if place % DEADLINE_STEP == 0 {
                self.deadline.check()
            } else {
                Ok(())
            };
            let added = in_time.and_then(|()| self.settle_one(candidate));
            if let Err(error) = added {
                self.error
                    .get_or_insert(error.in_segment(candidate.segment as usize));
                return;
            }
        }
    }

    fn settle_one(&mut self, candidate: &Candidate) -> Result<()> {
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
        if self.hits.len() >= 2 * self.count + MAX_IDLE_HITS {
            self.hits.select_nth_unstable_by(self.count, Hit::order);
            self.hits.truncate(self.count);
        }
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

    fn into_hits(mut self) -> Result<Vec<Hit>> {
        self.end_segment()?;
        self.hits.sort_unstable_by(Hit::order);
        self.hits.truncate(self.count);
        Ok(self.hits)
    }
}

fn published(view: View<'_>, document: u16) -> Result<i32> {
    let document = usize::from(document);
    Ok(view.part::<i32>(&view.segment.arrays.published, document, document + 1)?[0])
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::cmp::Reverse;

    proptest! {
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
