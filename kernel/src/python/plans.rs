//! The class `Plan` of the module `newsindex_kernel`.

use std::sync::Arc;

use numpy::PyReadonlyArray1;
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;

use super::collection::Collection;
use super::slice;
use super::words::{Expansion, Term, Word};
use crate::plan::{Field, Listed, Node};
use crate::segment::DocumentSet;
use crate::word::Weights;

/// How deep the parts of a plan may be nested.
const MAX_DEPTH: u32 = 64;

/// A word, and the boosted idf of its term and of its spelling.
type WeightedWord<'py> = (PyRef<'py, Word>, f64, f64);

/// The documents of a segment, and their scores unless all are 0.
type ListedDocuments<'py> = (PyReadonlyArray1<'py, u16>, Option<PyReadonlyArray1<'py, f32>>);

/// A plan: what a query asks for, in the words and terms of one collection.
#[pyclass(frozen, module = "newsindex_kernel")]
pub(super) struct Plan {
    /// The number of the collection; None where the plan has no word and no term.
    pub(super) collection: Option<u64>,
    depth: u32,
    pub(super) node: Node,
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

impl Plan {
    fn nbytes(&self) -> usize {
        match &self.node {
            Node::Listed(listed) => listed.iter().map(Listed::nbytes).sum(),
            _ => 0,
        }
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

fn field_of(name: &str) -> PyResult<Field> {
    match name {
        "text" => Ok(Field::Text),
        "headline" => Ok(Field::Headline),
        "body" => Ok(Field::Body),
        _ => Err(PyValueError::new_err(format!("no field {name}"))),
    }
}
