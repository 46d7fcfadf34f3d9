//! Parts of values: attributes, items, and what closures of repeated elements read.

use synth_bindings::{Builder, TypeKind};

use super::operator::receiver;
use super::{Code, Form, Mark, Said, unsayable};
use crate::environment::Element;
use crate::rust::Rust;
use crate::types::Type;

/// The value of a key of a map.
pub(super) fn keyed<'a>(code: Code<'a>, key: Rust) -> Code<'a> {
    let (of, mark) = (code.of.item(), code.mark);
    let is_reference = matches!(code.form, Form::Ref | Form::NamedRef);
    let rust = code.ready().method("key", [key]);
    if is_reference { typed(rust, of, mark) } else { Code::value(rust, of, mark) }
}

/// An attribute of an element.
pub(super) fn attribute<'a>(element: &Element<'a>, name: &str, wanted: &Type<'a>) -> Code<'a> {
    let word = Rust::word(&element.word);
    let Some(builder) = element.builder else {
        let of = wanted.rust();
        return match element.kind {
            TypeKind::Ephemeral => {
                let rust = word.method(format!("ephemeral_attribute::<{of}>"), [Rust::text(name)]);
                hidden(rust, wanted.clone(), Mark::Ephemeral)
            }
            _ => {
                let rust = word.method(format!("attribute::<{of}>"), [Rust::text(name)]);
                Code::reference(rust, wanted.clone(), Mark::Plain)
            }
        };
    };
    match builder.member(name) {
        Some(member) if member.is_readable() => {
            let of = Type::held(&member.holds());
            let rust = word.method(member.function(), []);
            match (element.kind, member.is_sensitive()) {
                (TypeKind::Ephemeral, _) => hidden(rust, of, Mark::Ephemeral),
                (_, true) => hidden(rust, of, Mark::Sensitive),
                _ => typed(rust, of, Mark::Plain),
            }
        }
        member => {
            let of = member.map_or(wanted.clone(), |member| unread(&Type::held(&member.holds())));
            let path = format!("Ref::<{}>::attribute", of.rust());
            Code::reference(Rust::call(path, [word.method("node", []), Rust::text(name)]), of, Mark::Plain)
        }
    }
}

/// A type without the structs of the bindings, which have no functions for what is not computed.
fn unread<'a>(of: &Type<'a>) -> Type<'a> {
    match of {
        Type::Object(builder) => Type::Element(*builder),
        Type::List(of) => Type::list(unread(of)),
        Type::Set(of) => Type::set(unread(of)),
        Type::Map(of) => Type::map(unread(of)),
        of => of.clone(),
    }
}

pub(super) fn hidden<'a>(rust: Rust, of: Type<'a>, mark: Mark) -> Code<'a> {
    Code { form: Form::Hidden, ..Code::reference(rust, of, mark) }
}

/// A reference, which is a struct where the type is one.
pub(super) fn typed<'a>(rust: Rust, of: Type<'a>, mark: Mark) -> Code<'a> {
    let form = if let Type::Object(_) = of { Form::Object } else { Form::Ref };
    Code { form, ..Code::reference(rust, of, mark) }
}

/// A reference through a closure, which must give a `Ref`.
pub(super) fn through<'a>(
    word: &str,
    method: &str,
    index: Option<Rust>,
    one: Code<'a>,
    whole: impl FnOnce(Type<'a>) -> Type<'a>,
) -> Code<'a> {
    let (of, mark) = (one.of.clone(), one.mark);
    let body = match one.form {
        Form::Ref => one.rust,
        _ => Rust::call(format!("Ref::<{}>::of", of.rust()), [one.into_term()]),
    };
    let closure = Rust::closure(word, body);
    let rust = Rust::word(word).method(method, index.into_iter().chain([closure]));
    let code = Code::reference(rust, whole(of), mark);
    if mark == Mark::Plain {
        return code;
    }
    let face = format!("{}::<{}>::of", mark.face(), code.of.rust());
    hidden(Rust::call(face, [code.rust]), code.of, mark)
}

/// An attribute of a value.
pub(super) fn part<'a>(code: Code<'a>, name: &str, wanted: &Type<'a>) -> Said<'a> {
    let mark = code.mark;
    match code.of.clone() {
        Type::Object(builder) => of_object(code, builder, name),
        Type::Map(_) => Ok(keyed(code, Rust::text(name))),
        Type::List(_) | Type::Set(_) | Type::Text | Type::Number | Type::Bool => {
            unsayable(format!("the attribute `{name}` of what has none"))
        }
        Type::Any => Ok(field(code, name, wanted.clone(), mark)),
        Type::Structure(fields) => {
            let of = fields.get(name).cloned().unwrap_or_else(|| wanted.clone());
            Ok(field(code, name, of, mark))
        }
        Type::Element(builder) => {
            let member = builder.member(name);
            let of = member.map_or(wanted.clone(), |member| unread(&Type::held(&member.holds())));
            let mark =
                if member.is_some_and(|it| it.is_sensitive()) { mark.max(Mark::Sensitive) } else { mark };
            Ok(field(code, name, of, mark))
        }
    }
}

fn field<'a>(code: Code<'a>, name: &str, of: Type<'a>, mark: Mark) -> Code<'a> {
    let is_reference = matches!(code.form, Form::Ref | Form::NamedRef);
    let base = code.claimed(Type::Any).ready();
    let rust = base.method(format!("field::<{}>", of.rust()), [Rust::text(name)]);
    if is_reference { Code::reference(rust, of, mark) } else { Code::value(rust, of, mark) }
}

fn of_object<'a>(code: Code<'a>, builder: Builder<'a>, name: &str) -> Said<'a> {
    let Some(member) = builder.member(name) else { return unsayable(format!("the attribute `{name}`")) };
    let mark = code.mark;
    if !member.is_readable() {
        return part(code.claimed(Type::Any), name, &unread(&Type::held(&member.holds())));
    }
    let object = match code.form {
        Form::Object => code.rust,
        _ => code.owned().method("object", []),
    };
    let (rust, of) = (object.method(member.function(), []), Type::held(&member.holds()));
    Ok(if member.is_sensitive() { hidden(rust, of, Mark::Sensitive) } else { typed(rust, of, mark) })
}

/// An item of a list.
pub(super) fn at<'a>(code: Code<'a>, index: Rust) -> Code<'a> {
    let (mark, is_reference) = (code.mark, matches!(code.form, Form::Ref | Form::NamedRef));
    let of = match &code.of {
        Type::List(_) => code.of.clone(),
        // A block of which there is one is a list of one in its attributes.
        Type::Set(of) => Type::list((**of).clone()),
        of => Type::list(of.item()),
    };
    let item = of.item();
    let is_reference = is_reference && code.of.is(&of);
    let list = if is_reference { code.owned() } else { receiver(code, &of) };
    let rust = list.method("at", [index]);
    if is_reference { typed(rust, item, mark) } else { Code::value(rust, item, mark) }
}
