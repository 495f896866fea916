//! The evaluation of a plan in one segment, to a list of documents and their scores.
//!
//! Scores are 32-bit floats that are added in the order in which `newsindex/query/evaluation/evaluator.py` and
//! `matches.py` add them, so that they are the same to the last bit.

use crate::deadline::Deadline;
use crate::error::Result;
use crate::phrase::find_phrase;
use crate::plan::{Listed, Node};
use crate::segment::{DocumentSet, View};
use crate::windows::{for_each_match, Sums};
use crate::word::{Scorer, Weights, Word};
use std::sync::Arc;

/// Documents between two looks at the deadline.
const DEADLINE_STEP: usize = 4096;
/// How many times longer one list must be than another for binary search in it.
const GALLOP_RATIO: usize = 64;
/// Documents of a list that are compared at once.
const BLOCK: usize = 8;

/// The live documents of a segment that match a node, ascending, and the score of each.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Matches {
    /// The documents.
    pub documents: Vec<u16>,
    /// Their scores.
    pub scores: Vec<f32>,
}

impl Matches {
    /// Matches that all score 0.
    pub fn unscored(documents: Vec<u16>) -> Self {
        let scores = vec![0.0; documents.len()];
        Self { documents, scores }
    }

    /// The number of matches.
    pub fn len(&self) -> usize {
        self.documents.len()
    }

    /// Whether nothing matches.
    pub fn is_empty(&self) -> bool {
        self.documents.is_empty()
    }

    /// The documents as a set.
    pub fn set(&self) -> DocumentSet {
        DocumentSet::of(&self.documents)
    }

    fn boosted(mut self, boost: f32) -> Self {
        if boost != 1.0 {
            self.scores.iter_mut().for_each(|score| *score *= boost);
        }
        self
    }

