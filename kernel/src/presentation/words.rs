//! The written words of a text, found as `newsindex/analyzer` does: characters.py makes chunks of a text,
//! written_words.py cuts a chunk into words and leaves the elided ones out.
//!
//! A function gives None where a text has what it does not know: hashtags, words over two lines, and characters
//! that `characters.rs` does not know.

use super::characters::{class_of, Class};

/// The (start, end) of a word in bytes.
pub type Bounds = (usize, usize);

/// A run of text without spaces but those between two digits.
///
/// Its characters are kept from one run to the next only to save memory from being asked for.
#[derive(Debug, Default)]
pub struct Run {
    classes: Vec<Class>,
    characters: Vec<char>,
    starts: Vec<usize>, // in bytes, and the end
}

impl Run {
    /// Reads a run. None where it has a character that is not known.
    fn read(&mut self, run: &str) -> Option<()> {
        self.classes.clear();
        self.characters.clear();
        self.starts.clear();
        for (start, character) in run.char_indices() {
            let class = class_of(character);
            if class == Class::Unknown {
                return None;
            }
            self.classes.push(class);
            self.characters.push(character);
            self.starts.push(start);
        }
        self.starts.push(run.len());
        Some(())
    }

    fn is(&self, place: usize, class: Class) -> bool {
        self.classes.get(place) == Some(&class)
    }

    fn is_word(&self, place: usize) -> bool {
        self.is(place, Class::Letter) || self.is(place, Class::Digit)
    }

    /// Gives the words of a run to `found`, in order.
    pub fn words(&mut self, run: &str, mut found: impl FnMut(Bounds)) -> Option<()> {
        self.read(run)?;
        let mut place = 0;
        while place < self.classes.len() {
            if self.is_word(place) {
                let end = self.chunk_end(place);
                self.cut(place, end, &mut found);
                place = end;
            } else {
                let hashtag = self.is(place, Class::Hash) && self.is_word(place + 1);
                let line_end = matches!(self.characters.get(place + 1), Some('\n' | '\r'));
                if hashtag || self.is(place, Class::Hyphen) && line_end {
                    return None;
                }
                place += 1;
            }
        }
        Some(())
    }

    fn chunk_end(&self, start: usize) -> usize {
        let mut place = start;
        loop {
            while self.is_word(place) {
                place += 1;
            }
            if !self.joins(place) {
                return place;
            }
            place += 1;
        }
    }

    /// Whether the sign after a character of a word joins it to the next one.
    fn joins(&self, place: usize) -> bool {
        let before = |distance: usize| place.checked_sub(distance);
        let is_digit = |place: usize| self.is(place, Class::Digit);
        let after_digit = before(1).is_some_and(is_digit);
        match self.classes.get(place) {
            Some(Class::Apostrophe) => self.is_word(place + 1),
            Some(Class::Dot) if self.is(place + 1, Class::Letter) => {
                let after_letter = before(1).is_some_and(|place| self.is(place, Class::Letter));
                after_letter && !before(2).is_some_and(|place| self.is_word(place))
            }
            Some(Class::Dot | Class::Comma | Class::Colon) => after_digit && is_digit(place + 1),
            Some(Class::Space) => {
                let after_four = before(4).is_some_and(|first| (first..place).all(is_digit));
                let before_three = (place + 1..place + 4).all(is_digit) && !self.is_word(place + 4);
                after_digit && !after_four && before_three
            }
            _ => false,
        }
    }

    /// Cuts a chunk into written words.
    fn cut(&self, start: usize, end: usize, found: &mut impl FnMut(Bounds)) {
        let colon = |place: &usize| self.is(*place, Class::Colon);
        if (start..end).any(|place| colon(&place)) {
            if self.is_clock_time(self.after_elision(start, end), end) {
                self.word(start, end, found);
                return;
            }
            let mut first = start;
            while first < end {
                let last = (first..end).find(colon).unwrap_or(end);
                self.cut_without_colons(first, last, found);
                first = last + 1;
            }
            return;
        }
        self.cut_without_colons(start, end, found);
    }

    fn cut_without_colons(&self, start: usize, end: usize, found: &mut impl FnMut(Bounds)) {
        let separates = |place: &usize| {
            matches!(
                self.classes.get(*place),
                Some(Class::Dot | Class::Comma | Class::Space)
            )
        };
        if !(start..end).any(|place| separates(&place)) {
            return self.word(start, end, found);
        }
        let bare = self.after_elision(start, end);
        if self.is_number(bare, end) || self.is_sigle(bare, end) {
            return self.word(start, end, found);
        }
        let mut first = start;
        while first < end {
            let last = (first..end).find(separates).unwrap_or(end);
            if first < last {
                self.word(first, last, found);
            }
            first = last + 1;
        }
    }

    /// A written word, without the elided words before it.
    fn word(&self, start: usize, end: usize, found: &mut impl FnMut(Bounds)) {
        found((self.starts[self.after_elision(start, end)], self.starts[end]));
    }

