//! Documents of a segment with their scores, and how two lists of them are put together.

use crate::document_set::DocumentSet;

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

    /// The matches with their scores multiplied.
    pub fn boosted(mut self, boost: f32) -> Self {
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

/// The documents of some matches, with their scores added.
pub struct Union {
    documents: DocumentSet,
    scores: Vec<f32>, // of each document of the segment
}

impl Union {
    /// No matches of a segment of so many documents.
    pub fn new(documents: usize) -> Self {
        Self {
            documents: DocumentSet::empty(),
            scores: vec![0.0; documents],
        }
    }

    /// Adds matches of the segment.
    pub fn add(&mut self, matches: &Matches) {
        for (&document, score) in matches.documents.iter().zip(&matches.scores) {
            self.documents.insert(document);
            self.scores[usize::from(document)] += score;
        }
    }

    /// The matches.
    pub fn into_matches(self) -> Matches {
        let documents = self.documents.documents();
        let scores = documents
            .iter()
            .map(|&document| self.scores[usize::from(document)])
            .collect();
        Matches { documents, scores }
    }
}

/// The documents that are in both, with their scores added.
pub fn intersection(first: Matches, second: &Matches) -> Matches {
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

/// The documents of `required`, with the scores of `optional` added where they are in both.
pub fn add_optional(mut required: Matches, optional: &Matches) -> Matches {
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
