//! Writing of segments: the packed forms of postings and positions, stored texts and checksums.
//!
//! `postings_encoder` takes the postings of one term after another and gives the arrays of a segment; its parts are
//! `document_lists`, `posting_codes` and `position_blocks`. `vocabulary` does the same for terms and spellings. `newsindex/storage/FORMAT.md` states the bytes.

pub mod block_checksums;
pub mod document_lists;
pub mod position_blocks;
pub mod posting_codes;
pub mod postings_encoder;
pub mod texts;
pub mod vocabulary;
