//! The border to Python of `indexing`: the classes `Scanner`, `Batch` and `Inversion` of the module `newsindex_kernel`.

use std::collections::HashSet;

use numpy::{IntoPyArray, PyArray1, PyReadonlyArray1};
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::pybacked::{PyBackedBytes, PyBackedStr};
use pyo3::types::PyDict;

use super::writing::{vocabulary_arrays, PostingsEncoder};
use super::{run, slice};
use crate::indexing::batch;
use crate::indexing::encoding::{encode_postings, encode_vocabulary, Words};
use crate::indexing::inversion::{self, pairs_without_bit};
use crate::indexing::letters::{Letters, Ranges};
use crate::indexing::packed_text::headline_and_body;
use crate::indexing::parentheses;
use crate::indexing::plain_words::PlainWords;
use crate::indexing::scanner;
use crate::indexing::signatures::signatures;
use crate::indexing::vocabulary::Vocabulary;

/// The first of the codes of each kind: dot, comma, colon, spaces, hash, line end, digits, rare letters, astral.
type RangeStarts = (u8, u8, u8, u8, u8, u8, u8, u8, u8);
/// The words elided before anything, the letters elided before most signs, and the signs before which these are kept.
type Elisions = (Vec<String>, String, String);
/// The spelling of each word, where its chunk starts, and the first word of each text.
type WordArrays = (Py<PyArray1<i32>>, Py<PyArray1<i64>>, Py<PyArray1<i64>>);

/// Adds the classes to the module.
pub(super) fn register(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add_class::<Scanner>()?;
    module.add_class::<Batch>()?;
    module.add_function(wrap_pyfunction!(find_parentheses, module)?)?;
    module.add_class::<Inversion>()
}

/// The parentheses that may define an acronym in packed articles: the number of each text, headline and body of each, and
/// the places in characters.
#[pyfunction]
fn find_parentheses(py: Python<'_>, packed: Vec<PyBackedBytes>) -> PyResult<Vec<(usize, Vec<u32>)>> {
    run(py, || {
        let mut found = Vec::new();
        for (article, packed) in packed.iter().enumerate() {
            for (field, text) in headline_and_body(packed)?.into_iter().enumerate() {
                let places = parentheses::find_parentheses(text);
                if !places.is_empty() {
                    found.push((2 * article + field, places));
                }
            }
        }
        Ok(found)
    })
}

/// Finds and numbers the words of texts.
#[pyclass(module = "newsindex_kernel")]
pub struct Scanner {
    scanner: scanner::Scanner,
}

#[pymethods]
impl Scanner {
    #[new]
    fn new(
        codes: PyReadonlyArray1<'_, u8>,
        starts: RangeStarts,
        signs: PyReadonlyArray1<'_, u32>,
        elisions: Elisions,
        hyphens: String,
    ) -> PyResult<Self> {
        let (dot, comma, colon, spaces, hash, line_end, digits, rare, astral) = starts;
        let ranges = Ranges {
            dot,
            comma,
            colon,
            spaces,
            hash,
            line_end,
            digits,
            rare,
            astral,
        };
        let letters = Letters::new(slice(&codes)?, ranges)?;
        let (elided, elided_letters, kept_before) = elisions;
        let plain = PlainWords::new(slice(&signs)?, elided, elided_letters, kept_before)?;
        Ok(Self {
            scanner: scanner::Scanner::new(letters, plain, hyphens),
        })
    }

    /// The number of forms that were met.
    fn __len__(&self) -> usize {
        self.scanner.forms.len()
    }

    /// Which of the texts of packed articles, headline and body of each, may have a word that two lines share.
    fn shared_lines(&self, py: Python<'_>, packed: Vec<PyBackedBytes>) -> PyResult<Vec<usize>> {
        let scanner = &self.scanner;
        run(py, || {
            let mut shared = Vec::new();
            for (article, packed) in packed.iter().enumerate() {
                for (field, text) in headline_and_body(packed)?.into_iter().enumerate() {
                    if scanner.may_share_word(text) {
                        shared.push(2 * article + field);
                    }
                }
            }
            Ok(shared)
        })
    }

    /// Scans packed articles, of which some texts are replaced; returns the chunks whose words are to be entered.
    fn scan_packed(
        &mut self,
        py: Python<'_>,
        packed: Vec<PyBackedBytes>,
        replaced: Vec<(usize, PyBackedStr)>,
    ) -> PyResult<Vec<String>> {
        let scanner = &mut self.scanner;
        run(py, || {
            let mut texts = Vec::with_capacity(2 * packed.len());
            for packed in &packed {
                texts.extend(headline_and_body(packed)?);
            }
            for (number, text) in &replaced {
                if let Some(place) = texts.get_mut(*number) {
                    *place = text.as_bytes();
                }
            }
            scanner.scan(&texts)
        })
    }

    /// Scans texts in which no two lines share a word; returns the chunks whose words are to be entered.
    fn scan(&mut self, py: Python<'_>, texts: Vec<PyBackedStr>) -> PyResult<Vec<String>> {
        let scanner = &mut self.scanner;
        run(py, || {
            let texts: Vec<&[u8]> = texts.iter().map(|text| text.as_bytes()).collect();
            scanner.scan(&texts)
        })
    }

    /// Enters the spellings of the words of the chunks that the last scan returned.
    fn enter(&mut self, words: Vec<Vec<PyBackedStr>>) -> PyResult<()> {
        Ok(self.scanner.forms.enter(&words)?)
    }

    /// The words of what was scanned last.
    fn words(&self, py: Python<'_>) -> PyResult<WordArrays> {
        let scanner = &self.scanner;
        let words = run(py, || Ok(scanner.words()))?;
        Ok((
            words.spelling.into_pyarray(py).unbind(),
            words.start.into_pyarray(py).unbind(),
            words.first.into_pyarray(py).unbind(),
        ))
    }

