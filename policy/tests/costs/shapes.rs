//! Documents that are large in one way each.

use std::fmt::Write as _;

/// A file, the folder it is in, and its text.
pub(crate) struct File {
    pub(crate) folder: String,
    pub(crate) name: String,
    pub(crate) text: String,
}

/// Files that have so many of something.
pub(crate) struct Shape {
    pub(crate) name: &'static str,
    pub(crate) count: usize,
    pub(crate) files: fn(usize) -> Vec<File>,
}

pub(crate) static SHAPES: &[Shape] = &[
    Shape { name: "blocks in one line", count: 60, files: in_one_line },
    Shape { name: "objects 100 levels deep", count: 10, files: deep },
    Shape { name: "holes in a string", count: 200, files: holes },
    Shape { name: "escapes in a string", count: 4000, files: escapes },
    Shape { name: "lines in a heredoc", count: 400, files: heredoc },
    Shape { name: "calls of a module", count: 60, files: modules },
    Shape { name: "a chain of locals", count: 200, files: chain },
    Shape { name: "statements of a policy", count: 60, files: statements },
    Shape { name: "statements with names in a document", count: 60, files: named_statements },
    Shape { name: "override files", count: 100, files: overrides },
    Shape { name: "arguments that are overridden", count: 200, files: overridden_arguments },
    Shape { name: "repeated keys", count: 400, files: repeated },
    Shape { name: "objects that are merged", count: 200, files: merged },
    Shape { name: "keys of a planned map", count: 400, files: planned },
    Shape { name: "secrets", count: 60, files: secrets },
    Shape { name: "roles with their policies by name", count: 40, files: roles },
    Shape { name: "attachments of declared policies", count: 40, files: attachments },
    Shape { name: "tasks with roles and secrets of their own", count: 30, files: tasks },
    Shape { name: "policies that nobody understands", count: 30, files: not_understood },
    Shape { name: "blocks of the native syntax", count: 400, files: native },
];

fn file(name: &str, text: String) -> File {
    File { folder: String::new(), name: name.to_owned(), text }
}

/// What is written of each number, with commas between.
fn each(count: usize, write: impl Fn(usize) -> String) -> String {
    (0..count).map(write).collect::<Vec<_>>().join(",")
}

const ALLOW: &str = r#"{\"Version\": \"2012-10-17\", \"Statement\": {\"Effect\": \"Allow\", \"Action\": \"sqs:*\", \"Resource\": \"*\"}}"#;

