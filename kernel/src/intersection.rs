//! The documents that all of some terms have.

use crate::deadline::Deadline;
use crate::error::Result;
use crate::packed::documents::Documents;

/// The documents that all lists have, ascending.
pub fn intersect(deadline: Deadline, lists: &[Documents<'_>]) -> Result<Vec<u16>> {
    let mut lists: Vec<&Documents<'_>> = lists.iter().collect();
    lists.sort_by_key(|list| list.len());
    let Some((shortest, others)) = lists.split_first() else {
        return Ok(Vec::new());
    };
    let mut shared = shortest.to_vec();
    for other in others {
        deadline.check()?;
        other.retain(&mut shared);
    }
    Ok(shared)
}
