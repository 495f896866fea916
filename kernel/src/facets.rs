//! Counts the matches of a plan by the values of labels, such as the source, and by period of publication.
//!
//! The matches of a segment are a set of bits, and documents are in order of publication: the matches of a period
//! are the bits of a range.

use crate::deadline::Deadline;
use crate::error::{Error, Result};
use crate::evaluate::Evaluation;
use crate::plan::Node;
use crate::segment::{DocumentSet, View, MAX_DOCUMENTS};
use crate::windows::Sums;

/// The number of the value that each document of a segment has.
#[derive(Debug, Clone, Copy)]
pub enum Labels<'a> {
    /// Of at most 256 values.
    Bytes(&'a [u8]),
    /// Of at most 65,536 values.
    Narrow(&'a [u16]),
    /// Of more.
    Wide(&'a [u32]),
}

/// What the matches of one segment are counted by.
#[derive(Debug, Clone, Default)]
pub struct Counted<'a> {
    /// For each field, the values of the documents, and the number of all values.
    pub labels: Vec<(Labels<'a>, usize)>,
    /// For each division of the time, the first document of each period, and the end; ascending.
    pub periods: Vec<&'a [u32]>,
}

/// The numbers of matches of one segment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counts {
    /// For each field, the matches with each value.
    pub labels: Vec<Vec<u32>>,
    /// For each division of the time, the matches of each period.
    pub periods: Vec<Vec<u32>>,
}

/// Counts the matches of a plan, segment by segment.
pub fn count(
    views: &[View<'_>],
    plan: &Node,
    counted: &[Counted<'_>],
    deadline: Deadline,
) -> Result<Vec<Counts>> {
    if counted.len() != views.len() {
        return Err(Error::Invalid("not one list of values for each segment".into()));
    }
    let mut sums = Sums::new();
    let mut found = Vec::with_capacity(views.len());
    for (number, (&view, counted)) in views.iter().zip(counted).enumerate() {
        deadline.check()?;
        let evaluation = Evaluation {
            view,
            number,
            deadline,
        };
        let set = evaluation.set(plan, &mut sums);
        let set = set.map_err(|error| error.in_segment(number))?;
        found.push(count_set(&set, counted, view.segment.documents)?);
    }
    Ok(found)
}

fn count_set(set: &DocumentSet, counted: &Counted<'_>, documents: usize) -> Result<Counts> {
    let mut labels = Vec::with_capacity(counted.labels.len());
    for &(of_field, values) in &counted.labels {
        let counts = match of_field {
            Labels::Bytes(numbers) if numbers.len() == documents => count_labels(set, numbers, values),
            Labels::Narrow(numbers) if numbers.len() == documents => count_labels(set, numbers, values),
            Labels::Wide(numbers) if numbers.len() == documents => count_labels(set, numbers, values),
            _ => None,
        };
        labels
            .push(counts.ok_or_else(|| Error::Invalid("a label is of no document, or has no name".into()))?);
    }
    let periods = counted.periods.iter().map(|bounds| count_ranges(set, bounds));
    Ok(Counts {
        labels,
        periods: periods.collect(),
    })
}

/// How many documents of a set have each of so many values; None where a document has none of them.
fn count_labels<T: Copy + Into<u32>>(set: &DocumentSet, numbers: &[T], values: usize) -> Option<Vec<u32>> {
    let mut counts = vec![0; values];
    for (word, numbers) in numbers.chunks(64).enumerate() {
        let mut bits = set.bits(word);
        while bits != 0 {
            let number: u32 = (*numbers.get(bits.trailing_zeros() as usize)?).into();
            *counts.get_mut(number as usize)? += 1;
            bits &= bits - 1;
        }
    }
    Some(counts)
}

/// How many documents of a set are in each range between two bounds.
fn count_ranges(set: &DocumentSet, bounds: &[u32]) -> Vec<u32> {
    let mut counts = Vec::with_capacity(bounds.len().saturating_sub(1));
    let mut below = 0; // the documents of the set before the word at `next`
    let mut next = 0;
    let mut before = None;
    for &bound in bounds {
        let bound = bound.min(MAX_DOCUMENTS as u32);
        let word = bound as usize / 64;
        while next < word {
            below += set.bits(next).count_ones();
            next += 1;
        }
        let within = set.bits(word) & !(u64::MAX << (bound % 64));
        let until = below + within.count_ones();
        if let Some(before) = before {
            counts.push(until.saturating_sub(before));
        }
        before = Some(until);
    }
    counts
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    proptest! {
        #[test]
        fn the_matches_of_a_period_are_those_between_its_bounds(
            documents in proptest::collection::btree_set(any::<u16>(), 0..300),
            bounds in proptest::collection::btree_set(0..=65536u32, 0..40),
        ) {
            let listed: Vec<u16> = documents.iter().copied().collect();
            let bounds: Vec<u32> = bounds.into_iter().collect();
            let between = |pair: &[u32]| {
                let is_within = |&&document: &&u16| (pair[0]..pair[1]).contains(&u32::from(document));
                documents.iter().filter(is_within).count() as u32
            };
            let expected: Vec<u32> = bounds.windows(2).map(between).collect();
            prop_assert_eq!(count_ranges(&DocumentSet::of(&listed), &bounds), expected);
        }

        #[test]
        fn each_value_is_counted_as_often_as_documents_have_it(
            values in proptest::collection::vec(0..9u16, 1..400), documents in proptest::collection::btree_set(0..400u16, 0..300),
        ) {
            let documents: BTreeSet<u16> =
                documents.into_iter().filter(|&document| usize::from(document) < values.len()).collect();
            let listed: Vec<u16> = documents.iter().copied().collect();
            let mut expected = vec![0; 9];
            documents.iter().for_each(|&document| expected[usize::from(values[usize::from(document)])] += 1);
            let set = DocumentSet::of(&listed);
            prop_assert_eq!(count_labels(&set, &values, 9), Some(expected));
            let has_last = documents.iter().any(|&document| values[usize::from(document)] == 8);
            prop_assert_eq!(count_labels(&set, &values, 8).is_none(), has_last);
        }
    }
}
