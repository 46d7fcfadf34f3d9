//! Which types become which (Terraform language, "Type Conversion"; the rules are those of cty's `convert`).

use crate::types::Type;

/// Why a value of one type cannot become one of another; nothing if it can, or if nobody knows yet.
pub(crate) fn refusal(from: &Type<'_>, to: &Type<'_>) -> Option<String> {
    let (from, to) = (from.clone().open(), to.clone().open());
    let no = || Some(format!("{} is needed, and this is {}", to.name(), from.name()));
    match (&from, &to) {
        (Type::Any | Type::Null | Type::Schema(_), _) | (_, Type::Any | Type::Null | Type::Schema(_)) => None,
        (Type::Text | Type::Number | Type::Bool, Type::Text)
        | (Type::Number | Type::Text, Type::Number)
        | (Type::Bool | Type::Text, Type::Bool) => None,
        (Type::List(from) | Type::Set(from), Type::List(to) | Type::Set(to)) => refusal(from, to),
        (Type::Map(from), Type::Map(to)) => refusal(from, to),
        (Type::Tuple(items), Type::List(to) | Type::Set(to)) => {
            items.iter().find_map(|item| refusal(item, to))
        }
        (Type::Object(fields), Type::Map(to)) => fields.iter().find_map(|field| refusal(&field.of, to)),
        (Type::Object(fields), Type::Object(wanted)) => {
            wanted.iter().find_map(|want| match fields.iter().find(|field| field.name == want.name) {
                Some(field) => refusal(&field.of, &want.of),
                None => (!want.optional).then(|| format!("the object needs an attribute `{}`", want.name)),
            })
        }
        (Type::Object(fields), Type::Body(shape)) => shape
            .attributes()
            .filter(|want| want.required())
            .find_map(|want| match fields.iter().find(|field| field.name == want.name) {
                Some(field) => refusal(&field.of, &Type::Schema(want.of)),
                None => Some(format!("the object needs an attribute `{}`", want.name)),
            }),
        // What a body becomes is compared by Terraform when it has the value.
        (Type::Body(_), Type::Map(_) | Type::Object(_) | Type::Body(_)) => None,
        // A map's keys are known when it is there.
        (Type::Map(_), Type::Object(_) | Type::Body(_)) => None,
        (Type::Tuple(from), Type::Tuple(to)) if from.len() == to.len() => {
            from.iter().zip(to.iter()).find_map(|(from, to)| refusal(from, to))
        }
        (Type::List(_) | Type::Set(_), Type::Tuple(_)) => None,
        _ => no(),
    }
}
