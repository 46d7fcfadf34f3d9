//! `for` expressions and splats.

use hcl_edit::expr::{Expression, ForExpr};

use super::operator::receiver;
use super::{Code, Form, Said, Speaker, Unsayable, unsayable};
use crate::environment::Word;
use crate::rust::Rust;
use crate::types::Type;

/// What a `for` expression names.
pub(super) struct Names<'n> {
    pub(super) key: Option<&'n str>,
    pub(super) item: &'n str,
}

impl<'a> Speaker<'_, 'a> {
    pub(super) fn comprehension(&mut self, each: &ForExpr, wanted: &Type<'a>) -> Said<'a> {
        let key = each.intro.key_var.as_ref().map(|key| key.as_str());
        let names = Names { key, item: each.intro.value_var.as_str() };
        let mut over = self.collection(&each.intro.collection_expr, &names)?;
        if let Some(condition) = &each.cond {
            over = self.filtered(over, &names, &condition.expr)?;
        }
        let body = &each.value_expr;
        match &each.key_expr {
            None => {
                let item = wanted.item();
                if is_name(body, names.item) && names.key.is_none() && matches!(over.of, Type::List(_)) {
                    return Ok(over);
                }
                self.mapped(over, &names, |speaker| speaker.say(body, &item))
            }
            Some(key)
                if each.grouping
                    && is_name(body, names.item)
                    && matches!(over.of, Type::List(_) | Type::Set(_))
                    && names.key.is_none() =>
            {
                self.grouped(over, &names, key)
            }
            Some(key) if each.grouping => {
                let map = self.map(over, &names, "group_to_map", (key, body), &wanted.item().item())?;
                let of = Type::map(Type::list(map.of.item()));
                Ok(Code { of, ..map })
            }
            Some(key) => self.map(over, &names, "to_map", (key, body), &wanted.item()),
        }
    }

    /// What is gone through: a list, set or map.
    pub(super) fn collection(&mut self, over: &Expression, names: &Names<'_>) -> Said<'a> {
        let code = self.say(over, &Type::Any)?;
        let of = match (&code.of, names.key) {
            (Type::List(_) | Type::Set(_) | Type::Map(_), _) => return Ok(code),
            (Type::Structure(_), _) => Type::map(code.of.item()),
            // Of what is not known, the names tell what it is: the text is the same.
            (_, Some(_)) => Type::map(Type::Any),
            (_, None) => Type::list(Type::Any),
        };
        Ok(code.claimed(of))
    }

    fn filtered(&mut self, over: Code<'a>, names: &Names<'_>, condition: &Expression) -> Said<'a> {
        let (of, mark) = (over.of.clone(), over.mark);
        let (words, parameters) = match (&of, names.key) {
            (Type::Map(_), _) => self.entry_words(names, &of),
            (_, None) => self.item_word(names, &of),
            (_, Some(_)) => return unsayable("a condition on the position in a list"),
        };
        let condition = self.inside(words, |speaker| speaker.say(condition, &Type::Bool))?;
        let mark = mark.max(condition.mark);
        let body = receiver(condition, &Type::Bool);
        let closure = Rust::closure(parameters.written(&body), body);
        Ok(Code::value(over.ready().method("filter", [closure]), of, mark))
    }

    /// `[for …]`
    pub(super) fn mapped(
        &mut self,
        over: Code<'a>,
        names: &Names<'_>,
        body: impl FnOnce(&mut Self) -> Said<'a>,
    ) -> Said<'a> {
        let (of, mark) = (over.of.clone(), over.mark);
        let ((words, parameters), method) = match (&of, names.key) {
            (Type::Map(_), _) => (self.entry_words(names, &of), "map_each"),
            (Type::List(_), Some(_)) => (self.position_words(names, &of), "map_indexed"),
            (_, Some(_)) => return unsayable("the keys of a set"),
            (_, None) => (self.item_word(names, &of), "map_each"),
        };
        let item = self.inside(words, body)?;
        let (mark, of) = (mark.max(item.mark), item.of.clone());
        let item = item.into_value();
        let closure = Rust::closure(parameters.written(&item), item);
        let over = over.ready();
        Ok(Code::value(over.method(method, [closure]), Type::list(of), mark))
    }

    /// `{for … : key => body}`
    fn map(
        &mut self,
        over: Code<'a>,
        names: &Names<'_>,
        method: &str,
        (key, body): (&Expression, &Expression),
        wanted: &Type<'a>,
    ) -> Said<'a> {
        let (of, mark) = (over.of.clone(), over.mark);
        let is_map = matches!(of, Type::Map(_));
        if is_map && method == "to_map" && names.key.is_some_and(|name| is_name(key, name)) {
            if is_name(body, names.item) {
                return Ok(over);
            }
            let (words, parameters) = self.entry_words(names, &of);
            let value = self.inside(words, |speaker| speaker.say(body, wanted))?;
            let (mark, of) = (mark.max(value.mark), value.of.clone());
            let value = value.into_value();
            let closure = Rust::closure(parameters.written(&value), value);
            return Ok(Code::value(over.ready().method("map_values", [closure]), Type::map(of), mark));
        }
        let ((words, parameters), method) = match (names.key, &of) {
            _ if is_map => (self.entry_words(names, &of), method.to_owned()),
            (None, _) => (self.item_word(names, &of), method.to_owned()),
            (Some(_), Type::List(_)) if method == "to_map" => {
                (self.position_words(names, &of), "to_map_indexed".to_owned())
            }
            (Some(_), _) => return unsayable("a map by the positions of a list"),
        };
        let (key, value) =
            self.inside(words, |speaker| Ok((speaker.say(key, &Type::Text)?, speaker.say(body, wanted)?)))?;
        let (mark, of) = (mark.max(key.mark).max(value.mark), value.of.clone());
        let entry = Rust::Tuple(vec![receiver(key, &Type::Text), value.into_value()]);
        let closure = Rust::closure(parameters.written(&entry), entry);
        Ok(Code::value(over.ready().method(method, [closure]), Type::map(of), mark))
    }

    /// `{for … : key => item...}` of the items themselves.
    fn grouped(&mut self, over: Code<'a>, names: &Names<'_>, key: &Expression) -> Said<'a> {
        let (of, mark) = (over.of.clone(), over.mark);
        let (words, parameters) = self.item_word(names, &of);
        let key = self.inside(words, |speaker| speaker.say(key, &Type::Text))?;
        let mark = mark.max(key.mark);
        let key = receiver(key, &Type::Text);
        let closure = Rust::closure(parameters.written(&key), key);
        let of = Type::map(Type::list(of.item()));
        Ok(Code::value(over.ready().method("group_by", [closure]), of, mark))
    }

    /// `value[*]` and what follows of each item.
    pub(super) fn splat(
        &mut self,
        over: Code<'a>,
        rest: impl FnOnce(&mut Self, Code<'a>) -> Said<'a>,
    ) -> Said<'a> {
        let over = match &over.of {
            Type::List(_) | Type::Set(_) => over,
            of => {
                let (of, mark) = (of.clone(), over.mark);
                Code::value(over.ready().method("splat", []), Type::list(of), mark)
            }
        };
        let name = self.fresh("item");
        let mark = over.mark;
        let item = Code { form: Form::NamedValue, ..Code::value(Rust::word(&name), over.of.item(), mark) };
        let body = rest(self, item)?;
        if body.form == Form::NamedValue {
            return Ok(over);
        }
        let (mark, of) = (mark.max(body.mark), body.of.clone());
        let closure = Rust::closure(name, body.into_value());
        Ok(Code::value(over.ready().method("map_each", [closure]), Type::list(of), mark))
    }

    /// Says something where words stand for more.
    fn inside<T>(
        &mut self,
        words: Vec<(String, Word<'a>)>,
        say: impl FnOnce(&mut Self) -> Result<T, Unsayable>,
    ) -> Result<T, Unsayable> {
        let around = self.words.len();
        self.words.extend(words);
        let said = say(self);
        self.words.truncate(around);
        said
    }

    fn item_word(&self, names: &Names<'_>, of: &Type<'a>) -> (Vec<(String, Word<'a>)>, Parameters) {
        let item = self.fresh(names.item);
        (vec![(names.item.to_owned(), Word::bound(&item, of.item()))], Parameters(vec![item]))
    }

    fn entry_words(&self, names: &Names<'_>, of: &Type<'a>) -> (Vec<(String, Word<'a>)>, Parameters) {
        self.pair(names, of, Type::Text)
    }

    fn position_words(&self, names: &Names<'_>, of: &Type<'a>) -> (Vec<(String, Word<'a>)>, Parameters) {
        self.pair(names, of, Type::Number)
    }

    fn pair(&self, names: &Names<'_>, of: &Type<'a>, key: Type<'a>) -> (Vec<(String, Word<'a>)>, Parameters) {
        let word = self.fresh(names.key.unwrap_or("key"));
        let item = self.fresh(names.item);
        let item = if item == word { format!("{item}_value") } else { item };
        let words = vec![
            (names.key.unwrap_or_default().to_owned(), Word::bound(&word, key)),
            (names.item.to_owned(), Word::bound(&item, of.item())),
        ];
        (words, Parameters(vec![word, item]))
    }

    /// A name in Rust for what an expression names.
    fn fresh(&self, name: &str) -> String {
        self.environment.free(&synth_bindings::word(name))
    }
}

/// The parameters of a closure.
struct Parameters(Vec<String>);

impl Parameters {
    /// Those that the body does not mention are `_`.
    fn written(&self, body: &Rust) -> String {
        let words = self.0.iter().map(|word| if body.mentions(word) { word.as_str() } else { "_" });
        words.collect::<Vec<_>>().join(", ")
    }
}

/// Whether an expression is nothing else than a name.
fn is_name(expression: &Expression, name: &str) -> bool {
    match expression {
        Expression::Variable(word) => word.as_str() == name,
        Expression::Parenthesis(inner) => is_name(inner.inner(), name),
        _ => false,
    }
}
