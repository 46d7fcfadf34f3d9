//! What a project is called: its stack, and what the stack makes, are named after it.

use std::fmt;

use thiserror::Error;

/// Names of roles and of functions have so many characters at most (AWS Identity and Access Management API Reference,
/// "CreateRole": `RoleName`; AWS Lambda API Reference, "CreateFunction": `FunctionName`).
const LONGEST: usize = 64;

/// A letter, then letters and digits with single `-` between them, all of them ASCII and small: Terraform, AWS and
/// cargo take that alike.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Name(String);

/// Why something is no name.
#[derive(Debug, Error, PartialEq, Eq)]
pub(crate) enum NameError {
    /// Nothing is left of it.
    #[error("`{0}` has no letter to name a stack by")]
    Empty(String),
    /// It does not begin with a letter.
    #[error("`{0}` cannot name a stack: it does not begin with a letter")]
    Beginning(String),
    /// A character cannot be in it.
    #[error(
        "`{text}` cannot name a stack: {character:?} is no small letter from a to z, digit, or single `-` between them"
    )]
    Character {
        /// The whole.
        text: String,
        /// The first of those characters.
        character: char,
    },
    /// It is too long.
    #[error("`{0}` cannot name a stack: a role's name has {LONGEST} characters at most")]
    Long(String),
}

impl Name {
    /// The name that somebody wrote, as it is.
    pub(crate) fn parse(text: &str) -> Result<Name, NameError> {
        let whole = text.to_owned();
        if text.is_empty() {
            return Err(NameError::Empty(whole));
        }
        if text.starts_with(|first: char| first == '-' || first.is_ascii_digit()) {
            return Err(NameError::Beginning(whole));
        }
        let unfit = text.chars().find(|character| !matches!(character, 'a'..='z' | '0'..='9' | '-'));
        let loose = text.contains("--") || text.ends_with('-');
        if let Some(character) = unfit.or(loose.then_some('-')) {
            return Err(NameError::Character { text: whole, character });
        }
        if text.len() > LONGEST { Err(NameError::Long(whole)) } else { Ok(Name(whole)) }
    }

    /// The name that a folder's gives: `Shop API` is `shop-api`. Nothing is left out of it but ASCII punctuation, and
    /// nothing is added.
    pub(crate) fn of_folder(folder: &str) -> Result<Name, NameError> {
        if let Some(character) =
            folder.chars().find(|character| !character.is_ascii() || character.is_ascii_control())
        {
            return Err(NameError::Character { text: folder.to_owned(), character });
        }
        let words = folder.split(|character: char| !character.is_ascii_alphanumeric());
        let words: Vec<String> = words.filter(|word| !word.is_empty()).map(str::to_ascii_lowercase).collect();
        if words.is_empty() {
            return Err(NameError::Empty(folder.to_owned()));
        }
        Name::parse(&words.join("-"))
    }
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn of(folder: &str) -> Result<String, NameError> {
        Name::of_folder(folder).map(|name| name.to_string())
    }

    #[test]
    fn folders_give_names_of_small_letters_and_digits() {
        for (folder, name) in [
            ("shop", "shop"),
            ("Shop API", "shop-api"),
            ("my.shop_v2", "my-shop-v2"),
            ("--shop--", "shop"),
            (".shop", "shop"),
            ("a1", "a1"),
            ("shop's \"best\" ${x}", "shop-s-best-x"),
        ] {
            assert_eq!(of(folder), Ok(name.to_owned()), "{folder}");
        }
    }

    #[test]
    fn what_would_have_to_be_made_up_is_refused() {
        for folder in ["", ".", "..", "-", "___", " "] {
            assert_eq!(of(folder), Err(NameError::Empty(folder.to_owned())));
        }
        assert_eq!(of("2024-shop"), Err(NameError::Beginning("2024-shop".to_owned())));
        for (folder, character) in
            [("café", 'é'), ("магазин", 'м'), ("a\nb", '\n'), ("a\0b", '\0'), ("🛒", '🛒')]
        {
            assert_eq!(of(folder), Err(NameError::Character { text: folder.to_owned(), character }));
        }
    }

    #[test]
    fn a_name_that_is_written_is_taken_as_it_is_or_refused() {
        assert_eq!(Name::parse("shop-2"), Ok(Name("shop-2".to_owned())));
        for (text, character) in
            [("Shop", 'S'), ("a_b", '_'), ("a b", ' '), ("a--b", '-'), ("shop-", '-'), ("a/../b", '/')]
        {
            assert_eq!(Name::parse(text), Err(NameError::Character { text: text.to_owned(), character }));
        }
        assert_eq!(Name::parse(""), Err(NameError::Empty(String::new())));
        for text in ["-shop", "-", "--kind", "2shop"] {
            assert_eq!(Name::parse(text), Err(NameError::Beginning(text.to_owned())));
        }
    }

    #[test]
    fn a_role_can_have_the_longest_name_and_none_that_is_longer() {
        assert!(Name::parse(&"a".repeat(LONGEST)).is_ok());
        let long = "a".repeat(LONGEST + 1);
        assert_eq!(Name::parse(&long), Err(NameError::Long(long.clone())));
    }

    /// The rule in other words.
    fn is_name(text: &str) -> bool {
        text.len() <= LONGEST
            && text.split('-').all(|word| {
                !word.is_empty()
                    && word.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
            })
            && text.starts_with(|first: char| first.is_ascii_lowercase())
    }

    proptest! {
        #[test]
        fn a_name_is_what_the_rule_says(text in prop_oneof!["[a-c0-1-]{0,6}", "[a-z]{60,70}", any::<String>()]) {
            prop_assert_eq!(Name::parse(&text).is_ok(), is_name(&text));
        }

        #[test]
        fn a_folder_gives_a_name_of_its_own_letters_or_none(folder in prop_oneof!["[ -~]{0,70}", any::<String>()]) {
            if let Ok(name) = Name::of_folder(&folder) {
                let kept = |text: &str| -> String {
                    text.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()).collect()
                };
                prop_assert!(is_name(&name.0));
                prop_assert_eq!(kept(&name.0), kept(&folder));
                prop_assert_eq!(Name::of_folder(&name.0), Ok(name));
            }
        }
    }
}
