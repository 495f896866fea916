//! The border to Python: the classes of the module `newsindex_kernel`.
//!
//! A call borrows the contents of the files as slices, lets the interpreter's lock go, and runs plain Rust over
//! them. No panic crosses: it is caught, and raised as `KernelFault`.

mod facets;
mod presentation;
mod sorting;

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::panic::{catch_unwind, AssertUnwindSafe};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::Arc;

use numpy::{IntoPyArray, PyArray1, PyArrayMethods, PyReadonlyArray1, PyUntypedArrayMethods};
use pyo3::create_exception;
use pyo3::exceptions::{PyException, PyOverflowError, PyRuntimeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::PyDict;

use crate::checked_file::CheckedFile;
use crate::deadline::Deadline;
use crate::dictionary;
use crate::error::{Error, Result};
use crate::evaluate::Evaluation;
use crate::orders::{self, SecondStage};
use crate::page;
use crate::plan::{Field, Listed, Node, Optional};
use crate::query_words::{self, Shares};
use crate::rank;
use crate::segment::{Arrays, Codes, DocumentSet, Norms, View};
use crate::windows::Sums;
use crate::word::{SpellingSet, Weights};

/// The version of what Python and the kernel say to each other; newsindex refuses a kernel of another one.
const INTERFACE: u32 = 2;
/// How deep the parts of a plan may be nested.
const MAX_DEPTH: u32 = 64;
/// The part of an order that the second stage sorts, and the part after it (`newsindex/query/ranking/cursor.py`).
const BEST: u8 = 0;
const LATER: u8 = 1;

create_exception!(
    newsindex_kernel,
    DamagedSegment,
    PyException,
    "A segment is not what was written."
);
create_exception!(
    newsindex_kernel,
    DeadlinePassed,
    PyException,
    "The time of a call is over."
);
create_exception!(
    newsindex_kernel,
    KernelFault,
    PyRuntimeError,
    "A fault of the kernel itself."
);

impl From<Error> for PyErr {
    fn from(error: Error) -> Self {
        match error {
            Error::Damaged {
                segment,
                array,
                element,
                reason,
            } => DamagedSegment::new_err((segment, Some(array), element, reason)),
            Error::Checksum { segment, byte } => {
                DamagedSegment::new_err((segment, None::<&str>, byte, "is damaged"))
            }
            Error::DeadlinePassed => DeadlinePassed::new_err("the time is over"),
            Error::TooLarge => PyOverflowError::new_err(error.to_string()),
            Error::Invalid(reason) => PyValueError::new_err(reason),
        }
    }
}

/// Runs `work` without the interpreter's lock; a panic becomes a KernelFault.
pub(crate) fn run<T: Send>(py: Python<'_>, work: impl FnOnce() -> Result<T> + Send) -> PyResult<T> {
    let outcome = py.detach(|| catch_unwind(AssertUnwindSafe(work)));
    match outcome {
        Ok(result) => Ok(result?),
        Err(panic) => {
            let text = panic.downcast_ref::<String>().map(String::as_str);
            let text = text
                .or_else(|| panic.downcast_ref::<&str>().copied())
                .unwrap_or("a panic");
            Err(KernelFault::new_err(format!(
                "a fault of newsindex-kernel: {text}"
            )))
        }
    }
}

fn view_of<'a>(views: &[View<'a>], number: usize) -> Result<View<'a>> {
    views
        .get(number)
        .copied()
        .ok_or_else(|| Error::Invalid(format!("no segment {number}")))
}

pub(crate) fn slice<'a, T: numpy::Element>(array: &'a PyReadonlyArray1<'_, T>) -> PyResult<&'a [T]> {
    array
        .as_slice()
        .map_err(|_| PyValueError::new_err("an array is not contiguous"))
}

