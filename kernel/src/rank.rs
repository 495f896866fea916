//! The best matches of a plan over all segments of a collection, and their number.

use std::cmp::Ordering;

pub use crate::candidates::candidates;
use crate::collector::{is_in_reach, Candidate, Highest};
use crate::deadline::Deadline;
use crate::error::Result;
use crate::optional::OptionalScorer;
use crate::plan::{Node, Optional};
use crate::segment::View;

/// Candidates with the highest scores for the plan that are looked at before all others.
const FIRST_CANDIDATES: usize = 100;
/// Candidates between two looks at the deadline.
const DEADLINE_STEP: usize = 64;

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
    fn order(&self, other: &Self) -> Ordering {
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
