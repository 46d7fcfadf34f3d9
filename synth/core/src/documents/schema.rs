//! What documents may hold, as JSON Schema; `x-help` is what to write instead.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};

use crate::construct::Of;
use crate::number::Number;
use crate::secret::{Secret, WriteOnly};
use crate::value::{Map, Value};

/// The characters of names and attributes.
const NAME: &str = "[A-Za-z0-9_-]+";

/// One reference and nothing else.
fn reference() -> String {
    format!(r#"^\$\{{{NAME}(\.{NAME}|\[([0-9]+|"[^"\\$%\]}}]*")\])+\}}$"#)
}

macro_rules! schema {
    ($type:ty, $name:literal, $schema:expr) => {
        impl JsonSchema for $type {
            fn inline_schema() -> bool {
                false
            }

            fn schema_name() -> Cow<'static, str> {
                $name.into()
            }

            fn json_schema(_: &mut SchemaGenerator) -> Schema {
                $schema
            }
        }
    };
}

schema!(
    Value<String>,
    "Text",
    json_schema!({
        "type": "string",
        "description": "Text. `${var.NAME}` is a variable, `${CONSTRUCT.ATTRIBUTE}` what a construct offers, `${TYPE.NAME.ATTRIBUTE}` a value of a block below `terraform`, `$${` the text `${`."
    })
);

schema!(
    Value<Number>,
    "Number",
    json_schema!({
        "type": ["number", "string"],
        "pattern": reference(),
        "description": "A number, or one reference such as `${var.NAME}`.",
        "x-help": "write a number, or one reference such as `${var.NAME}`"
    })
);

schema!(
    Value<bool>,
    "Boolean",
    json_schema!({
        "type": ["boolean", "string"],
        "pattern": reference(),
        "description": "A boolean, or one reference such as `${var.NAME}`.",
        "x-help": "write `true`, `false`, or one reference such as `${var.NAME}`"
    })
);

macro_rules! hidden_schema {
    ($($type:ty, $name:literal, $what:literal;)*) => {$(
        schema!(
            $type,
            $name,
            json_schema!({
                "type": "string",
                "pattern": format!(r"^\$\{{var\.{NAME}\}}$"),
                "description": concat!($what, ". It cannot be written out."),
                "x-help": concat!("a secret cannot be written out: refer to ", $what, ", `${var.NAME}`")
            })
        );
    )*};
}

hidden_schema! {
    Secret<String>, "SensitiveText", "a sensitive variable";
    WriteOnly<String>, "WriteOnlyText", "a sensitive or ephemeral variable";
}

impl<H: crate::Handle> JsonSchema for Of<H> {
    fn schema_name() -> Cow<'static, str> {
        format!("NameOf{}", H::KIND).into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": "string",
            "description": format!("The name of a construct of kind `{}` in this stack.", H::KIND)
        })
    }
}

impl<T> JsonSchema for Value<Map<T>>
where
    Value<T>: JsonSchema,
{
    fn schema_name() -> Cow<'static, str> {
        format!("MapOf{}", Value::<T>::schema_name()).into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let of = generator.subschema_for::<Value<T>>();
        json_schema!({ "type": "object", "additionalProperties": of })
    }
}