/// One segment: the content of its file, and the tables by which its postings are scored.
#[pyclass(frozen, module = "newsindex_kernel")]
struct Segment {
    content: Py<PyArray1<u8>>,
    segment: crate::segment::Segment,
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

/// The segments of one snapshot.
#[pyclass(frozen, module = "newsindex_kernel")]
struct Collection {
    number: u64,
    segments: Vec<Py<Segment>>,
    shares: Shares,
}

/// A term of a collection.
#[pyclass(frozen, module = "newsindex_kernel")]
struct Term {
    collection: u64,
    term: Arc<crate::term::Term>,
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
struct Expansion {
    collection: u64,
    expansion: Arc<crate::expansion::Expansion>,
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
struct Word {
    collection: u64,
    shares: Shares,
    word: Arc<crate::word::Word>,
    /// How many live documents have a spelling like the typed one, each spelling counted by itself.
    #[pyo3(get)]
    spelling_frequency: usize,
}

#[pymethods]
impl Word {
    fn __sizeof__(&self) -> usize {
        self.word.nbytes()
    }
}

/// A word, and the boosted idf of its term and of its spelling.
type WeightedWord<'py> = (PyRef<'py, Word>, f64, f64);
/// A word, the boosted idf of its term and of its spelling, and its position in its group.
type PlacedWord<'py> = (PyRef<'py, Word>, f64, f64, i64);
/// A run of words, with the stop words and the words of quoted phrases beside them.
type GroupFields<'py> = (Vec<PlacedWord<'py>>, Vec<PlacedWord<'py>>, Vec<PlacedWord<'py>>);
/// The terms of a query with their boosted idf; texts of terms, each with a term that stands for it; the position at
/// which a word adds half of its gain; and how many hits are sorted anew.
type SecondStageFields<'py> = (
    Vec<(PyRef<'py, Term>, f64)>,
    Vec<(String, PyRef<'py, Term>)>,
    f64,
    usize,
);
/// A set of spellings: bits, those without a bit, whether it is complete.
type Spellings = (u8, Vec<u32>, bool);
/// The terms that stand for a word of the query, and what it adds in the second stage.
type LeadWordFields<'py> = (Vec<PyRef<'py, Term>>, f64);
/// The documents of a segment, and their scores unless all are 0.
type ListedDocuments<'py> = (PyReadonlyArray1<'py, u16>, Option<PyReadonlyArray1<'py, f32>>);
/// Documents of a segment and their scores.
type Scored = (Py<PyArray1<i64>>, Py<PyArray1<f32>>);
/// Documents of a segment, their scores, and the number of all matches of the segment.
type ScoredAndTotal = (Py<PyArray1<i64>>, Py<PyArray1<f32>>, usize);
/// The part of the order in which a hit is, its key there, and its tie break; its segment and its document.
type HitFields = (u8, f64, i64, u32, u16);

fn field_of(name: &str) -> PyResult<Field> {
    match name {
        "text" => Ok(Field::Text),
        "headline" => Ok(Field::Headline),
        "body" => Ok(Field::Body),
        _ => Err(PyValueError::new_err(format!("no field {name}"))),
    }
}

impl Plan {
    fn nbytes(&self) -> usize {
        match &self.node {
            Node::Listed(listed) => listed.iter().map(Listed::nbytes).sum(),
            _ => 0,
        }
    }
}

/// A plan: what a query asks for, in the words and terms of one collection.
#[pyclass(frozen, module = "newsindex_kernel")]
struct Plan {
    /// The number of the collection; None where the plan has no word and no term.
    collection: Option<u64>,
    depth: u32,
    node: Node,
}

/// Puts parts together: their collection and the depth of what is made of them.
struct Parts {
    collection: Option<u64>,
    depth: u32,
}

impl Parts {
    fn new() -> Self {
        Self {
            collection: None,
            depth: 0,
        }
    }

    fn join(&mut self, collection: Option<u64>) -> PyResult<()> {
        match (self.collection, collection) {
            (Some(mine), Some(theirs)) if mine != theirs => {
                Err(PyValueError::new_err("parts of a plan are of two collections"))
            }
            (None, Some(_)) => {
                self.collection = collection;
                Ok(())
            }
            _ => Ok(()),
        }
    }

