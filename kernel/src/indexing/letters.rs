//! The 8-bit codes that stand for characters while texts are scanned.

use crate::error::{Error, Result};

/// The codes of no letter before and after a text, so that its neighbours may be looked at without a check.
pub const MARGIN: usize = 16;
/// The highest bit of each of eight bytes.
const HIGH_BITS: u64 = 0x8080_8080_8080_8080;
/// The lowest bit of each of eight bytes.
const ONES: u64 = 0x0101_0101_0101_0101;
/// The number of UTF-16 code units, each of which has a code.
const UNITS: usize = 1 << 16;

/// What each code means: the codes are in ranges by what the characters do in a chunk.
///
/// Code 0 is a character of no word. From 1 on come the apostrophes, then `dot`, `comma`, `colon`, the spaces from
/// `spaces` to before `hash`, `hash`, `line_end`, and the ten digits from `digits` on. Digits and all later codes are of
/// words. The codes from `rare` on are shared by several characters; `astral` is that of characters beyond U+FFFF.
#[derive(Debug, Clone, Copy)]
pub struct Ranges {
    /// The full stop; smaller codes but 0 are apostrophes.
    pub dot: u8,
    /// The comma.
    pub comma: u8,
    /// The colon.
    pub colon: u8,
    /// The first of the spaces that stand between groups of digits.
    pub spaces: u8,
    /// The sign before a hashtag.
    pub hash: u8,
    /// The line end.
    pub line_end: u8,
    /// The digit 0; codes from here on are of words.
    pub digits: u8,
    /// The first code that several characters share.
    pub rare: u8,
    /// A character beyond U+FFFF.
    pub astral: u8,
}

impl Ranges {
    /// The code of the first letter.
    fn letters(&self) -> u8 {
        self.digits + 10
    }

    /// Whether a code is of a character of words.
    pub fn is_word(&self, code: u8) -> bool {
        code >= self.digits
    }

    /// Whether a code is a digit.
    pub fn is_digit(&self, code: u8) -> bool {
        code.wrapping_sub(self.digits) < 10
    }

    /// Whether a code is a letter of a script of 16 bits.
    pub fn is_letter(&self, code: u8) -> bool {
        code >= self.letters() && code != self.astral
    }

    /// Whether a code is an apostrophe.
    pub fn is_apostrophe(&self, code: u8) -> bool {
        code.wrapping_sub(1) < self.dot - 1
    }

    /// The highest bit of each of eight codes that is of a character of words.
    pub fn words_of_eight(&self, codes: u64) -> u64 {
        let lowest = ONES * u64::from(0x80 - self.digits);
        (codes | ((codes & !HIGH_BITS) + lowest)) & HIGH_BITS
    }

    /// Whether one of eight codes stands for several characters.
    pub fn has_rare(&self, codes: u64) -> bool {
        let lowest = ONES * u64::from(0x80 - (self.rare & 0x7F));
        codes & ((codes & !HIGH_BITS) + lowest) & HIGH_BITS != 0
    }

    fn check(&self) -> Result<()> {
        let signs = [
            self.dot,
            self.comma,
            self.colon,
            self.spaces,
            self.hash,
            self.line_end,
            self.digits,
        ];
        let ascends = signs.windows(2).all(|pair| pair[0] < pair[1]) && self.dot > 0;
        let has_letters = self.digits < 0x70 && self.rare >= 0x80 && self.rare <= self.astral;
        if ascends && has_letters {
            Ok(())
        } else {
            Err(Error::Invalid("the ranges of letter codes do not ascend".into()))
        }
    }
}

/// The codes of all characters.
pub struct Letters {
    /// What each code means.
    pub ranges: Ranges,
    codes: Box<[u8; UNITS]>,
}

impl Letters {
    /// `codes` has the code of each UTF-16 code unit.
    pub fn new(codes: &[u8], ranges: Ranges) -> Result<Self> {
        ranges.check()?;
        let codes: Box<[u8; UNITS]> = codes
            .to_vec()
            .into_boxed_slice()
            .try_into()
            .map_err(|_| Error::Invalid("there must be 65,536 letter codes".into()))?;
        Ok(Self { ranges, codes })
    }

