//! Names that Terraform itself defines ("References to Named Values").

use crate::expression::Expression;
use crate::term::Text;
use crate::value::{Ref, Value};

fn symbol<T>(name: impl Into<Text>) -> Ref<T> {
    Ref::of(Expression::Symbol(name.into()))
}

/// An expression as its text, without `${` and `}`: what no function says otherwise. Nobody looks at what it refers to, so
/// nothing is renamed in it, and it is no way to the values of other stacks.
pub fn verbatim<T>(expression: impl AsRef<str>) -> Value<T> {
    // In parentheses, because an operator may follow.
    Value::of(Expression::Symbol(format!("({})", expression.as_ref()).into()))
}

/// `self`: an attribute of the object that a provisioner, connection or postcondition belongs to.
pub fn own<T>(attribute: &str) -> Ref<T> {
    symbol(format!("self.{attribute}"))
}

/// `path.module`: the folder of the module that the expression is in.
pub fn path_module() -> Ref<String> {
    symbol("path.module")
}

/// `path.root`: the folder of the root module.
pub fn path_root() -> Ref<String> {
    symbol("path.root")
}

/// `path.cwd`: the folder that Terraform was started in.
pub fn path_cwd() -> Ref<String> {
    symbol("path.cwd")
}

/// `terraform.workspace`: the selected workspace's name.
pub fn workspace() -> Ref<String> {
    symbol("terraform.workspace")
}
