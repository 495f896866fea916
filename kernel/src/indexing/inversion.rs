//! Inversion of the words of articles to the occurrences of terms.
//!
//! The words are dealt out to buckets, one for each range of terms, in the order of the documents; within a bucket,
//! counting brings the occurrences of each term together. Both write to few places of memory at a time.

use std::ops::Range;

use super::batch::Batch;
use super::vocabulary::Vocabulary;
use crate::error::{Error, Result};

/// The occurrences of a range of terms, unless it is a single term with more.
const RANGE_OCCURRENCES: u64 = 1 << 20;
/// The occurrences that are dealt out at once, unless a range has more: the buckets then take 64 MB.
const DEALT_OCCURRENCES: u64 = 8 << 20;
const DOCUMENT_BITS: u32 = 16;
const SLOT_BITS: u32 = 3;
const SLOT_MASK: u32 = (1 << SLOT_BITS) - 1;
/// The bits of the number of a term in its range, which has an occurrence for each term at least.
const TERM_BITS: u32 = 20;
const TERM_MASK: u32 = (1 << TERM_BITS) - 1;
/// The buckets that are filled at once.
const MAX_BUCKETS: usize = (1 << (u32::BITS - TERM_BITS - SLOT_BITS)) - 1;
/// The target of words that go into no bucket.
const NOWHERE: u32 = u32::MAX;

/// Gives the occurrences of one range of terms after another.
pub struct Inversion {
    ranges: Vec<Range<u32>>,
    next: usize,
    /// The buckets of the ranges from `next` on that were dealt out; the last one is the next.
    buckets: Vec<Vec<u64>>,
    position_bits: u32,
    dealt_occurrences: u64,
}

impl Inversion {
    /// An inversion of the articles of a batch that are given, in the order of their documents.
    pub fn new(vocabulary: &Vocabulary, batch: &Batch, articles: &[u32]) -> Result<Self> {
        Self::with_limits(vocabulary, batch, articles, RANGE_OCCURRENCES, DEALT_OCCURRENCES)
    }

    pub(super) fn with_limits(
        vocabulary: &Vocabulary,
        batch: &Batch,
        articles: &[u32],
        range_occurrences: u64,
        dealt_occurrences: u64,
    ) -> Result<Self> {
        let words = articles
            .iter()
            .map(|&article| batch.article(article as usize).len());
        let longest = words.max().unwrap_or(0);
        let position_bits = usize::BITS - longest.leading_zeros();
        let term_bits = u64::BITS - range_occurrences.leading_zeros();
        if articles.len() > 1 << DOCUMENT_BITS || term_bits + DOCUMENT_BITS + position_bits + SLOT_BITS > 64 {
            return Err(Error::Invalid("a segment would be too large".into()));
        }
        Ok(Self {
            ranges: ranges(&vocabulary.occurrences, range_occurrences),
            next: 0,
            buckets: Vec::new(),
            position_bits,
            dealt_occurrences,
        })
    }

    /// The next ranges that are dealt out at once, each with its bucket; None after the last. The arguments are those
    /// of [`Self::new`].
    pub fn take_dealt(
        &mut self,
        vocabulary: &Vocabulary,
        batch: &Batch,
        articles: &[u32],
    ) -> Option<Vec<(Range<u32>, Vec<u64>)>> {
        self.ranges.get(self.next)?;
        if self.buckets.is_empty() {
            self.deal(vocabulary, batch, articles);
        }
        let ranges = self.ranges[self.next..].iter().cloned();
        let dealt: Vec<_> = ranges.zip(self.buckets.drain(..).rev()).collect();
        self.next += dealt.len();
        Some(dealt)
    }

