//! Values of one condition key that make some conditions hold and others fail. Keys do not depend on each
//! other, so each is solved for itself.

use super::STATES;
use super::branch::Literal;
use super::typed;
use crate::access::answer::Answer;
use crate::access::condition::{Condition, Quantifier, Test};
use crate::access::glob::{Found, Glob, Group, Search, Symbols, Word, shape};
use crate::access::request::{Context, Key, References};

/// What a request may have for a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Choice {
    Absent,
    Values(Vec<Word>),
    /// Nothing does.
    Impossible,
    /// Nobody can tell.
    Unsure,
}

/// A condition whose test one value has to pass, or not to.
pub(super) type Asked<'b> = (&'b Condition, bool);

/// What a key may be, if the caller or a missing variable does not say it already.
pub(super) fn choose(key: &str, literals: &[Literal], sure: Option<&Key>, must_be_absent: bool) -> Choice {
    match sure {
        Some(Key::Values(values)) if must_be_absent || !fits(key, values, literals) => Choice::Impossible,
        Some(Key::Values(values)) => Choice::Values(values.clone()),
        Some(Key::Absent) => absent(literals),
        None | Some(Key::Unknown) if must_be_absent => absent(literals),
        None | Some(Key::Unknown) => match (present(literals), absent(literals)) {
            (Choice::Impossible, absent) | (Choice::Unsure, absent @ Choice::Absent) => absent,
            (present, _) => present,
        },
    }
}

fn absent(literals: &[Literal]) -> Choice {
    let is_read = |condition: &Condition| !matches!(condition.test, Test::Unread(_));
    let fits = |(condition, holds): &Literal| !is_read(condition) || condition.of_absent() == *holds;
    if literals.iter().all(fits) { Choice::Absent } else { Choice::Impossible }
}

/// Whether values that are sure fit; what depends on variables may.
fn fits(key: &str, values: &[Word], literals: &[Literal]) -> bool {
    let mut context = Context::new(Key::Unknown, References::Distinct);
    context.put(key, Key::Values(values.to_vec()));
    literals.iter().all(|(condition, holds)| condition.holds(&context) != Answer::from(!holds))
}

fn present(literals: &[Literal]) -> Choice {
    let mut is_single = false;
    // What every value has to be, and what one of them has to be.
    let (mut every, mut some): (Vec<Asked>, Vec<Asked>) = (Vec::new(), Vec::new());
    for (condition, holds) in literals {
        // A value is as the condition asks where its test passes, or does not if the condition is negated.
        let (passes, fails) = (!condition.negated, condition.negated);
        match (&condition.test, condition.quantifier, holds) {
            (Test::Null(absent), ..) if absent.contains(&false) == *holds => {}
            (Test::Null(_), ..) => return Choice::Impossible,
            (Test::Unread(_), ..) => {}
            (_, Quantifier::None, holds) => {
                is_single = true;
                every.push((condition, if *holds { passes } else { fails }));
            }
            (_, Quantifier::All, true) => every.push((condition, passes)),
            (_, Quantifier::All, false) => some.push((condition, fails)),
            (_, Quantifier::Any, true) => some.push((condition, passes)),
            (_, Quantifier::Any, false) => every.push((condition, fails)),
        }
    }
    if is_single {
        every.append(&mut some);
    }
    if some.is_empty() {
        return values([value(&every)]);
    }
    values(some.into_iter().map(|asked| {
        let mut all = every.clone();
        all.push(asked);
        value(&all)
    }))
}

fn values(found: impl IntoIterator<Item = Found>) -> Choice {
    let mut values = Vec::new();
    for found in found {
        match found {
            Found::Word(word) if values.contains(&word) => {}
            Found::Word(word) => values.push(word),
            Found::Nothing => return Choice::Impossible,
            Found::Unsure => return Choice::Unsure,
        }
    }
    Choice::Values(values)
}

/// A value that passes these tests and fails those.
fn value(asked: &[Asked]) -> Found {
    let is_text = |(condition, _): &Asked| matches!(condition.test, Test::Texts(_));
    if asked.iter().all(is_text) { text(asked) } else { typed::value(asked) }
}

fn text(asked: &[Asked]) -> Found {
    let something = shape("?*");
    let mut search = Search { limit: STATES, ..Search::default() };
    for (condition, passes) in asked {
        if *passes {
            // Two patterns may match the same text by different values of their variables.
            let symbols = if search.wanted.is_empty() { Symbols::Own } else { Symbols::Open };
            search.wanted.push(Group { globs: condition.globs().iter().collect::<Vec<&Glob>>(), symbols });
        } else {
            search.unwanted.extend(condition.globs());
        }
    }
    // An empty text is no value.
    let symbols = if search.wanted.is_empty() { Symbols::Own } else { Symbols::Open };
    search.wanted.push(Group { globs: vec![&something], symbols });
    search.run()
}
