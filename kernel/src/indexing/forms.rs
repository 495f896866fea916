//! The form table: each distinct chunk of text once, with its words.
//!
//! A chunk of up to 16 letter codes is found by these in a table that compares whole keys and never trusts a hash; a
//! longer one, and one whose codes do not tell its text, is found by its bytes.

use std::collections::HashMap;
use std::hash::{BuildHasher, Hasher, RandomState};

use super::interner::Interner;
use crate::error::{Error, Result};

/// The letter codes of the longest chunk that has a short key.
pub const LONGEST_KEY: usize = 16;
/// Stands for a form that was not found.
pub const UNKNOWN: u32 = u32::MAX;
/// In the entry of a form: the other bits are the number of a list of words.
const IS_LIST: u32 = 1 << 31;
const MIN_SLOTS: usize = 1 << 12;

/// The letter codes of a short chunk, with zeros after the last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Key {
    low: u64,
    high: u64,
}

impl Key {
    /// The key of the chunk that begins with `codes` and has `size` codes, at most [`LONGEST_KEY`] of them.
    pub fn new(codes: &[u8; LONGEST_KEY], size: usize) -> Self {
        let part = |start: usize| {
            let eight = codes[start..start + 8].try_into().unwrap_or_default();
            u64::from_le_bytes(eight)
        };
        let (low, high) = MASKS[size];
        Self {
            low: part(0) & low,
            high: part(8) & high,
        }
    }

    /// The codes, eight in each number.
    pub fn parts(self) -> [u64; 2] {
        [self.low, self.high]
    }
}

/// The masks for the parts of a key, by the number of its codes.
const MASKS: [(u64, u64); LONGEST_KEY + 1] = {
    let mut masks = [(0, 0); LONGEST_KEY + 1];
    let mut size = 1;
    while size <= LONGEST_KEY {
        let all = u128::MAX >> (8 * (LONGEST_KEY - size));
        masks[size] = (all as u64, (all >> 64) as u64);
        size += 1;
    }
    masks
};

/// Where a key was found, or may be entered.
pub enum Place {
    /// The form of the key.
    Form(u32),
    /// The free slot for the key.
    Free(usize),
}

/// A slot of the table; form 0 stands for a free one, and other forms are one more than their number.
#[derive(Clone, Copy, Default)]
#[repr(align(32))] // so that none is in two lines of the cache
struct Slot {
    key: Key,
    form: u32,
}

/// The forms met so far, each with the spellings of its words.
pub struct Forms {
    slots: Vec<Slot>,
    short_keys: usize,
    seeds: [u64; 2],
    long: HashMap<Box<[u8]>, u32>,
    entries: Vec<u32>,
    lists: Vec<Box<[u32]>>,
    /// The forms whose words are to be entered.
    waiting: Vec<u32>,
    /// The distinct spellings.
    pub spellings: Interner,
    /// The distinct terms.
    pub terms: Interner,
    term_of_spelling: Vec<u32>,
}

impl Default for Forms {
    fn default() -> Self {
        Self::new()
    }
}

impl Forms {
    /// A table without forms; the hashes of its keys are random, so that no text can be made to collide.
    pub fn new() -> Self {
        let random = || RandomState::new().build_hasher().finish();
        Self::with_seeds([random(), random()])
    }

    fn with_seeds(seeds: [u64; 2]) -> Self {
        Self {
            slots: vec![Slot::default(); MIN_SLOTS],
            short_keys: 0,
            seeds,
            long: HashMap::new(),
            entries: Vec::new(),
            lists: Vec::new(),
            waiting: Vec::new(),
            spellings: Interner::default(),
            terms: Interner::default(),
            term_of_spelling: Vec::new(),
        }
    }

