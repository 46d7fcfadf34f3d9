//! The one error of a test: any of ours, printed for people.

use std::error::Error;
use std::fmt;

/// Why a test could not go on. Its `Debug` is what the test runner prints, so it reads like `Display`.
pub struct Failure(Box<dyn Error + Send + Sync>);

impl<E: Into<Box<dyn Error + Send + Sync>>> From<E> for Failure {
    fn from(error: E) -> Failure {
        Failure(error.into())
    }
}

impl fmt::Debug for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}
