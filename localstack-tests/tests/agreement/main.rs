//! `synth check` and `terraform validate` say the same of documents written by hand and made up from the schema.

#[path = "../synthesized/mod.rs"]
mod synthesized;

mod dice;
mod generate;
mod layout;
mod mutate;
mod oracle;
mod tree;
mod verdict;

use std::fs;
use std::path::Path;

use dice::Dice;
use generate::Generator;
use localstack_tests::Failure;
use synth_check::Schemas;
use tree::Tree;
use verdict::Verdict;

/// How many documents are made up, unless the recipe `agreement` asks for more.
const DOCUMENTS: usize = 100;

/// Fails with every disagreement that has no explanation, and prints how many of each kind there are.
fn compare(names: &[String], documents: &[Tree]) -> Result<(), Failure> {
    let schemas = Schemas::embedded();
    let answers = oracle::ask(documents)?;
    let (mut counts, mut unexplained) = (std::collections::BTreeMap::new(), Vec::new());
    for ((name, document), answer) in names.iter().zip(documents).zip(&answers) {
        let report = document.judged(&schemas);
        let verdict = verdict::of(name, &report, answer);
        *counts.entry(format!("{verdict:?}")).or_insert(0) += 1;
        if matches!(verdict, Verdict::OnlyTerraform | Verdict::OnlySynth) {
            unexplained.push(format!("{name}: {verdict:?}\n{answer:#?}\n{report}\n{document:#?}"));
        }
    }
    eprintln!("{} documents: {counts:?}", documents.len());
    match unexplained.as_slice() {
        [] => Ok(()),
        all => Err(format!("{} unexplained:\n{}", all.len(), all.join("\n\n")).into()),
    }
}

#[test]
fn written_documents_are_judged_as_terraform_judges_them() -> Result<(), Failure> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../synth/check/tests/documents");
    let (mut names, mut documents) = (Vec::new(), Vec::new());
    let mut files =
        fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect::<Result<Vec<_>, Failure>>()?;
    files.sort();
    for path in files {
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        if let Some(name) = name.strip_suffix(".tf.json")
            && !verdict::differs_in_a_module(name)
        {
            names.push(name.to_owned());
            documents.push(Tree::document(fs::read_to_string(&path)?));
        }
    }
    compare(&names, &documents)
}

#[test]
fn written_modules_are_judged_as_terraform_judges_them() -> Result<(), Failure> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../synth/check/tests/modules");
    let (mut names, mut trees) = (Vec::new(), Vec::new());
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default().to_owned();
        if !verdict::differs_in_a_module(&name) {
            names.push(name);
            trees.push(Tree::read(&path)?);
        }
    }
    compare(&names, &trees)
}

#[test]
fn what_synth_finds_sooner_is_refused_by_terraform_plan() -> Result<(), Failure> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../synth/check/tests");
    let mut planned = 0;
    for name in verdict::REFUSED_BY_PLAN {
        let modules = folder.join("modules").join(name);
        let document = if modules.exists() {
            Tree::read(&modules)?
        } else {
            let path = folder.join("documents").join(format!("{name}.tf.json"));
            Tree::document(fs::read_to_string(path)?)
        };
        // A plan of AWS's resources needs an account.
        if !document.0.values().any(|text| text.contains("\"aws_")) {
            let why = oracle::refused_by_plan(name, &document)?;
            assert!(verdict::is_own(&why), "{name}: {why}");
            planned += 1;
        }
    }
    assert!(planned > 3, "only {planned} documents were planned");
    Ok(())
}

#[test]
fn generated_documents_are_judged_as_terraform_judges_them() -> Result<(), Failure> {
    let count = std::env::var("AGREEMENT_DOCUMENTS").ok().and_then(|count| count.parse().ok());
    let generator = Generator::read()?;
    let (mut names, mut documents) = (Vec::new(), Vec::new());
    for seed in 0..count.unwrap_or(DOCUMENTS) {
        let mut dice = Dice::new(seed as u64);
        let (how, tree) = layout::one(&generator, &mut dice);
        names.push(format!("{seed}: {how}"));
        documents.push(tree);
    }
    compare(&names, &documents)
}
