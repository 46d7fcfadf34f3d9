//! The state in the emulator's S3, locked as Terraform locks it: by DynamoDB, by a file beside it, and by both.

#![expect(clippy::indexing_slicing, reason = "a missing member of a JSON value reads as null")]

use std::fs;
use std::io::{Read, Write};
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};
use std::thread;

use localstack_tests::aws::Client;
use localstack_tests::emulator::{self, Emulator};
use localstack_tests::terraform::{Terraform, WorkDir, engine, providers};
use localstack_tests::{Account, Deployment, Failure, Settings};
use serde_json::{Value, json};

/// How the backend locks: the name of the key, and its arguments (Terraform's documentation, "Backend Type: s3").
const LOCKS: [(&str, &[(&str, &str)]); 3] = [
    ("table", &[("dynamodb_table", "terraform-locks")]),
    ("file", &[("use_lockfile", "true")]),
    ("both", &[("dynamodb_table", "terraform-locks"), ("use_lockfile", "true")]),
];

/// Whoever asks for the state on behalf of one stack.
struct Backend<'a> {
    endpoint: &'a str,
    account: &'a Account,
    bucket: &'a str,
    key: &'a str,
    lock: &'a [(&'a str, &'a str)],
}

impl Backend<'_> {
    fn block(&self) -> Value {
        let mut block = json!({
            "bucket": self.bucket, "key": self.key, "region": "us-east-1", "encrypt": true,
            "access_key": self.account.as_str(), "secret_key": "test", "use_path_style": true,
            "skip_credentials_validation": true, "skip_requesting_account_id": true,
        });
        for (name, value) in self.lock {
            block[name] = if *value == "true" { json!(true) } else { json!(value) };
        }
        block
    }

    /// A folder of one person who works on the stack; everything in the stack is called after its key.
    fn checkout(&self, settings: &Settings, person: &str) -> Result<Person, Failure> {
        let name = self.key.replace('/', "-");
        let stack = json!({
            "terraform": {
                "required_providers": { "aws": { "source": "hashicorp/aws" } },
                "backend": { "s3": { "bucket": self.bucket, "key": self.key, "region": "us-east-1" } },
            },
            "provider": { "aws": [{ "region": "us-east-1" }] },
            "variable": { "value": { "type": "string" } },
            "resource": { "aws_ssm_parameter": { "shared": {
                "name": format!("/{name}"), "type": "String", "value": "${var.value}" } } },
        });
        let engine = engine::find(settings)?;
        let providers = providers::find(settings, &engine)?;
        let program = engine.program.clone();
        let work = settings.work.join(format!("state-{name}-{}-{person}", self.account));
        let folder = WorkDir::create(&work, &name, self.account, stack.to_string().as_bytes())?;
        // The harness keeps states on the disk; this one goes where the stack says.
        let beside = folder.path().join("localstack_override.tf.json");
        let mut overrides: Value = serde_json::from_slice(&fs::read(&beside)?)?;
        overrides["terraform"]["backend"] = json!({ "s3": self.block() });
        fs::write(&beside, overrides.to_string())?;

        let mut environment = settings.inherited.clone();
        for (name, value) in [("AWS_ENDPOINT_URL", self.endpoint), ("AWS_EC2_METADATA_DISABLED", "true")] {
            environment.push((name.into(), value.into()));
        }
        let mut terraform = Terraform::new(engine, folder, environment.clone());
        terraform.init(&providers)?;
        let mut command = Command::new(program);
        command
            .current_dir(terraform.folder().path())
            .env_clear()
            .envs(environment)
            .env("TF_CLI_CONFIG_FILE", terraform.folder().path().join("terraform.rc"))
            .env("TF_IN_AUTOMATION", "1")
            .env("CHECKPOINT_DISABLE", "1")
            .env("TF_VAR_value", person);
        Ok(Person { command, work })
    }
}

struct Person {
    command: Command,
    work: std::path::PathBuf,
}

impl Person {
    fn run(&mut self, arguments: &[&str]) -> Result<Output, Failure> {
        let command = again(&self.command, arguments);
        Ok({ command }.stdin(Stdio::null()).output()?)
    }

    fn succeed(&mut self, arguments: &[&str]) -> Result<String, Failure> {
        let output = self.run(arguments)?;
        if output.status.success() {
            return Ok(String::from_utf8(output.stdout)?);
        }
        Err(format!("{arguments:?}: {}", String::from_utf8_lossy(&output.stderr)).into())
    }

