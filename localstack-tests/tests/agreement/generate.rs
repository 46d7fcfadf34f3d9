//! Makes up documents that the schema allows: every required argument, some optional ones, blocks, references.

use std::fs::File;
use std::io::Read as _;
use std::path::Path;

use localstack_tests::Failure;
use serde_json::{Map, Value as Json, json};

use crate::dice::Dice;

pub(crate) struct Generator {
    resources: Map<String, Json>,
    types: Vec<String>,
}

impl Generator {
    pub(crate) fn read() -> Result<Generator, Failure> {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR"));
        let file = File::open(folder.join("../synth/bindings/schemas/hashicorp-aws-5.100.0.json.gz"))?;
        let mut text = String::new();
        flate2::read::GzDecoder::new(file).read_to_string(&mut text)?;
        let mut export: Json = serde_json::from_str(&text)?;
        let pointer = "/provider_schemas/registry.terraform.io~1hashicorp~1aws/resource_schemas";
        let Some(Json::Object(resources)) = export.pointer_mut(pointer).map(Json::take) else {
            return Err("the schema has no resources".into());
        };
        let types = resources.keys().cloned().collect();
        Ok(Generator { resources, types })
    }

    pub(crate) fn block(&self, kind: &str) -> Option<&Json> {
        self.resources.get(kind).and_then(|resource| resource.get("block"))
    }

    pub(crate) fn document(&self, dice: &mut Dice) -> Json {
        let mut resources: Map<String, Json> = Map::new();
        let mut named: Vec<(String, String)> = Vec::new();
        for index in 0..1 + dice.below(4) {
            let Some(kind) = dice.one(&self.types).cloned() else { continue };
            let Some(block) = self.block(&kind) else { continue };
            let body = self.body(block, 0, &named, dice);
            let name = format!("r{index}");
            if let Json::Object(same) = resources.entry(kind.clone()).or_insert_with(|| json!({})) {
                same.insert(name.clone(), body);
            }
            named.push((kind, name));
        }
        let locals = json!({"text": "x", "number": 5, "list": ["a"], "object": {"a": 1}});
        json!({"locals": locals, "resource": resources})
    }

    fn body(&self, block: &Json, depth: usize, named: &[(String, String)], dice: &mut Dice) -> Json {
        let mut body = Map::new();
        for (name, attribute) in entries(block, "attributes") {
            let set = is(attribute, "required") || (is(attribute, "optional") && dice.once_in(12));
            // The provider refuses most of these with code.
            let set = set && !(depth == 0 && matches!(name.as_str(), "id" | "tags_all"));
            if set && !is(attribute, "deprecated") {
                body.insert(name.clone(), self.value(attribute.get("type"), named, dice));
            }
        }
        for (name, nested) in entries(block, "block_types") {
            let number = |key: &str| nested.get(key).and_then(Json::as_u64).unwrap_or(0) as usize;
            let (min, max) = (number("min_items"), number("max_items"));
            let wanted = usize::from(dice.once_in(10) && depth < 3);
            let count = if max > 0 { wanted.min(max) } else { wanted }.max(min);
            let Some(inner) = nested.get("block").filter(|_| count > 0) else { continue };
            let single = nested.get("nesting_mode").and_then(Json::as_str) == Some("single");
            let mut blocks: Vec<Json> =
                (0..count).map(|_| self.body(inner, depth + 1, named, dice)).collect();
            if blocks.len() == 1 && (single || dice.once_in(2)) {
                body.extend(blocks.pop().map(|only| (name.clone(), only)));
            } else {
                body.insert(name.clone(), Json::Array(blocks));
            }
        }
        Json::Object(body)
    }

    fn value(&self, of: Option<&Json>, named: &[(String, String)], dice: &mut Dice) -> Json {
        match of {
            Some(Json::String(primitive)) => match primitive.as_str() {
                "number" if dice.once_in(4) => json!("5"),
                "number" if dice.once_in(4) => json!("${local.number}"),
                "number" => json!(dice.below(10)),
                "bool" if dice.once_in(4) => json!("true"),
                "bool" => json!(dice.once_in(2)),
                _ => self.text(named, dice),
            },
            Some(Json::Array(parts)) => match parts.as_slice() {
                [Json::String(of), inner] if of == "map" => {
                    json!({"key": self.value(Some(inner), named, dice)})
                }
                [Json::String(of), Json::Object(fields)] if of == "object" => Json::Object(
                    fields
                        .iter()
                        .map(|(name, of)| (name.clone(), self.value(Some(of), named, dice)))
                        .collect(),
                ),
                [_, inner] => json!([self.value(Some(inner), named, dice)]),
                _ => Json::Null,
            },
            _ => json!("x"),
        }
    }

    /// Text, or a reference to an attribute that is text.
    fn text(&self, named: &[(String, String)], dice: &mut Dice) -> Json {
        let texts = ["x", "example", "${local.text}", "a-${local.text}", "$${x}", "${upper(local.text)}"];
        if dice.once_in(2)
            && let Some((kind, name)) = dice.one(named)
            && let Some(block) = self.block(kind)
        {
            let text = json!("string");
            let readable: Vec<&String> = entries(block, "attributes")
                .filter(|(_, attribute)| attribute.get("type") == Some(&text) && is(attribute, "computed"))
                .map(|(name, _)| name)
                .collect();
            if let Some(attribute) = dice.one(&readable) {
                return json!(format!("${{{kind}.{name}.{attribute}}}"));
            }
        }
        json!(dice.one(&texts).copied().unwrap_or_default())
    }
}

pub(crate) fn entries<'j>(block: &'j Json, key: &str) -> impl Iterator<Item = (&'j String, &'j Json)> {
    block.get(key).and_then(Json::as_object).into_iter().flatten()
}

pub(crate) fn is(attribute: &Json, flag: &str) -> bool {
    attribute.get(flag).and_then(Json::as_bool).unwrap_or(false)
}
