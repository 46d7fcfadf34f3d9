//! What RDS accepts as names and numbers of a database. A name that comes later is judged by the provider when it is
//! planned, and by RDS.

use synth_core::{Known, Number, Problem, Scope, Value};

use crate::limit::{Limit, Numbers, Preconditions};

/// Where RDS says so.
const PAGE: &str = "Amazon RDS API Reference, \"CreateDBInstance\"";

fn refuse(
    scope: &mut Scope<'_>,
    property: &str,
    text: &Value<String>,
    what: &str,
    fits: fn(&str) -> bool,
    help: &str,
) {
    if let Known::Is(text) = text.known()
        && !fits(text)
    {
        scope.refuse(Problem::new(format!("`{text}` cannot be {what}")).at(property).help(help).source(PAGE));
    }
}

pub(super) fn identifier(scope: &mut Scope<'_>, name: &Value<String>) {
    let fits = |name: &str| {
        let legal = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        (1..=63).contains(&name.len())
            && name.chars().all(legal)
            && name.starts_with(|c: char| c.is_ascii_lowercase())
            && !name.ends_with('-')
            && !name.contains("--")
    };
    let help = "write 1 to 63 lowercase letters, digits or single `-`, beginning with a letter and not ending with `-`";
    refuse(scope, "/name", name, "a database's name", fits, help);
}

pub(super) fn version(scope: &mut Scope<'_>, version: &Value<String>) {
    let fits = |version: &str| {
        let number = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
        version.split('.').count() <= 2 && version.split('.').all(number)
    };
    let help = "write a version such as `16.3`, or `16` for whichever of it RDS has chosen";
    refuse(scope, "/version", version, "a version of PostgreSQL", fits, help);
}

pub(super) fn class(scope: &mut Scope<'_>, class: &Value<String>) {
    let fits = |class: &str| {
        let mut parts = class.split('.');
        parts.next() == Some("db") && parts.clone().count() == 2 && parts.all(|part| !part.is_empty())
    };
    let help = "write a class such as `db.t4g.micro`: `db`, a family, and a size";
    refuse(scope, "/class", class, "the class of a database", fits, help);
}

/// Letters, digits and `_`, as PostgreSQL's names without quotes.
fn is_name(name: &str) -> bool {
    (1..=63).contains(&name.len()) && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
}

pub(super) fn username(scope: &mut Scope<'_>, name: &Value<String>) {
    let fits = |name: &str| {
        // `admin` and `rdsadmin` are RDS's own, `pg_…` PostgreSQL's ("CREATE ROLE").
        let reserved = ["admin", "rdsadmin"].contains(&name) || name.starts_with("pg_");
        is_name(name) && name.starts_with(|c: char| c.is_ascii_alphabetic()) && !reserved
    };
    let help = "write 1 to 63 letters, digits or `_`, beginning with a letter; `admin`, `rdsadmin` and `pg_…` are taken";
    refuse(scope, "/username", name, "the first user's name", fits, help);
}

pub(super) fn database(scope: &mut Scope<'_>, name: &Value<String>) {
    let fits = |name: &str| is_name(name) && !name.starts_with(|c: char| c.is_ascii_digit());
    let help = "write 1 to 63 letters, digits or `_`, not beginning with a digit";
    refuse(scope, "/database", name, "a database's name", fits, help);
}

pub(super) fn backup_days(scope: &mut Scope<'_>, days: &Value<Number>) -> Preconditions {
    let limit = Limit { property: "/backups", what: "the days for which backups are kept", source: PAGE };
    limit.number(scope, days, &Numbers::Range(1..=35), |days| {
        format!("backups cannot be kept for {days} days")
    })
}
