//! Windows of backups and maintenance, against a set of all minutes of a week.

use std::collections::BTreeSet;

use proptest::prelude::*;
use synth::App;

use super::postgres;

const DAY: u32 = 24 * 60;
const WEEK: u32 = 7 * DAY;
const DAYS: [&str; 7] = ["mon", "Tue", "WED", "thu", "fri", "sat", "sun"];

fn clock(minute: u32) -> String {
    format!("{:02}:{:02}", minute / 60 % 24, minute % 60)
}

fn of_week(minute: u32) -> String {
    let day = DAYS.iter().zip(0..).find_map(|(name, day)| (day == minute / DAY % 7).then_some(*name));
    format!("{}:{}", day.unwrap_or_default(), clock(minute))
}

fn minutes(from: u32, length: u32) -> BTreeSet<u32> {
    (from..from + length).map(|minute| minute % WEEK).collect()
}

fn accepts(backup: &str, maintenance: &str) -> bool {
    let mut app = App::new();
    app.stack("test").add("database", postgres().backups(7, backup).maintenance(maintenance));
    synth::resolve(app).is_ok()
}

proptest! {
    #[test]
    fn windows_are_accepted_when_they_share_no_minute(
        backup in (0..DAY, 30..DAY),
        maintenance in (0..WEEK, 30..DAY),
    ) {
        let daily: BTreeSet<u32> = (0..7).flat_map(|day| minutes(day * DAY + backup.0, backup.1)).collect();
        let weekly = minutes(maintenance.0, maintenance.1);
        let backup = format!("{}-{}", clock(backup.0), clock(backup.0 + backup.1));
        let maintenance = format!("{}-{}", of_week(maintenance.0), of_week(maintenance.0 + maintenance.1));
        prop_assert_eq!(accepts(&backup, &maintenance), daily.is_disjoint(&weekly), "{} and {}", backup, maintenance);
    }

    #[test]
    fn any_text_is_judged(backup in "[0-9:-]{0,12}|\\PC{0,6}", maintenance in "[a-z0-9:-]{0,20}|\\PC{0,6}") {
        let _ = accepts(&backup, &maintenance);
    }
}

#[test]
fn windows_that_touch_do_not_overlap() {
    assert!(accepts("03:00-04:00", "Mon:04:00-Mon:05:00"));
    assert!(!accepts("03:00-04:00", "mon:03:59-mon:04:30"));
    assert!(!accepts("23:30-00:30", "sun:23:45-mon:00:15"));
}

#[test]
fn what_is_no_window_of_at_least_half_an_hour_is_refused() {
    for backup in
        ["03:00", "3:00-4:00", "24:00-25:00", "03:60-04:00", "03:00-03:29", "03:00-03:00", "", "+3:00-04:00"]
    {
        assert!(!accepts(backup, "mon:12:00-mon:13:00"), "{backup}");
    }
    for maintenance in [
        "04:00-05:00",
        "mon:04:00-05:00",
        "day:04:00-day:05:00",
        "mon:04:00-tue:05:00",
        "mon:04:00-mon:04:10",
    ] {
        assert!(!accepts("12:00-13:00", maintenance), "{maintenance}");
    }
}