    fn nodes(&mut self, plans: &[PyRef<'_, Plan>]) -> PyResult<Vec<Node>> {
        plans.iter().map(|plan| self.node(plan)).collect()
    }

    fn node(&mut self, plan: &Plan) -> PyResult<Node> {
        self.join(plan.collection)?;
        self.depth = self.depth.max(plan.depth);
        Ok(plan.node.clone())
    }

    fn words(&mut self, words: &[WeightedWord<'_>]) -> PyResult<Vec<(Arc<crate::word::Word>, Weights)>> {
        let weighted = |(word, term, spelling): &WeightedWord<'_>| {
            self.join(Some(word.collection))?;
            Ok((word.word.clone(), word.shares.weights(*term, *spelling)))
        };
        words.iter().map(weighted).collect()
    }

    fn plan(self, node: Node) -> PyResult<Plan> {
        if self.depth >= MAX_DEPTH {
            return Err(PyValueError::new_err(format!(
                "a plan is nested more than {MAX_DEPTH} deep"
            )));
        }
        Ok(Plan {
            collection: self.collection,
            depth: self.depth + 1,
            node,
        })
    }
}

#[pymethods]
impl Plan {
    fn __sizeof__(&self) -> usize {
        std::mem::size_of::<Self>() + self.nbytes()
    }

    #[staticmethod]
    fn word(word: PyRef<'_, Word>, term: f64, spelling: f64) -> PyResult<Self> {
        let mut parts = Parts::new();
        parts.join(Some(word.collection))?;
        let weights = word.shares.weights(term, spelling);
        parts.plan(Node::Word(word.word.clone(), weights))
    }

    #[staticmethod]
    fn all_words(words: Vec<WeightedWord<'_>>) -> PyResult<Self> {
        let mut parts = Parts::new();
        let words = parts.words(&words)?;
        parts.plan(Node::AllWords(words))
    }

    #[staticmethod]
    fn any_words(mut words: Vec<WeightedWord<'_>>) -> PyResult<Self> {
        let mut parts = Parts::new();
        // The word with the greatest score comes first, as in `newsindex/query/evaluation/max_score.py`.
        let max_score = |(word, term, spelling): &WeightedWord<'_>| word.shares.max_score(*term, *spelling);
        words.sort_by(|one, other| max_score(other).total_cmp(&max_score(one)));
        let words = parts.words(&words)?;
        let nodes = words.into_iter().map(|(word, weights)| Node::Word(word, weights));
        let nodes = nodes.collect();
        parts.plan(Node::Or(nodes, 1.0))
    }

    #[staticmethod]
    fn field_word(word: PyRef<'_, Word>, term: f64, spelling: f64, field: &str) -> PyResult<Self> {
        let mut parts = Parts::new();
        parts.join(Some(word.collection))?;
        let weights = word.shares.weights(term, spelling);
        parts.plan(Node::FieldWord(word.word.clone(), weights, field_of(field)?))
    }

    #[staticmethod]
    fn expansion(expansion: PyRef<'_, Expansion>, factor: f64) -> PyResult<Self> {
        let mut parts = Parts::new();
        parts.join(Some(expansion.collection))?;
        parts.plan(Node::Expansion(expansion.expansion.clone(), factor as f32))
    }

    #[staticmethod]
    fn phrase(terms: Vec<PyRef<'_, Term>>, field: &str, slop: u32, factor: f64) -> PyResult<Self> {
        let mut parts = Parts::new();
        for term in &terms {
            parts.join(Some(term.collection))?;
        }
        let field = field_of(field)?;
        let terms = terms.iter().map(|term| term.term.clone()).collect();
        parts.plan(Node::Phrase {
            terms,
            field,
            slop,
            factor: factor as f32,
        })
    }

    #[staticmethod]
    fn every(required: Vec<PyRef<'_, Plan>>, excluded: Vec<PyRef<'_, Plan>>, boost: f64) -> PyResult<Self> {
        let mut parts = Parts::new();
        let (required, excluded) = (parts.nodes(&required)?, parts.nodes(&excluded)?);
        parts.plan(Node::And {
            required,
            excluded,
            boost: boost as f32,
        })
    }

    #[staticmethod]
    fn any(plans: Vec<PyRef<'_, Plan>>, boost: f64) -> PyResult<Self> {
        let mut parts = Parts::new();
        let nodes = parts.nodes(&plans)?;
        parts.plan(Node::Or(nodes, boost as f32))
    }

    #[staticmethod]
    fn without(positive: PyRef<'_, Plan>, negative: PyRef<'_, Plan>) -> PyResult<Self> {
        let mut parts = Parts::new();
        let (positive, negative) = (parts.node(&positive)?, parts.node(&negative)?);
        parts.plan(Node::AndNot(Box::new(positive), Box::new(negative)))
    }