    /// The spellings from a number on.
    fn spellings(&self, first: usize) -> Vec<&str> {
        texts(&self.scanner.forms.spellings.texts()[first.min(self.scanner.forms.spellings.texts().len())..])
    }

    /// The spellings that have no term yet.
    fn spellings_without_term(&self) -> Vec<&str> {
        texts(self.scanner.forms.spellings_without_term())
    }

    /// Enters the terms of the first spellings that have none.
    fn enter_terms(&mut self, terms: Vec<PyBackedStr>) -> PyResult<()> {
        Ok(self.scanner.forms.enter_terms(&terms)?)
    }

    /// The terms of spellings, given by their numbers.
    fn terms_of(&self, spellings: PyReadonlyArray1<'_, i32>) -> PyResult<Vec<&str>> {
        let (terms, numbers) = (
            self.scanner.forms.terms.texts(),
            self.scanner.forms.term_of_spelling(),
        );
        let term = |&spelling: &i32| {
            let number = usize::try_from(spelling)
                .ok()
                .and_then(|spelling| numbers.get(spelling));
            number.map(|&number| &*terms[number as usize])
        };
        let found: Option<Vec<&str>> = slice(&spellings)?.iter().map(term).collect();
        found.ok_or_else(|| PyValueError::new_err("a spelling has no term"))
    }
}

fn texts(texts: &[std::sync::Arc<str>]) -> Vec<&str> {
    texts.iter().map(|text| &**text).collect()
}

/// The words of the articles that become a segment.
#[pyclass(module = "newsindex_kernel")]
#[derive(Default)]
pub struct Batch {
    batch: batch::Batch,
}

#[pymethods]
impl Batch {
    #[new]
    fn new() -> Self {
        Self::default()
    }

    /// The number of words of all articles.
    fn words(&self) -> usize {
        self.batch.words()
    }

    /// Adds the articles that were scanned last.
    fn keep(&mut self, py: Python<'_>, scanner: PyRef<'_, Scanner>, spacing: usize) -> PyResult<()> {
        let (batch, scanner) = (&mut self.batch, &scanner.scanner);
        run(py, || batch.keep(scanner, spacing))
    }

    /// The numbers of words of the headlines and of the bodies.
    fn lengths(&self, py: Python<'_>) -> (Py<PyArray1<u32>>, Py<PyArray1<u32>>) {
        let (headline, body) = self.batch.lengths();
        (headline.into_pyarray(py).unbind(), body.into_pyarray(py).unbind())
    }

    /// The landmarks of some articles, given by their numbers.
    fn landmarks(&self, py: Python<'_>, articles: PyReadonlyArray1<'_, u32>) -> PyResult<Py<PyArray1<u32>>> {
        let (batch, articles) = (&self.batch, slice(&articles)?);
        let landmarks = run(py, || batch.landmarks(articles))?;
        Ok(landmarks.into_pyarray(py).unbind())
    }

    /// The inversion of the articles that are given by their numbers, in the order of their documents; the batch is
    /// empty then.
    fn invert(
        &mut self,
        py: Python<'_>,
        scanner: PyRef<'_, Scanner>,
        articles: PyReadonlyArray1<'_, u32>,
        stop_terms: HashSet<String>,
        signed_body: usize,
    ) -> PyResult<Inversion> {
        let (batch, forms, articles) = (
            &mut self.batch,
            &scanner.scanner.forms,
            slice(&articles)?.to_vec(),
        );
        run(py, || {
            batch.landmarks(&articles)?; // checks their numbers
            let vocabulary = Vocabulary::new(forms, batch, &articles)?;
            let inversion = inversion::Inversion::new(&vocabulary, batch, &articles)?;
            let signatures = signatures(&vocabulary, batch, &articles, &stop_terms, signed_body);
            let pairs = pairs_without_bit(&vocabulary, batch, &articles);
            Ok(Inversion {
                batch: std::mem::take(batch),
                articles,
                vocabulary,
                inversion,
                signatures,
                pairs,
            })
        })
    }
}

/// The words of articles in the order of their terms.
#[pyclass(module = "newsindex_kernel")]
pub struct Inversion {
    batch: batch::Batch,
    articles: Vec<u32>,
    vocabulary: Vocabulary,
    inversion: inversion::Inversion,
    signatures: (Vec<u64>, Vec<u64>),
    pairs: (Vec<u32>, Vec<u16>),
}

#[pymethods]
impl Inversion {
    /// Gives all occurrences that are left to an encoder; so many threads share the work. Gives the arrays of the
    /// terms and spellings, by name.
    fn encode<'py>(
        &mut self,
        py: Python<'py>,
        mut encoder: PyRefMut<'_, PostingsEncoder>,
        threads: usize,
    ) -> PyResult<Bound<'py, PyDict>> {
        let inversion = &mut self.inversion;
        let words = Words {
            vocabulary: &self.vocabulary,
            batch: &self.batch,
            articles: &self.articles,
        };
        let pairs = &self.pairs;
        let (encoder, headline_length) = encoder.parts()?;
        let vocabulary = run(py, || {
            encode_postings(&words, inversion, headline_length, encoder, threads)?;
            encode_vocabulary(words.vocabulary, pairs, encoder.slot_documents())
        })?;
        vocabulary_arrays(py, vocabulary)
    }

    /// The first and the second bits of the signatures of the documents.
    fn signatures(&self, py: Python<'_>) -> (Py<PyArray1<u64>>, Py<PyArray1<u64>>) {
        let (first, second) = self.signatures.clone();
        (first.into_pyarray(py).unbind(), second.into_pyarray(py).unbind())
    }
}
