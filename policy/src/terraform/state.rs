//! States: what `terraform show -json` prints, and the file itself.

use super::block::{Block, Kind};
use super::plan::PRIOR;
use super::read::Refusal;
use super::shown;
use crate::known::Later;
use crate::node::{Member, Node, Value};

/// Computed of `tags` and the provider's `default_tags`: what stands in it stands there too.
const REPEATED: &str = "tags_all";

/// Reads what `terraform show -json` prints of a state.
pub(super) fn shown(root: &Node, unread: &mut Vec<Later>) -> Result<Vec<Block>, Refusal> {
    let mut blocks = Vec::new();
    // A state in which nothing is has no `values`.
    let Some(values) = shown::set(root, "values") else {
        return Ok(blocks);
    };
    if !matches!(values.value, Value::Object(_)) {
        return Err(Refusal::Malformed("state", "an object", values.span));
    }
    outputs(values, &mut blocks, unread);
    if let Some(module) = shown::set(values, "root_module") {
        resources(module, &mut blocks, unread);
    }
    Ok(blocks)
}

/// Appends the objects of a module and of the modules in it.
fn resources(module: &Node, blocks: &mut Vec<Block>, unread: &mut Vec<Later>) {
    let path = shown::module(module, "address", unread);
    for resource in shown::elements(module, "resources", unread) {
        if let Some(block) = shown::block(resource, path.clone(), unread) {
            let values = shown::set(resource, "values");
            blocks.extend(values.map(|values| with_values(block, values)));
        }
    }
    for child in shown::elements(module, "child_modules", unread) {
        resources(child, blocks, unread);
    }
}

/// Reads the state file itself, of the one version that Terraform 0.12 and newer writes.
pub(super) fn raw(root: &Node, unread: &mut Vec<Later>) -> Result<Vec<Block>, Refusal> {
    if let Some(version) = root.member("version")
        && !matches!(&version.value.value, Value::Number(digits) if **digits == *"4")
    {
        return Err(Refusal::Malformed("state of version 4", "a 4", version.value.span));
    }
    let mut blocks = Vec::new();
    outputs(root, &mut blocks, unread);
    for resource in shown::elements(root, "resources", unread) {
        let module = shown::module(resource, "module", unread);
        let Some(declared) = shown::block(resource, module, unread) else { continue };
        for instance in shown::elements(resource, "instances", unread) {
            let mut block = declared.clone();
            block.instance = shown::instance(instance);
            match ["attributes", "attributes_flat"].into_iter().find_map(|name| shown::set(instance, name)) {
                Some(values) => blocks.push(with_values(block, values)),
                None => {
                    let why = "an instance without attributes".into();
                    unread.push(Later { span: instance.span, why });
                }
            }
        }
    }
    Ok(blocks)
}

fn outputs(root: &Node, blocks: &mut Vec<Block>, unread: &mut Vec<Later>) {
    let outputs = shown::members(root, "outputs", unread);
    blocks.extend(outputs.iter().map(|output| {
        let name = output.name().unwrap_or_default();
        Block::new(Kind::Output, &[name], output.key.span, output.value.clone())
    }));
}

/// The block with what is set of its values.
fn with_values(block: Block, values: &Node) -> Block {
    let members = values.members().iter().filter(|member| {
        let is_set = !matches!(member.value.value, Value::Null);
        is_set && member.name() != Some(REPEATED)
    });
    let body = Node::new(values.span, Value::Object(members.map(Member::clone).collect()));
    Block { written: body.clone(), body, ..block }
}

/// The policy documents of the state that a plan keeps: of the others nothing is read but what they are.
pub(super) fn policy_documents(plan: &Node, unread: &mut Vec<Later>) -> Result<Vec<Block>, Refusal> {
    let mut documents = Vec::new();
    let Some(state) = shown::read(plan, PRIOR, &["values"])? else { return Ok(documents) };
    let Some(values) = shown::read(&state, "values", &["root_module"])? else { return Ok(documents) };
    if !matches!(values.value, Value::Object(_)) {
        return Err(Refusal::Malformed("state", "an object", values.span));
    }
    if let Some(module) = shown::read(&values, "root_module", shown::MODULE)? {
        shown::resources(&module, unread, &mut |block, resource| {
            if block.kind == Kind::Data && block.type_name() == "aws_iam_policy_document" {
                let values = shown::read(resource, "values", &[])?;
                documents.extend(values.map(|values| with_values(block, &values)));
            }
            Ok(())
        })?;
    }
    Ok(documents)
}
