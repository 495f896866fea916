//! Counts how many documents of a set have each of many terms.

use std::sync::atomic::Ordering;

use crate::deadline::Deadline;
use crate::document_set::DocumentSet;
use crate::error::{Error, Result};
use crate::packed::counts::{count_in, Membership};
use crate::segment::View;

/// Terms between two looks at the deadline.
const DEADLINE_STEP: usize = 1024;

/// The number of documents of a set that have each of some terms of a segment, which are given by their numbers.
pub fn count_terms(view: View<'_>, terms: &[u32], set: DocumentSet, deadline: Deadline) -> Result<Vec<u32>> {
    let set = Membership::new(set, view.segment.documents);
    let arrays = &view.segment.arrays;
    let postings: &[u32] = view.whole(&arrays.term_posting)?;
    let bytes: &[u32] = view.whole(&arrays.term_posting_byte)?;
    let regions: &[u8] = view.whole(&arrays.posting)?;
    let checked = &view.segment.checked_terms;
    let mut counts = Vec::with_capacity(terms.len());
    for (step, &term) in terms.iter().enumerate() {
        if step % DEADLINE_STEP == 0 {
            deadline.check()?;
        }
        let term = term as usize;
        let bounds_of = |bounds: &[u32]| match bounds.get(term..term + 2) {
            Some(&[first, stop]) => Ok(first as usize..stop as usize),
            _ => Err(Error::Invalid(format!("no term {term}"))),
        };
        let (numbers, bytes) = (bounds_of(postings)?, bounds_of(bytes)?);
        let start = bytes.start;
        let region = regions
            .get(bytes)
            .ok_or_else(|| arrays.term_posting_byte.damaged(term, "do not ascend to the end"))?;
        let count = numbers.end.checked_sub(numbers.start);
        let count = count.ok_or_else(|| arrays.term_posting.damaged(term, "do not ascend"))?;
        let is_checked = checked
            .get(term)
            .is_some_and(|checked| checked.load(Ordering::Relaxed));
        let found = count_in(region, count, view.segment.documents, &set, is_checked);
        counts.push(found.map_err(|wrong| arrays.posting.damaged(start, wrong))?);
        if let Some(checked) = checked.get(term).filter(|_| !is_checked) {
            checked.store(true, Ordering::Relaxed);
        }
    }
    Ok(counts)
}
