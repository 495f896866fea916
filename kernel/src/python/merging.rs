//! The border to Python of `merging`: the words and the stored texts of several segments as those of one.

use std::collections::HashMap;

use numpy::{PyArray1, PyArrayMethods, PyReadonlyArray1};
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyDict};

use super::writing::{arrays, parameters, vocabulary_arrays, ParameterTuple};
use super::{run, slice};
use crate::checked_file::CheckedFile;
use crate::merging::part::{Part, Source};
use crate::merging::texts;
use crate::merging::words::{self, Size};

/// Adds what is in this file to the module.
pub(super) fn register(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add_function(wrap_pyfunction!(merge_words, module)?)?;
    module.add_class::<TextMerger>()
}

/// The content of a segment's file, the end of its arrays, its checksums, and the type, the length and the first
/// byte of each array.
type RawFile<'py> = (
    Bound<'py, PyArray1<u8>>,
    usize,
    PyReadonlyArray1<'py, u32>,
    HashMap<String, (String, usize, usize)>,
);

/// Merges the words of segments, each of which comes with the new numbers of its documents; the new segment has so
/// many documents, and at most so many occurrences. Gives the arrays of the terms and spellings, and those of the postings, by name.
#[pyfunction]
fn merge_words<'py>(
    py: Python<'py>,
    segments: Vec<(RawFile<'py>, PyReadonlyArray1<'py, u32>)>,
    documents: usize,
    max_occurrences: usize,
    threads: usize,
) -> PyResult<(Bound<'py, PyDict>, Bound<'py, PyDict>)> {
    let contents: Vec<_> = segments
        .iter()
        .map(|((content, ..), _)| content.readonly())
        .collect();
    let mut sources = Vec::new();
    for (((_, end, checksums, layout), number), content) in segments.iter().zip(&contents) {
        let source = Source {
            content: slice(content)?,
            file: CheckedFile::new(slice(checksums)?.to_vec(), *end)?,
            layout: layout
                .iter()
                .map(|(name, place)| (name.clone(), place.clone()))
                .collect(),
        };
        sources.push((source, slice(number)?));
    }
    let size = Size {
        documents,
        max_occurrences,
    };
    let (vocabulary, encoded) = run(py, || {
        let mut parts = Vec::new();
        for (segment, (source, number)) in sources.iter().enumerate() {
            let part = Part::new(source, number);
            parts.push(part.map_err(|error| error.in_segment(segment))?);
        }
        let merged = words::merge_words(&parts, size, threads)?;
        Ok((merged.vocabulary, merged.postings.finish()?))
    })?;
    Ok((vocabulary_arrays(py, vocabulary)?, arrays(py, encoded)?))
}

/// Gives the stored texts of segments in a new order, compressed with one dictionary.
#[pyclass(module = "newsindex_kernel")]
struct TextMerger {
    contents: Vec<Py<PyArray1<u8>>>,
    merger: texts::TextMerger,
}

#[pymethods]
impl TextMerger {
    #[new]
    fn new(segments: Vec<RawFile<'_>>, dictionary: &[u8], values: ParameterTuple) -> PyResult<Self> {
        let (mut contents, mut parts) = (Vec::new(), Vec::new());
        for (number, (content, end, checksums, layout)) in segments.into_iter().enumerate() {
            let file = CheckedFile::new(slice(&checksums)?.to_vec(), end)?;
            let find = |name: &str| layout.get(name).map(|&(_, count, start)| (count, start));
            let part = texts::TextPart::new(file, slice(&content.readonly())?, find);
            parts.push(part.map_err(|error| error.in_segment(number))?);
            contents.push(content.unbind());
        }
        let merger = texts::TextMerger::new(parts, dictionary, parameters(values));
        Ok(Self { contents, merger })
    }

    /// The frames of texts, each given by the number of its segment and its document, compressed by so many threads.
    fn frames<'py>(
        &mut self,
        py: Python<'py>,
        segment: PyReadonlyArray1<'_, u32>,
        document: PyReadonlyArray1<'_, u32>,
        threads: usize,
    ) -> PyResult<Vec<Bound<'py, PyBytes>>> {
        let places = slice(&segment)?
            .iter()
            .copied()
            .zip(slice(&document)?.iter().copied());
        let places: Vec<texts::Place> = places.collect();
        let contents: Vec<_> = self
            .contents
            .iter()
            .map(|content| content.bind(py).readonly())
            .collect();
        let contents: Vec<&[u8]> = contents.iter().map(slice).collect::<PyResult<_>>()?;
        let merger = &mut self.merger;
        let frames = run(py, || merger.frames(&contents, &places, threads))?;
        Ok(frames.iter().map(|frame| PyBytes::new(py, frame)).collect())
    }
}
