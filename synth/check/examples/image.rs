//! Writes the embedded image from the committed schemas: `just schema-image`.

use std::fs::File;
use std::io::Read;
use std::path::Path;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"));
    let read = |name: &str| {
        let mut text = String::new();
        let file = File::open(folder.join("../bindings/schemas").join(name))?;
        flate2::read::GzDecoder::new(file).read_to_string(&mut text).map(|_| text)
    };
    let aws = read("hashicorp-aws-5.100.0.json.gz")?;
    let functions = read("terraform-1.11.4-functions.json.gz")?;
    let builtin = std::fs::read_to_string(folder.join("schemas/terraform-builtin-1.11.4.json"))?;
    let image = synth_check::image(&[&aws, &builtin], &functions)?;
    let target = folder.join("schemas/embedded.image");
    std::fs::write(&target, &image)?;
    println!("{}: {} bytes", target.display(), image.len());
    Ok(())
}