    #[staticmethod]
    fn maybe(required: PyRef<'_, Plan>, optional: PyRef<'_, Plan>) -> PyResult<Self> {
        let mut parts = Parts::new();
        let (required, optional) = (parts.node(&required)?, parts.node(&optional)?);
        parts.plan(Node::AndMaybe(Box::new(required), Box::new(optional)))
    }

    #[staticmethod]
    fn ranges(bounds: Vec<(usize, usize)>) -> PyResult<Self> {
        Parts::new().plan(Node::Ranges(bounds))
    }

    #[staticmethod]
    fn listed(collection: &Collection, segments: Vec<ListedDocuments<'_>>) -> PyResult<Self> {
        let mut parts = Parts::new();
        parts.join(Some(collection.number))?;
        let mut listed = Vec::with_capacity(segments.len());
        for ((documents, scores), segment) in segments.iter().zip(&collection.segments) {
            let documents = slice(documents)?;
            let ascends = documents.windows(2).all(|pair| pair[0] < pair[1]);
            let count = segment.get().segment.documents;
            let within = documents.last().is_none_or(|&last| usize::from(last) < count);
            let scores = scores.as_ref().map(slice).transpose()?;
            let fits = scores.is_none_or(|scores| scores.len() == documents.len());
            if !(ascends && within && fits) {
                return Err(PyValueError::new_err(
                    "listed documents must ascend within their segment",
                ));
            }
            listed.push(match scores {
                None => Listed::Unscored(DocumentSet::of(documents)),
                Some(scores) => Listed::Scored(documents.to_vec(), scores.to_vec()),
            });
        }
        parts.plan(Node::Listed(Arc::new(listed)))
    }

    #[staticmethod]
    fn everything() -> PyResult<Self> {
        Parts::new().plan(Node::Every)
    }

