//! From what is asked of a request to a request, which both policies are then asked about.

use std::collections::{BTreeMap, BTreeSet};

use super::branch::Branch;
use super::key::Choice;
use super::space::Shape;
use super::{Comparison, STATES};
use crate::access::answer::Answer;
use crate::access::caller::Caller;
use crate::access::glob::{Found, Letter, Symbol, Word, word, written};
use crate::access::request::{Context, Key, References, Request};
use crate::iam::actions;

/// So many actions are tried for one that exists.
const ACTIONS: usize = 200;

/// A request as asked that the new policy allows and the old one does not.
pub(super) fn of(branch: &Branch, comparison: &mut Comparison) -> Option<Request> {
    let (action, resource) = match words(branch) {
        Ok(Some(words)) => words,
        Ok(None) => return None,
        Err(TooLarge) => {
            comparison.charge_for_search();
            comparison.unsure.insert("a comparison of patterns is larger than is looked at".to_owned());
            return None;
        }
    };
    let mut unsure = |why: &str| {
        comparison.unsure.insert(why.to_owned());
    };
    let mut keys = branch.candidate.keys.clone();
    let named = branch.literals.iter().map(|(condition, _)| condition.key.as_str());
    for key in named.chain(branch.absent.iter().copied()).collect::<BTreeSet<&str>>() {
        match branch.choose(key, &branch.literals_on(key)) {
            Choice::Absent => keys.insert(key.to_owned(), Key::Absent),
            Choice::Values(values) => keys.insert(key.to_owned(), Key::Values(values)),
            Choice::Impossible => return None,
            Choice::Unsure => {
                unsure(&format!("whether the conditions on `{key}` can be met together is not computed"));
                return None;
            }
        };
    }
    let Some(left) = comparison.attempts.checked_sub(1) else {
        unsure("more requests than are tried might show a difference");
        return None;
    };
    comparison.attempts = left;
    let request = Values { keys }.request(branch, &action, resource);
    confirmed(request, comparison)
}

/// Asks both policies.
fn confirmed(request: Option<Request>, comparison: &mut Comparison) -> Option<Request> {
    let Some(request) = request else {
        comparison.unsure.insert("a policy variable would need a value that it cannot have".to_owned());
        return None;
    };
    match (comparison.new.allows(&request), comparison.old.allows(&request)) {
        (Answer::Yes, Answer::No) => return Some(request),
        (Answer::Undecided(new), Answer::Undecided(old)) => {
            comparison.unsure.extend(new.into_iter().chain(old))
        }
        (Answer::Undecided(reasons), _) | (_, Answer::Undecided(reasons)) => {
            comparison.unsure.extend(reasons)
        }
        _ => {
            let why = "policy variables are compared with more than themselves";
            comparison.unsure.insert(why.to_owned());
        }
    }
    None
}

struct TooLarge;

/// An action and a resource.
fn words(branch: &Branch) -> Result<Option<(String, Word)>, TooLarge> {
    let known = branch.action.known(ACTIONS);
    let action = match branch.action.search(Shape::Action, known, STATES) {
        Found::Word(word) => written(&word),
        Found::Nothing => return Ok(None),
        Found::Unsure => return Err(TooLarge),
    };
    let service = action.split(':').next().unwrap_or_default().to_lowercase();
    let region = if ["iam", "s3", "sts", "route53", "organizations"].contains(&service.as_str()) {
        ":"
    } else {
        "us-east-1:111122223333"
    };
    let hints = match actions::matching(&action).as_deref() {
        Some([one]) if one.scope() == actions::Scope::Any => vec![word("*")],
        _ => vec![word(&format!("arn:aws:{service}:{region}:example"))],
    };
    match branch.resource.search(Shape::Resource, hints, STATES) {
        Found::Word(resource) => Ok(Some((action, resource))),
        Found::Nothing => Ok(None),
        Found::Unsure => Err(TooLarge),
    }
}

/// The condition keys of the request, and with them the values of policy variables.
struct Values {
    keys: BTreeMap<String, Key>,
}

impl Values {
    /// Nothing, if a variable would need a value that its key cannot have.
    fn request(mut self, branch: &Branch, action: &str, resource: Word) -> Option<Request> {
        let resource = self.concrete(&resource, &mut Vec::new())?;
        let named: Vec<String> = self.keys.keys().cloned().collect();
        for key in named {
            if let Some(Key::Values(values)) = self.keys.get(&key).cloned() {
                let values: Option<Vec<Word>> =
                    values.iter().map(|value| self.concrete(value, &mut vec![key.clone()])).collect();
                self.keys.insert(key, Key::Values(values?));
            }
        }
        let caller = self.caller(&branch.candidate.caller);
        let mut context = Context::new(Key::Absent, References::Distinct);
        for (key, value) in self.keys {
            context.put(&key, value);
        }
        Some(Request::new(caller, action, resource, context))
    }

    /// A word with the values of its variables. A variable whose key is not asked about gets a value of its
    /// own.
    fn concrete(&mut self, word: &[Letter], within: &mut Vec<String>) -> Option<Word> {
        let mut made = Vec::new();
        for letter in word {
            match letter {
                Letter::Symbol(symbol) if matches!(**symbol, Symbol::Variable { .. }) => {
                    made.extend(self.variable(symbol, within)?);
                }
                _ => made.push(letter.clone()),
            }
        }
        Some(made)
    }

    fn variable(&mut self, symbol: &Symbol, within: &mut Vec<String>) -> Option<Word> {
        let Symbol::Variable { key, default } = symbol else { return None };
        if within.contains(key) {
            return None;
        }
        match self.keys.get(key).cloned() {
            Some(Key::Values(values)) => {
                let [value] = values.as_slice() else { return None };
                within.push(key.clone());
                let value = self.concrete(value, within);
                within.pop();
                value
            }
            Some(Key::Absent | Key::Unknown) => default.as_deref().map(word),
            None => {
                let value = format!("some-{}", key.rsplit([':', '/']).next().unwrap_or(key));
                self.keys.insert(key.clone(), Key::of(&value));
                Some(word(&value))
            }
        }
    }

    /// The caller whose ARN the conditions ask for, if they ask for one.
    fn caller(&self, candidate: &Caller) -> Caller {
        match self.keys.get("aws:principalarn") {
            Some(Key::Values(values)) if *candidate != Caller::Holder => values
                .first()
                .and_then(|value| Caller::read(&written(value)))
                .unwrap_or_else(|| candidate.clone()),
            _ => candidate.clone(),
        }
    }
}
