//! The codes of a term's postings: half a byte each, or a whole one where that is [`ESCAPE`].

use super::{word_at, Wrong};
use crate::norms::{Codes, ESCAPE, ESCAPED, RARE_CODE};

/// The number of occurrences and of escapes before every so many postings is kept.
pub const SKIP: usize = 16;
/// The lowest bit of each half byte.
const LOWEST: u64 = 0x1111_1111_1111_1111;
/// Bytes in which half bytes were unpacked: their sum with this has bit 4 of a byte set where that is 15.
const ONES: u64 = 0x0101_0101_0101_0101;

/// The packed codes of a term.
#[derive(Clone, Copy)]
pub struct PackedCodes<'a> {
    halves: &'a [u8],
    escapes: &'a [u8],
    count: usize,
}

/// What comes before a posting.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Before {
    /// The occurrences.
    pub occurrences: u32,
    /// The escapes.
    pub escapes: u32,
}

/// What comes before every [`SKIP`]th posting.
pub type CodeDirectory = Box<[Before]>;

impl<'a> PackedCodes<'a> {
    /// The codes of `count` postings, which take all of some bytes. Fails where they cannot.
    pub fn new(bytes: &'a [u8], count: usize) -> Result<Self, Wrong> {
        if count.div_ceil(2) > bytes.len() {
            return Err("are too few");
        }
        let (halves, escapes) = bytes.split_at(count.div_ceil(2));
        let unused = halves.last().is_some_and(|&last| count % 2 == 1 && last >> 4 > 0);
        let are_codes = escapes.iter().fold(u8::MAX, |least, &code| least.min(code)) >= ESCAPE;
        if unused || !are_codes || count_escapes(halves) != escapes.len() {
            return Err("do not fit their codes");
        }
        Ok(Self {
            halves,
            escapes,
            count,
        })
    }

    /// The same of bytes that were checked before.
    pub fn checked(bytes: &'a [u8], count: usize) -> Self {
        let (halves, escapes) = bytes.split_at(count.div_ceil(2).min(bytes.len()));
        Self {
            halves,
            escapes,
            count,
        }
    }

    /// How many postings have the code 255.
    pub fn count_rare(&self) -> usize {
        self.escapes.iter().filter(|&&code| code == RARE_CODE).count()
    }

    /// What comes before every [`SKIP`]th posting, given the number of occurrences in each posting with the code
    /// 255 and its posting, and the number of all occurrences, which fits in 32 bits.
    pub fn directory(
        &self,
        codes: &Codes,
        rare: impl Iterator<Item = (usize, u32)>,
        occurrences: usize,
    ) -> Result<CodeDirectory, Wrong> {
        let mut rare = rare.peekable();
        let mut directory = Vec::with_capacity(self.count.div_ceil(SKIP) + 1);
        let (mut total, mut escapes) = (0_u64, 0_usize);
        for (index, halves) in self.halves.chunks(SKIP / 2).enumerate() {
            directory.push(Before {
                occurrences: total.min(u64::from(u32::MAX)) as u32,
                escapes: escapes as u32,
            });
            let sum: u64 = halves.iter().map(|&byte| codes.pair[usize::from(byte)]).sum();
            total += sum % ESCAPED;
            let stop = escapes + (sum / ESCAPED) as usize;
            for &code in self.escapes.get(escapes..stop).unwrap_or(&[]) {
                total += u64::from(codes.count[usize::from(code)]);
            }
            escapes = stop;
            while let Some((_, count)) = rare.next_if(|&(posting, _)| posting < (index + 1) * SKIP) {
                total += u64::from(count);
            }
        }
        if self.count % 2 == 1 {
            total -= u64::from(codes.count[0]); // of the unused half byte
        }
        if total != occurrences as u64 {
            return Err("do not fit the occurrences of the term");
        }
        if directory.is_empty() {
            directory.push(Before::default());
        }
        Ok(directory.into())
    }

