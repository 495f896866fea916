//! The errors that the kernel reports.

use std::fmt;

/// Why a call of the kernel gave no result.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Error {
    /// The values of an array of a segment cannot be what was written.
    Damaged {
        /// The number of the segment, once it is known.
        segment: Option<usize>,
        /// The name of the array in the segment's file.
        array: &'static str,
        /// The element from which on the values are wrong.
        element: usize,
        /// What is wrong with them, as the end of "the values of this array ...".
        reason: &'static str,
    },
    /// A block of a segment's file does not have its checksum. The byte is the first one of the block.
    Checksum {
        /// The number of the segment, once it is known.
        segment: Option<usize>,
        /// The first byte of the block in the file.
        byte: usize,
    },
    /// The time of the search is over.
    DeadlinePassed,
    /// A segment would hold more than its format can number.
    TooLarge,
    /// The caller handed in what does not fit together.
    Invalid(String),
}

impl Error {
    /// The same error, of a segment with this number.
    pub fn in_segment(mut self, number: usize) -> Self {
        if let Self::Damaged { segment, .. } | Self::Checksum { segment, .. } = &mut self {
            segment.get_or_insert(number);
        }
        self
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Damaged {
                array,
                element,
                reason,
                ..
            } => {
                write!(f, "the values of {array} {reason} (element {element})")
            }
            Self::Checksum { byte, .. } => write!(f, "the block at byte {byte} is damaged"),
            Self::DeadlinePassed => write!(f, "the time is over"),
            Self::TooLarge => write!(f, "a segment would hold more than its format can number"),
            Self::Invalid(reason) => write!(f, "{reason}"),
        }
    }
}

/// What a fallible function of the kernel returns.
pub type Result<T> = std::result::Result<T, Error>;
