//! The classes `Term`, `Expansion` and `Word` of the module `newsindex_kernel`.

use std::sync::Arc;

use pyo3::prelude::*;

use crate::query_words::Shares;

/// A term of a collection.
#[pyclass(frozen, module = "newsindex_kernel")]
pub(super) struct Term {
    pub(super) collection: u64,
    pub(super) term: Arc<crate::term::Term>,
}

#[pymethods]
impl Term {
    /// How many live documents have the term.
    #[getter]
    fn document_frequency(&self) -> usize {
        self.term.document_frequency
    }

    fn __sizeof__(&self) -> usize {
        self.term.nbytes()
    }
}

/// The spellings of a collection that a word of a query stands for.
#[pyclass(frozen, module = "newsindex_kernel")]
pub(super) struct Expansion {
    pub(super) collection: u64,
    pub(super) expansion: Arc<crate::expansion::Expansion>,
}

#[pymethods]
impl Expansion {
    /// How many live documents have any of the spellings.
    #[getter]
    fn document_frequency(&self) -> usize {
        self.expansion.document_frequency()
    }

    fn __sizeof__(&self) -> usize {
        self.expansion.nbytes()
    }
}

/// A term of a collection and a typed spelling of it.
#[pyclass(frozen, module = "newsindex_kernel")]
pub(super) struct Word {
    pub(super) collection: u64,
    pub(super) shares: Shares,
    pub(super) word: Arc<crate::word::Word>,
    /// How many live documents have a spelling like the typed one, each spelling counted by itself.
    #[pyo3(get)]
    pub(super) spelling_frequency: usize,
}

#[pymethods]
impl Word {
    fn __sizeof__(&self) -> usize {
        self.word.nbytes()
    }
}