    /// The code of a posting.
    pub fn code(&self, directory: &CodeDirectory, posting: usize) -> u8 {
        match self.half(posting) {
            ESCAPE => {
                let first = posting / SKIP * SKIP;
                let between = (first / 2..posting.div_ceil(2)).step_by(8);
                let mut escapes = directory.get(posting / SKIP).map_or(0, |before| before.escapes) as usize;
                for byte in between {
                    let halves = posting - 2 * byte; // those of the word that come before the posting
                    let word = escapes_in(word_at(self.halves, byte));
                    escapes += if halves < 16 {
                        (word & ((1 << (4 * halves)) - 1)).count_ones()
                    } else {
                        word.count_ones()
                    } as usize;
                }
                self.escapes.get(escapes).copied().unwrap_or(ESCAPE)
            }
            half => half,
        }
    }

    fn half(&self, posting: usize) -> u8 {
        let byte = self.halves.get(posting / 2).copied().unwrap_or(0);
        byte >> (posting % 2 * 4) & 15
    }

    /// The sum of what a table has for each byte of two codes, over the postings `from` to before `to`.
    #[inline]
    pub fn sum(&self, from: usize, to: usize, of_pair: &[u64; 256]) -> u64 {
        if from >= to {
            return 0;
        }
        // What the table has for a byte is the sum of what it has for its halves.
        let half = |posting: usize| of_pair[usize::from(self.half(posting))] - of_pair[0] / 2;
        let mut sum = 0;
        let (mut from, mut to) = (from, to);
        if from % 2 == 1 {
            sum += half(from);
            from += 1;
        }
        if to % 2 == 1 && from < to {
            to -= 1;
            sum += half(to);
        }
        let halves = self.halves.get(from / 2..to / 2).unwrap_or(&[]);
        sum + halves.iter().map(|&byte| of_pair[usize::from(byte)]).sum::<u64>()
    }

    /// The sum of what a table has for each byte of two codes, over the postings from the last multiple of [`SKIP`] to
    /// before a posting, and what it has for the posting itself.
    #[inline]
    pub fn sums_at(&self, posting: usize, of_pair: &[u64; 256]) -> (u64, u64) {
        let halves = word_at(self.halves, posting / SKIP * (SKIP / 2));
        let shift = 4 * (posting % SKIP);
        let before = (halves & ((1 << shift) - 1)).to_le_bytes();
        // The halves from the posting on are 0 in these bytes, and counted as such.
        let sum = before.iter().map(|&byte| of_pair[usize::from(byte)]).sum::<u64>();
        let of_zero = of_pair[0] / 2;
        let own = of_pair[(halves >> shift) as usize & 15] - of_zero;
        (sum - of_zero * (SKIP - posting % SKIP) as u64, own)
    }

    /// Some of the escapes.
    #[inline]
    pub fn escapes(&self, range: std::ops::Range<usize>) -> &'a [u8] {
        self.escapes.get(range).unwrap_or(&[])
    }

    /// Puts the codes of the postings `from` to before `to` into `out`, of which there are `escapes` escapes before
    /// the first one; returns them, and the number of escapes before the posting `to`.
    ///
    /// `out` has at least two bytes more than there are postings, and its length is a multiple of 8.
    pub fn read<'b>(
        &self,
        from: usize,
        to: usize,
        escapes: usize,
        out: &'b mut [u8],
    ) -> (&'b mut [u8], usize) {
        let halves = self.halves.get(from / 2..to.div_ceil(2)).unwrap_or(&[]);
        for (pair, &byte) in out.chunks_exact_mut(2).zip(halves) {
            pair[0] = byte & 15;
            pair[1] = byte >> 4;
        }
        let (first, stop) = (from % 2, from % 2 + (to - from));
        let end = stop.next_multiple_of(8);
        out[..first].fill(0);
        out[stop..end].fill(0);
        let mut next = escapes;
        for word in out[..end].chunks_exact_mut(8) {
            let mut marked = (word_at(word, 0) + ONES) & (ONES << 4);
            while marked != 0 {
                let at = (marked.trailing_zeros() / 8) as usize;
                word[at] = self.escapes.get(next).copied().unwrap_or(ESCAPE);
                next += 1;
                marked &= marked - 1;
            }
        }
        (&mut out[first..stop], next)
    }
}

