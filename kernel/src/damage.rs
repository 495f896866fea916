//! Damage: whatever values the arrays of a segment have, every call ends in an answer or in an error.
//!
//! The tests run under the address sanitizer too, with many more cases: `scripts/fuzz` of newsindex.

use std::sync::Arc;

use proptest::prelude::*;
use proptest::sample::Index;

use crate::deadline::Deadline;
use crate::error::Result;
use crate::page;
use crate::plan::{Field, Node, Optional, Pair};
use crate::rank::rank;
use crate::term::Term;
use crate::testing::{one_term, seal, Content};
use crate::word::{SimilarSpellings, SpellingSet, Weights, Word};

const DOCUMENTS: usize = 300;

/// What is done to one array: some values are replaced, and it may get another length.
#[derive(Debug, Clone)]
struct Damage {
    array: Index,
    values: Vec<(Index, u32)>,
    length: Option<usize>,
}

fn damage() -> impl Strategy<Value = Damage> {
    let value = prop_oneof![any::<u32>(), 0..700_u32, Just(u32::MAX), Just(u32::MAX / 2)];
    let values = proptest::collection::vec((any::<Index>(), value), 0..6);
    (
        any::<Index>(),
        values,
        proptest::option::weighted(0.2, 0..600_usize),
    )
        .prop_map(|(array, values, length)| Damage {
            array,
            values,
            length,
        })
}

fn postings() -> impl Strategy<Value = Vec<(u16, Vec<u32>)>> {
    let highest = prop_oneof![Just(200_u32), Just(3000), Just(100_000)];
    let positions = highest.prop_flat_map(|highest| {
        let few = proptest::collection::btree_set(0..highest, 1..6);
        prop_oneof![20 => few, 1 => proptest::collection::btree_set(0..1000_u32, 250..300)]
    });
    proptest::collection::btree_map(0..DOCUMENTS as u16, positions, 1..60).prop_map(|postings| {
        let listed = postings.into_iter();
        listed
            .map(|(document, positions)| (document, positions.into_iter().collect()))
            .collect()
    })
}

impl Damage {
    fn apply(&self, content: &mut Content) {
        let (words, halves) = (content.words.len(), content.halves.len());
        let array = self.array.index(words + halves + content.bytes.len());
        if array < words {
            self.change(&mut content.words[array].1, |value| value);
        } else if array < words + halves {
            self.change(&mut content.halves[array - words].1, |value| value as u16);
        } else {
            self.change(&mut content.bytes[array - words - halves].1, |value| value as u8);
        }
    }

    fn change<T: Clone>(&self, values: &mut Vec<T>, narrow: impl Fn(u32) -> T) {
        if let Some(length) = self.length {
            values.resize(length, narrow(7));
        }
        for (place, value) in &self.values {
            if !values.is_empty() {
                let place = place.index(values.len());
                values[place] = narrow(*value);
            }
        }
    }
}

/// Asks a segment everything that a search asks; gives the number of matches.
fn ask_everything(content: &Content, spellings: &SimilarSpellings) -> Result<usize> {
    let sealed = seal(content)?;
    let views = [sealed.view()];
    let deadline = Deadline::after(None);
    let term = Arc::new(Term::new(&views, "mot", vec![Some(0)], deadline)?);
    let word = Arc::new(Word::new(
        &views,
        term.clone(),
        vec![Some(spellings.clone())],
        deadline,
    )?);
    let weights = Weights {
        term: 1.5,
        added: Some((0.5, 0.1)),
    };
    let weighted = (word, weights);
    let optional = Optional {
        words: vec![weighted.clone()],
        pairs: vec![Pair {
            first: term.clone(),
            second: term.clone(),
            distance: 1,
            score: 0.2,
        }],
        max_score: 100.0,
    };
    let phrase = |field, slop| Node::Phrase {
        terms: vec![term.clone(), term.clone(), term.clone()],
        field,
        slop,
        factor: 1.0,
    };
    let plans = [
        Node::Word(weighted.0.clone(), weighted.1),
        Node::AllWords(vec![weighted.clone(), weighted.clone()]),
        phrase(Field::Text, 1),
        phrase(Field::Headline, 3),
        phrase(Field::Body, 40),
        Node::Or(
            vec![phrase(Field::Text, 9), Node::Word(weighted.0.clone(), weights)],
            2.0,
        ),
    ];
    let documents: Vec<(usize, u16)> = (0..content.documents as u16)
        .map(|document| (0, document))
        .collect();
    let mut total = 0;
    for plan in &plans {
        let (hits, matches) = rank(&views, plan, &optional, 10, deadline)?;
        assert_eq!(hits.len(), matches.min(10));
        assert!(hits
            .iter()
            .all(|hit| usize::from(hit.document) < content.documents));
        total += matches;
    }
    let marked = [page::Marked {
        term: term.clone(),
        in_headline: true,
        in_body: true,
    }];
    let limits = page::Limits {
        of_term: 50,
        of_all: 500,
    };
    page::occurrences(&views, &marked, &documents, limits, deadline)?;
    let lead = [page::LeadWord {
        terms: vec![term],
        gain: 0.5,
    }];
    let hit = |&(segment, document)| page::FirstStageHit {
        score: 1.0,
        segment,
        document,
    };
    let hits: Vec<page::FirstStageHit> = documents.iter().map(hit).collect();
    page::lead_scores(&views, &lead, 40.0, &hits, deadline)?;
    Ok(total)
}

fn spelling_set() -> impl Strategy<Value = SpellingSet> {
    let others = proptest::collection::btree_set(0..600_u32, 0..4);
    (0..32_u8, others, any::<bool>()).prop_map(|(bits, others, complete)| SpellingSet {
        bits,
        empty: bits == 0 && others.is_empty(),
        others: others.into_iter().collect(),
        complete,
    })
}

proptest! {
    #[test]
    fn a_sound_segment_answers_everything(postings in postings()) {
        let total = ask_everything(&one_term(&postings, DOCUMENTS), &SimilarSpellings::default()).unwrap();
        prop_assert!(total >= 2 * postings.len());
    }

    #[test]
    fn a_damaged_segment_gives_answers_or_errors(
        postings in postings(), damages in proptest::collection::vec(damage(), 1..4),
        alike in spelling_set(), exact in spelling_set(),
    ) {
        let mut content = one_term(&postings, DOCUMENTS);
        for damage in &damages {
            damage.apply(&mut content);
        }
        let _ = ask_everything(&content, &SimilarSpellings { alike, exact }); // it returns, and does not panic
    }
}
