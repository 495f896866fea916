//! The border to Python of `writing`: postings, stored texts and checksums of segments that are being written.

use numpy::{IntoPyArray, PyArray1, PyReadonlyArray1};
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::pybacked::PyBackedBytes;
use pyo3::types::{PyBytes, PyDict};

use super::{run, slice};
use crate::writing::block_checksums;
use crate::writing::posting_codes::CodeTables;
use crate::writing::postings_encoder::{self, EncodedPostings, Occurrences};
use crate::writing::texts::{self, Parameters};
use crate::writing::vocabulary::VocabularyEncoder;

/// Adds what is in this file to the module.
pub(super) fn register(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add_class::<PostingsEncoder>()?;
    module.add_class::<TextCompressor>()?;
    module.add_class::<BlockChecksums>()
}

fn used_up() -> PyErr {
    PyValueError::new_err("it was finished before")
}

/// Encodes the occurrences of one range of terms after another as the arrays of a segment.
#[pyclass(module = "newsindex_kernel")]
pub(super) struct PostingsEncoder {
    headline_length: Vec<u32>,
    encoder: Option<postings_encoder::PostingsEncoder>,
}

impl PostingsEncoder {
    /// The encoder, and the lengths of the headlines of its documents.
    pub(super) fn parts(&mut self) -> PyResult<(&mut postings_encoder::PostingsEncoder, &[u32])> {
        let encoder = self.encoder.as_mut().ok_or_else(used_up)?;
        Ok((encoder, &self.headline_length))
    }
}

#[pymethods]
impl PostingsEncoder {
    #[new]
    fn new(headline_length: PyReadonlyArray1<'_, u32>, max_occurrences: usize) -> PyResult<Self> {
        let headline_length = slice(&headline_length)?.to_vec();
        let encoder = Some(postings_encoder::PostingsEncoder::new(
            headline_length.len(),
            max_occurrences,
        )?);
        Ok(Self {
            headline_length,
            encoder,
        })
    }

    /// Adds the occurrences of the next terms, sorted by term, document and position.
    fn add(
        &mut self,
        py: Python<'_>,
        term: PyReadonlyArray1<'_, u32>,
        document: PyReadonlyArray1<'_, u16>,
        position: PyReadonlyArray1<'_, u32>,
        mark: PyReadonlyArray1<'_, u8>,
        terms: u32,
    ) -> PyResult<()> {
        let occurrences = Occurrences {
            term: slice(&term)?,
            document: slice(&document)?,
            position: slice(&position)?,
            mark: slice(&mark)?,
        };
        let encoder = self.encoder.as_mut().ok_or_else(used_up)?;
        let headline_length = &self.headline_length;
        run(py, || encoder.add(&occurrences, terms, headline_length))
    }

    /// The documents that have the spelling of each slot, one term after another.
    fn slot_documents(&self, py: Python<'_>) -> PyResult<Py<PyArray1<i64>>> {
        let encoder = self.encoder.as_ref().ok_or_else(used_up)?;
        let slots = encoder.slot_documents().as_flattened().iter();
        let counts: Vec<i64> = slots.map(|&documents| i64::from(documents)).collect();
        Ok(counts.into_pyarray(py).unbind())
    }

    /// The arrays of the segment, by name. The encoder is of no use any more.
    fn finish<'py>(&mut self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let encoder = self.encoder.take().ok_or_else(used_up)?;
        let encoded = run(py, || encoder.finish())?;
        arrays(py, encoded)
    }
}

