//! Names of the DNS, as Route 53, Certificate Manager and CloudFront take them.

use synth_core::{Known, Problem, Scope, Value, functions};

const PAGE: &str = "Amazon Route 53 Developer Guide, \"DNS domain name format\"";

/// The longest name (RFC 1035, section 2.3.4: 255 octets with the length of each label and the root).
const LONGEST: usize = 253;

/// What is named.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Named {
    /// A hosted zone: labels of letters, digits and `-`.
    Zone,
    /// A record: as a zone, also with `_`, and `*` as the whole first label.
    Record,
    /// What a certificate or an alternate domain of a distribution is for: a zone's or `*.` before it, with a dot.
    Host,
}

impl Named {
    fn noun(self) -> &'static str {
        match self {
            Named::Zone => "a hosted zone's",
            Named::Record => "a record's",
            Named::Host => "a site's",
        }
    }

    /// What is wrong with a name; nothing where it can be used.
    fn fault(self, name: &str) -> Option<String> {
        if name.len() > LONGEST {
            return Some(format!("write at most {LONGEST} characters"));
        }
        let plain = match name.strip_prefix("*.") {
            Some(rest) if self != Named::Zone => rest,
            _ => name,
        };
        if self == Named::Host && !plain.contains('.') {
            return Some("write the whole name, down to the top: `www.example.com`".to_owned());
        }
        plain.split('.').find_map(|label| self.fault_of_label(label))
    }

    fn fault_of_label(self, label: &str) -> Option<String> {
        let legal = |c: char| {
            c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-' || (c == '_' && self == Named::Record)
        };
        if label.is_empty() {
            return Some("write the name without a dot at its beginning or end, or two in a row".to_owned());
        }
        if label == "*" {
            return Some("`*` can only be the whole first label: `*.example.com`".to_owned());
        }
        if label.len() > 63 {
            return Some(format!(
                "write at most 63 characters between two dots: `{label}` has {}",
                label.len()
            ));
        }
        if let Some(other) = label.chars().find(|c| !legal(*c)) {
            return Some(format!("write lowercase letters, digits and `-`; not `{}`", other.escape_debug()));
        }
        let ends = label.starts_with('-') || label.ends_with('-');
        ends.then(|| format!("`-` can be neither the first nor the last character of `{label}`"))
    }

    /// The same rules as a regular expression of Terraform (RE2).
    fn pattern(self) -> String {
        let label = |inner: &str, outer: &str| format!("{outer}({inner}{{0,61}}{outer})?");
        let strict = label("[a-z0-9-]", "[a-z0-9]");
        match self {
            Named::Zone => format!("^({strict}[.])*{strict}$"),
            Named::Record => {
                let label = label("[a-z0-9_-]", "[a-z0-9_]");
                format!("^([*][.])?({label}[.])*{label}$")
            }
            Named::Host => format!("^([*][.])?({strict}[.])+{strict}$"),
        }
    }

    /// Refuses a name that is written out and cannot be used.
    pub(crate) fn check(self, scope: &mut Scope<'_>, property: &str, name: &Value<String>) {
        if let Known::Is(name) = name.known()
            && let Some(fault) = self.fault(name)
        {
            scope.refuse(
                Problem::new(format!("`{}` cannot be {} name", name.escape_debug(), self.noun()))
                    .at(property)
                    .help(fault)
                    .source(PAGE),
            );
        }
    }

    /// The condition that Terraform checks, where the name is not known before.
    pub(crate) fn condition(self, name: &Value<String>) -> Option<(Value<bool>, String)> {
        // Terraform refuses a condition that refers to nothing.
        name.term().refers().then(|| {
            let message = format!(
                "This cannot be {} name: write lowercase letters, digits and - between dots.",
                self.noun()
            );
            (functions::matches(self.pattern(), name), message)
        })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use regex::Regex;

    use super::*;

    proptest! {
        #[test]
        fn what_synth_accepts_is_what_terraforms_pattern_accepts(
            name in "([*][.])?[a-zA-Z0-9_*.-]{0,12}([.][a-z0-9-]{0,66}){0,4}"
        ) {
            for named in [Named::Zone, Named::Record, Named::Host] {
                let pattern = Regex::new(&named.pattern()).unwrap();
                let fits = name.len() <= LONGEST && pattern.is_match(&name);
                prop_assert_eq!(named.fault(&name).is_none(), fits, "{:?}: {}", named, name);
            }
        }
    }
}
