//! Terraform's types as those of `synth-core`.

use crate::schema::Type;
use crate::shape::{Kind, Names};

/// The type parameter of `Value`, `Ref` and their kin.
pub(super) fn rust(kind: &Kind, names: &Names) -> String {
    match kind {
        Kind::Text => "String".to_owned(),
        Kind::Number => "Number".to_owned(),
        Kind::Bool => "bool".to_owned(),
        Kind::Any => "Any".to_owned(),
        Kind::List(of) => format!("List<{}>", rust(of, names)),
        Kind::Set(of) => format!("Set<{}>", rust(of, names)),
        Kind::Map(of) => format!("Map<{}>", rust(of, names)),
        Kind::Object(shape) => format!("{}Ref", names.of(*shape)),
    }
}

/// The type in the words of the documentation.
pub(super) fn words(kind: &Kind) -> String {
    match kind {
        Kind::Text => "text".to_owned(),
        Kind::Number => "number".to_owned(),
        Kind::Bool => "boolean".to_owned(),
        Kind::Any => "any type".to_owned(),
        Kind::Object(_) => "object".to_owned(),
        Kind::List(of) => format!("list of {}", words(of)),
        Kind::Set(of) => format!("set of {}", words(of)),
        Kind::Map(of) => format!("map of {}", words(of)),
    }
}

/// The type parameter for a function's parameter or result.
pub(crate) fn of_type(kind: &Type) -> String {
    match kind {
        Type::Text => "String".to_owned(),
        Type::Number => "Number".to_owned(),
        Type::Bool => "bool".to_owned(),
        Type::Any | Type::Object(_) | Type::Structure(_) => "Any".to_owned(),
        Type::List(of) => format!("List<{}>", of_type(of)),
        Type::Set(of) => format!("Set<{}>", of_type(of)),
        Type::Map(of) => format!("Map<{}>", of_type(of)),
    }
}
