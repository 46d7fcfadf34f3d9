//! A file's values, and the lines they stand on.

use std::collections::BTreeMap;

use saphyr::{LoadableYamlNode as _, MarkedYaml, Marker, Scalar, YamlData};
use serde::de::DeserializeOwned;
use serde_json::Value;
use synth_core::{Origin, Problems};

use super::mistake::{Mistake, Mistakes};

/// Values nested deeper than this are refused: no stack needs them.
const DEEPEST: usize = 64;

/// A mistake at a JSON pointer: its message, help and source.
pub(super) type Found = (String, String, Option<String>, Option<String>);

/// What is wrong with most files that are no YAML; the parser's own words are about its states.
const INDENTED: &str = "keys side by side begin in the same column, indented with spaces; a text with `: ` or ` #` stands in \
                        quotes";

/// A read file.
#[derive(Debug)]
pub(super) struct Document {
    file: String,
    pub(super) value: Value,
    /// Where each value's key, or the value itself in a list, begins: by JSON pointer.
    places: BTreeMap<String, (usize, usize)>,
}

impl Document {
    pub(super) fn read(file: &str, text: &str) -> Result<Document, Mistakes> {
        let mut document = Document { file: file.to_owned(), value: Value::Null, places: BTreeMap::new() };
        if nested(text) > DEEPEST {
            let help = "no stack needs that: look for brackets that are not closed";
            return Err(document.whole(&format!("the values are nested more than {DEEPEST} deep"), help));
        }
        let nodes = MarkedYaml::load_from_str(text).map_err(|error| {
            let mistake =
                document.at((error.marker().line(), error.marker().col() + 1), "", error.info().to_owned());
            Mistakes(vec![Mistake { help: Some(INDENTED.to_owned()), ..mistake }])
        })?;
        let node = match <[MarkedYaml<'_>; 1]>::try_from(nodes) {
            Ok([node]) => node,
            Err(nodes) if nodes.is_empty() => {
                let help = "write `stack: NAME` and `constructs:`, or begin with `synth init`";
                return Err(document.whole("the file is empty", help));
            }
            Err(_) => {
                let help = "a file holds one stack: take `---` and what follows into another file";
                return Err(document.whole("the file holds more than one YAML document", help));
            }
        };
        document.value = document.convert(&node, "", DEEPEST)?;
        Ok(document)
    }

    /// The values as a type; the schema has accepted them before.
    pub(super) fn typed<T: DeserializeOwned>(&self) -> Result<T, Mistakes> {
        serde_path_to_error::deserialize(&self.value).map_err(|error| {
            let pointer: String =
                error.path().iter().map(|segment| format!("/{}", escaped(&segment.to_string()))).collect();
            self.mistakes(vec![(pointer, error.inner().to_string(), None, None)])
        })
    }

    /// Mistakes at pointers, with their lines.
    pub(super) fn mistakes(&self, found: Vec<Found>) -> Mistakes {
        let mistakes = found.into_iter().map(|(pointer, message, help, source)| {
            let mistake = self.at(self.place(&pointer), &pointer, message);
            Mistake { help, source, ..mistake }
        });
        Mistakes::sorted(mistakes.collect())
    }

    /// The constructs' problems, at the lines of the file that they come from.
    pub(super) fn locate(&self, problems: Problems) -> Mistakes {
        let found = problems.0.into_iter().map(|problem| {
            let base = match &problem.origin {
                Origin::Document(pointer) => pointer.clone(),
                Origin::Code(_) | Origin::Unknown => String::new(),
            };
            let excerpt = problem.excerpt.as_deref().and_then(|text| self.find(&base, text));
            let pointer = excerpt.unwrap_or_else(|| base + &problem.property);
            let mut message = problem.message;
            for (what, origin) in &problem.related {
                if let Origin::Document(pointer) = origin {
                    let (line, _) = self.place(pointer);
                    message.push_str(&format!(" ({what} is on line {line})"));
                }
            }
            (pointer, message, problem.help, problem.source.map(str::to_owned))
        });
        self.mistakes(found.collect())
    }

    fn whole(&self, message: &str, help: &str) -> Mistakes {
        Mistakes(vec![Mistake { help: Some(help.to_owned()), ..self.at((1, 1), "", message.to_owned()) }])
    }

