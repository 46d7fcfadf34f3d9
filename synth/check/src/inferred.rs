//! What is known about the value of an expression before anything runs.

use crate::types::Type;

/// A value's type and marks.
#[derive(Clone, Debug)]
pub(crate) struct Inferred<'a> {
    pub(crate) of: Type<'a>,
    pub(crate) ephemeral: bool,
    pub(crate) sensitive: Sensitive,
}

/// How much of a value is sensitive.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Sensitive {
    Nothing,
    /// Something that it was taken out of has a sensitive part: this, or another one.
    Perhaps,
    /// Something that it holds: how many that are, and under which keys, everybody may see.
    Part,
    Whole,
}

impl<'a> From<Type<'a>> for Inferred<'a> {
    fn from(of: Type<'a>) -> Self {
        Inferred { of, ephemeral: false, sensitive: Sensitive::Nothing }
    }
}

impl<'a> Inferred<'a> {
    /// Takes over the marks of what the value is computed from, and gives its type.
    pub(crate) fn take(&mut self, from: Inferred<'a>) -> Type<'a> {
        self.ephemeral |= from.ephemeral;
        self.sensitive = self.sensitive.max(from.sensitive);
        from.of
    }

    /// Takes over the marks of an element or attribute, which say nothing of the rest; gives its type.
    pub(crate) fn hold(&mut self, mut part: Inferred<'a>) -> Type<'a> {
        part.sensitive = part.sensitive.min(Sensitive::Part);
        self.take(part)
    }

    /// Takes over the marks of what the value is a part of, or is made of by parts; gives its type.
    pub(crate) fn find_in(&mut self, mut around: Inferred<'a>) -> Type<'a> {
        around.leave();
        self.take(around)
    }

    /// The marks of what is inside, whichever that is.
    pub(crate) fn leave(&mut self) {
        if self.sensitive == Sensitive::Part {
            self.sensitive = Sensitive::Perhaps;
        }
    }

    /// Marks all of the value where `yes`.
    pub(crate) fn hide(&mut self, yes: bool) {
        if yes {
            self.sensitive = Sensitive::Whole;
        }
    }
}
