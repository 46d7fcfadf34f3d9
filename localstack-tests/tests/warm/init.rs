//! Init without reading the provider does what terraform's own does.

use std::collections::BTreeMap;
use std::fs;

use localstack_tests::terraform::{Terraform, WorkDir, engine, providers};
use localstack_tests::{Account, Failure, Settings};

use crate::{Provider, fixture, settings};

/// Initializes a stack of one document and maybe a module; answers with the folder, or the refusal.
fn init(settings: &Settings, stack: &str, module: &str) -> Result<Terraform, Failure> {
    let folder = WorkDir::create(&settings.work, "init", &Account::fresh(), stack.as_bytes())?;
    fs::create_dir(folder.path().join("module"))?;
    fs::write(folder.path().join("module/main.tf"), module)?;
    let engine = engine::find(settings)?;
    let providers = providers::find(settings, &engine)?;
    let mut terraform = Terraform::new(engine, folder, settings.inherited.clone());
    terraform.init(&providers)?;
    Ok(terraform)
}

/// What init has left: files with their contents, links with where they lead.
fn left(stack: &str, module: &str, provider: Provider) -> Result<BTreeMap<String, String>, Failure> {
    let terraform = init(&settings(provider), stack, module)?;
    let top = terraform.folder().path();
    let (mut found, mut folders) = (BTreeMap::new(), vec![top.join(".terraform")]);
    while let Some(folder) = folders.pop() {
        // Not there: terraform had nothing to keep.
        for entry in fs::read_dir(folder).into_iter().flatten() {
            let path = entry?.path();
            let name = path.strip_prefix(top)?.to_string_lossy().into_owned();
            if path.is_symlink() {
                found.insert(name, fs::read_link(&path)?.to_string_lossy().into_owned());
            } else if path.is_dir() {
                folders.push(path);
            } else {
                // A number that terraform draws ("lineage") is in the backend's file.
                let text = fs::read_to_string(&path)?;
                let settled: Vec<&str> = text.lines().filter(|line| !line.contains("\"lineage\"")).collect();
                found.insert(name, settled.join("\n"));
            }
        }
    }
    for name in [".terraform.lock.hcl", "terraform.rc"] {
        let text = fs::read_to_string(top.join(name)).unwrap_or_else(|error| error.kind().to_string());
        found.insert(name.to_owned(), text);
    }
    terraform.folder().remove()?;
    Ok(found)
}

const MODULE: &str = "terraform {\n  required_providers {\n    aws = { source = \"hashicorp/aws\", version = \">= 4.9, != 5.99.0\" }\n  }\n}\n";

/// A stack with a constraint, which calls a module with another one.
fn constrained(version: &str) -> String {
    serde_json::json!({
        "terraform": { "required_providers": { "aws": { "source": "hashicorp/aws", "version": version } } },
        "module": { "called": { "source": "./module" } },
    })
    .to_string()
}

#[test]
fn init_leaves_what_terraforms_own_leaves() -> Result<(), Failure> {
    for stack in [&constrained("~> 5.0"), &fixture("warm-provider/fixtures/storage/main.tf.json")?, "{}"] {
        let alone = left(stack, MODULE, Provider::Alone)?;
        assert_eq!(left(stack, MODULE, Provider::Warm)?, alone, "{stack}");
    }
    Ok(())
}

#[test]
fn a_version_that_is_nowhere_is_refused_in_terraforms_words() -> Result<(), Failure> {
    let refusal = |stack: &str, module: &str, provider| -> Result<String, Failure> {
        let mut settings = settings(provider);
        // There is a registry, and nobody answers.
        settings.inherited.retain(|(name, _)| !name.to_string_lossy().to_lowercase().ends_with("_proxy"));
        settings.inherited.push(("HTTPS_PROXY".into(), "http://127.0.0.1:9".into()));
        let work = tempfile::tempdir()?;
        settings.work = work.path().to_owned();
        let refused = init(&settings, stack, module).err().ok_or("it was not refused")?;
        let refused = format!("{refused:?}");
        let (said, log) = refused.split_once("log: ").ok_or("no log is named")?;
        assert!(fs::exists(log.trim())?, "{log}");
        Ok(said.to_owned())
    };
    let module = MODULE.replace("!= 5.99.0", "< 5");
    for (stack, module) in [(constrained("~> 4.0"), MODULE), (constrained("~> 5.0"), module.as_str())] {
        let alone = refusal(&stack, module, Provider::Alone)?;
        assert!(
            alone.contains("terraform init failed (exit 1)") && alone.contains("hashicorp/aws"),
            "{alone}"
        );
        assert_eq!(refusal(&stack, module, Provider::Warm)?, alone);
    }
    Ok(())
}
