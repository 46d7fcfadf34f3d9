//! Documents that synth itself writes, as programs: those print the same bytes again.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use localstack_tests::Failure;

const FIXTURES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../fixtures");

/// Lines that are spelled otherwise, by the document, with what is in its place: what they mean is the same.
///
/// A text in a text is one text to `synth convert`.
const RESPELLED: [(&str, &str, &str); 1] = [(
    "everruns/production",
    r#"\"${\"${aws_service_discovery_service.temporal__discovery.name}.${aws_service_discovery_private_dns_namespace.names.name}\"}:7233\""#,
    r#"\"${aws_service_discovery_service.temporal__discovery.name}.${aws_service_discovery_private_dns_namespace.names.name}:7233\""#,
)];

/// A stack's document.
pub(crate) struct Fixture {
    /// Its folder, from those of all systems on.
    pub(crate) folder: String,
    pub(crate) text: String,
}

impl Fixture {
    /// All of them, sorted.
    pub(crate) fn all() -> Result<Vec<Fixture>, Failure> {
        let mut paths = Vec::new();
        documents(Path::new(FIXTURES), &mut paths)?;
        paths.sort();
        let read = |path: &PathBuf| {
            let folder = path.strip_prefix(FIXTURES)?.parent().ok_or("a document without a folder")?;
            Ok(Fixture { folder: folder.display().to_string(), text: fs::read_to_string(path)? })
        };
        paths.iter().map(read).collect()
    }

    /// What its program is called: no module of a configuration is called so.
    pub(crate) fn program(&self) -> String {
        format!("fixture-{}", self.folder.replace('/', "-"))
    }

    /// The files that the program is converted from.
    pub(crate) fn files(&self) -> BTreeMap<String, String> {
        BTreeMap::from([("main.tf.json".to_owned(), self.text.clone())])
    }

    /// What its program prints.
    pub(crate) fn again(&self) -> String {
        let known = RESPELLED.iter().filter(|(folder, ..)| *folder == self.folder);
        known.fold(self.text.clone(), |text, (_, from, to)| text.replace(from, to))
    }
}

fn documents(folder: &Path, found: &mut Vec<PathBuf>) -> Result<(), Failure> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            documents(&path, found)?;
        } else if path.ends_with("main.tf.json") {
            found.push(path);
        }
    }
    Ok(())
}
