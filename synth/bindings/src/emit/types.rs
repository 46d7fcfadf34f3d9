//! Terraform's types as those of `synth-core`.

use crate::schema::Type;

/// The type parameter of `Value`, `Ref` and their kin.
pub(crate) fn rust(kind: &Type) -> String {
    match kind {
        Type::Text => "String".to_owned(),
        Type::Number => "Number".to_owned(),
        Type::Bool => "bool".to_owned(),
        Type::Any | Type::Object(_) => "Any".to_owned(),
        Type::List(of) => format!("List<{}>", rust(of)),
        Type::Set(of) => format!("Set<{}>", rust(of)),
        Type::Map(of) => format!("Map<{}>", rust(of)),
    }
}

/// The type in the words of the documentation.
pub(super) fn words(kind: &Type) -> String {
    match kind {
        Type::Text => "text".to_owned(),
        Type::Number => "number".to_owned(),
        Type::Bool => "boolean".to_owned(),
        Type::Any => "any type".to_owned(),
        Type::Object(_) => "object".to_owned(),
        Type::List(of) => format!("list of {}", words(of)),
        Type::Set(of) => format!("set of {}", words(of)),
        Type::Map(of) => format!("map of {}", words(of)),
    }
}
