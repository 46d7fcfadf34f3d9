//! What came of the rounds: a line a system, a cell a check.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::fs;
use std::path::Path;

use localstack_tests::Failure;

/// Names a folder: what came of each check goes there, as `SYSTEM/CELL`, for `.ci/systems` to print.
const FOLDER: &str = "SYNTH_SYSTEMS_REPORT";

/// What is checked of each system.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Check {
    Valid,
    Applied,
    Stable,
    Asserted,
    Updated,
    Destroyed,
}

impl Check {
    pub(crate) const ALL: [Check; 6] =
        [Check::Valid, Check::Applied, Check::Stable, Check::Asserted, Check::Updated, Check::Destroyed];

    /// Its cell in the table of systems: the terraform of this round is one of two that find a document valid.
    fn cell(self) -> String {
        let part = if self == Check::Valid { "terraform" } else { "emulator" };
        format!("{}.{part}", self.name())
    }

    /// The head of its column.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Check::Valid => "valid",
            Check::Applied => "applied",
            Check::Stable => "replan empty",
            Check::Asserted => "asserted",
            Check::Updated => "updated",
            Check::Destroyed => "destroyed",
        }
    }
}

/// What came of one round.
pub(crate) struct Report {
    pub(crate) system: &'static str,
    checks: BTreeMap<Check, Result<(), String>>,
    broke_off: Option<String>,
    /// The calls by which each row was looked at.
    pub(crate) asked: BTreeMap<&'static str, BTreeSet<String>>,
    /// The calls that terraform made.
    pub(crate) calls: BTreeSet<String>,
}

impl Report {
    pub(crate) fn of(system: &'static str) -> Report {
        Report {
            system,
            checks: BTreeMap::new(),
            broke_off: None,
            asked: BTreeMap::new(),
            calls: BTreeSet::new(),
        }
    }

    pub(crate) fn add(&mut self, check: Check, result: Result<(), Failure>) {
        self.checks.insert(check, result.map_err(|why| format!("{why:?}")));
    }

    pub(crate) fn row(&mut self, id: &'static str, asked: BTreeSet<String>) {
        self.asked.insert(id, asked);
    }

    /// Nothing more could be done.
    pub(crate) fn broke_off(&mut self, why: &Failure) {
        self.broke_off = Some(format!("{why:?}"));
    }

    /// Whether the check was made and all was well.
    pub(crate) fn passed(&self, check: Check) -> bool {
        matches!(self.checks.get(&check), Some(Ok(())))
    }

    /// Leaves what came of each check where the table of systems is made.
    pub(crate) fn leave(&self) -> Result<(), Failure> {
        let Some(folder) = std::env::var_os(FOLDER) else { return Ok(()) };
        let folder = Path::new(&folder).join(self.system);
        fs::create_dir_all(&folder)?;
        for (check, result) in &self.checks {
            fs::write(folder.join(check.cell()), result.as_ref().err().map_or("yes", String::as_str))?;
        }
        Ok(())
    }

    /// Everything that was not well.
    pub(crate) fn failures(&self) -> Vec<String> {
        let failed =
            self.checks.iter().filter_map(|(check, result)| Some((check.name(), result.as_ref().err()?)));
        let failed = failed.map(|(check, why)| format!("{}: {check}: {why}", self.system));
        let broke_off = self.broke_off.iter().map(|why| format!("{}: broke off: {why}", self.system));
        failed.chain(broke_off).collect()
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let cells = Check::ALL.map(|check| if self.passed(check) { "yes" } else { "NO" });
        write!(f, "| {} | {} |", self.system, cells.join(" | "))
    }
}