fn in_one_line(count: usize) -> Vec<File> {
    let policies = each(count, |index| format!(r#""p{index}": {{"policy": "{ALLOW}"}}"#));
    let functions = each(count, |index| {
        format!(r#""f{index}": {{"environment": {{"variables": {{"A": "${{local.l{index}}}"}}}}}}"#)
    });
    let locals = each(count, |index| format!(r#""l{index}": "${{var.v{index}}}""#));
    vec![file(
        "main.tf.json",
        format!(
            r#"{{"locals": {{{locals}}}, "resource": {{"aws_iam_policy": {{{policies}}}, "aws_lambda_function": {{{functions}}}}}}}"#
        ),
    )]
}

fn deep(count: usize) -> Vec<File> {
    let nested = format!("{}\"${{var.a}}\"{}", r#"{"a": "#.repeat(100), "}".repeat(100));
    let locals = each(count, |index| format!(r#""l{index}": {nested}"#));
    vec![file("main.tf.json", format!(r#"{{"locals": {{{locals}}}}}"#))]
}

fn holes(count: usize) -> Vec<File> {
    let holes = (0..count).map(|index| format!("password=${{var.v{index}}} ")).collect::<String>();
    vec![file(
        "main.tf.json",
        format!(
            r#"{{"resource": {{"aws_instance": {{"i": {{"user_data": "{holes}"}}}}}}, "output": {{"o": {{"value": "${{aws_instance.i.user_data}}"}}}}}}"#
        ),
    )]
}

fn escapes(count: usize) -> Vec<File> {
    let inner = r#"\\\"\\u00e9\\n"#.repeat(count);
    vec![file("main.tf.json", format!(r#"{{"locals": {{"a": "{{\"b\": \"{inner}\"}}"}}}}"#))]
}

fn heredoc(count: usize) -> Vec<File> {
    let lines = "    export A=\"${var.a}\" # a line\r\n".repeat(count);
    vec![file(
        "main.tf",
        format!("resource \"aws_instance\" \"i\" {{\r\n  user_data = <<-EOT\r\n{lines}  EOT\r\n}}\r\n"),
    )]
}

fn modules(count: usize) -> Vec<File> {
    let calls = (0..count)
        .map(|index| format!("module \"m{index}\" {{\n  source = \"./m\"\n  name = \"n{index}\"\n}}\n"))
        .collect();
    let called = format!(
        "variable \"name\" {{}}\nresource \"aws_iam_policy\" \"p\" {{\n  name = var.name\n  policy = \"{ALLOW}\"\n}}\n"
    );
    vec![file("main.tf", calls), File { folder: "m".to_owned(), name: "m/main.tf".to_owned(), text: called }]
}

fn chain(count: usize) -> Vec<File> {
    let locals = each(count, |index| format!(r#""l{index}": "${{local.l{}}}""#, index + 1));
    vec![file("main.tf.json", format!(r#"{{"locals": {{{locals}}}}}"#))]
}

fn statements(count: usize) -> Vec<File> {
    let statements = each(count, |index| {
        format!(
            r#"{{\"Sid\": \"S{index}\", \"Effect\": \"Allow\", \"Action\": \"sqs:*\", \"Resource\": \"arn:aws:sqs:us-east-2:111122223333:q{index}\"}}"#
        )
    });
    vec![file(
        "main.tf.json",
        format!(
            r#"{{"resource": {{"aws_iam_policy": {{"p": {{"policy": "{{\"Version\": \"2012-10-17\", \"Statement\": [{statements}]}}"}}}}}}}}"#
        ),
    )]
}

fn named_statements(count: usize) -> Vec<File> {
    let statements = each(count, |index| {
        format!(
            r#"{{"sid": "S{index}", "actions": ["sqs:SendMessage"], "resources": ["arn:aws:sqs:us-east-2:111122223333:q{index}"]}}"#
        )
    });
    vec![file(
        "main.tf.json",
        format!(r#"{{"data": {{"aws_iam_policy_document": {{"d": {{"statement": [{statements}]}}}}}}}}"#),
    )]
}

fn overrides(count: usize) -> Vec<File> {
    let queues = each(count, |index| format!(r#""q{index}": {{"name": "a"}}"#));
    let mut files =
        vec![file("main.tf.json", format!(r#"{{"resource": {{"aws_sqs_queue": {{{queues}}}}}}}"#))];
    files.extend((0..count).map(|index| {
        let text = format!(r#"{{"resource": {{"aws_sqs_queue": {{"q{index}": {{"name": "b"}}}}}}}}"#);
        file(&format!("q{index}_override.tf.json"), text)
    }));
    files
}

fn overridden_arguments(count: usize) -> Vec<File> {
    let document = |value: &str| {
        let arguments = each(count, |index| format!(r#""a{index}": "{value}""#));
        format!(r#"{{"resource": {{"aws_x": {{"y": {{{arguments}}}}}}}}}"#)
    };
    vec![file("main.tf.json", document("a")), file("override.tf.json", document("b"))]
}

fn repeated(count: usize) -> Vec<File> {
    let members =
        each(count, |index| format!(r#""resource": {{"aws_sqs_queue": {{"q": {{"name": "q{index}"}}}}}}"#));
    vec![file("main.tf.json", format!("{{{members}}}"))]
}

fn merged(count: usize) -> Vec<File> {
    let objects = each(count, |index| format!("{{ k{index} = \"a\" }}"));
    vec![file("main.tf", format!("locals {{\n  a = merge({objects})\n}}\n"))]
}

fn planned(count: usize) -> Vec<File> {
    let after = each(count, |index| format!(r#""k{index}": "a""#));
    let marks = each(count, |index| format!(r#""k{index}": false"#));
    let text = format!(
        r#"{{"format_version": "1.2", "resource_changes": [{{"mode": "managed", "type": "aws_x", "name": "y", "change":
            {{"after": {{"tags": {{{after}}}}}, "after_unknown": {{"tags": {{{marks}}}}}, "after_sensitive": {{"tags": {{{marks}}}}}}}}}],
            "configuration": {{"root_module": {{"resources": [{{"mode": "managed", "type": "aws_x", "name": "y",
            "expressions": {{"tags": {{"constant_value": {{{after}}}, "references": ["var.a"]}}}}}}]}}}}}}"#
    );
    vec![file("plan.json", text)]
}

fn secrets(count: usize) -> Vec<File> {
    let locals = each(count, |index| format!(r#""db_password_{index}": "hunter2-{index}""#));
    vec![file("main.tf.json", format!(r#"{{"locals": {{{locals}}}}}"#))]
}

fn roles(count: usize) -> Vec<File> {
    let roles = each(count, |index| format!(r#""r{index}": {{"name": "role-{index}"}}"#));
    let policies =
        each(count, |index| format!(r#""p{index}": {{"role": "role-{index}", "policy": "{ALLOW}"}}"#));
    vec![file(
        "main.tf.json",
        format!(r#"{{"resource": {{"aws_iam_role": {{{roles}}}, "aws_iam_role_policy": {{{policies}}}}}}}"#),
    )]
}

fn attachments(count: usize) -> Vec<File> {
    let mut text = String::new();
    for index in 0..count {
        let _always_ok = writeln!(
            text,
            "resource \"aws_iam_role\" \"r{index}\" {{}}\nresource \"aws_iam_policy\" \"p{index}\" {{\n  policy = \"{ALLOW}\"\n}}\n\
             resource \"aws_iam_role_policy_attachment\" \"a{index}\" {{\n  role = aws_iam_role.r{index}.name\n  \
             policy_arn = aws_iam_policy.p{index}.arn\n}}"
        );
    }
    vec![file("main.tf", text)]
}

/// Tasks, each with a role, a secret that it reads, an image that it pulls, and a policy that allows both.
fn tasks(count: usize) -> Vec<File> {
    let allowed = |index: usize| {
        format!(
            "jsonencode({{ Version = \"2012-10-17\", Statement = [\n    \
             {{ Effect = \"Allow\", Action = \"ecr:GetAuthorizationToken\", Resource = \"*\" }},\n    \
             {{ Effect = \"Allow\", Action = \"secretsmanager:GetSecretValue\", Resource = aws_secretsmanager_secret.s{index}.arn }}] }})"
        )
    };
    vec![file("main.tf", tasks_with(count, allowed))]
}

fn not_understood(count: usize) -> Vec<File> {
    vec![file("main.tf", tasks_with(count, |index| format!("data.http.policy{index}.response_body")))]
}

fn tasks_with(count: usize, policy: impl Fn(usize) -> String) -> String {
    let mut text = String::new();
    for index in 0..count {
        let policy = policy(index);
        let _always_ok = writeln!(
            text,
            "resource \"aws_iam_role\" \"r{index}\" {{\n  assume_role_policy = jsonencode({{ Version = \"2012-10-17\", Statement = \
             [{{ Effect = \"Allow\", Action = \"sts:AssumeRole\", Principal = {{ Service = \"ecs-tasks.amazonaws.com\" }} }}] }})\n}}\n\
             resource \"aws_iam_role_policy\" \"p{index}\" {{\n  role   = aws_iam_role.r{index}.id\n  policy = {policy}\n}}\n\
             resource \"aws_secretsmanager_secret\" \"s{index}\" {{\n  name = \"s{index}\"\n}}\n\
             resource \"aws_ecs_task_definition\" \"t{index}\" {{\n  execution_role_arn = aws_iam_role.r{index}.arn\n  \
             container_definitions = jsonencode([{{ name = \"a\", image = \"111122223333.dkr.ecr.us-east-2.amazonaws.com/a:v1\", \
             secrets = [{{ name = \"T\", valueFrom = aws_secretsmanager_secret.s{index}.arn }}] }}])\n}}"
        );
    }
    text
}

/// Many times more than what is read at once.
fn native(count: usize) -> Vec<File> {
    let blocks = (0..count)
        .map(|index| format!("resource \"aws_sqs_queue\" \"q{index}\" {{\n  name = \"q{index}\"\n}}\n"));
    vec![file("main.tf", blocks.collect())]
}
