//! Adds what a stack file holds to an app.

use synth_aws::ProviderDefaultTags;
use synth_core::{App, Origin, Scope, THIS};

use super::document::escaped;
use super::model::{
    Backend, BoolVariable, Construct, NumberVariable, Output, Provider, Removal, StackFile, TextVariable,
    Variable, number,
};
use super::terraform::Blocks;

/// Adds the stack, and asks its constructs for what Terraform's blocks want of them.
pub(super) fn stack(file: StackFile, blocks: &Blocks, app: &mut App) {
    let mut stack = app.stack_at(file.stack, Origin::Document("/stack".to_owned()));
    if let Some(Backend::S3(s3)) = file.backend {
        stack.backend(s3);
    }
    if let Some(provider_file) = file.provider {
        provider(provider_file, &mut stack);
    }
    for (name, one) in file.variables {
        variable(&mut stack, name, one);
    }
    // Services look at the trees that they read and at the repositories that they run: those must be there before.
    let looked_at =
        |one: &Construct| matches!(one, Construct::EcrRepository(_) | Construct::ParameterTree(_));
    let (first, then): (Vec<_>, Vec<_>) = file.constructs.into_iter().partition(|(_, one)| looked_at(one));
    for (name, one) in first.into_iter().chain(then) {
        construct(&mut stack, name, one);
    }
    for (name, Output { description, value }) in file.outputs {
        let origin = Origin::Document(format!("/outputs/{}", escaped(&name)));
        stack.add_at(name, origin, synth_core::Output::of(value).description(description));
    }
    for (from, to) in file.moved {
        stack.moved_to_address(from, to);
    }
    for (from, removal) in file.removed {
        let removal = match removal {
            Removal::Forget => synth_core::Removal::Forget,
            Removal::Destroy => synth_core::Removal::Destroy,
        };
        stack.removed(from, removal);
    }
    blocks.ask(&mut stack);
}

fn provider(provider: Provider, stack: &mut Scope<'_>) {
    let mut aws = synth_aws::Provider::new().region(provider.region);
    if !provider.default_tags.is_empty() {
        aws = aws.default_tags(ProviderDefaultTags::new().tags(provider.default_tags));
    }
    aws.configure_at(THIS, Origin::Document("/provider".to_owned()), stack);
}

fn variable(stack: &mut Scope<'_>, name: String, variable: Variable) {
    let at = |kind: &str| Origin::Document(format!("/variables/{}/{kind}", escaped(&name)));
    match variable {
        Variable::String(text) => text_variable(stack, name.clone(), at("string"), text),
        Variable::Number(NumberVariable { description, default, one_of, whole }) => {
            let mut variable = synth_core::Variable::new().description(description);
            if let Some(default) = default {
                variable = variable.default(number(default));
            }
            if !one_of.is_empty() {
                variable = variable.one_of(one_of.into_iter().map(number));
            }
            if let Some(range) = whole {
                variable = variable.whole(range.from, range.to);
            }
            stack.add_at(name.clone(), at("number"), variable);
        }
        Variable::Bool(BoolVariable { description, default }) => {
            let mut variable = synth_core::Variable::<bool>::new().description(description);
            if let Some(default) = default {
                variable = variable.default(default);
            }
            stack.add_at(name.clone(), at("bool"), variable);
        }
    }
}

fn text_variable(stack: &mut Scope<'_>, name: String, origin: Origin, text: TextVariable) {
    let TextVariable { description, default, one_of, pattern, sensitive, ephemeral } = text;
    let mut variable = synth_core::Variable::<String>::new().description(description);
    if !one_of.is_empty() {
        variable = variable.one_of(one_of);
    }
    if let Some(pattern) = pattern {
        variable = variable.pattern(pattern.matches, pattern.message);
    }
    match (ephemeral, sensitive, default) {
        (true, _, _) => {
            stack.add_at(name, origin, variable.ephemeral());
        }
        (false, true, _) => {
            stack.add_at(name, origin, variable.sensitive());
        }
        (false, false, Some(default)) => {
            stack.add_at(name, origin, variable.default(default));
        }
        (false, false, None) => {
            stack.add_at(name, origin, variable);
        }
    }
}

fn construct(stack: &mut Scope<'_>, name: String, construct: Construct) {
    let at = |kind: &str| Origin::Document(format!("/constructs/{}/{kind}", escaped(&name)));
    match construct {
        Construct::Alarm(alarm) => {
            stack.add_at(name.clone(), at("alarm"), alarm);
        }
        Construct::AppRunnerConnection(connection) => {
            stack.add_at(name.clone(), at("app_runner_connection"), connection);
        }
        Construct::AppRunnerService(service) => {
            stack.add_at(name.clone(), at("app_runner_service"), *service);
        }
        Construct::EcrRepository(repository) => {
            stack.add_at(name.clone(), at("ecr_repository"), repository);
        }
        Construct::ExistingEcrRepository(repository) => {
            stack.add_at(name.clone(), at("existing_ecr_repository"), repository);
        }
        Construct::GithubProvider(provider) => {
            stack.add_at(name.clone(), at("github_provider"), provider);
        }
        Construct::LogGroup(group) => {
            stack.add_at(name.clone(), at("log_group"), group);
        }
        Construct::Parameter(parameter) => {
            stack.add_at(name.clone(), at("parameter"), parameter);
        }
        Construct::ParameterTree(tree) => {
            stack.add_at(name.clone(), at("parameter_tree"), tree);
        }
        Construct::Role(role) => {
            stack.add_at(name.clone(), at("role"), role);
        }
        Construct::Secret(secret) => {
            stack.add_at(name.clone(), at("secret"), secret);
        }
        Construct::User(user) => {
            stack.add_at(name.clone(), at("user"), user);
        }
    }
}
