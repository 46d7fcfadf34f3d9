//! Needs held against what is granted: by every policy that counts, as AWS decides.

use super::principal::{Need, Needs, Resource, Rest};
use super::unread::Unread;
use crate::access::{
    Answer, Caller, Context, Key, Place, Policy, References, Request, Sets, Symbol, Word, authorize, word,
};
use crate::known::Later;
use crate::terraform::Block;

/// Actions that a principal needs and is not allowed, at one place.
#[derive(Clone, Debug)]
pub struct Missing<'n> {
    /// The address of the principal.
    pub principal: &'n str,
    /// What it needs, of which it lacks these actions.
    pub lacking: Vec<(&'n Need, Vec<&'n str>)>,
}

/// Finds what is missing; what cannot be decided is pushed to `undecided`. Principals that are declared elsewhere have their
/// policies there.
#[must_use]
pub fn missing<'n>(needs: &'n Needs, blocks: &[Block], undecided: &mut Vec<Later>) -> Vec<Missing<'n>> {
    let mut found: Vec<Missing<'n>> = Vec::new();
    if needs.principals.values().all(|principal| principal.needed().next().is_none()) {
        return found;
    }
    let mut sets = Sets::of(blocks, Vec::new());
    let unread = Unread::of(&sets, blocks);
    sets.unread.clear();
    for (address, principal) in needs.principals.iter().filter(|(_, principal)| principal.is_declared) {
        if principal.open.iter().any(|open| open.rest == Rest::HandedOn) {
            continue; // said where it is handed on
        }
        let has_policies = has_policies(&sets, address);
        // What was not understood may allow; the reader of policies said so.
        for need in principal.needed().filter(|need| !unread.may_allow(address, need)) {
            if !has_policies {
                let why = format!("`{address}` has no policies here, and {}", need.because);
                undecided.push(Later { span: need.span, why });
                continue;
            }
            let mut lacking = Vec::new();
            for action in &need.actions {
                match allowed(&sets, address, action, need) {
                    Answer::Yes => {}
                    Answer::No => lacking.push(action.as_str()),
                    Answer::Undecided(reasons) => {
                        let reasons: Vec<String> = reasons.into_iter().collect();
                        let why = format!(
                            "whether `{address}` may do `{action}`, which it needs: {}",
                            reasons.join("; ")
                        );
                        undecided.push(Later { span: need.span, why });
                    }
                }
            }
            if lacking.is_empty() {
                continue;
            }
            let same = |missing: &&mut Missing<'_>| {
                missing.principal == address
                    && missing.lacking.iter().any(|(other, _)| other.span == need.span)
            };
            match found.iter_mut().find(same) {
                Some(missing) => missing.lacking.push((need, lacking)),
                None => found.push(Missing { principal: address, lacking: vec![(need, lacking)] }),
            }
        }
    }
    found
}

fn has_policies(sets: &Sets, address: &str) -> bool {
    sets.all.get(address).is_some_and(|set| set.policy != Policy::default() || !set.attached.is_empty())
}

/// Whether a principal may do what it needs, in whichever spelling its policies name the resource.
fn allowed(sets: &Sets, address: &str, action: &str, need: &Need) -> Answer {
    let every = [word("*")];
    let words: &[Word] = match &need.resource {
        Resource::Every | Resource::Some(_) => &every,
        Resource::Thing { words, .. } => words,
    };
    let request = |word: &Word| {
        let mut context = Context::new(Key::Unknown, References::Deployed);
        for (key, value) in &need.context {
            context.put(key, Key::of(value));
        }
        let caller = Caller::Declared(Symbol::Reference(format!("{address}.arn")));
        Request::new(caller, action, word.clone(), context)
    };
    // The first spelling is the reference, by which the policies of the resource are found.
    let Some(policies) = words.first().map(|word| sets.policies(&request(word))) else { return Answer::No };
    Answer::any(words.iter().map(|word| {
        let request = request(word);
        let answer = authorize(&policies, &request, &Place::SameAccount);
        // The default policy of a key, and every one that hands control to the account, leaves it to the policies of the
        // account's principals (AWS KMS developer guide, "Default key policy").
        let is_of_key = action.starts_with("kms:") && answer != Answer::Yes;
        if is_of_key && (policies.resource == Policy::default() || matches!(answer, Answer::Undecided(_))) {
            let boundary =
                policies.boundary.as_ref().map_or(Answer::Yes, |boundary| boundary.allows(&request));
            return policies.identity.allows(&request).and(boundary);
        }
        // Policies of resources in a module name its roles by addresses without the module.
        if answer == Answer::No && address.starts_with("module.") && policies.resource != Policy::default() {
            return Answer::undecided("whom the policy of the resource means is not known");
        }
        answer
    }))
}
