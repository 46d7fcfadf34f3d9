//! Signatures of functions, as `terraform metadata functions -json` and a provider's schema print them
//! (format version 1.0, "terraform metadata functions": JSON output format).

use std::collections::BTreeMap;
use std::io::Read;

use serde::Deserialize;

use crate::schema::{SchemaError, Type};

/// What one function takes and gives.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Signature {
    #[serde(default)]
    pub(crate) description: String,
    pub(crate) return_type: Type,
    #[serde(default)]
    pub(crate) parameters: Vec<Parameter>,
    pub(crate) variadic_parameter: Option<Parameter>,
}

#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Parameter {
    pub(crate) name: String,
    #[serde(default)]
    pub(crate) description: String,
    #[serde(rename = "type")]
    pub(crate) kind: Type,
}

/// The functions that Terraform's language has built in.
#[derive(Debug)]
pub struct Functions(pub(crate) BTreeMap<String, Signature>);

#[derive(Debug, Deserialize)]
struct Export {
    function_signatures: BTreeMap<String, Signature>,
}

impl Functions {
    /// Reads what `terraform metadata functions -json` printed, from a gzip file.
    ///
    /// # Errors
    /// If the input is not gzip, or not such JSON.
    pub fn read_gzip(input: impl Read) -> Result<Functions, SchemaError> {
        let mut json = String::new();
        flate2::read::GzDecoder::new(input).read_to_string(&mut json)?;
        Functions::read(&json)
    }

    /// Reads what `terraform metadata functions -json` printed.
    ///
    /// # Errors
    /// If the input is not such JSON.
    pub fn read(json: &str) -> Result<Functions, SchemaError> {
        let Export { mut function_signatures } = serde_json::from_str(json)?;
        // Every function stands there twice: `core::abs` is `abs`.
        function_signatures.retain(|name, _| !name.contains("::"));
        Ok(Functions(function_signatures))
    }
}

impl Signature {
    /// Every parameter, the variadic one last.
    pub(crate) fn all_parameters(&self) -> impl Iterator<Item = &Parameter> {
        self.parameters.iter().chain(&self.variadic_parameter)
    }

    /// Whether the types leave something open.
    pub(crate) fn is_dynamic(&self) -> bool {
        self.return_type.is_open() || self.all_parameters().any(|parameter| parameter.kind.is_open())
    }
}

impl Type {
    /// Whether the type, or one in it, is any.
    pub(crate) fn is_open(&self) -> bool {
        match self {
            Type::Any => true,
            Type::List(of) | Type::Set(of) | Type::Map(of) => of.is_open(),
            Type::Object(fields) => fields.values().any(Type::is_open),
            Type::Structure(fields) => fields.values().any(|(kind, _)| kind.is_open()),
            Type::Text | Type::Number | Type::Bool => false,
        }
    }
}
