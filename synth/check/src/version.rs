//! Version constraints (Terraform language, "Version Constraints").

use std::cmp::Ordering;

/// The version of Terraform whose language is judged.
pub(crate) const TERRAFORM: &str = "1.11.4";

/// Whether a constraint allows a version; an error if the text is no constraint.
pub(crate) fn allows(constraint: &str, version: &str) -> Result<bool, String> {
    let version = Version::read(version).ok_or_else(|| format!("`{version}` is not a version"))?;
    let mut all = true;
    for condition in constraint.split(',') {
        let no = || format!("`{}` is not a version constraint, as `>= 1.2, < 2` is one", condition.trim());
        all &= Condition::read(condition.trim()).ok_or_else(no)?.allows(&version);
    }
    Ok(all)
}

#[derive(Clone, Debug)]
struct Version {
    numbers: Vec<u64>,
    /// Whether something like `-beta1` follows: it comes before the version without.
    early: bool,
}

#[derive(Debug)]
struct Condition {
    operator: Operator,
    bound: Version,
}

#[derive(Clone, Copy, Debug)]
enum Operator {
    Is,
    IsNot,
    Above,
    AtLeast,
    Below,
    AtMost,
    /// `~>`: only the last number may grow.
    Last,
}

const OPERATORS: &[(&str, Operator)] = &[
    ("!=", Operator::IsNot),
    (">=", Operator::AtLeast),
    ("<=", Operator::AtMost),
    ("~>", Operator::Last),
    ("=", Operator::Is),
    (">", Operator::Above),
    ("<", Operator::Below),
];

impl Version {
    fn read(text: &str) -> Option<Version> {
        let text = text.strip_prefix('v').unwrap_or(text);
        let (text, build) = text.split_once('+').unwrap_or((text, "0"));
        let (text, early) = text.split_once('-').map_or((text, None), |(core, early)| (core, Some(early)));
        let word = |text: &str| {
            let part = |part: &str| {
                !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
            };
            text.split('.').all(part)
        };
        let number =
            |part: &str| part.parse().ok().filter(|_| part.bytes().all(|byte| byte.is_ascii_digit()));
        let numbers = text.split('.').map(number).collect::<Option<Vec<u64>>>()?;
        (word(build) && early.is_none_or(word)).then_some(Version { numbers, early: early.is_some() })
    }

    fn number(&self, place: usize) -> u64 {
        self.numbers.get(place).copied().unwrap_or(0)
    }

    /// Numbers that are not written are 0.
    fn compare(&self, other: &Version) -> Ordering {
        let longest = self.numbers.len().max(other.numbers.len());
        let numbers = (0..longest).map(|place| self.number(place).cmp(&other.number(place)));
        numbers.fold(Ordering::Equal, Ordering::then).then(other.early.cmp(&self.early))
    }
}

impl Condition {
    fn read(text: &str) -> Option<Condition> {
        let (rest, operator) = OPERATORS
            .iter()
            .find_map(|(sign, operator)| Some((text.strip_prefix(sign)?, *operator)))
            .unwrap_or((text, Operator::Is));
        Some(Condition { operator, bound: Version::read(rest.trim_start())? })
    }

    fn allows(&self, version: &Version) -> bool {
        let order = version.compare(&self.bound);
        match self.operator {
            Operator::Is => order.is_eq(),
            Operator::IsNot => order.is_ne(),
            Operator::Above => order.is_gt(),
            Operator::AtLeast => order.is_ge(),
            Operator::Below => order.is_lt(),
            Operator::AtMost => order.is_le(),
            Operator::Last => {
                let fixed = self.bound.numbers.len().saturating_sub(1);
                order.is_ge() && (0..fixed).all(|place| version.number(place) == self.bound.number(place))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn constraints_allow_what_terraform_allows() {
        for (constraint, allowed) in [
            ("5.100.0", true),
            ("= 5.100", true),
            ("5", false),
            ("!= 5.100.0", false),
            ("~> 5.0", true),
            ("~> 5.99.0", false),
            ("~>5.100.0", true),
            ("~> 6.0", false),
            ("~> 4.0", false),
            ("~> 4", true),
            (">= 4.0, < 6.0", true),
            (" >= 4.0 , < 5.0 ", false),
            ("> 5.100.0-beta1", true),
            ("<= v5.100.0+build.1", true),
            ("<= 5.100.0-rc1", false),
        ] {
            assert_eq!(allows(constraint, "5.100.0"), Ok(allowed), "{constraint}");
        }
    }

    #[test]
    fn what_is_no_constraint_is_refused() {
        for text in
            ["", ">=1.0,", ">= 1.x", "=> 1", "1.0 2.0", "== 1.0", "1.*", "nope", "1..2", "1.0-", "^1.0"]
        {
            assert!(allows(text, "5.100.0").is_err(), "{text}");
        }
    }

    proptest! {
        #[test]
        fn a_version_is_between_its_neighbours(major in 0_u64..9, minor in 0_u64..9, patch in 1_u64..9) {
            let version = format!("{major}.{minor}.{patch}");
            let (before, after) = (patch - 1, patch + 1);
            let around = format!("> {major}.{minor}.{before}, < {major}.{minor}.{after}, ~> {major}.{minor}.0");
            prop_assert_eq!(allows(&around, &version), Ok(true));
            prop_assert_eq!(allows(&format!("!= {version}"), &version), Ok(false));
        }

        #[test]
        fn any_text_is_a_constraint_or_refused(text in "\\PC{0,12}", special in "[v0-9.~<>=!, +a-]{0,12}") {
            let _ = (allows(&text, "1.2.3"), allows(&special, "1.2.3"));
        }
    }
}
