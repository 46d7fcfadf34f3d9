//! Stack files: plain, empty, unknown and hostile.

#![expect(clippy::panic, clippy::unwrap_used, reason = "tests fail by panicking")]

use proptest::prelude::*;
use synth::stack_file::{Mistake, resolve};

fn mistakes(text: &str) -> Vec<Mistake> {
    resolve("s.yaml", text).unwrap_err().0
}

fn only(text: &str) -> Mistake {
    <[Mistake; 1]>::try_from(mistakes(text)).unwrap_or_else(|mistakes| panic!("{mistakes:#?}"))[0].clone()
}

const JSON: &str = r#"{
	"stack": "s",
	"variables": { "token": { "string": { "description": "a token", "sensitive": true } } },
	"constructs": {
		"token": { "secret": { "name": "s/token", "value": "${var.token}" } },
		"logs": { "log_group": { "name": "/s/$${literal}", "retention_days": 7 } }
	},
	"outputs": { "logs": { "description": "the logs", "value": "arn ${logs.arn}" } }
}"#;

const YAML: &str = "
stack: s
outputs:
  logs: { description: the logs, value: 'arn ${logs.arn}' }
variables:
  token: { string: { description: a token, sensitive: true } }
constructs:
  logs: { log_group: { name: '/s/$${literal}', retention_days: 7 } }
  token: { secret: { name: s/token, value: '${var.token}' } }
";

#[test]
fn json_and_yaml_in_any_order_give_the_same_bytes() {
    assert_eq!(resolve("s.json", JSON).unwrap(), resolve("s.yaml", YAML).unwrap());
}

#[test]
fn an_empty_file_is_refused() {
    assert_eq!(only("").message, "the file is empty");
    assert_eq!(only("# nothing\n").message, "the file is empty");
    assert_eq!(only("{}").message, "`stack` is missing");
}

#[test]
fn text_that_is_no_yaml_names_the_place() {
    let mistake = only("stack: s\nconstructs: [}\n");
    assert_eq!((mistake.line, mistake.file.as_str()), (2, "s.yaml"));
}

#[test]
fn a_key_twice_is_refused() {
    assert_eq!(only("stack: s\nstack: t\n").line, 2);
}

#[test]
fn two_documents_are_refused() {
    assert_eq!(only("stack: s\n---\nstack: t\n").message, "the file holds more than one YAML document");
}

#[test]
fn an_unknown_property_is_found_with_what_was_meant() {
    let mistake = only(
        "stack: s\nconstructs:\n  logs:\n    log_group: { name: /a, retention_day: 7, retention_days: 7 }\n",
    );
    assert_eq!(mistake.pointer, "/constructs/logs/log_group/retention_day");
    assert_eq!((mistake.line, mistake.column), (4, 28));
    assert_eq!(mistake.help.unwrap(), "did you mean `retention_days`?");
}

#[test]
fn an_unknown_kind_lists_those_there_are() {
    let mistake = mistakes("stack: s\nconstructs:\n  db:\n    oracle_database: {}\n").remove(0);
    assert_eq!(mistake.message, "`oracle_database` is not known here");
    assert!(mistake.help.unwrap().contains("app_runner_service"));
}

#[test]
fn an_unknown_name_points_at_the_text_that_has_it() {
    let mistake = only(
        "stack: s\noutputs:\n  a: { description: a, value: 'x ${logz.arn}' }\nconstructs:\n  logs: { log_group: { name: /a, retention_days: 7 } }\n",
    );
    assert_eq!(mistake.pointer, "/outputs/a/value");
    assert_eq!(mistake.message, "there is no construct named `logz`");
    assert_eq!(mistake.help.unwrap(), "did you mean `logs`?");
}

#[test]
fn an_unknown_attribute_lists_those_there_are() {
    let mistake = only(
        "stack: s\noutputs:\n  a: { description: a, value: '${logs.url}' }\nconstructs:\n  logs: { log_group: { name: /a, retention_days: 7 } }\n",
    );
    assert_eq!(mistake.message, "`s/logs`, of kind `log_group`, offers no `url`");
    assert_eq!(mistake.help.unwrap(), "there are: arn, name");
}

#[test]
fn a_construct_of_another_kind_is_refused() {
    let text = "stack: s\nconstructs:\n  logs: { log_group: { name: /a, retention_days: 7 } }\n  \
        alarm: { alarm: { name: a, above: { count: 1 }, minutes: 1, metric: { app_runner: { service: logs, name: Requests } } } }\n";
    assert_eq!(only(text).message, "`logs` is of kind `log_group`, where a `app_runner_service` is needed");
}

