// @generated from the guides in `docs`. Do not edit.

use super::Example;

mod from_cdktf_0 {
use std::process::ExitCode;
use synth::aws::{self, ecr};
use synth::Scope;

pub(super) fn shop(stack: &mut Scope<'_>) {
    aws::Provider::new().region("eu-west-1").configure(stack);
    stack.add("images", ecr::Repository::new().name("shop"));
}

fn main() -> ExitCode {
    synth::main(|app| shop(&mut app.stack("shop")))
}
}

mod from_cdktf_1 {
use synth::aws::ecr;
use synth::{Construct, Place, Ref, Scope, THIS, functions, object};

struct Images {
    name: &'static str,
}

impl Construct for Images {
    type Handle = Ref<String>;

    fn build(self, place: Place<'_, '_>) -> Ref<String> {
        let mut scope = place.construct("images");
        let repository = scope.add(THIS, ecr::Repository::new().name(self.name));
        let rules = functions::jsonencode(object! { "rules" => Vec::<i32>::new() });
        scope.add("policy", ecr::LifecyclePolicy::new().repository(repository.name()).policy(rules));
        repository.repository_url()
    }
}

pub(super) fn shop(stack: &mut Scope<'_>) {
    let url: Ref<String> = stack.add("images", Images { name: "shop" });
}
}

mod from_cdktf_2 {
use synth::{Output, Scope, Variable, functions};

pub(super) fn shop(stack: &mut Scope<'_>) {
    let region = Variable::<String>::new()
        .default("eu-west-1")
        .description("where")
        .validate(|region| functions::startswith(region, "eu-"), "Europe only.");
    let region = stack.add("region", region);
    let token = stack.add("token", Variable::<String>::new().sensitive());
    stack.add("where", Output::of(region));
    stack.add("secret", Output::of_sensitive(token));
}
}

mod from_cdktf_3 {
use synth::aws::ecr;
use synth::{Local, Scope, Variable, text};

pub(super) fn shop(stack: &mut Scope<'_>) {
    let prefix = stack.add("prefix", Variable::<String>::new());
    let name = stack.add("name", Local::of(text!("{}-shop", prefix)));
    stack.add("images", ecr::Repository::new().name(name));
}
}

mod from_cdktf_4 {
use synth::aws::{ecr, iam};
use synth::Scope;

pub(super) fn shop(stack: &mut Scope<'_>) {
    let repository = stack.add("images", ecr::Repository::new().name("shop"));
    let statement = iam::data::PolicyDocumentStatement::new()
        .actions(["ecr:BatchGetImage"])
        .resources([repository.arn()]);
    let document = stack.add("pull", iam::data::PolicyDocument::new().statement(statement));
    stack.add("policy", ecr::RepositoryPolicy::new().repository(repository.name()).policy(document.json()));
}
}

mod from_cdktf_5 {
use synth::aws::{ecr, logs};
use synth::{Lifecycle, MetaArguments, Scope, Value, Variable};

pub(super) fn shop(stack: &mut Scope<'_>) {
    let name = stack.add("name", Variable::<String>::new());
    let group = stack.add("logs", logs::Group::new().name("/shop"));
    let lifecycle = Lifecycle::new()
        .create_before_destroy()
        .prevent_destroy()
        .ignore_changes("tags")
        .replace_when_changed(group);
    let images = ecr::Repository::new()
        .name(&name)
        .depends_on(group)
        .lifecycle(lifecycle)
        .precondition(Value::from(name).differs(""), "It needs a name.");
    stack.add("images", images);
}
}

mod from_cdktf_6 {
use synth::aws::logs;
use synth::{App, Output};

pub(super) fn build(app: &mut App) {
    let mut network = app.stack("network");
    let group = network.add("logs", logs::Group::new().name("/network"));
    let mut shop = app.stack("shop");
    shop.add("logs", Output::of(group.arn()));
}
}

