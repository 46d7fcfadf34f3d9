//! How an assertion fails.

use std::fmt::Display;

/// Fails the test.
#[track_caller]
#[expect(clippy::panic, reason = "this is how a test fails")]
pub(crate) fn fail(why: impl Display) -> ! {
    panic!("{why}")
}
