//! The 8-bit codes that stand for characters while texts are scanned.

use crate::error::{Error, Result};

/// The codes of no letter before and after a text, so that its neighbours may be looked at without a check.
pub const MARGIN: usize = 16;
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
        let has_letters = u16::from(self.digits) + 10 <= u16::from(self.rare) && self.rare <= self.astral;
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

    /// Replaces `codes` by those of the characters of a text, between margins.
    pub fn encode(&self, text: &str, codes: &mut Vec<u8>) {
        codes.clear();
        codes.resize(MARGIN, 0);
        let mut rest = text;
        while !rest.is_empty() {
            let bytes = rest.as_bytes();
            let ascii = bytes
                .iter()
                .position(|byte| !byte.is_ascii())
                .unwrap_or(bytes.len());
            codes.extend(bytes[..ascii].iter().map(|&byte| self.codes[usize::from(byte)]));
            rest = &rest[ascii..];
            let mut others = rest.chars();
            while let Some(character) = others.clone().next().filter(|one| !one.is_ascii()) {
                codes.push(self.code(character));
                others.next();
            }
            rest = others.as_str();
        }
        codes.resize(codes.len() + MARGIN, 0);
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
