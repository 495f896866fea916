//! The scanner: the words of texts, by the numbers of their spellings.

use super::chunks::{find_chunks, may_share_word, Chunk};
use super::forms::{Forms, Key, Place, LONGEST_KEY, UNKNOWN};
use super::letters::{Letters, Ranges, MARGIN};
use super::plain_words::PlainWords;
use super::text_cursor::TextCursor;
use crate::error::{Error, Result};

/// Before the text or the codes of a chunk in its long key.
const TEXT: u8 = 1;
const CODES: u8 = 2;

/// The chunks of some texts, one text after another.
#[derive(Default)]
pub struct Chunks {
    /// The form of each chunk.
    pub form: Vec<u32>,
    /// Where each chunk starts in its text, in characters.
    pub start: Vec<u32>,
    /// The end of each text among the chunks.
    pub end: Vec<usize>,
}

/// The words of some texts, one text after another.
pub struct Words {
    /// The number of each word's spelling.
    pub spelling: Vec<i32>,
    /// Where the chunk of each word starts in its text, in characters; -1 for all words of a chunk but the first.
    pub start: Vec<i64>,
    /// The first word of each text, and the end.
    pub first: Vec<i64>,
}

/// Finds the words of texts, and remembers the forms that it has met.
pub struct Scanner {
    letters: Letters,
    plain: PlainWords,
    hyphens: String,
    /// The forms met so far.
    pub forms: Forms,
    /// What was scanned last.
    pub chunks: Chunks,
    codes: Vec<u8>,
    found: Vec<Chunk>,
    spelling: String,
    long_key: Vec<u8>,
}

impl Scanner {
    /// `hyphens` are the signs that stand at the end of a line within a word.
    pub fn new(letters: Letters, plain: PlainWords, hyphens: String) -> Self {
        Self {
            letters,
            plain,
            hyphens,
            forms: Forms::new(),
            chunks: Chunks::default(),
            codes: Vec::new(),
            found: Vec::new(),
            spelling: String::new(),
            long_key: Vec::new(),
        }
    }

    /// Whether two lines of a text may share a word: the analyzer then joins them before the text is scanned.
    pub fn may_share_word(&self, text: &[u8]) -> bool {
        may_share_word(&self.letters, &self.hyphens, text)
    }

    /// Scans texts in UTF-8 into `chunks`; returns the chunks of the forms that wait for their words from the analyzer.
    pub fn scan(&mut self, texts: &[&[u8]]) -> Result<Vec<String>> {
        if self.forms.is_waiting() {
            return Err(Error::Invalid(
                "the words of the last texts were not entered".into(),
            ));
        }
        self.chunks.form.clear();
        self.chunks.start.clear();
        self.chunks.end.clear();
        let mut unknown = Vec::new();
        let mut codes = std::mem::take(&mut self.codes);
        for text in texts {
            self.letters.encode(text, &mut codes);
            self.scan_text(text, &codes, &mut unknown);
            self.chunks.end.push(self.chunks.form.len());
        }
        self.codes = codes;
        Ok(unknown)
    }

    fn scan_text(&mut self, text: &[u8], codes: &[u8], unknown: &mut Vec<String>) {
        let mut found = std::mem::take(&mut self.found);
        find_chunks(&self.letters.ranges, codes, &mut found);
        let first = self.chunks.form.len();
        let hash = self.letters.ranges.hash;
        let is_hashtag = |chunk: &Chunk| codes[chunk.start as usize - 1] == hash;
        let starts = found
            .iter()
            .map(|chunk| chunk.start - MARGIN as u32 - u32::from(is_hashtag(chunk)));
        self.chunks.start.extend(starts);
        // Most chunks are found here, without a branch, so that the processor waits for several of them at once.
        let (forms, ranges) = (&self.forms, &self.letters.ranges);
        let known = found
            .iter()
            .map(|chunk| forms.find_at_home(short_key(ranges, codes, *chunk)));
        self.chunks.form.extend(known);
        let mut cursor = TextCursor::new(text);
        for (place, chunk) in (first..).zip(&found) {
            if self.chunks.form[place] == UNKNOWN || is_hashtag(chunk) {
                let start = self.chunks.start[place] as usize;
                let mut part = || cursor.part(start, chunk.end as usize - MARGIN);
                let form = self.find_form(codes, *chunk, is_hashtag(chunk), &mut part, unknown);
                self.chunks.form[place] = form;
            }
        }
        self.found = found;
    }

