//! The code of the tables of `docs/language.md`, word by word, in stacks that are valid.

use std::collections::BTreeMap;

use synth::aws::{self, ecr, iam, meta, secretsmanager};
use synth::{
    Any, App, Blocks, Check, Ephemeral, Lifecycle, List, Local, Map, MetaArguments, Module, Number, Output,
    Provisioner, Ref, Removal, Scope, Sensitive, Set, Term, TerraformData, Value, Variable, conditional,
    functions, null, object, own, path_cwd, path_module, path_root, text, workspace,
};

fn field_of<T>(value: Value<Any>) -> Value<T> {
    value.field::<T>("key")
}

fn values_and_types(stack: &mut Scope<'_>) {
    let value: Ref<String> = stack.add("value", Variable::<String>::new());
    stack.add("string", Output::of::<String>("text"));
    stack.add("filled", Output::of(text!("…{}…", &value)));
    stack.add("whole", Output::of::<Number>(1));
    stack.add("fraction", Output::of::<Number>(0.5));
    stack.add("bool", Output::of::<bool>(true));
    stack.add("array", Output::of::<List<String>>(["a", "b"]));
    stack.add("vec", Output::of::<Set<String>>(Vec::from(["a"])));
    let iterator = ["a"].into_iter();
    let collected: Value<List<String>> = iterator.collect();
    stack.add("collected", Output::of(collected));
    stack.add("map", Output::of::<Map<String>>([("key", "value")]));
    stack.add("tree", Output::of::<Map<String>>(BTreeMap::from([("key", "value")])));
    let object = stack.add("object", Local::of(object! { "key" => value }));
    stack.add("field", Output::of(field_of::<String>(object.into())));
    let token: Sensitive<String> = stack.add("token", Variable::<String>::new().sensitive());
    stack.add("token", Output::of_sensitive(token));
    let _: Ephemeral<String> = stack.add("once", Variable::<String>::new().ephemeral());
}

fn strings(stack: &mut Scope<'_>) {
    let large = stack.add("large", Variable::<bool>::new());
    let names = stack.add("names", Variable::<List<String>>::new());
    let class: Value<String> = conditional(large, "db.r6g.large", "db.t4g.small");
    stack.add("class", Output::of(class));
    stack.add("joined", Output::of(functions::join("", names.map_each(|name| text!("{};", name)))));
}

fn references(stack: &mut Scope<'_>) {
    let role = stack.add("role", iam::Role::new().assume_role_policy("{}"));
    let region = stack.add("region", meta::data::Region::new());
    let network = stack.add("network", Module::new("./network"));
    stack.add("arn", Output::of(role.arn()));
    stack.add("name", Output::of(region.name()));
    stack.add("vpc", Output::of(network.output::<String>("vpc_id")));
    let named: Value<Set<String>> = ["a"].into();
    stack.add_for_each("each", named, |each| {
        TerraformData::new().input::<String>(text!("{}{}", each.key(), each.value()))
    });
    stack.add_count("count", 2, |index| TerraformData::new().input::<Number>(index));
    let address = Provisioner::local_exec(text!("echo {}", own::<String>("id")));
    stack.add("provisioned", TerraformData::new().provisioner(address));
    for (name, path) in
        [("module", path_module()), ("root", path_root()), ("cwd", path_cwd()), ("workspace", workspace())]
    {
        stack.add(name, Output::of(path));
    }
    let list = stack.add("list", Variable::<List<String>>::new());
    let map = stack.add("map", Variable::<Map<String>>::new());
    let object = stack.add("object", Variable::of_type("object({ field = string })"));
    stack.add("first", Output::of(list.clone().at(0)));
    stack.add("keyed", Output::of(map.key("key")));
    stack.add("field", Output::of(member::<String>(object.into())));
    let images = stack.add("images", ecr::data::Repository::new().name("shop"));
    let blocks = images.image_scanning_configuration();
    stack.add("all_scanned", Output::of(blocks.map_each(|item| item.object().scan_on_push())));
    let block = images.image_scanning_configuration();
    stack.add("scanned", Output::of(block.at(0).scan_on_push()));
    let value = list.at(0);
    stack.add("splat", Output::of(value.splat()));
}

