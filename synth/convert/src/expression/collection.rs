//! Lists and objects that are written out.

use hcl_edit::expr::{Expression, Object, ObjectKey};

use std::collections::BTreeMap;
use std::rc::Rc;

use super::operator::common;
use super::{Code, Form, Mark, Said, Speaker, Unsayable, unsayable};
use crate::rust::Rust;
use crate::source::text_of;
use crate::types::Type;

/// The longest tuple that is a list of values of any types.
const TUPLE: usize = 8;

impl<'a> Speaker<'_, 'a> {
    pub(super) fn array(&mut self, items: Vec<&Expression>, wanted: &Type<'a>) -> Said<'a> {
        let item = match wanted {
            Type::List(of) | Type::Set(of) => (**of).clone(),
            _ => Type::Any,
        };
        if items.is_empty() {
            let of = if matches!(wanted, Type::Set(_)) { wanted.clone() } else { Type::list(item) };
            return Ok(Code { form: Form::Empty, ..Code::literal(Rust::Array(Vec::new()), of) });
        }
        let codes: Vec<Code<'a>> =
            items.into_iter().map(|one| self.say(one, &item)).collect::<Result<_, _>>()?;
        Ok(listed(codes, &item, wanted))
    }

    pub(super) fn object(&mut self, object: &Object, wanted: &Type<'a>) -> Said<'a> {
        let item = wanted_item(wanted);
        let mut keys: Vec<Result<String, &Expression>> = Vec::new();
        let mut codes: Vec<Code<'a>> = Vec::new();
        for (key, value) in object.iter() {
            let key = literal_key(key);
            let wanted = match (&key, wanted) {
                (Ok(key), Type::Structure(fields)) => fields.get(key).cloned().unwrap_or(Type::Any),
                _ => item.clone(),
            };
            codes.push(self.say(value.expr(), &wanted)?);
            keys.push(key);
        }
        let mark = codes.iter().map(|code| code.mark).max().unwrap_or(Mark::Plain);
        if keys.iter().any(Result::is_err) {
            return self.zipped(keys, codes, &item, mark);
        }
        let keys: Vec<String> = keys.into_iter().flatten().collect();
        let sorted: BTreeMap<&String, ()> = keys.iter().map(|key| (key, ())).collect();
        if sorted.len() < keys.len() {
            return unsayable("an object has a key twice");
        }
        if keys.is_empty() {
            let of = if let Type::Map(_) = wanted { wanted.clone() } else { Type::Structure(Rc::default()) };
            let rust = Rust::Object(Vec::new());
            let form = if let Type::Map(_) = wanted { Form::Empty } else { Form::Value };
            return Ok(Code { form, ..Code::literal(rust, of) });
        }
        if let Type::Map(_) = wanted {
            let of = common(&item, &codes);
            if !matches!(of, Type::Any) {
                let entries = keys.iter().zip(uniform(codes, &of));
                let entries = entries.map(|(key, value)| Rust::Tuple(vec![Rust::text(key), value]));
                let rust = Rust::Array(entries.collect());
                return Ok(Code { form: Form::Entries, mark, ..Code::literal(rust, Type::map(of)) });
            }
        }
        let fields: BTreeMap<String, Type<'a>> =
            keys.iter().cloned().zip(codes.iter().map(|code| code.of.clone())).collect();
        let entries =
            keys.iter().map(|key| crate::rust::text_literal(key)).zip(codes.into_iter().map(Code::any));
        let rust = Rust::Object(entries.collect());
        let code = Code::value(rust, Type::Structure(Rc::new(fields)), mark);
        Ok(if let Type::Map(_) = wanted { code.claimed(Type::map(item)) } else { code })
    }

    /// An object with keys that are computed.
    fn zipped(
        &mut self,
        keys: Vec<Result<String, &Expression>>,
        values: Vec<Code<'a>>,
        item: &Type<'a>,
        mark: Mark,
    ) -> Said<'a> {
        let of = common(item, &values);
        if matches!(of, Type::Any) && values.iter().any(|value| !value.of.is(&Type::Any)) {
            return unsayable("an object of values of several types has a key that is computed");
        }
        let keys: Vec<Code<'a>> = keys
            .into_iter()
            .map(|key| match key {
                Ok(key) => Ok(Code::text(&key)),
                Err(key) => self.say(key, &Type::Text),
            })
            .collect::<Result<_, Unsayable>>()?;
        let keys = Rust::Array(uniform(keys, &Type::Text));
        let path = format!("functions::zipmap::<{}>", of.rust());
        let values = Rust::Array(uniform(values, &of));
        Ok(Code::value(Rust::call(path, [keys, values]), Type::map(of), mark))
    }
}

