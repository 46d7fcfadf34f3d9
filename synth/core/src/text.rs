//! Text with values in it.

use crate::functions;
use crate::number::Number;
use crate::term::Term;
use crate::value::{Ref, Value, concat};

/// Text with values in it, as `format!` writes it: each `{}` stands for the next value, `{{` and `}}` for braces.
///
/// ```
/// use synth_core::{Number, Ref, Value, text};
///
/// # fn of(bucket: Ref<String>, port: Ref<Number>) {
/// let objects: Value<String> = text!("arn:aws:s3:::{}/*", bucket);
/// let local: Value<String> = text!("http://localhost:{}", port);
/// # }
/// ```
///
/// As many values as there are `{}`, or it does not compile:
///
/// ```compile_fail,E0080
/// synth_core::text!("arn:aws:s3:::{}/{}", "bucket");
/// ```
#[macro_export]
macro_rules! text {
    ($template:literal $(, $value:expr)* $(,)?) => {{
        const { $crate::fits($template, <[&str]>::len(&[$(stringify!($value)),*])) };
        $crate::filled($template, [$($crate::Piece::piece($value)),*])
    }};
}

/// A value that can stand in text.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot stand in text",
    note = "text, numbers and booleans that may be shown can; encode others: `functions::jsonencode(value)`"
)]
pub trait Piece {
    /// The value, to be put into text.
    fn piece(self) -> TextPiece;
}

/// A value that is put into text, and whether it is text itself.
#[doc(hidden)]
#[derive(Debug)]
pub struct TextPiece {
    value: Value<String>,
    is_text: bool,
}

macro_rules! pieces {
    ($($of:ty: $is_text:literal),*) => {$(
        impl Piece for Value<$of> {
            fn piece(self) -> TextPiece {
                TextPiece { value: Value::of(self.into_term()), is_text: $is_text }
            }
        }

        impl Piece for Ref<$of> {
            fn piece(self) -> TextPiece {
                Value::from(self).piece()
            }
        }

        impl Piece for &Value<$of> {
            fn piece(self) -> TextPiece {
                self.clone().piece()
            }
        }

        impl Piece for &Ref<$of> {
            fn piece(self) -> TextPiece {
                self.clone().piece()
            }
        }
    )*};
}

pieces!(String: true, Number: false, bool: false);

macro_rules! literals {
    ($($literal:ty),*) => {$(
        impl Piece for $literal {
            fn piece(self) -> TextPiece {
                Value::from(self.to_string()).piece()
            }
        }
    )*};
}

literals!(&str, String, &String, bool, i32, i64, u8, u16, u32, u64, usize);

/// Fails where a text does not have as many `{}` as there are values: the compiler calls it.
#[doc(hidden)]
pub const fn fits(template: &str, values: usize) {
    assert!(
        placeholders(template) == values,
        "there must be as many values as `{{}}` in the text, and no brace alone"
    );
}

/// How many `{}` a text has; more than any list of values where a brace is neither escaped nor part of one.
const fn placeholders(template: &str) -> usize {
    let mut rest = template.as_bytes();
    let mut count = 0;
    loop {
        rest = match rest {
            [] => return count,
            [b'{', b'{', after @ ..] | [b'}', b'}', after @ ..] => after,
            [b'{', b'}', after @ ..] => {
                count += 1;
                after
            }
            [b'{' | b'}', ..] => return usize::MAX,
            [_, after @ ..] => after,
        };
    }
}

/// The text with each `{}` replaced by the next value.
#[doc(hidden)]
pub fn filled<const N: usize>(template: &str, values: [TextPiece; N]) -> Value<String> {
    let mut pieces: Vec<TextPiece> = Vec::with_capacity(2 * N + 1);
    let mut values = values.into_iter();
    let mut text = String::new();
    let mut letters = template.chars();
    while let Some(letter) = letters.next() {
        match letter {
            '{' | '}' => match letters.next() {
                Some('}') if letter == '{' => {
                    pieces.push(std::mem::take(&mut text).piece());
                    pieces.extend(values.next());
                }
                _ => text.push(letter),
            },
            letter => text.push(letter),
        }
    }
    pieces.push(text.piece());
    pieces.retain(|piece| *piece.value.term() != Term::text(""));
    match <[TextPiece; 1]>::try_from(pieces) {
        // A template of nothing else than one expression has that expression's type ("Strings and Templates").
        Ok([TextPiece { value, is_text: false }]) => functions::tostring(value),
        Ok([piece]) => piece.value,
        Err(pieces) => concat(pieces.into_iter().map(|piece| piece.value)),
    }
}
