//! One file: its name says what it is for and, with its content, how it is written.

use super::block::{Block, Kind};
use super::configuration::{self, Syntax, Understood};
use super::environment;
use super::read::{self, Form, Refusal};
use crate::known::Later;
use crate::node::{Node, Value};
use crate::text::Text;
use crate::{expression, json};

/// What a file is for (Terraform, "Files and Configuration Structure", "Override Files",
/// "Variable Definitions (.tfvars) Files"). The order is that in which Terraform reads them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// It declares; also every plan and state, and whatever has another name.
    Primary,
    /// It is merged into what is declared: `override.tf`, `*_override.tf` and their JSON equals.
    Override,
    /// It gives values to variables, and Terraform loads it by itself: `terraform.tfvars`.
    Values,
    /// So does `*.auto.tfvars`, which wins over the former.
    AutoValues,
    /// It gives values to variables when a command line says so: any other `*.tfvars`.
    NamedValues,
    /// It declares what principals need, to this checker only: `policy.needs.json`.
    Needs,
}

/// The name of a file that declares what principals need.
const NEEDS: &str = "policy.needs.json";

impl Role {
    /// The role of a file of this name.
    #[must_use]
    pub fn of(path: &str) -> Role {
        let name = path.rsplit(['/', '\\']).next().unwrap_or(path);
        if name == NEEDS {
            return Role::Needs;
        }
        let name = name.strip_suffix(".json").unwrap_or(name);
        let (stem, extension) = name.rsplit_once('.').unwrap_or((name, ""));
        match extension {
            "tf" | "tofu" if stem == "override" || stem.ends_with("_override") => Role::Override,
            "tfvars" if stem == "terraform" => Role::Values,
            "tfvars" if stem.ends_with(".auto") => Role::AutoValues,
            "tfvars" => Role::NamedValues,
            _ => Role::Primary,
        }
    }
}

/// Whether a folder's configuration includes a file of this name. Terraform passes over hidden
/// files and those that editors leave (`configs.IsIgnoredFile`).
#[must_use]
pub fn is_read_with_its_folder(name: &str) -> bool {
    if name == NEEDS {
        return true;
    }
    let ignored =
        name.starts_with('.') || name.ends_with('~') || (name.starts_with('#') && name.ends_with('#'));
    let name = name.strip_suffix(".json").unwrap_or(name);
    !ignored && [".tf", ".tofu", ".tfvars"].iter().any(|extension| name.ends_with(extension))
}

/// The file that OpenTofu reads instead of one of this name, where both are in a folder (OpenTofu, "Files and
/// Directories": "Extension Precedence").
pub(super) fn replacement(name: &str) -> Option<String> {
    let (stem, extension) = match name.strip_suffix(".tf.json") {
        Some(stem) => (stem, ".tofu.json"),
        None => (name.strip_suffix(".tf")?, ".tofu"),
    };
    Some(format!("{stem}{extension}"))
}

/// A text's content, the byte order mark left out that some editors write.
pub(super) fn content(text: &Text) -> Text {
    match text.as_str().strip_prefix('\u{feff}') {
        Some(rest) => text.slice(text.as_str().len().saturating_sub(rest.len())..text.as_str().len()),
        None => text.clone(),
    }
}

/// By the name where it says it; else JSON is what begins as JSON does, and nothing at all.
pub(super) fn syntax(name: &str, text: &Text) -> Syntax {
    if environment::is_environment(name) {
        return Syntax::Environment;
    }
    match name.rsplit_once('.').map(|(_, extension)| extension) {
        Some("json" | "tfstate") => Syntax::Json,
        Some("tf" | "tofu" | "tfvars") => Syntax::Native,
        _ if matches!(text.as_str().trim_start().bytes().next(), None | Some(b'{' | b'[')) => Syntax::Json,
        _ => Syntax::Native,
    }
}