#[test]
fn a_plain_variable_cannot_be_a_secret() {
    let text = "stack: s\nvariables:\n  t: { string: { description: t } }\nconstructs:\n  \
        t: { secret: { name: s, value: '${var.t}' } }\n";
    assert_eq!(only(text).message, "variable `t` is not sensitive, and a secret is needed here");
}

/// A service that reads one key of a secret.
fn reading(key: &str) -> String {
    format!(
        "stack: s\nvariables:\n  p: {{ string: {{ description: p, ephemeral: true }} }}\nconstructs:\n  \
         login: {{ secret: {{ name: login, json: {{ user: {{ plain: shop }}, password: {{ secret: '${{var.p}}' }} }} }} }}\n  \
         api:\n    app_runner_service:\n      name: shop\n      size: {{ cpu: 1, memory_gb: 2 }}\n      \
         source: {{ ecr: {{ image: 'i:1', repository_arn: 'arn:x', port: 80 }} }}\n      secrets: {{ P: {key} }}\n"
    )
}

#[test]
fn a_key_of_a_secret_is_read_by_its_name() {
    let document = resolve("s.yaml", &reading("login.password")).unwrap().remove(0);
    assert!(document.json.contains("${aws_secretsmanager_secret.login.arn}:password::"), "{}", document.json);
}

#[test]
fn a_key_that_a_secret_has_not_lists_those_there_are() {
    let mistake = only(&reading("login.connection_string"));
    assert_eq!(mistake.message, "`s/login`, of kind `secret`, has no key `connection_string`");
    assert_eq!(mistake.help.unwrap(), "there are: password, user");
    assert_eq!(mistake.pointer, "/constructs/api/app_runner_service/secrets/P");
}

#[test]
fn a_threshold_of_another_kind_than_the_metric_is_refused() {
    let service = reading("login.password");
    let alarm = |threshold: &str| {
        let metric = "metric: { app_runner: { service: api, name: RequestLatency } }";
        format!("{service}  slow: {{ alarm: {{ name: slow, minutes: 1, {threshold}, {metric} }} }}\n")
    };
    let mistake = only(&alarm("above: { gigabytes: 5 }"));
    assert_eq!(mistake.message, "`RequestLatency` is not counted in what the threshold is");
    assert_eq!(mistake.help.unwrap(), "write `milliseconds` or `seconds`");
    let both = only(&alarm("above: { seconds: 5 }, below: { seconds: 1 }"));
    assert_eq!(both.message, "an alarm has one threshold");
    let document = resolve("s.yaml", &alarm("above: { seconds: 1.5 }")).unwrap().remove(0);
    assert!(document.json.contains("\"threshold\": 1500,"), "{}", document.json);
}

/// A service of an image, its parameter, and the user that deploys it.
const DEPLOYED: &str = "
stack: s
constructs:
  images: { ecr_repository: { name: shop, mutable_tags: true } }
  level: { parameter: { name: /shop/level, value: { plain: info } } }
  api:
    app_runner_service:
      name: shop
      source: { repository: { name: images, tag: latest, port: 80 } }
      size: { cpu: 1, memory_gb: 2 }
      auto_deploy: true
      parameters: { LEVEL: level }
  deploy: { user: { name: deploy, may: { push_to: [images], deploy: [api] } } }
";

#[test]
fn whoever_deploys_may_do_that_to_those_it_names() {
    let document = resolve("s.yaml", DEPLOYED).unwrap().remove(0).json;
    for part in [
        "apprunner:StartDeployment\\\"], \\\"Effect\\\" = \\\"Allow\\\", \\\"Resource\\\" = [aws_apprunner_service.api.arn]",
        "ecr:UploadLayerPart\\\"], \\\"Effect\\\" = \\\"Allow\\\", \\\"Resource\\\" = [aws_ecr_repository.images.arn]",
        "\"LEVEL\": \"${aws_ssm_parameter.level.arn}\"",
    ] {
        assert!(document.contains(part), "{part} is not in {document}");
    }
}

/// A function's secret, its log group, and the role that may use both.
const FUNCTION: &str = "
stack: s
constructs:
  token: { secret: { name: s/token } }
  logs: { log_group: { name: /aws/lambda/s, retention_days: 30 } }
  role: { role: { name: s, trust: { service: lambda.amazonaws.com }, may: { read: [token], write_logs_to: [logs] } } }
";

