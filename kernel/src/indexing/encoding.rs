//! Encodes the words of a batch as the arrays of a segment, in threads that share the ranges of terms.

use std::ops::Range;

use super::batch::Batch;
use super::inversion::Inversion;
use super::vocabulary::Vocabulary;
use crate::error::{Error, Result};
use crate::threads::join;
use crate::writing::posting_codes::SLOTS;
use crate::writing::postings_encoder::PostingsEncoder;
use crate::writing::vocabulary::VocabularyEncoder;

/// The words of a batch, with what [`Inversion::new`] was given.
pub struct Words<'a> {
    /// The terms and spellings.
    pub vocabulary: &'a Vocabulary,
    /// The articles that were scanned.
    pub batch: &'a Batch,
    /// The article of each document.
    pub articles: &'a [u32],
}

/// Gives all occurrences that are left to an encoder; so many threads share the work.
///
/// `headline_length` has that of each document. Fails where the segment becomes too large.
pub fn encode_postings(
    words: &Words<'_>,
    inversion: &mut Inversion,
    headline_length: &[u32],
    encoder: &mut PostingsEncoder,
    threads: usize,
) -> Result<()> {
    if headline_length.len() < words.articles.len() {
        return Err(Error::Invalid("a headline without a length".into()));
    }
    while let Some(dealt) = inversion.take_dealt(words.vocabulary, words.batch, words.articles) {
        let inversion = &*inversion;
        let encode = |ranges: &[(Range<u32>, Vec<u64>)], encoder: &mut PostingsEncoder| {
            let mut sorted = Vec::new();
            for (terms, bucket) in ranges {
                let counts = &words.vocabulary.occurrences[terms.start as usize..terms.end as usize];
                inversion.sort_keys(bucket, counts, &mut sorted);
                encode_range(inversion, &sorted, counts, headline_length, encoder)?;
            }
            Ok(())
        };
        let mut shares: Vec<_> = dealt.chunks(dealt.len().div_ceil(threads.max(1))).collect();
        let first = shares.remove(0);
        std::thread::scope(|scope| -> Result<()> {
            let mut started = Vec::new();
            for share in shares {
                let mut next = encoder.sibling()?;
                started.push(scope.spawn(move || encode(share, &mut next).map(|()| next)));
            }
            encode(first, encoder)?;
            for thread in started {
                encoder.append(join(thread)?)?;
            }
            Ok(())
        })?;
    }
    Ok(())
}

/// Encodes a range of terms from their sorted keys; `counts` are the occurrences of each.
fn encode_range(
    inversion: &Inversion,
    sorted: &[u64],
    counts: &[u64],
    headline_length: &[u32],
    encoder: &mut PostingsEncoder,
) -> Result<()> {
    let mut positions = Vec::new();
    let mut rest = sorted;
    for &count in counts {
        let (keys, others) = rest.split_at(count as usize);
        rest = others;
        for posting in keys.chunk_by(|&one, &other| inversion.document(one) == inversion.document(other)) {
            positions.clear();
            positions.extend(posting.iter().map(|&key| inversion.position(key)));
            let mark = posting.iter().fold(0, |all, &key| all | Inversion::mark(key));
            let document = inversion.document(posting[0]);
            encoder.push(document, mark, &positions, headline_length[usize::from(document)]);
        }
        encoder.end_term()?;
    }
    Ok(())
}

