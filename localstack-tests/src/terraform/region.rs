//! The regions that a stack is in, as far as its text and its resources tell.

use std::collections::BTreeSet;

/// The region of an ARN, `arn:partition:service:region:account:resource`; global services leave it empty.
pub(super) fn of_arn(arn: &str) -> Option<&str> {
    let mut parts = arn.strip_prefix("arn:")?.splitn(5, ':');
    parts.nth(2).filter(|region| !region.is_empty())
}

/// Every text in quotes that is written as regions are: what else it may be costs a look at an empty region.
pub(super) fn in_text(text: &str) -> BTreeSet<String> {
    text.split('"').filter(|quoted| is_region(quoted)).map(str::to_owned).collect()
}

/// `eu-central-1`, `us-gov-west-1`: words and a number (AWS General Reference, "Regional endpoints").
fn is_region(text: &str) -> bool {
    let steps: Vec<&str> = text.split('-').collect();
    let [country, words @ .., number] = steps.as_slice() else { return false };
    let is_word = |word: &&str| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_lowercase());
    country.len() == 2
        && is_word(country)
        && (1..=2).contains(&words.len())
        && words.iter().all(is_word)
        && number.len() == 1
        && number.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_region_of_an_arn_is_its_fourth_part() {
        assert_eq!(of_arn("arn:aws:sqs:us-east-2:1:q"), Some("us-east-2"));
        for hostile in ["arn:", "arn:aws:iam", "arn:aws:iam::1:role", "https://arn:aws:s3:x:y:z"] {
            assert_eq!(of_arn(hostile), None, "{hostile}");
        }
    }

    #[test]
    fn regions_are_found_in_both_syntaxes() {
        let text = r#"provider "aws" { region = "us-gov-west-1" } {"region": "eu-central-1", "name": "my-app-1x", "x": "us-east"}"#;
        assert_eq!(in_text(text), BTreeSet::from(["us-gov-west-1".to_owned(), "eu-central-1".to_owned()]));
    }

    proptest! {
        #[test]
        fn every_region_is_found_among_other_text(before in "[^\"]*", region in "[a-z]{2}(-[a-z]{1,9}){1,2}-[0-9]") {
            let text = format!("{before}\"{region}\"");
            prop_assert!(in_text(&text).contains(&region));
        }
    }
}
