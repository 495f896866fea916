//! Indexing: the words of articles, by number.
//!
//! `scanner` finds the chunks of texts and their forms; what a chunk is, is said by `letters` and `chunks`. `forms` knows
//! the words of each form. A chunk that is met for the first time, and is no plain word, is left to the analyzer.
//!
//! `batch` keeps the words of the articles of a segment. `vocabulary` numbers their terms and spellings, `signatures` signs
//! the articles, and `inversion` brings the occurrences of each term together.

pub mod batch;
pub mod chunks;
pub mod encoding;
pub mod forms;
pub mod interner;
pub mod inversion;
pub mod letters;
pub mod packed_text;
pub mod parentheses;
pub mod plain_words;
pub mod scanner;
pub mod signatures;
mod text_cursor;
pub mod vocabulary;
