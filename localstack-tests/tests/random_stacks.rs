//! Any stack that synth writes is accepted by terraform: random stacks, many to one `terraform validate`.
//! `SYNTH_STACKS=1000` asks about more of them.

mod synthesized;

use localstack_tests::Failure;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use serde_json::json;
use synth::{
    App, Check, Lifecycle, List, Local, LogGroup, Map, MetaArguments, Number, Output, Provisioner, Ref, Role,
    Scope, Secret, Set, TerraformData, Value, Variable, concat, conditional, functions, resolve,
};

/// One thing that is added to a stack; the numbers choose among what is there already.
#[derive(Clone, Debug)]
enum Addition {
    TextVariable(String),
    NumberVariable(i32),
    SecretVariable,
    TextLocal(usize, String),
    Data(usize, usize),
    Counted(usize, u8),
    Keyed(Vec<String>),
    LogGroup(String),
    Secret(usize),
    RoleWithGrants(usize),
    Conditions(usize),
    Output(usize),
    Encoded(usize, Vec<(String, String)>),
    Provisioned(usize),
    Nested(String, Vec<Addition>),
}

fn text() -> impl Strategy<Value = String> {
    prop_oneof![3 => r#"[a-z$%{}"\\ ]{0,10}"#, 1 => "\\PC{0,6}"]
}

fn additions() -> impl Strategy<Value = Vec<Addition>> {
    let n = 0_usize..100;
    let step = prop_oneof![
        text().prop_map(Addition::TextVariable),
        any::<i32>().prop_map(Addition::NumberVariable),
        Just(Addition::SecretVariable),
        (n.clone(), text()).prop_map(|(of, text)| Addition::TextLocal(of, text)),
        (n.clone(), n.clone()).prop_map(|(a, b)| Addition::Data(a, b)),
        (n.clone(), 0_u8..4).prop_map(|(of, count)| Addition::Counted(of, count)),
        prop::collection::btree_set(text(), 0..4)
            .prop_map(|keys| Addition::Keyed(keys.into_iter().collect())),
        "[a-z/]{1,8}".prop_map(Addition::LogGroup),
        n.clone().prop_map(Addition::Secret),
        n.clone().prop_map(Addition::RoleWithGrants),
        n.clone().prop_map(Addition::Conditions),
        n.clone().prop_map(Addition::Output),
        (n.clone(), prop::collection::btree_map(text(), text(), 0..4))
            .prop_map(|(of, map)| Addition::Encoded(of, map.into_iter().collect())),
        n.prop_map(Addition::Provisioned),
    ];
    let nested = step.prop_recursive(2, 12, 4, |inner| {
        (text(), prop::collection::vec(inner, 0..4)).prop_map(|(id, steps)| Addition::Nested(id, steps))
    });
    prop::collection::vec(nested, 0..16)
}

/// What later steps can refer to.
#[derive(Default)]
struct Known {
    added: usize,
    texts: Vec<Ref<String>>,
    numbers: Vec<Ref<Number>>,
}

impl Known {
    /// An id that nothing has yet, with characters that Terraform's names cannot have.
    fn id(&mut self) -> String {
        self.added += 1;
        let odd = ["", ".b", " c", "_", "é", "__d", "-"];
        format!("{}{}", odd.get(self.added % odd.len()).unwrap_or(&""), self.added)
    }

    fn text(&self, at: usize) -> Value<String> {
        match self.texts.get(at % self.texts.len().max(1)) {
            Some(reference) => reference.into(),
            None => "nothing ${yet}".into(),
        }
    }

    fn number(&self, at: usize) -> Value<Number> {
        match self.numbers.get(at % self.numbers.len().max(1)) {
            Some(reference) => reference.into(),
            None => 7.into(),
        }
    }
}

struct Group<'s>(&'s [Addition], &'s mut Known);

impl synth::Construct for Group<'_> {
    type Handle = ();

    fn build(self, place: synth::Place<'_, '_>) {
        let mut scope = place.construct("group");
        build(&mut scope, self.0, self.1);
    }
}

