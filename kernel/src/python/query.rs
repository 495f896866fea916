//! What need not occur, and the words of the second stage, as Python gives them.

use std::sync::Arc;

use pyo3::prelude::*;

use super::collection::Collection;
use super::words::{Term, Word};
use crate::orders::SecondStage;
use crate::page;
use crate::plan::Optional;
use crate::query_words;

/// A word, the boosted idf of its term and of its spelling, and its position in its group.
pub(super) type PlacedWord<'py> = (PyRef<'py, Word>, f64, f64, i64);

/// A run of words, with the stop words and the words of quoted phrases beside them.
pub(super) type GroupFields<'py> = (Vec<PlacedWord<'py>>, Vec<PlacedWord<'py>>, Vec<PlacedWord<'py>>);

/// The terms of a query with their boosted idf; texts of terms, each with a term that stands for it; the position at
/// which a word adds half of its gain; and how many hits are sorted anew.
pub(super) type SecondStageFields<'py> = (
    Vec<(PyRef<'py, Term>, f64)>,
    Vec<(String, PyRef<'py, Term>)>,
    f64,
    usize,
);

/// The terms that stand for a word of the query, and what it adds in the second stage.
pub(super) type LeadWordFields<'py> = (Vec<PyRef<'py, Term>>, f64);

impl Collection {
    /// What need not occur beside some groups of words.
    pub(super) fn optional(&self, groups: &[GroupFields<'_>]) -> PyResult<Optional> {
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

    pub(super) fn second_stage(&self, fields: &SecondStageFields<'_>) -> PyResult<SecondStage> {
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

    pub(super) fn lead_words(&self, words: &[LeadWordFields<'_>]) -> PyResult<Vec<page::LeadWord>> {
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
}
