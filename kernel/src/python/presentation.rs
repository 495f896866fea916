//! The border to Python of `presentation`: the stored texts of a collection, and what the hits of a page show.

use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyBytes, PyDict, PyString, PyTuple};

use crate::deadline::Deadline;
use crate::error::Error;
use crate::page::Limits;
use crate::presentation::stored_texts::{Dictionary, TextArrays};
use crate::presentation::words::Run;
use crate::presentation::{show, Document, Marking, Shown, Sought, SoughtTerm, Texts};

use super::collection::Collection;
use super::words::Term;

/// A term, how it is marked in headlines and in bodies, and its inverse document frequency.
type MarkedTerm<'py> = (PyRef<'py, Term>, u8, u8, f64);
/// The stored text; the headline, its marks and its HTML; the snippet, its marks and its HTML.
type ShownFields<'py> = (
    Bound<'py, PyBytes>,
    Bound<'py, PyString>,
    Bound<'py, PyTuple>,
    Bound<'py, PyString>,
    Bound<'py, PyString>,
    Bound<'py, PyTuple>,
    Bound<'py, PyString>,
);

/// The stored text, and where terms stand in the headline and in the body: words and places of terms.
type UnknownFields<'py> = (Bound<'py, PyBytes>, Vec<(u32, usize)>, Vec<(u32, usize)>);

/// What is read of a document.
#[derive(IntoPyObject)]
enum DocumentFields<'py> {
    Shown(ShownFields<'py>),
    Unknown(UnknownFields<'py>),
}

/// The stored texts of a collection.
#[pyclass(frozen, module = "newsindex_kernel")]
pub(super) struct StoredTexts {
    collection: Py<Collection>,
    arrays: Vec<TextArrays>,
    dictionaries: Vec<PyOnceLock<Option<Dictionary>>>,
}

impl StoredTexts {
    /// The dictionary of a segment, read when it is first needed.
    fn dictionary(&self, py: Python<'_>, number: usize) -> PyResult<Option<&Dictionary>> {
        let invalid = || PyValueError::new_err(format!("no segment {number}"));
        let cell = self.dictionaries.get(number).ok_or_else(invalid)?;
        if let Some(known) = cell.get(py) {
            return Ok(known.as_ref());
        }
        let read = self.collection.get().with_views(py, |views| {
            let read = self.arrays[number].dictionary(views[number]);
            read.map_err(|error| error.in_segment(number))
        })?;
        // Nobody waits for another thread here: each reads the dictionary, and the first is kept.
        let _ = cell.set(py, read);
        Ok(cell.get(py).and_then(Option::as_ref))
    }
}

#[pymethods]
impl StoredTexts {
    #[new]
    fn new(py: Python<'_>, collection: Py<Collection>, layouts: Vec<Bound<'_, PyDict>>) -> PyResult<Self> {
        let mut arrays = Vec::with_capacity(layouts.len());
        let segments = &collection.get().segments;
        if layouts.len() != segments.len() {
            return Err(PyValueError::new_err("there is not one layout for each segment"));
        }
        for (number, (layout, segment)) in layouts.iter().zip(segments).enumerate() {
            let segment = &segment.bind(py).get().segment;
            let located = TextArrays::locate(segment.file.end(), segment.documents, |name| {
                let missing = || Error::Damaged {
                    segment: None,
                    array: name,
                    element: 0,
                    reason: "are missing",
                };
                let entry = layout.get_item(name).ok().flatten().ok_or_else(missing)?;
                entry.extract::<(String, usize, usize)>().map_err(|_| missing())
            });
            arrays.push(located.map_err(|error| error.in_segment(number))?);
        }
        let dictionaries = arrays.iter().map(|_| PyOnceLock::new()).collect();
        Ok(Self {
            collection,
            arrays,
            dictionaries,
        })
    }

    /// What the documents of a page show.
    #[expect(clippy::too_many_arguments, reason = "they are what a page is made of")]
    fn show<'py>(
        &self,
        py: Python<'py>,
        terms: Vec<MarkedTerm<'py>>,
        headline_phrases: Vec<Vec<usize>>,
        body_phrases: Vec<Vec<usize>>,
        documents: Vec<(usize, u16)>,
        max_of_term: usize,
        max_of_all: usize,
        seconds: Option<f64>,
    ) -> PyResult<Vec<DocumentFields<'py>>> {
        let deadline = Deadline::after(seconds);
        let limits = Limits {
            of_term: max_of_term,
            of_all: max_of_all,
        };
        let sought = self.sought(&terms, headline_phrases, body_phrases)?;
        let mut texts = Vec::with_capacity(self.arrays.len());
        for (number, arrays) in self.arrays.iter().enumerate() {
            let is_shown = documents.iter().any(|&(segment, _)| segment == number);
            let dictionary = if is_shown {
                self.dictionary(py, number)?
            } else {
                None
            };
            texts.push(Texts { arrays, dictionary });
        }
        if documents.iter().any(|&(segment, _)| segment >= texts.len()) {
            return Err(PyValueError::new_err("a document of a page is in no segment"));
        }
        let collection = self.collection.get();
        let shown = collection.with_views(py, |views| {
            show(views, &texts, &sought, &documents, limits, deadline)
        })?;
        let fields = |document| match document {
            Document::Shown(shown) => Ok(DocumentFields::Shown(shown_fields(py, shown)?)),
            Document::Unknown(packed, found) => {
                let packed = PyBytes::new(py, &packed);
                Ok(DocumentFields::Unknown((packed, found.headline, found.body)))
            }
        };
        shown.into_iter().map(fields).collect()
    }
}