    /// Fills the buckets of the next ranges.
    fn deal(&mut self, vocabulary: &Vocabulary, batch: &Batch, articles: &[u32]) {
        let mut last = self.next;
        let mut sizes = Vec::new();
        let mut total = 0;
        for range in &self.ranges[self.next..] {
            let size: u64 = vocabulary.occurrences[range.start as usize..range.end as usize]
                .iter()
                .sum();
            total += size;
            if (total > self.dealt_occurrences && !sizes.is_empty()) || sizes.len() == MAX_BUCKETS {
                break;
            }
            sizes.push(size);
            last += 1;
        }
        let terms = self.ranges[self.next].start..self.ranges[last - 1].end;
        let mut bucket_of_term = Vec::with_capacity(terms.len());
        for (bucket, range) in self.ranges[self.next..last].iter().enumerate() {
            bucket_of_term.extend(range.clone().map(|term| (bucket as u32, term - range.start)));
        }
        let mut buckets: Vec<Vec<u64>> = sizes
            .iter()
            .map(|&size| Vec::with_capacity(size as usize))
            .collect();
        let targets = Self::targets(vocabulary, &terms, &bucket_of_term);
        let term_shift = self.position_bits + SLOT_BITS + DOCUMENT_BITS;
        for (document, &article) in articles.iter().enumerate() {
            let document = (document as u64) << (self.position_bits + SLOT_BITS);
            for (position, &spelling) in batch.article(article as usize).iter().enumerate() {
                let target = targets[spelling as usize];
                if let Some(bucket) = buckets.get_mut((target >> (TERM_BITS + SLOT_BITS)) as usize) {
                    let term = u64::from(target >> SLOT_BITS & TERM_MASK) << term_shift;
                    let slot = u64::from(target & SLOT_MASK);
                    bucket.push(term | document | (position as u64) << SLOT_BITS | slot);
                }
            }
        }
        buckets.reverse();
        self.buckets = buckets;
    }

    /// Where the words of each spelling go: the bucket, the number of the term in it, and the slot, in 32 bits, so that
    /// the table stays in the cache.
    fn targets(vocabulary: &Vocabulary, terms: &Range<u32>, bucket_of_term: &[(u32, u32)]) -> Vec<u32> {
        let target = |code: &super::vocabulary::Code| {
            if !terms.contains(&code.term) {
                return NOWHERE;
            }
            let (bucket, term) = bucket_of_term[(code.term - terms.start) as usize];
            let slot = code.bit.checked_ilog2().map_or(0, |bit| bit + 1);
            bucket << (TERM_BITS + SLOT_BITS) | term << SLOT_BITS | slot
        };
        vocabulary.codes.iter().map(target).collect()
    }

    /// Sorts the keys of a bucket by term, document and position; `counts` are the occurrences of each term.
    pub fn sort_keys(&self, bucket: &[u64], counts: &[u64], sorted: &mut Vec<u64>) {
        let mut end = 0;
        let mut place: Vec<usize> = counts
            .iter()
            .map(|&count| {
                end += count as usize;
                end - count as usize
            })
            .collect();
        sorted.clear();
        sorted.resize(bucket.len(), 0);
        for &key in bucket {
            let next = &mut place[(key >> (self.position_bits + SLOT_BITS + DOCUMENT_BITS)) as usize];
            sorted[*next] = key;
            *next += 1;
        }
    }

    /// The document of a key.
    pub fn document(&self, key: u64) -> u16 {
        (key >> (self.position_bits + SLOT_BITS)) as u16
    }

    /// The position of a key.
    pub fn position(&self, key: u64) -> u32 {
        (key >> SLOT_BITS & ((1 << self.position_bits) - 1)) as u32
    }

    /// The bit of the spelling of a key; 0 for one that has none.
    pub fn mark(key: u64) -> u8 {
        (1_u8 << (key & 7)) >> 1
    }
}

/// Ranges of terms with at most `limit` occurrences, or of a single term.
fn ranges(occurrences: &[u64], limit: u64) -> Vec<Range<u32>> {
    let mut ranges = Vec::new();
    let (mut start, mut total) = (0, 0);
    for (term, &count) in occurrences.iter().enumerate() {
        total += count;
        if total > limit && term > start {
            ranges.push(start as u32..term as u32);
            (start, total) = (term, count);
        }
    }
    if start < occurrences.len() {
        ranges.push(start as u32..occurrences.len() as u32);
    }
    ranges
}

