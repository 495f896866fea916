//! Phrases and pairs of words, by the positions of their terms.

use std::sync::Arc;

use crate::error::Result;
use crate::evaluate::{intersect, Evaluation, Matches};
use crate::plan::{Field, Pair};
use crate::segment::View;
use crate::term::{Cursor, Term, TermInSegment};

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
    let mut documents = Vec::with_capacity(distinct.len());
    let mut codes = Vec::with_capacity(distinct.len());
    for term in &distinct {
        documents.push(term.documents(view)?);
        codes.push(term.codes(view)?);
    }
    let headline_lengths: &[u32] = view.whole(&view.segment.arrays.headline_length)?;
    let norms = &view.segment.norms;
    let mut cursors: Vec<Cursor> = distinct.iter().map(|_| Cursor::default()).collect();
    let mut ends = Vec::new();
    intersect(evaluation.deadline, &documents, |document, postings| {
        if !view.is_live(document) {
            return Ok(());
        }
        for (place, term) in distinct.iter().enumerate() {
            term.read_positions(view, codes[place], postings[place], &mut cursors[place])?;
        }
        let headline_length = headline_lengths[usize::from(document)];
        ends.clear();
        ends.extend_from_slice(order.first().map_or(&[], |&first| &cursors[first].positions));
        for &next in order.iter().skip(1) {
            ends = following(&ends, &cursors[next].positions, headline_length, slop.max(1));
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

/// The positions that are at most `slop` after one of the positions `before`, in the same field.
fn following(before: &[u32], positions: &[u32], headline_length: u32, slop: u32) -> Vec<u32> {
    let mut last = 0; // the number of positions in `before` that are below the current one
    let mut found = Vec::with_capacity(positions.len().min(before.len()));
    for &position in positions {
        while last < before.len() && before[last] < position {
            last += 1;
        }
        if last > 0 {
            let nearest = before[last - 1];
            let in_one_field = (nearest < headline_length) == (position < headline_length);
            if in_one_field && position - nearest <= slop {
                found.push(position);
            }
        }
    }
    found
}

/// Whether a document has the words of a pair at their distance in one field.
pub struct PairFinder<'a> {
    view: View<'a>,
    first: Side<'a>,
    second: Side<'a>,
    distance: i64,
    /// What a document scores that has the pair.
    pub score: f32,
}

struct Side<'a> {
    term: &'a TermInSegment,
    documents: &'a [u16],
    codes: &'a [u8],
    cursor: Cursor,
}

impl<'a> Side<'a> {
    fn new(view: View<'a>, term: &'a TermInSegment) -> Result<Self> {
        Ok(Self {
            term,
            documents: term.documents(view)?,
            codes: term.codes(view)?,
            cursor: Cursor::default(),
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
            view,
            first,
            second,
            distance: pair.distance,
            score: pair.score,
        }))
    }

    /// Whether a document has the pair. `headline_length` is the number of words of its headline.
    pub fn is_in(&mut self, document: u16, headline_length: u32) -> Result<bool> {
        let first = self.first.term.find(self.first.documents, document);
        let second = self.second.term.find(self.second.documents, document);
        let (Some(first), Some(second)) = (first, second) else {
            return Ok(false);
        };
        for (side, posting) in [(&mut self.first, first), (&mut self.second, second)] {
            side.term
                .read_positions(self.view, side.codes, posting, &mut side.cursor)?;
        }
        let body_start = i64::from(headline_length);
        let seconds = &self.second.cursor.positions;
        let mut at = 0;
        for &position in &self.first.cursor.positions {
            let sought = i64::from(position) + self.distance;
            while at < seconds.len() && i64::from(seconds[at]) < sought {
                at += 1;
            }
            let is_there = seconds.get(at).is_some_and(|&second| i64::from(second) == sought);
            if is_there && (sought >= body_start + self.distance || sought < body_start) {
                return Ok(true);
            }
        }
        Ok(false)
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
            prop_assert_eq!(following(&before, &after, headline_length, slop), expected);
        }
    }
}
