//! What operators need to know of stacks, from their documents alone: so it cannot be of another stack.
//!
//! ```text
//!  main.tf.json … ── document: variables, outputs, resources, who refers to whom
//!                        │
//!     deploy ─ interface ─ inventory ─ secrets ─ logs ─ alarms ─ scale ─ rollback ─ destroy ─ faults ─ cost
//!                        │                          a section each, if there is anything to say
//!                        ▼
//!                     Markdown
//! ```

mod alarms;
mod cost;
mod deploy;
mod destroy;
mod document;
mod faults;
mod interface;
mod inventory;
mod logs;
mod markdown;
mod rollback;
mod scale;
mod secrets;

use thiserror::Error;

pub use document::Described;
use document::Stack;
use markdown::Page;

/// Why stacks cannot be described.
#[derive(Debug, Error)]
pub enum DescribeError {
    /// Not JSON.
    #[error("the document of `{name}` is not JSON: {source}")]
    NotJson {
        /// The stack.
        name: String,
        /// The reason.
        source: serde_json::Error,
    },
    /// JSON, but no document.
    #[error("the document of `{name}` is not Terraform JSON: expected an object")]
    NoObject {
        /// The stack.
        name: String,
    },
}

/// A page in Markdown on how to run these stacks, given in the order in which they are applied.
///
/// # Errors
/// If a document is not Terraform JSON.
pub fn describe(stacks: &[Described<'_>]) -> Result<String, DescribeError> {
    let stacks = stacks.iter().map(|stack| Stack::read(*stack)).collect::<Result<Vec<_>, _>>()?;
    let mut page = Page::default();
    page.paragraph("# Operations");
    page.paragraph("Written by `synth describe` from the documents: what stands here is what is applied.");
    for section in [
        deploy::write,
        interface::write,
        inventory::write,
        secrets::write,
        logs::write,
        alarms::write,
        scale::write,
        rollback::write,
        destroy::write,
        faults::write,
        cost::write,
    ] {
        section(&stacks, &mut page);
    }
    Ok(page.finish())
}

/// The heads and rows of a table that says of which stack each row is, where there are several.
fn by_stack(stacks: &[Stack<'_>], heads: &[&'static str]) -> Vec<&'static str> {
    let first = (stacks.len() > 1).then_some("stack");
    first.into_iter().chain(heads.iter().copied()).collect()
}

/// A row of such a table.
fn row(stacks: &[Stack<'_>], stack: &Stack<'_>, cells: impl IntoIterator<Item = String>) -> Vec<String> {
    let first = (stacks.len() > 1).then(|| stack.name.to_owned());
    first.into_iter().chain(cells).collect()
}

/// ` --region REGION`, as far as the document says it.
fn in_region(stack: &Stack<'_>) -> String {
    match stack.region() {
        document::Argument::Is(serde_json::Value::String(region)) => format!(" --region {region}"),
        _ => String::new(),
    }
}
