//! The scanner: the words of texts, by the numbers of their spellings.

use super::chunks::{for_each_chunk, may_share_word};
use super::forms::{Forms, Key, Place, LONGEST_KEY};
use super::letters::{Letters, MARGIN};
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
            spelling: String::new(),
            long_key: Vec::new(),
        }
    }

    /// Whether two lines of a text may share a word: the analyzer then joins them before the text is scanned.
    pub fn may_share_word(&self, text: &str) -> bool {
        may_share_word(&self.letters, &self.hyphens, text)
    }

    /// Scans texts into `chunks`; returns the chunks of the forms that wait for their words from the analyzer.
    pub fn scan(&mut self, texts: &[&str]) -> Result<Vec<String>> {
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

    fn scan_text(&mut self, text: &str, codes: &[u8], unknown: &mut Vec<String>) {
        let mut cursor = TextCursor::new(text);
        let ranges = self.letters.ranges;
        for_each_chunk(&ranges, codes, |chunk| {
            let size = chunk.end - chunk.start;
            let first = chunk.start - MARGIN - usize::from(chunk.is_hashtag);
            let short = !chunk.is_hashtag && !chunk.has_rare && size <= LONGEST_KEY;
            let key_codes = codes[chunk.start..]
                .first_chunk::<LONGEST_KEY>()
                .filter(|_| short);
            let form = if let Some(key_codes) = key_codes {
                let key = Key::new(key_codes, size);
                match self.forms.find(key) {
                    Place::Form(form) => form,
                    Place::Free(slot) => {
                        let part = || cursor.part(first, chunk.end - MARGIN);
                        let form = self.add_form(&codes[chunk.start..chunk.end], part, unknown);
                        self.forms.set_key(slot, key);
                        form
                    }
                }
            } else {
                let part = cursor.part(first, chunk.end - MARGIN);
                let chunk_codes =
                    (!chunk.is_hashtag && !chunk.has_rare).then_some(&codes[chunk.start..chunk.end]);
                self.long_form(part, chunk_codes, unknown)
            };
            self.chunks.form.push(form);
            self.chunks.start.push(first as u32);
        });
    }

    /// Adds the form of a chunk, given its codes and its text.
    fn add_form<'a>(
        &mut self,
        codes: &[u8],
        text: impl FnOnce() -> &'a str,
        unknown: &mut Vec<String>,
    ) -> u32 {
        if self.plain.spell(&self.letters.ranges, codes, &mut self.spelling) {
            return self.forms.add_word(&self.spelling);
        }
        unknown.push(text().to_owned());
        self.forms.add_waiting()
    }

    /// The form of a chunk that has no short key; its codes are None where they do not tell its text.
    fn long_form(&mut self, text: &str, codes: Option<&[u8]>, unknown: &mut Vec<String>) -> u32 {
        let (kind, bytes) = codes.map_or((TEXT, text.as_bytes()), |codes| (CODES, codes));
        let mut key = std::mem::take(&mut self.long_key);
        key.clear();
        key.push(kind);
        key.extend_from_slice(bytes);
        let form = match self.forms.find_long(&key) {
            Some(form) => form,
            None => {
                let form = self.add_form(codes.unwrap_or(&[]), || text, unknown);
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
