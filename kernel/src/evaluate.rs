//! The evaluation of a plan in one segment, to a list of documents and their scores.
//!
//! Scores are 32-bit floats that are added in the order in which `newsindex/query/evaluation/evaluator.py` and
//! `matches.py` add them, so that they are the same to the last bit.

use std::sync::Arc;

use crate::deadline::Deadline;
use crate::document_set::DocumentSet;
use crate::error::Result;
use crate::intersection::intersect;
use crate::matches::{add_optional, intersection, Matches, Union};
use crate::packed::documents::Documents;
use crate::phrase::find_phrase;
use crate::plan::{Listed, Node};
use crate::scorer::{place, window_of, Scorer};
use crate::segment::View;
use crate::windows::{add_window, for_each_match, Sums};
use crate::word::{Weights, Word};

/// How many postings are added in the time in which one is looked up.
const LOOK_UP_COST: usize = 8;

/// One segment of a collection, in one call.
#[derive(Clone, Copy)]
pub struct Evaluation<'a> {
    /// The segment.
    pub view: View<'a>,
    /// Its number in the collection.
    pub number: usize,
    /// When the call must end.
    pub deadline: Deadline,
}

impl<'a> Evaluation<'a> {
    /// The live documents that match a node, with their scores.
    pub fn matches(&self, node: &'a Node, sums: &mut Sums) -> Result<Matches> {
        self.deadline.check()?;
        match node {
            Node::Word(word, weights) => self.any_words(&[(word.clone(), *weights)], sums),
            Node::FieldWord(word, weights, field) => {
                let scorer = Scorer::new(self.view, self.number, word, *weights)?;
                Ok(scorer.map_or_else(Matches::default, |scorer| scorer.in_field(*field)))
            }
            Node::Expansion(expansion, factor) => Ok(expansion.matches(self.view, self.number, *factor)),
            Node::AllWords(words) => self.all_words(words, sums),
            Node::Phrase {
                terms,
                field,
                slop,
                factor,
            } => find_phrase(self, terms, *field, *slop, *factor),
            Node::Or(parts, boost) => self.any(parts, *boost, sums),
            Node::And {
                required,
                excluded,
                boost,
            } => Ok(self.every(required, excluded, sums)?.boosted(*boost)),
            Node::AndNot(positive, negative) => {
                let positive = self.matches(positive, sums)?;
                self.without(positive, negative, sums)
            }
            Node::AndMaybe(required, optional) => {
                let required = self.matches(required, sums)?;
                Ok(add_optional(required, &self.matches(optional, sums)?))
            }
            Node::Ranges(_) | Node::Every | Node::Nothing => {
                Ok(Matches::unscored(self.set(node, sums)?.documents()))
            }
            Node::Listed(by_segment) => Ok(listed(by_segment.get(self.number))),
        }
    }

    /// The live documents that match a node, as a set.
    pub fn set(&self, node: &'a Node, sums: &mut Sums) -> Result<DocumentSet> {
        match node {
            Node::Every => Ok(self.view.live()),
            Node::Nothing => Ok(DocumentSet::empty()),
            Node::Ranges(ranges) => {
                let documents = self.view.segment.documents;
                let (low, high) = ranges.get(self.number).copied().unwrap_or((0, 0));
                let mut set = DocumentSet::first(high.min(documents));
                let below = DocumentSet::first(low.min(documents));
                set.subtract(&below);
                if let Some(live) = &self.view.segment.live {
                    set.intersect(live);
                }
                Ok(set)
            }
            Node::Listed(by_segment) => match by_segment.get(self.number) {
                Some(Listed::Unscored(set)) => Ok(set.clone()),
                other => Ok(listed(other).set()),
            },
            Node::AndNot(positive, negative) => {
                let mut set = self.set(positive, sums)?;
                set.subtract(&self.set(negative, sums)?);
                Ok(set)
            }
            Node::AndMaybe(required, _) => self.set(required, sums),
            Node::Word(word, _) => self.set_of_word(word),
            Node::AllWords(words) => {
                let mut set = self.view.live();
                for (word, _) in words {
                    set.intersect(&self.set_of_word(word)?);
                }
                Ok(set)
            }
            Node::Or(parts, _) => {
                let mut set = DocumentSet::empty();
                for part in parts {
                    set.unite(&self.set(part, sums)?);
                }
                Ok(set)
            }
            Node::And {
                required, excluded, ..
            } => {
                let mut set = self.view.live();
                for part in required {
                    set.intersect(&self.set(part, sums)?);
                }
                for part in excluded {
                    set.subtract(&self.set(part, sums)?);
                }
                Ok(set)
            }
            Node::Phrase { .. } | Node::FieldWord(..) | Node::Expansion(..) => {
                Ok(self.matches(node, sums)?.set())
            }
        }
    }

