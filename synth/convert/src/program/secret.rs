//! Values for arguments that must not be shown.

use super::value::faced;
use crate::expression::{Code, Form, Mark};
use crate::rust::Rust;
use crate::types::Type;

/// Why a secret stands in the program.
pub(super) const AS_WRITTEN: &str = "as it was written in the configuration";

/// Whether plaintext stands where a secret belongs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Plaintext {
    No,
    Yes,
}

/// What a sensitive argument accepts.
pub(super) fn secret<'a>(code: Code<'a>, wanted: &Type<'a>) -> (Rust, Plaintext) {
    guarded(code, wanted, "synth_core::Secret", "plaintext_in_state", &[Mark::Sensitive])
}

/// What a write-only argument accepts.
pub(super) fn write_only<'a>(code: Code<'a>, wanted: &Type<'a>) -> (Rust, Plaintext) {
    let marks = [Mark::Sensitive, Mark::Ephemeral];
    guarded(code, wanted, "WriteOnly", "plaintext_in_configuration", &marks)
}

fn guarded<'a>(
    code: Code<'a>,
    wanted: &Type<'a>,
    face: &str,
    plaintext: &str,
    marks: &[Mark],
) -> (Rust, Plaintext) {
    if matches!(code.form, Form::Literal | Form::Entries) {
        let literal = code.accepted(wanted);
        return (
            Rust::call(
                format!("{face}::<{}>::{plaintext}", wanted.rust()),
                [literal, Rust::text(AS_WRITTEN)],
            ),
            Plaintext::Yes,
        );
    }
    if marks.contains(&code.mark) && code.of.is(wanted) {
        let mark = code.mark;
        return (faced(code, mark), Plaintext::No);
    }
    let term = if code.is_undetermined() { code.accepted(wanted) } else { code.into_term() };
    (Rust::call(format!("{face}::<{}>::of", wanted.rust()), [term]), Plaintext::No)
}
