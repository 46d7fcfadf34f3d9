//! What arguments and nested blocks are called.

use std::borrow::Cow;
use std::ops::Deref;

use crate::term::Text;

/// The name of an argument or nested block: two words, because every argument of an app holds one.
#[derive(Clone, Debug)]
pub(crate) enum ArgumentName {
    /// A name of the bindings, or of Terraform itself.
    Static(&'static str),
    /// A name that an author gave at run time.
    Owned(Box<Text>),
}

impl Deref for ArgumentName {
    type Target = str;

    fn deref(&self) -> &str {
        match self {
            ArgumentName::Static(name) => name,
            ArgumentName::Owned(name) => name,
        }
    }
}

impl PartialEq for ArgumentName {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}

impl From<Cow<'static, str>> for ArgumentName {
    fn from(name: Cow<'static, str>) -> Self {
        match name {
            Cow::Borrowed(name) => ArgumentName::Static(name),
            Cow::Owned(name) => ArgumentName::Owned(Box::new(name.into())),
        }
    }
}

impl From<ArgumentName> for Text {
    fn from(name: ArgumentName) -> Self {
        match name {
            ArgumentName::Static(name) => Text::new_static(name),
            ArgumentName::Owned(name) => *name,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::term::Term;

    #[test]
    fn a_name_takes_two_words_and_an_argument_six() {
        assert_eq!(size_of::<ArgumentName>(), 2 * size_of::<usize>());
        assert_eq!(size_of::<(ArgumentName, Term)>(), 6 * size_of::<usize>());
    }

    #[test]
    fn a_name_is_the_same_wherever_it_comes_from() {
        let owned = ArgumentName::from(Cow::Owned("bucket".to_owned()));
        assert_eq!(owned, ArgumentName::Static("bucket"));
        assert_ne!(owned, ArgumentName::Static("buckets"));
        assert_eq!(Text::from(owned), Text::from(ArgumentName::Static("bucket")));
    }
}
