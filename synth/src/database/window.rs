//! When RDS makes backups and does maintenance: windows of the day and of the week, in UTC.

use synth_core::{Known, Problem, Scope, Value};

const DAY: u32 = 24 * 60;
const WEEK: u32 = 7 * DAY;
/// The shortest window in minutes (Amazon RDS API Reference, "CreateDBInstance": PreferredBackupWindow,
/// PreferredMaintenanceWindow).
const LEAST: u32 = 30;
const PAGE: &str =
    "Amazon RDS API Reference, \"CreateDBInstance\": PreferredBackupWindow, PreferredMaintenanceWindow";
const DAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

/// A window in minutes: where it begins, of the day or of the week, and how long it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Window {
    from: u32,
    minutes: u32,
}

impl Window {
    fn between(from: u32, to: u32, period: u32) -> Self {
        Window { from, minutes: (to + period - from) % period }
    }

    /// `03:00-04:00`
    fn of_day(text: &str) -> Option<Self> {
        let (from, to) = text.split_once('-')?;
        Some(Window::between(time(from)?, time(to)?, DAY))
    }

    /// `mon:04:00-mon:05:00`
    fn of_week(text: &str) -> Option<Self> {
        let (from, to) = text.split_once('-')?;
        Some(Window::between(time_of_week(from)?, time_of_week(to)?, WEEK))
    }

    /// Whether a window of the week touches one of every day. Of the longer one's begin on, the other must come after
    /// its end.
    fn overlaps_daily(self, daily: Window) -> bool {
        let apart = |one: Window, other: Window| {
            let distance = (other.from % DAY + DAY - one.from % DAY) % DAY;
            distance >= one.minutes
        };
        !(apart(self, daily) && apart(daily, self))
    }
}

/// `04:00`
fn time(text: &str) -> Option<u32> {
    let (hours, minutes) = text.split_once(':')?;
    let two_digits = |digits: &str| {
        let all_digits = digits.len() == 2 && digits.bytes().all(|byte| byte.is_ascii_digit());
        digits.parse::<u32>().ok().filter(|_| all_digits)
    };
    let (hours, minutes) = (two_digits(hours)?, two_digits(minutes)?);
    (hours < 24 && minutes < 60).then_some(hours * 60 + minutes)
}

/// `mon:04:00`; AWS takes days in any case.
fn time_of_week(text: &str) -> Option<u32> {
    let (day, clock) = text.split_once(':')?;
    let position = DAYS.iter().position(|name| day.eq_ignore_ascii_case(name))?;
    Some(u32::try_from(position).ok()? * DAY + time(clock)?)
}

/// When backups are made and maintenance is done; what is not said RDS chooses.
#[derive(Clone, Debug, Default)]
pub(super) struct Windows {
    pub(super) backup: Option<Value<String>>,
    pub(super) maintenance: Option<Value<String>>,
}

impl Windows {
    /// Refuses what RDS would. Of windows that come later the provider judges the form when they are planned, and RDS
    /// whether they overlap.
    pub(super) fn check(&self, scope: &mut Scope<'_>) {
        let backup = written(self.backup.as_ref(), Window::of_day, "/backups", "`03:00-04:00`", scope);
        let maintenance = written(
            self.maintenance.as_ref(),
            Window::of_week,
            "/maintenance",
            "`mon:04:00-mon:05:00`",
            scope,
        );
        if let (Some(backup), Some(maintenance)) = (backup, maintenance)
            && maintenance.overlaps_daily(backup)
        {
            scope.refuse(
                Problem::new("backups and maintenance are at the same time")
                    .at("/maintenance")
                    .help("let one begin where the other ends, or later")
                    .source(PAGE),
            );
        }
    }
}

fn written(
    text: Option<&Value<String>>,
    parse: impl FnOnce(&str) -> Option<Window>,
    place: &str,
    example: &str,
    scope: &mut Scope<'_>,
) -> Option<Window> {
    let Known::Is(text) = text?.known() else { return None };
    let window = parse(text);
    let problem = match window {
        Some(window) if (LEAST..=DAY).contains(&window.minutes) => return Some(window),
        Some(_) => format!("the window `{text}` is not {LEAST} minutes to a day long"),
        None => format!("`{text}` is no window of time"),
    };
    scope.refuse(
        Problem::new(problem).at(place).help(format!("write it in UTC, such as {example}")).source(PAGE),
    );
    None
}
