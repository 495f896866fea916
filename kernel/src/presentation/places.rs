//! Places in a text, which Python counts in characters and Rust in bytes.

/// A place between two characters of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The bytes before it.
    pub byte: usize,
    /// The characters before it.
    pub character: usize,
}

/// The beginning of every text.
pub const START: Place = Place {
    byte: 0,
    character: 0,
};

/// How many bytes are counted at once: a compiler makes one sum of bytes of them.
const BLOCK: usize = 64;

fn starts_character(byte: u8) -> bool {
    !(0x80..0xc0).contains(&byte)
}

fn characters_of_block(block: &[u8]) -> usize {
    let count: u8 = block.iter().map(|&byte| u8::from(starts_character(byte))).sum();
    usize::from(count)
}

/// The number of characters that begin in some bytes.
pub fn characters(bytes: &[u8]) -> usize {
    bytes.chunks(BLOCK).map(characters_of_block).sum()
}

/// The place so many characters after another one, or the end of the text where it has fewer.
pub fn forward(text: &str, from: Place, count: usize) -> Place {
    let bytes = text.as_bytes();
    let (mut byte, mut left) = (from.byte, count);
    while let Some(block) = bytes.get(byte..byte + BLOCK).filter(|_| left >= BLOCK) {
        left -= characters_of_block(block);
        byte += BLOCK;
    }
    // A block may end within a character, which was counted where it began.
    while let Some(&next) = bytes.get(byte) {
        if starts_character(next) {
            if left == 0 {
                break;
            }
            left -= 1;
        }
        byte += 1;
    }
    Place {
        byte,
        character: from.character + count - left,
    }
}

/// The place so many characters before another one, or the beginning of the text where there are fewer.
pub fn back(text: &str, from: Place, count: usize) -> Place {
    let bytes = text.as_bytes();
    let (mut byte, mut left) = (from.byte, count);
    while left > 0 && byte > 0 {
        byte -= 1;
        left -= usize::from(starts_character(bytes[byte]));
    }
    Place {
        byte,
        character: from.character - (count - left),
    }
}

/// The place of a byte that is not before another place.
pub fn at_byte(text: &str, from: Place, byte: usize) -> Place {
    Place {
        byte,
        character: from.character + characters(&text.as_bytes()[from.byte..byte]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn places_are_those_of_the_characters(text in "[aé’😀 ]{0,300}", from in 0..300usize, count in 0..300usize) {
            let bounds: Vec<usize> = text.char_indices().map(|(byte, _)| byte).chain([text.len()]).collect();
            let place = |character: usize| {
                let character = character.min(bounds.len() - 1);
                Place { byte: bounds[character], character }
            };
            let start = place(from);
            prop_assert_eq!(forward(&text, start, count), place(start.character + count));
            prop_assert_eq!(back(&text, start, count), place(start.character.saturating_sub(count)));
            prop_assert_eq!(at_byte(&text, START, start.byte), start);
        }
    }
}
