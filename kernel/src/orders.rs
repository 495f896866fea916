//! The final order of the hits of a search, which has two stages.
//!
//! The best hits of the first stage are sorted anew by the score of the second one, and stay before all others
//! (`newsindex/query/ranking/final_order.py`).

use crate::deadline::Deadline;
use crate::error::Result;
use crate::page::{lead_scores, FirstStageHit, LeadWord};
use crate::plan::{Node, Optional};
use crate::rank::{rank, Hit};
use crate::segment::View;

/// The second stage of the ranking (`newsindex/query/ranking/second_stage.py`).
#[derive(Debug, Clone, Default)]
pub struct SecondStage {
    /// The words of the query.
    pub words: Vec<LeadWord>,
    /// The position at which a word adds half of its gain.
    pub half: f32,
    /// How many of the best hits of the first stage are sorted anew; 0 for none.
    pub count: usize,
}

/// The first hits of a search.
#[derive(Debug, Clone, PartialEq)]
pub struct FirstHits {
    /// The hits, in order.
    pub hits: Vec<Hit>,
    /// How many of them, from the first on, were sorted by the second stage.
    pub best: usize,
    /// The number of all matches.
    pub total: usize,
}

/// Finds the `count` first hits of a plan by their final scores.
pub fn first_hits(
    views: &[View<'_>],
    plan: &Node,
    optional: &Optional,
    second_stage: &SecondStage,
    count: usize,
    deadline: Deadline,
) -> Result<FirstHits> {
    let (mut hits, total) = rank(views, plan, optional, count.max(second_stage.count), deadline)?;
    let best = hits.len().min(second_stage.count);
    rescore(views, second_stage, &mut hits[..best], deadline)?;
    hits.truncate(count);
    let best = best.min(hits.len());
    Ok(FirstHits { hits, best, total })
}

/// Gives some hits their scores of the second stage, and sorts them by these.
fn rescore(
    views: &[View<'_>],
    second_stage: &SecondStage,
    hits: &mut [Hit],
    deadline: Deadline,
) -> Result<()> {
    let of_first_stage = |hit: &Hit| FirstStageHit {
        score: hit.score,
        segment: hit.segment as usize,
        document: hit.document,
    };
    let first_stage: Vec<FirstStageHit> = hits.iter().map(of_first_stage).collect();
    let scores = lead_scores(
        views,
        &second_stage.words,
        second_stage.half,
        &first_stage,
        deadline,
    )?;
    for (hit, score) in hits.iter_mut().zip(scores) {
        hit.score = score;
    }
    hits.sort_unstable_by(Hit::order);
    Ok(())
}
