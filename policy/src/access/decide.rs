//! What one policy says of a request.

use super::answer::Answer;
use super::condition::Unresolved;
use super::condition::unresolved;
use super::glob::{Glob, Letter, word};
use super::policy::{Policy, Selection, Statement};
use super::request::{Context, Request};
use super::standing::Standing;

/// What a policy says of a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Said {
    /// Whether a statement denies it.
    pub(super) denied: Answer,
    /// Whether a statement allows it, and whom that statement means.
    pub(super) allowed: Standing,
}

impl Policy {
    /// Whether this policy, alone, allows a request: a statement allows it, and none denies it.
    #[must_use]
    pub fn allows(&self, request: &Request) -> Answer {
        let said = self.says(request);
        said.allowed.any().and(!said.denied)
    }

    pub(super) fn says(&self, request: &Request) -> Said {
        // What was not read may allow and may deny.
        let unread = || {
            if self.unread.is_empty() {
                Answer::No
            } else {
                Answer::Undecided(self.unread.iter().cloned().collect())
            }
        };
        let references = request.context.references();
        let action = word(&request.action);
        let denied = covering(&self.deny, &action, request)
            .map(|(statement, covers)| statement.principals.denied(&request.caller, references).and(covers));
        let allowed = covering(&self.allow, &action, request).map(|(statement, covers)| {
            statement.principals.allowed(&request.caller, references).and(&covers)
        });
        Said {
            denied: Answer::any(denied).or(unread()),
            allowed: allowed.fold(Standing::itself(unread()), Standing::or),
        }
    }
}

/// The statements that may cover a request, each with whether it does: most are of other actions.
fn covering<'s>(
    statements: &'s [Statement],
    action: &[Letter],
    request: &Request,
) -> impl Iterator<Item = (&'s Statement, Answer)> {
    let all = statements.iter().map(|statement| (statement, statement.covers(action, request)));
    all.filter(|(_, covers)| *covers != Answer::No)
}

impl Statement {
    /// Whether its action, resource and condition are those of a request.
    fn covers(&self, action: &[Letter], request: &Request) -> Answer {
        let context = &request.context;
        let action = self.action.has(action, context);
        if action == Answer::No {
            return Answer::No;
        }
        let conditions = self.conditions.iter().map(|condition| condition.holds(context));
        let unread = self.unread.iter().map(|why| Answer::undecided(why.as_str()));
        action.and(self.resource.has(&request.resource, context)).and(Answer::all(conditions.chain(unread)))
    }
}

impl Selection {
    fn has(&self, word: &[Letter], context: &Context) -> Answer {
        let any = |globs: &[Glob], negated: bool| {
            Answer::any(globs.iter().map(|glob| match glob.resolved(|symbol| context.variable(symbol)) {
                Ok(glob) => context.matches(&glob, word),
                Err(Unresolved::Undecided(why)) => Answer::undecided(why),
                Err(Unresolved::Absent(name)) => unresolved(&name, negated),
            }))
        };
        match self {
            Selection::Everything => Answer::Yes,
            Selection::Only(globs) => any(globs, false),
            Selection::AllBut(globs) => !any(globs, true),
            Selection::Unread(why) => Answer::undecided(why.as_str()),
        }
    }
}
