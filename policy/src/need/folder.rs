//! The folder that all is in that is injected: secrets and parameters by the paths of their names.

use super::principal::{Certainty, Need, Resource};
use crate::access::{self, Letter, Word};

/// A word without partition, region and account, up to the first part that may be anything.
pub(super) fn name(word: &[Letter]) -> Word {
    let placed = access::without_place(word);
    let is_open = |letter: &Letter| match letter {
        Letter::Symbol(symbol) => matches!(**symbol, access::Symbol::Unknown(_)),
        Letter::Char(_) => false,
    };
    placed.iter().take_while(|letter| !is_open(letter)).cloned().collect()
}

/// Whether it is to read a secret or a parameter that is injected.
pub(super) fn is_injected(need: &Need) -> bool {
    need.certainty == Certainty::Needed
        && need
            .actions
            .iter()
            .any(|action| action.starts_with("secretsmanager:") || action.starts_with("ssm:"))
}

/// The folder that all needed things are in, by what of their names is written out.
pub(super) fn folder(needed: &[&Need]) -> Option<Word> {
    let mut shared: Option<Word> = None;
    for need in needed {
        let Resource::Thing { whole, .. } = &need.resource else { return None };
        let spelled = whole.iter().map(|word| name(word)).find(|name| name.contains(&Letter::Char('/')))?;
        let end = spelled.iter().rposition(|letter| *letter == Letter::Char('/'))?;
        let own: Word = spelled.into_iter().take(end.saturating_add(1)).collect();
        shared = Some(match shared {
            None => own,
            Some(before) => {
                let same = before.iter().zip(&own).take_while(|(one, other)| one == other).count();
                let common: Word = before.into_iter().take(same).collect();
                let end = common.iter().rposition(|letter| *letter == Letter::Char('/'))?;
                common.into_iter().take(end.saturating_add(1)).collect()
            }
        });
    }
    shared
}
