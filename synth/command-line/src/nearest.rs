//! The name that was probably meant.

/// The most similar of `names`, if one is similar enough to be a slip of the keys: a third of the name, as rustc has it for its
/// own suggestions.
#[must_use]
pub fn nearest<'n>(wrong: &str, names: impl Iterator<Item = &'n str>) -> Option<&'n str> {
    let most = wrong.chars().count().max(3) / 3;
    let distances = names.map(|name| (strsim::damerau_levenshtein(wrong, name), name));
    distances.filter(|(distance, _)| *distance <= most).min().map(|(_, name)| name)
}
