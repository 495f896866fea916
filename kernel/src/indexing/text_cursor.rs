//! Finds characters of a text in UTF-8 by their numbers, in ascending order.

/// Bytes that are counted at once.
const STEP: usize = 32;

/// A place in a text, which moves forward.
pub struct TextCursor<'a> {
    text: &'a [u8],
    characters: usize,
    bytes: usize,
}

impl<'a> TextCursor<'a> {
    pub fn new(text: &'a [u8]) -> Self {
        Self {
            text,
            characters: 0,
            bytes: 0,
        }
    }

    /// The byte at which a character begins, or the end of the text; `number` is not before the last one.
    fn find(&mut self, number: usize) -> usize {
        let bytes = self.text;
        let is_start = |byte: u8| byte & 0xC0 != 0x80;
        while number - self.characters >= STEP && self.bytes + STEP <= bytes.len() {
            let some = &bytes[self.bytes..self.bytes + STEP];
            self.characters += some.iter().filter(|&&byte| is_start(byte)).count();
            self.bytes += STEP;
        }
        // `bytes` may be within a character, whose start was counted.
        while self.bytes < bytes.len() {
            if is_start(bytes[self.bytes]) {
                if self.characters == number {
                    break;
                }
                self.characters += 1;
            }
            self.bytes += 1;
        }
        self.bytes
    }

    /// The text from one character to another; neither is before the last one that was asked for.
    pub fn part(&mut self, start: usize, end: usize) -> &'a [u8] {
        let first = self.find(start);
        &self.text[first..self.find(end)]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_those_of_the_characters() {
        let text = "l'été😀 à Paris ".repeat(20);
        let characters: Vec<char> = text.chars().collect();
        for step in [1, 3, 40] {
            let mut cursor = TextCursor::new(text.as_bytes());
            for start in (0..characters.len() - 5).step_by(step.max(5)) {
                let expected: String = characters[start..start + 5].iter().collect();
                assert_eq!(cursor.part(start, start + 5), expected.as_bytes());
            }
            assert_eq!(cursor.part(characters.len(), characters.len()), b"");
        }
    }
}
