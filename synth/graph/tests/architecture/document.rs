//! Documents of tests, drawn.

use std::fs;
use std::path::PathBuf;

use serde_json::Value;
use synth_graph::architecture::{Architecture, Meaning};
use synth_graph::read::Places;

/// The architecture of one document.
pub(crate) fn drawn(document: &Value) -> Architecture {
    of_stacks(&[("shop", document)])
}

/// The architecture of several stacks, each in a folder of its name.
pub(crate) fn of_stacks(stacks: &[(&str, &Value)]) -> Architecture {
    let folder = tempfile::tempdir().unwrap();
    let mut paths: Vec<PathBuf> = Vec::new();
    for (name, document) in stacks {
        let path = folder.path().join(name);
        fs::create_dir_all(&path).unwrap();
        fs::write(path.join("main.tf.json"), document.to_string()).unwrap();
        paths.push(path);
    }
    let read = Places::of(&paths).documents();
    assert_eq!(read.problems, Vec::<String>::new());
    synth_graph::architecture(&read.stacks)
}

/// The arrows of a meaning, as `from -> to: labels`.
pub(crate) fn arrows(drawn: &Architecture, meaning: Meaning) -> Vec<String> {
    let of_meaning = drawn.arrows.iter().filter(|((_, _, own), _)| *own == meaning);
    of_meaning
        .map(|((from, to, _), arrow)| {
            let labels: Vec<&str> = arrow.labels.iter().map(String::as_str).collect();
            format!("{from} -> {to}: {}", labels.join(", "))
        })
        .collect()
}

/// The addresses that a box or a frame stands for.
pub(crate) fn parts(drawn: &Architecture, id: &str) -> Vec<String> {
    let parts = match drawn.nodes.get(id) {
        Some(node) => &node.parts,
        None => &drawn.groups[id].parts,
    };
    parts.iter().map(|part| part.address.clone()).collect()
}
