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

/// The page, of a run of all systems.
pub(crate) fn page(reports: &[Report]) -> Result<String, Failure> {
    let mut page = HEAD.to_owned();
    for (system, report) in SYSTEMS.iter().zip(reports) {
        write!(
            page,
            "\n## [{0}](../fixtures/{0}/README.md)\n\n| id | what | asked |\n|---|---|---|\n",
            system.name
        )?;
        for row in readme::rows(system)? {
            let asked = report.asked.get(row.id.as_str()).into_iter().flatten();
            let asked: Vec<String> = asked.map(|call| format!("`{call}`")).collect();
            let asked =
                if asked.is_empty() { "the document and the state".to_owned() } else { asked.join(", ") };
            writeln!(page, "| {} | {} | {asked} |", row.id, row.what)?;
        }
    }
    Ok(page)
}

/// Compares with the committed page, or writes it where `BLESS` is set.
pub(crate) fn assert_current(page: &str) -> Result<(), Failure> {
    let path: PathBuf = [env!("CARGO_MANIFEST_DIR"), "..", "docs", "systems.md"].iter().collect();
    if std::env::var_os("BLESS").is_some() {
        fs::write(&path, page)?;
    }
    let committed = fs::read_to_string(&path)?;
    let differs = committed.lines().zip(page.lines()).find(|(committed, now)| committed != now);
    assert!(committed == page, "docs/systems.md is not current, first at {differs:?}: run `just bless`");
    Ok(())
}
