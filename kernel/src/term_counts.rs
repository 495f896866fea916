//! Counts how many documents of a set have each of many terms.

use std::sync::atomic::Ordering;

use crate::deadline::Deadline;
use crate::document_set::DocumentSet;
use crate::error::{Error, Result};
use crate::frequent_terms::FrequentTerms;
use crate::packed::counts::{count_in, Membership};
use crate::segment::View;

/// Terms between two looks at the deadline.
const DEADLINE_STEP: usize = 1024;

/// The number of documents of a set that have each of some terms of a segment, which are given by their numbers.
pub fn count_terms(view: View<'_>, terms: &[u32], set: DocumentSet, deadline: Deadline) -> Result<Vec<u32>> {
    let frequent = match view.segment.frequent_terms.get() {
        Some(frequent) => frequent,
        None => {
            let frequent = Box::new(FrequentTerms::new(view, deadline)?);
            view.segment.frequent_terms.get_or_init(|| frequent)
        }
    };
    let of_frequent = frequent.count(&set);
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
        if let Some(place) = frequent.place(term) {
            counts.push(of_frequent[place]);
            continue;
        }
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{one_term, seal, some_documents};
    use proptest::prelude::*;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(32))]

        #[test]
        fn a_term_is_in_as_many_documents_of_a_set_as_a_look_at_each_finds(
            seed in any::<u64>(),
            one_in in prop_oneof![Just(2_u64), Just(20), Just(300)],
            documents in 1..4000_usize,
            asked in any::<u64>(),
            asked_in in prop_oneof![Just(1_u64), Just(3), Just(500)],
        ) {
            let list = some_documents(seed, one_in, documents);
            let postings: Vec<(u16, Vec<u32>)> = list.iter().map(|&document| (document, vec![0])).collect();
            let sealed = seal(&one_term(&postings, documents)).unwrap();
            let set = DocumentSet::of(&some_documents(asked, asked_in, documents));
            let expected = list.iter().filter(|&&document| set.contains(document)).count() as u32;
            for _ in 0..2 {
                let counts = count_terms(sealed.view(), &[0], set.clone(), Deadline::after(None));
                prop_assert_eq!(counts, Ok(vec![expected]));
            }
        }
    }

    #[test]
    fn a_term_that_there_is_not_is_refused_and_the_deadline_is_kept() {
        let sealed = seal(&one_term(&[(0, vec![0])], 1)).unwrap();
        let ask = |term, seconds| {
            count_terms(
                sealed.view(),
                &[term],
                DocumentSet::first(1),
                Deadline::after(seconds),
            )
        };
        assert!(matches!(ask(1, None), Err(Error::Invalid(_))));
        assert_eq!(ask(0, Some(0.0)), Err(Error::DeadlinePassed));
        assert_eq!(ask(0, None), Ok(vec![1]));
    }
}
