//! The hits of a search in any order, from any position on.
//!
//! The orders are those of `newsindex/query/ranking/result_order.py`: by date, or by the score of the first stage,
//! which may decay with age. A position is a key, a tie break, a segment and a document, and compares as a tuple.

use std::cmp::Ordering;

use crate::collector::Highest;
use crate::deadline::Deadline;
use crate::error::{Error, Result};
use crate::evaluate::Evaluation;
use crate::matches::Matches;
use crate::optional::OptionalScorer;
use crate::plan::{Node, Optional};
use crate::segment::View;
use crate::windows::Sums;

/// The date of an article without one.
const UNDATED: i32 = i32::MIN;
/// By how much of a score the rounding of 32-bit floats may be wrong.
const ROUNDING: f32 = 1e-6;

/// How scores decay with age, computed by `newsindex/query/ranking/recency_decay.py`.
#[derive(Debug, Clone)]
pub struct Decay<'a> {
    /// The date from which ages count, in minutes.
    pub newest: i64,
    /// The date that counts for a later one.
    pub for_later: i64,
    /// By segment, the factor of each document.
    pub factors: Vec<&'a [f32]>,
}

/// What hits are ordered by.
#[derive(Debug, Clone)]
pub enum Sort<'a> {
    /// The score, the highest first.
    Score(Option<Decay<'a>>),
    /// The date, the newest first.
    Newest,
    /// The date, the oldest first.
    Oldest,
}

/// The position of a hit in an order.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Position {
    /// Minus the score, or the time in the direction of the order.
    pub key: f64,
    /// Minus the time.
    pub tie_break: i64,
    /// The segment.
    pub segment: usize,
    /// The document.
    pub document: usize,
}

impl Position {
    fn order(&self, other: &Self) -> Ordering {
        let by_key = self.key.partial_cmp(&other.key).unwrap_or(Ordering::Equal);
        let mine = (self.tie_break, self.segment, self.document);
        by_key.then_with(|| mine.cmp(&(other.tie_break, other.segment, other.document)))
    }

    fn is_after(&self, other: Option<&Self>) -> bool {
        other.is_none_or(|other| self.order(other) == Ordering::Greater)
    }
}

/// A hit at its position, and its score.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PlacedHit {
    /// The position.
    pub position: Position,
    /// The score of the first stage.
    pub score: f32,
}

/// What is sought: the first hits in an order.
#[derive(Debug, Clone)]
pub struct Sought<'a> {
    /// The order.
    pub sort: Sort<'a>,
    /// The position after which the hits are; None for the first ones.
    pub after: Option<Position>,
    /// How many.
    pub count: usize,
}

/// Finds the first hits of a plan in an order, what is optional added to their scores. Returns them and the number
/// of all matches.
pub fn sorted_hits(
    views: &[View<'_>],
    plan: &Node,
    optional: &Optional,
    sought: &Sought<'_>,
    deadline: Deadline,
) -> Result<(Vec<PlacedHit>, usize)> {
    let mut search = Search {
        views,
        plan,
        optional,
        sought,
        deadline,
        sums: Sums::take(),
    };
    let (mut hits, total) = match &sought.sort {
        Sort::Score(decay) => search.by_score(decay.as_ref())?,
        Sort::Newest | Sort::Oldest => search.by_date()?,
    };
    hits.retain(|hit| hit.position.is_after(sought.after.as_ref()));
    hits.sort_unstable_by(|one, other| one.position.order(&other.position));
    hits.truncate(sought.count);
    if !matches!(sought.sort, Sort::Score(_)) {
        search.score(&mut hits)?;
    }
    search.sums.keep();
    Ok((hits, total))
}

struct Search<'a> {
    views: &'a [View<'a>],
    plan: &'a Node,
    optional: &'a Optional,
    sought: &'a Sought<'a>,
    deadline: Deadline,
    sums: Sums,
}

/// A match whose score may be among those sought.
struct Candidate {
    segment: usize,
    document: u16,
    score: f32,
    highest: f32,
}

