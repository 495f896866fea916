//! The class `Collection` of the module `newsindex_kernel`.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::Arc;

use numpy::{IntoPyArray, PyArray1, PyArrayMethods, PyReadonlyArray1};
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;

use super::plans::Plan;
use super::query::{GroupFields, LeadWordFields, SecondStageFields};
use super::segment::Segment;
use super::words::{Expansion, Term, Word};
use super::{facets, keyness, run, slice, sorting};
use crate::deadline::Deadline;
use crate::dictionary;
use crate::error::{Error, Result};
use crate::evaluate::Evaluation;
use crate::orders;
use crate::page;
use crate::query_words::Shares;
use crate::rank;
use crate::segment::View;
use crate::windows::Sums;
use crate::word::SpellingSet;

/// The part of an order that the second stage sorts, and the part after it (`newsindex/query/ranking/cursor.py`).
const BEST: u8 = 0;

const LATER: u8 = 1;

/// A set of spellings: bits, those without a bit, whether it is complete.
type Spellings = (u8, Vec<u32>, bool);

/// Documents of a segment and their scores.
type Scored = (Py<PyArray1<i64>>, Py<PyArray1<f32>>);

/// Documents of a segment, their scores, and the number of all matches of the segment.
type ScoredAndTotal = (Py<PyArray1<i64>>, Py<PyArray1<f32>>, usize);

/// The part of the order in which a hit is, its key there, and its tie break; its segment and its document.
type HitFields = (u8, f64, i64, u32, u16);

/// The segments of one snapshot.
#[pyclass(frozen, module = "newsindex_kernel")]
pub(super) struct Collection {
    pub(super) number: u64,
    pub(super) segments: Vec<Py<Segment>>,
    pub(super) shares: Shares,
}

impl Collection {
    /// Runs `work` over the segments, without the interpreter's lock.
    pub(super) fn with_views<T: Send>(
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

    pub(super) fn require(&self, collection: Option<u64>) -> PyResult<()> {
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
        Ok(facets::arrays(py, counts, labels.len(), periods.len()))
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

    /// The number of some documents that have each of some terms, which are given by their numbers in each segment.
    fn term_counts(
        &self,
        py: Python<'_>,
        terms: Vec<PyReadonlyArray1<'_, u32>>,
        documents: keyness::DocumentArrays<'_>,
        seconds: Option<f64>,
    ) -> PyResult<Vec<Py<PyArray1<u32>>>> {
        keyness::term_counts(self, py, &terms, &documents, Deadline::after(seconds))
    }

    /// The pairs of some terms that at least `least` of some documents have side by side: the places of the two terms,
    /// and the number of documents.
    fn neighbours(
        &self,
        py: Python<'_>,
        terms: Vec<PyRef<'_, Term>>,
        documents: keyness::DocumentArrays<'_>,
        least: u32,
        seconds: Option<f64>,
    ) -> PyResult<keyness::PairArrays> {
        keyness::neighbours(self, py, &terms, &documents, least, Deadline::after(seconds))
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

fn view_of<'a>(views: &[View<'a>], number: usize) -> Result<View<'a>> {
    views
        .get(number)
        .copied()
        .ok_or_else(|| Error::Invalid(format!("no segment {number}")))
}