/// The arrays of a segment that hold its postings and positions, by name.
pub(super) fn arrays(py: Python<'_>, encoded: EncodedPostings) -> PyResult<Bound<'_, PyDict>> {
    let arrays = PyDict::new(py);
    arrays.set_item("posting", encoded.posting.into_pyarray(py))?;
    arrays.set_item("position", encoded.position.into_pyarray(py))?;
    arrays.set_item("term_posting", encoded.term_posting.into_pyarray(py))?;
    arrays.set_item("term_occurrence", encoded.term_occurrence.into_pyarray(py))?;
    arrays.set_item("term_posting_byte", encoded.term_posting_byte.into_pyarray(py))?;
    arrays.set_item("term_position_byte", encoded.term_position_byte.into_pyarray(py))?;
    let CodeTables { codes, rare } = encoded.tables;
    let triples = || rare.iter().map(|(_, triple)| triple);
    let posting: Vec<u32> = rare.iter().map(|&(posting, _)| posting as u32).collect();
    arrays.set_item("rare_posting", posting.into_pyarray(py))?;
    let headline: Vec<u32> = triples().map(|triple| triple.headline).collect();
    arrays.set_item("rare_headline", headline.into_pyarray(py))?;
    let body: Vec<u32> = triples().map(|triple| triple.body).collect();
    arrays.set_item("rare_body", body.into_pyarray(py))?;
    let mark: Vec<u8> = triples().map(|triple| triple.mark).collect();
    arrays.set_item("rare_mark", mark.into_pyarray(py))?;
    let headline: Vec<u32> = codes.iter().map(|triple| triple.headline).collect();
    arrays.set_item("code_headline", headline.into_pyarray(py))?;
    let body: Vec<u32> = codes.iter().map(|triple| triple.body).collect();
    arrays.set_item("code_body", body.into_pyarray(py))?;
    let mark: Vec<u8> = codes.iter().map(|triple| triple.mark).collect();
    arrays.set_item("code_mark", mark.into_pyarray(py))?;
    Ok(arrays)
}

/// The arrays of a segment that hold its terms and spellings, by name.
pub(super) fn vocabulary_arrays(
    py: Python<'_>,
    vocabulary: VocabularyEncoder,
) -> PyResult<Bound<'_, PyDict>> {
    let bounds = |mut ends: Vec<u32>| {
        ends.insert(0, 0);
        ends.into_pyarray(py)
    };
    let arrays = PyDict::new(py);
    arrays.set_item("term_text", vocabulary.term_text.into_pyarray(py))?;
    arrays.set_item("term_text_end", bounds(vocabulary.term_text_end))?;
    arrays.set_item("term_spelling", bounds(vocabulary.term_spelling))?;
    arrays.set_item("spelling_text", vocabulary.spelling_text.into_pyarray(py))?;
    arrays.set_item("spelling_text_end", bounds(vocabulary.spelling_text_end))?;
    arrays.set_item(
        "spelling_documents",
        vocabulary.spelling_documents.into_pyarray(py),
    )?;
    arrays.set_item("other_spelling", vocabulary.other_spelling.into_pyarray(py))?;
    arrays.set_item("other_first", bounds(vocabulary.other_end))?;
    arrays.set_item("other_document", vocabulary.other_document.into_pyarray(py))?;
    Ok(arrays)
}

/// The parameters of Zstandard: window log, hash log, chain log, search log, shortest match, target length.
pub(super) type ParameterTuple = (u32, u32, u32, u32, u32, u32);

pub(super) fn parameters(values: ParameterTuple) -> Parameters {
    let (window_log, hash_log, chain_log, search_log, min_match, target_length) = values;
    Parameters {
        window_log,
        hash_log,
        chain_log,
        search_log,
        min_match,
        target_length,
    }
}

/// Compresses stored texts with one dictionary.
#[pyclass(module = "newsindex_kernel")]
pub(super) struct TextCompressor {
    compressor: texts::TextCompressor,
}

#[pymethods]
impl TextCompressor {
    #[new]
    fn new(dictionary: &[u8], values: ParameterTuple) -> PyResult<Self> {
        let compressor = texts::TextCompressor::new(dictionary, parameters(values))?;
        Ok(Self { compressor })
    }

    /// Each text as a frame, compressed by so many threads.
    fn compress<'py>(
        &mut self,
        py: Python<'py>,
        packed: Vec<PyBackedBytes>,
        threads: usize,
    ) -> PyResult<Vec<Bound<'py, PyBytes>>> {
        let compressor = &mut self.compressor;
        let frames = run(py, || {
            let texts: Vec<&[u8]> = packed.iter().map(|text| &**text).collect();
            compressor.compress(&texts, threads)
        })?;
        Ok(frames.iter().map(|frame| PyBytes::new(py, frame)).collect())
    }
}

/// The checksums of the blocks of a file, of which one part after another is added.
#[pyclass(module = "newsindex_kernel")]
pub(super) struct BlockChecksums {
    checksums: Option<block_checksums::BlockChecksums>,
}

#[pymethods]
impl BlockChecksums {
    #[new]
    fn new() -> Self {
        Self {
            checksums: Some(block_checksums::BlockChecksums::default()),
        }
    }

    /// Adds the next bytes of the file.
    fn add(&mut self, py: Python<'_>, content: PyReadonlyArray1<'_, u8>) -> PyResult<()> {
        let content = slice(&content)?;
        let checksums = self.checksums.as_mut().ok_or_else(used_up)?;
        run(py, || {
            checksums.add(content);
            Ok(())
        })
    }

    /// The checksum of each block. No more bytes can be added.
    fn finish(&mut self, py: Python<'_>) -> PyResult<Py<PyArray1<u32>>> {
        let checksums = self.checksums.take().ok_or_else(used_up)?;
        Ok(checksums.finish().into_pyarray(py).unbind())
    }
}
