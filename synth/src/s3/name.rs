//! Names of buckets.

use synth_core::{Known, Problem, Scope, Value, functions};

use crate::limit::{self, Preconditions};

const PAGE: &str = "Amazon S3 User Guide, \"General purpose bucket naming rules\"";

/// What no name begins with (the same page).
const RESERVED_STARTS: [&str; 3] = ["xn--", "sthree-", "amzn-s3-demo-"];
/// What no name ends with (the same page).
const RESERVED_ENDS: [&str; 5] = ["-s3alias", "--ol-s3", ".mrap", "--x-s3", "--table-s3"];

/// What is wrong with a name; nothing where it can be used.
fn fault(name: &str) -> Option<String> {
    let legal = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit();
    if !(3..=63).contains(&name.len()) {
        return Some("write 3 to 63 characters".to_owned());
    }
    if let Some(other) = name.chars().find(|c| !legal(*c) && !matches!(c, '-' | '.')) {
        return Some(format!("write lowercase letters, digits, `-` and `.`; not `{}`", other.escape_debug()));
    }
    if !name.starts_with(legal) || !name.ends_with(legal) {
        return Some("begin and end with a letter or digit".to_owned());
    }
    if name.contains("..") {
        return Some("write no two dots in a row".to_owned());
    }
    if name.parse::<std::net::Ipv4Addr>().is_ok() {
        return Some("write something that does not read as an address".to_owned());
    }
    let start = RESERVED_STARTS.iter().find(|start| name.starts_with(**start));
    let end = RESERVED_ENDS.iter().find(|end| name.ends_with(**end));
    start
        .map(|start| format!("names that begin with `{start}` are AWS's own"))
        .or_else(|| end.map(|end| format!("names that end with `{end}` are AWS's own")))
}

/// Refuses a name that is written out and cannot be used; one that comes later gets a condition, which leaves the rarest
/// rules to S3.
pub(super) fn check(scope: &mut Scope<'_>, name: &Value<String>) -> Preconditions {
    let Known::Is(name) = name.known() else {
        return Preconditions::only_if(limit::is_judged_later(scope, name), || {
            let message = "A bucket's name has 3 to 63 lowercase letters, digits, - or ., and begins and ends with a letter or digit.";
            (functions::matches(PATTERN, name), message.to_owned())
        });
    };
    if let Some(fault) = fault(name) {
        let problem = Problem::new(format!("`{}` cannot be a bucket's name", name.escape_debug()));
        scope.refuse(problem.at("/name").help(fault).source(PAGE));
    }
    Preconditions::default()
}

const PATTERN: &str = "^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$";

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use regex::Regex;

    use super::*;

    proptest! {
        #[test]
        fn what_synth_accepts_is_what_the_rules_accept(name in "(xn--|sthree-)?[a-zA-Z0-9._-]{0,66}(-s3alias|[.]mrap)?|([0-9]{1,3}[.]){3}[0-9]{1,3}") {
            let shape = Regex::new(PATTERN).unwrap().is_match(&name);
            let address = Regex::new("^((25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])([.]|$)){4}$").unwrap().is_match(&name);
            let reserved = Regex::new("^(xn--|sthree-|amzn-s3-demo-)|(-s3alias|--ol-s3|[.]mrap|--x-s3|--table-s3)$").unwrap();
            let fits = shape && !address && !name.contains("..") && !reserved.is_match(&name);
            prop_assert_eq!(fault(&name).is_none(), fits, "{}", name);
        }
    }
}
