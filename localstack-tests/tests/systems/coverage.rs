//! `docs/systems.md`: what each system must have, and by which calls its account was asked.

use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;

use localstack_tests::Failure;

use crate::SYSTEMS;
use crate::readme;
use crate::report::Report;

const HEAD: &str = "# What was asserted of the systems

Each row of a system's README is looked at while the system stands in LocalStack: the calls are those that the row's test made
there, next to what terraform read back. The page is written by the tests; `just bless` writes it anew, `just systems` prints what
else is proven of each system.
";

/// The section of a system, as its run has it.
fn section(report: &Report) -> Result<String, Failure> {
    let mut section = String::from("\n| id | what | asked |\n|---|---|---|\n");
    let system = SYSTEMS.iter().find(|system| system.name == report.system);
    for row in readme::rows(system.ok_or("no such system")?)? {
        let asked = report.asked.get(row.id.as_str()).into_iter().flatten();
        let asked: Vec<String> = asked.map(|call| format!("`{call}`")).collect();
        let asked = if asked.is_empty() { "the document and the state".to_owned() } else { asked.join(", ") };
        writeln!(section, "| {} | {} | {asked} |", row.id, row.what)?;
    }
    Ok(section)
}

/// The page, with the sections of systems that did not run as they are committed.
fn page(committed: &str, reports: &[Report]) -> Result<String, Failure> {
    let mut page = HEAD.to_owned();
    for system in SYSTEMS {
        let head = format!("\n## [{0}](../fixtures/{0}/README.md)\n", system.name);
        page += &head;
        match reports.iter().find(|report| report.system == system.name) {
            Some(report) => page += &section(report)?,
            None => {
                let rest = committed.split_once(&head).map_or("", |(_, rest)| rest);
                page += rest.split_once("\n## ").map_or(rest, |(section, _)| section);
            }
        }
    }
    Ok(page)
}

/// Compares with the committed page, or writes it where `BLESS` is set.
pub(crate) fn assert_current(reports: &[Report]) -> Result<(), Failure> {
    let path: PathBuf = [env!("CARGO_MANIFEST_DIR"), "..", "docs", "systems.md"].iter().collect();
    let page = page(&fs::read_to_string(&path).unwrap_or_default(), reports)?;
    if std::env::var_os("BLESS").is_some() {
        fs::write(&path, &page)?;
    }
    let committed = fs::read_to_string(&path)?;
    let differs = committed.lines().zip(page.lines()).find(|(committed, now)| committed != now);
    assert!(committed == page, "docs/systems.md is not current, first at {differs:?}: run `just bless`");
    Ok(())
}
