//! Folders: a module's files stand in one, and its calls lead to others.

use std::path::{Component, Path};

use crate::blocks;
use crate::check::Source;
use crate::json;

/// A folder of configuration: a module.
#[derive(Clone, Debug)]
pub struct Folder<'a> {
    /// The path that `source` of a module's call leads to, from the same place as every other folder's.
    pub path: &'a str,
    /// Its files of Terraform JSON, in the order of their names.
    pub sources: Vec<Source<'a>>,
    /// Names of its files that were not read, as `main.tf`: they may declare what the others refer to.
    pub unread: Vec<&'a str>,
}

/// The path of the folder that a call in `folder` leads to; nothing if the module is no folder beside it
/// ("Module Sources": a local path begins with `./` or `../`).
pub(crate) fn called(folder: &str, source: &str) -> Option<String> {
    let local = matches!(source, "." | "..") || source.starts_with("./") || source.starts_with("../");
    local.then(|| plain(&Path::new(folder).join(source)))
}

/// A path without `.`, and without `..` where it leads back: as folders are compared.
pub fn plain(path: &Path) -> String {
    let mut parts: Vec<&str> = Vec::new();
    for part in path.components() {
        match part {
            Component::CurDir | Component::Prefix(_) => {}
            Component::RootDir => parts.push(""),
            Component::ParentDir => match parts.last() {
                Some(&"..") | None => parts.push(".."),
                Some(&"") => {}
                Some(_) => drop(parts.pop()),
            },
            Component::Normal(name) => parts.extend(name.to_str()),
        }
    }
    if parts == [""] { "/".to_owned() } else { parts.join("/") }
}

/// The paths of the folders that the modules of a file in `folder` are read from; those of a text that is no Terraform
/// JSON are none.
pub fn calls(folder: &str, text: &str) -> Vec<String> {
    if !text.contains("\"module\"") {
        return Vec::new();
    }
    let Ok(root) = json::read(text, 0) else { return Vec::new() };
    let sections = blocks::properties(&root).filter(|section| section.key == "module");
    let bodies = sections.flat_map(|section| blocks::properties(&section.value));
    let bodies = bodies.flat_map(|named| blocks::bodies(&named.value));
    let members = bodies.flat_map(blocks::properties).filter(|member| member.key == "source");
    members.filter_map(|member| called(folder, member.value.text()?)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_call_leads_from_the_folder_it_stands_in() {
        for (folder, source, expected) in [
            ("", "./child", "child"),
            ("", "../child", "../child"),
            (".", "./child/", "child"),
            ("infra", "./a/../b", "infra/b"),
            ("infra/a", "../b", "infra/b"),
            ("a", "../../b", "../b"),
            ("/", "./a", "/a"),
            ("/a/b", "../../../c", "/c"),
            ("a", "..", ""),
        ] {
            assert_eq!(called(folder, source).as_deref(), Some(expected), "{folder} {source}");
        }
    }

    #[test]
    fn a_registry_a_repository_and_an_absolute_path_are_no_folders_beside() {
        for source in
            ["hashicorp/consul/aws", "git::https://example.com/a.git", "/a", "", "child", "...", "~/a"]
        {
            assert_eq!(called("a", source), None, "{source}");
        }
    }

    #[test]
    fn calls_are_found_in_every_spelling_of_a_block() {
        let text = r#"[{"module": {"a": {"source": "./a"}}}, {"module": [{"b": [{"source": "./b"}]}, 1]}]"#;
        assert_eq!(calls("x", text), ["x/a", "x/b"]);
        assert_eq!(calls("x", r#"{"module": "#), [""; 0]);
    }
}
