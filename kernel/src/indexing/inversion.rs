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

/// The occurrences of a range of terms, sorted by term, document and position; one element for each in every array.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Occurrences {
    /// The terms, numbered from 0 in the range.
    pub term: Vec<u32>,
    /// The documents.
    pub document: Vec<u16>,
    /// The positions in the documents.
    pub position: Vec<u32>,
    /// The bits of the spellings.
    pub mark: Vec<u8>,
    /// The number of terms.
    pub terms: u32,
}

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

    fn with_limits(
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

    /// The occurrences of the next range of terms; None after the last. The arguments are those of [`Self::new`].
    pub fn next(&mut self, vocabulary: &Vocabulary, batch: &Batch, articles: &[u32]) -> Option<Occurrences> {
        let range = self.ranges.get(self.next)?.clone();
        if self.buckets.is_empty() {
            self.deal(vocabulary, batch, articles);
        }
        self.next += 1;
        let bucket = self.buckets.pop()?;
        let counts = &vocabulary.occurrences[range.start as usize..range.end as usize];
        Some(self.sort(&bucket, counts))
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
            if total > self.dealt_occurrences && !sizes.is_empty() {
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
        let targets = self.targets(vocabulary, &terms, &bucket_of_term);
        for (document, &article) in articles.iter().enumerate() {
            let document = (document as u64) << (self.position_bits + SLOT_BITS);
            for (position, &spelling) in batch.article(article as usize).iter().enumerate() {
                let target = targets[spelling as usize];
                if let Some(bucket) = buckets.get_mut(target.bucket as usize) {
                    bucket.push(target.key | document | (position as u64) << SLOT_BITS);
                }
            }
        }
        buckets.reverse();
        self.buckets = buckets;
    }

    /// Where the words of each spelling go.
    fn targets(
        &self,
        vocabulary: &Vocabulary,
        terms: &Range<u32>,
        bucket_of_term: &[(u32, u32)],
    ) -> Vec<Target> {
        let term_shift = self.position_bits + SLOT_BITS + DOCUMENT_BITS;
        let target = |code: &super::vocabulary::Code| {
            if !terms.contains(&code.term) {
                return Target {
                    key: 0,
                    bucket: u32::MAX,
                };
            }
            let (bucket, term) = bucket_of_term[(code.term - terms.start) as usize];
            let slot = u64::from(code.bit.checked_ilog2().map_or(0, |bit| bit + 1));
            Target {
                key: u64::from(term) << term_shift | slot,
                bucket,
            }
        };
        vocabulary.codes.iter().map(target).collect()
    }

    /// The keys of a bucket, sorted by term; `counts` are the occurrences of each.
    fn sort(&self, bucket: &[u64], counts: &[u64]) -> Occurrences {
        let mut place = Vec::with_capacity(counts.len());
        let mut end = 0_usize;
        let mut sorted = Occurrences {
            terms: counts.len() as u32,
            term: Vec::with_capacity(bucket.len()),
            document: vec![0; bucket.len()],
            position: vec![0; bucket.len()],
            mark: vec![0; bucket.len()],
        };
        for (term, &count) in counts.iter().enumerate() {
            place.push(end);
            end += count as usize;
            sorted.term.resize(end, term as u32);
        }
        let position_mask = (1_u64 << self.position_bits) - 1;
        let document_shift = self.position_bits + SLOT_BITS;
        for &key in bucket {
            let next = &mut place[(key >> (document_shift + DOCUMENT_BITS)) as usize];
            sorted.document[*next] = (key >> document_shift) as u16;
            sorted.position[*next] = (key >> SLOT_BITS & position_mask) as u32;
            sorted.mark[*next] = (1_u8 << (key & 7)) >> 1;
            *next += 1;
        }
        sorted
    }
}

/// Where the words of a spelling go: the bucket, and the bits of their keys that are the same for all.
#[derive(Clone, Copy)]
struct Target {
    key: u64,
    bucket: u32,
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
            while let Some(some) = inversion.next(&vocabulary, &batch, &articles) {
                for i in 0..some.term.len() {
                    found.push((before + some.term[i], some.document[i], some.position[i], some.mark[i]));
                }
                before += some.terms;
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
