//! `policy check` of a plan in memory, for programs that stop before they do what it says.

use std::io::{self, Write};
use std::path::Path;

use super::judging::{Known, Standard};
use super::{CLEAN, FOUND, check};
use crate::acceptance::Alike;
use crate::output::{self, Inputs};
use crate::report;
use crate::source::MAX_BYTES;
use crate::terraform::{Configuration, Folder};

/// What `policy check` would exit with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// With 0: nothing was found that counts.
    Clean,
    /// With 1: something was.
    Found,
    /// With 2: something could not be judged.
    Unjudged,
}

/// Whether a report has the colours of a terminal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Colored {
    /// It has.
    Yes,
    /// It has not.
    No,
}

/// Judges the plan of a configuration, a file or a folder, by the settings that count in this folder, and writes the report
/// for a reader. In the settings and in the report the plan is called `name`, and it stands in no file. What is accepted in
/// the configuration is accepted in the plan.
///
/// # Errors
/// If the text is too long, the settings cannot be read, or the report cannot be written.
pub fn check_plan(
    name: &str,
    text: String,
    configuration: &Path,
    colored: Colored,
    out: &mut impl Write,
) -> io::Result<Verdict> {
    if text.len() > MAX_BYTES {
        let most = MAX_BYTES / 1_000_000;
        return Err(io::Error::other(format!("`{name}` has more than {most} MB, which are not read")));
    }
    let (standard, mut sources) = Standard::read(None, Known::Baseline(None))?;
    let file = sources.add(name, text);
    let folder = Folder::read(&sources, &[file]);
    let found = crate::judge(Configuration::of(Path::new(""), folder));
    let mut judged = standard.applied(found, sources, Vec::new());
    if !judged.report.findings.is_empty() {
        accepted_in(configuration)?.accept(&mut judged.report, &judged.sources);
    }
    match colored {
        Colored::Yes => report::human::write_colored(&judged.report, &judged.sources, out)?,
        Colored::No => report::human::write(&judged.report, &judged.sources, out)?,
    }
    check::complain(&judged.report, &judged.sources);
    Ok(match check::code(&judged, None, &[]) {
        CLEAN => Verdict::Clean,
        FOUND => Verdict::Found,
        _ => Verdict::Unjudged,
    })
}

/// What `policy check` of the configuration accepts. One that cannot be read accepts nothing.
fn accepted_in(configuration: &Path) -> io::Result<Alike> {
    let (standard, sources) = Standard::read(None, Known::Baseline(None))?;
    let Inputs { sources, configurations, problems } = output::read(&[configuration.to_owned()], sources);
    let judged = standard.applied(crate::judge_all(configurations), sources, problems);
    Ok(Alike::of(&judged.report, &judged.sources))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn checked(text: &str) -> (Verdict, String) {
        let (folder, mut report) = (tempfile::tempdir().unwrap(), Vec::new());
        let verdict =
            check_plan("plan.json", text.to_owned(), folder.path(), Colored::No, &mut report).unwrap();
        (verdict, String::from_utf8(report).unwrap())
    }

    #[test]
    fn what_is_found_is_reported_under_the_given_name() {
        let policy = r#"{\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"*\",\"Resource\":\"*\"}]}"#;
        let document = format!(r#"{{"resource":{{"aws_iam_policy":{{"all":{{"policy":"{policy}"}}}}}}}}"#);
        let (verdict, report) = checked(&document);
        assert_eq!(verdict, Verdict::Found);
        assert!(report.contains("--> plan.json:1:"), "{report}");
    }

    #[test]
    fn nothing_is_found_in_nothing() {
        assert_eq!(checked("{}").0, Verdict::Clean);
    }

    #[test]
    fn what_is_no_json_cannot_be_judged() {
        assert_eq!(checked("{").0, Verdict::Unjudged);
    }
}
