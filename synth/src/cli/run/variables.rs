//! Which variables a stack declares.

use std::fs;

use command_line::unread;
use serde_json::Value;

use super::place::Author;
use super::{End, Stack};

/// Whether a value for a variable is for this stack. Of what others wrote terraform says it itself.
pub(super) fn declares(stack: &Stack, variable: &str) -> Result<bool, End> {
    if stack.author == Author::Anybody {
        return Ok(true);
    }
    Ok(document(stack)?.get("variable").is_some_and(|variables| variables.get(variable).is_some()))
}

/// The one document of a stack that we wrote.
pub(super) fn document(stack: &Stack) -> Result<Value, End> {
    let path = stack.folder.join("main.tf.json");
    let text = fs::read(&path).map_err(|error| End::Failed(unread(&path, &error).to_string()))?;
    serde_json::from_slice(&text)
        .map_err(|error| End::Failed(format!("`{}` is not JSON: {error}", path.display())))
}
