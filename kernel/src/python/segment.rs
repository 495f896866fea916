//! The class `Segment` of the module `newsindex_kernel`.

use numpy::{PyArray1, PyArrayMethods, PyReadonlyArray1, PyUntypedArrayMethods};
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::PyDict;

use super::slice;
use crate::checked_file::CheckedFile;
use crate::error::Error;
use crate::segment::{Arrays, Codes, Norms};

/// One segment: the content of its file, and the tables by which its postings are scored.
#[pyclass(frozen, module = "newsindex_kernel")]
pub(super) struct Segment {
    pub(super) content: Py<PyArray1<u8>>,
    pub(super) segment: crate::segment::Segment,
}

#[pymethods]
impl Segment {
    #[new]
    #[pyo3(signature = (content, end, checksums, arrays, documents, deleted, norms, codes, k1))]
    #[expect(clippy::too_many_arguments, reason = "they are what a segment is made of")]
    fn new(
        content: Bound<'_, PyArray1<u8>>,
        end: usize,
        checksums: PyReadonlyArray1<'_, u32>,
        arrays: &Bound<'_, PyDict>,
        documents: usize,
        deleted: PyReadonlyArray1<'_, u16>,
        norms: (
            PyReadonlyArray1<'_, u16>,
            PyReadonlyArray1<'_, f32>,
            PyReadonlyArray1<'_, f32>,
            PyReadonlyArray1<'_, f32>,
        ),
        codes: (
            PyReadonlyArray1<'_, u32>,
            PyReadonlyArray1<'_, u32>,
            PyReadonlyArray1<'_, u8>,
        ),
        k1: f64,
    ) -> PyResult<Self> {
        if end > content.len() {
            return Err(PyValueError::new_err("the arrays end beyond the file"));
        }
        let file = CheckedFile::new(slice(&checksums)?.to_vec(), end)?;
        let located = Arrays::locate(end, |name| {
            let missing = || Error::Damaged {
                segment: None,
                array: name,
                element: 0,
                reason: "are missing",
            };
            let entry = arrays.get_item(name).ok().flatten().ok_or_else(missing)?;
            entry.extract::<(String, usize, usize)>().map_err(|_| missing())
        })?;
        let (rows, table, headline, body) = norms;
        let norms = Norms::new(
            slice(&rows)?,
            slice(&table)?,
            slice(&headline)?,
            slice(&body)?,
            k1 as f32,
        )?;
        let (code_headline, code_body, code_mark) = codes;
        let codes = Codes::new(slice(&code_headline)?, slice(&code_body)?, slice(&code_mark)?)?;
        let deleted = slice(&deleted)?;
        let segment = crate::segment::Segment::new(file, located, documents, deleted, norms, codes)?;
        let segment = segment.with_dictionary(slice(&content.try_readonly()?)?)?;
        Ok(Self {
            content: content.unbind(),
            segment,
        })
    }
}