    /// Where a written word begins without the elided words before it.
    fn after_elision(&self, start: usize, end: usize) -> usize {
        let mut place = start;
        while let Some(apostrophe) = (place..end).find(|&place| self.is(place, Class::Apostrophe)) {
            let after = apostrophe + 1;
            if after >= end || !self.is_elided(place, apostrophe, end) {
                break;
            }
            place = after;
        }
        place
    }

    /// Whether what stands before an apostrophe is an elided word.
    fn is_elided(&self, start: usize, apostrophe: usize, end: usize) -> bool {
        let same = |from: usize, to: usize, word: &str| {
            let letters = self.characters[from..to].iter().map(char::to_ascii_lowercase);
            letters.eq(word.chars())
        };
        const BEFORE_ANYTHING: [&str; 7] = ["l", "d", "qu", "jusqu", "lorsqu", "puisqu", "quoiqu"];
        const BEFORE_VOWELS: [&str; 6] = ["n", "s", "m", "t", "c", "j"];
        if BEFORE_ANYTHING.iter().any(|word| same(start, apostrophe, word)) {
            return true;
        }
        let after = apostrophe + 1;
        let begins = |word: &str| after + word.len() <= end && same(after, after + word.len(), word);
        let is_name = same(start, apostrophe, "m") && ["ham", "han", "hid"].into_iter().any(begins);
        let next = self.characters[after].to_ascii_lowercase();
        let is_consonant = matches!(next, 'ç' | 'Ç') || "bcdfgjklmnpqrstvwxz".contains(next);
        BEFORE_VOWELS.iter().any(|word| same(start, apostrophe, word)) && !is_name && !is_consonant
    }

    /// The place after the digits from a place on.
    fn after_digits(&self, start: usize, end: usize) -> usize {
        let is_digit = |place: &usize| self.is(*place, Class::Digit);
        start + (start..end).take_while(is_digit).count()
    }

    fn is_number(&self, start: usize, end: usize) -> bool {
        let whole = self.after_digits(start, end);
        if whole == start {
            return false;
        }
        let ends_with_decimals = |place: usize| {
            let is_last = place + 1 < end && self.after_digits(place + 1, end) == end;
            place == end || self.is(place, Class::Comma) && is_last
        };
        let is_decimal = self.is(whole, Class::Dot) && self.after_digits(whole + 1, end) == end;
        if ends_with_decimals(whole) || is_decimal && whole + 1 < end {
            return true;
        }
        let mut place = whole;
        while (self.is(place, Class::Dot) || self.is(place, Class::Space))
            && self.after_digits(place + 1, end) >= place + 4
        {
            place += 4;
        }
        whole - start <= 3 && place > whole && ends_with_decimals(place)
    }

    /// Whether a chunk is an abbreviation with dots: single letters with a dot between each two.
    fn is_sigle(&self, start: usize, end: usize) -> bool {
        let fits = |place: usize| match (place - start) % 2 {
            0 => self.is(place, Class::Letter),
            _ => self.is(place, Class::Dot),
        };
        end > start + 1 && (end - start) % 2 == 1 && (start..end).all(fits)
    }

    /// Whether a chunk is a time of day, such as 20:30.
    fn is_clock_time(&self, start: usize, end: usize) -> bool {
        let Some(colon) = (start..end).find(|&place| self.is(place, Class::Colon)) else {
            return false;
        };
        let digits = |from: usize, to: usize| (from..to).all(|place| self.is(place, Class::Digit));
        let hours = match colon - start {
            1 => digits(start, colon),
            2 => digits(start, colon) && self.characters[start] <= '2',
            _ => false,
        };
        hours && end == colon + 3 && digits(colon + 1, end) && self.characters[colon + 1] <= '5'
    }
}

/// Finds some words of a text, given by their numbers, ascending, counted from the word that begins at a byte.
/// None where a word is not known, or where the text has fewer.
pub fn locate(text: &str, from: usize, numbers: &[usize]) -> Option<Vec<Bounds>> {
    let mut bounds = Vec::with_capacity(numbers.len());
    let mut sought = numbers.iter().copied().peekable();
    let (mut run, mut count) = (Run::default(), 0);
    let mut start = from;
    while sought.peek().is_some() {
        if start >= text.len() {
            return None;
        }
        let (end, is_plain) = run_end(text.as_bytes(), start);
        let mut word = |(first, last)| {
            if sought.next_if_eq(&count).is_some() {
                bounds.push((start + first, start + last));
            }
            count += 1;
        };
        if is_plain {
            word((0, end - start));
        } else if end > start {
            run.words(&text[start..end], word)?;
        }
        start = end + 1;
    }
    Some(bounds)
}

/// The end of the run of text at a byte, and whether it is one word of plain letters. A space between two digits
/// does not end a run.
fn run_end(text: &[u8], start: usize) -> (usize, bool) {
    let mut is_plain = true;
    let mut end = start;
    while let Some(&byte) = text.get(end) {
        if byte == b' ' {
            let is_digit = |place: usize| text.get(place).is_some_and(u8::is_ascii_digit);
            if !(end > start && is_digit(end - 1) && is_digit(end + 1)) {
                break;
            }
        }
        is_plain &= byte.is_ascii_alphabetic();
        end += 1;
    }
    (end, is_plain && end > start)
}
