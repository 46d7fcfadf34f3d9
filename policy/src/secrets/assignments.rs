//! Secrets set in scripts: `PASSWORD=…`, `--token …`.

use std::ops::Range;
use std::sync::LazyLock;

use regex::{Captures, Match, Regex};

use super::{is_quiet_under, is_secret, names};
use crate::text::Text;

/// `NAME=value`, `NAME: value`, `"NAME":"value"`, `NAME => value` and `--name value`, the value quoted or a
/// word; also after `export`, Docker's `ENV`, PowerShell's `$env:` and what hands an assignment on, such
/// as `--set` and `-D`; and what .NET's `SetEnvironmentVariable` is given.
static ASSIGNMENT: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let name = r#"(?:export\s+|set\s+|ENV\s+|ARG\s+|\$env:|--(?:from-literal|set|set-string|build-arg|env|define|var)[=\s]+|-[De]\s?)?["']?([A-Za-z_][A-Za-z0-9_.-]*)["']?\]?"#;
    let assigned = r"(?:[ \t]*(?:=>|:=|=)[ \t]*|[ \t]*:[ \t]+)";
    let option = r"--?([A-Za-z][A-Za-z0-9-]{2,})(?:=|[ \t]+)";
    let spoken = r"(?:setx|ENV)[ \t]+([A-Za-z_][A-Za-z0-9_]*)[ \t]+";
    let quoted = r#"(?:"([^"\n]+)"|'([^'\n]+)')"#;
    let word = r#"([^\s"';&|,)}\]]+)"#;
    let given = r#"SetEnvironmentVariable\([ \t]*["']([A-Za-z_][A-Za-z0-9_]*)["'][ \t]*,[ \t]*"#;
    Regex::new(&format!(
        r#"(?:^|[\s;&|"'({{,?\[$])(?:{name}(?:{assigned}(?:{quoted}|{word})|:{quoted})|(?:{option}|{spoken})(?:{quoted}|{word}))|{given}{quoted}"#
    ))
    .ok()
});

/// The groups of the pattern that are names; the others are values.
const NAMES: [usize; 4] = [1, 7, 8, 12];

/// The groups that are values in quotes.
const QUOTED: [usize; 8] = [2, 3, 5, 6, 9, 10, 13, 14];

/// A literal secret that a script assigns.
#[derive(Clone, Debug)]
pub struct Assignment {
    /// The name it is assigned to.
    pub name: String,
    /// Where its value stands in the script.
    pub range: Range<usize>,
}

/// The literal secrets that a script assigns.
#[must_use]
pub fn assignments(script: &Text) -> Vec<Assignment> {
    if !may_assign(script.as_str()) || !names::may_name_secret(script.as_str()) {
        return Vec::new();
    }
    let Some(pattern) = &*ASSIGNMENT else {
        return Vec::new(); // a test compiles the pattern
    };
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(captures) = pattern.captures_at(script.as_str(), at) {
        let assigned = assigned(&captures, script);
        at = match (&assigned, quoted(&captures)) {
            // `--extra-vars 'password=hunter2'`: what is quoted may assign. Of two quotes one ends the other, so that nothing is
            // looked at more than twice.
            (None, Some(value)) => value.start().saturating_sub(1),
            _ => captures.get_match().end(),
        };
        found.extend(assigned);
    }
    found
}

/// The literal secret that a match of the pattern assigns.
fn assigned(captures: &Captures, script: &Text) -> Option<Assignment> {
    let name = NAMES.iter().find_map(|group| captures.get(*group))?;
    let mut values = (1..captures.len()).filter(|group| !NAMES.contains(group));
    let value = values.find_map(|group| captures.get(group))?;
    let between = script.as_str().get(name.end()..value.start())?;
    let before = script.as_str().get(..name.start()).unwrap_or_default();
    let computed = value.as_str().starts_with(['$', '`', '(', '=', '%', '<', '{', '/', '-'])
        || script.has_hole(value.range())
        || (quoted(captures).is_none() && is_expression(before, between, value.as_str()));
    // `"password": "x"` is data, and no prose has it.
    let is_colon = captures.get(1).is_some() && !between.contains(['=', '"', '\'']);
    let is_prose = is_colon && !is_line(script.as_str(), name.start()..value.end());
    let assignment = Assignment { name: name.as_str().to_owned(), range: value.range() };
    let is_one =
        is_secret(name.as_str()) && !computed && !is_prose && !is_quiet_under(name.as_str(), value.as_str());
    is_one.then_some(assignment)
}

