//! The compiled kernel of newsindex: ranking over the arrays of its segments, and indexing.
//!
//! `python` is the border to Python; everything behind it is plain Rust over slices.

#![forbid(unsafe_code)]

pub mod arrays;
pub mod best_matches;
pub mod candidates;
pub mod checked_file;
pub mod collector;
pub mod columns;
#[cfg(test)]
mod damage;
pub mod deadline;
pub mod dictionary;
pub mod document_positions;
pub mod document_set;
pub mod error;
pub mod evaluate;
pub mod expansion;
pub mod facets;
pub mod frequent_terms;
pub mod indexing;
pub mod intersection;
pub mod matches;
pub mod merging;
pub mod neighbours;
pub mod norms;
pub mod optional;
pub mod orders;
pub mod packed;
pub mod page;
pub mod pairs;
pub mod phrase;
pub mod phrase_line;
pub mod plan;
pub mod positions;
pub mod presentation;
#[cfg(feature = "python")]
mod python;
pub mod query_words;
pub mod rank;
pub mod rare_postings;
pub mod scorer;
pub mod segment;
pub mod sorting;
pub mod term;
pub mod term_counts;
#[cfg(test)]
mod testing;
pub mod threads;
pub mod windows;
pub mod word;
pub mod writing;

#[cfg(target_endian = "big")]
compile_error!("the arrays of a segment are little-endian, and the kernel reads them as they are");