/// A list of converted items.
pub(super) fn listed<'a>(codes: Vec<Code<'a>>, item: &Type<'a>, wanted: &Type<'a>) -> Code<'a> {
    let of = common(item, &codes);
    let mark = codes.iter().map(|code| code.mark).max().unwrap_or(Mark::Plain);
    let mixed = matches!(of, Type::Any) && !codes.iter().all(|code| code.of.is(&Type::Any));
    let whole = if matches!(wanted, Type::Set(_)) { Type::set(of.clone()) } else { Type::list(of.clone()) };
    if mixed && codes.len() <= TUPLE && wanted.is(&Type::Any) {
        let items = Rust::Tuple(codes.into_iter().map(Code::any).collect());
        let list = Rust::call("Value::<List<Any>>::of", [items.method("into_any", [])]);
        return Code { mark, ..Code::value(list, whole, mark) };
    }
    Code { mark, ..Code::literal(Rust::Array(uniform(codes, &of)), whole) }
}

/// Values of one type that are one type in Rust too, as the items of an array are.
pub(super) fn uniform<'a>(codes: Vec<Code<'a>>, of: &Type<'a>) -> Vec<Rust> {
    let plain =
        |code: &Code<'a>| code.form == Form::Literal && code.of.is(of) && !matches!(code.of, Type::Number);
    let whole = |code: &Code<'a>| matches!(&code.rust, Rust::Word(word) if word.parse::<i32>().is_ok());
    let is_leaf = matches!(of, Type::Text | Type::Bool | Type::Number);
    if is_leaf
        && codes
            .iter()
            .all(|code| plain(code) || (code.form == Form::Literal && code.of.is(of) && whole(code)))
    {
        return codes.into_iter().map(|code| code.rust).collect();
    }
    if codes.iter().all(|code| code.form == Form::NamedRef && code.of.is(of)) {
        return codes.into_iter().map(|code| code.accepted(of)).collect();
    }
    if codes.iter().all(|code| code.form == Form::Ref && code.of.is(of)) {
        return codes.into_iter().map(|code| code.rust).collect();
    }
    if let Type::Any = of {
        let item = |code: Code<'a>| match code.form {
            Form::Value if code.of.is(&Type::Any) => code.rust,
            _ => code.claimed(Type::Any).into_value(),
        };
        return codes.into_iter().map(item).collect();
    }
    codes.into_iter().map(|code| value_of(code, of)).collect()
}

/// A `Value` of a type.
fn value_of<'a>(code: Code<'a>, of: &Type<'a>) -> Rust {
    if code.is_undetermined() {
        return code.accepted(of);
    }
    if code.form == Form::Literal && !code.of.is(of) && !matches!(code.of, Type::List(_)) {
        let literal = code.clone().accepted(of);
        if let Rust::Word(_) = literal {
            return Rust::call("Value::from", [literal]);
        }
    }
    code.claimed(of.clone()).into_value()
}

fn wanted_item<'a>(wanted: &Type<'a>) -> Type<'a> {
    match wanted {
        Type::Map(of) => (**of).clone(),
        _ => Type::Any,
    }
}

/// A key that is written out, or the expression that makes it.
fn literal_key(key: &ObjectKey) -> Result<String, &Expression> {
    match key {
        ObjectKey::Ident(name) => Ok(name.as_str().to_owned()),
        ObjectKey::Expression(Expression::Variable(name)) => Ok(name.as_str().to_owned()),
        ObjectKey::Expression(Expression::String(text)) => Ok(text.as_str().to_owned()),
        ObjectKey::Expression(digits @ Expression::Number(_)) => Ok(text_of(digits)),
        ObjectKey::Expression(expression) => Err(expression),
    }
}
