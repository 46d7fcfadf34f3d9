//! `synth apply`, `output` and `destroy` of an app of two stacks, to LocalStack, with the real provider.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output as Answer};

use localstack_tests::aws::Client;
use localstack_tests::{Account, Failure, Harness, Settings, audit};
use serde_json::{Value, json};
use synth::aws::{Provider, ssm};
use synth::output::{Target, write};
use synth::{App, LogGroup, Output, resolve};

use crate::synthesized;

const REGION: &str = "us-east-1";

/// A log group, and in another stack a parameter with its name.
fn app() -> App {
    let mut app = App::new();
    let mut logs = app.stack("logs");
    Provider::new().region(REGION).configure(&mut logs);
    let group = logs.add("orders", LogGroup::new("/shop/orders", 7));
    let mut shop = app.stack("shop");
    Provider::new().region(REGION).configure(&mut shop);
    let parameter = ssm::Parameter::new().name("/shop/logs").type_("String").insecure_value(group.name());
    let parameter = shop.add("where", parameter);
    shop.add("parameter", Output::of(parameter.arn()));
    app
}

/// The folder of the app, and how it is led to the emulator: the documents stay as they are.
struct Written {
    folder: tempfile::TempDir,
    /// Terraform's own settings, by which it takes the provider from where the tests have it.
    settings: PathBuf,
    synth: PathBuf,
    account: Account,
}

impl Written {
    fn new(account: &Account, endpoint: &str) -> Result<Written, Failure> {
        let folder = tempfile::tempdir()?;
        let documents = resolve(app())?;
        write(&documents, &Target::Folder(folder.path().join("out")))?;
        let emulator = folder.path().join("aws.config");
        fs::write(&emulator, format!("[default]\nendpoint_url = {endpoint}\n"))?;
        let provider = json!({
            "max_retries": 2,
            "shared_config_files": [emulator],
            "skip_credentials_validation": true, "skip_metadata_api_check": true,
        });
        for document in &documents {
            let override_ = json!({ "provider": { "aws": provider } }).to_string();
            fs::write(
                folder.path().join("out").join(&document.folder).join("localstack_override.tf.json"),
                override_,
            )?;
        }
        let required = json!({ "aws": { "source": "hashicorp/aws", "version": "5.100.0" } });
        let required = json!({ "terraform": { "required_providers": required } }).to_string();
        let terraform = synthesized::folder("apply", &required, &[])?;
        let settings = folder.path().join("terraform.rc");
        fs::copy(terraform.folder().path().join("terraform.rc"), &settings)?;
        terraform.folder().remove()?;
        Ok(Written { folder, settings, synth: synth()?, account: account.clone() })
    }

    fn synth(&self, arguments: &[&str]) -> Result<Answer, Failure> {
        let mut command = Command::new(&self.synth);
        command.args(arguments).current_dir(self.folder.path()).env_clear();
        command.envs(Settings::from_environment().inherited);
        command.env("HOME", self.folder.path().join("home")).env("TF_CLI_CONFIG_FILE", &self.settings);
        // Policy would find them in the plan if they stood in the configuration.
        command.env("AWS_ACCESS_KEY_ID", self.account.as_str()).env("AWS_SECRET_ACCESS_KEY", "test");
        command.env("SYNTH_TERRAFORM", synthesized::engine()?.program);
        let answer = command.output()?;
        if !answer.status.success() {
            let said = String::from_utf8_lossy(&answer.stderr);
            return Err(
                format!("`synth {}` ended with {}:\n{said}", arguments.join(" "), answer.status).into()
            );
        }
        Ok(answer)
    }
}

/// The binary, as cargo makes it beside the tests.
fn synth() -> Result<PathBuf, Failure> {
    let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let build =
        ["build", "--quiet", "--locked", "--package", "synth", "--bin", "synth", "--message-format", "json"];
    let output = Command::new(env!("CARGO")).args(build).current_dir(workspace).output()?;
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).into_owned().into());
    }
    let messages = String::from_utf8(output.stdout)?;
    let mut executables = messages.lines().filter_map(|line| {
        let message: Value = serde_json::from_str(line).ok()?;
        message.get("executable")?.as_str().map(PathBuf::from)
    });
    executables.next_back().ok_or_else(|| "cargo names no program".into())
}

#[test]
fn an_app_is_applied_read_and_destroyed_by_the_command_line() -> Result<(), Failure> {
    let harness = Harness::start(Settings::from_environment())?;
    let account = Account::fresh();
    let endpoint = harness.emulator().endpoint();
    let client = Client::new(endpoint, account.clone(), REGION);
    let app = Written::new(&account, endpoint)?;

    app.synth(&["apply", "out", "--auto-approve"])?;
    let parameter = client.call("ssm", "GetParameter", json!({ "Name": "/shop/logs" }))?;
    assert_eq!(parameter.pointer("/Parameter/Value"), Some(&json!("/shop/orders")));
    let kinds: Vec<String> = audit::holdings(&client)?.iter().map(ToString::to_string).collect();
    assert_eq!(kinds.len(), 2, "{kinds:?}");

    let outputs = app.synth(&["output", "out", "--json"])?;
    let outputs: Value = serde_json::from_slice(&outputs.stdout)?;
    let arn = format!("arn:aws:ssm:{REGION}:{}:parameter/shop/logs", account.as_str());
    assert_eq!(outputs.pointer("/shop/parameter/value"), Some(&json!(arn)));

    let again = app.synth(&["plan", "out", "--detailed-exitcode"])?;
    assert_eq!(String::from_utf8(again.stdout)?.matches("No changes.").count(), 2);

    app.synth(&["destroy", "out", "--auto-approve"])?;
    assert_eq!(audit::holdings(&client)?, []);
    Ok(())
}
