//! Merging of all words of several segments, in ranges of terms that threads share.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::ops::Range;

use crate::error::{Error, Result};
use crate::writing::postings_encoder::{EncodedPostings, PostingsEncoder};

use super::part::Part;
use super::term::{Member, TermMerger};

/// The words of the new segment; arrays of bounds have only the ends.
#[derive(Debug)]
pub struct MergedWords {
    /// The postings and positions.
    pub encoder: PostingsEncoder,
    /// The texts of the terms.
    pub term_text: Vec<u8>,
    /// The end of each text.
    pub term_text_end: Vec<u32>,
    /// The end of the spellings of each term.
    pub term_spelling: Vec<u32>,
    /// The texts of the spellings, empty where they are those of their terms.
    pub spelling_text: Vec<u8>,
    /// The end of each text.
    pub spelling_text_end: Vec<u32>,
    /// The documents of each spelling, less one.
    pub spelling_documents: Vec<u16>,
    /// The spellings without a bit.
    pub other_spelling: Vec<u32>,
    /// The end of the documents of each of them.
    pub other_end: Vec<u32>,
    /// Their documents.
    pub other_document: Vec<u16>,
}

impl MergedWords {
    fn new(size: Size) -> Result<Self> {
        Ok(Self {
            encoder: PostingsEncoder::new(size.documents, size.max_occurrences)?,
            term_text: Vec::new(),
            term_text_end: Vec::new(),
            term_spelling: Vec::new(),
            spelling_text: Vec::new(),
            spelling_text_end: Vec::new(),
            spelling_documents: Vec::new(),
            other_spelling: Vec::new(),
            other_end: Vec::new(),
            other_document: Vec::new(),
        })
    }

    /// Adds a spelling of the term that is not ended: its text, the number of its documents, and these where it has
    /// no bit.
    pub(super) fn push_spelling(
        &mut self,
        text: &[u8],
        documents: u32,
        listed: Option<&Vec<u16>>,
    ) -> Result<()> {
        if let Some(listed) = listed {
            self.other_spelling.push(narrow(self.spelling_documents.len())?);
            let first = self.other_document.len();
            self.other_document.extend_from_slice(listed);
            self.other_document[first..].sort_unstable();
            self.other_end.push(narrow(self.other_document.len())?);
        }
        self.spelling_text.extend_from_slice(text);
        self.spelling_text_end.push(narrow(self.spelling_text.len())?);
        let less_one = u16::try_from(documents - 1).map_err(|_| Error::TooLarge)?;
        self.spelling_documents.push(less_one);
        Ok(())
    }

    pub(super) fn end_term(&mut self, text: &[u8]) -> Result<()> {
        self.term_text.extend_from_slice(text);
        self.term_text_end.push(narrow(self.term_text.len())?);
        self.term_spelling.push(narrow(self.spelling_documents.len())?);
        self.encoder.end_term()
    }

    /// Encodes the postings, which are taken out.
    pub fn take_postings(&mut self) -> Result<EncodedPostings> {
        std::mem::replace(&mut self.encoder, PostingsEncoder::new(0, 0)?).finish()
    }

    /// Adds the words that follow these.
    fn append(&mut self, next: Self) -> Result<()> {
        let spellings = self.spelling_documents.len();
        shift(&mut self.term_text_end, &next.term_text_end, self.term_text.len())?;
        shift(&mut self.term_spelling, &next.term_spelling, spellings)?;
        shift(
            &mut self.spelling_text_end,
            &next.spelling_text_end,
            self.spelling_text.len(),
        )?;
        shift(&mut self.other_spelling, &next.other_spelling, spellings)?;
        shift(&mut self.other_end, &next.other_end, self.other_document.len())?;
        self.term_text.extend_from_slice(&next.term_text);
        self.spelling_text.extend_from_slice(&next.spelling_text);
        self.spelling_documents
            .extend_from_slice(&next.spelling_documents);
        self.other_document.extend_from_slice(&next.other_document);
        self.encoder.append(next.encoder)
    }
}

fn shift(ends: &mut Vec<u32>, more: &[u32], before: usize) -> Result<()> {
    for &end in more {
        ends.push(narrow(end as usize + before)?);
    }
    Ok(())
}

fn narrow(number: usize) -> Result<u32> {
    u32::try_from(number).map_err(|_| Error::TooLarge)
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
            let range = thread
                .join()
                .map_err(|_| Error::Invalid("a thread was stopped".into()))?;
            merged.append(range?)?;
        }
        if merged.term_text_end.is_empty() {
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
