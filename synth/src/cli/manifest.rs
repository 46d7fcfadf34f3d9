//! `manifest.json`, which `--out` writes beside the documents: the stacks of an app in the order of application.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Component, Path};

use command_line::unread;
use serde::Deserialize;

/// The file's name.
pub(super) const FILE: &str = "manifest.json";

/// The form that is understood.
const VERSION: u64 = 1;

#[derive(Deserialize)]
struct Manifest {
    stacks: Vec<Listed>,
    version: u64,
}

/// A stack, as a manifest has it: its folder lies beside the manifest, and what it needs stands before it.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub(super) struct Listed {
    /// The stack's id.
    pub(super) stack: String,
    /// The name of its folder.
    pub(super) folder: String,
    /// The stacks that are applied before.
    pub(super) needs: Vec<String>,
}

/// Reads the manifest of a folder: whoever wrote it, it leads nowhere else.
pub(super) fn read(folder: &Path) -> io::Result<Vec<Listed>> {
    let path = folder.join(FILE);
    let text = fs::read_to_string(&path).map_err(|error| unread(&path, &error))?;
    parse(&text).map_err(|why| {
        let message = format!("`{}` is no manifest: {why}; `--out` writes one", path.display());
        io::Error::new(io::ErrorKind::InvalidData, message)
    })
}

fn parse(text: &str) -> Result<Vec<Listed>, String> {
    let Manifest { stacks, version } = serde_json::from_str(text).map_err(|error| error.to_string())?;
    if version != VERSION {
        return Err(format!("it has version {version}, and {VERSION} is the one that is understood"));
    }
    let (mut known, mut folders) = (BTreeSet::new(), BTreeSet::new());
    for Listed { stack, folder, needs } in &stacks {
        if stack.is_empty() || stack.contains(char::is_control) {
            return Err(format!("{stack:?} is no name of a stack"));
        }
        if !is_name(folder) {
            return Err(format!("{folder:?} is no name of a folder"));
        }
        if let Some(unknown) = needs.iter().find(|need| !known.contains(need.as_str())) {
            return Err(format!("`{stack}` needs {unknown:?}, which does not stand before it"));
        }
        if !known.insert(stack.as_str()) || !folders.insert(folder.as_str()) {
            return Err(format!("`{stack}` or its folder is there twice"));
        }
    }
    Ok(stacks)
}

/// Whether a text names something in a folder, and nothing above or below.
fn is_name(text: &str) -> bool {
    let mut components = Path::new(text).components();
    let is_one = matches!(components.next(), Some(Component::Normal(name)) if name == text);
    is_one && components.next().is_none() && !text.contains(char::is_control)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn manifest(stacks: &str) -> Result<Vec<Listed>, String> {
        parse(&format!(r#"{{"stacks": [{stacks}], "version": 1}}"#))
    }

    #[test]
    fn stacks_are_read_in_their_order() {
        let stacks = manifest(
            r#"{"folder": "net", "needs": [], "stack": "net"}, {"folder": "web_2F_", "needs": ["net"], "stack": "web/"}"#,
        );
        let stacks: Vec<String> = stacks.unwrap().into_iter().map(|listed| listed.stack).collect();
        assert_eq!(stacks, ["net", "web/"]);
    }

    #[test]
    fn an_app_without_stacks_has_none() {
        assert_eq!(manifest(""), Ok(Vec::new()));
    }

    #[test]
    fn a_folder_that_lies_elsewhere_is_refused() {
        for folder in ["..", ".", "", "../other", "a/b", "/etc", "a/..", "a/", "a\\u0000", "\\u001b[2J"] {
            let why =
                manifest(&format!(r#"{{"folder": "{folder}", "needs": [], "stack": "a"}}"#)).unwrap_err();
            assert!(why.ends_with("is no name of a folder"), "{folder}: {why}");
        }
    }

    #[test]
    fn a_stack_before_what_it_needs_is_refused() {
        for needs in ["b", "a", "nobody"] {
            let stacks = format!(
                r#"{{"folder": "a", "needs": ["{needs}"], "stack": "a"}}, {{"folder": "b", "needs": [], "stack": "b"}}"#
            );
            let why = manifest(&stacks).unwrap_err();
            assert!(why.contains("does not stand before it"), "{why}");
        }
    }

    #[test]
    fn a_stack_or_folder_that_is_there_twice_is_refused() {
        for second in [r#""folder": "a", "stack": "b""#, r#""folder": "b", "stack": "a""#] {
            let stacks =
                format!(r#"{{"folder": "a", "needs": [], "stack": "a"}}, {{"needs": [], {second}}}"#);
            assert!(manifest(&stacks).unwrap_err().ends_with("is there twice"));
        }
    }

    #[test]
    fn another_version_is_refused() {
        let why = parse(r#"{"stacks": [], "version": 2}"#).unwrap_err();
        assert_eq!(why, "it has version 2, and 1 is the one that is understood");
    }

    proptest! {
        #[test]
        fn no_folder_leads_out_of_the_apps(folder in "[a./\\\\-]{0,6}") {
            let text = serde_json::json!({"stacks": [{"folder": folder, "needs": [], "stack": "a"}], "version": 1});
            if parse(&text.to_string()).is_ok() {
                let app = Path::new("/app");
                let joined = app.join(&folder);
                prop_assert!(joined.parent() == Some(app) && joined.file_name().is_some());
            }
        }
    }
}
