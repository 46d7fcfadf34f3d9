//! What the health checks of App Runner, ECS and load balancers have in common: numbers of certain ranges.

use std::ops::RangeInclusive;

use synth_core::{Problem, Scope};

/// A number of a health check: its property, what it is, the number itself and what is accepted.
pub(crate) type Number = (&'static str, &'static str, u32, RangeInclusive<u32>);

/// Refuses each number that is out of its range. `advice` stands before the range: `write`.
pub(crate) fn check(scope: &mut Scope<'_>, advice: &str, page: &'static str, numbers: [Number; 4]) {
    for (property, what, number, accepted) in numbers {
        if !accepted.contains(&number) {
            scope.refuse(
                Problem::new(format!("a health check cannot have {what} of {number}"))
                    .at(format!("/health_check/{property}"))
                    .help(format!("{advice} {} to {}", accepted.start(), accepted.end()))
                    .source(page),
            );
        }
    }
}
