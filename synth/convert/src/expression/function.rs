//! Calls of functions.

use hcl_edit::expr::{Expression, FuncCall};
use synth_bindings::{Function, Parameter};

use super::collection::{listed, uniform};
use super::signature::{Bound, Pattern};
use super::{Code, Form, Mark, Said, Speaker, Unsayable, unsayable};
use crate::rust::Rust;
use crate::types::Type;

/// The longest tuple that stands for any number of values.
const TUPLE: usize = 8;

/// A converted argument, or several for the last parameter.
enum Given<'a> {
    One(Code<'a>),
    Several(Vec<Code<'a>>),
    /// `list...`
    Spread(Code<'a>),
}

impl<'a> Speaker<'_, 'a> {
    pub(super) fn call(&mut self, call: &FuncCall, wanted: &Type<'a>) -> Said<'a> {
        let name = call.name.name.as_str();
        let arguments: Vec<&Expression> = call.args.iter().collect();
        if call.name.is_namespaced() && call.name.namespace.iter().map(|word| word.as_str()).ne(["core"]) {
            return unsayable("a function of a provider");
        }
        let Some(function) = self.environment.function(name) else {
            return unsayable(format!("`{name}` is no function that is known"));
        };
        match (name, arguments.as_slice()) {
            // Leaving the default out is deprecated, and means the same.
            ("lookup", [map, key]) => {
                let map = self.say(map, &Type::map(wanted.clone()))?;
                let key = self.say(key, &Type::Text)?;
                let (of, mark) = (map.of.item(), map.mark.max(key.mark));
                let map = map.claimed(Type::map(of.clone())).into_value();
                return Ok(Code::value(map.method("key", [key.accepted(&Type::Text)]), of, mark));
            }
            ("nonsensitive" | "sensitive", [inner]) => return self.marking(name, inner, wanted),
            ("ephemeralasnull", _) => return unsayable("a value that is no longer ephemeral"),
            _ => {}
        }
        self.called(&function, &arguments, call.args.expand_final(), wanted)
    }

    fn called(
        &mut self,
        function: &Function,
        arguments: &[&Expression],
        spread: bool,
        wanted: &Type<'a>,
    ) -> Said<'a> {
        let last = function.parameters.last();
        let is_variadic = matches!(last, Some(Parameter::Values(_) | Parameter::AnyValues));
        let plain = function.parameters.len() - usize::from(is_variadic);
        if arguments.len() < plain || (!is_variadic && arguments.len() > plain) || (spread && !is_variadic) {
            return unsayable(format!("`{}` with {} arguments", function.word, arguments.len()));
        }
        let (returns, face) = returned(&function.returns);
        let mut bound = Bound::new();
        returns.bind(wanted, &mut bound);
        let mut given: Vec<(Given<'a>, &Parameter)> = Vec::new();
        for (position, parameter) in function.parameters.iter().enumerate() {
            let value = if position < plain {
                let argument = arguments.get(position).copied();
                let Some(argument) = argument else { return unsayable("too few arguments") };
                let one = self.argument(argument, parameter, &mut bound)?;
                Given::One(one)
            } else {
                let rest = arguments.get(plain..).unwrap_or_default();
                self.several(rest, parameter, spread, &mut bound)?
            };
            given.push((value, parameter));
        }
        if function.generics.contains("Captured") && !bound.get("T").is_some_and(is_captured) {
            bound.insert("T".to_owned(), Type::Text);
        }
        let mark = given.iter().map(|(given, _)| given.mark()).max().unwrap_or(Mark::Plain);
        let path = path(function, &given, &bound);
        let arguments: Result<Vec<Rust>, Unsayable> =
            given.into_iter().map(|(given, parameter)| given.handed(parameter, &bound)).collect();
        let of = returns.filled(&bound);
        let rust = Rust::call(path, arguments?);
        Ok(if face == "Value" {
            Code::value(rust, of, mark)
        } else {
            Code { form: Form::Hidden, ..Code::value(rust, of, Mark::Sensitive) }
        })
    }

    fn argument(&mut self, argument: &Expression, parameter: &Parameter, bound: &mut Bound<'a>) -> Said<'a> {
        let Some(pattern) = pattern(parameter) else { return self.say(argument, &Type::Any) };
        let code = self.say(argument, &pattern.filled(bound))?;
        if !code.is_undetermined() {
            pattern.bind(&code.of, bound);
        }
        Ok(code)
    }

    fn several(
        &mut self,
        arguments: &[&Expression],
        parameter: &Parameter,
        spread: bool,
        bound: &mut Bound<'a>,
    ) -> Result<Given<'a>, Unsayable> {
        let pattern = pattern(parameter);
        if spread {
            let [list] = arguments else {
                return unsayable("a list that is taken apart behind other arguments");
            };
            let Some(pattern) = pattern else {
                return unsayable("values of any types in a list that is taken apart");
            };
            let pattern = Pattern::List(Box::new(pattern));
            let code = self.say(list, &pattern.filled(bound))?;
            pattern.bind(&code.of, bound);
            return Ok(Given::Spread(code));
        }
        let wanted = |bound: &Bound<'a>| pattern.as_ref().map_or(Type::Any, |pattern| pattern.filled(bound));
        let mut codes = Vec::new();
        for argument in arguments {
            codes.push(self.say(argument, &wanted(bound))?);
        }
        if let Some(pattern) = &pattern {
            bind_common(pattern, &codes, bound);
        }
        Ok(Given::Several(codes))
    }

    /// `sensitive` and `nonsensitive` change the face of a value.
    fn marking(&mut self, name: &str, inner: &Expression, wanted: &Type<'a>) -> Said<'a> {
        let code = self.say(inner, wanted)?;
        let of = code.of.clone();
        if name == "sensitive" {
            let rust = Rust::call(format!("functions::sensitive::<{}>", of.rust()), [code.accepted(&of)]);
            return Ok(Code { form: Form::Hidden, ..Code::value(rust, of, Mark::Sensitive) });
        }
        let hidden = match (code.form, code.mark) {
            (Form::Hidden | Form::NamedHidden, Mark::Sensitive) => code.owned(),
            _ => Rust::call(format!("Sensitive::<{}>::of", of.rust()), [code.into_term()]),
        };
        Ok(Code::value(Rust::call("functions::nonsensitive", [hidden]), of, Mark::Plain))
    }
}

impl<'a> Given<'a> {
    fn codes(&self) -> &[Code<'a>] {
        match self {
            Given::One(code) | Given::Spread(code) => std::slice::from_ref(code),
            Given::Several(codes) => codes,
        }
    }

    fn mark(&self) -> Mark {
        self.codes().iter().map(|code| code.mark).max().unwrap_or(Mark::Plain)
    }

    /// What the parameter accepts.
    fn handed(self, parameter: &Parameter, bound: &Bound<'a>) -> Result<Rust, Unsayable> {
        let of = pattern(parameter).map(|pattern| pattern.filled(bound)).unwrap_or(Type::Any);
        Ok(match (self, parameter) {
            (Given::One(code), Parameter::Value(_)) => code.accepted(&of),
            (Given::One(code), Parameter::Any) => code.any(),
            (Given::One(code), Parameter::Whatever) => code.into_term(),
            (Given::One(code), Parameter::Sequence(_)) => sequence(code, &of),
            (Given::One(code), Parameter::Reference(_)) => {
                if code.form == Form::Ref {
                    code.rust
                } else {
                    Rust::call("Ref::<String>::of", [code.into_term()])
                }
            }
            (Given::Spread(code), _) => {
                let code = code.claimed(Type::list(of));
                if matches!(code.form, Form::Ref | Form::NamedRef) { code.owned() } else { code.into_value() }
            }
            (Given::Several(codes), Parameter::AnyValues) => any_values(codes),
            (Given::Several(codes), _) if codes.is_empty() => Rust::Tuple(Vec::new()),
            (Given::Several(codes), _) => Rust::Array(uniform(codes, &of)),
            (Given::One(_), _) => return unsayable("an argument of this kind"),
        })
    }
}

/// The pattern of a parameter that has a type.
fn pattern(parameter: &Parameter) -> Option<Pattern> {
    match parameter {
        Parameter::Value(of) | Parameter::Values(of) | Parameter::Reference(of) => Some(Pattern::read(of)),
        Parameter::Sensitive(of) | Parameter::Ephemeral(of) => Some(Pattern::read(of)),
        Parameter::Sequence(of) => Some(Pattern::List(Box::new(Pattern::read(of)))),
        Parameter::Any | Parameter::AnyValues | Parameter::Whatever => None,
    }
}

/// The type that a function gives, and its face.
fn returned(returns: &str) -> (Pattern, &str) {
    let (face, of) = returns.split_once('<').unwrap_or(("Value", returns));
    (Pattern::read(of.strip_suffix('>').unwrap_or(of)), face)
}

/// Binds what all values have in common.
fn bind_common<'a>(pattern: &Pattern, codes: &[Code<'a>], bound: &mut Bound<'a>) {
    let mut shared: Option<Bound<'a>> = None;
    for code in codes.iter().filter(|code| !code.is_undetermined()) {
        let mut one = Bound::new();
        pattern.bind(&code.of, &mut one);
        shared = Some(match shared {
            None => one,
            Some(before) => before
                .into_iter()
                .filter_map(|(name, of)| {
                    let other = one.get(&name)?;
                    Some((name, Type::shared([&of, other])))
                })
                .collect(),
        });
    }
    for (name, of) in shared.unwrap_or_default() {
        bound.entry(name).or_insert(of);
    }
}

/// Whether a regular expression can give it: a pattern without groups gives text.
fn is_captured(of: &Type<'_>) -> bool {
    match of {
        Type::List(of) | Type::Map(of) => matches!(**of, Type::Text),
        of => matches!(of, Type::Text),
    }
}

/// The function's path; its type parameters are written where the compiler cannot tell them from the arguments.
fn path(function: &Function, given: &[(Given<'_>, &Parameter)], bound: &Bound<'_>) -> String {
    let path = format!("functions::{}", function.word);
    if function.generics.is_empty() {
        return path;
    }
    let is_open = |parameter: &Parameter| pattern(parameter).is_some_and(|pattern| pattern.is_open());
    let tells = |(given, parameter): &(Given<'_>, &Parameter)| {
        let pattern = pattern(parameter);
        is_open(parameter)
            && !matches!(given, Given::Several(_))
            && given.codes().iter().all(|code| {
                code.is_typed() && pattern.as_ref().is_some_and(|pattern| pattern.filled(bound).is(&code.of))
            })
    };
    let several = function.generics.contains(',');
    if !several && given.iter().any(tells) {
        return path;
    }
    let names = function.generics.split(',').map(|one| one.split(':').next().unwrap_or(one).trim());
    let types: Vec<String> =
        names.map(|name| bound.get(name).map_or_else(|| "Any".to_owned(), Type::rust)).collect();
    format!("{path}::<{}>", types.join(", "))
}

/// What `impl Sequence<T>` accepts: a list or a set, not one that is only named.
fn sequence<'a>(code: Code<'a>, wanted: &Type<'a>) -> Rust {
    let of = code.of.clone();
    match &of {
        Type::List(item) | Type::Set(item)
            if Type::list((**item).clone()).is(wanted) && code.form != Form::Empty =>
        {
            match code.form {
                Form::Literal | Form::Ref | Form::Value => code.rust,
                Form::NamedRef | Form::NamedValue => Rust::Borrow(Box::new(code.rust)),
                _ => code.into_value(),
            }
        }
        _ => code.claimed(wanted.clone()).into_value(),
    }
}

/// What `impl AnyValues` accepts.
fn any_values(codes: Vec<Code<'_>>) -> Rust {
    if codes.len() <= TUPLE {
        return Rust::Tuple(codes.into_iter().map(Code::any).collect());
    }
    match listed(codes, &Type::Any, &Type::list(Type::Any)).rust {
        rust @ Rust::Array(_) => rust,
        rust => Rust::Array(vec![rust]),
    }
}
