//! Secrets as types: what must never stand in the configuration as a literal.
//!
//! | from \ to | [`Value`] | [`Secret`] | [`WriteOnly`] |
//! |---|---|---|---|
//! | literal | yes | `plaintext_in_state` | `plaintext_in_configuration` |
//! | [`Ref`] | yes | by [`Ref::sensitive`] | by [`Ref::sensitive`] |
//! | [`Sensitive`] | by [`Sensitive::reveal`] | yes | yes |
//! | [`Ephemeral`] | never | never | yes |

use std::marker::PhantomData;

use crate::expression::Expression;
use crate::id::NodeId;
use crate::term::Term;
use crate::tree::Sensitivity;
use crate::value::{Ref, Value, faces};

faces! {
    /// A reference to a sensitive value: of a sensitive variable, or of an attribute that the provider's
    /// schema marks `sensitive`.
    Sensitive;
    /// A reference to a value that Terraform never writes to plan or state ("Ephemeral values").
    Ephemeral;
    /// What an argument that the provider's schema marks `sensitive` accepts. It has no literals: plaintext
    /// would end up in the configuration, the plan and the state.
    Secret;
    /// What a write-only argument accepts: sent to the provider, kept in neither plan nor state
    /// ("Write-only arguments").
    WriteOnly;
}

macro_rules! masked {
    ($($name:ident),*) => {$(
        impl<T> std::fmt::Debug for $name<T> {
            fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str(concat!(stringify!($name), "(…)"))
            }
        }
    )*};
}

masked!(Sensitive, Ephemeral, Secret, WriteOnly);

impl<T> Sensitive<T> {
    /// An attribute that the provider's schema marks `sensitive`; used by generated bindings.
    pub fn attribute(node: NodeId, attribute: &'static str) -> Self {
        Sensitive::of(Expression::Reference { node, attribute, sensitivity: Sensitivity::Sensitive })
    }

    /// Lets the value be used where it can be seen, by Terraform's function `nonsensitive`. `reason` is for
    /// the reader of the code.
    pub fn reveal(self, reason: &'static str) -> Value<T> {
        let _ = reason;
        Value::of(Expression::call("nonsensitive", vec![self.into_term()]))
    }
}

macro_rules! mapped {
    ($($face:ident),*) => {$(
        impl<T> $face<T> {
            /// What an expression makes of the value, with the same restrictions: put it into no other place
            /// than the expression.
            #[must_use]
            pub fn map<U>(self, change: impl FnOnce(Value<T>) -> Value<U>) -> $face<U> {
                $face::of(change(Value::of(self.into_term())).into_term())
            }

            /// What an expression makes of this value and another one, with the same restrictions.
            #[must_use]
            pub fn map_with<O, U>(
                self,
                other: $face<O>,
                change: impl FnOnce(Value<T>, Value<O>) -> Value<U>,
            ) -> $face<U> {
                $face::of(change(Value::of(self.into_term()), Value::of(other.into_term())).into_term())
            }
        }
    )*};
}

mapped!(Sensitive, Ephemeral);

impl<T> Ephemeral<T> {
    /// An attribute of an ephemeral resource; used by generated bindings.
    pub fn attribute(node: NodeId, attribute: &'static str) -> Self {
        Ephemeral::of(Expression::Reference { node, attribute, sensitivity: Sensitivity::Ephemeral })
    }
}

impl<T> Ref<T> {
    /// The same value, marked as sensitive by Terraform's function `sensitive`.
    #[must_use]
    pub fn sensitive(self) -> Sensitive<T> {
        Sensitive::of(Expression::call("sensitive", vec![self.into_term()]))
    }
}

impl<T> Secret<T> {
    /// A literal all the same: it will stand in the configuration, the plan and the state. `reason` says why
    /// that does no harm.
    pub fn plaintext_in_state(value: impl Into<Value<T>>, reason: &'static str) -> Self {
        let _ = reason;
        Secret::of(value.into().into_term())
    }
}

impl<T> WriteOnly<T> {
    /// A literal all the same: it will stand in the configuration. `reason` says why that does no harm.
    pub fn plaintext_in_configuration(value: impl Into<Value<T>>, reason: &'static str) -> Self {
        let _ = reason;
        WriteOnly::of(value.into().into_term())
    }
}

impl<T> From<Sensitive<T>> for Secret<T> {
    fn from(value: Sensitive<T>) -> Self {
        Secret::of(value.into_term())
    }
}

impl<T> From<Sensitive<T>> for WriteOnly<T> {
    fn from(value: Sensitive<T>) -> Self {
        WriteOnly::of(value.into_term())
    }
}

impl<T> From<Ephemeral<T>> for WriteOnly<T> {
    fn from(value: Ephemeral<T>) -> Self {
        WriteOnly::of(value.into_term())
    }
}

/// What may be given to a sensitive argument.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be used for a sensitive argument: plaintext would end up in the plan and the state",
    label = "expected a sensitive variable, a sensitive attribute or a data source's",
    note = "declare `Variable::new(…).sensitive()`; mark a reference by `.sensitive()`; or, if it does no harm, \
            say so by `Secret::plaintext_in_state(value, reason)`"
)]
pub trait IntoSecret<T> {
    /// The value for the argument.
    fn into_secret(self) -> Secret<T>;
}

impl<T> IntoSecret<T> for Secret<T> {
    fn into_secret(self) -> Secret<T> {
        self
    }
}

impl<T> IntoSecret<T> for Sensitive<T> {
    fn into_secret(self) -> Secret<T> {
        self.into()
    }
}

/// What may be given to a write-only argument.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be used for a write-only argument: plaintext would stand in the configuration",
    label = "expected a sensitive variable, an ephemeral value or a sensitive attribute",
    note = "declare `Variable::new(…).ephemeral()`; mark a reference by `.sensitive()`; or, if it does no harm, \
            say so by `WriteOnly::plaintext_in_configuration(value, reason)`"
)]
pub trait IntoWriteOnly<T> {
    /// The value for the argument.
    fn into_write_only(self) -> WriteOnly<T>;
}

impl<T> IntoWriteOnly<T> for WriteOnly<T> {
    fn into_write_only(self) -> WriteOnly<T> {
        self
    }
}

impl<T> IntoWriteOnly<T> for Sensitive<T> {
    fn into_write_only(self) -> WriteOnly<T> {
        self.into()
    }
}

impl<T> IntoWriteOnly<T> for Ephemeral<T> {
    fn into_write_only(self) -> WriteOnly<T> {
        self.into()
    }
}
