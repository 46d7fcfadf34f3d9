//! Terraform computes what every function of its language says it computes, called by the typed ones.

#[path = "../synthesized/mod.rs"]
mod synthesized;

mod cases;
mod expressions;
mod files;
mod random;

use std::collections::BTreeSet;

use flate2::read::GzDecoder;
use localstack_tests::Failure;
use localstack_tests::terraform::{Product, State, Step};
use serde_json::Value as Json;
use synth::App;
use synth_testing::Synthesized;

use cases::Case;
use files::FILES;

const COMMITTED: &[u8] = include_bytes!("../../../synth/bindings/schemas/terraform-1.11.4-functions.json.gz");

fn committed() -> Result<Json, Failure> {
    Ok(serde_json::from_reader(GzDecoder::new(COMMITTED))?)
}

/// The types of a function, without its documentation.
fn types(signature: &Json) -> Vec<Json> {
    let kind = |parameter: &Json| parameter.get("type").cloned().unwrap_or_default();
    let list = |name| signature.get(name).and_then(Json::as_array).cloned().unwrap_or_default();
    let single = |name| signature.get(name).map(kind).unwrap_or_default();
    let returns = signature.get("return_type").cloned().unwrap_or_default();
    list("parameters").iter().map(kind).chain([single("variadic_parameter"), returns]).collect()
}

#[test]
fn the_committed_signatures_are_terraforms_own() -> Result<(), Failure> {
    let mut terraform = synthesized::folder("function-signatures", "{}", &[])?;
    let printed: Json = serde_json::from_str(&terraform.run(Step::Functions, &["-json"], &|| Ok(()))?)?;
    let engine = synthesized::engine()?;
    let committed = committed()?;
    let signatures = |json: &Json| json.get("function_signatures").and_then(Json::as_object).cloned();
    let printed = signatures(&printed).unwrap_or_default();
    let known: BTreeSet<String> = signatures(&committed).unwrap_or_default().keys().cloned().collect();
    let wrong: Vec<String> = signatures(&committed)
        .unwrap_or_default()
        .into_iter()
        .filter(|(name, signature)| printed.get(name).map(types) != Some(types(signature)))
        .map(|(name, _)| name)
        .collect();
    assert_eq!(wrong, Vec::<String>::new(), "other types than in {engine}");
    if engine.product == Product::Terraform && engine.version.to_string() == "1.11.4" {
        let missing = printed.keys().filter(|name| !known.contains(*name)).collect::<Vec<_>>();
        assert_eq!(missing, Vec::<&String>::new(), "extract the signatures again");
    }
    terraform.folder().remove()?;
    Ok(())
}

#[test]
fn every_function_computes_what_it_says() -> Result<(), Failure> {
    let mut app = App::new();
    let mut stack = app.stack("functions");
    let cases = cases::all(&mut stack);
    let mut expected = Vec::new();
    for Case { function, number, output, gives } in cases {
        let name = format!("{function}_{number}");
        stack.add(name.clone(), output);
        expected.push((name, function, gives));
    }
    let functions = Synthesized::app(app).pop().ok_or("no stack")?;
    functions.valid();

    let mut terraform = synthesized::folder("functions", functions.text(), FILES)?;
    terraform.set("TF_VAR_token", "t");
    terraform.set("TF_VAR_once", "o");
    terraform.run(Step::Apply, &["-json", "-auto-approve", "-input=false"], &|| Ok(()))?;
    let state = State::read(&terraform.run(Step::Show, &["-json"], &|| Ok(()))?)?;
    terraform.folder().remove()?;

    let mut wrong = Vec::new();
    for (name, _, gives) in &expected {
        let given = state.output(name).cloned().unwrap_or_default();
        if given != *gives {
            wrong.push(format!("{name}: {given}, not {gives}"));
        }
    }
    assert_eq!(wrong, Vec::<String>::new());

    let called: BTreeSet<&str> = expected.iter().map(|(_, function, _)| *function).collect();
    let committed = committed()?;
    let all = committed.get("function_signatures").and_then(Json::as_object).ok_or("no signatures")?;
    let missed: Vec<&String> =
        all.keys().filter(|name| !name.contains("::") && !called.contains(name.as_str())).collect();
    assert_eq!(missed, Vec::<&String>::new(), "functions without a case");
    Ok(())
}