/// Reads the blocks of a file and says what it is; what is not understood is pushed to `unread`.
///
/// # Errors
///
/// If the text is neither a configuration nor a plan, a state or values.
pub fn parse(name: &str, text: &Text, unread: &mut Vec<Later>) -> Result<(Form, Vec<Block>), Refusal> {
    let text = content(text);
    let syntax = syntax(name, &text);
    let role = Role::of(name);
    let root = match (syntax, role) {
        (Syntax::Json, Role::Primary | Role::Override) => {
            let root = json::outline(&text, read::LARGE).map_err(Refusal::NotJson)?;
            return Ok((Form::of(&root), read::read(&root, unread)?));
        }
        (Syntax::Json, _) => json::read(&text).map_err(Refusal::NotJson)?,
        (Syntax::Native, _) => expression::body(&text).map_err(Refusal::NotHcl)?,
        (Syntax::Environment, _) => environment::read(&text),
    };
    let blocks = match (role, syntax) {
        (Role::Values | Role::AutoValues, _) => values(&root, Kind::Value)?,
        (Role::NamedValues, _) | (_, Syntax::Environment) => values(&root, Kind::Other)?,
        (Role::Needs, _) => {
            vec![Block::new(Kind::Needs, &[NEEDS], root.span, expression::read(&root))]
        }
        (Role::Primary | Role::Override, _) => native(&root, &text, unread)?,
    };
    Ok((Form::Configuration, blocks))
}

fn native(root: &Node, text: &Text, unread: &mut Vec<Later>) -> Result<Vec<Block>, Refusal> {
    let mut blocks = Vec::new();
    if configuration::read(root, Syntax::Native, &mut blocks, unread) == Understood::No {
        return Err(Refusal::NoBlocks(root.span));
    }
    for block in blocks.iter_mut().filter(|block| block.kind == Kind::Variable) {
        as_in_json(block, text);
    }
    Ok(blocks)
}

/// A variable's type is an expression here and a string in JSON.
fn as_in_json(variable: &mut Block, text: &Text) {
    let first = text.span().start();
    let Value::Object(members) = &mut variable.written.value else { return };
    for member in members.make_mut().iter_mut().filter(|member| member.key.literal() == Some("type")) {
        let span = member.value.span;
        let written = text.slice(span.start().saturating_sub(first)..span.end().saturating_sub(first));
        member.value = Node::text(written);
    }
    variable.body = variable.written.clone();
}

/// A file of values is an object, a member a variable.
fn values(root: &Node, kind: Kind) -> Result<Vec<Block>, Refusal> {
    let Value::Object(members) = &root.value else {
        return Err(Refusal::NotAnObject(root.span));
    };
    let block = |member: &crate::node::Member| {
        let name = member.name().unwrap_or_default();
        Block::new(kind, &[name], member.key.span, member.value.clone())
    };
    Ok(members.iter().map(block).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_say_what_a_file_is_for() {
        for (name, role) in [
            ("a/main.tf.json", Role::Primary),
            ("override.tf", Role::Override),
            ("a\\x_override.tf.json", Role::Override),
            ("overrides.tf", Role::Primary),
            ("override.json", Role::Primary),
            ("override.tofu", Role::Override),
            ("main.tofu.json", Role::Primary),
            ("terraform.tfvars.json", Role::Values),
            ("z.auto.tfvars", Role::AutoValues),
            ("prod.tfvars", Role::NamedValues),
            ("a/policy.needs.json", Role::Needs),
            ("plan.json", Role::Primary),
            ("<stdin>", Role::Primary),
        ] {
            assert_eq!(Role::of(name), role, "{name}");
        }
    }

    #[test]
    fn folders_have_no_hidden_or_foreign_files() {
        assert!(is_read_with_its_folder("a.tf") && is_read_with_its_folder("a.auto.tfvars.json"));
        assert!(is_read_with_its_folder("a.tofu") && is_read_with_its_folder("a.tofu.json"));
        assert!(is_read_with_its_folder("policy.needs.json"));
        for name in [".a.tf", "a.tf~", "#a.tf#", "a.json", "terraform.tfstate", "a.tf.bak"] {
            assert!(!is_read_with_its_folder(name), "{name}");
        }
    }
}