    #[staticmethod]
    fn nothing() -> PyResult<Self> {
        Parts::new().plan(Node::Nothing)
    }
}

impl Collection {
    /// Runs `work` over the segments, without the interpreter's lock.
    fn with_views<T: Send>(
        &self,
        py: Python<'_>,
        work: impl FnOnce(&[View<'_>]) -> Result<T> + Send,
    ) -> PyResult<T> {
        let mut borrowed = Vec::with_capacity(self.segments.len());
        for segment in &self.segments {
            borrowed.push(segment.get().content.bind(py).try_readonly()?);
        }
        let mut views = Vec::with_capacity(borrowed.len());
        for (segment, content) in self.segments.iter().zip(&borrowed) {
            views.push(View {
                segment: &segment.get().segment,
                content: slice(content)?,
            });
        }
        run(py, || work(&views))
    }

    /// What need not occur beside some groups of words.
    fn optional(&self, groups: &[GroupFields<'_>]) -> PyResult<Optional> {
        let placed = |words: &[PlacedWord<'_>]| {
            let one = |(word, term, spelling, position): &PlacedWord<'_>| {
                self.require(Some(word.collection))?;
                Ok(query_words::PlacedWord {
                    word: word.word.clone(),
                    term: *term,
                    spelling: *spelling,
                    position: *position,
                })
            };
            words.iter().map(one).collect::<PyResult<Vec<_>>>()
        };
        let mut all = Vec::with_capacity(groups.len());
        for (words, stops, quoted) in groups {
            all.push(query_words::Group {
                words: placed(words)?,
                stops: placed(stops)?,
                quoted: placed(quoted)?,
            });
        }
        Ok(query_words::optional(&all, &self.shares))
    }

    fn second_stage(&self, fields: &SecondStageFields<'_>) -> PyResult<SecondStage> {
        let (words, alternatives, half, count) = fields;
        let term = |term: &PyRef<'_, Term>| -> PyResult<Arc<crate::term::Term>> {
            self.require(Some(term.collection))?;
            Ok(term.term.clone())
        };
        let words = words.iter().map(|(word, idf)| Ok((term(word)?, *idf)));
        let alternatives = alternatives
            .iter()
            .map(|(text, other)| Ok((text.clone(), term(other)?)));
        let alternatives = alternatives.collect::<PyResult<Vec<_>>>()?;
        let words = query_words::lead_words(words.collect::<PyResult<_>>()?, &alternatives, self.shares.lead);
        Ok(SecondStage {
            count: if words.is_empty() { 0 } else { *count },
            half: *half as f32,
            words,
        })
    }

    fn lead_words(&self, words: &[LeadWordFields<'_>]) -> PyResult<Vec<page::LeadWord>> {
        let mut lead_words = Vec::with_capacity(words.len());
        for (terms, gain) in words {
            for term in terms {
                self.require(Some(term.collection))?;
            }
            let terms = terms.iter().map(|term| term.term.clone()).collect();
            lead_words.push(page::LeadWord {
                terms,
                gain: *gain as f32,
            });
        }
        Ok(lead_words)
    }

    fn require(&self, collection: Option<u64>) -> PyResult<()> {
        match collection {
            Some(number) if number != self.number => {
                Err(PyValueError::new_err("a plan of another collection"))
            }
            _ => Ok(()),
        }
    }
}

#[pymethods]
impl Collection {
    #[new]
    fn new(segments: Vec<Py<Segment>>, shares: (f64, f64, f64, f64, f64)) -> Self {
        let (spelling, accents, neighbours, stop_words, lead) = shares;
        static NEXT: AtomicU64 = AtomicU64::new(0);
        Self {
            number: NEXT.fetch_add(1, Ordering::Relaxed),
            segments,
            shares: Shares {
                spelling,
                accents,
                neighbours,
                stop_words,
                lead,
            },
        }
    }

    /// A term, its postings checked.
    fn term(&self, py: Python<'_>, text: &str, seconds: Option<f64>) -> PyResult<Term> {
        let deadline = Deadline::after(seconds);
        let term = self.with_views(py, |views| {
            let numbers = dictionary::term_numbers(views, text.as_bytes(), deadline)?;
            crate::term::Term::new(views, text, numbers, deadline)
        })?;
        Ok(Term {
            collection: self.number,
            term: Arc::new(term),
        })
    }

    /// The postings of a term by a typed spelling. `fold` gives the plain letters of a spelling.
    fn word(
        &self,
        py: Python<'_>,
        term: &Term,
        spelling: &str,
        folded: &str,
        fold: &Bound<'_, PyAny>,
        seconds: Option<f64>,
    ) -> PyResult<Word> {
        self.require(Some(term.collection))?;
        let typed = dictionary::Typed {
            spelling: spelling.as_bytes(),
            folded: folded.as_bytes(),
        };
        let (term, deadline) = (&term.term, Deadline::after(seconds));
        let open: Vec<String> = self.with_views(py, |views| {
            let text = |text: &[u8]| String::from_utf8_lossy(text).into_owned();
            Ok(dictionary::open_spellings(views, term, typed)?
                .into_iter()
                .map(text)
                .collect())
        })?;
        let mut alike = BTreeSet::new();
        for text in open {
            if fold.call1((&text,))?.extract::<Cow<'_, str>>()? == folded {
                alike.insert(text.into_bytes());
            }
        }
        let (word, spelling_frequency) = self.with_views(py, |views| {
            let (spellings, documents) = dictionary::similar_spellings(views, term, typed, &alike, deadline)?;
            let word = crate::word::Word::new(views, term.clone(), spellings, deadline)?;
            Ok((word, documents))
        })?;
        Ok(Word {
            collection: self.number,
            shares: self.shares,
            word: Arc::new(word),
            spelling_frequency,
        })
    }

    /// The documents that have any of some spellings, which are given by segment.
    fn expansion(
        &self,
        py: Python<'_>,
        spellings: Vec<Vec<(usize, Spellings)>>,
        seconds: Option<f64>,
    ) -> PyResult<Expansion> {
        let set = |(number, (bits, others, complete)): (usize, Spellings)| {
            let empty = bits == 0 && others.is_empty();
            let set = SpellingSet {
                bits,
                others,
                complete,
                empty,
            };
            (number, set)
        };
        let spellings: Vec<crate::expansion::TermSpellings> = spellings
            .into_iter()
            .map(|of_segment| of_segment.into_iter().map(set).collect())
            .collect();
        let deadline = Deadline::after(seconds);
        let expansion = self.with_views(py, |views| {
            crate::expansion::Expansion::new(views, &spellings, deadline)
        })?;
        Ok(Expansion {
            collection: self.number,
            expansion: Arc::new(expansion),
        })
    }

    /// How many live documents have a term.
    fn document_frequency(&self, py: Python<'_>, text: &str, seconds: Option<f64>) -> PyResult<usize> {
        let deadline = Deadline::after(seconds);
        self.with_views(py, |views| {
            dictionary::document_frequency(views, text.as_bytes(), deadline)
        })
    }

    /// The terms from `low` to before `high`, at most `limit` of each segment.
    fn term_range(
        &self,
        py: Python<'_>,
        low: &str,
        high: &str,
        limit: usize,
        seconds: Option<f64>,
    ) -> PyResult<Vec<String>> {
        let deadline = Deadline::after(seconds);
        let found = self.with_views(py, |views| {
            dictionary::term_range(views, low.as_bytes(), high.as_bytes(), limit, deadline)
        })?;
        let text = |text: Vec<u8>| String::from_utf8_lossy(&text).into_owned();
        Ok(found.into_iter().map(text).collect())
    }

    /// The first hits by score, in the order of the second stage.
    fn rank(
        &self,
        py: Python<'_>,
        plan: &Plan,
        groups: Vec<GroupFields<'_>>,
        second_stage: SecondStageFields<'_>,
        count: usize,
        seconds: Option<f64>,
    ) -> PyResult<(Vec<HitFields>, usize)> {
        self.require(plan.collection)?;
        let optional = self.optional(&groups)?;
        let second_stage = self.second_stage(&second_stage)?;
        let (deadline, node) = (Deadline::after(seconds), &plan.node);
        let found = self.with_views(py, |views| {
            orders::first_hits(views, node, &optional, &second_stage, count, deadline)
        })?;
        let fields = |(place, hit): (usize, &rank::Hit)| {
            let part = if place < found.best { BEST } else { LATER };
            let (key, tie_break) = (-f64::from(hit.score), -i64::from(hit.published));
            (part, key, tie_break, hit.segment, hit.document)
        };
        Ok((found.hits.iter().enumerate().map(fields).collect(), found.total))
    }

    /// The first hits in an order, after a position.
    #[expect(clippy::too_many_arguments, reason = "they are what a search is made of")]
    fn sorted(
        &self,
        py: Python<'_>,
        plan: &Plan,
        groups: Vec<GroupFields<'_>>,
        sort: &str,
        decay: Option<sorting::DecayFields<'_>>,
        after: Option<sorting::PositionFields>,
        count: usize,
        seconds: Option<f64>,
    ) -> PyResult<(Vec<sorting::HitFields>, usize)> {
        self.require(plan.collection)?;
        let optional = self.optional(&groups)?;
        let sought = sorting::sought(sort, decay.as_ref(), after, count)?;
        let (deadline, node) = (Deadline::after(seconds), &plan.node);
        let (hits, total) = self.with_views(py, |views| {
            crate::sorting::sorted_hits(views, node, &optional, &sought, deadline)
        })?;
        Ok((hits.iter().map(sorting::fields).collect(), total))
    }

    /// The number of live documents that match.
    fn count(&self, py: Python<'_>, plan: &Plan, seconds: Option<f64>) -> PyResult<usize> {
        self.require(plan.collection)?;
        let (deadline, node) = (Deadline::after(seconds), &plan.node);
        let (_, totals) = self.with_views(py, |views| rank::candidates(views, node, 0, 0.0, deadline))?;
        Ok(totals.iter().sum())
    }

    /// The numbers of matches by label and by period of publication, for each field or division of the time and
    /// each segment.
    fn facets<'py>(
        &self,
        py: Python<'py>,
        plan: &Plan,
        labels: facets::LabelArrays<'py>,
        periods: facets::PeriodArrays<'py>,
        seconds: Option<f64>,
    ) -> PyResult<facets::Counts> {
        self.require(plan.collection)?;
        let (deadline, node) = (Deadline::after(seconds), &plan.node);
        let counted = facets::counted(&labels, &periods, self.segments.len())?;
        let counts = self.with_views(py, |views| {
            facets::check(&counted)?;
            crate::facets::count(views, node, &counted, deadline)
        })?;
        Ok(facets::arrays(py, counts))
    }