    /// Starts an apply that holds the lock until it is answered: terraform asks for approval.
    fn hold(&mut self) -> Result<Holding, Failure> {
        let mut child = again(&self.command, &["apply", "-no-color"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::inherit())
            .spawn()?;
        read_until(&mut child, "Enter a value:")?;
        Ok(Holding(child))
    }
}

impl Drop for Person {
    fn drop(&mut self) {
        // A folder that stays in the temporary folder does no harm.
        let _ = fs::remove_dir_all(&self.work);
    }
}

/// The same program, folder and environment with other arguments.
fn again(command: &Command, arguments: &[&str]) -> Command {
    let mut other = Command::new(command.get_program());
    other.current_dir(command.get_current_dir().unwrap_or(Path::new("."))).env_clear();
    other.envs(command.get_envs().filter_map(|(name, value)| Some((name, value?))));
    other.args(arguments);
    other
}

/// An apply that waits for its approval, and is ended with the test.
struct Holding(Child);

impl Holding {
    fn approve(mut self) -> Result<(), Failure> {
        self.0.stdin.take().ok_or("no standard input")?.write_all(b"yes\n")?;
        let mut rest = String::new();
        self.0.stdout.take().ok_or("no standard output")?.read_to_string(&mut rest)?;
        let status = self.0.wait()?;
        if status.success() { Ok(()) } else { Err(format!("the approved apply failed: {rest}").into()) }
    }
}

impl Drop for Holding {
    fn drop(&mut self) {
        // Without an answer on its input terraform gives up, and frees the lock.
        drop(self.0.stdin.take());
        let _ = self.0.wait();
    }
}

/// Reads what `child` prints until `words` have come; its end is an error.
fn read_until(child: &mut Child, words: &str) -> Result<(), Failure> {
    let output = child.stdout.as_mut().ok_or("no standard output")?;
    let mut said = Vec::new();
    let mut byte = [0];
    while !String::from_utf8_lossy(&said).ends_with(words) {
        if output.read(&mut byte)? == 0 {
            return Err(format!("it never said `{words}`: {}", String::from_utf8_lossy(&said)).into());
        }
        said.extend(byte);
    }
    Ok(())
}

#[test]
fn two_applies_at_once_take_turns_or_are_refused_whatever_the_lock() -> Result<(), Failure> {
    let settings = Settings::from_environment();
    let emulator = emulator::start(&settings)?;
    let stack = fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/bootstrap/main.tf.json"))?;
    let bootstrap = Deployment::prepare(&settings, emulator.as_ref(), "bootstrap", &stack)?;
    let bucket = format!("terraform-state-{}", bootstrap.account());
    let mut bootstrap = bootstrap.variable("bucket", &bucket);
    let state = bootstrap.apply()?;
    bootstrap.expect_stable()?;
    assert_eq!(state.output("bucket"), Some(&json!(bucket)));

    let rounds = thread::scope(|scope| {
        let rounds = LOCKS.map(|(name, lock)| {
            let (settings, emulator) = (&settings, emulator.as_ref());
            let (account, bucket) = (bootstrap.account(), &bucket);
            scope.spawn(move || contend(settings, emulator, account, bucket, name, lock))
        });
        rounds.map(|round| round.join().unwrap())
    });
    for round in rounds {
        round?;
    }
    bootstrap.destroy()?;
    assert_eq!(bootstrap.holdings()?, []);
    bootstrap.finish();
    Ok(())
}

fn contend(
    settings: &Settings,
    emulator: &dyn Emulator,
    account: &Account,
    bucket: &str,
    name: &str,
    lock: &[(&str, &str)],
) -> Result<(), Failure> {
    let key = format!("{name}/terraform.tfstate");
    let backend = Backend { endpoint: emulator.endpoint(), account, bucket, key: &key, lock };
    let mut first = backend.checkout(settings, "first")?;
    let mut second = backend.checkout(settings, "second")?;
    let aws = Client::new(emulator.endpoint(), account.clone(), "us-east-1");

    let holding = first.hold()?;
    let refused = second.run(&["apply", "-auto-approve", "-input=false", "-no-color"])?;
    let said = String::from_utf8_lossy(&refused.stderr);
    assert_eq!(refused.status.code(), Some(1), "{name}: {said}");
    assert!(said.contains("Error acquiring the state lock"), "{name}: {said}");
    assert!(said.contains(&format!("Path:      {bucket}/{key}")), "{name}: {said}");

    let patient = ["apply", "-auto-approve", "-input=false", "-no-color", "-lock-timeout=120s"];
    let mut waiting = again(&second.command, &patient)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::inherit())
        .spawn()?;
    // Terraform says so only when it has found the lock taken.
    read_until(&mut waiting, "Acquiring state lock")?;
    holding.approve()?;
    let output = waiting.wait_with_output()?;
    assert!(output.status.success(), "{name}: {}", String::from_utf8_lossy(&output.stdout));

    // The second one came last, on top of what the first one had made.
    let parameter =
        aws.call("ssm", "GetParameter", json!({ "Name": format!("/{name}-terraform.tfstate") }))?;
    assert_eq!(
        (&parameter["Parameter"]["Value"], &parameter["Parameter"]["Version"]),
        (&json!("second"), &json!(2))
    );
    let plan = second.run(&["plan", "-detailed-exitcode", "-input=false", "-no-color"])?;
    assert_eq!(plan.status.code(), Some(0), "{name}: {}", String::from_utf8_lossy(&plan.stdout));
    let pulled: Value = serde_json::from_str(&second.succeed(&["state", "pull"])?)?;
    assert_eq!(pulled["resources"][0]["instances"][0]["attributes"]["value"], "second", "{name}");
    assert_eq!(locks_left(&aws, bucket, &key)?, Vec::<String>::new(), "{name}");

    second.succeed(&["apply", "-destroy", "-auto-approve", "-input=false", "-no-color"])?;
    Ok(())
}

/// What still says that somebody holds the state: an item of the table without `-md5`, an object `.tflock`.
fn locks_left(aws: &Client, bucket: &str, key: &str) -> Result<Vec<String>, Failure> {
    let items = aws.call("dynamodb", "Scan", json!({ "TableName": "terraform-locks" }))?;
    let ids = items["Items"].as_array().into_iter().flatten().filter_map(|item| item["LockID"]["S"].as_str());
    let mut left: Vec<String> =
        ids.filter(|id| *id == format!("{bucket}/{key}")).map(str::to_owned).collect();
    let objects = aws.get("s3", &format!("/{bucket}?list-type=2&prefix={key}.tflock"))?;
    if objects["KeyCount"] != "0" {
        left.push(format!("{key}.tflock"));
    }
    Ok(left)
}
