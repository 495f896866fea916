//! Phrases, by the positions of their terms.

use std::sync::Arc;

use crate::document_positions::DocumentPositions;
use crate::error::Result;
use crate::evaluate::Evaluation;
use crate::intersection::intersect;
use crate::matches::Matches;
use crate::packed::documents::Documents;
use crate::phrase_line::{side_by_side, Among};
use crate::plan::Field;
use crate::term::{Term, TermInSegment};

/// The time for a posting that is looked up, in that for one that is read in order, more or less.
const POSTING_COST: f32 = 5.0;
/// The time for each of its occurrences.
const OCCURRENCE_COST: f32 = 1.0;
/// Documents between two looks at the deadline.
const DEADLINE_STEP: usize = 2048;

/// The live documents of a segment in which the terms of a phrase follow each other in one field.
///
/// Each stands at most `slop` words after the one before it. Occurrences of the phrase are counted by their
/// last word.
pub fn find_phrase(
    evaluation: &Evaluation<'_>,
    phrase: &[Arc<Term>],
    field: Field,
    slop: u32,
    factor: f32,
) -> Result<Matches> {
    let mut matches = Matches::default();
    let view = evaluation.view;
    let Some((distinct, order)) = distinct_terms(phrase, evaluation.number) else {
        return Ok(matches);
    };
    let norms = &view.segment.norms;
    if distinct.is_empty() {
        return Ok(matches);
    }
    let mut lists: Vec<Documents<'_>> = Vec::with_capacity(distinct.len());
    for term in &distinct {
        lists.push(term.documents(view)?);
    }
    let mut add = |document: u16, in_headline: u32, in_body: u32| {
        let (headline, body) = match field {
            Field::Text => (in_headline, in_body),
            Field::Headline => (in_headline, 0),
            Field::Body => (0, in_body),
        };
        if headline + body > 0 && view.is_live(document) {
            let weight = norms.weight(document, headline, body);
            matches.documents.push(document);
            matches.scores.push(norms.saturate(weight) * factor);
        }
    };
    if slop <= 1 && are_dense(&distinct, view.segment.documents) {
        side_by_side(evaluation, &distinct, &order, Among::All, add)?;
        return Ok(matches);
    }
    let shared = intersect(evaluation.deadline, &lists)?;
    if slop <= 1 {
        side_by_side(evaluation, &distinct, &order, Among::Some(&shared), add)?;
        return Ok(matches);
    }
    let mut terms = Vec::with_capacity(distinct.len());
    for term in &distinct {
        terms.push(DocumentPositions::new(view, term)?);
    }
    let headline_lengths = view.headline_lengths()?;
    let (mut ends, mut next_ends) = (Vec::new(), Vec::new());
    for (place, &document) in shared.documents.iter().enumerate() {
        if place % DEADLINE_STEP == 0 {
            evaluation.deadline.check()?;
        }
        let headline_length = headline_lengths.of(document);
        ends.clear();
        for (step, &term) in order.iter().enumerate() {
            let positions = terms[term].read(document);
            if step == 0 {
                ends.extend_from_slice(positions);
            } else {
                following(&ends, positions, headline_length, slop, &mut next_ends);
                std::mem::swap(&mut ends, &mut next_ends);
            }
        }
        let in_headline = ends.partition_point(|&position| position < headline_length);
        add(document, in_headline as u32, (ends.len() - in_headline) as u32);
    }
    Ok(matches)
}

/// Whether it takes less time to read all occurrences of some terms than those in the documents that have all terms.
fn are_dense(terms: &[&TermInSegment], documents: usize) -> bool {
    let documents = documents as f32;
    let (mut shared, mut of_shared, mut of_all) = (documents, 0.0, 0.0);
    for term in terms {
        let (postings, occurrences) = (term.len() as f32, term.occurrences() as f32);
        shared *= postings / documents;
        of_shared += POSTING_COST + OCCURRENCE_COST * occurrences / postings;
        of_all += postings + occurrences;
    }
    of_all < shared * of_shared
}

/// The distinct terms of a phrase in a segment, and the place among them of each term of the phrase; None where the
/// segment lacks one.
fn distinct_terms(phrase: &[Arc<Term>], segment: usize) -> Option<(Vec<&TermInSegment>, Vec<usize>)> {
    let mut distinct: Vec<&TermInSegment> = Vec::with_capacity(phrase.len());
    let mut order = Vec::with_capacity(phrase.len());
    for term in phrase {
        let term = term.segments.get(segment)?.as_ref()?;
        let known = distinct.iter().position(|other| std::ptr::eq(*other, term));
        order.push(known.unwrap_or(distinct.len()));
        if known.is_none() {
            distinct.push(term);
        }
    }
    Some((distinct, order))
}

/// Puts the positions into `found` that are at most `slop` after one of the positions `before`, in the same field.
fn following(before: &[u32], positions: &[u32], headline_length: u32, slop: u32, found: &mut Vec<u32>) {
    let mut last = 0; // the number of positions in `before` that are below the current one
    found.clear();
    for &position in positions {
        while last < before.len() && before[last] < position {
            last += 1;
        }
        if last > 0 {
            let nearest = before[last - 1];
            let in_one_field = (nearest < headline_length) == (position < headline_length);
            if in_one_field && position.saturating_sub(nearest) <= slop {
                found.push(position);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn positions() -> impl Strategy<Value = Vec<u32>> {
        proptest::collection::btree_set(0..60u32, 0..20).prop_map(|set| set.into_iter().collect())
    }

    proptest! {
        #[test]
        fn what_follows_is_what_a_look_at_every_pair_finds(
            before in positions(), after in positions(), headline_length in 0..60u32, slop in 1..6u32,
        ) {
            let follows = |&position: &u32| {
                before.iter().any(|&nearest| {
                    let in_one_field = (nearest < headline_length) == (position < headline_length);
                    nearest < position && position.saturating_sub(nearest) <= slop && in_one_field
                })
            };
            let expected: Vec<u32> = after.iter().copied().filter(follows).collect();
            let mut found = vec![0];
            following(&before, &after, headline_length, slop, &mut found);
            prop_assert_eq!(found, expected);
        }
    }
}
