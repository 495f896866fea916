//! Merging of the words and the stored texts of several segments.
//!
//! `part` is one of the segments, `decoding` reads its packed postings and positions, `term` merges one term of all
//! parts and `words` all terms; `texts` gives the stored texts in a new order.

pub mod decoding;
pub mod part;
pub mod term;
pub mod texts;
pub mod words;
