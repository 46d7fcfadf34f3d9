//! The policy of whoever runs terraform: as IAM reads it, and block by block for a reader.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};

use crate::deployer::{Condition, MAX_CHARACTERS, Need, Needs, Phase, Policy};

/// So many managed policies a role may have unless AWS grants more (IAM user guide, "IAM and AWS STS quotas").
const MAX_POLICIES: usize = 10;

/// Writes the policy, or a list of policies where there are several.
///
/// # Errors
///
/// If the writer fails.
pub fn write(policies: &[Policy], out: &mut impl Write) -> io::Result<()> {
    match policies {
        [only] => serde_json::to_writer_pretty(&mut *out, only)?,
        several => serde_json::to_writer_pretty(&mut *out, several)?,
    }
    writeln!(out)
}

/// What a reader should know beside the policies.
#[must_use]
pub fn said(needs: &Needs, policies: &[Policy]) -> Vec<String> {
    let unknown = needs.unknown.iter().map(|(address, why)| format!("undecided: {address}: {why}"));
    let open = needs.open_places.iter().map(|why| format!("`*` stands in ARNs where {why}"));
    let many = (policies.len() > 1).then(|| {
        let allowed = if policies.len() > MAX_POLICIES {
            format!(", and a role has no more than {MAX_POLICIES} unless AWS allows it")
        } else {
            String::new()
        };
        let number = policies.len();
        format!(
            "a list of {number} policies, since one has no more than {MAX_CHARACTERS} characters{allowed}"
        )
    });
    unknown.chain(open).chain(needs.notes.iter().cloned()).chain(many).collect()
}

/// Writes which block needs what.
///
/// # Errors
///
/// If the writer fails.
pub fn explain(needs: &Needs, phases: &[Phase], policies: &[Policy], out: &mut impl Write) -> io::Result<()> {
    let mut blocks: BTreeMap<&str, Vec<&Need>> = BTreeMap::new();
    for need in needs.all.iter().filter(|need| phases.contains(&need.phase)) {
        blocks.entry(&need.block).or_default().push(need);
    }
    for (address, needs) in &blocks {
        writeln!(out, "{address}")?;
        write_block(needs, out)?;
        writeln!(out)?;
    }
    for address in &needs.foreign {
        writeln!(out, "{address}\n   needs nothing of AWS\n")?;
    }
    said(needs, policies).iter().try_for_each(|said| writeln!(out, "{said}"))?;
    let count: BTreeSet<&str> = blocks.values().flatten().map(|need| need.action.as_str()).collect();
    writeln!(out, "{} blocks need {} actions", blocks.len(), count.len())
}

fn write_block(needs: &[&Need], out: &mut impl Write) -> io::Result<()> {
    type Scope<'n> = (Phase, &'n BTreeSet<String>, Option<&'n Condition>);
    let mut scopes: BTreeMap<Scope<'_>, BTreeSet<&str>> = BTreeMap::new();
    for need in needs {
        let scope = (need.phase, &need.resources, need.condition.as_ref());
        scopes.entry(scope).or_default().insert(&need.action);
    }
    for ((phase, resources, condition), actions) in scopes {
        let actions: Vec<&str> = actions.into_iter().collect();
        writeln!(out, "   {}: {}", phase.name().to_lowercase(), actions.join(", "))?;
        for resource in resources {
            writeln!(out, "      on {resource}")?;
        }
        if let Some(Condition { operator, key, values }) = condition {
            let values: Vec<&str> = values.iter().map(String::as_str).collect();
            writeln!(out, "      if {key} {operator} {}", values.join(", "))?;
        }
    }
    Ok(())
}