fn build(scope: &mut Scope<'_>, additions: &[Addition], known: &mut Known) {
    for addition in additions {
        let id = known.id();
        match addition.clone() {
            Addition::TextVariable(default) => {
                let variable = Variable::new().default(default.clone()).description(default);
                known.texts.push(scope.add(id, variable.pattern("^.*$", "anything")));
            }
            Addition::NumberVariable(default) => {
                let variable = Variable::<Number>::new().default(default).one_of([default, 1]);
                known.numbers.push(scope.add(id, variable));
            }
            Addition::SecretVariable => {
                let secret = scope.add(id.clone(), Variable::<String>::new().sensitive());
                scope.add(id, Output::of_sensitive(secret));
            }
            Addition::TextLocal(of, text) => {
                let value = concat([text.as_str().into(), known.text(of), text.as_str().into()]);
                known.texts.push(scope.add(id, Local::of(value)));
            }
            Addition::Data(a, b) => {
                let larger = known.number(a).above(known.number(b));
                let value = conditional(larger, known.text(a), known.text(b));
                let data = scope.add(id, TerraformData::new().input::<String>(value));
                known.texts.push(data.output::<String>());
            }
            Addition::Counted(of, count) => {
                let input = known.text(of);
                let many = scope.add_count(id, count, |index| {
                    let numbered = concat([input, functions::tostring(index)]);
                    TerraformData::new()
                        .input::<String>(numbered)
                        .lifecycle(Lifecycle::new().ignore_changes("input"))
                });
                let all: Value<List<String>> = many.all(|data| data.output::<String>()).into();
                let id = known.id();
                scope.add(id, Output::of(all));
            }
            Addition::Keyed(keys) => {
                let keys: Value<Set<String>> = keys.into();
                let many =
                    scope.add_for_each(id, keys, |each| TerraformData::new().input::<String>(each.value()));
                let id = known.id();
                scope.add(id, Output::of(many.all(|data| data.id())));
            }
            // What a name may be is the provider's own code, not its schema.
            Addition::LogGroup(name) => {
                known.texts.push(scope.add(id, LogGroup::new(name, 7)).arn());
            }
            Addition::Secret(of) => {
                let value = Ref::<String>::of(known.text(of).into_term()).sensitive();
                known.texts.push(
                    scope.add(id, Secret::new("secret").description(known.text(of)).value(value)).name(),
                );
            }
            Addition::RoleWithGrants(of) => {
                let role = scope.add(id, Role::of_service("role", "tasks.apprunner.amazonaws.com"));
                let id = known.id();
                let logs = scope.add(id, LogGroup::new("/a/log-group", known.number(of)));
                scope.grant(logs.grant_write(&role));
                known.texts.push(role.arn());
            }
            // A condition must refer to something.
            Addition::Conditions(_) if known.texts.is_empty() => {}
            Addition::Conditions(of) => {
                let holds = || known.text(of).differs("never");
                let data =
                    TerraformData::new().precondition(holds(), "it is never").postcondition(holds(), "again");
                scope.add(id.clone(), data);
                scope.add(id, Check::that(holds(), "still"));
            }
            Addition::Output(of) => {
                scope.add(id, Output::of::<String>(known.text(of)).description("${not} a template"))
            }
            Addition::Encoded(of, map) => {
                let mut map: Vec<(String, Value<String>)> =
                    map.into_iter().map(|(key, value)| (key, value.into())).collect();
                map.push(("the last".to_owned(), known.text(of)));
                let map: Value<Map<String>> = map.into_iter().collect();
                scope.add(id, Output::of(functions::jsonencode(map)));
            }
            Addition::Provisioned(of) => {
                let run =
                    Provisioner::local_exec("true").environment("WORD", known.text(of)).when_destroyed();
                let run = if known.texts.is_empty() { run } else { Provisioner::local_exec(known.text(of)) };
                scope.add(id, TerraformData::new().provisioner(run));
            }
            Addition::Nested(id_part, steps) => scope.add(format!("{id}{id_part}"), Group(&steps, known)),
        }
    }
}

#[test]
fn random_stacks_are_valid() -> Result<(), Failure> {
    let count: usize = std::env::var("SYNTH_STACKS").ok().and_then(|count| count.parse().ok()).unwrap_or(100);
    let mut runner = TestRunner::deterministic();
    let mut modules = serde_json::Map::new();
    let mut stacks = Vec::new();
    for number in 0..count {
        let additions = additions().new_tree(&mut runner).map_err(|reason| reason.to_string())?.current();
        let mut app = App::new();
        build(&mut app.stack("s"), &additions, &mut Known::default());
        let json = resolve(app).map_err(|problems| format!("{problems}\n{additions:#?}"))?.remove(0).json;
        let secrets = without_default(&json);
        let mut call = json!({ "source": format!("./stack{number}") });
        for name in secrets {
            call[name] = json!("a secret");
        }
        modules.insert(format!("stack{number}"), call);
        stacks.push(json);
    }
    let root = json!({ "module": modules, "provider": { "aws": { "region": "us-east-1" } } }).to_string();

    let files: Vec<(String, String)> = stacks
        .into_iter()
        .enumerate()
        .map(|(number, json)| (format!("stack{number}/main.tf.json"), json))
        .collect();
    let files: Vec<(&str, &str)> = files.iter().map(|(path, json)| (path.as_str(), json.as_str())).collect();
    synthesized::validate("random-stacks", &root, &files)
}

/// The variables without a default, which the caller has to give.
fn without_default(json: &str) -> Vec<String> {
    let document: serde_json::Value = serde_json::from_str(json).unwrap_or_default();
    let variables =
        document.get("variable").and_then(serde_json::Value::as_object).cloned().unwrap_or_default();
    variables
        .into_iter()
        .filter(|(_, variable)| variable.get("default").is_none())
        .map(|(name, _)| name)
        .collect()
}
