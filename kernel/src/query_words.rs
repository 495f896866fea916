//! What scores beside the parts of a plan, made of the words of the query.
//!
//! The words and pairs that need not occur are those of `newsindex/query/ranking/optional_scorer.py`, and the words
//! of the second stage those of `second_stage.py` there; both compute the same in the same order.

use std::sync::Arc;

use crate::page::LeadWord;
use crate::plan::{Optional, Pair};
use crate::term::Term;
use crate::word::{Weights, Word};

/// How many words of a query the second stage looks for: those with the greatest idf.
const MAX_LEAD_WORDS: usize = 32;
/// By how much the sum of the greatest scores is raised, for the rounding of 32-bit floats.
const ROUNDING_MARGIN: f64 = 1.000_01;

/// The shares of the ranking, as `newsindex/query/evaluation/bm25f.py` explains them.
#[derive(Debug, Clone, Copy)]
pub struct Shares {
    /// Of the spellings that differ from the typed one in accents at most.
    pub spelling: f64,
    /// Of the typed spelling.
    pub accents: f64,
    /// Of neighbouring words.
    pub neighbours: f64,
    /// Of stop words.
    pub stop_words: f64,
    /// Of the second stage.
    pub lead: f64,
}

impl Shares {
    /// The weights of a word, from the boosted idf of its term and of its spelling.
    pub fn weights(&self, term: f64, spelling: f64) -> Weights {
        let added = (self.spelling * spelling, self.accents * spelling);
        Weights {
            term,
            added: (added != (0.0, 0.0)).then_some(added),
        }
    }

    /// The greatest score of a word.
    pub fn max_score(&self, term: f64, spelling: f64) -> f64 {
        term + (self.spelling + self.accents) * spelling
    }
}

/// A word of a query with its boosted idf, and its position in its group.
#[derive(Debug, Clone)]
pub struct PlacedWord {
    /// The word.
    pub word: Arc<Word>,
    /// The boosted idf of its term.
    pub term: f64,
    /// That of its spelling; 0 where no document has it.
    pub spelling: f64,
    /// The position.
    pub position: i64,
}

/// A run of words of a query, with the words beside them that need not occur.
#[derive(Debug, Clone, Default)]
pub struct Group {
    /// The words.
    pub words: Vec<PlacedWord>,
    /// The stop words beside them.
    pub stops: Vec<PlacedWord>,
    /// The words of the quoted phrases beside them.
    pub quoted: Vec<PlacedWord>,
}

/// What need not occur beside some groups of words.
pub fn optional(groups: &[Group], shares: &Shares) -> Optional {
    let mut optional = Optional::default();
    let mut max_score = 0.0;
    let stops = groups.iter().flat_map(|group| &group.stops);
    let stops = stops.map(|word| (word, shares.stop_words));
    let quoted = groups.iter().flat_map(|group| &group.quoted);
    for (word, share) in stops.chain(quoted.map(|word| (word, 1.0))) {
        if share != 0.0 {
            let (term, spelling) = (word.term * share, word.spelling * share);
            max_score += shares.max_score(term, spelling);
            let weights = shares.weights(term, spelling);
            optional.words.push((word.word.clone(), weights));
        }
    }
    if shares.neighbours != 0.0 {
        for group in groups {
            add_pairs(group, shares.neighbours, &mut optional.pairs);
        }
    }
    let of_pairs: f64 = optional.pairs.iter().map(|pair| f64::from(pair.score)).sum();
    optional.max_score = (max_score + of_pairs) * ROUNDING_MARGIN;
    optional
}

fn add_pairs(group: &Group, share: f64, pairs: &mut Vec<Pair>) {
    let pair = |first: &PlacedWord, second: &PlacedWord| Pair {
        first: first.word.term.clone(),
        second: second.word.term.clone(),
        distance: second.position - first.position,
        score: (share * (first.term + second.term) / 2.0) as f32,
    };
    let words = group.words.iter().chain(&group.quoted).map(|word| (word, false));
    for two in in_order(words.clone()).windows(2) {
        pairs.push(pair(two[0].0, two[1].0));
    }
    if group.stops.is_empty() {
        return;
    }
    let stops = group.stops.iter().map(|stop| (stop, true));
    for two in in_order(words.chain(stops)).windows(2) {
        let ((first, first_is_stop), (second, second_is_stop)) = (two[0], two[1]);
        if first_is_stop != second_is_stop && second.position - first.position == 1 {
            pairs.push(pair(first, second));
        }
    }
}

/// Words in the order of their positions, each with whether it is a stop word.
fn in_order<'a>(words: impl Iterator<Item = (&'a PlacedWord, bool)>) -> Vec<(&'a PlacedWord, bool)> {
    let mut words: Vec<_> = words.collect();
    words.sort_by_key(|(word, _)| word.position);
    words
}

/// The words of the second stage. `words` are the terms of the query with their boosted idf, and `alternatives`
/// texts of terms, each with a term that stands for it.
pub fn lead_words(
    words: Vec<(Arc<Term>, f64)>,
    alternatives: &[(String, Arc<Term>)],
    lead: f64,
) -> Vec<LeadWord> {
    let mut distinct: Vec<(Arc<Term>, f64)> = Vec::with_capacity(words.len());
    for (term, idf) in words {
        match distinct.iter_mut().find(|(other, _)| other.text == term.text) {
            Some((_, highest)) => *highest = highest.max(idf),
            None => distinct.push((term, idf)),
        }
    }
    if distinct.len() > MAX_LEAD_WORDS {
        let mut by_idf: Vec<usize> = (0..distinct.len()).collect();
        by_idf.sort_by(|&one, &other| distinct[other].1.total_cmp(&distinct[one].1));
        by_idf.truncate(MAX_LEAD_WORDS);
        by_idf.sort_unstable();
        distinct = by_idf.into_iter().map(|place| distinct[place].clone()).collect();
    }
    distinct.retain(|&(_, idf)| idf != 0.0);
    let total = distinct.iter().fold(0.0, |sum, (_, idf)| sum + idf.sqrt());
    let with_alternatives = |(term, idf): (Arc<Term>, f64)| {
        let stand_in = alternatives.iter().filter(|(text, _)| **text == *term.text);
        let gain = (lead * idf.sqrt() / total) as f32;
        let terms = std::iter::once(term.clone()).chain(stand_in.map(|(_, other)| other.clone()));
        LeadWord {
            terms: terms.collect(),
            gain,
        }
    };
    distinct.into_iter().map(with_alternatives).collect()
}