/// The arrays of the terms and spellings.
///
/// `pairs` are the spellings without a bit and the documents that have them, and `slot_documents` the documents of the
/// others, by term. Fails where the segment becomes too large.
pub fn encode_vocabulary(
    vocabulary: &Vocabulary,
    pairs: &(Vec<u32>, Vec<u16>),
    slot_documents: &[[u32; SLOTS]],
) -> Result<VocabularyEncoder> {
    let mut encoder = VocabularyEncoder::default();
    let (spelling_of_pair, document) = pairs;
    let (mut spelling, mut pair) = (0, 0);
    for (number, (term, slots)) in vocabulary.terms.iter().zip(slot_documents).enumerate() {
        let mut slot = 0;
        while vocabulary.term_of_spelling.get(spelling) == Some(&(number as u32)) {
            let text = vocabulary.spellings[spelling].as_bytes();
            let end = pair + spelling_of_pair[pair..].partition_point(|&other| other as usize <= spelling);
            let listed = &document[pair..end];
            let documents = slots
                .get(slot)
                .map_or(listed.len() as u32, |&documents| documents);
            encoder.push(term.as_bytes(), text, documents, listed)?;
            (spelling, slot, pair) = (spelling + 1, slot + 1, end);
        }
        encoder.end_term(term.as_bytes())?;
    }
    Ok(encoder)
}

#[cfg(test)]
mod tests {
    use super::super::forms::Forms;
    use super::super::inversion::pairs_without_bit;
    use super::*;
    use crate::writing::postings_encoder::Occurrences;
    use proptest::prelude::*;

    /// Words whose terms are their first letters.
    const WORDS: [&str; 9] = ["aa", "ab", "ac", "ad", "ae", "af", "ag", "ba", "c"];

    fn vocabulary(batch: &Batch, articles: &[u32]) -> Vocabulary {
        let mut forms = Forms::new();
        for word in WORDS {
            forms.add_word(word);
        }
        forms.enter_terms(&WORDS.map(|word| &word[..1])).unwrap();
        Vocabulary::new(&forms, batch, articles).unwrap()
    }

    proptest! {
        #[test]
        fn any_number_of_threads_encodes_every_word(
            written in prop::collection::vec(prop::collection::vec(0..WORDS.len() as u32, 0..20), 1..8),
            range in 1..6_u64,
            dealt in 1..30_u64,
            threads in 0..4_usize,
        ) {
            let batch = Batch::for_tests(&written);
            let articles: Vec<u32> = (0..written.len() as u32).rev().collect();
            let vocabulary = vocabulary(&batch, &articles);
            let words = Words { vocabulary: &vocabulary, batch: &batch, articles: &articles };
            let mut inversion = Inversion::with_limits(&vocabulary, &batch, &articles, range, dealt).unwrap();
            let headline_length = vec![2; articles.len()];
            let mut expected = PostingsEncoder::new(articles.len(), 1 << 31).unwrap();
            let mut rows = Vec::new();
            for (document, &article) in articles.iter().enumerate() {
                for (position, &word) in written[article as usize].iter().enumerate() {
                    let code = vocabulary.codes[word as usize];
                    rows.push((code.term, document as u16, position as u32, code.bit));
                }
            }
            rows.sort_unstable();
            let occurrences = Occurrences {
                term: &rows.iter().map(|row| row.0).collect::<Vec<_>>(),
                document: &rows.iter().map(|row| row.1).collect::<Vec<_>>(),
                position: &rows.iter().map(|row| row.2).collect::<Vec<_>>(),
                mark: &rows.iter().map(|row| row.3).collect::<Vec<_>>(),
            };
            expected.add(&occurrences, vocabulary.terms.len() as u32, &headline_length).unwrap();
            let mut encoder = PostingsEncoder::new(articles.len(), 1 << 31).unwrap();
            encode_postings(&words, &mut inversion, &headline_length, &mut encoder, threads).unwrap();
            prop_assert_eq!(encoder.slot_documents(), expected.slot_documents());
            let pairs = pairs_without_bit(&vocabulary, &batch, &articles);
            let spelled = encode_vocabulary(&vocabulary, &pairs, encoder.slot_documents()).unwrap();
            prop_assert_eq!(spelled.term_text_end.len(), vocabulary.terms.len());
            prop_assert_eq!(spelled.spelling_documents.len(), vocabulary.spellings.len());
            prop_assert_eq!(&spelled.other_document, &pairs.1);
            prop_assert_eq!(encoder.finish().unwrap(), expected.finish().unwrap());
        }
    }
}