    fn at(&self, (line, column): (usize, usize), pointer: &str, message: String) -> Mistake {
        let (file, pointer) = (self.file.clone(), pointer.to_owned());
        Mistake { file, line, column, pointer, message, help: None, source: None }
    }

    /// The place of a value, or of the innermost one around it that is there.
    fn place(&self, pointer: &str) -> (usize, usize) {
        self.places.get(&self.nearest(pointer)).copied().unwrap_or((1, 1))
    }

    /// The pointer of a value, or of the innermost one around it that is there.
    pub(super) fn nearest(&self, pointer: &str) -> String {
        let mut pointer = pointer;
        while !self.places.contains_key(pointer) {
            match pointer.rsplit_once('/') {
                Some((outer, _)) => pointer = outer,
                None => break,
            }
        }
        pointer.to_owned()
    }

    /// The pointer of the first text below `base` that names `excerpt`.
    fn find(&self, base: &str, excerpt: &str) -> Option<String> {
        let below = self.places.keys().filter(|pointer| pointer.starts_with(base));
        let names = |text: &str| text == excerpt || text.contains(&format!("${{{excerpt}}}"));
        below
            .filter(|pointer| self.value.pointer(pointer).and_then(Value::as_str).is_some_and(names))
            .min_by_key(|pointer| self.place(pointer))
            .cloned()
    }

    fn convert(&mut self, node: &MarkedYaml<'_>, pointer: &str, depth: usize) -> Result<Value, Mistakes> {
        let place = place(&node.span.start);
        self.places.entry(pointer.to_owned()).or_insert(place);
        let refuse = |message: &str| Mistakes(vec![self.at(place, pointer, message.to_owned())]);
        let Some(depth) = depth.checked_sub(1) else { return Err(refuse("the value is nested too deep")) };
        match &node.data {
            YamlData::Value(Scalar::Null) => Ok(Value::Null),
            YamlData::Value(Scalar::Boolean(value)) => Ok(Value::Bool(*value)),
            YamlData::Value(Scalar::Integer(value)) => Ok(Value::from(*value)),
            YamlData::Value(Scalar::FloatingPoint(value)) => {
                let number = serde_json::Number::from_f64(value.into_inner());
                number.map(Value::Number).ok_or_else(|| refuse("infinite numbers and NaN cannot be written"))
            }
            YamlData::Value(Scalar::String(text)) => Ok(Value::String(text.to_string())),
            YamlData::Sequence(items) => {
                let items = items.iter().enumerate();
                let items =
                    items.map(|(index, item)| self.convert(item, &format!("{pointer}/{index}"), depth));
                items.collect::<Result<_, _>>().map(Value::Array)
            }
            YamlData::Mapping(entries) => {
                let mut object = serde_json::Map::new();
                for (key, value) in entries {
                    let YamlData::Value(Scalar::String(name)) = &key.data else {
                        let message = "a key must be text: put it into quotes".to_owned();
                        return Err(Mistakes(vec![self.at(self::place(&key.span.start), pointer, message)]));
                    };
                    let inner = format!("{pointer}/{}", escaped(name));
                    self.places.insert(inner.clone(), self::place(&key.span.start));
                    let value = self.convert(value, &inner, depth)?;
                    object.insert(name.to_string(), value);
                }
                Ok(Value::Object(object))
            }
            YamlData::Tagged(..) => Err(refuse("YAML tags are not read: write the plain value")),
            _ => Err(refuse("this is no value that JSON has")),
        }
    }
}

/// A segment of a JSON pointer (RFC 6901, section 3).
pub(super) fn escaped(segment: &str) -> String {
    segment.replace('~', "~0").replace('/', "~1")
}

fn place(marker: &Marker) -> (usize, usize) {
    (marker.line(), marker.col() + 1)
}

/// How deep brackets and indentation go, at least as deep as the values do.
fn nested(text: &str) -> usize {
    let mut deepest = 0;
    let mut open = 0_usize;
    for line in text.lines() {
        let indent = line.len() - line.trim_start_matches([' ', '-', '?']).len();
        for character in line.chars() {
            match character {
                '[' | '{' => open += 1,
                ']' | '}' => open = open.saturating_sub(1),
                _ => {}
            }
            deepest = deepest.max(open);
        }
        deepest = deepest.max(indent / 2);
    }
    deepest
}
