//! Pairs of words, which score where they stand in a document as in the query.

use crate::document_positions::DocumentPositions;
use crate::error::Result;
use crate::plan::Pair;
use crate::segment::View;

/// Whether a document has the words of a pair at their distance in one field.
pub struct PairFinder<'a> {
    first: DocumentPositions<'a>,
    second: DocumentPositions<'a>,
    distance: i64,
    /// What a document scores that has the pair.
    pub score: f32,
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
        Ok(Some(Self {
            first: DocumentPositions::new(view, first)?,
            second: DocumentPositions::new(view, second)?,
            distance: pair.distance,
            score: pair.score,
        }))
    }

    /// Whether a document has the pair. `headline_length` is the number of words of its headline.
    pub fn is_in(&mut self, document: u16, headline_length: u32) -> bool {
        let (first, second) = (&mut self.first, &mut self.second);
        if !first.documents.contains(document) || !second.documents.contains(document) {
            return false;
        }
        let distance = self.distance.rem_euclid(64) as u32;
        if first.mask(document).rotate_left(distance) & second.mask(document) == 0 {
            return false;
        }
        let body_start = i64::from(headline_length);
        let seconds = second.read(document);
        let mut at = 0;
        for &position in first.read(document) {
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
