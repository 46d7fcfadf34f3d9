//! How wide a text is, at most: readers have different fonts.

/// Widths of U+0020 to U+007E in thousandths of the font's size, of DejaVu Sans (its `hmtx` table, version 2.37): the widest of
/// the fonts that pictures name.
const WIDTHS: [u16; 95] = [
    318, 401, 460, 838, 636, 950, 780, 275, 390, 390, 500, 838, 318, 361, 318, 337, 636, 636, 636, 636, 636,
    636, 636, 636, 636, 636, 337, 337, 838, 838, 838, 531, 1000, 684, 686, 698, 770, 632, 575, 775, 752, 295,
    295, 656, 557, 863, 748, 787, 603, 787, 695, 635, 611, 732, 684, 989, 685, 611, 685, 390, 337, 390, 838,
    500, 500, 613, 635, 550, 635, 615, 352, 635, 634, 278, 278, 579, 278, 974, 634, 612, 635, 635, 411, 521,
    392, 634, 592, 818, 592, 592, 525, 636, 337, 636, 838,
];

/// The same of DejaVu Sans Bold.
const BOLD: [u16; 95] = [
    348, 456, 521, 838, 696, 1002, 872, 306, 457, 457, 523, 838, 380, 415, 380, 365, 696, 696, 696, 696, 696,
    696, 696, 696, 696, 696, 400, 400, 838, 838, 838, 580, 1000, 774, 762, 734, 830, 683, 683, 821, 837, 372,
    372, 775, 637, 995, 837, 850, 733, 850, 770, 720, 682, 812, 774, 1103, 771, 724, 725, 457, 365, 457, 838,
    500, 500, 675, 716, 593, 716, 678, 435, 716, 712, 343, 343, 665, 343, 1042, 712, 687, 716, 716, 493, 595,
    478, 712, 652, 924, 645, 652, 582, 712, 365, 712, 838,
];

/// How thick letters are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weight {
    /// As usual.
    Plain,
    /// For names and titles.
    Bold,
}

/// The width of a text in pixels; of what is not ASCII, a whole square a letter.
#[must_use]
pub fn width(text: &str, size: f64, weight: Weight) -> f64 {
    let widths = match weight {
        Weight::Plain => &WIDTHS,
        Weight::Bold => &BOLD,
    };
    let of = |character: char| {
        let at = u32::from(character).checked_sub(0x20).and_then(|at| usize::try_from(at).ok());
        f64::from(at.and_then(|at| widths.get(at)).copied().unwrap_or(1000))
    };
    text.chars().map(of).sum::<f64>() * size / 1000.0
}

/// A text of no more than so many pixels: of a longer one the beginning and the end, for both tell names apart.
#[must_use]
pub fn fitted(text: &str, size: f64, weight: Weight, most: f64) -> String {
    if width(text, size, weight) <= most {
        return text.to_owned();
    }
    let letters: Vec<char> = text.chars().collect();
    let mut kept = letters.len();
    loop {
        kept = kept.saturating_sub(1);
        let head = kept.div_ceil(2);
        let tail = letters.len().saturating_sub(kept.saturating_sub(head));
        let start: String = letters.iter().take(head).collect();
        let end: String = letters.iter().skip(tail).collect();
        let made = format!("{start}…{end}");
        if kept == 0 || width(&made, size, weight) <= most {
            return made;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_fits_stays_as_it_is() {
        assert_eq!(fitted("orders", 12.0, Weight::Plain, 100.0), "orders");
    }

    #[test]
    fn of_what_is_too_long_both_ends_stay() {
        let made = fitted("a-service-with-a-very-long-name-in-production", 12.0, Weight::Plain, 120.0);
        assert!(made.starts_with("a-ser") && made.ends_with("uction") && made.contains('…'), "{made}");
    }

    proptest! {
        #[test]
        fn nothing_is_wider_than_it_may_be(text in ".{0,80}", most in 20.0_f64..300.0) {
            let made = fitted(&text, 12.0, Weight::Bold, most);
            prop_assert!(width(&made, 12.0, Weight::Bold) <= most);
        }
    }
}
