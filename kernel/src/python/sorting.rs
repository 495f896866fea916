//! The border of the orders by date and by score, from any position on.

use numpy::PyReadonlyArray1;
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;

use super::slice;
use crate::sorting::{Decay, PlacedHit, Position, Sort, Sought};

/// The date from which ages count, the one that counts for a later one, and by segment the factor of each document.
pub type DecayFields<'py> = (i64, i64, Vec<PyReadonlyArray1<'py, f32>>);
/// The key, the tie break, the segment and the document of a position.
pub type PositionFields = (f64, i64, usize, usize);
/// The fields of the position of a hit, and its score.
pub type HitFields = (f64, i64, usize, usize, f64);

/// What is sought in an order, given by its name.
pub fn sought<'a>(
    sort: &str,
    decay: Option<&'a DecayFields<'_>>,
    after: Option<PositionFields>,
    count: usize,
) -> PyResult<Sought<'a>> {
    let sort = match sort {
        "newest" => Sort::Newest,
        "oldest" => Sort::Oldest,
        "score" => Sort::Score(decay.map(of_fields).transpose()?),
        _ => return Err(PyValueError::new_err(format!("no order {sort}"))),
    };
    let position = |(key, tie_break, segment, document)| Position {
        key,
        tie_break,
        segment,
        document,
    };
    Ok(Sought {
        sort,
        after: after.map(position),
        count,
    })
}

fn of_fields<'a>((newest, for_later, factors): &'a DecayFields<'_>) -> PyResult<Decay<'a>> {
    Ok(Decay {
        newest: *newest,
        for_later: *for_later,
        factors: factors.iter().map(slice).collect::<PyResult<_>>()?,
    })
}

/// The fields of a hit.
pub fn fields(hit: &PlacedHit) -> HitFields {
    let Position {
        key,
        tie_break,
        segment,
        document,
    } = hit.position;
    (key, tie_break, segment, document, f64::from(hit.score))
}
