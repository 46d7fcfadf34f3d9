//! The embedded image is what the committed schemas say, and small.
#![expect(clippy::unwrap_used, reason = "tests fail by panicking")]

use std::fs::{self, File};
use std::io::Read;
use std::path::Path;

fn committed(path: &str) -> Vec<u8> {
    fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap()
}

fn compressed(name: &str) -> String {
    let mut text = String::new();
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../bindings/schemas").join(name);
    flate2::read::GzDecoder::new(File::open(path).unwrap()).read_to_string(&mut text).unwrap();
    text
}

#[test]
fn the_embedded_image_is_what_the_schemas_and_signatures_say() {
    let aws = compressed("hashicorp-aws-5.100.0.json.gz");
    let functions = compressed("terraform-1.11.4-functions.json.gz");
    let builtin = String::from_utf8(committed("schemas/terraform-builtin-1.11.4.json")).unwrap();
    let image = synth_check::image(&[&aws, &builtin], &functions).unwrap();
    assert!(image == committed("schemas/embedded.image"), "run `just schema-image`");
}

#[test]
fn the_embedded_image_is_below_one_mebibyte() {
    assert!(committed("schemas/embedded.image").len() < 1 << 20);
}

#[test]
fn what_is_no_schema_is_refused() {
    for text in ["", "{}", "[]", r#"{"provider_schemas": 1}"#] {
        let no_functions = r#"{"function_signatures": {}}"#;
        assert!(synth_check::image(&[text], no_functions).is_err(), "{text}");
        assert!(synth_check::image(&[], text).is_err(), "{text}");
    }
}