/// The lowest bit of each half byte that is [`ESCAPE`].
fn escapes_in(halves: u64) -> u64 {
    halves & halves >> 1 & halves >> 2 & halves >> 3 & LOWEST
}

fn count_escapes(halves: &[u8]) -> usize {
    let words = halves.chunks_exact(8);
    let rest = escapes_in(word_at(words.remainder(), 0)).count_ones() as usize;
    let counts = words.map(|word| escapes_in(word_at(word, 0)).count_ones());
    rest + counts.sum::<u32>() as usize
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{pack_codes, random_numbers};
    use proptest::prelude::*;

    fn some_codes(seed: u64, count: usize) -> Vec<u8> {
        let mut numbers = random_numbers(seed);
        (0..count)
            .map(|_| match numbers() {
                number if number % 7 == 0 => (number >> 8) as u8,
                number => (number >> 8) as u8 % 16,
            })
            .collect()
    }

    proptest! {
        #[test]
        fn codes_are_read_as_they_were_packed(seed in any::<u64>(), count in 1..3000_usize, cuts in any::<[u64; 2]>()) {
            let codes = some_codes(seed, count);
            let body: Vec<u32> = (0..255).map(|code| code % 9 + 1).collect();
            let table = Codes::new(&[0; 255], &body, &[0; 255]).unwrap();
            let bytes = pack_codes(&codes);
            let packed = PackedCodes::new(&bytes, count).unwrap();
            let rare = |(posting, _): (usize, &u8)| (posting, posting as u32 % 5 + 300);
            let rare: Vec<(usize, u32)> = codes.iter().enumerate().filter(|(_, &code)| code == 255).map(rare).collect();
            prop_assert_eq!(packed.count_rare(), rare.len());
            let occurrences = |posting: usize| match rare.iter().find(|(other, _)| *other == posting) {
                Some((_, count)) => *count,
                None => body[usize::from(codes[posting])],
            };
            let total = (0..count).map(occurrences).sum::<u32>() as usize;
            prop_assert!(packed.directory(&table, rare.iter().copied(), total + 1).is_err());
            let directory = packed.directory(&table, rare.iter().copied(), total).unwrap();
            let escapes = |to: usize| codes[..to].iter().filter(|&&code| code >= 15).count();
            for (index, before) in directory.iter().enumerate() {
                prop_assert_eq!(before.occurrences, (0..index * SKIP).map(occurrences).sum::<u32>());
                prop_assert_eq!(before.escapes as usize, escapes(index * SKIP));
            }
            for (posting, &code) in codes.iter().enumerate() {
                prop_assert_eq!(packed.code(&directory, posting), code);
            }
            let mut cuts: Vec<usize> = cuts.iter().map(|cut| (cut % (count as u64 + 1)) as usize).collect();
            cuts.sort_unstable();
            let mut out = vec![0; (count + 2).next_multiple_of(8)];
            let (read, next) = packed.read(cuts[0], cuts[1], escapes(cuts[0]), &mut out);
            prop_assert_eq!(&*read, &codes[cuts[0]..cuts[1]]);
            prop_assert_eq!(next, escapes(cuts[1]));
        }

        #[test]
        fn codes_of_another_length_are_refused(seed in any::<u64>(), count in 1..200_usize, change in 1..4_usize) {
            let codes = some_codes(seed, count);
            let mut bytes = pack_codes(&codes);
            prop_assert!(PackedCodes::new(&bytes[..bytes.len() - change.min(bytes.len())], count).is_err());
            bytes.push(15);
            prop_assert!(PackedCodes::new(&bytes, count).is_err());
        }
    }
}