    /// The live documents that have a word.
    fn set_of_word(&self, word: &Word) -> Result<DocumentSet> {
        self.deadline.check()?;
        let Some(Some(term)) = word.term.segments.get(self.number) else {
            return Ok(DocumentSet::empty());
        };
        let mut set = term.documents(self.view)?.set();
        if let Some(live) = &self.view.segment.live {
            set.intersect(live);
        }
        Ok(set)
    }

    /// The scorers of the words that the segment has, in order.
    pub fn scorers(&self, words: &'a [(Arc<Word>, Weights)]) -> Result<Vec<Scorer<'a>>> {
        let mut scorers = Vec::with_capacity(words.len());
        for (word, weights) in words {
            scorers.extend(Scorer::new(self.view, self.number, word, *weights)?);
        }
        Ok(scorers)
    }

    fn any_words(&self, words: &[(Arc<Word>, Weights)], sums: &mut Sums) -> Result<Matches> {
        let mut scorers = Vec::with_capacity(words.len());
        for (word, weights) in words {
            scorers.extend(Scorer::new(self.view, self.number, word, *weights)?);
        }
        let mut matches = Matches::default();
        for_each_match(self, &scorers, sums, |document, score| {
            matches.documents.push(document);
            matches.scores.push(score);
        })?;
        Ok(matches)
    }

    /// The live documents that have all of some words; only these are scored.
    fn all_words(&self, words: &'a [(Arc<Word>, Weights)], sums: &mut Sums) -> Result<Matches> {
        let scorers = self.scorers(words)?;
        let mut matches = Matches::default();
        if scorers.is_empty() || scorers.len() < words.len() {
            return Ok(matches);
        }
        self.for_each_with_all(&scorers, sums, |document, score| {
            matches.documents.push(document);
            matches.scores.push(score);
        })?;
        Ok(matches)
    }

    /// Gives each live document that has all words, and its score, to `found`, in ascending order. There is a word.
    pub fn for_each_with_all(
        &self,
        scorers: &[Scorer<'_>],
        sums: &mut Sums,
        mut found: impl FnMut(u16, f32),
    ) -> Result<()> {
        let lists: Vec<Documents<'_>> = scorers.iter().map(|scorer| scorer.documents).collect();
        let mut documents = intersect(self.deadline, &lists)?.documents;
        if let Some(live) = &self.view.segment.live {
            documents.retain(|&document| live.contains(document));
        }
        let postings = lists.iter().map(Documents::len).sum::<usize>();
        if documents.len() * lists.len() * LOOK_UP_COST < postings {
            for document in documents {
                let scores = scorers.iter().filter_map(|scorer| scorer.score(document));
                found(document, scores.fold(0.0, |sum, score| sum + score));
            }
            return Ok(());
        }
        for of_window in documents.chunk_by(|one, next| window_of(*one) == window_of(*next)) {
            self.deadline.check()?;
            add_window(scorers, window_of(of_window[0]), sums);
            of_window
                .iter()
                .for_each(|&document| found(document, sums.sums[place(document)]));
            sums.sums.fill(0.0);
        }
        Ok(())
    }

    fn any(&self, parts: &'a [Node], boost: f32, sums: &mut Sums) -> Result<Matches> {
        let words: Option<Vec<_>> = parts
            .iter()
            .map(|part| match part {
                Node::Word(word, weights) => Some((word.clone(), *weights)),
                _ => None,
            })
            .collect();
        if let Some(words) = words {
            return Ok(self.any_words(&words, sums)?.boosted(boost));
        }
        let mut united = Union::new(self.view.segment.documents);
        for part in parts {
            united.add(&self.matches(part, sums)?);
        }
        Ok(united.into_matches().boosted(boost))
    }

    fn every(&self, required: &'a [Node], excluded: &'a [Node], sums: &mut Sums) -> Result<Matches> {
        let mut parts = Vec::with_capacity(required.len());
        for node in required {
            parts.push(self.matches(node, sums)?);
        }
        if parts.is_empty() {
            parts.push(Matches::unscored(self.view.live().documents()));
        }
        parts.sort_by_key(Matches::len); // scores are added from the smallest part on
        let mut parts = parts.into_iter();
        let mut matches = parts.next().unwrap_or_default();
        for part in parts {
            matches = intersection(matches, &part);
        }
        for node in excluded {
            matches = self.without(matches, node, sums)?;
        }
        Ok(matches)
    }

    fn without(&self, matches: Matches, node: &'a Node, sums: &mut Sums) -> Result<Matches> {
        if matches.is_empty() {
            return Ok(matches);
        }
        let excluded = self.set(node, sums)?;
        Ok(matches.filtered(|document| !excluded.contains(document)))
    }
}

fn listed(listed: Option<&Listed>) -> Matches {
    match listed {
        None => Matches::default(),
        Some(Listed::Unscored(set)) => Matches::unscored(set.documents()),
        Some(Listed::Scored(documents, scores)) => Matches {
            documents: documents.clone(),
            scores: scores.clone(),
        },
    }
}
