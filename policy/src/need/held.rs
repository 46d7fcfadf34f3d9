//! Needs held against what is granted: by every policy that counts, as AWS decides.

use std::borrow::Cow;

use super::principal::{Need, Needs, Resource, Rest};
use super::unread::Unread;
use crate::access::{
    Answer, Caller, Context, Key, Place, Policies, Policy, References, Request, Sets, Situation, Symbol,
    Word, authorize, word,
};
use crate::known::Later;
use crate::terraform::Block;

/// Actions that a principal needs and is not allowed, at one place.
#[derive(Clone, Debug)]
pub struct Missing {
    /// The address of the principal.
    pub principal: String,
    /// What it needs, with the actions that it lacks.
    pub lacking: Vec<Need>,
}

/// Finds what is missing in the sets of the configuration, which are made where anything is needed; what cannot be decided is
/// pushed to `undecided`. Principals that are declared elsewhere have their policies there.
#[must_use]
pub fn missing(
    needs: &Needs,
    blocks: &[Block],
    sets: impl FnOnce() -> Sets,
    undecided: &mut Vec<Later>,
) -> Vec<Missing> {
    let mut found: Vec<Missing> = Vec::new();
    if needs.principals.values().all(|principal| principal.needed().next().is_none()) {
        return found;
    }
    let mut sets = sets();
    let unread = Unread::of(&sets, blocks);
    sets.unread.clear();
    let situation = sets.situation();
    for (address, principal) in needs.principals.iter().filter(|(_, principal)| principal.is_declared) {
        if principal.open.iter().any(|open| open.rest == Rest::HandedOn) {
            continue; // said where it is handed on
        }
        let has_policies = has_policies(&sets, address);
        let caller = Caller::Declared(Symbol::Reference(format!("{address}.arn")));
        let mut policies = situation.of_caller(&caller);
        // What was not understood may allow; the reader of policies said so.
        for need in principal.needed().filter(|need| !unread.may_allow(address, need)) {
            if !has_policies {
                let why = format!("`{address}` has no policies here, and {}", need.because);
                undecided.push(Later { span: need.span, why });
                continue;
            }
            let mut lacking = Vec::new();
            for action in &need.actions {
                let asked = Asked { caller: &caller, address, action, need };
                match asked.is_allowed(&situation, &mut policies) {
                    Answer::Yes => {}
                    Answer::No => lacking.push(action.clone()),
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
            let lacking = Need { actions: lacking, ..need.clone() };
            let same =
                |missing: &&mut Missing| missing.lacking.iter().any(|other| other.span == lacking.span);
            // What a principal lacks is found one after the other.
            match found.iter_mut().rev().take_while(|missing| missing.principal == *address).find(same) {
                Some(missing) => missing.lacking.push(lacking),
                None => found.push(Missing { principal: address.clone(), lacking: vec![lacking] }),
            }
        }
    }
    found
}

fn has_policies(sets: &Sets, address: &str) -> bool {
    sets.all.get(address).is_some_and(|set| set.policy != Policy::default() || !set.attached.is_empty())
}

/// A principal that needs an action.
struct Asked<'a> {
    caller: &'a Caller,
    address: &'a str,
    action: &'a str,
    need: &'a Need,
}

impl Asked<'_> {
    fn request(&self, word: &Word) -> Request {
        let mut context = Context::new(Key::Unknown, References::Deployed);
        for (key, value) in &self.need.context {
            context.put(key, Key::of(value));
        }
        Request::new(self.caller.clone(), self.action, word.clone(), context)
    }

    /// Whether the principal may do it, in whichever spelling its policies name the resource. The policies are those of the
    /// principal; that of the resource is put beside them.
    fn is_allowed(&self, situation: &Situation<'_>, policies: &mut Policies) -> Answer {
        let words: Vec<Word> = match &self.need.resource {
            Resource::Every | Resource::Some(_) => vec![word("*")],
            thing @ Resource::Thing { .. } => thing.words().map(Cow::into_owned).collect(),
        };
        // The first spelling is the reference, by which the policies of the resource are found.
        let Some(first) = words.first() else { return Answer::No };
        policies.resource = situation.of_resource(&self.request(first));
        Answer::any(words.iter().map(|word| self.is_allowed_on(word, policies)))
    }

    fn is_allowed_on(&self, word: &Word, policies: &Policies) -> Answer {
        let request = self.request(word);
        let answer = authorize(policies, &request, &Place::SameAccount);
        // The default policy of a key, and every one that hands control to the account, leaves it to the policies of the
        // account's principals (AWS KMS developer guide, "Default key policy").
        let is_of_key = self.action.starts_with("kms:") && answer != Answer::Yes;
        if is_of_key && (policies.resource == Policy::default() || matches!(answer, Answer::Undecided(_))) {
            let boundary =
                policies.boundary.as_ref().map_or(Answer::Yes, |boundary| boundary.allows(&request));
            return policies.identity.allows(&request).and(boundary);
        }
        // Policies of resources in a module name its roles by addresses without the module.
        let may_mean = self.address.starts_with("module.") && policies.resource != Policy::default();
        if answer == Answer::No && may_mean {
            return Answer::undecided("whom the policy of the resource means is not known");
        }
        answer
    }
}