/// Whether a word is an expression of a language in which texts have quotes: PowerShell's, after a variable; calls and
/// elements; names of names, set off by spaces as no shell takes it.
fn is_expression(before: &str, between: &str, word: &str) -> bool {
    let is_name = |part: &str| part.starts_with(char::is_alphabetic);
    let is_path = word.contains('.') && word.split('.').all(is_name);
    before.ends_with('$') || word.contains(['(', '[']) || (between.contains(" =") && is_path)
}

/// The quoted value of a match, without its quotes.
fn quoted<'s>(captures: &Captures<'s>) -> Option<Match<'s>> {
    QUOTED.iter().find_map(|group| captures.get(*group))
}

/// Whether a script has what stands between a name and a value in the pattern: `=`, a colon before a space or a quote, or
/// space after a word that begins with `-` or is one of those that are followed by a name and a value; or a call of
/// `SetEnvironmentVariable`.
fn may_assign(script: &str) -> bool {
    let bytes = script.as_bytes();
    let mut next = bytes.iter().skip(1);
    let has_sign = bytes.iter().any(|byte| {
        let after = next.next();
        *byte == b'=' || (*byte == b':' && matches!(after, Some(b' ' | b'\t' | b'"' | b'\'')))
    });
    let is_option = |word: &str| word.contains('-') || word.ends_with("setx") || word.ends_with("ENV");
    has_sign
        || script.contains("SetEnvironmentVariable(")
        || script.split([' ', '\t']).rev().skip(1).any(is_option)
}

/// Whether `name: value` is all of its line, of a quoted word, of a member, or a header that a command sends: prose goes on.
fn is_line(script: &str, part: Range<usize>) -> bool {
    let before = script.get(..part.start).unwrap_or_default();
    let after = script.get(part.end..).unwrap_or_default().trim_start_matches(['"', '\'']);
    let before = before.trim_end_matches([' ', '\t', '"', '\'']);
    if before.ends_with("-H") || before.ends_with("--header") {
        return true;
    }
    let before = before.trim_end_matches([' ', '\t', '-', '"', '\'']);
    let begins = before.is_empty() || before.ends_with(['\n', '{', ',', '(']) || before.ends_with("echo");
    let ends = after.trim_start_matches([' ', '\t', '\r']);
    begins && (ends.is_empty() || ends.starts_with(['\n', ',', '}', ')', '#', '>']))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Sources;
    use proptest::prelude::*;

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
            "ENV DB_PASSWORD hunter2",
            "ENV DB_PASSWORD=hunter2",
            "setx DB_PASSWORD hunter2",
            "[Environment]::SetEnvironmentVariable(\"DB_PASSWORD\", \"hunter2\", \"Machine\")",
            "auth:\n  password: hunter2\n",
            "kubectl create secret generic s --from-literal=password=hunter2",
            "helm install x --set db.password=hunter2,a=b",
            "java -Dspring.datasource.password=hunter2 -jar a.jar",
            "docker run -e DB_PASSWORD=hunter2 image",
            "app --password hunter2",
            "app -password=hunter2",
            "config['password'] = 'hunter2'",
            "ansible-playbook site.yml --extra-vars 'db_password=hunter2'",
            "ansible-playbook site.yml -e \"user=a db_password=hunter2\"",
            "curl -H 'X-API-Key: hunter2' https://example.org",
        ] {
            assert_eq!(found(script), ["hunter2"], "{script}");
        }
    }

    proptest! {
        #[test]
        fn what_may_not_assign_does_not(script in r#"(password|--token|-pwd|ENV|setx|x|SetEnvironmentVariable\(|[ ,\t\n:='"-]|hunter2){0,8}"#) {
            if !may_assign(&script) {
                prop_assert!(!ASSIGNMENT.as_ref().unwrap().is_match(&script));
            }
        }
    }

    #[test]
    fn a_colon_assigns_where_nothing_follows_and_is_prose_elsewhere() {
        assert_eq!(found("db:\n  user: app\n  password: hunter2\n"), ["hunter2"]);
        assert_eq!(found("db: {user: app, password: hunter2}"), ["hunter2"]);
        assert_eq!(found("echo \"password: hunter2\" >> a.yml"), ["hunter2"]);
        assert!(found("the password: see the vault").is_empty());
        assert!(found("password: see the vault").is_empty());
    }

    #[test]
    fn expressions_of_other_languages_are_not() {
        for script in [
            "var token = headers['x-token'].value;",
            "const password = request.querystring.password;",
            "token = get_token()",
            "$token = Invoke-RestMethod -Uri http://example.org",
            "$pw = ConvertTo-SecureString $secret.password -AsPlainText",
        ] {
            assert_eq!(found(script), [""; 0], "{script}");
        }
        for script in ["password = hunter2", "password=a.b", "password: a.b", "$password = 'hunter2'"] {
            assert_eq!(found(script).len(), 1, "{script}");
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
