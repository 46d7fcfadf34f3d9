//! The embedded image is what the committed schemas say, and small.
#![expect(clippy::unwrap_used, reason = "tests fail by panicking")]

use std::fs::{self, File};
use std::io::Read;
use std::path::Path;

fn committed(path: &str) -> Vec<u8> {
    fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap()
}

#[test]
fn the_embedded_image_is_current() {
    let mut aws = String::new();
    let path =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../bindings/schemas/hashicorp-aws-5.100.0.json.gz");
    flate2::read::GzDecoder::new(File::open(path).unwrap()).read_to_string(&mut aws).unwrap();
    let builtin = String::from_utf8(committed("schemas/terraform-builtin-1.11.4.json")).unwrap();
    let image = synth_check::image(&[&aws, &builtin]).unwrap();
    assert!(image == committed("schemas/embedded.image"), "run `just schema-image`");
}

#[test]
fn the_embedded_image_is_below_one_mebibyte() {
    assert!(committed("schemas/embedded.image").len() < 1 << 20);
}

#[test]
fn what_is_no_schema_is_refused() {
    for text in ["", "{}", "[]", r#"{"provider_schemas": 1}"#] {
        assert!(synth_check::image(&[text]).is_err(), "{text}");
    }
}
