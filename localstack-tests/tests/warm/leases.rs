//! Nobody's resources end up with somebody else.

use std::collections::BTreeSet;
use std::fs;
use std::thread;

use localstack_tests::aws::Client;
use localstack_tests::terraform::{State, Step, Terraform};
use localstack_tests::{Account, Failure, audit};
use serde_json::{Value, json};

use crate::{APPLY, Provider, Suite, run};

/// A log group for the default configuration and one for the alias, of the same names in every stack.
const TWO_ACCOUNTS: &str = r#"{
  "provider": {"aws": [{"region": "us-east-1"}, {"alias": "other", "region": "us-east-1"}]},
  "resource": {"aws_cloudwatch_log_group": {
    "own": {"name": "own"}, "others": {"name": "others", "provider": "aws.other"}}},
  "terraform": {"required_providers": {"aws": {"source": "hashicorp/aws"}}}
}"#;

/// Gives the alias an account of its own.
fn part(terraform: &Terraform, other: &Account) -> Result<(), Failure> {
    let path = terraform.folder().path().join("localstack_override.tf.json");
    let mut document: Value = serde_json::from_str(&fs::read_to_string(&path)?)?;
    let configurations = document["provider"]["aws"].as_array_mut().ok_or("no configurations")?;
    let alias = configurations.iter_mut().find(|configuration| configuration["alias"] == "other");
    alias.ok_or("no alias")?["access_key"] = json!(other.as_str());
    Ok(fs::write(path, document.to_string())?)
}

fn names(suite: &Suite, account: &Account) -> Result<BTreeSet<String>, Failure> {
    let client = Client::new(suite.emulator.endpoint(), account.clone(), "us-east-1");
    Ok(audit::holdings(&client)?.into_iter().map(|held| held.name).collect())
}

/// Applies the stack to two accounts, looks into both, removes it again.
fn two_accounts(suite: &Suite, name: &str) -> Result<(), Failure> {
    let (account, other) = (Account::fresh(), Account::fresh());
    let mut terraform = suite.prepare(name, &account, TWO_ACCOUNTS)?;
    part(&terraform, &other)?;
    for _ in 0..2 {
        run(&mut terraform, Step::Apply, APPLY)?;
        assert_eq!(names(suite, &account)?, BTreeSet::from(["own".to_owned()]), "{name}");
        assert_eq!(names(suite, &other)?, BTreeSet::from(["others".to_owned()]), "{name}");
        // A second plan reads both accounts through processes that were used before.
        run(&mut terraform, Step::Plan, &["-json", "-input=false", "-detailed-exitcode"])?;
        run(&mut terraform, Step::Destroy, APPLY)?;
        assert_eq!(names(suite, &account)?.len() + names(suite, &other)?.len(), 0, "{name}");
    }
    Ok(terraform.folder().remove()?)
}

#[test]
fn two_aliases_reach_two_accounts() -> Result<(), Failure> {
    two_accounts(&Suite::start(Provider::Warm)?, "aliases")
}

#[test]
fn stacks_in_parallel_reach_their_own_accounts() -> Result<(), Failure> {
    let suite = Suite::start(Provider::Warm)?;
    let rounds: Vec<Result<(), Failure>> = thread::scope(|scope| {
        let started: Vec<_> = (0..4)
            .map(|number| {
                let suite = &suite;
                scope.spawn(move || two_accounts(suite, &format!("parallel-{number}")))
            })
            .collect();
        started.into_iter().map(|round| round.join().unwrap()).collect()
    });
    rounds.into_iter().collect()
}

#[test]
fn a_process_that_is_used_again_forgets_its_former_configuration() -> Result<(), Failure> {
    let suite = Suite::start(Provider::Warm)?;
    let tagged = TWO_ACCOUNTS.replace(
        r#"{"region": "us-east-1"}"#,
        r#"{"region": "us-east-1", "default_tags": {"tags": {"former": "yes"}}}"#,
    );
    let mut terraform = suite.prepare("forgets", &Account::fresh(), &tagged)?;
    run(&mut terraform, Step::Apply, APPLY)?;
    let tags = |terraform: &mut Terraform| -> Result<Value, Failure> {
        let state = State::read(&run(terraform, Step::Show, &["-json"])?)?;
        let group = state.resource("aws_cloudwatch_log_group.own").ok_or("no log group")?;
        Ok(group["tags_all"].clone())
    };
    assert_eq!(tags(&mut terraform)?, json!({ "former": "yes" }));
    fs::write(terraform.folder().path().join("main.tf.json"), TWO_ACCOUNTS)?;
    run(&mut terraform, Step::Apply, APPLY)?;
    assert_eq!(tags(&mut terraform)?, json!({}));
    run(&mut terraform, Step::Destroy, APPLY)?;
    Ok(terraform.folder().remove()?)
}

/// A file in a bucket.
const FILE: &str = r#"{
  "provider": {"aws": {"region": "us-east-1"}},
  "resource": {
    "aws_s3_bucket": {"files": {"bucket": "files"}},
    "aws_s3_object": {"file": {"bucket": "${aws_s3_bucket.files.id}", "key": "file", "source": "file.txt"}}},
  "terraform": {"required_providers": {"aws": {"source": "hashicorp/aws"}}}
}"#;

/// The same stack and account at two emulators, with one pool of processes that go from one to the other.
#[test]
fn stacks_at_two_emulators_reach_their_own_with_their_own_files() -> Result<(), Failure> {
    let one = Suite::start(Provider::Warm)?;
    let other = Suite { providers: one.providers.clone(), ..Suite::start(Provider::Warm)? };
    let account = Account::fresh();
    let tagged = FILE.replace(
        r#"{"region": "us-east-1"}"#,
        r#"{"region": "us-east-1", "default_tags": {"tags": {"former": "yes"}}}"#,
    );
    let mut stacks = Vec::new();
    // printf one | md5sum
    for (suite, stack, content, digest, tags) in [
        (&one, tagged.as_str(), "one", "f97c5d29941bfb1b2fdab0874906ab82", json!({ "former": "yes" })),
        (&other, FILE, "two", "b8a9f715dbb64fd5c56e7783c6820a61", json!({})),
    ] {
        let mut terraform = suite.prepare(content, &account, stack)?;
        fs::write(terraform.folder().path().join("file.txt"), content)?;
        assert_eq!(names(suite, &account)?, BTreeSet::new(), "{content} was made elsewhere");
        run(&mut terraform, Step::Apply, APPLY)?;
        let state = State::read(&run(&mut terraform, Step::Show, &["-json"])?)?;
        let object = state.resource("aws_s3_object.file").ok_or("no object")?;
        assert_eq!((&object["etag"], &object["tags_all"]), (&json!(digest), &tags), "{content}");
        stacks.push((suite, terraform));
    }
    for (suite, terraform) in &mut stacks {
        run(terraform, Step::Plan, &["-json", "-input=false", "-detailed-exitcode"])?;
        run(terraform, Step::Destroy, APPLY)?;
        assert_eq!(names(suite, &account)?, BTreeSet::new());
        terraform.folder().remove()?;
    }
    Ok(())
}
