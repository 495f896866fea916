//! Merging of all words of several segments, in ranges of terms that threads share.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::ops::Range;

use crate::error::Result;
use crate::threads::join;
use crate::writing::postings_encoder::PostingsEncoder;
use crate::writing::vocabulary::VocabularyEncoder;

use super::part::Part;
use super::term::{Member, TermMerger};

/// The words of the new segment.
#[derive(Debug)]
pub struct MergedWords {
    /// The postings and positions.
    pub postings: PostingsEncoder,
    /// The terms and spellings.
    pub vocabulary: VocabularyEncoder,
}

impl MergedWords {
    fn new(size: Size) -> Result<Self> {
        Ok(Self {
            postings: PostingsEncoder::new(size.documents, size.max_occurrences)?,
            vocabulary: VocabularyEncoder::default(),
        })
    }

    /// Adds the words that follow these.
    fn append(&mut self, next: Self) -> Result<()> {
        self.vocabulary.append(&next.vocabulary)?;
        self.postings.append(next.postings)
    }
}

/// The size of the new segment.
#[derive(Debug, Clone, Copy)]
pub struct Size {
    /// Its documents.
    pub documents: usize,
    /// The occurrences that it may hold.
    pub max_occurrences: usize,
}

/// Merges the words of all parts. So many threads share the work.
///
/// Fails where a part is damaged, with the number of the part, and where the new segment would be too large.
pub fn merge_words(parts: &[Part<'_>], size: Size, threads: usize) -> Result<MergedWords> {
    let mut ranges = ranges(parts, threads);
    let last = ranges.pop().unwrap_or_default();
    std::thread::scope(|scope| {
        let started: Vec<_> = ranges
            .into_iter()
            .map(|range| scope.spawn(move || merge_range(parts, range, size)))
            .collect();
        let last = merge_range(parts, last, size);
        let mut merged = MergedWords::new(size)?;
        for thread in started {
            merged.append(join(thread)?)?;
        }
        if merged.vocabulary.term_text_end.is_empty() {
            return last;
        }
        merged.append(last?)?;
        Ok(merged)
    })
}

/// The terms of each part in so many ranges, each of about the same number of occurrences.
fn ranges(parts: &[Part<'_>], count: usize) -> Vec<Vec<Range<usize>>> {
    let Some(largest) = parts.iter().max_by_key(|part| part.occurrences().last()) else {
        return Vec::new();
    };
    let ends = largest.occurrences();
    let all = ends.last().copied().unwrap_or(0) as usize;
    let mut starts: Vec<usize> = vec![0; parts.len()];
    let mut ranges = Vec::new();
    for number in 1..=count.max(1) {
        let share = (all * number / count.max(1)) as u32;
        let term = ends.partition_point(|&end| end < share);
        let stop = |part: &Part<'_>| {
            if number == count.max(1) || term >= largest.terms() {
                return part.terms();
            }
            partition_point(part, largest.term(term))
        };
        let stops: Vec<usize> = parts.iter().map(stop).collect();
        ranges.push(
            starts
                .iter()
                .zip(&stops)
                .map(|(&start, &stop)| start..stop)
                .collect(),
        );
        starts = stops;
    }
    ranges
}

/// The number of terms of a part that are before a text.
fn partition_point(part: &Part<'_>, text: &[u8]) -> usize {
    let (mut low, mut high) = (0, part.terms());
    while low < high {
        let middle = low.midpoint(high);
        if part.term(middle) < text {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    low
}

/// Merges a range of terms of each part.
fn merge_range(parts: &[Part<'_>], ranges: Vec<Range<usize>>, size: Size) -> Result<MergedWords> {
    let mut merged = MergedWords::new(size)?;
    let mut merger = TermMerger::default();
    let mut heads: BinaryHeap<Reverse<(&[u8], usize, usize)>> = BinaryHeap::new();
    let mut stops = Vec::new();
    for (part, range) in ranges.into_iter().enumerate() {
        if !range.is_empty() {
            heads.push(Reverse((parts[part].term(range.start), part, range.start)));
        }
        stops.push(range.end);
    }
    let mut members = Vec::new();
    while let Some(&Reverse((text, ..))) = heads.peek() {
        members.clear();
        while let Some(mut head) = heads.peek_mut() {
            let Reverse((other, part, term)) = *head;
            if other != text {
                break;
            }
            members.push(Member { part, term });
            if term + 1 < stops[part] {
                *head = Reverse((parts[part].term(term + 1), part, term + 1));
            } else {
                std::collections::binary_heap::PeekMut::pop(head);
            }
        }
        merger.merge(text, &members, parts, &mut merged)?;
    }
    Ok(merged)
}
