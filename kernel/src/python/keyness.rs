//! The border of the counts by which words that stand out are found.

use numpy::{IntoPyArray, PyArray1, PyReadonlyArray1};
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;

use super::collection::Collection;
use super::slice;
use super::words::Term;
use crate::deadline::Deadline;
use crate::error::Result;
use crate::neighbours::{NeighbourCounts, PairCount};
use crate::segment::DocumentSet;
use crate::term::TermInSegment;
use crate::term_counts::count_terms;

/// The documents of each segment, ascending.
pub(super) type DocumentArrays<'py> = Vec<PyReadonlyArray1<'py, u16>>;

/// Of each pair the first and the second term, by their places, and the number of documents.
pub(super) type PairArrays = (Py<PyArray1<u32>>, Py<PyArray1<u32>>, Py<PyArray1<u32>>);

fn sets(documents: &DocumentArrays<'_>, segments: usize) -> PyResult<Vec<DocumentSet>> {
    if documents.len() != segments {
        return Err(PyValueError::new_err(
            "not one list of documents for each segment",
        ));
    }
    documents
        .iter()
        .map(|of_segment| Ok(DocumentSet::of(slice(of_segment)?)))
        .collect()
}

/// The number of some documents that have each of some terms, which are given by their numbers in each segment.
pub(super) fn term_counts(
    collection: &Collection,
    py: Python<'_>,
    terms: &[PyReadonlyArray1<'_, u32>],
    documents: &DocumentArrays<'_>,
    deadline: Deadline,
) -> PyResult<Vec<Py<PyArray1<u32>>>> {
    let sets = sets(documents, collection.segments.len())?;
    if terms.len() != sets.len() {
        return Err(PyValueError::new_err("not one list of terms for each segment"));
    }
    let terms = terms.iter().map(slice).collect::<PyResult<Vec<_>>>()?;
    let counts = collection.with_views(py, |views| {
        let segments = views.iter().zip(terms).zip(sets).enumerate();
        let counts = segments.map(|(number, ((&view, terms), set))| {
            count_terms(view, terms, set, deadline).map_err(|error| error.in_segment(number))
        });
        counts.collect::<Result<Vec<_>>>()
    })?;
    let arrays = counts.into_iter().map(|counts| counts.into_pyarray(py).unbind());
    Ok(arrays.collect())
}

/// The pairs of some terms that at least `least` of some documents have side by side.
pub(super) fn neighbours(
    collection: &Collection,
    py: Python<'_>,
    terms: &[PyRef<'_, Term>],
    documents: &DocumentArrays<'_>,
    least: u32,
    deadline: Deadline,
) -> PyResult<PairArrays> {
    let sets = sets(documents, collection.segments.len())?;
    let mut handles = Vec::with_capacity(terms.len());
    for term in terms {
        collection.require(Some(term.collection))?;
        handles.push(term.term.clone());
    }
    let pairs = collection.with_views(py, |views| {
        let mut counts = NeighbourCounts::new(handles.len())?;
        for (number, (&view, set)) in views.iter().zip(&sets).enumerate() {
            let terms: Vec<Option<&TermInSegment>> = handles
                .iter()
                .map(|term| term.segments.get(number)?.as_ref())
                .collect();
            let added = counts.add(view, &terms, set, deadline);
            added.map_err(|error| error.in_segment(number))?;
        }
        Ok(counts.pairs(least))
    })?;
    let array = |part: fn(&PairCount) -> u32| {
        let values: Vec<u32> = pairs.iter().map(part).collect();
        values.into_pyarray(py).unbind()
    };
    Ok((array(|pair| pair.0), array(|pair| pair.1), array(|pair| pair.2)))
}