    /// The matches whose document is kept.
    pub fn filtered(mut self, keep: impl Fn(u16) -> bool) -> Self {
        let mut kept = 0;
        for place in 0..self.documents.len() {
            let (document, score) = (self.documents[place], self.scores[place]);
            if keep(document) {
                self.documents[kept] = document;
                self.scores[kept] = score;
                kept += 1;
            }
        }
        self.documents.truncate(kept);
        self.scores.truncate(kept);
        self
    }
}

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
            Node::AllWords(words) => self.all_words(words),
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
        let mut set = DocumentSet::of(term.documents(self.view)?);
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
        for_each_match(self, &scorers, None, sums, |document, score| {
            matches.documents.push(document);
            matches.scores.push(score);
        })?;
        Ok(matches)
    }

    /// The live documents that have all of some words; only these are scored.
    fn all_words(&self, words: &'a [(Arc<Word>, Weights)]) -> Result<Matches> {
        let scorers = self.scorers(words)?;
        let mut matches = Matches::default();
        if scorers.len() < words.len() {
            return Ok(matches);
        }
        self.for_each_with_all(&scorers, |document, score| {
            matches.documents.push(document);
            matches.scores.push(score);
        })?;
        Ok(matches)
    }

    /// Gives each live document that has all words, and its score, to `found`, in ascending order.
    pub fn for_each_with_all(&self, scorers: &[Scorer<'_>], mut found: impl FnMut(u16, f32)) -> Result<()> {
        let mut special = vec![0; scorers.len()];
        let lists: Vec<&[u16]> = scorers.iter().map(|scorer| scorer.documents).collect();
        intersect(self.deadline, &lists, |document, postings| {
            if self.view.is_live(document) {
                let mut score = 0.0;
                for ((scorer, &posting), next) in scorers.iter().zip(postings).zip(&mut special) {
                    score += scorer.score_next(posting, next);
                }
                found(document, score);
            }
            Ok(())
        })
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

/// Gives each document that all lists have, and its place in each, to `found`.
pub fn intersect(
    deadline: Deadline,
    lists: &[&[u16]],
    mut found: impl FnMut(u16, &[usize]) -> Result<()>,
) -> Result<()> {
    let mut order: Vec<usize> = (0..lists.len()).collect();
    order.sort_by_key(|&list| lists[list].len());
    let Some((&shortest, others)) = order.split_first() else {
        return Ok(());
    };
    let mut places = vec![0; lists.len()];
    'documents: for (place, &document) in lists[shortest].iter().enumerate() {
        if place % DEADLINE_STEP == 0 {
            deadline.check()?;
        }
        for &other in others {
            let list = lists[other];
            let ratio = list.len() / lists[shortest].len();
            let at = advance(list, places[other], document, ratio);
            places[other] = at;
            match list.get(at) {
                None => break 'documents,
                Some(&there) if there != document => continue 'documents,
                Some(_) => {}
            }
        }
        places[shortest] = place;
        found(document, &places)?;
    }
    Ok(())
}

/// The first place from `from` on where a list is not below a document. `ratio` is how many documents of the list
/// are passed over for one that is sought, more or less.
fn advance(list: &[u16], from: usize, document: u16, ratio: usize) -> usize {
    let mut at = from;
    if ratio >= GALLOP_RATIO {
        let mut step = ratio;
        while at + step < list.len() && list[at + step] < document {
            at += step;
            step *= 2;
        }
        let end = (at + step + 1).min(list.len());
        return at
            + list
                .get(at..end)
                .map_or(0, |part| part.partition_point(|&there| there < document));
    }
    while let Some(block) = list.get(at..at + BLOCK) {
        if block[BLOCK - 1] >= document {
            return at
                + block
                    .iter()
                    .map(|&there| usize::from(there < document))
                    .sum::<usize>();
        }
        at += BLOCK;
    }
    while at < list.len() && list[at] < document {
        at += 1;
    }
    at
}

/// The documents of some matches, with their scores added.
struct Union {
    documents: DocumentSet,
    scores: Vec<f32>, // of each document of the segment
}

impl Union {
    fn new(documents: usize) -> Self {
        Self {
            documents: DocumentSet::empty(),
            scores: vec![0.0; documents],
        }
    }

    /// Adds matches of the segment.
    fn add(&mut self, matches: &Matches) {
        for (&document, score) in matches.documents.iter().zip(&matches.scores) {
            self.documents.insert(document);
            self.scores[usize::from(document)] += score;
        }
    }

    fn into_matches(self) -> Matches {
        let documents = self.documents.documents();
        let scores = documents
            .iter()
            .map(|&document| self.scores[usize::from(document)])
            .collect();
        Matches { documents, scores }
    }
}

fn intersection(first: Matches, second: &Matches) -> Matches {
    let mut shared = Matches::default();
    let mut at = 0;
    for (&document, &score) in first.documents.iter().zip(&first.scores) {
        at = advance(&second.documents, at, document, second.len() / first.len());
        if second.documents.get(at) == Some(&document) {
            shared.documents.push(document);
            shared.scores.push(score + second.scores[at]);
        }
    }
    shared
}

fn add_optional(mut required: Matches, optional: &Matches) -> Matches {
    let mut at = 0;
    let ratio = optional.len() / required.len().max(1);
    for (&document, score) in required.documents.iter().zip(&mut required.scores) {
        at = advance(&optional.documents, at, document, ratio);
        if optional.documents.get(at) == Some(&document) {
            *score += optional.scores[at];
        }
    }
    required
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    fn documents() -> impl Strategy<Value = BTreeSet<u16>> {
        prop_oneof![
            proptest::collection::btree_set(0..300u16, 0..100),
            proptest::collection::btree_set(any::<u16>(), 0..20),
            proptest::collection::btree_set(0..3000u16, 0..1500),
        ]
    }

    proptest! {
        #[test]
        fn intersection_finds_the_documents_of_all_lists(sets in proptest::collection::vec(documents(), 1..4)) {
            let lists: Vec<Vec<u16>> = sets.iter().map(|set| set.iter().copied().collect()).collect();
            let slices: Vec<&[u16]> = lists.iter().map(Vec::as_slice).collect();
            let mut found = Vec::new();
            intersect(Deadline::after(None), &slices, |document, places| {
                for (list, &place) in slices.iter().zip(places) {
                    assert_eq!(list[place], document);
                }
                found.push(document);
                Ok(())
            })
            .unwrap();
            let mut expected = sets[0].clone();
            expected.retain(|document| sets.iter().all(|set| set.contains(document)));
            prop_assert_eq!(found, expected.into_iter().collect::<Vec<_>>());
        }

        #[test]
        fn a_union_has_the_documents_of_both_and_adds_their_scores(one in documents(), two in documents()) {
            let scored = |set: &BTreeSet<u16>, score: f32| Matches {
                documents: set.iter().copied().collect(),
                scores: vec![score; set.len()],
            };
            let mut united = Union::new(1 << 16);
            united.add(&scored(&one, 1.0));
            united.add(&scored(&two, 2.0));
            let united = united.into_matches();
            let expected: Vec<u16> = one.union(&two).copied().collect();
            prop_assert_eq!(&united.documents, &expected);
            for (document, &score) in united.documents.iter().zip(&united.scores) {
                let sum = f32::from(u8::from(one.contains(document))) + 2.0 * f32::from(u8::from(two.contains(document)));
                prop_assert_eq!(score, sum);
            }
        }
    }
}