#[test]
fn a_role_may_read_the_secrets_and_write_to_the_log_groups_that_it_names() {
    let document = resolve("s.yaml", FUNCTION).unwrap().remove(0).json;
    for part in [
        "secretsmanager:GetSecretValue\\\"], \\\"Effect\\\" = \\\"Allow\\\", \\\"Resource\\\" = [aws_secretsmanager_secret.token.arn]",
        "logs:PutLogEvents\\\"], \\\"Effect\\\" = \\\"Allow\\\", \\\"Resource\\\" = [\\\"${aws_cloudwatch_log_group.logs.arn}:*\\\"]",
    ] {
        assert!(document.contains(part), "{part} is not in {document}");
    }
}

#[test]
fn what_a_role_reads_must_be_a_secret_of_the_stack() {
    let mistake = only(&FUNCTION.replace("read: [token]", "read: [logs]"));
    assert_eq!(mistake.line, 6, "{mistake:?}");
    let mistake = only(&FUNCTION.replace("read: [token]", "read: [tokn]"));
    assert!(mistake.to_string().contains("token"), "{mistake}");
}

#[test]
fn what_services_look_at_may_stand_after_them() {
    let immutable = DEPLOYED.replace(", mutable_tags: true", "");
    let message = "a new image is never deployed by itself: tags of its repository never move";
    assert_eq!(only(&immutable).message, message);
    let missing = DEPLOYED.replace("parameters: { LEVEL: level }", "parameter_trees: [levels]");
    assert_eq!(only(&missing).message, "there is no parameter tree named `levels`");
}

#[test]
fn constructs_in_a_circle_are_refused_with_every_line() {
    let text = "stack: s\nconstructs:\n  logs: { log_group: { name: 'a-${token.name}', retention_days: 7 } }\n  \
        token: { secret: { name: 'b-${logs.name}' } }\n";
    let mistake = only(text);
    assert_eq!(mistake.line, 3);
    let lines = "(`s/logs` is on line 3) (`s/token` is on line 4)";
    assert_eq!(
        mistake.message,
        format!("elements need each other in a circle: s/logs → s/token → s/logs {lines}")
    );
}

#[test]
fn a_secret_in_the_wrong_place_is_not_repeated() {
    for text in [
        "stack: s\nconstructs:\n  t: { secret: { name: s, value: ghp_0123456789abcdefghijklmnopqrstuvwxyz } }\n",
        "stack: s\nconstructs:\n  a: { alarm: { name: a, above: { count: 1 }, minutes: 1, metric: { app_runner: { service: x, name: ghp_0123456789abcdefghijklmnopqrstuvwxyz } } } }\n",
        "stack: [ghp_0123456789abcdefghijklmnopqrstuvwxyz]\n",
    ] {
        let said = resolve("s.yaml", text).unwrap_err().to_string();
        assert!(!said.contains("ghp_"), "{said}");
    }
}

#[test]
fn hostile_files_are_refused_quickly() {
    let deep = format!("stack: {}{}", "[".repeat(100_000), "]".repeat(100_000));
    assert!(only(&deep).message.contains("deep"));
    let indented: String = (0..3_000).map(|level| format!("{}a:\n", " ".repeat(level))).collect();
    assert!(!mistakes(&indented).is_empty());
    let laughs = "a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]\n\
        d: &d [*c,*c,*c,*c,*c,*c,*c,*c,*c]\ne: &e [*d,*d,*d,*d,*d,*d,*d,*d,*d]\nf: &f [*e,*e,*e,*e,*e,*e,*e,*e,*e]\n\
        g: &g [*f,*f,*f,*f,*f,*f,*f,*f,*f]\nh: &h [*g,*g,*g,*g,*g,*g,*g,*g,*g]\nstack: s\n";
    assert!(!mistakes(laughs).is_empty());
}

proptest! {
    #[test]
    fn any_text_is_a_stack_or_a_mistake_with_a_line(text in "[a-z:{}\\[\\],&*!|>#\"'$ \\n-]{0,80}") {
        if let Err(mistakes) = resolve("s.yaml", &text) {
            prop_assert!(mistakes.0.iter().all(|mistake| mistake.line >= 1 && mistake.column >= 1));
        }
    }

    #[test]
    fn any_change_of_a_stack_is_read_or_refused(at in 0_usize..600, with in "[a-z:{}\\[\\]\"'$\\n0-9 -]") {
        let mut text: Vec<char> = YAML.chars().collect();
        let at = at % text.len();
        text.splice(at..=at, with.chars());
        let _ = resolve("s.yaml", &text.into_iter().collect::<String>());
    }
}
