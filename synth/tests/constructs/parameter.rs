//! Parameters, and the environment variables that are made of them.

use synth::app_runner::Size;
use synth::{Parameter, ParameterTree, Variable};

use super::{Service, document, image, policy, problems, refusal, service};

#[test]
fn a_secret_parameter_is_encrypted_and_write_only() {
    let document = document(|stack| {
        let token = stack.add("token", Variable::<String>::new().ephemeral());
        stack.add("token", Parameter::secret("/shop/token", token).value_version(2));
        stack.add("level", Parameter::plain("level", "info"));
    });
    let parameters = &document["resource"]["aws_ssm_parameter"];
    assert_eq!(parameters["token"]["type"], "SecureString");
    assert_eq!(parameters["token"]["value_wo"], "${var.token}");
    assert_eq!(parameters["token"]["value_wo_version"], 2);
    assert_eq!(parameters["level"]["insecure_value"], "info");
}

#[test]
fn every_parameter_of_a_tree_is_the_variable_of_its_name() {
    let document = document(|stack| {
        let token = stack.add("token", Variable::<String>::new().ephemeral());
        let tree = ParameterTree::under("/shop/staging")
            .plain("backend-server-url", "https://x")
            .secret("token", token);
        let tree = stack.add("runtime", tree);
        stack.add("api", Service::new("shop-api", image(), Size::new(1, 2)).parameters(tree));
    });
    let parameters = &document["resource"]["aws_ssm_parameter"];
    assert_eq!(parameters["runtime__backend-server-url"]["name"], "/shop/staging/backend-server-url");
    let service = document["resource"]["aws_apprunner_service"]["api"].to_string();
    assert!(
        service.contains("\"BACKEND_SERVER_URL\":\"${aws_ssm_parameter.runtime__backend-server-url.arn}\""),
        "{service}"
    );
    let policy = policy(&document, "api__instance");
    assert!(policy.contains("[\"ssm:GetParameter\", \"ssm:GetParameters\"]"), "{policy}");
    assert!(
        policy.contains(
            "[aws_ssm_parameter.runtime__backend-server-url.arn, aws_ssm_parameter.runtime__token.arn]"
        ),
        "{policy}"
    );
}

#[test]
fn an_empty_tree_gives_no_variables() {
    let document = document(|stack| {
        let tree = stack.add("runtime", ParameterTree::under("/shop"));
        stack.add("api", service("shop-api").parameters(tree));
    });
    assert!(!document.to_string().contains("runtime_environment_secrets"));
}

#[test]
fn names_that_systems_manager_has_not_are_refused() {
    let refused = |name: &str| {
        refusal(|stack| {
            stack.add("p", Parameter::plain(name, "x"));
        })
    };
    for name in ["", "a b", "/a//b", "/a/", "ä"] {
        assert_eq!(refused(name), format!("`{name}` cannot be a parameter's name"));
    }
    assert_eq!(refused("/aws/x"), "`/aws/x` begins with a word that is AWS's own");
    assert_eq!(refused("Ssm-x"), "`Ssm-x` begins with a word that is AWS's own");
    assert_eq!(refused("a/b"), "`a/b` has levels, and does not begin with `/`");
    let deep = "/a".repeat(16);
    assert_eq!(refused(&deep), format!("`{deep}` has 16 levels, and a parameter has at most 15"));
}

#[test]
fn values_that_systems_manager_has_not_are_refused() {
    let refused = |value: String| {
        refusal(|stack| {
            stack.add("p", Parameter::plain("p", value));
        })
    };
    assert_eq!(refused(String::new()), "a parameter's value cannot have 0 characters");
    assert_eq!(refused("x".repeat(4097)), "a parameter's value cannot have 4097 characters");
}

#[test]
fn parameters_that_would_share_a_variable_are_refused() {
    let found = problems(|stack| {
        let tree = ParameterTree::under("/shop/").plain("a-b", "x").plain("a_b", "x").plain("1a", "x");
        stack.add("runtime", tree);
    });
    let messages: Vec<&str> = found.iter().map(|problem| problem.message.as_str()).collect();
    assert!(messages.contains(&"`a-b` and `a_b` are both the environment variable `A_B`"), "{messages:?}");
    assert!(messages.contains(&"`1A` cannot be an environment variable"), "{messages:?}");
    assert!(messages.contains(&"a path begins with `/`, and does not end with one"), "{messages:?}");
}
