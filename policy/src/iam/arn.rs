//! Amazon Resource Names, with the place of each segment.

use std::ops::Range;

use crate::text::Text;

/// The segments of an ARN as ranges of its text: `arn:partition:service:region:account:resource`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Arn {
    /// The service.
    pub service: Range<usize>,
    /// The region.
    pub region: Range<usize>,
    /// The account.
    pub account: Range<usize>,
    /// Everything after.
    pub resource: Range<usize>,
}

impl Arn {
    /// Splits a text that starts with `arn:`; nothing if it has fewer than six segments.
    #[must_use]
    pub fn of(text: &Text) -> Option<Arn> {
        let whole = text.as_str();
        let mut colons = whole.match_indices(':').map(|(at, _)| at);
        let (scheme, partition) = (colons.next()?, colons.next()?);
        let (service, region, account) = (colons.next()?, colons.next()?, colons.next()?);
        (whole.get(..scheme) == Some("arn")).then_some(Arn {
            service: partition.saturating_add(1)..service,
            region: service.saturating_add(1)..region,
            account: region.saturating_add(1)..account,
            resource: account.saturating_add(1)..whole.len(),
        })
    }
}
