//! Rows that need the provider's schema: terraform validates all of them at once, each as a module of one
//! configuration, because starting the provider takes it seconds.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use localstack_tests::Failure;
use serde_json::{Value as Json, json};
use synth::aws::iam::data::{PolicyDocument, PolicyDocumentStatement, PolicyDocumentStatementPrincipals};
use synth::aws::{self, secretsmanager};
use synth::{Blocks, List, Local, Map, MetaArguments, Number, Output, Scope, Set, Value, Variable};
use synth_aws::{acm, ec2, logs, route53};

use crate::synthesized::{self, Complaint};
use crate::{refused, says, terraform_says, written};

/// A name, and what fills a stack.
type Right = (&'static str, fn(&mut Scope<'_>));

/// A name, and a document.
type Wrong = (&'static str, fn() -> Json);

/// What synth writes: terraform accepts it.
const RIGHT: &[Right] = &[
    ("no_blocks", no_blocks),
    ("dynamic", dynamic),
    ("attributes_as_blocks", attributes_as_blocks),
    ("set", set),
    ("ephemeral", ephemeral),
    ("aliases", aliases),
    ("functions", functions),
];

/// What others write: terraform refuses it.
const WRONG: &[Wrong] = &[
    ("an_empty_object_is_a_block", || secret(json!({ "replica": {} }))),
    ("a_null_in_a_list_is_a_block", || secret(json!({ "replica": [null] }))),
    ("too_many_blocks", || rotation(json!([{ "automatically_after_days": 1 }, {}]))),
    ("blocks_of_an_expression", || {
        let list = json!({ "l": { "type": "list(map(string))", "default": [] } });
        with("variable", list, secret(json!({ "replica": "${var.l}" })))
    }),
    ("an_attribute_as_block_with_a_missing_key", || {
        resource(
            "aws_security_group",
            json!({ "ingress": [{ "from_port": 443, "to_port": 443, "protocol": "tcp" }] }),
        )
    }),
    ("an_index_of_a_set", || {
        let name = "${aws_acm_certificate.x.domain_validation_options[0].resource_record_name}";
        let certificate = resource("aws_acm_certificate", json!({ "domain_name": "example.com" }));
        with("output", json!({ "name": { "value": name } }), certificate)
    }),
];

fn secret(arguments: Json) -> Json {
    resource("aws_secretsmanager_secret", arguments)
}

fn rotation(rules: Json) -> Json {
    resource("aws_secretsmanager_secret_rotation", json!({ "secret_id": "s", "rotation_rules": rules }))
}

fn resource(kind: &str, arguments: Json) -> Json {
    json!({ "terraform": required(), "resource": { kind: { "x": arguments } } })
}

/// The document with one more section.
fn with(section: &str, content: Json, mut document: Json) -> Json {
    if let Some(sections) = document.as_object_mut() {
        sections.insert(section.to_owned(), content);
    }
    document
}

fn required() -> Json {
    json!({ "required_providers": { "aws": { "source": "hashicorp/aws", "version": "5.100.0" } } })
}

pub(crate) fn no_blocks(stack: &mut Scope<'_>) {
    let none: Vec<PolicyDocumentStatement> = Vec::new();
    stack.add("none", PolicyDocument::new().statement(Blocks::from(none)));
    stack.add("unset", PolicyDocument::new());
    let one = PolicyDocumentStatement::new().actions(["s3:ListAllMyBuckets"]).resources(["*"]);
    stack.add("one", PolicyDocument::new().statement(one));
}

pub(crate) fn dynamic(stack: &mut Scope<'_>) {
    let services =
        stack.add("services", Variable::<Map<String>>::new().default([("web", "ecs.amazonaws.com")]));
    let statement = || PolicyDocumentStatement::new().actions(["s3:GetObject"]);
    let dynamic = Blocks::dynamic("one", services, |one| {
        let values: Value<List<String>> = [Value::from(one.value())].into();
        let kinds: Value<Set<String>> = ["Service", "AWS"].into();
        statement().sid(one.key()).principals(Blocks::dynamic("kind", kinds, |kind| {
            PolicyDocumentStatementPrincipals::new()
                .type_(kind.value())
                .identifiers(Value::<Set<String>>::of(values.clone().into_term()))
        }))
    });
    let document = PolicyDocument::new().statement(Blocks::from(statement()).and(dynamic));
    let document = stack.add("policy", document);
    stack.add("json", Output::of::<String>(document.json()));
}

pub(crate) fn attributes_as_blocks(stack: &mut Scope<'_>) {
    let rule = ec2::SecurityGroupIngress::new()
        .protocol("tcp")
        .from_port(443)
        .to_port(443)
        .cidr_blocks(["10.0.0.0/8"]);
    stack.add("group", ec2::SecurityGroup::new().ingress([rule]));
    let none: Vec<ec2::SecurityGroupIngress> = Vec::new();
    stack.add("closed", ec2::SecurityGroup::new().ingress(none));
}

pub(crate) fn set(stack: &mut Scope<'_>) {
    let certificate = stack.add("certificate", acm::Certificate::new().domain_name("example.com"));
    let option = certificate.domain_validation_options().one();
    let record = route53::Record::new()
        .zone_id("Z1")
        .name(option.resource_record_name())
        .type_(option.resource_record_type())
        .records([option.resource_record_value()])
        .ttl(60);
    stack.add("proof", record);
}

pub(crate) fn ephemeral(stack: &mut Scope<'_>) {
    let password = stack.add("password", secretsmanager::ephemeral::RandomPassword::new());
    let local = stack.add("password", Local::of_ephemeral(password.random_password()));
    let secret = stack.add("database", secretsmanager::Secret::new().name("database"));
    let version = secretsmanager::SecretVersion::new()
        .secret_id(secret.id())
        .secret_string_wo(local)
        .secret_string_wo_version(1);
    stack.add("database", version);
}

fn aliases(stack: &mut Scope<'_>) {
    aws::Provider::new().region("us-east-1").configure(stack);
    let west = aws::Provider::new().region("us-west-2").configure_as("west.2", stack);
    stack.add("logs", logs::Group::new().name("logs").provider(west));
}

fn functions(stack: &mut Scope<'_>) {
    let arn = synth::aws::functions::arn_parse("arn:aws:iam::123456789012:role/name");
    stack.add("account", Output::of(arn.account_id()));
    stack.add("length", Output::of::<Number>(synth::functions::length(Value::from(arn.resource()))));
}

/// What terraform complains of, by row.
type Answer = BTreeMap<String, Vec<String>>;

static ANSWER: LazyLock<Result<Answer, String>> = LazyLock::new(|| ask().map_err(|why| format!("{why:?}")));

fn ask() -> Result<Answer, Failure> {
    let mut files = Vec::new();
    for (row, build) in RIGHT {
        files.push((format!("{row}/main.tf.json"), synthesized::document(build)?));
    }
    for (row, document) in WRONG {
        files.push((format!("{row}/main.tf.json"), document().to_string()));
    }
    let rows = RIGHT.iter().map(|(row, _)| row).chain(WRONG.iter().map(|(row, _)| row));
    let calls: BTreeMap<&str, Json> =
        rows.map(|row| (*row, json!({ "source": format!("./{row}") }))).collect();
    let root = json!({ "terraform": required(), "module": calls }).to_string();
    let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    let mut answer = Answer::new();
    for Complaint { said, file } in synthesized::validated("rows", &root, &files)? {
        answer.entry(file.split('/').next().unwrap_or_default().to_owned()).or_default().push(said);
    }
    Ok(answer)
}

fn complaints(row: &str) -> Result<String, Failure> {
    let answer = ANSWER.as_ref().map_err(Clone::clone)?;
    if let Some(other) = answer.keys().find(|file| WRONG.iter().all(|(row, _)| row != file)) {
        return Err(format!("terraform complains of `{other}`: {:?}", answer.get(other)).into());
    }
    Ok(answer.get(row).map(|said| said.join("\n")).unwrap_or_default())
}

/// Asserts that terraform accepts one of [`RIGHT`].
pub(crate) fn accepts(row: &str) -> Result<(), Failure> {
    assert!(RIGHT.iter().any(|(known, _)| *known == row), "there is no stack `{row}`");
    assert_eq!(complaints(row)?, "");
    // Every module was looked at: terraform stops at the first that it cannot load.
    let silent: Vec<&str> = WRONG
        .iter()
        .map(|(row, _)| *row)
        .filter(|row| complaints(row).is_ok_and(|said| said.is_empty()))
        .collect();
    assert_eq!(silent, Vec::<&str>::new(), "terraform says nothing of these");
    Ok(())
}

/// Asserts that terraform refuses one of [`WRONG`].
pub(crate) fn refuses(row: &str, what: &str) -> Result<(), Failure> {
    says(&complaints(row)?, what);
    Ok(())
}

#[test]
fn configurations_of_a_provider_are_used_by_name() -> Result<(), Failure> {
    let document = written(aliases)?;
    let providers = json!([{ "region": "us-east-1" }, { "alias": "west___2e_2", "region": "us-west-2" }]);
    assert_eq!(document["provider"]["aws"], providers);
    assert_eq!(document["resource"]["aws_cloudwatch_log_group"]["logs"]["provider"], "aws.west___2e_2");
    accepts("aliases")?;
    let said = refused(|stack| {
        aws::Provider::new().region("us-east-1").configure(stack);
        aws::Provider::new().region("us-west-2").configure(stack);
    });
    says(&said, "there are two of `aws`");
    let two = json!({ "provider": { "aws": [{}, {}] } });
    says(&terraform_says("two", &two)?, "Duplicate provider configuration");
    Ok(())
}

#[test]
fn a_function_of_a_provider_requires_the_provider() -> Result<(), Failure> {
    let document = written(functions)?;
    assert_eq!(document["terraform"]["required_providers"]["aws"]["source"], "hashicorp/aws");
    let call = "${provider::aws::arn_parse(\"arn:aws:iam::123456789012:role/name\").account_id}";
    assert_eq!(document["output"]["account"]["value"], call);
    accepts("functions")?;
    let unrequired = json!({ "output": { "o": { "value": "${provider::aws::arn_parse(\"\")}" } } });
    says(&terraform_says("unrequired", &unrequired)?, "Unknown provider function");
    Ok(())
}
