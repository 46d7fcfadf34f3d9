//! Yes, no, or undecided with the reasons: Kleene's three-valued logic.

use std::collections::BTreeSet;
use std::ops::Not;

/// The answer to a question about a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// It holds.
    Yes,
    /// It does not hold.
    No,
    /// Nobody can tell, for these reasons; there is at least one.
    Undecided(BTreeSet<String>),
}

impl Answer {
    /// Undecided for one reason.
    #[must_use]
    pub fn undecided(why: impl Into<String>) -> Answer {
        Answer::Undecided(BTreeSet::from([why.into()]))
    }

    /// Whether both hold: one `No` decides, whatever the other is.
    #[must_use]
    pub fn and(self, other: Answer) -> Answer {
        match (self, other) {
            (Answer::No, _) | (_, Answer::No) => Answer::No,
            (Answer::Yes, other) => other,
            (undecided, Answer::Yes) => undecided,
            (Answer::Undecided(mut reasons), Answer::Undecided(more)) => {
                reasons.extend(more);
                Answer::Undecided(reasons)
            }
        }
    }

    /// Whether one of them holds: one `Yes` decides, whatever the other is.
    #[must_use]
    pub fn or(self, other: Answer) -> Answer {
        !((!self).and(!other))
    }

    /// Whether all hold; none at all do.
    pub fn all(answers: impl IntoIterator<Item = Answer>) -> Answer {
        let mut all = Answer::Yes;
        for answer in answers {
            all = all.and(answer);
            if all == Answer::No {
                break;
            }
        }
        all
    }

    /// Whether any holds; none at all does not.
    pub fn any(answers: impl IntoIterator<Item = Answer>) -> Answer {
        !Answer::all(answers.into_iter().map(Answer::not))
    }
}

/// The answer to the opposite question.
impl Not for Answer {
    type Output = Answer;

    fn not(self) -> Answer {
        match self {
            Answer::Yes => Answer::No,
            Answer::No => Answer::Yes,
            undecided @ Answer::Undecided(_) => undecided,
        }
    }
}

impl From<bool> for Answer {
    fn from(holds: bool) -> Answer {
        if holds { Answer::Yes } else { Answer::No }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_undecided_does_not_hide_a_decision() {
        let later = || Answer::undecided("later");
        assert_eq!(Answer::all([later(), Answer::No]), Answer::No);
        assert_eq!(Answer::any([later(), Answer::Yes]), Answer::Yes);
        assert_eq!(Answer::all([Answer::Yes, later()]), later());
        assert_eq!(Answer::any([Answer::No, !later()]), later());
    }

    #[test]
    fn nothing_holds_for_all_and_for_none() {
        assert_eq!((Answer::all([]), Answer::any([])), (Answer::Yes, Answer::No));
    }
}