mod from_cdktf_7 {
use synth::{S3Backend, Scope};

pub(super) fn shop(stack: &mut Scope<'_>) {
    stack.backend(S3Backend {
        bucket: "states".to_owned(),
        key: "shop".to_owned(),
        region: "eu-west-1".to_owned(),
        ..S3Backend::default()
    });
}
}

mod from_cdktf_8 {
use synth::aws::{self, ecr};
use synth::{MetaArguments, Scope};

pub(super) fn shop(stack: &mut Scope<'_>) {
    aws::Provider::new().region("eu-west-1").configure(stack);
    let west = aws::Provider::new().region("us-west-2").configure_as("west", stack);
    stack.add("images", ecr::Repository::new().name("shop").provider(west));
}
}

mod from_cdktf_9 {
use synth::{Module, Output, Scope};

pub(super) fn shop(stack: &mut Scope<'_>) {
    let network = Module::new("terraform-aws-modules/vpc/aws").version("~> 5.0").input::<String>("name", "shop");
    let network = stack.add("network", network);
    stack.add("vpc", Output::of(network.output::<String>("vpc_id")));
}
}

mod from_cdktf_10 {
use synth::aws::{ecr, logs};
use synth::{List, Map, Output, Ref, Scope, Set, Value, functions, text};

pub(super) fn shop(stack: &mut Scope<'_>) {
    let names: Value<Set<String>> = ["web", "api"].into();
    let images = stack.add_for_each("images", names.clone(), |each| {
        ecr::Repository::new().name(text!("shop-{}", each.value()))
    });
    let urls: Ref<Map<String>> = images.all(|image| image.repository_url());
    let logs = stack.add_count("logs", 2, |index| logs::Group::new().name(text!("/shop/{}", index)));
    let first: Ref<String> = logs.at(0, |group| group.arn());
    let upper: Value<List<String>> = names.map_each(functions::upper);
    stack.add("upper", Output::of(upper));
}
}

mod from_cdktf_11 {
use synth::aws::iam::data::{PolicyDocument, PolicyDocumentStatement};
use synth::{Blocks, List, Scope, Variable, functions};

pub(super) fn shop(stack: &mut Scope<'_>) {
    let names = stack.add("services", Variable::<List<String>>::new());
    let statements = Blocks::dynamic("service", functions::toset(names), |service| {
        PolicyDocumentStatement::new().actions(["sts:AssumeRole"]).sid(service.value())
    });
    stack.add("trust", PolicyDocument::new().statement(statements));
}
}

mod from_cdktf_14 {
use synth::aws::ecr;
use synth::{Scope, Term};

pub(super) fn shop(stack: &mut Scope<'_>) {
    let repository = stack.add("images", ecr::Repository::new().name("shop").tags([("Owner", "me")]));
    stack.override_argument(repository, "/image_scanning_configuration/scan_on_push", Term::Bool(true));
    stack.delete_argument(repository, "/tags/Owner");
}
}

mod from_cdktf_15 {
use synth::{App, Problem, Term};

pub(super) fn build(app: &mut App) {
    app.aspect(|element| {
        if element.type_name() == "aws_ecr_repository" {
            element.set("image_tag_mutability", Term::text("IMMUTABLE"));
            if element.argument("tags").is_none() {
                element.refuse(Problem::new("it has no tags").help("name its owner"));
            }
        }
    });
}
}

mod from_cdktf_16 {
use synth::{MetaArguments, Provisioner, Scope, TerraformData, Variable};

pub(super) fn shop(stack: &mut Scope<'_>) {
    let release = stack.add("release", Variable::<String>::new());
    let notify = TerraformData::new()
        .triggers_replace(release)
        .provisioner(Provisioner::local_exec("./notify").when_destroyed());
    stack.add("notify", notify);
}
}