    fn best(
        &self,
        py: Python<'_>,
        plan: &Plan,
        count: usize,
        tolerance: f64,
        seconds: Option<f64>,
    ) -> PyResult<Vec<ScoredAndTotal>> {
        self.require(plan.collection)?;
        let (deadline, node) = (Deadline::after(seconds), &plan.node);
        let (mut candidates, totals) = self.with_views(py, |views| {
            rank::candidates(views, node, count, tolerance, deadline)
        })?;
        candidates.sort_unstable_by_key(|candidate| (candidate.segment, candidate.document));
        let mut rest = candidates.as_slice();
        let mut segments = Vec::with_capacity(totals.len());
        for (number, total) in totals.into_iter().enumerate() {
            let (mine, others) = rest.split_at(rest.partition_point(|one| one.segment as usize <= number));
            rest = others;
            let documents: Vec<i64> = mine
                .iter()
                .map(|candidate| i64::from(candidate.document))
                .collect();
            let scores: Vec<f32> = mine.iter().map(|candidate| candidate.score).collect();
            let (documents, scores) = (documents.into_pyarray(py), scores.into_pyarray(py));
            segments.push((documents.unbind(), scores.unbind(), total));
        }
        Ok(segments)
    }

    /// The scores of the second stage of the ranking, of some hits of the first stage.
    fn lead_scores(
        &self,
        py: Python<'_>,
        words: Vec<LeadWordFields<'_>>,
        half: f64,
        hits: Vec<(f64, usize, u16)>,
        seconds: Option<f64>,
    ) -> PyResult<Vec<f64>> {
        let lead_words = self.lead_words(&words)?;
        let hit = |(score, segment, document)| page::FirstStageHit {
            score: score as f32,
            segment,
            document,
        };
        let hits: Vec<page::FirstStageHit> = hits.into_iter().map(hit).collect();
        let deadline = Deadline::after(seconds);
        let scores = self.with_views(py, |views| {
            page::lead_scores(views, &lead_words, half as f32, &hits, deadline)
        })?;
        Ok(scores.into_iter().map(f64::from).collect())
    }

