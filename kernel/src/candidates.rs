//! The matches of a plan that may be among the best of all segments, and the number of all matches.

use crate::best_matches::for_each_best;
use crate::collector::{Candidate, Collector, Sink};
use crate::deadline::Deadline;
use crate::document_set::DocumentSet;
use crate::error::Result;
use crate::evaluate::Evaluation;
use crate::plan::Node;
use crate::scorer::Scorer;
use crate::segment::View;
use crate::windows::Sums;

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
    let mut collector = Collector::new(count.max(1), tolerance);
    let totals = count_matches(views, plan, &mut collector, deadline)?;
    Ok((collector.take(), totals))
}

/// Counts the matches of a plan in each segment, and gives those to a sink that it wants.
pub fn count_matches(
    views: &[View<'_>],
    plan: &Node,
    sink: &mut impl Sink,
    deadline: Deadline,
) -> Result<Vec<usize>> {
    let parts = Restricted::new(plan);
    let mut totals = Vec::with_capacity(views.len());
    let mut sums = Sums::take();
    for (number, &view) in views.iter().enumerate() {
        let evaluation = Evaluation {
            view,
            number,
            deadline,
        };
        let total = collect(&evaluation, &parts, &mut sums, sink);
        totals.push(total.map_err(|error| error.in_segment(number))?);
        sink.end_segment()?;
    }
    sums.keep();
    Ok(totals)
}

/// Gives the matches of a segment to the sink; returns their number.
fn collect<'a>(
    evaluation: &Evaluation<'a>,
    parts: &Restricted<'a>,
    sums: &mut Sums,
    sink: &mut impl Sink,
) -> Result<usize> {
    evaluation.deadline.check()?;
    let (number, core) = (evaluation.number, parts.core);
    let allowed = parts.allowed(evaluation, sums)?;
    let allowed = allowed.as_ref();
    if let Some(scorers) = scorers_of_any(evaluation, core)? {
        let limit = sink.limit();
        let found = |document, score| sink.add(number, document, score);
        return for_each_best(evaluation, &scorers, allowed, sums, limit, found);
    }
    let mut limit = sink.limit();
    let mut count = 0;
    let mut found = |document, score| {
        if allowed.is_none_or(|allowed| allowed.contains(document)) {
            count += 1;
            if score >= limit {
                limit = sink.add(number, document, score);
            }
        }
    };
    if let Node::AllWords(words) = core {
        let scorers = evaluation.scorers(words)?;
        if scorers.len() == words.len() && !scorers.is_empty() {
            evaluation.for_each_with_all(&scorers, sums, found)?;
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
