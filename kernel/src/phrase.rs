//! Phrases and pairs of words, by the positions of their terms.

use std::sync::Arc;

use crate::error::Result;
use crate::evaluate::{intersect, Evaluation, Matches};
use crate::plan::{Field, Pair};
use crate::segment::View;
use crate::term::{Positions, Term, TermInSegment};

/// Comparisons of low bytes up to which they are compared one by one.
const FEW_COMPARISONS: usize = 6;

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
    let mut distinct: Vec<&TermInSegment> = Vec::new();
    let mut order = Vec::with_capacity(phrase.len()); // the place of each term of the phrase among the distinct
    for term in phrase {
        let Some(Some(term)) = term.segments.get(evaluation.number) else {
            return Ok(matches);
        };
        let known = distinct.iter().position(|other| std::ptr::eq(*other, term));
        order.push(known.unwrap_or(distinct.len()));
        if known.is_none() {
            distinct.push(term);
        }
    }
    let Some((&first, others)) = order.split_first() else {
        return Ok(matches);
    };
    let mut documents = Vec::with_capacity(distinct.len());
    let mut readers = Vec::with_capacity(distinct.len());
    for term in &distinct {
        documents.push(term.documents(view)?);
        readers.push(term.positions(view)?);
    }
    let headline_lengths: &[u32] = view.whole(&view.segment.arrays.headline_length)?;
    let norms = &view.segment.norms;
    let slop = slop.max(1);
    let mut positions = vec![Vec::new(); distinct.len()];
    let (mut ends, mut next_ends) = (Vec::new(), Vec::new());
    intersect(evaluation.deadline, &documents, |document, postings| {
        if !view.is_live(document) {
            return Ok(());
        }
        if let (1, Some(&second)) = (slop, others.first()) {
            let before = readers[first].low_bytes(postings[first]);
            let after = readers[second].low_bytes(postings[second]);
            if !may_follow(before, after, 1) {
                return Ok(());
            }
        }
        for (place, reader) in readers.iter_mut().enumerate() {
            reader.read(postings[place], &mut positions[place]);
        }
        let headline_length = headline_lengths[usize::from(document)];
        ends.clear();
        ends.extend_from_slice(&positions[first]);
        for &next in others {
            following(&ends, &positions[next], headline_length, slop, &mut next_ends);
            std::mem::swap(&mut ends, &mut next_ends);
        }
        let in_headline = ends.partition_point(|&position| position < headline_length);
        let (headline, body) = match field {
            Field::Text => (in_headline, ends.len() - in_headline),
            Field::Headline => (in_headline, 0),
            Field::Body => (0, ends.len() - in_headline),
        };
        if headline + body > 0 {
            let weight = norms.weight(document, headline as u32, body as u32);
            matches.documents.push(document);
            matches.scores.push(norms.saturate(weight) * factor);
        }
        Ok(())
    })?;
    Ok(matches)
}

/// Whether some position may stand at a distance after another one, judged by the low bytes of both.
fn may_follow(before: &[u8], after: &[u8], distance: u8) -> bool {
    if before.len() * after.len() <= FEW_COMPARISONS {
        return before
            .iter()
            .any(|&first| after.contains(&first.wrapping_add(distance)));
    }
    let mut is_before = [0_u64; 4];
    for &first in before {
        let sought = first.wrapping_add(distance);
        is_before[usize::from(sought >> 6)] |= 1 << (sought & 63);
    }
    after
        .iter()
        .any(|&second| is_before[usize::from(second >> 6)] >> (second & 63) & 1 == 1)
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
            if in_one_field && position.wrapping_sub(nearest) <= slop {
                found.push(position);
            }
        }
    }
}

/// Whether a document has the words of a pair at their distance in one field.
pub struct PairFinder<'a> {
    first: Side<'a>,
    second: Side<'a>,
    distance: i64,
    /// What a document scores that has the pair.
    pub score: f32,
}

struct Side<'a> {
    term: &'a TermInSegment,
    documents: &'a [u16],
    reader: Positions<'a>,
    positions: Vec<u32>,
}

impl<'a> Side<'a> {
    fn new(view: View<'a>, term: &'a TermInSegment) -> Result<Self> {
        Ok(Self {
            term,
            documents: term.documents(view)?,
            reader: term.positions(view)?,
            positions: Vec::new(),
        })
    }
}

impl<'a> PairFinder<'a> {
    /// The finder of a pair in a segment, None where the segment lacks one of the words.
    pub fn new(view: View<'a>, segment: usize, pair: &'a Pair) -> Result<Option<Self>> {
        let (Some(Some(first)), Some(Some(second))) = (
            pair.first.segments.get(segment),
            pair.second.segments.get(segment),
        ) else {
            return Ok(None);
        };
        let (first, second) = (Side::new(view, first)?, Side::new(view, second)?);
        Ok(Some(Self {
            first,
            second,
            distance: pair.distance,
            score: pair.score,
        }))
    }

    /// Whether a document has the pair. `headline_length` is the number of words of its headline.
    pub fn is_in(&mut self, document: u16, headline_length: u32) -> bool {
        let (first, second) = (&mut self.first, &mut self.second);
        let Some(first_posting) = first.term.find(first.documents, document) else {
            return false;
        };
        let Some(second_posting) = second.term.find(second.documents, document) else {
            return false;
        };
        let before = first.reader.low_bytes(first_posting);
        if !may_follow(
            before,
            second.reader.low_bytes(second_posting),
            self.distance as u8,
        ) {
            return false;
        }
        first.reader.read(first_posting, &mut first.positions);
        second.reader.read(second_posting, &mut second.positions);
        let body_start = i64::from(headline_length);
        let seconds = &second.positions;
        let mut at = 0;
        for &position in &first.positions {
            let sought = i64::from(position) + self.distance;
            while at < seconds.len() && i64::from(seconds[at]) < sought {
                at += 1;
            }
            let is_there = seconds.get(at).is_some_and(|&second| i64::from(second) == sought);
            if is_there && (sought >= body_start + self.distance || sought < body_start) {
                return true;
            }
        }
        false
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
                    nearest < position && position - nearest <= slop && in_one_field
                })
            };
            let expected: Vec<u32> = after.iter().copied().filter(follows).collect();
            let mut found = vec![0];
            following(&before, &after, headline_length, slop, &mut found);
            prop_assert_eq!(found, expected);
        }

        #[test]
        fn positions_that_follow_each_other_may_do_so_by_their_low_bytes(
            before in proptest::collection::vec(0..2000u32, 0..30),
            after in proptest::collection::vec(0..2000u32, 0..30),
            distance in 0..255u8,
        ) {
            let low = |positions: &[u32]| positions.iter().map(|&position| position as u8).collect::<Vec<_>>();
            let follows = |&first: &u32| after.contains(&(first + u32::from(distance)));
            if before.iter().any(follows) {
                prop_assert!(may_follow(&low(&before), &low(&after), distance));
            }
        }
    }
}