fn member<T>(object: Value<Any>) -> Value<T> {
    object.field::<T>("field")
}

fn operators(stack: &mut Scope<'_>) {
    let a: Value<Number> = stack.add("a", Variable::<Number>::new()).into();
    let b: Value<Number> = stack.add("b", Variable::<Number>::new()).into();
    let condition: Value<bool> = stack.add("condition", Variable::<bool>::new()).into();
    let (x, y) = (|| a.clone(), || b.clone());
    let numbers = [
        x().plus(y()),
        x().minus(y()),
        x().times(y()),
        x().divided_by(y()),
        x().remainder(y()),
        x().negated(),
    ];
    let order = [
        x().equals(y()),
        x().differs(y()),
        x().below(y()),
        x().at_most(y()),
        x().above(y()),
        x().at_least(y()),
    ];
    let (c, d) = (condition.clone(), condition.clone());
    let logic = [c.clone().and(d.clone()), c.clone().or(d), c.negated()];
    stack.add("numbers", Output::of::<List<Number>>(numbers));
    stack.add("order", Output::of::<List<bool>>(order));
    stack.add("logic", Output::of::<List<bool>>(logic));
    stack.add("absent", Output::of(either(condition.clone(), a.clone())));
    let value: Value<Number> = conditional(condition, a, b);
    stack.add("either", Output::of(value));
}

fn either(condition: Value<bool>, a: Value<Number>) -> Value<Number> {
    conditional(condition, a, null())
}

fn calls(stack: &mut Scope<'_>) {
    let a = stack.add("a", Variable::<String>::new());
    let b = stack.add("b", Variable::<String>::new());
    let list = stack.add("list", Variable::<List<Number>>::new());
    let name = stack.add("name", Variable::<String>::new());
    let text = stack.add("text", Variable::<String>::new());
    let arn = stack.add("arn", Variable::<String>::new());
    let token = stack.add("token", Variable::<String>::new().sensitive());
    stack.add("subnet", Output::of(functions::cidrsubnet("10.0.0.0/16", 8, 1)));
    let first: Value<String> = functions::coalesce((a, "b"));
    stack.add("first", Output::of(first));
    stack.add("largest", Output::of(functions::max(list)));
    stack.add("formatted", Output::of(functions::format("%s-%d", (name, 1))));
    stack.add("captured", Output::of(functions::regex::<List<String>>("([a-z]+)", text)));
    let text = stack.add("json", Variable::<String>::new());
    stack.add("host", Output::of(functions::jsondecode::<Any>(text).field::<String>("host")));
    stack.add("encoded", Output::of(functions::jsonencode(object! { "a" => b })));
    stack.add("upper", Output::of_sensitive(upper(token.clone())));
    stack.add("revealed", Output::of(revealed(token.clone())));
    stack.add("nonsensitive", Output::of(functions::nonsensitive(token)));
    stack.add("region", Output::of(aws::functions::arn_parse(arn).region()));
}

fn upper(token: Sensitive<String>) -> Sensitive<String> {
    token.map(functions::upper)
}
fn revealed(token: Sensitive<String>) -> Value<String> {
    token.reveal("why")
}

