//! The systems of `fixtures`, each applied by the real terraform, compared row by row with its README through the AWS
//! API, updated, and removed. `SYNTH_SYSTEMS=carat,everruns` names those that are wanted.
//!
//! A new system is a file here and a line in `SYSTEMS`.

#![expect(clippy::indexing_slicing, reason = "a missing member of a JSON value reads as null")]

mod action_spec;
mod alarms;
mod ansari_whatsapp;
mod carat;
mod coverage;
mod everruns;
mod invoice;
mod policy;
mod readme;
mod recorded;
mod report;
mod round;
mod seen;
mod system;

use std::thread;

use localstack_tests::emulator;
use localstack_tests::{Failure, Settings};
use report::{Check, Report};
use system::System;

static SYSTEMS: &[&System] =
    &[&action_spec::SYSTEM, &ansari_whatsapp::SYSTEM, &carat::SYSTEM, &everruns::SYSTEM, &invoice::SYSTEM];

#[test]
fn every_system_applies_is_as_its_rows_say_and_leaves_nothing() -> Result<(), Failure> {
    let wanted = std::env::var("SYNTH_SYSTEMS").ok();
    let is_wanted = |system: &&&System| {
        wanted.as_ref().is_none_or(|wanted| wanted.split(',').any(|name| name == system.name))
    };
    let emulator = emulator::start(&Settings::from_environment())?;
    // Most of the time is the provider's own waiting, so that all of them go side by side.
    let reports: Vec<Report> = thread::scope(|scope| {
        let emulator = emulator.as_ref();
        let running: Vec<_> = SYSTEMS
            .iter()
            .filter(is_wanted)
            .map(|system| scope.spawn(move || round::round(emulator, system)))
            .collect();
        running.into_iter().map(|round| round.join().unwrap()).collect()
    });
    for report in &reports {
        report.leave()?;
    }
    println!("| system | {} |", Check::ALL.map(Check::name).join(" | "));
    println!("|---|{}", "---|".repeat(Check::ALL.len()));
    reports.iter().for_each(|report| println!("{report}"));
    let failures: Vec<String> = reports.iter().flat_map(Report::failures).collect();
    assert!(failures.is_empty(), "\n{}", failures.join("\n"));
    assert!(!reports.is_empty(), "no system is called {wanted:?}");
    recorded::assert_current(&reports)?;
    coverage::assert_current(&reports)
}
