//! The postings of a term whose frequencies and mark are listed apart.

use std::ops::Range;

use crate::error::Result;
use crate::packed::documents::Documents;
use crate::segment::View;

/// A posting whose frequencies and mark are listed apart.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RarePosting {
    /// The number of the posting in its term.
    pub posting: u32,
    /// The occurrences in headline and body together.
    pub count: u32,
    /// Those in the headline.
    pub headline: u32,
    /// The mark of the posting.
    pub mark: u8,
    /// Its w / (k1 + w).
    pub base: f32,
}

/// The listed ones of some postings of a segment, whose documents are given. Fails where they are not `expected`.
pub fn rare_postings(
    view: View<'_>,
    postings: &Range<usize>,
    documents: Documents<'_>,
    expected: usize,
) -> Result<Box<[RarePosting]>> {
    let arrays = &view.segment.arrays;
    let all: &[u32] = view.whole(&arrays.rare_posting)?;
    let low = all.partition_point(|&posting| (posting as usize) < postings.start);
    let high = low + all[low..].partition_point(|&posting| (posting as usize) < postings.end);
    let listed = &all[low..high];
    let ascend = listed.windows(2).all(|pair| pair[0] < pair[1]);
    let are_within = listed
        .iter()
        .all(|&posting| postings.contains(&(posting as usize)));
    if listed.len() != expected || !ascend || !are_within {
        return Err(arrays.rare_posting.damaged(low, "are not those listed"));
    }
    let headline: &[u32] = view.part(&arrays.rare_headline, low, high)?;
    let body: &[u32] = view.part(&arrays.rare_body, low, high)?;
    let mark: &[u8] = view.part(&arrays.rare_mark, low, high)?;
    let norms = &view.segment.norms;
    let rare = listed.iter().enumerate().map(|(row, &posting)| {
        let posting = posting as usize - postings.start;
        let document = documents.document(posting);
        RarePosting {
            posting: posting as u32,
            count: headline[row].saturating_add(body[row]),
            headline: headline[row],
            mark: mark[row],
            base: norms.saturate(norms.weight(document, headline[row], body[row])),
        }
    });
    Ok(rare.collect())
}
