//! Actions in words: how many, of which access levels, and which.

use super::{Level, Named};

/// So many names are listed; of more, so many are named as examples.
const FEW: usize = 6;

/// Such as ``14 actions: 11 Read, 3 Write``; with their names if they are few.
#[must_use]
pub fn tally(actions: &[Named]) -> String {
    let levels = [
        (Some(Level::Permissions), "Permissions management"),
        (Some(Level::Write), "Write"),
        (Some(Level::Tag), "Tagging"),
        (Some(Level::Read), "Read"),
        (Some(Level::List), "List"),
        (None, "of an unknown level"),
    ];
    let of_levels: Vec<String> = levels
        .iter()
        .map(|(level, title)| (actions.iter().filter(|named| named.action.level == *level).count(), title))
        .filter(|(count, _)| *count > 0)
        .map(|(count, title)| format!("{count} {title}"))
        .collect();
    let noun = if actions.len() == 1 { "action" } else { "actions" };
    let names = if actions.len() <= FEW { format!(" ({})", list(actions)) } else { String::new() };
    format!("{} {noun}{names}: {}", actions.len(), of_levels.join(", "))
}

/// Such as `` `s3:GetObject`, `s3:GetObjectVersion` and 12 more``.
#[must_use]
pub fn list(actions: &[Named]) -> String {
    let shown = if actions.len() <= FEW { FEW } else { FEW / 2 };
    let mut names: Vec<String> =
        actions.iter().take(shown).map(|named| format!("`{}`", named.name())).collect();
    if let Some(left) = actions.len().checked_sub(shown).filter(|left| *left > 0) {
        return format!("{} and {left} more", names.join(", "));
    }
    match names.pop() {
        Some(last) if names.is_empty() => last,
        Some(last) => format!("{} and {last}", names.join(", ")),
        None => String::new(),
    }
}