impl StoredTexts {
    fn sought(
        &self,
        terms: &[MarkedTerm<'_>],
        headline_phrases: Vec<Vec<usize>>,
        body_phrases: Vec<Vec<usize>>,
    ) -> PyResult<Sought> {
        let mut sought = Vec::with_capacity(terms.len());
        for (term, headline, body, idf) in terms {
            self.collection.get().require(Some(term.collection))?;
            sought.push(SoughtTerm {
                term: term.term.clone(),
                headline: marking(*headline)?,
                body: marking(*body)?,
                idf: *idf,
            });
        }
        let mut phrases = headline_phrases.iter().chain(&body_phrases);
        if phrases.any(|phrase| phrase.iter().any(|&term| term >= terms.len())) {
            return Err(PyValueError::new_err("a phrase has a term that is not sought"));
        }
        Ok(Sought {
            terms: sought,
            headline_phrases,
            body_phrases,
        })
    }
}

fn marking(number: u8) -> PyResult<Marking> {
    match number {
        0 => Ok(Marking::Never),
        1 => Ok(Marking::InPhrases),
        2 => Ok(Marking::Always),
        _ => Err(PyValueError::new_err(format!("no marking {number}"))),
    }
}

fn shown_fields(py: Python<'_>, shown: Shown) -> PyResult<ShownFields<'_>> {
    let headline = shown.packed.get(shown.headline).unwrap_or_default();
    Ok((
        PyBytes::new(py, &shown.packed),
        PyString::from_bytes(py, headline)?,
        PyTuple::new(py, shown.headline_spans)?,
        PyString::new(py, &shown.headline_html),
        PyString::new(py, &shown.snippet),
        PyTuple::new(py, shown.snippet_spans)?,
        PyString::new(py, &shown.snippet_html),
    ))
}

/// The bounds in bytes of the words of a run of text, None where they are not known: for tests.
#[pyfunction]
pub(super) fn _words_of_run(run: &str) -> Option<Vec<(usize, usize)>> {
    let mut words = Vec::new();
    Run::default().words(run, |bounds| words.push(bounds))?;
    Some(words)
}