impl<'a> Search<'a> {
    fn evaluation(&self, number: usize) -> Evaluation<'a> {
        Evaluation {
            view: self.views[number],
            number,
            deadline: self.deadline,
        }
    }

    fn matches(&mut self, number: usize) -> Result<Matches> {
        let evaluation = self.evaluation(number);
        let matches = evaluation.matches(self.plan, &mut self.sums);
        matches.map_err(|error| error.in_segment(number))
    }

    fn published(&self, number: usize) -> Result<&'a [i32]> {
        let view = self.views[number];
        let dates = view.whole(&view.segment.arrays.published);
        dates.map_err(|error| error.in_segment(number))
    }

    /// The matches that may be sought, at their positions; they have no scores yet.
    fn by_date(&mut self) -> Result<(Vec<PlacedHit>, usize)> {
        let (mut hits, mut total) = (Vec::new(), 0);
        for number in 0..self.views.len() {
            self.deadline.check()?;
            let set = self.evaluation(number).set(self.plan, &mut self.sums);
            let documents = set.map_err(|error| error.in_segment(number))?.documents();
            total += documents.len();
            let dates = self.published(number)?;
            let undated = dates.partition_point(|&date| date == UNDATED);
            let undated = documents.partition_point(|&document| usize::from(document) < undated);
            if matches!(self.sought.sort, Sort::Newest) {
                self.take(number, dates, documents.into_iter().rev(), &mut hits);
            } else {
                let (last, first) = documents.split_at(undated);
                self.take(number, dates, first.iter().chain(last).copied(), &mut hits);
            }
        }
        Ok((hits, total))
    }

    /// Takes the first documents of a segment that are sought, and all with the date of the last one. The keys of
    /// the documents do not descend.
    fn take(
        &self,
        segment: usize,
        dates: &[i32],
        documents: impl Iterator<Item = u16>,
        hits: &mut Vec<PlacedHit>,
    ) {
        let (mut taken, mut last_key) = (0, f64::NEG_INFINITY);
        for document in documents {
            let document = usize::from(document);
            let date = dates[document];
            let key = match self.sought.sort {
                _ if date == UNDATED => f64::INFINITY,
                Sort::Newest => -f64::from(date),
                _ => f64::from(date),
            };
            if taken >= self.sought.count && key > last_key {
                break;
            }
            let position = Position {
                key,
                tie_break: -i64::from(date),
                segment,
                document,
            };
            if position.is_after(self.sought.after.as_ref()) {
                (taken, last_key) = (taken + 1, key);
                hits.push(PlacedHit { position, score: 0.0 });
            }
        }
    }

    /// Gives some hits their scores.
    fn score(&mut self, hits: &mut [PlacedHit]) -> Result<()> {
        for number in 0..self.views.len() {
            let mut of_segment: Vec<&mut PlacedHit> = hits
                .iter_mut()
                .filter(|hit| hit.position.segment == number)
                .collect();
            if of_segment.is_empty() {
                continue;
            }
            let matches = self.matches(number)?;
            let mut optional = self.optional_scorer(number)?;
            for hit in &mut of_segment {
                let document = hit.position.document as u16;
                if let Ok(place) = matches.documents.binary_search(&document) {
                    let score = matches.scores[place];
                    hit.score = score + more(optional.as_mut(), document, score);
                }
            }
        }
        Ok(())
    }

    fn optional_scorer(&self, number: usize) -> Result<Option<OptionalScorer<'a>>> {
        if self.optional.is_empty() {
            return Ok(None);
        }
        let scorer = OptionalScorer::new(self.views[number], number, self.optional);
        scorer.map(Some).map_err(|error| error.in_segment(number))
    }

    /// The matches that may be sought, with their scores.
    fn by_score(&mut self, decay: Option<&Decay<'a>>) -> Result<(Vec<PlacedHit>, usize)> {
        let last_score = self.sought.after.map_or(f32::INFINITY, |after| -after.key as f32);
        let more = self.optional.max_score as f32;
        let mut lowest_scores = Highest::new(self.sought.count.max(1)); // of those that certainly are sought
        let (mut candidates, mut total) = (Vec::new(), 0);
        for number in 0..self.views.len() {
            let matches = self.matches(number)?;
            total += matches.len();
            let factors = factors_of(decay, number, self.views[number])?;
            for (&document, &score) in matches.documents.iter().zip(&matches.scores) {
                let factor = factors.map_or(1.0, |factors| factors[usize::from(document)]);
                let lowest = score * factor * (1.0 - ROUNDING);
                let highest = (score + more) * factor * (1.0 + ROUNDING);
                let is_out_of_reach = lowest_scores.lowest().is_some_and(|limit| highest < limit);
                if is_out_of_reach || lowest > last_score {
                    continue;
                }
                if highest < last_score {
                    lowest_scores.add(lowest);
                }
                candidates.push(Candidate {
                    segment: number,
                    document,
                    score,
                    highest,
                });
            }
        }
        let limit = lowest_scores.lowest().unwrap_or(f32::NEG_INFINITY);
        candidates.retain(|candidate| candidate.highest >= limit);
        Ok((self.first_stage(&candidates, decay)?, total))
    }

    /// Some candidates, which are ordered by segment, at their positions and with the scores of the first stage.
    fn first_stage(&self, candidates: &[Candidate], decay: Option<&Decay<'a>>) -> Result<Vec<PlacedHit>> {
        let mut hits = Vec::with_capacity(candidates.len());
        for of_segment in candidates.chunk_by(|one, other| one.segment == other.segment) {
            self.deadline.check()?;
            let number = of_segment[0].segment;
            let dates = self.published(number)?;
            let factors = factors_of(decay, number, self.views[number])?;
            let mut optional = self.optional_scorer(number)?;
            for candidate in of_segment {
                let document = usize::from(candidate.document);
                let mut score =
                    candidate.score + more(optional.as_mut(), candidate.document, candidate.score);
                if let Some(factors) = factors {
                    score *= factors[document];
                }
                let date = i64::from(dates[document]);
                let date = match decay {
                    Some(decay) if date > decay.newest => decay.for_later,
                    _ => date,
                };
                let position = Position {
                    key: -f64::from(score),
                    tie_break: -date,
                    segment: number,
                    document,
                };
                hits.push(PlacedHit { position, score });
            }
        }
        Ok(hits)
    }
}

