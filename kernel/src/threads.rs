//! Threads that share the work of a call.

use std::panic::resume_unwind;
use std::thread::ScopedJoinHandle;

/// Waits for a thread, and gives its result. Its panic goes on in the caller.
pub fn join<T>(thread: ScopedJoinHandle<'_, T>) -> T {
    thread.join().unwrap_or_else(|panic| resume_unwind(panic))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::panic::catch_unwind;

    #[test]
    fn the_panic_of_a_thread_is_that_of_its_caller() {
        let outcome = catch_unwind(|| {
            std::thread::scope(|scope| join(scope.spawn(|| -> usize { panic!("the reason") })))
        });
        let panic = outcome.expect_err("the thread panics");
        assert_eq!(panic.downcast_ref(), Some(&"the reason"));
        assert_eq!(std::thread::scope(|scope| join(scope.spawn(|| 5))), 5);
    }
}
