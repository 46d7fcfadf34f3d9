//! What a Terraform module takes and gives: its variables and outputs, as its files declare them.

mod error;
mod hcl;
mod json;
mod kind;
mod output;

use std::collections::BTreeMap;

use hcl_edit::expr::Expression;

use crate::schema::Type;

pub use error::ModuleError;

/// The variables and outputs of a module, by name.
#[derive(Debug, Default)]
pub(crate) struct Interface {
    pub(crate) variables: BTreeMap<String, Variable>,
    pub(crate) outputs: BTreeMap<String, Output>,
}

/// An input of the module ("Input Variables").
#[derive(Debug)]
pub(crate) struct Variable {
    pub(crate) kind: Type,
    pub(crate) description: String,
    pub(crate) required: bool,
    pub(crate) sensitive: bool,
    pub(crate) ephemeral: bool,
    pub(crate) nullable: bool,
}

/// An output of the module ("Output Values").
#[derive(Debug)]
pub(crate) struct Output {
    pub(crate) kind: Typing,
    pub(crate) description: String,
    pub(crate) sensitive: bool,
    pub(crate) ephemeral: bool,
}

/// Whether the type of an output can be told: nothing declares it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Typing {
    Known(Type),
    /// The caller has to say it.
    Unknown,
}

/// The names that a module's variables cannot have ("Input Variables": `terraform` reserves those of the call's own
/// arguments).
const RESERVED: &[&str] =
    &["source", "version", "providers", "count", "for_each", "lifecycle", "depends_on", "locals"];

/// The arguments of a block, by name.
type Arguments = BTreeMap<String, Expression>;

/// The blocks of a file that are looked at.
#[derive(Debug, Default)]
struct Blocks {
    variables: Vec<(String, Arguments)>,
    outputs: Vec<(String, Arguments)>,
}

impl Interface {
    /// Reads the files of a module, given by name and text: `*.tf` and `*.tf.json`; others are passed over, as
    /// Terraform does.
    pub(crate) fn read<'f>(files: impl IntoIterator<Item = (&'f str, &'f str)>) -> Result<Self, ModuleError> {
        let mut files: Vec<(&str, &str)> = files.into_iter().filter(|(name, _)| is_terraform(name)).collect();
        if files.is_empty() {
            return Err(ModuleError::Empty);
        }
        // Override files come last, whatever they are called ("Override Files").
        files.sort_by_key(|(name, _)| (is_override(name), *name));
        let mut variables: BTreeMap<String, (&str, Arguments)> = BTreeMap::new();
        let mut outputs = variables.clone();
        for (file, text) in files {
            let blocks =
                if file.ends_with(".json") { json::read(file, text)? } else { hcl::read(file, text)? };
            declare(&mut variables, file, "variable", blocks.variables)?;
            declare(&mut outputs, file, "output", blocks.outputs)?;
        }
        let mut interface = Interface::default();
        for (name, (file, arguments)) in variables {
            if RESERVED.contains(&name.as_str()) {
                return Err(ModuleError::Reserved { file: file.to_owned(), name });
            }
            let variable = Variable::of(file, &name, &arguments)?;
            interface.variables.insert(name, variable);
        }
        for (name, (file, arguments)) in outputs {
            let output = Output::of(file, &name, &arguments, &interface.variables)?;
            interface.outputs.insert(name, output);
        }
        Ok(interface)
    }
}

/// Adds the blocks of a file; those of an override file replace arguments of what is there.
fn declare<'f>(
    all: &mut BTreeMap<String, (&'f str, Arguments)>,
    file: &'f str,
    block: &'static str,
    found: Vec<(String, Arguments)>,
) -> Result<(), ModuleError> {
    for (name, arguments) in found {
        if !is_name(&name) {
            return Err(ModuleError::Name { file: file.to_owned(), block, name });
        }
        match all.get_mut(&name) {
            Some((_, known)) if is_override(file) => known.extend(arguments),
            Some((other, _)) => {
                let (first, file) = ((*other).to_owned(), file.to_owned());
                return Err(ModuleError::Twice { file, first, block, name });
            }
            None => drop(all.insert(name, (file, arguments))),
        }
    }
    Ok(())
}