    fn matches(&self, py: Python<'_>, number: usize, plan: &Plan, seconds: Option<f64>) -> PyResult<Scored> {
        self.require(plan.collection)?;
        let (deadline, node) = (Deadline::after(seconds), &plan.node);
        let matches = self.with_views(py, |views| {
            let view = view_of(views, number)?;
            let evaluation = Evaluation {
                view,
                number,
                deadline,
            };
            let matches = evaluation.matches(node, &mut Sums::new());
            matches.map_err(|error| error.in_segment(number))
        })?;
        let documents: Vec<i64> = matches
            .documents
            .iter()
            .map(|&document| i64::from(document))
            .collect();
        Ok((
            documents.into_pyarray(py).unbind(),
            matches.scores.into_pyarray(py).unbind(),
        ))
    }
}

/// Panics, so that a test can see that no panic crosses the border.
#[pyfunction]
fn _panic(py: Python<'_>) -> PyResult<()> {
    run(py, || -> Result<()> { panic!("asked for") })
}

/// The compiled kernel of newsindex.
#[pymodule]
fn newsindex_kernel(module: &Bound<'_, PyModule>) -> PyResult<()> {
    let py = module.py();
    module.add("__version__", env!("CARGO_PKG_VERSION"))?;
    module.add("INTERFACE", INTERFACE)?;
    module.add("DamagedSegment", py.get_type::<DamagedSegment>())?;
    module.add("DeadlinePassed", py.get_type::<DeadlinePassed>())?;
    module.add("KernelFault", py.get_type::<KernelFault>())?;
    module.add_class::<Segment>()?;
    module.add_class::<Collection>()?;
    module.add_class::<Term>()?;
    module.add_class::<Word>()?;
    module.add_class::<Plan>()?;
    crate::python_merging::register(module)?;
    crate::python_writing::register(module)?;
    module.add_class::<presentation::StoredTexts>()?;
    crate::python_indexing::register(module)?;
    module.add_function(wrap_pyfunction!(_panic, module)?)?;
    module.add_function(wrap_pyfunction!(presentation::_words_of_run, module)?)?;
    Ok(())
}
