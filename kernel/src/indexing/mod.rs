//! Indexing: the words of articles, by number.
//!
//! `scanner` finds the chunks of texts and their forms; what a chunk is, is said by `letters` and `chunks`. `forms` knows
//! the words of each form. A chunk that is met for the first time, and is no plain word, is left to the analyzer.

pub mod chunks;
pub mod forms;
pub mod interner;
pub mod letters;
pub mod packed_text;
pub mod plain_words;
pub mod scanner;
mod text_cursor;
