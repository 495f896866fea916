//! The signatures by which near-duplicate articles are found; newsindex/indexer/building/signatures.py explains them.

use std::collections::HashSet;

use super::batch::Batch;
use super::vocabulary::Vocabulary;

const BINS: usize = 64;
const EMPTY: u32 = u32::MAX;
const MULTIPLIER: u32 = 0x9E37_79B1;

/// The first bits and the second bits of the signatures of some articles of a batch.
///
/// `stop_terms` tell little of a text and are left out, and a headline is where the body has at least `signed_body` words.
pub fn signatures(
    vocabulary: &Vocabulary,
    batch: &Batch,
    articles: &[u32],
    stop_terms: &HashSet<String>,
    signed_body: usize,
) -> (Vec<u64>, Vec<u64>) {
    let hashes: Vec<u32> = vocabulary
        .terms
        .iter()
        .map(|term| match stop_terms.contains(&**term) {
            true => EMPTY,
            false => crc32fast::hash(term.as_bytes()).wrapping_mul(MULTIPLIER),
        })
        .collect();
    let hash_of_spelling: Vec<u32> = vocabulary
        .codes
        .iter()
        .map(|code| hashes.get(code.term as usize).copied().unwrap_or(EMPTY))
        .collect();
    let sign_article = |&article: &u32| {
        let words = batch.article(article as usize);
        let headline = batch.headline(article as usize);
        let is_signed_alone = words.len() - headline >= signed_body;
        let signed = &words[if is_signed_alone { headline } else { 0 }..];
        let mut smallest = [EMPTY; BINS];
        for &spelling in signed {
            let hash = hash_of_spelling[spelling as usize];
            let bin = &mut smallest[hash as usize % BINS];
            *bin = hash.min(*bin);
        }
        sign(&smallest)
    };
    articles.iter().map(sign_article).unzip()
}

/// The first and the second bit of each bin; a bin without a term takes the hash of the next one that has one.
fn sign(smallest: &[u32; BINS]) -> (u64, u64) {
    let (mut first, mut second) = (0, 0);
    let mut hash = smallest
        .iter()
        .copied()
        .find(|&hash| hash != EMPTY)
        .unwrap_or(EMPTY);
    for bin in (0..BINS).rev() {
        if smallest[bin] != EMPTY {
            hash = smallest[bin];
        }
        let mixed = ((hash / BINS as u32) ^ (bin as u32).wrapping_mul(MULTIPLIER)).wrapping_mul(MULTIPLIER);
        first |= u64::from(mixed >> 31) << bin;
        second |= u64::from(mixed >> 30 & 1) << bin;
    }
    (first, second)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The same as [`sign`], by its definition.
    fn plainly(smallest: &[u32; BINS]) -> (u64, u64) {
        let (mut first, mut second) = (0, 0);
        for bin in 0..BINS {
            let hash = (0..BINS)
                .map(|step| smallest[(bin + step) % BINS])
                .find(|&hash| hash != EMPTY)
                .unwrap_or(EMPTY);
            let mixed = ((hash / 64) ^ (bin as u32).wrapping_mul(MULTIPLIER)).wrapping_mul(MULTIPLIER);
            first |= u64::from(mixed >> 31) << bin;
            second |= u64::from(mixed >> 30 & 1) << bin;
        }
        (first, second)
    }

    #[test]
    fn empty_bins_take_the_next_hash() {
        let mut smallest = [EMPTY; BINS];
        assert_eq!(sign(&smallest), plainly(&smallest));
        for (bin, hash) in [(5, 12_345), (40, 987_654_321), (63, 7), (0, 1 << 31)] {
            smallest[bin] = hash;
            assert_eq!(sign(&smallest), plainly(&smallest));
        }
    }
}
