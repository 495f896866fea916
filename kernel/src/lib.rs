//! The compiled kernel of newsindex: ranking over the arrays of its segments.
//!
//! `python` is the border to Python; everything behind it is plain Rust over slices.

#![forbid(unsafe_code)]

pub mod checked_file;
pub mod deadline;
pub mod dictionary;
pub mod error;
pub mod evaluate;
pub mod expansion;
pub mod facets;
pub mod optional;
pub mod orders;
pub mod page;
pub mod phrase;
pub mod plan;
#[cfg(feature = "python")]
mod python;
pub mod rank;
pub mod segment;
pub mod sorting;
pub mod term;
#[cfg(test)]
mod testing;
pub mod windows;
pub mod word;

#[cfg(target_endian = "big")]
compile_error!("the arrays of a segment are little-endian, and the kernel reads them as they are");