/// What a document scores for what is optional.
fn more(scorer: Option<&mut OptionalScorer<'_>>, document: u16, score: f32) -> f32 {
    scorer
        .and_then(|scorer| scorer.score(document, score, None))
        .unwrap_or(0.0)
}

/// The factors of a segment, one for each document; None where scores do not decay.
fn factors_of<'a>(decay: Option<&Decay<'a>>, number: usize, view: View<'_>) -> Result<Option<&'a [f32]>> {
    let Some(decay) = decay else { return Ok(None) };
    let factors = decay.factors.get(number).copied();
    let factors = factors.filter(|factors| factors.len() == view.segment.documents);
    let missing = || Error::Invalid("not one factor for each document".into());
    factors.map(Some).ok_or_else(missing)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn positions() -> impl Strategy<Value = Vec<Position>> {
        let position =
            (0..4u8, 0..3i64, 0..3usize, 0..4usize).prop_map(|(key, tie_break, segment, document)| {
                let key = if key == 3 { f64::INFINITY } else { f64::from(key) };
                Position {
                    key,
                    tie_break,
                    segment,
                    document,
                }
            });
        proptest::collection::vec(position, 0..40)
    }

    proptest! {
        #[test]
        fn positions_compare_as_tuples(positions in positions()) {
            for one in &positions {
                for other in &positions {
                    let tuple = |of: &Position| (of.key, of.tie_break, of.segment, of.document);
                    let expected = tuple(one).partial_cmp(&tuple(other));
                    prop_assert_eq!(Some(one.order(other)), expected);
                    prop_assert_eq!(one.is_after(Some(other)), tuple(one) > tuple(other));
                }
                prop_assert!(one.is_after(None));
            }
        }
    }
}
