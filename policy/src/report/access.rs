//! What was found about access, for a reader and for programs.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};

use serde::Serialize;

use crate::access::{Answer, Key, NewAccess, Request, written};

/// The version of the form; it changes when a field changes its meaning or goes.
const VERSION: u32 = 1;

/// What was asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asked {
    /// Whether access is new.
    Difference,
    /// Whether access is granted.
    Grant,
    /// Whether access is public.
    Public,
}

impl Asked {
    /// What was found, if it was.
    fn found(self) -> &'static str {
        match self {
            Asked::Difference => "new access",
            Asked::Grant => "access is granted",
            Asked::Public => "public access",
        }
    }
}

/// Writes what was found of each policy, for a reader.
///
/// # Errors
///
/// If the writer fails.
pub fn write(asked: Asked, answers: &BTreeMap<String, NewAccess>, out: &mut impl Write) -> io::Result<()> {
    let (mut found, mut undecided) = (0_usize, 0_usize);
    for (name, answer) in answers {
        match answer {
            NewAccess::None => continue,
            NewAccess::Found(request) => {
                found = found.saturating_add(1);
                writeln!(out, "{}: {name}", asked.found())?;
                write_request(request, out)?;
            }
            NewAccess::Undecided(reasons) => {
                undecided = undecided.saturating_add(1);
                writeln!(out, "undecided: {name}")?;
                write_reasons(reasons, out)?;
            }
        }
        writeln!(out)?;
    }
    let plural = if answers.len() == 1 { "policy" } else { "policies" };
    writeln!(out, "{} {plural}: {} in {found}, {undecided} undecided", answers.len(), asked.found())
}

/// Writes whether a request is allowed, for a reader.
///
/// # Errors
///
/// If the writer fails.
pub fn write_answer(answer: &Answer, request: &Request, out: &mut impl Write) -> io::Result<()> {
    let said = match answer {
        Answer::Yes => "allowed",
        Answer::No => "denied",
        Answer::Undecided(_) => "undecided",
    };
    writeln!(out, "{said}")?;
    write_request(request, out)?;
    match answer {
        Answer::Undecided(reasons) => write_reasons(reasons, out),
        Answer::Yes | Answer::No => Ok(()),
    }
}

fn write_request(request: &Request, out: &mut impl Write) -> io::Result<()> {
    writeln!(out, "   = principal: {}", request.caller.written())?;
    writeln!(out, "   = action: {}", request.action)?;
    writeln!(out, "   = resource: {}", request.resource())?;
    for (name, key) in request.context.keys() {
        match key {
            Key::Values(values) => {
                let values: Vec<String> = values.iter().map(|value| written(value)).collect();
                writeln!(out, "   = {name}: {}", values.join(", "))?;
            }
            Key::Absent => writeln!(out, "   = {name}: absent")?,
            Key::Unknown => {}
        }
    }
    Ok(())
}

fn write_reasons(reasons: &BTreeSet<String>, out: &mut impl Write) -> io::Result<()> {
    reasons.iter().try_for_each(|reason| writeln!(out, "   = why: {reason}"))
}

#[derive(Serialize)]
struct Document<'a> {
    version: u32,
    policies: Vec<Entry<'a>>,
}

#[derive(Serialize)]
struct Single<'a> {
    version: u32,
    result: &'static str,
    request: Shown<'a>,
    why: Vec<&'a str>,
}

#[derive(Serialize)]
struct Entry<'a> {
    address: &'a str,
    result: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    request: Option<Shown<'a>>,
    why: Vec<&'a str>,
}

#[derive(Serialize)]
struct Shown<'a> {
    principal: String,
    action: &'a str,
    resource: String,
    /// Keys that are absent have no values.
    context: BTreeMap<&'a str, Vec<String>>,
}

/// Writes what was found of each policy as one JSON object with stable fields.
///
/// # Errors
///
/// If the writer fails.
pub fn write_json(answers: &BTreeMap<String, NewAccess>, out: &mut impl Write) -> io::Result<()> {
    let policies = answers.iter().map(|(address, answer)| match answer {
        NewAccess::None => Entry { address, result: "none", request: None, why: Vec::new() },
        NewAccess::Found(request) => {
            Entry { address, result: "found", request: Some(shown(request)), why: Vec::new() }
        }
        NewAccess::Undecided(reasons) => {
            let why = reasons.iter().map(String::as_str).collect();
            Entry { address, result: "undecided", request: None, why }
        }
    });
    serde_json::to_writer_pretty(&mut *out, &Document { version: VERSION, policies: policies.collect() })?;
    writeln!(out)
}

/// Writes whether a request is allowed as one JSON object with stable fields.
///
/// # Errors
///
/// If the writer fails.
pub fn write_answer_json(answer: &Answer, request: &Request, out: &mut impl Write) -> io::Result<()> {
    let (result, why) = match answer {
        Answer::Yes => ("allowed", Vec::new()),
        Answer::No => ("denied", Vec::new()),
        Answer::Undecided(reasons) => ("undecided", reasons.iter().map(String::as_str).collect()),
    };
    let document = Single { version: VERSION, result, request: shown(request), why };
    serde_json::to_writer_pretty(&mut *out, &document)?;
    writeln!(out)
}

fn shown(request: &Request) -> Shown<'_> {
    let context = request.context.keys().filter_map(|(name, key)| match key {
        Key::Values(values) => Some((name, values.iter().map(|value| written(value)).collect())),
        Key::Absent => Some((name, Vec::new())),
        Key::Unknown => None,
    });
    Shown {
        principal: request.caller.written(),
        action: &request.action,
        resource: request.resource(),
        context: context.collect(),
    }
}