fn is_terraform(file: &str) -> bool {
    (file.ends_with(".tf") || file.ends_with(".tf.json")) && !file.starts_with('.')
}

fn is_override(file: &str) -> bool {
    let stem = file.strip_suffix(".tf.json").or_else(|| file.strip_suffix(".tf")).unwrap_or(file);
    stem == "override" || stem.ends_with("_override")
}

/// Whether Terraform takes it for a name ("Identifiers").
fn is_name(name: &str) -> bool {
    let mut letters = name.chars();
    letters.next().is_some_and(|first| first.is_alphabetic() || first == '_')
        && letters.all(|letter| letter.is_alphanumeric() || matches!(letter, '_' | '-'))
}

impl Variable {
    fn of(file: &str, name: &str, arguments: &Arguments) -> Result<Self, ModuleError> {
        let kind = match arguments.get("type") {
            Some(expression) => kind::read(expression).map_err(|why| ModuleError::Type {
                file: file.to_owned(),
                name: name.to_owned(),
                why,
            })?,
            None => Type::Any,
        };
        let place = Place { file, block: "variable", name };
        Ok(Variable {
            kind,
            description: place.text(arguments, "description")?,
            required: !arguments.contains_key("default"),
            sensitive: place.flag(arguments, "sensitive", Unset::False)?,
            ephemeral: place.flag(arguments, "ephemeral", Unset::False)?,
            nullable: place.flag(arguments, "nullable", Unset::True)?,
        })
    }
}

impl Output {
    fn of(
        file: &str,
        name: &str,
        arguments: &Arguments,
        variables: &BTreeMap<String, Variable>,
    ) -> Result<Self, ModuleError> {
        let place = Place { file, block: "output", name };
        Ok(Output {
            kind: arguments.get("value").map_or(Typing::Unknown, |value| output::kind(value, variables)),
            description: place.text(arguments, "description")?,
            sensitive: place.flag(arguments, "sensitive", Unset::False)?,
            ephemeral: place.flag(arguments, "ephemeral", Unset::False)?,
        })
    }
}

/// What an argument means that is not there.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Unset {
    True,
    False,
}

/// Where an argument stands, for messages.
struct Place<'p> {
    file: &'p str,
    block: &'static str,
    name: &'p str,
}

impl Place<'_> {
    fn text(&self, arguments: &Arguments, argument: &'static str) -> Result<String, ModuleError> {
        let text = match arguments.get(argument) {
            None | Some(Expression::Null(_)) => Some(String::new()),
            Some(Expression::String(text)) => Some(text.value().clone()),
            Some(Expression::StringTemplate(template)) => hcl::literal(template.iter()),
            Some(Expression::HeredocTemplate(heredoc)) => hcl::literal(heredoc.template.iter()),
            Some(_) => None,
        };
        text.ok_or_else(|| self.not_literal(argument, "text"))
    }

    fn flag(&self, arguments: &Arguments, argument: &'static str, unset: Unset) -> Result<bool, ModuleError> {
        match arguments.get(argument) {
            None | Some(Expression::Null(_)) => Ok(unset == Unset::True),
            Some(Expression::Bool(flag)) => Ok(*flag.value()),
            // Terraform converts these.
            Some(Expression::String(text)) if text.value() == "true" => Ok(true),
            Some(Expression::String(text)) if text.value() == "false" => Ok(false),
            Some(_) => Err(self.not_literal(argument, "true or false")),
        }
    }

    fn not_literal(&self, argument: &'static str, expected: &'static str) -> ModuleError {
        let (file, name) = (self.file.to_owned(), self.name.to_owned());
        ModuleError::NotLiteral { file, block: self.block, name, argument, expected }
    }
}

#[cfg(test)]
mod tests;