    /// The number of forms.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether there is no form.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    fn home(&self, key: Key) -> usize {
        let product = u128::from(key.low ^ self.seeds[0]) * u128::from(key.high ^ self.seeds[1] | 1);
        (product as u64 ^ (product >> 64) as u64) as usize & (self.slots.len() - 1)
    }

    /// The form of a key if it is in the first slot where it may be, else [`UNKNOWN`].
    pub fn find_at_home(&self, key: Key) -> u32 {
        let slot = &self.slots[self.home(key)];
        if slot.key == key {
            slot.form.wrapping_sub(1)
        } else {
            UNKNOWN
        }
    }

    /// The form of a key, or the place for a new one.
    pub fn find(&self, key: Key) -> Place {
        let mut slot = self.home(key);
        loop {
            match self.slots[slot] {
                Slot { form: 0, .. } => return Place::Free(slot),
                Slot { key: other, form } if other == key => return Place::Form(form - 1),
                _ => slot = (slot + 1) & (self.slots.len() - 1),
            }
        }
    }

    /// Gives a key the last form that was added; `slot` is its free place.
    pub fn set_key(&mut self, slot: usize, key: Key) {
        self.slots[slot] = Slot {
            key,
            form: self.entries.len() as u32,
        };
        self.short_keys += 1;
        if 2 * self.short_keys > self.slots.len() {
            let larger = vec![Slot::default(); 2 * self.slots.len()];
            let slots = std::mem::replace(&mut self.slots, larger);
            for slot in slots.into_iter().filter(|slot| slot.form > 0) {
                if let Place::Free(place) = self.find(slot.key) {
                    self.slots[place] = slot;
                }
            }
        }
    }

    /// The form of a long key.
    pub fn find_long(&self, key: &[u8]) -> Option<u32> {
        self.long.get(key).copied()
    }

    /// Gives a long key the last form that was added.
    pub fn set_long_key(&mut self, key: &[u8]) {
        self.long.insert(key.into(), self.entries.len() as u32 - 1);
    }

    /// Adds a form of one word; returns its number.
    pub fn add_word(&mut self, spelling: &str) -> u32 {
        let spelling = self.spellings.number(spelling);
        self.entries.push(spelling);
        self.entries.len() as u32 - 1
    }

    /// Adds a form whose words [`Self::enter`] is to be told; returns its number.
    pub fn add_waiting(&mut self) -> u32 {
        let form = self.entries.len() as u32;
        self.entries.push(IS_LIST);
        self.waiting.push(form);
        form
    }

    /// Whether the words of some forms are to be entered before more is scanned.
    pub fn is_waiting(&self) -> bool {
        !self.waiting.is_empty()
    }

    /// Enters the spellings of the words of the waiting forms, in the order in which they were added.
    pub fn enter<T: AsRef<str>>(&mut self, words: &[Vec<T>]) -> Result<()> {
        if words.len() != self.waiting.len() {
            return Err(Error::Invalid(format!(
                "{} forms wait for their words, and {} were given",
                self.waiting.len(),
                words.len()
            )));
        }
        for (form, words) in std::mem::take(&mut self.waiting).into_iter().zip(words) {
            let numbers = words.iter().map(|word| self.spellings.number(word.as_ref()));
            let numbers: Box<[u32]> = numbers.collect();
            self.entries[form as usize] = match *numbers {
                [one] => one,
                _ => {
                    self.lists.push(numbers);
                    (self.lists.len() as u32 - 1) | IS_LIST
                }
            };
        }
        Ok(())
    }

    /// The numbers of the spellings of a form's words.
    pub fn words(&self, form: u32) -> &[u32] {
        let entry = &self.entries[form as usize];
        if entry & IS_LIST == 0 {
            std::slice::from_ref(entry)
        } else {
            &self.lists[(entry & !IS_LIST) as usize]
        }
    }

    /// The spellings that have no term yet.
    pub fn spellings_without_term(&self) -> &[std::sync::Arc<str>] {
        &self.spellings.texts()[self.term_of_spelling.len()..]
    }

    /// Enters the terms of the first spellings that have none.
    pub fn enter_terms<T: AsRef<str>>(&mut self, terms: &[T]) -> Result<()> {
        if terms.len() > self.spellings_without_term().len() {
            return Err(Error::Invalid("more terms than spellings".into()));
        }
        for term in terms {
            self.term_of_spelling.push(self.terms.number(term.as_ref()));
        }
        Ok(())
    }

    /// The number of the term of each spelling that has one.
    pub fn term_of_spelling(&self) -> &[u32] {
        &self.term_of_spelling
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(text: &str) -> Key {
        let mut codes = [7; LONGEST_KEY];
        codes[..text.len()].copy_from_slice(text.as_bytes());
        Key::new(&codes, text.len())
    }

    fn form_of(forms: &mut Forms, text: &str) -> u32 {
        match forms.find(key(text)) {
            Place::Form(form) => form,
            Place::Free(slot) => {
                let form = forms.add_word(text);
                forms.set_key(slot, key(text));
                form
            }
        }
    }

    #[test]
    fn a_key_has_one_form_however_many_there_are() {
        for seeds in [[1, 2], [0, 0]] {
            let mut forms = Forms::with_seeds(seeds); // with zeros, the hashes of many keys are alike
            let texts: Vec<String> = (0..5000).map(|i| format!("mot{}", i * 7919)).collect();
            let numbers: Vec<u32> = texts.iter().map(|text| form_of(&mut forms, text)).collect();
            assert_eq!(numbers, (0..5000).collect::<Vec<u32>>());
            for (text, &number) in texts.iter().zip(&numbers) {
                assert_eq!(form_of(&mut forms, text), number);
                let words = forms.words(number);
                assert_eq!(&*forms.spellings.texts()[words[0] as usize], text.as_str());
            }
        }
    }

    #[test]
    fn waiting_forms_are_given_their_words_in_order() {
        let mut forms = Forms::new();
        let (none, one, two) = (forms.add_waiting(), forms.add_waiting(), forms.add_waiting());
        assert!(forms.enter::<&str>(&[]).is_err() && forms.is_waiting());
        forms
            .enter(&[vec![], vec!["un"], vec!["deux", "un"]])
            .expect("three forms wait");
        assert_eq!(
            (forms.words(none), forms.words(one), forms.words(two)),
            (&[][..], &[0][..], &[1, 0][..])
        );
        assert!(!forms.is_waiting());
    }

    #[test]
    fn spellings_share_terms() {
        let mut forms = Forms::new();
        for word in ["chat", "chats", "chien"] {
            forms.add_word(word);
        }
        forms.enter_terms(&["chat", "chat"]).expect("two of three");
        assert_eq!(forms.spellings_without_term().len(), 1);
        forms.enter_terms(&["chien"]).expect("the last");
        assert_eq!(forms.term_of_spelling(), [0, 0, 1]);
        assert!(forms.enter_terms(&["plus"]).is_err());
    }
}
