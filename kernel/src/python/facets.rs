//! The border of the counts of matches by label and by period.

use numpy::{IntoPyArray, PyArray1, PyReadonlyArray1};
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;

use super::slice;
use crate::error::{Error, Result};
use crate::facets::{self, Counted, Labels};

/// The values of the documents of one segment.
#[derive(FromPyObject)]
pub enum LabelArray<'py> {
    /// Of at most 256 values.
    Bytes(PyReadonlyArray1<'py, u8>),
    /// Of at most 65,536 values.
    Narrow(PyReadonlyArray1<'py, u16>),
    /// Of more.
    Wide(PyReadonlyArray1<'py, u32>),
}

/// For each field and segment, the values of the documents and the number of all values.
pub type LabelArrays<'py> = Vec<Vec<(LabelArray<'py>, usize)>>;
/// For each division of the time and segment, the first document of each period, and the end.
pub type PeriodArrays<'py> = Vec<Vec<PyReadonlyArray1<'py, u32>>>;
/// For each field and segment, the numbers of matches by value.
type CountArrays = Vec<Vec<Py<PyArray1<u32>>>>;
/// The numbers of matches by label, and by period.
pub type Counts = (CountArrays, CountArrays);

/// What matches are counted by, for each of so many segments.
pub fn counted<'a>(
    labels: &'a LabelArrays<'_>,
    periods: &'a PeriodArrays<'_>,
    segments: usize,
) -> PyResult<Vec<Counted<'a>>> {
    let mut by_segment = vec![Counted::default(); segments];
    let is_complete = labels.iter().all(|of_field| of_field.len() == segments)
        && periods.iter().all(|of_unit| of_unit.len() == segments);
    if !is_complete {
        return Err(PyValueError::new_err("not one array for each segment"));
    }
    for of_field in labels {
        for ((array, values), counted) in of_field.iter().zip(&mut by_segment) {
            let labels = match array {
                LabelArray::Bytes(numbers) => Labels::Bytes(slice(numbers)?),
                LabelArray::Narrow(numbers) => Labels::Narrow(slice(numbers)?),
                LabelArray::Wide(numbers) => Labels::Wide(slice(numbers)?),
            };
            counted.labels.push((labels, *values));
        }
    }
    for of_unit in periods {
        for (bounds, counted) in of_unit.iter().zip(&mut by_segment) {
            counted.periods.push(slice(bounds)?);
        }
    }
    Ok(by_segment)
}

/// Checks that the bounds of periods ascend, so that every count is right.
pub fn check(counted: &[Counted<'_>]) -> Result<()> {
    let bounds = counted.iter().flat_map(|of_segment| &of_segment.periods);
    let ascends = |bounds: &&[u32]| bounds.windows(2).all(|pair| pair[0] <= pair[1]);
    if bounds.into_iter().all(ascends) {
        Ok(())
    } else {
        Err(Error::Invalid("the bounds of periods do not ascend".into()))
    }
}

/// Counts as arrays, by field or division of the time, of which there are so many, and then by segment.
pub fn arrays(py: Python<'_>, counts: Vec<facets::Counts>, fields: usize, units: usize) -> Counts {
    let empty = |count| -> CountArrays { (0..count).map(|_| Vec::new()).collect() };
    let (mut labels, mut periods) = (empty(fields), empty(units));
    for of_segment in counts {
        for (all, part) in [
            (&mut labels, of_segment.labels),
            (&mut periods, of_segment.periods),
        ] {
            for (by_segment, counts) in all.iter_mut().zip(part) {
                by_segment.push(counts.into_pyarray(py).unbind());
            }
        }
    }
    (labels, periods)
}
