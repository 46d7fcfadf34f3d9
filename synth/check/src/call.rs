//! Judges calls of functions: whether they exist, and what they are given.

use crate::check::Checker;
use crate::context::Context;
use crate::convert;
use crate::expression::{Call, Expression};
use crate::finding::Rule;
use crate::inferred::{Inferred, Sensitive};
use crate::schema::{Element, Form, Function, Parameter};
use crate::suggest;
use crate::types::Type;
use crate::value;

impl<'a> Checker<'a> {
    /// Judges a call of a function, and gives its type.
    pub(crate) fn call(&mut self, call: &Call<'a>, context: &mut Context<'a>) -> Inferred<'a> {
        let mut whole = Inferred::from(Type::Any);
        let function = self.function(call, context);
        let tolerates = matches!(call.name, "try" | "can");
        context.tolerant += u32::from(tolerates);
        for (place, argument) in call.arguments.iter().enumerate() {
            let parameter = function.and_then(|function| function.parameter(place));
            let any = parameter.is_some_and(|parameter| matches!(parameter.of().form(), Form::Any));
            if any && !matches!(argument, Expression::Null) {
                self.untyped(argument, &mut whole, context);
                continue;
            }
            let of = whole.take(self.infer(argument, context));
            // An expanded argument stands for several.
            let expands = call.expands && place + 1 == call.arguments.len();
            if let Some(parameter) = parameter.filter(|_| !expands) {
                self.given(call, parameter, argument, &of, context);
            }
        }
        context.tolerant -= u32::from(tolerates);
        whole.of = function.map_or(Type::Any, |function| Type::Schema(function.gives()).open());
        match call.name {
            "ephemeralasnull" => whole.ephemeral = false,
            "nonsensitive" | "issensitive" => whole.sensitive = Sensitive::Nothing,
            "sensitive" => whole.sensitive = Sensitive::Whole,
            // The elements of a set are its keys, and text has no parts.
            "toset" => whole.hide(whole.sensitive == Sensitive::Part),
            _ if matches!(whole.of, Type::Text) => whole.hide(whole.sensitive == Sensitive::Part),
            // Some give what is in the parts, as `merge`, some do not, as `keys`.
            _ => whole.leave(),
        }
        whole
    }

    /// Judges what a function is given at a place.
    fn given(
        &mut self,
        call: &Call<'a>,
        parameter: Parameter<'a>,
        argument: &Expression<'a>,
        of: &Type<'a>,
        context: &Context<'a>,
    ) {
        if context.tolerant > 0 {
            return;
        }
        let needs = Type::Schema(parameter.of());
        let why = match (of, argument) {
            (Type::Null, _) if !parameter.takes_null() => Some("null cannot be given".to_owned()),
            (_, Expression::Text(text)) => {
                value::literal(text, &needs).or_else(|| convert::refusal(of, &needs))
            }
            _ => convert::refusal(of, &needs),
        };
        if let Some(why) = why {
            let message = format!("`{}` of `{}`: {why}", parameter.name(), call.name);
            self.report_in(call.at, Rule::FunctionArguments, message, None, context);
        }
    }

    /// The function that is called; reports one that does not exist, and a wrong number of arguments.
    fn function(&mut self, call: &Call<'a>, context: &Context<'a>) -> Option<Function<'a>> {
        let function = match call.name.strip_prefix("provider::") {
            Some(name) => self.provider_function(name, call, context)?,
            None => self.own_function(call, context)?,
        };
        let (fewest, most) = function.arity();
        let found = call.arguments.len();
        let too_few = found < fewest && !call.expands;
        if too_few || most.is_some_and(|most| found > most) {
            let wanted = match most {
                Some(most) => format!("{most}"),
                None => format!("at least {fewest}"),
            };
            let message = format!("`{}` takes {wanted} arguments, found {found}", call.name);
            self.report_in(call.at, Rule::FunctionArguments, message, None, context);
        }
        Some(function)
    }

    fn own_function(&mut self, call: &Call<'a>, context: &Context<'a>) -> Option<Function<'a>> {
        if let Some(known) = self.functions.get(call.name) {
            return Some(*known);
        }
        let schemas = self.module.providers.schemas;
        let found = schemas.function(call.name);
        match found {
            Some(function) => drop(self.functions.insert(call.name, function)),
            None => {
                let message = format!("there is no function `{}`", call.name);
                let help = suggest::help(call.name, schemas.functions());
                self.report_in(call.at, Rule::UnknownFunction, message, help, context);
            }
        }
        found
    }

    fn provider_function(
        &mut self,
        name: &'a str,
        call: &Call<'a>,
        context: &Context<'a>,
    ) -> Option<Function<'a>> {
        let (provider, function) = name.split_once("::")?;
        let providers = &self.module.providers;
        if !providers.requires(provider) && provider != "terraform" {
            let message = format!("`{provider}` is not written in `required_providers`");
            let help = format!("write `terraform.required_providers.{provider}` with its source");
            self.report_in(call.at, Rule::UndeclaredReference, message, Some(help), context);
            return None;
        }
        let known = providers.provider(provider)?;
        let found = known.function(function);
        if found.is_none() {
            let message = format!("the provider `{provider}` has no function `{function}`");
            let help = suggest::help(function, known.names(Element::Function));
            self.report_in(call.at, Rule::UnknownFunction, message, help, context);
        }
        found
    }
}
