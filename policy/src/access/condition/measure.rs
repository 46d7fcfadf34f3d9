//! Numbers and dates, exactly: as multiples of a small unit.

use super::{Measure, Order};

/// The decimal places of a number, and of a second, that are compared.
const PLACES: usize = 9;

const UNITS: i128 = 1_000_000_000;

const SECONDS_A_DAY: i128 = 86_400;

impl Order {
    pub(in crate::access) fn holds(self, value: i128, bound: i128) -> bool {
        match self {
            Order::Equal => value == bound,
            Order::Less => value < bound,
            Order::LessOrEqual => value <= bound,
            Order::Greater => value > bound,
            Order::GreaterOrEqual => value >= bound,
        }
    }
}

impl Measure {
    /// The number one.
    pub(in crate::access) const ONE: i128 = UNITS;

    /// The number a text says; nothing if it says none, or one with more than nine decimal places.
    pub(crate) fn read(self, text: &str) -> Option<i128> {
        match self {
            Measure::Number => number(text),
            // Epoch seconds, or ISO 8601 (IAM user guide, "Date condition operators").
            Measure::Date => number(text).filter(|_| !is_year(text)).or_else(|| date(text)),
        }
    }

    /// A text that says a number, and no year.
    pub(in crate::access) fn write(value: i128) -> String {
        let (sign, size) = if value < 0 { ("-", value.unsigned_abs()) } else { ("", value.unsigned_abs()) };
        let (whole, rest) = (size / UNITS.unsigned_abs(), size % UNITS.unsigned_abs());
        let text = format!("{sign}{whole}.{rest:09}");
        let short = text.trim_end_matches('0').trim_end_matches('.');
        if is_year(short) { format!("{short}.0") } else { short.to_owned() }
    }
}

/// Four digits are a year: nothing happened in the first hours of 1970.
fn is_year(text: &str) -> bool {
    text.len() == 4 && text.bytes().all(|byte| byte.is_ascii_digit())
}

fn number(text: &str) -> Option<i128> {
    let (sign, digits) = match text.strip_prefix('-') {
        Some(rest) => (-1, rest),
        None => (1, text.strip_prefix('+').unwrap_or(text)),
    };
    let (whole, places) = digits.split_once('.').unwrap_or((digits, "0"));
    let whole = natural(whole)?.checked_mul(UNITS)?;
    whole.checked_add(fraction(places)?)?.checked_mul(sign)
}

/// The digits behind a point, in units.
fn fraction(places: &str) -> Option<i128> {
    (1..=PLACES).contains(&places.len()).then(|| natural(&format!("{places:0<PLACES$}")))?
}

fn natural(digits: &str) -> Option<i128> {
    let all_digits = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    if all_digits { digits.parse().ok() } else { None }
}

/// A date of the W3C's "Date and Time Formats" (<https://www.w3.org/TR/NOTE-datetime>): a year, with a
/// month, with a day, with a time and its zone.
fn date(text: &str) -> Option<i128> {
    let (day, time) = match text.split_once('T') {
        Some((day, time)) => (day, seconds(time)?),
        None => (text, 0),
    };
    let mut parts = day.split('-');
    let year = digits(parts.next()?, 4)?;
    let month = parts.next().map_or(Some(1), |month| digits(month, 2))?;
    let day = parts.next().map_or(Some(1), |day| digits(day, 2))?;
    let known =
        parts.next().is_none() && (1..=12).contains(&month) && day >= 1 && day <= days_of(year, month)?;
    if !known {
        return None;
    }
    days(year, month, day).checked_mul(SECONDS_A_DAY)?.checked_mul(UNITS)?.checked_add(time)
}

/// A time of day less its zone, in units.
fn seconds(text: &str) -> Option<i128> {
    let zone = text.find(['Z', '+', '-'])?;
    let (time, zone) = text.split_at_checked(zone)?;
    let (time, places) = time.split_once('.').unwrap_or((time, "0"));
    let mut parts = time.split(':');
    let (hour, minute) = (digits(parts.next()?, 2)?, digits(parts.next()?, 2)?);
    let second = parts.next().map_or(Some(0), |second| digits(second, 2))?;
    if parts.next().is_some() || hour > 23 || minute > 59 || second > 59 {
        return None;
    }
    let whole = (hour * 60 + minute - offset(zone)?) * 60 + second;
    whole.checked_mul(UNITS)?.checked_add(fraction(places)?)
}

/// The minutes of a zone: `Z`, `+hh:mm` or `-hh:mm`.
fn offset(zone: &str) -> Option<i128> {
    if zone == "Z" {
        return Some(0);
    }
    let (hours, minutes) = zone.get(1..)?.split_once(':')?;
    let minutes = digits(hours, 2)? * 60 + digits(minutes, 2)?;
    Some(if zone.starts_with('-') { -minutes } else { minutes })
}

fn digits(text: &str, length: usize) -> Option<i128> {
    if text.len() == length { natural(text) } else { None }
}

fn days_of(year: i128, month: i128) -> Option<i128> {
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    Some(match month {
        2 if leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => return None,
    })
}

/// Days since 1970-01-01 of the Gregorian calendar: years begin in March, so the day that leap years
/// add is their last one.
fn days(year: i128, month: i128, day: i128) -> i128 {
    let year = if month <= 2 { year - 1 } else { year };
    let since_march = (month + 9) % 12;
    let of_year = (153 * since_march + 2) / 5 + day - 1;
    // 719,468 days from 0000-03-01 to 1970-01-01.
    365 * year + year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400) + of_year - 719_468
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Option<i128> {
        Measure::Date.read(text).map(|units| units / UNITS)
    }

    #[test]
    fn dates_are_seconds_of_the_epoch() {
        assert_eq!(at("1970-01-01T00:00:00Z"), Some(0));
        assert_eq!(at("2020-02-29T12:30:01Z"), Some(1_582_979_401));
        assert_eq!(at("1582979401"), at("2020-02-29T12:30:01Z"));
        assert_eq!(at("2020-02-29T13:30+01:00"), at("2020-02-29T12:30Z"));
        assert_eq!((at("2020"), at("2020-01")), (at("2020-01-01"), at("2020-01-01T00:00:00Z")));
    }

    #[test]
    fn what_is_no_date_is_none() {
        for text in
            ["", "2019-02-29", "2020-13", "2020-1-1", "2020-01-01T24:00Z", "2020-01-01T10:00", "today"]
        {
            assert_eq!(at(text), None, "{text}");
        }
    }

    #[test]
    fn numbers_are_compared_by_value() {
        let read = |text| Measure::Number.read(text);
        assert_eq!(read("10.50"), read("10.5"));
        assert!(read("-2").unwrap() < read("-1.999999999").unwrap());
        for text in ["-10.5", "9.25", "2020.0", "0"] {
            assert_eq!(Measure::write(read(text).unwrap()), text);
        }
        assert_eq!([read("1e3"), read(""), read("1."), read("0.1234567891")], [None; 4]);
    }
}
