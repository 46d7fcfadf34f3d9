//! Asks terraform about many documents at once: each is a module of one configuration.
//!
//! Terraform stops before it looks at any schema when one module cannot be loaded. So a module that is known to be wrong
//! is asked about too: until terraform complains of it, the modules that it did complain of are taken out, and it is
//! asked again.

use std::collections::BTreeMap;
use std::fs;

use localstack_tests::Failure;
use localstack_tests::terraform::Step;
use serde::Deserialize;
use serde_json::{Value as Json, json};

use crate::synthesized;
use crate::tree::Tree;

/// How many documents one run is about: terraform takes seconds to start the provider, and memory for each module.
const BATCH: usize = 250;

/// What terraform complains of.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Complaint {
    pub(crate) severity: String,
    pub(crate) summary: String,
    #[serde(default)]
    pub(crate) detail: String,
    #[serde(default)]
    pub(crate) address: String,
    range: Option<Range>,
}

#[derive(Clone, Debug, Deserialize)]
struct Range {
    filename: String,
}

#[derive(Deserialize)]
struct Answer {
    diagnostics: Vec<Complaint>,
}

const ROOT: &str =
    r#"{"terraform": {"required_providers": {"aws": {"source": "hashicorp/aws", "version": "5.100.0"}}}}"#;

/// Its mistake is found when the schema is compared, after everything was loaded.
const SENTINEL: &str = r#"{"resource": {"terraform_data": {"sentinel": {"no_such_argument": 1}}}}"#;

/// Terraform's errors, for each document.
pub(crate) fn ask(documents: &[Tree]) -> Result<Vec<Vec<Complaint>>, Failure> {
    let mut answers = Vec::new();
    for batch in documents.chunks(BATCH) {
        answers.extend(ask_batch(batch)?);
    }
    Ok(answers)
}

fn ask_batch(documents: &[Tree]) -> Result<Vec<Vec<Complaint>>, Failure> {
    let mut terraform = synthesized::folder("agreement", ROOT, &[])?;
    let root = terraform.folder().path().to_owned();
    let sentinel = Tree::document(SENTINEL.to_owned());
    let mut modules = BTreeMap::from([("sentinel".to_owned(), &sentinel)]);
    for (index, document) in documents.iter().enumerate() {
        modules.insert(format!("m{index}"), document);
    }
    for (name, document) in &modules {
        document.write(&root.join(name))?;
    }
    let mut complaints: BTreeMap<String, Vec<Complaint>> = BTreeMap::new();
    loop {
        call(&root, &modules)?;
        let (_, text) = terraform.run_to(Step::Validate, &["-json"], &[0, 1], &|| Ok(()))?;
        let answer: Answer = serde_json::from_str(&text)?;
        let mut blamed = Vec::new();
        for complaint in answer.diagnostics.into_iter().filter(|complaint| complaint.severity == "error") {
            for name in modules_of(&complaint) {
                blamed.push(name.clone());
                complaints.entry(name).or_default().push(complaint.clone());
            }
        }
        if blamed.iter().any(|name| name == "sentinel") {
            break;
        }
        let before = modules.len();
        modules.retain(|name, _| !blamed.contains(name));
        if modules.len() == before {
            return Err(format!("terraform does not say whose fault it is:\n{text}").into());
        }
    }
    terraform.folder().remove()?;
    Ok((0..documents.len())
        .map(|index| complaints.remove(&format!("m{index}")).unwrap_or_default())
        .collect())
}

/// Plans a document, with a value for each of its variables, and gives the first reason of the refusal.
pub(crate) fn refused_by_plan(name: &str, document: &Tree) -> Result<String, Failure> {
    let files: Vec<(&str, &str)> =
        document.0.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    let mut terraform = synthesized::folder(name, "{}", &files)?;
    let values =
        [("n", "1"), ("s", "a"), ("l", r#"["a"]"#), ("m", "{}"), ("secret", "a"), ("eph", "a"), ("any", "1")];
    for (variable, value) in values {
        terraform.set(format!("TF_VAR_{variable}"), value);
    }
    let (_, text) = terraform.run_to(Step::Plan, &["-json", "-input=false"], &[1], &|| Ok(()))?;
    terraform.folder().remove()?;
    let complaints = text.lines().filter_map(|line| serde_json::from_str::<Json>(line).ok());
    let mut summaries = complaints
        .filter_map(|line| line.pointer("/diagnostic/summary").and_then(Json::as_str).map(str::to_owned));
    summaries.next().ok_or_else(|| format!("{name}: refused without a reason:\n{text}").into())
}

/// Calls the modules from the root, with a value nobody knows for every variable, and enters them as installed.
fn call(root: &std::path::Path, modules: &BTreeMap<String, &Tree>) -> Result<(), Failure> {
    let mut document: Json = serde_json::from_str(ROOT)?;
    let mut calls = serde_json::Map::new();
    let mut installed = vec![json!({"Key": "", "Source": "", "Dir": "."})];
    for (name, tree) in modules {
        let mut call = serde_json::Map::from_iter([("source".to_owned(), json!(format!("./{name}")))]);
        for (_, text) in tree.files("") {
            let inside: Json = serde_json::from_str(text).unwrap_or_default();
            for (variable, body) in inside.get("variable").and_then(Json::as_object).into_iter().flatten() {
                if body.get("default").is_none() && !["count"].contains(&variable.as_str()) {
                    let given =
                        if body.get("ephemeral") == Some(&json!(true)) { "any_ephemeral" } else { "any" };
                    call.insert(variable.clone(), json!(format!("${{var.{given}}}")));
                }
            }
        }
        calls.insert(name.clone(), Json::Object(call));
        installed.push(json!({"Key": name, "Source": format!("./{name}"), "Dir": name}));
        install(name, name, tree, "", &mut installed);
    }
    if let Some(sections) = document.as_object_mut() {
        sections.insert("module".to_owned(), Json::Object(calls));
        sections.insert("variable".to_owned(), json!({"any": {}, "any_ephemeral": {"ephemeral": true}}));
    }
    fs::write(root.join("main.tf.json"), document.to_string())?;
    fs::create_dir_all(root.join(".terraform/modules"))?;
    fs::write(root.join(".terraform/modules/modules.json"), json!({"Modules": installed}).to_string())?;
    Ok(())
}

/// Enters the modules that a folder of a tree calls, and those that they call.
fn install(key: &str, root: &str, tree: &Tree, folder: &str, installed: &mut Vec<Json>) {
    for (name, source, path) in tree.calls(folder) {
        let key = format!("{key}.{name}");
        installed.push(json!({"Key": key, "Source": source, "Dir": format!("{root}/{path}")}));
        install(&key, root, tree, &path, installed);
    }
}

/// The modules that a complaint is about: the file's folder, the address's, or those that a cycle goes through.
fn modules_of(complaint: &Complaint) -> Vec<String> {
    if let Some(range) = &complaint.range
        && let Some((folder, _)) = range.filename.split_once('/')
    {
        return vec![folder.to_owned()];
    }
    let text = format!("{} {} {}", complaint.address, complaint.summary, complaint.detail);
    let mut names: Vec<String> = text
        .split("module.")
        .skip(1)
        .map(|rest| rest.chars().take_while(|character| character.is_alphanumeric()).collect())
        .collect();
    names.sort();
    names.dedup();
    names
}
