//! The border to Python of `indexing`: the class `Scanner` of the module `newsindex_kernel`.

use numpy::{IntoPyArray, PyArray1, PyReadonlyArray1};
use pyo3::prelude::*;
use pyo3::pybacked::{PyBackedBytes, PyBackedStr};

use crate::indexing::letters::{Letters, Ranges};
use crate::indexing::packed_text::headline_and_body;
use crate::indexing::plain_words::PlainWords;
use crate::indexing::scanner;
use crate::python::{run, slice};

/// The first of the codes of each kind: dot, comma, colon, spaces, hash, line end, digits, rare letters, astral.
type RangeStarts = (u8, u8, u8, u8, u8, u8, u8, u8, u8);
/// The words elided before anything, the letters elided before most signs, and the signs before which these are kept.
type Elisions = (Vec<String>, String, String);
/// The spelling of each word, where its chunk starts, and the first word of each text.
type WordArrays = (Py<PyArray1<i32>>, Py<PyArray1<i64>>, Py<PyArray1<i64>>);

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
                    *place = text;
                }
            }
            scanner.scan(&texts)
        })
    }

    /// Scans texts in which no two lines share a word; returns the chunks whose words are to be entered.
    fn scan(&mut self, py: Python<'_>, texts: Vec<PyBackedStr>) -> PyResult<Vec<String>> {
        let scanner = &mut self.scanner;
        run(py, || {
            let texts: Vec<&str> = texts.iter().map(|text| &**text).collect();
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
        let texts = self.scanner.forms.spellings.texts();
        texts.iter().skip(first).map(|text| &**text).collect()
    }
}