    /// The form of a chunk, which is added where it is new; `text` gives its text.
    fn find_form<'a>(
        &mut self,
        codes: &[u8],
        chunk: Chunk,
        is_hashtag: bool,
        text: &mut impl FnMut() -> &'a [u8],
        unknown: &mut Vec<String>,
    ) -> u32 {
        let key = short_key(&self.letters.ranges, codes, chunk);
        let codes = &codes[chunk.start as usize..chunk.end as usize];
        if is_hashtag || key == Key::default() {
            return self.long_form(text(), codes, is_hashtag, unknown);
        }
        match self.forms.find(key) {
            Place::Form(form) => form,
            Place::Free(slot) => {
                let form = self.add_form(codes, text, unknown);
                self.forms.set_key(slot, key);
                form
            }
        }
    }

    /// Adds the form of a chunk, given its codes and its text.
    fn add_form<'a>(
        &mut self,
        codes: &[u8],
        text: &mut impl FnMut() -> &'a [u8],
        unknown: &mut Vec<String>,
    ) -> u32 {
        if self.plain.spell(&self.letters.ranges, codes, &mut self.spelling) {
            return self.forms.add_word(&self.spelling);
        }
        unknown.push(String::from_utf8_lossy(text()).into_owned());
        self.forms.add_waiting()
    }

    /// The form of a chunk that has no short key.
    fn long_form(&mut self, text: &[u8], codes: &[u8], is_hashtag: bool, unknown: &mut Vec<String>) -> u32 {
        let tells_text = !is_hashtag && codes.iter().all(|&code| code < self.letters.ranges.rare);
        let (kind, bytes) = if tells_text { (CODES, codes) } else { (TEXT, text) };
        let mut key = std::mem::take(&mut self.long_key);
        key.clear();
        key.push(kind);
        key.extend_from_slice(bytes);
        let form = match self.forms.find_long(&key) {
            Some(form) => form,
            None => {
                let form = self.add_form(if tells_text { codes } else { &[] }, &mut || text, unknown);
                self.forms.set_long_key(&key);
                form
            }
        };
        self.long_key = key;
        form
    }

    /// The words of what was scanned last; those of all forms were entered.
    pub fn words(&self) -> Words {
        let chunks = &self.chunks;
        let mut words = Words {
            spelling: Vec::with_capacity(chunks.form.len()),
            start: Vec::with_capacity(chunks.form.len()),
            first: vec![0],
        };
        let mut chunk = 0;
        for &end in &chunks.end {
            for (&form, &start) in chunks.form[chunk..end].iter().zip(&chunks.start[chunk..end]) {
                for (place, &spelling) in self.forms.words(form).iter().enumerate() {
                    words.spelling.push(spelling as i32);
                    words.start.push(if place == 0 { i64::from(start) } else { -1 });
                }
            }
            chunk = end;
            words.first.push(words.spelling.len() as i64);
        }
        words
    }
}

/// The key of a chunk whose codes are few and tell its text; the default key, which no chunk has, for others.
fn short_key(ranges: &Ranges, codes: &[u8], chunk: Chunk) -> Key {
    let size = (chunk.end - chunk.start) as usize;
    let Some(key_codes) = codes[chunk.start as usize..].first_chunk::<LONGEST_KEY>() else {
        return Key::default();
    };
    let key = Key::new(key_codes, size.min(LONGEST_KEY));
    let [low, high] = key.parts();
    let has_rare = ranges.has_rare(low) | ranges.has_rare(high);
    if has_rare || size > LONGEST_KEY {
        Key::default()
    } else {
        key
    }
}
