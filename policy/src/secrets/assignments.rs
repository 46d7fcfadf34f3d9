//! Secrets set in scripts: `PASSWORD=…`, `--token …`.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::{is_quiet, is_secret};
use crate::text::Text;

/// `NAME=value`, `NAME: value`, `"NAME": value`, `NAME => value` and `--name value`, the value quoted or a
/// word; also after `export`, Docker's `ENV`, PowerShell's `$env:` and what hands an assignment on, such
/// as `--set` and `-D`.
static ASSIGNMENT: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let name = r#"(?:export\s+|setx?\s+|ENV\s+|ARG\s+|\$env:|--(?:from-literal|set|set-string|build-arg|env|define|var)[=\s]+|-[De]\s?)?["']?([A-Za-z_][A-Za-z0-9_.-]*)["']?\]?"#;
    let assigned = r#"(?:\s*(?:=>|:=|=)\s*|\s*:\s+|:["']?)"#;
    let option = r"--?([A-Za-z][A-Za-z0-9-]{2,})[\s=]+";
    let value = r#"(?:"([^"\n]+)"|'([^'\n]+)'|([^\s"';&|,)}\]]+))"#;
    Regex::new(&format!(r#"(?:^|[\s;&|"'({{,?\[$])(?:{name}{assigned}|{option}){value}"#)).ok()
});

/// How a value is assigned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// `name=value` or `--name value`, as no prose has it.
    Command,
    /// `name: value`, as prose may have it.
    Colon,
}

/// A literal secret that a script assigns.
#[derive(Clone, Debug)]
pub struct Assignment {
    /// The name it is assigned to.
    pub name: String,
    /// How.
    pub form: Form,
    /// Where its value stands in the script.
    pub range: Range<usize>,
}

/// The literal secrets that a script assigns.
#[must_use]
pub fn assignments(script: &Text) -> Vec<Assignment> {
    let Some(pattern) = &*ASSIGNMENT else {
        return Vec::new(); // a test compiles the pattern
    };
    pattern
        .captures_iter(script.as_str())
        .filter_map(|captures| {
            let name = captures.get(1).or_else(|| captures.get(2))?;
            let value = captures.get(3).or_else(|| captures.get(4)).or_else(|| captures.get(5))?;
            let computed = value.as_str().starts_with(['$', '`', '(', '=', '%', '<', '{', '/', '-'])
                || script.has_hole(value.range());
            let between = script.as_str().get(name.end()..value.start())?;
            // `"password": "x"` is data, and no prose has it.
            let is_colon = captures.get(1).is_some() && !between.contains(['=', '"', '\'']);
            let form = if is_colon { Form::Colon } else { Form::Command };
            let assignment = Assignment { name: name.as_str().to_owned(), form, range: value.range() };
            (is_secret(name.as_str()) && !computed && !is_quiet(value.as_str())).then_some(assignment)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Sources;

    fn found(script: &str) -> Vec<String> {
        let mut sources = Sources::default();
        let id = sources.add("t", script);
        let text = Text::new(script, sources.whole(id));
        assignments(&text).into_iter().map(|found| script[found.range].to_owned()).collect()
    }

    #[test]
    fn literals_are_found_in_every_quoting() {
        assert_eq!(
            found("export DB_PASSWORD=\"hunter2\"\nAPI_TOKEN='a b'; run --token s3cr3t"),
            ["hunter2", "a b", "s3cr3t"]
        );
    }

    #[test]
    fn assignments_of_every_language_are_found() {
        for script in [
            "password: hunter2",
            "{\"password\": \"hunter2\"}",
            "{\"password\":\"hunter2\"}",
            "'password' => 'hunter2',",
            "$env:DB_PASSWORD = \"hunter2\"",
            "ENV DB_PASSWORD hunter2=x\nENV DB_PASSWORD=hunter2",
            "kubectl create secret generic s --from-literal=password=hunter2",
            "helm install x --set db.password=hunter2,a=b",
            "java -Dspring.datasource.password=hunter2 -jar a.jar",
            "docker run -e DB_PASSWORD=hunter2 image",
            "app --password hunter2",
            "app -password=hunter2",
            "config['password'] = 'hunter2'",
        ] {
            assert_eq!(found(script), ["hunter2"], "{script}");
        }
    }

    #[test]
    fn computed_values_are_not() {
        assert!(
            found("DB_PASSWORD=$(aws secretsmanager get-secret-value) TOKEN=$TOKEN SECRET_ARN=abc")
                .is_empty()
        );
        assert!(
            found("if [ \"$PASSWORD\" == abc ]; then read PASSWORD; fi; app --password-stdin --token")
                .is_empty()
        );
    }
}