fn for_expressions(stack: &mut Scope<'_>) {
    let names = stack.add("names", Variable::<List<String>>::new());
    let list = names.clone();
    stack.add("upper", Output::of(list.map_each(functions::upper)));
    let list = names.clone();
    stack.add("indexed", Output::of(list.map_indexed(|index, item| text!("{}{}", index, item))));
    let list = names.clone();
    stack.add("filtered", Output::of(list.filter(|item| item.differs(""))));
    let list = names.clone();
    stack.add("by_name", Output::of(list.to_map(|item| (item.clone(), functions::upper(item)))));
    let list = names;
    stack.add("grouped", Output::of(list.group_by(|item| functions::substr(item, 0, 1))));
    let sizes = stack.add("sizes", Variable::<Map<String>>::new());
    let map = sizes.clone();
    stack.add("keys", Output::of(map.map_each(|key, _| key)));
    let map = sizes.clone();
    stack.add("uppers", Output::of(map.map_values(|_, item| functions::upper(item))));
    let map = sizes;
    stack.add("some", Output::of(map.filter(|_, item| item.differs(""))));
}

fn elements(stack: &mut Scope<'_>) {
    let entries = stack.add("entries", Variable::<Map<String>>::new());
    stack.add(
        "images",
        ecr::Repository::new().name("shop").image_scanning_configuration(
            ecr::RepositoryImageScanningConfiguration::new().scan_on_push(true),
        ),
    );
    stack.add("images", ecr::data::Repository::new().name("shop"));
    stack.add("p", secretsmanager::ephemeral::RandomPassword::new().password_length(40));
    let statement = || iam::data::PolicyDocumentStatement::new().actions(["s3:GetObject"]);
    let (first, second) = (statement(), statement());
    stack.add("two", iam::data::PolicyDocument::new().statement([first, second]));
    let each = iam::data::PolicyDocument::new()
        .statement(Blocks::dynamic("name", entries, |entry| statement().sid(entry.value())));
    stack.add("each", each);
}

fn meta_arguments(stack: &mut Scope<'_>) {
    aws::Provider::new().region("eu-west-1").configure(stack);
    let west = aws::Provider::new().region("us-west-2").configure_as("west", stack);
    let x = stack.add("x", TerraformData::new());
    let entries = stack.add("entries", Variable::<Map<String>>::new());
    stack.add("images", ecr::Repository::new().name("shop").depends_on(x).provider(west));
    stack.add_count("id", 2, |index| TerraformData::new().input::<Number>(index));
    stack.add_for_each("id", entries, |each| ecr::Repository::new().name(each.value()));
    let known = || Value::from(x.id()).differs("");
    let data = TerraformData::new()
        .lifecycle(Lifecycle::new().create_before_destroy())
        .precondition(known(), "It has no id.")
        .postcondition(known(), "It has no id.")
        .provisioner(Provisioner::local_exec("…"));
    stack.add("data", data);
}

fn existing(stack: &mut Scope<'_>) {
    let repository = stack.add("images", ecr::Repository::new().name("shop"));
    let names: Value<Set<String>> = ["a"].into();
    let repositories = stack.add_for_each("each", names, |each| ecr::Repository::new().name(each.key()));
    let ids = Value::<Map<String>>::from([("a", "a")]);
    stack.moved("aws_ecr_repository.old", repository);
    stack.import(repository, "id");
    stack.import_to_address(r#"aws_ecr_repository.each["a"]"#, "id");
    stack.import_each(repositories, ids);
    stack.removed("aws_ecr_repository.old", Removal::Forget);
    let condition = Value::from(repository.name()).differs("");
    stack.add("name", Check::that(condition, "message"));
}

fn everything_else(stack: &mut Scope<'_>) {
    let value = Term::text("shop");
    let handle = stack.add("images", ecr::Repository::new().name("images").argument("name", value));
    let value = Term::text("a path");
    stack.override_argument(handle, "/path", value);
    stack.delete_argument(handle, "/path");
}

pub(super) fn every_element(app: &mut App) {
    app.aspect(|element| {
        if element.argument("name").is_none() {
            element.set("input", Term::text("none"))
        }
    });
    everything_else(&mut app.stack("aspect"));
}

pub(super) const ALL: &[fn(&mut Scope<'_>)] = &[
    values_and_types,
    strings,
    references,
    operators,
    calls,
    for_expressions,
    elements,
    meta_arguments,
    existing,
    everything_else,
];