mod from_cdktf_17 {
use synth::aws::ecr;
use synth::{Check, Removal, Scope, Value};

pub(super) fn shop(stack: &mut Scope<'_>) {
    let repository = stack.add("images", ecr::Repository::new().name("shop"));
    stack.import(repository, "shop");
    stack.moved("aws_ecr_repository.old", repository);
    stack.removed("aws_ecr_repository.forgotten", Removal::Forget);
    let named = Value::from(repository.name()).differs("");
    stack.add("named", Check::that(named, "the repository has a name"));
}
}

mod from_cdktf_18 {
use synth::aws::secretsmanager::{Secret, SecretVersion, ephemeral::RandomPassword};
use synth::Scope;

pub(super) fn shop(stack: &mut Scope<'_>) {
    let password = stack.add("password", RandomPassword::new().password_length(40));
    let secret = stack.add("database", Secret::new().name("shop/database"));
    let version = SecretVersion::new()
        .secret_id(secret.id())
        .secret_string_wo(password.random_password())
        .secret_string_wo_version(1);
    stack.add("value", version);
}
}

mod language_3 {
use synth::aws::ecr;
use synth::{List, Output, Scope, Value};

pub(super) fn shop(stack: &mut Scope<'_>) {
    let images = stack.add("images", ecr::data::Repository::new().name("shop"));
    let blocks = images.image_scanning_configuration();
    let scanned: Value<List<bool>> = blocks.map_each(|block| block.object().scan_on_push());
    stack.add("scanned", Output::of(scanned));
}
}

mod language_4 {
use synth::{Ephemeral, Local, Number, Output, Scope, Value, Variable};

pub(super) fn shop(stack: &mut Scope<'_>) {
    let instances = stack.add("instances", Variable::<Number>::new().default(2).whole(1, 9));
    let token: Ephemeral<String> = stack.add("token", Variable::<String>::new().ephemeral());
    let doubled = stack.add("doubled", Local::of(Value::from(instances).times(2)));
    stack.add("doubled", Output::of(doubled));
}
}

mod language_5 {
use synth::{Module, Output, Scope};

pub(super) fn shop(stack: &mut Scope<'_>) {
    let network = Module::new("terraform-aws-modules/vpc/aws").version("~> 5.0").input::<String>("name", "shop");
    let network = stack.add("network", network);
    stack.add("vpc", Output::of(network.output::<String>("vpc_id")));
}
}

pub(super) const ALL: &[(&str, Example)] = &[
    ("from_cdktf_0", Example::Stack(from_cdktf_0::shop)),
    ("from_cdktf_1", Example::Stack(from_cdktf_1::shop)),
    ("from_cdktf_2", Example::Stack(from_cdktf_2::shop)),
    ("from_cdktf_3", Example::Stack(from_cdktf_3::shop)),
    ("from_cdktf_4", Example::Stack(from_cdktf_4::shop)),
    ("from_cdktf_5", Example::Stack(from_cdktf_5::shop)),
    ("from_cdktf_6", Example::App(from_cdktf_6::build)),
    ("from_cdktf_7", Example::Stack(from_cdktf_7::shop)),
    ("from_cdktf_8", Example::Stack(from_cdktf_8::shop)),
    ("from_cdktf_9", Example::Stack(from_cdktf_9::shop)),
    ("from_cdktf_10", Example::Stack(from_cdktf_10::shop)),
    ("from_cdktf_11", Example::Stack(from_cdktf_11::shop)),
    ("from_cdktf_14", Example::Stack(from_cdktf_14::shop)),
    ("from_cdktf_15", Example::App(from_cdktf_15::build)),
    ("from_cdktf_16", Example::Stack(from_cdktf_16::shop)),
    ("from_cdktf_17", Example::Stack(from_cdktf_17::shop)),
    ("from_cdktf_18", Example::Stack(from_cdktf_18::shop)),
    ("language_3", Example::Stack(language_3::shop)),
    ("language_4", Example::Stack(language_4::shop)),
    ("language_5", Example::Stack(language_5::shop)),
];
