//! The moment at which a call must end.

use std::time::{Duration, Instant};

use crate::error::{Error, Result};

/// The moment at which a call must end, or none.
#[derive(Debug, Clone, Copy)]
pub struct Deadline(Option<Instant>);

impl Deadline {
    /// A deadline so many seconds from now; None for no deadline. A moment that is too far away to be
    /// expressed is none.
    pub fn after(seconds: Option<f64>) -> Self {
        let Some(seconds) = seconds else { return Self(None) };
        let duration = Duration::try_from_secs_f64(seconds.max(0.0)).ok();
        Self(duration.and_then(|duration| Instant::now().checked_add(duration)))
    }

    /// Fails where the moment has passed.
    pub fn check(&self) -> Result<()> {
        match self.0 {
            Some(end) if Instant::now() >= end => Err(Error::DeadlinePassed),
            _ => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_deadline_in_the_past_has_passed_and_others_have_not() {
        assert_eq!(Deadline::after(Some(-1.0)).check(), Err(Error::DeadlinePassed));
        assert_eq!(Deadline::after(Some(0.0)).check(), Err(Error::DeadlinePassed));
        assert_eq!(Deadline::after(Some(1000.0)).check(), Ok(()));
        assert_eq!(Deadline::after(Some(f64::INFINITY)).check(), Ok(()));
        assert_eq!(Deadline::after(Some(f64::MAX)).check(), Ok(()));
        assert_eq!(Deadline::after(None).check(), Ok(()));
    }
}