/// The spellings without a bit and the documents that have them, as pairs sorted by both.
pub fn pairs_without_bit(vocabulary: &Vocabulary, batch: &Batch, articles: &[u32]) -> (Vec<u32>, Vec<u16>) {
    let mut pairs: Vec<(u32, u16)> = Vec::new();
    for (document, &article) in articles.iter().enumerate() {
        for &spelling in batch.article(article as usize) {
            let code = &vocabulary.codes[spelling as usize];
            if code.bit == 0 {
                pairs.push((code.rank, document as u16));
            }
        }
    }
    pairs.sort_unstable();
    pairs.dedup();
    pairs.into_iter().unzip()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::indexing::forms::Forms;
    use proptest::prelude::*;

    /// Words whose terms are their first letters.
    const WORDS: [&str; 9] = ["aa", "ab", "ac", "ad", "ae", "af", "ag", "ba", "ca"];

    fn forms() -> Forms {
        let mut forms = Forms::new();
        for word in WORDS {
            forms.add_word(word);
        }
        forms
            .enter_terms(&WORDS.map(|word| &word[..1]))
            .expect("as many as words");
        forms
    }

    proptest! {
        #[test]
        fn every_word_is_found_under_its_term(
            written in prop::collection::vec(prop::collection::vec(0..WORDS.len() as u32, 0..20), 1..8),
            kept in prop::collection::vec(any::<prop::sample::Index>(), 1..8),
            range in 1..6_u64,
            dealt in 1..30_u64,
        ) {
            let (forms, batch) = (forms(), Batch::for_tests(&written));
            let articles: Vec<u32> = kept.iter().map(|one| one.index(written.len()) as u32).collect();
            let vocabulary = Vocabulary::new(&forms, &batch, &articles).unwrap();
            let mut expected = Vec::new();
            let mut without_bit = Vec::new();
            for (document, &article) in articles.iter().enumerate() {
                for (position, &word) in written[article as usize].iter().enumerate() {
                    let code = vocabulary.codes[word as usize];
                    expected.push((code.term, document as u16, position as u32, code.bit));
                    let text = WORDS[word as usize];
                    prop_assert_eq!(&*vocabulary.terms[code.term as usize], &text[..1]);
                    prop_assert_eq!(&*vocabulary.spellings[code.rank as usize], text);
                    if code.bit == 0 {
                        without_bit.push((code.rank, document as u16));
                    }
                }
            }
            expected.sort_unstable();
            without_bit.sort_unstable();
            without_bit.dedup();
            let mut inversion = Inversion::with_limits(&vocabulary, &batch, &articles, range, dealt).unwrap();
            let (mut found, mut before) = (Vec::new(), 0);
            while let Some(dealt) = inversion.take_dealt(&vocabulary, &batch, &articles) {
                for (terms, bucket) in dealt {
                    prop_assert_eq!(terms.start, before);
                    before = terms.end;
                    let counts = &vocabulary.occurrences[terms.start as usize..terms.end as usize];
                    let mut keys = Vec::new();
                    inversion.sort_keys(&bucket, counts, &mut keys);
                    let term = terms.zip(counts).flat_map(|(term, &count)| std::iter::repeat_n(term, count as usize));
                    found.extend(term.zip(keys).map(|(term, key)| {
                        (term, inversion.document(key), inversion.position(key), Inversion::mark(key))
                    }));
                }
            }
            prop_assert_eq!(before as usize, vocabulary.terms.len());
            prop_assert_eq!(found, expected);
            let (rank, document) = pairs_without_bit(&vocabulary, &batch, &articles);
            prop_assert_eq!(rank.into_iter().zip(document).collect::<Vec<_>>(), without_bit);
        }
    }

    #[test]
    fn terms_with_many_occurrences_are_ranges_of_their_own() {
        assert_eq!(ranges(&[2, 9, 1, 1, 1, 3], 3), [0..1, 1..2, 2..5, 5..6]);
        assert_eq!(ranges(&[], 3), []);
    }

    #[test]
    fn spellings_are_ordered_by_frequency_and_then_by_text() {
        let batch = Batch::for_tests(&[vec![2, 1, 2, 0, 8]]);
        let vocabulary = Vocabulary::new(&forms(), &batch, &[0]).unwrap();
        let spellings: Vec<&str> = vocabulary.spellings.iter().map(|text| &**text).collect();
        assert_eq!(spellings, ["ac", "aa", "ab", "ca"]);
        assert_eq!(vocabulary.occurrences, [4, 1]);
    }
}
