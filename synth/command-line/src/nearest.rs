//! The name that somebody may have meant.

/// The name that is most like what was written, if one is so much alike that it may have been meant: with at most a third of
/// its letters wrong, as rustc has it for its own suggestions, case aside.
#[must_use]
pub fn nearest<'n>(written: &str, names: impl IntoIterator<Item = &'n str>) -> Option<&'n str> {
    let wanted = written.to_ascii_lowercase();
    let limit = wanted.chars().count().div_euclid(3).max(1);
    let distances = names.into_iter().filter_map(|name| {
        let difference = name.len().abs_diff(wanted.len());
        let distance = (difference <= limit)
            .then(|| strsim::damerau_levenshtein(&wanted, &name.to_ascii_lowercase()))?;
        (distance <= limit).then_some((distance, name))
    });
    distances.min_by_key(|(distance, name)| (*distance, *name)).map(|(_, name)| name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_of_the_keys_is_recognized() {
        assert_eq!(nearest("getobjects", ["GetObject", "PutObject"]), Some("GetObject"));
        assert_eq!(nearest("Acton", ["Action", "Condition"]), Some("Action"));
    }

    #[test]
    fn something_else_is_no_slip() {
        assert_eq!(nearest("Frobnicate", ["GetObject", "PutObject"]), None);
        assert_eq!(nearest("", ["Action"]), None);
    }
}