    /// The code of a character.
    pub fn code(&self, character: char) -> u8 {
        match u16::try_from(u32::from(character)) {
            Ok(unit) => self.codes[usize::from(unit)],
            Err(_) => self.ranges.astral,
        }
    }

    /// Replaces `codes` by those of the characters of a text in UTF-8, between margins.
    pub fn encode(&self, text: &[u8], codes: &mut Vec<u8>) {
        codes.clear();
        codes.resize(text.len() + 2 * MARGIN, 0);
        let mut end = MARGIN;
        let mut rest = text;
        while !rest.is_empty() {
            let ascii = self.encode_ascii(rest, &mut codes[end..]);
            end += ascii;
            rest = &rest[ascii..];
            if !rest.is_empty() {
                let (code, size) = self.first_code(rest);
                codes[end] = code;
                end += 1;
                rest = &rest[size..];
            }
        }
        codes.truncate(end + MARGIN);
        codes[end..].fill(0); // what is there may be of characters that were encoded beyond the first others
    }

    /// The code and the size in bytes of the first character of a text in UTF-8; that of no character is 0.
    fn first_code(&self, text: &[u8]) -> (u8, usize) {
        let bits = |byte: u8| u32::from(byte & 0x3F);
        let unit = |unit: u32| self.codes[unit as usize & (UNITS - 1)];
        match *text {
            [first @ 0xC2..=0xDF, second, ..] => (unit((u32::from(first) & 0x1F) << 6 | bits(second)), 2),
            [first @ 0xE0..=0xEF, second, third, ..] => {
                let high = (u32::from(first) & 0x0F) << 12 | bits(second) << 6;
                (unit(high | bits(third)), 3)
            }
            [0xF0..=0xF4, _, _, _, ..] => (self.ranges.astral, 4),
            _ => (0, 1),
        }
    }

    /// Writes the codes of the ASCII characters with which a text begins; returns their number. Behind them, `codes` is
    /// overwritten for up to 7 more.
    fn encode_ascii(&self, text: &[u8], codes: &mut [u8]) -> usize {
        let mut size = 0;
        while let (Some(eight), Some(target)) = (
            text[size..].first_chunk::<8>(),
            codes[size..].first_chunk_mut::<8>(),
        ) {
            *target = eight.map(|byte| self.codes[usize::from(byte)]);
            let others = u64::from_le_bytes(*eight) & HIGH_BITS;
            if others != 0 {
                return size + others.trailing_zeros() as usize / 8;
            }
            size += 8;
        }
        let ascii = text[size..].iter().take_while(|byte| byte.is_ascii());
        for (target, &byte) in codes[size..].iter_mut().zip(ascii) {
            *target = self.codes[usize::from(byte)];
            size += 1;
        }
        size
    }
}

#[cfg(test)]
impl Letters {
    /// Codes in which ASCII and Latin-1 letters have one each, for tests.
    pub fn for_tests() -> Self {
        let ranges = Ranges {
            dot: 2,
            comma: 3,
            colon: 4,
            spaces: 5,
            hash: 6,
            line_end: 7,
            digits: 8,
            rare: 254,
            astral: 255,
        };
        let mut codes = vec![0; UNITS];
        for (sign, code) in [
            ('\'', 1),
            ('.', 2),
            (',', 3),
            (':', 4),
            (' ', 5),
            ('#', 6),
            ('\n', 7),
        ] {
            codes[sign as usize] = code;
        }
        for digit in 0..10 {
            codes[usize::from(b'0' + digit)] = ranges.digits + digit;
        }
        for (place, letter) in ('a'..='z').chain('à'..='ÿ').enumerate() {
            let code = ranges.letters() + place as u8;
            codes[letter as usize] = code;
            if let Some(capital) = letter.to_uppercase().next().filter(|one| (*one as u32) < 0x100) {
                codes[capital as usize] = code;
            }
        }
        codes['ж' as usize] = ranges.rare;
        Self::new(&codes, ranges).expect("the ranges ascend")
    }
}
