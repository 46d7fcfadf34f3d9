//! Reading the settings: a key that means nothing is an error, since its author thinks otherwise.

use command_line::nearest;
use jiff::civil::Date;
use toml::value::Datetime;

use super::Settings;
use crate::iam::is_account;
use crate::rules;
use crate::source::{Source, SourceId, Sources, Span};

/// Why settings cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct Error {
    /// Where.
    pub span: Span,
    /// What is wrong.
    message: String,
}

pub(super) fn read(sources: &Sources, file: SourceId) -> Result<Settings, Error> {
    let text = sources.find(file).map(Source::text).unwrap_or_default();
    let at = |range| Span::new(file, range);
    let settings: Settings = toml::from_str(text).map_err(|error| Error {
        span: at(error.span().unwrap_or_default()),
        message: discreet(error.message()),
    })?;
    if let Some(id) = super::unknown_rules(&settings).next() {
        let nearest = rules::nearest(id.get_ref()).map(|rule| format!("; did you mean `{}`?", rule.id));
        let message = format!("no rule `{}` exists{}", id.get_ref(), nearest.unwrap_or_default());
        return Err(Error { span: at(id.span()), message });
    }
    if let Some(setting) = settings.rules.iter().find(|(_, setting)| setting.reason.trim().is_empty()) {
        let message = format!("say in `reason` why `{}` has another severity here", setting.0.get_ref());
        return Err(Error { span: at(setting.0.span()), message });
    }
    for (account, reason) in &settings.trusted_accounts {
        if !is_account(account.get_ref()) || reason.trim().is_empty() {
            let message = "write an account's twelve digits and why it is trusted, such as 111122223333 = \"our build account\"";
            return Err(Error { span: at(account.span()), message: message.to_owned() });
        }
    }
    for allow in &settings.allow {
        if allow.get_ref().until.is_some_and(|until| day(&until).is_none()) {
            let message = "`until` is a day such as 2027-01-31, without a time".to_owned();
            return Err(Error { span: at(allow.span()), message });
        }
    }
    Ok(settings)
}

/// The day, if that is all it says.
pub(super) fn day(until: &Datetime) -> Option<Date> {
    until.to_string().parse().ok().filter(|_| until.time.is_none())
}

/// What toml and serde say, without what stands in the file, unless it is a key; with the name that was meant. serde says
/// "unknown field `a`, expected one of `b`, `c`", and of values "unknown variant" and "invalid type".
fn discreet(message: &str) -> String {
    let Some((what, expected)) = message.split_once(", expected ") else {
        return message.to_owned();
    };
    let unknown = what.split('`').nth(1).unwrap_or_default();
    let names = expected.split('`').skip(1).step_by(2);
    let meant = nearest(unknown, names).map(|name| format!("; did you mean `{name}`?")).unwrap_or_default();
    if what.starts_with("unknown field") {
        format!("{message}{meant}")
    } else {
        format!("expected {expected}{meant}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::Severity;

    fn read_text(text: &str) -> Result<Settings, String> {
        let mut sources = Sources::default();
        let file = sources.add(".policy.toml", text);
        read(&sources, file).map_err(|error| format!("{} at {}", error, sources.written(error.span)))
    }

    #[test]
    fn empty_settings_want_nothing() {
        let settings = read_text("").unwrap();
        assert_eq!((settings.fail_on, settings.exclude.len(), settings.rules.len()), (None, 0, 0));
    }

    #[test]
    fn everything_can_be_set() {
        let settings = read_text(
            "fail-on = \"error\"\ndeny = [\"undecided\"]\nexclude = [\"a\"]\nbaseline = \"b.json\"\n\
             [rules.iam003]\nseverity = \"off\"\nreason = \"r\"\n[[allow]]\nrule = \"IAM001\"\nfile = \"f\"\n\
             address = \"a\"\nvalue = \"v\"\nreason = \"r\"\nuntil = 2027-01-31\n",
        );
        let settings = settings.unwrap();
        assert_eq!(settings.fail_on, Some(Severity::Error));
        assert_eq!(day(&settings.allow[0].get_ref().until.unwrap()), Some(jiff::civil::date(2027, 1, 31)));
    }

    #[test]
    fn what_means_nothing_is_an_error_with_what_was_meant() {
        for (text, said) in [
            ("fail-om = \"error\"", "did you mean `fail-on`? at fail-om"),
            ("fail-on = \"eror\"", "did you mean `error`? at \"eror\""),
            ("deny = [\"unknown\"]", "expected `undecided` at \"unknown\""),
            (
                "[rules.IAM0003]\nseverity = \"off\"\nreason = \"r\"",
                "no rule `IAM0003` exists; did you mean `IAM003`? at IAM0003",
            ),
            ("[rules.IAM003]\nseverity = \"off\"", "missing field `reason`"),
            ("[rules.IAM003]\nseverity = \"off\"\nreason = \" \"", "say in `reason` why `IAM003`"),
            ("[[allow]]\nrule = \"IAM003\"", "missing field `file`"),
            ("[[allow]]\nrule='a'\nfile='a'\naddress='a'\nvalue='a'\nuntil=07:32:00", "`until` is a day"),
            ("exclude = \"hunter2\"", "expected a sequence at"),
            ("[rules.IAM003]\nseverity = \"hunter2\"\nreason = \"r\"", "expected one of `off`, `suggestion`"),
            ("[trusted-accounts]\n111122223333 = \"\"", "and why it is trusted"),
            ("[trusted-accounts]\n1111 = \"ours\"", "twelve digits"),
            ("fail-on", "at"),
        ] {
            let error = read_text(text).unwrap_err();
            let message = error.rsplit_once(" at ").map_or("", |(message, _)| message);
            assert!(error.contains(said) && !message.contains("hunter2"), "{text}: {error}");
        }
    }
}
