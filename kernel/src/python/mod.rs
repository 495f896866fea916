//! The border to Python: the classes of the module `newsindex_kernel`.
//!
//! A call borrows the contents of the files as slices, lets the interpreter's lock go, and runs plain Rust over
//! them. No panic crosses: it is caught, and raised as `KernelFault`.

mod collection;
mod facets;
mod indexing;
mod keyness;
mod merging;
mod plans;
mod presentation;
mod query;
mod segment;
mod sorting;
mod words;
mod writing;

use std::panic::{catch_unwind, AssertUnwindSafe};

use numpy::PyReadonlyArray1;
use pyo3::create_exception;
use pyo3::exceptions::{PyException, PyOverflowError, PyRuntimeError, PyValueError};
use pyo3::prelude::*;

use crate::error::{Error, Result};

/// The version of what Python and the kernel say to each other; newsindex refuses a kernel of another one.
const INTERFACE: u32 = 3;

create_exception!(
    newsindex_kernel,
    DamagedSegment,
    PyException,
    "A segment is not what was written."
);
create_exception!(
    newsindex_kernel,
    DeadlinePassed,
    PyException,
    "The time of a call is over."
);
create_exception!(
    newsindex_kernel,
    KernelFault,
    PyRuntimeError,
    "A fault of the kernel itself."
);

impl From<Error> for PyErr {
    fn from(error: Error) -> Self {
        match error {
            Error::Damaged {
                segment,
                array,
                element,
                reason,
            } => DamagedSegment::new_err((segment, Some(array), element, reason)),
            Error::Checksum { segment, byte } => {
                DamagedSegment::new_err((segment, None::<&str>, byte, "is damaged"))
            }
            Error::DeadlinePassed => DeadlinePassed::new_err("the time is over"),
            Error::TooLarge => PyOverflowError::new_err(error.to_string()),
            Error::Invalid(reason) => PyValueError::new_err(reason),
        }
    }
}

/// Runs `work` without the interpreter's lock; a panic becomes a KernelFault.
fn run<T: Send>(py: Python<'_>, work: impl FnOnce() -> Result<T> + Send) -> PyResult<T> {
    let outcome = py.detach(|| catch_unwind(AssertUnwindSafe(work)));
    match outcome {
        Ok(result) => Ok(result?),
        Err(panic) => {
            let text = panic.downcast_ref::<String>().map(String::as_str);
            let text = text
                .or_else(|| panic.downcast_ref::<&str>().copied())
                .unwrap_or("a panic");
            Err(KernelFault::new_err(format!(
                "a fault of newsindex-kernel: {text}"
            )))
        }
    }
}

fn slice<'a, T: numpy::Element>(array: &'a PyReadonlyArray1<'_, T>) -> PyResult<&'a [T]> {
    array
        .as_slice()
        .map_err(|_| PyValueError::new_err("an array is not contiguous"))
}

/// Panics, so that a test can see that no panic crosses the border.
#[pyfunction]
fn _panic(py: Python<'_>) -> PyResult<()> {
    run(py, || -> Result<()> { panic!("asked for") })
}

/// The compiled kernel of newsindex.
#[pymodule]
fn newsindex_kernel(module: &Bound<'_, PyModule>) -> PyResult<()> {
    let py = module.py();
    module.add("__version__", env!("CARGO_PKG_VERSION"))?;
    module.add("INTERFACE", INTERFACE)?;
    module.add("DamagedSegment", py.get_type::<DamagedSegment>())?;
    module.add("DeadlinePassed", py.get_type::<DeadlinePassed>())?;
    module.add("KernelFault", py.get_type::<KernelFault>())?;
    module.add_class::<segment::Segment>()?;
    module.add_class::<collection::Collection>()?;
    module.add_class::<words::Term>()?;
    module.add_class::<words::Word>()?;
    module.add_class::<plans::Plan>()?;
    merging::register(module)?;
    writing::register(module)?;
    module.add_class::<presentation::StoredTexts>()?;
    indexing::register(module)?;
    module.add_function(wrap_pyfunction!(_panic, module)?)?;
    module.add_function(wrap_pyfunction!(presentation::_words_of_run, module)?)?;
    Ok(())
}
