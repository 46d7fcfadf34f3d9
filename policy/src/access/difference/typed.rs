//! Values of keys that are numbers, dates, addresses, booleans or bytes: some from everywhere between the
//! bounds that conditions name, where all values are alike.

use std::collections::BTreeSet;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;

use super::key::Asked;
use crate::access::answer::Answer;
use crate::access::condition::{Measure, Test, edges};
use crate::access::glob::{Found, Glob, word, written};

/// A value that passes these tests and fails those.
pub(super) fn value(asked: &[Asked]) -> Found {
    let fits = |text: &String| {
        asked.iter().all(|(condition, passes)| condition.test.accepts(text) == Answer::from(*passes))
    };
    match candidates(asked).into_iter().find(fits) {
        Some(text) => Found::Word(word(&text)),
        // A number that is also compared as a text has values that are not thought of.
        None if is_of_one_kind(asked) => Found::Nothing,
        None => Found::Unsure,
    }
}

fn is_of_one_kind(asked: &[Asked]) -> bool {
    let kind = |test: &Test| match test {
        Test::Texts(_) | Test::Null(_) | Test::Unread(_) => 0,
        Test::Measures { kind: Measure::Number, .. } => 1,
        Test::Measures { kind: Measure::Date, .. } => 2,
        Test::Truths(_) => 3,
        Test::Binaries(_) => 4,
        Test::Networks(_) => 5,
    };
    let kinds: BTreeSet<i32> = asked.iter().map(|(condition, _)| kind(&condition.test)).collect();
    // There are two booleans, whatever else is asked of them, unless that hangs on another key.
    let variables = asked.iter().flat_map(|(condition, _)| condition.globs()).flat_map(Glob::variables);
    kinds.len() == 1 || (kinds.contains(&3) && variables.count() == 0)
}

fn candidates(asked: &[Asked]) -> BTreeSet<String> {
    let mut texts = BTreeSet::new();
    let (mut bounds, mut networks, mut binaries) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
    for (condition, _) in asked {
        match &condition.test {
            Test::Texts(globs) => {
                texts.extend(globs.iter().filter_map(|glob| glob.only_word()).map(|word| written(&word)));
            }
            Test::Measures { bounds: of_this, .. } => bounds.extend(of_this.iter().copied()),
            Test::Truths(_) => texts.extend(["true".to_owned(), "false".to_owned()]),
            Test::Binaries(of_this) => binaries.extend(of_this.iter().cloned()),
            Test::Networks(of_this) => networks.extend(of_this.iter().copied()),
            Test::Null(_) | Test::Unread(_) => {}
        }
    }
    texts.extend(around(&bounds).into_iter().map(Measure::write));
    if !networks.is_empty() {
        texts.extend(edges(&networks).into_iter().map(|address| address.to_string()));
    }
    // Longer than all others, so it is none of them.
    let longest = binaries.iter().map(Vec::len).max();
    binaries.extend(longest.map(|longest| vec![0; longest.saturating_add(1)]));
    texts.extend(binaries.iter().map(|bytes| BASE64.encode(bytes)));
    texts
}

/// Each bound, and a number between each two and on either side of all.
fn around(bounds: &BTreeSet<i128>) -> BTreeSet<i128> {
    let mut numbers = bounds.clone();
    for (one, next) in bounds.iter().zip(bounds.iter().skip(1)) {
        numbers.insert(one.midpoint(*next));
    }
    numbers.extend(bounds.first().and_then(|first| first.checked_sub(Measure::ONE)));
    numbers.extend(bounds.last().and_then(|last| last.checked_add(Measure::ONE)));
    numbers
}
