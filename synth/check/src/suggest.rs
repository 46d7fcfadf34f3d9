//! The name that was probably meant.

/// The most similar of `names`, if one is similar enough to be a slip of the keys.
pub(crate) fn nearest<'n>(wrong: &str, names: impl Iterator<Item = &'n str>) -> Option<&'n str> {
    // The bound rustc uses for its own suggestions: a third of the name.
    let most = wrong.chars().count().max(3) / 3;
    names
        .map(|name| (strsim::damerau_levenshtein(wrong, name), name))
        .filter(|(distance, _)| *distance <= most)
        .min()
        .map(|(_, name)| name)
}

/// The same as a sentence for a finding's help.
pub(crate) fn help<'n>(wrong: &str, names: impl Iterator<Item = &'n str>) -> Option<String> {
    nearest(wrong, names).map(|name| format!("did you mean `{name}`?"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_is_corrected_and_another_word_is_not() {
        let names = ["bucket", "bucket_prefix", "force_destroy"];
        assert_eq!(nearest("buckett", names.into_iter()), Some("bucket"));
        assert_eq!(nearest("forcedestroy", names.into_iter()), Some("force_destroy"));
        assert_eq!(nearest("acl", names.into_iter()), None);
        assert_eq!(nearest("", std::iter::empty()), None);
    }
}
