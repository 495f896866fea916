//! The written words of a text, found as `newsindex/analyzer` does: characters.py makes chunks of a text,
//! written_words.py cuts a chunk into words and leaves the elided ones out.
//!
//! A function gives None where a text has what it does not know: words over two lines, and characters that
//! `characters.rs` does not know.

use super::characters::{class_of, Class, SOFT_HYPHEN};

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

    /// Whether a character belongs to a chunk.
    fn is_word(&self, place: usize) -> bool {
        self.is_letter_or_mark(place) || self.is(place, Class::Digit) || self.is(place, Class::Emoji)
    }

    fn is_letter_or_mark(&self, place: usize) -> bool {
        self.is(place, Class::Letter) || self.is(place, Class::Mark)
    }

    /// Gives the words of a run to `found`, in order.
    pub fn words(&mut self, run: &str, mut found: impl FnMut(Bounds)) -> Option<()> {
        self.read(run)?;
        if (1..self.classes.len()).any(|place| self.may_join_lines(place)) {
            return None;
        }
        let mut place = 0;
        while place < self.classes.len() {
            if self.is(place, Class::Hash) && self.is_word(place + 1) {
                let end = self.chunk_end(place + 1);
                self.cut_hashtag(place, end, &mut found)?;
                place = end;
            } else if self.is_word(place) {
                let end = self.chunk_end(place);
                self.cut(place, end, &mut found);
                place = end;
            } else {
                place += 1;
            }
        }
        Some(())
    }

    /// Whether a hyphen may stand inside of a word that two lines share.
    fn may_join_lines(&self, place: usize) -> bool {
        let is_hyphen = self.is(place, Class::Hyphen) || self.characters[place] == SOFT_HYPHEN;
        let line_end = matches!(self.characters.get(place + 1), Some('\n' | '\r'));
        is_hyphen && line_end && self.is_letter_or_mark(place - 1)
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
            Some(Class::Dot) if self.is_letter_or_mark(place + 1) => {
                let after_letter = before(1).is_some_and(|place| self.is_letter_or_mark(place));
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

    /// Cuts a hashtag into its words, as its capitals and digits tell them, and itself.
    fn cut_hashtag(&self, start: usize, end: usize, found: &mut impl FnMut(Bounds)) -> Option<()> {
        let is_plain = |place: usize| self.is(place, Class::Letter) || self.is(place, Class::Digit);
        if !(start + 1..end).all(is_plain) {
            self.cut(start + 1, end, found);
            return Some(());
        }
        let mut part = start + 1;
        while part < end {
            let next = self.hashtag_part_end(start + 1, part, end)?;
            if part == start + 1 && next == end {
                self.word(part, end, found);
                return Some(());
            }
            // The sign stands before the first word.
            self.word(if part == start + 1 { start } else { part }, next, found);
            part = next;
        }
        self.word(start, end, found);
        Some(())
    }

    /// Where a part of a hashtag ends that begins at `part`: digits, capitals, or small letters with a capital
    /// before them. None where a character is neither.
    fn hashtag_part_end(&self, first: usize, part: usize, end: usize) -> Option<usize> {
        let kinds = |place: usize| match self.characters[place] {
            '0'..='9' => Some('d'),
            letter if !letter.is_alphabetic() => None,
            letter if letter.is_uppercase() => Some('u'),
            _ => Some('l'),
        };
        let kind = |place: usize| if place < end { kinds(place) } else { Some(' ') };
        let run =
            |from: usize, of: char| from + (from..end).take_while(|&place| kinds(place) == Some(of)).count();
        (part..end).map(kinds).collect::<Option<Vec<char>>>()?;
        let starts_small = part == first && kind(part) == Some('l') && kind(part + 1) == Some('u');
        if starts_small && kind(part + 2) == Some('l') {
            return Some(run(part + 2, 'l'));
        }
        let of = kind(part)?;
        let last = run(part, of);
        match (of, last - part) {
            ('u', 1) => Some(run(last, 'l')),
            ('u', _) if kind(last) == Some('l') => Some(last - 1),
            _ => Some(last),
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
                Some(Class::Dot | Class::Comma | Class::Space | Class::Emoji)
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

    /// A written word, without the elided words before it. What has no letter and no digit is none.
    fn word(&self, start: usize, end: usize, found: &mut impl FnMut(Bounds)) {
        let start = self.after_elision(start, end);
        let counts = |place: usize| self.is(place, Class::Letter) || self.is(place, Class::Digit);
        if (start..end).any(counts) {
            found((self.starts[start], self.starts[end]));
        }
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

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn words(run: &str) -> Option<Vec<&str>> {
        let mut words = Vec::new();
        Run::default().words(run, |(start, end)| words.push(&run[start..end]))?;
        Some(words)
    }

    #[test]
    fn elided_words_and_signs_are_left_out() {
        assert_eq!(words("«Qu'aujourd’hui,"), Some(vec!["aujourd’hui"]));
        assert_eq!(words("M'hamed"), Some(vec!["M'hamed"]));
        assert_eq!(words("d'O.N.U."), Some(vec!["O.N.U"]));
        assert_eq!(words("1.234,5"), Some(vec!["1.234,5"]));
        assert_eq!(words("20:30"), Some(vec!["20:30"]));
        assert_eq!(words("1:2,5"), Some(vec!["1", "2,5"]));
        assert_eq!(words("12.05.2026"), Some(vec!["12", "05", "2026"]));
    }

    #[test]
    fn a_hashtag_is_its_words_and_itself() {
        let expected = vec!["#Grève", "Générale", "#GrèveGénérale"];
        assert_eq!(words("#GrèveGénérale"), Some(expected));
        assert_eq!(words("#maroc"), Some(vec!["maroc"]));
    }

    #[test]
    fn words_over_two_lines_are_not_known() {
        assert_eq!(words("éco-\nnomie"), None);
        assert_eq!(words("Fin.-\nLe"), Some(vec!["Fin", "Le"]));
    }

    proptest! {
        #[test]
        fn any_text_has_bounds_between_its_characters(
            text in "[a'’0-9.,: \u{ad}😀#É-]{0,40}", from in 0..40usize, numbers in prop::collection::btree_set(0..9usize, 0..5),
        ) {
            let from = text.char_indices().map(|(byte, _)| byte).nth(from).unwrap_or(text.len());
            let numbers: Vec<usize> = numbers.into_iter().collect();
            if let Some(bounds) = locate(&text, from, &numbers) {
                prop_assert_eq!(bounds.len(), numbers.len());
                for (start, end) in bounds {
                    prop_assert!(from <= start && text.get(start..end).is_some_and(|word| !word.is_empty()));
                }
            }
        }
    }
}
