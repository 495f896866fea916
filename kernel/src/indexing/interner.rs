//! Texts by number.

use std::collections::HashMap;
use std::sync::Arc;

/// Numbers distinct texts from 0 on.
#[derive(Default)]
pub struct Interner {
    numbers: HashMap<Arc<str>, u32>,
    texts: Vec<Arc<str>>,
}

impl Interner {
    /// The number of a text, which is a new one where the text is new.
    pub fn number(&mut self, text: &str) -> u32 {
        if let Some(&number) = self.numbers.get(text) {
            return number;
        }
        let number = self.texts.len() as u32;
        let text: Arc<str> = text.into();
        self.texts.push(text.clone());
        self.numbers.insert(text, number);
        number
    }

    /// All texts, by number.
    pub fn texts(&self) -> &[Arc<str>] {
        &self.texts
    }
}
