//! Required arguments, checked by the compiler.

use std::marker::PhantomData;

/// The required argument is set.
#[derive(Clone, Copy, Debug)]
pub enum Yes {}

/// The required argument `Argument` is not set yet.
#[derive(Clone, Copy, Debug)]
pub struct No<Argument>(PhantomData<Argument>);

/// Holds for builders whose required argument `Argument` is set.
#[diagnostic::on_unimplemented(
    message = "required argument `{Argument}` is not set",
    label = "call `.{Argument}(…)` before this"
)]
pub trait IsSet<Argument> {}

impl<Argument> IsSet<Argument> for Yes {}
