//! Damage: whatever values the arrays of a segment have, every call ends in an answer or in an error.
//!
//! The tests run under the address sanitizer too, with many more cases: `scripts/fuzz` of newsindex.

use std::sync::Arc;

use proptest::prelude::*;
use proptest::sample::Index;

use crate::deadline::Deadline;
use crate::error::Result;
use crate::expansion::Expansion;
use crate::page;
use crate::plan::{Field, Node, Optional, Pair};
use crate::presentation::stored_texts::TextArrays;
use crate::rank::rank;
use crate::sorting::{sorted_hits, Sort, Sought};
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
    let expansion = Expansion::new(&views, &[vec![(0, spellings.alike.clone())]], deadline)?;
    let plans = [
        Node::Word(weighted.0.clone(), weighted.1),
        Node::FieldWord(weighted.0.clone(), weighted.1, Field::Headline),
        Node::FieldWord(weighted.0.clone(), weighted.1, Field::Body),
        Node::Expansion(Arc::new(expansion), 1.5),
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
        for sort in [Sort::Newest, Sort::Oldest, Sort::Score(None)] {
            let sought = Sought {
                sort,
                after: None,
                count: 10,
            };
            let (sorted, same) = sorted_hits(&views, plan, &optional, &sought, deadline)?;
            assert_eq!((sorted.len(), same), (hits.len(), matches));
        }
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

/// Adds stored texts to the arrays of a segment, each compressed alone.
fn add_texts(content: &mut Content, texts: &[Vec<u8>], dictionary: &[u8]) {
    let mut compressor = zstd::bulk::Compressor::with_dictionary(3, dictionary).unwrap();
    let (mut frames, mut ends) = (Vec::new(), vec![0_u64]);
    for text in texts {
        frames.extend(compressor.compress(text).unwrap());
        ends.push(frames.len() as u64);
    }
    let ends = ends.iter().flat_map(|end| end.to_le_bytes()).collect();
    content
        .words
        .push(("landmark_first", (0..=texts.len() as u32).collect()));
    content.words.push(("landmark_far", vec![1, 1, 3]));
    content.bytes.push(("text_frame", frames));
    content.bytes.push(("text_frame_end", ends));
    content.bytes.push(("text_dictionary", dictionary.to_vec()));
    content.bytes.push(("landmark", vec![200; texts.len()]));
}

/// The type, the count and the first byte of each array as `seal` writes it, and the end of all.
fn layout(content: &Content) -> (Vec<(&'static str, String, usize, usize)>, usize) {
    let words = content
        .words
        .iter()
        .map(|(name, values)| (*name, "<u4", 4, values.len()));
    let halves = content
        .halves
        .iter()
        .map(|(name, values)| (*name, "<u2", 2, values.len()));
    let bytes = content
        .bytes
        .iter()
        .map(|(name, values)| (*name, "|u1", 1, values.len()));
    let mut start: usize = 64;
    let mut arrays = Vec::new();
    for (name, dtype, size, count) in words.chain(halves).chain(bytes) {
        if name == "text_frame_end" {
            arrays.push((name, "<u8".to_owned(), count / 8, start));
        } else {
            arrays.push((name, dtype.to_owned(), count, start));
        }
        start += (size * count).next_multiple_of(64);
    }
    (arrays, start)
}

/// Reads all texts and landmarks of a segment, as far as they can be read.
fn read_texts(content: &Content, documents: usize) -> Result<Vec<Vec<u8>>> {
    let sealed = seal(content)?;
    let (arrays, end) = layout(content);
    let found = TextArrays::locate(end, documents, |name| {
        let array = arrays.iter().find(|(other, ..)| *other == name);
        let (_, dtype, count, start) = array.unwrap();
        Ok((dtype.clone(), *count, *start))
    })?;
    let dictionary = found.dictionary(sealed.view())?;
    let mut texts = Vec::new();
    for document in 0..documents as u16 {
        let _ = found.landmarks(sealed.view(), document);
        texts.extend(found.packed_text(sealed.view(), document, dictionary.as_ref()));
    }
    Ok(texts)
}

fn texts() -> impl Strategy<Value = Vec<Vec<u8>>> {
    let text = "(le |de |maire |ville |[a-z]{1,9} ){0,40}".prop_map(String::into_bytes);
    proptest::collection::vec(text, 1..6)
}

proptest! {
    #[test]
    fn stored_texts_come_back(texts in texts(), dictionary in "(le |maire de |ville ){0,30}") {
        let mut content = one_term(&[(0, vec![1])], DOCUMENTS);
        add_texts(&mut content, &texts, dictionary.as_bytes());
        prop_assert_eq!(read_texts(&content, texts.len()).unwrap(), texts);
    }

    #[test]
    fn damaged_texts_are_read_or_refused(
        texts in texts(), dictionary in "(le |maire de |ville ){0,30}",
        damages in proptest::collection::vec(damage(), 1..5),
    ) {
        let mut content = one_term(&[(0, vec![1])], DOCUMENTS);
        let (words, bytes) = (content.words.len(), content.bytes.len());
        add_texts(&mut content, &texts, dictionary.as_bytes());
        let mut of_texts = Content {
            words: content.words.split_off(words),
            bytes: content.bytes.split_off(bytes),
            ..Content::default()
        };
        for damage in &damages {
            damage.apply(&mut of_texts);
        }
        content.words.append(&mut of_texts.words);
        content.bytes.append(&mut of_texts.bytes);
        let _ = read_texts(&content, texts.len()); // it returns, and does not panic
    }

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
