//! Writes a document in any legal spelling of Terraform JSON.

use serde_json::{Value, json};

/// How a document is written: choices taken one after the other.
pub(crate) struct Spelling {
    choices: Vec<u8>,
    next: usize,
}

impl Spelling {
    pub(crate) fn of(choices: Vec<u8>) -> Spelling {
        Spelling { choices, next: 0 }
    }

    fn choose(&mut self) -> u8 {
        let choice = self.choices.get(self.next).copied().unwrap_or(0);
        self.next += 1;
        choice
    }

    /// The levels of labels and blocks, where an object may also be a list of objects.
    fn block(&mut self, value: &Value, labels: usize) -> String {
        let Value::Object(members) = value else { return value.to_string() };
        let mut written: Vec<String> = Vec::new();
        for (key, inner) in members {
            let nested = matches!(
                key.as_str(),
                "inline_policy" | "environment" | "statement" | "principals" | "condition"
            );
            let inner = if labels > 0 {
                self.block(inner, labels - 1)
            } else if nested && inner.is_object() {
                self.list(inner.to_string())
            } else {
                inner.to_string()
            };
            written.push(format!("{}{}:{}{inner}", self.key(key), self.space(), self.space()));
        }
        let separator = format!(",{}", self.space());
        let split = labels > 0 && written.len() > 1 && self.choose() == 1;
        if split {
            // Every member in an object of its own.
            let objects: Vec<String> = written.iter().map(|member| format!("{{{member}}}")).collect();
            return format!("[{}]", objects.join(&separator));
        }
        let object = format!("{{{}{}}}", self.space(), written.join(&separator));
        self.list(object)
    }

    fn list(&mut self, object: String) -> String {
        if self.choose() == 2 { format!("[{object}]") } else { object }
    }

    fn key(&mut self, key: &str) -> String {
        if self.choose() != 3 {
            return format!("\"{key}\"");
        }
        let escaped: String = key.chars().map(|character| format!("\\u{:04x}", character as u32)).collect();
        format!("\"{escaped}\"")
    }

    fn space(&mut self) -> &'static str {
        ["", " ", "\t", "\r\n", "\n\t  "][usize::from(self.choose()) % 5]
    }

    pub(crate) fn document(&mut self, value: &Value) -> String {
        let members: Vec<String> = value
            .as_object()
            .unwrap()
            .iter()
            .flat_map(|(key, inner)| {
                let labels = match key.as_str() {
                    "resource" | "data" => 2,
                    "locals" => 0,
                    _ => 1,
                };
                // A root key may be repeated, once for each of its members.
                let parts: Vec<Value> = match inner {
                    Value::Object(members) if labels > 0 && self.choose() == 1 => {
                        members.iter().map(|(name, one)| json!({name: one})).collect()
                    }
                    other => vec![other.clone()],
                };
                let write = |part: &Value| format!("{}:{}", self.key(key), self.block(part, labels));
                parts.iter().map(write).collect::<Vec<_>>()
            })
            .collect();
        format!("{{{}{}}}", self.space(), members.join(","))
    }
}
