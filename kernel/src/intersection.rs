//! The documents that all of some terms have.

use crate::deadline::Deadline;
use crate::error::Result;
use crate::packed::documents::Documents;

/// The documents that all of some lists have, ascending, and the place of the shortest list with the posting of each
/// document in it.
pub struct Shared {
    /// The documents.
    pub documents: Vec<u16>,
    /// The place of the shortest list.
    pub shortest: usize,
    /// The posting of each document in the shortest list.
    pub postings: Vec<u32>,
}

/// Finds the documents that all lists have; there is at least one list.
pub fn intersect(deadline: Deadline, lists: &[Documents<'_>]) -> Result<Shared> {
    let mut order: Vec<usize> = (0..lists.len()).collect();
    order.sort_by_key(|&place| lists[place].len());
    let mut documents = lists[order[0]].to_vec();
    let mut postings: Vec<u32> = (0..documents.len() as u32).collect();
    for &place in &order[1..] {
        deadline.check()?;
        lists[place].retain(&mut documents, &mut postings);
    }
    Ok(Shared {
        documents,
        shortest: order[0],
        postings,
    })
}
