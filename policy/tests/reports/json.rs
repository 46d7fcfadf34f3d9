//! The JSON report and the settings are what their published schemas say.
#![expect(clippy::unwrap_used, reason = "tests fail by panicking")]

use std::fs;
use std::path::Path;

use policy::report::json;
use policy::settings::Settings;
use serde_json::Value;

use crate::{FILES, written};

/// Reads a published schema; `BLESS=1` writes it first.
fn published(name: &str, schema: &Value) -> Value {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(name);
    if std::env::var_os("BLESS").is_some() {
        fs::write(&path, serde_json::to_string_pretty(schema).unwrap() + "\n").unwrap();
    }
    serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap()
}

#[test]
fn the_published_schemas_are_current() {
    assert_eq!(published("report.schema.json", &json::schema()), json::schema(), "refresh with `just bless`");
    let settings = Settings::schema();
    assert_eq!(published("settings.schema.json", &settings), settings, "refresh with `just bless`");
}

#[test]
fn a_report_is_what_its_schema_says() {
    let validator = jsonschema::validator_for(&json::schema()).unwrap();
    for files in [FILES, &[]] {
        let report: Value = serde_json::from_str(&written(json::write, files)).unwrap();
        assert_eq!(validator.validate(&report).map_err(|error| error.to_string()), Ok(()));
    }
}

#[test]
fn an_example_of_settings_is_what_their_schema_says() {
    let example = "fail-on = \"error\"\n[[allow]]\nrule = \"IAM010\"\nfile = \"main.tf\"\naddress = \"a.b\"\n\
                   value = \"b\"\nreason = \"r\"\nuntil = \"2027-01-31\"\n";
    let example: Value = toml::from_str(example).unwrap();
    let validator = jsonschema::validator_for(&Settings::schema()).unwrap();
    assert_eq!(validator.validate(&example).map_err(|error| error.to_string()), Ok(()));
}
