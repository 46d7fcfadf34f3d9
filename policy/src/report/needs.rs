//! What principals need, for a reader and for programs.

use std::io::{self, Write};

use serde::Serialize;

use crate::need::{Certainty, Need, Needs, Principal, Sufficient, sufficient};

/// The version of the form; it changes when a field changes its meaning or goes.
const VERSION: u32 = 1;

/// Writes what each principal needs, for a reader.
///
/// # Errors
///
/// If the writer fails.
pub fn write(needs: &Needs, out: &mut impl Write) -> io::Result<()> {
    let mut open = 0_usize;
    for (address, principal) in &needs.principals {
        open = open.saturating_add(usize::from(!principal.is_wholly_known()));
        let known = if principal.is_wholly_known() { "needs this" } else { "needs at least this" };
        writeln!(out, "{address} {known}:")?;
        serde_json::to_writer_pretty(&mut *out, &sufficient(principal.needed()))?;
        writeln!(out)?;
        for need in principal.needed() {
            writeln!(out, "   = {}: {}", list(&need.actions), need.because)?;
        }
        for need in plausible(principal) {
            writeln!(
                out,
                "   = perhaps {} on `{}`: {}",
                list(&need.actions),
                need.resource.written(),
                need.because
            )?;
        }
        for why in reasons(principal) {
            writeln!(out, "   = not known: {why}")?;
        }
        writeln!(out)?;
    }
    let count = needs.principals.len();
    let plural = if count == 1 { "principal" } else { "principals" };
    writeln!(out, "{count} {plural}, {open} of whose needs not all are known")
}

fn list(actions: &[String]) -> String {
    actions.iter().map(|action| format!("`{action}`")).collect::<Vec<_>>().join(", ")
}

fn plausible(principal: &Principal) -> impl Iterator<Item = &Need> {
    principal.needs.iter().filter(|need| need.certainty == Certainty::Plausible)
}

fn reasons(principal: &Principal) -> Vec<&str> {
    let mut reasons: Vec<&str> = principal.open.iter().map(|open| open.why.as_str()).collect();
    reasons.sort_unstable();
    reasons.dedup();
    reasons
}

#[derive(Serialize)]
struct Document<'a> {
    version: u32,
    principals: Vec<Entry<'a>>,
}

#[derive(Serialize)]
struct Entry<'a> {
    address: &'a str,
    wholly_known: bool,
    /// Why there may be more.
    not_known: Vec<&'a str>,
    /// The smallest policy that is sufficient for what is needed for sure.
    policy: Sufficient,
    needs: Vec<Shown<'a>>,
}

#[derive(Serialize)]
struct Shown<'a> {
    actions: &'a [String],
    resource: &'a str,
    certainty: &'static str,
    because: &'a str,
    by: &'a str,
}

/// Writes what each principal needs as one JSON object with stable fields.
///
/// # Errors
///
/// If the writer fails.
pub fn write_json(needs: &Needs, out: &mut impl Write) -> io::Result<()> {
    let principals = needs.principals.iter().map(|(address, principal)| Entry {
        address,
        wholly_known: principal.is_wholly_known(),
        not_known: reasons(principal),
        policy: sufficient(principal.needed()),
        needs: principal.needs.iter().map(shown).collect(),
    });
    serde_json::to_writer_pretty(
        &mut *out,
        &Document { version: VERSION, principals: principals.collect() },
    )?;
    writeln!(out)
}

fn shown(need: &Need) -> Shown<'_> {
    Shown {
        actions: &need.actions,
        resource: need.resource.written(),
        certainty: match need.certainty {
            Certainty::Needed => "needed",
            Certainty::Plausible => "plausible",
        },
        because: &need.because,
        by: &need.by,
    }
}
