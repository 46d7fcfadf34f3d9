//! Which addresses the subnets of a VPC have.

use ipnet::{IpNet, Ipv4Net};
use synth_core::{Known, Problem, Value, functions};

use super::cidr;

/// The prefixes that VPCs and subnets may have (Amazon VPC User Guide, "VPC CIDR blocks", "Subnet CIDR blocks").
const PREFIXES: std::ops::RangeInclusive<u8> = 16..=28;
const PAGE: &str = "Amazon VPC User Guide, \"VPC CIDR blocks\", \"Subnet CIDR blocks\"";

/// A VPC is cut into sixteen equal parts: the first eight for public subnets, the others for private ones. A zone that
/// comes later takes a part of its own, and no other subnet moves.
const PART_BITS: u8 = 4;
/// The most zones that a VPC can have here; no region has more (AWS Regions and Availability Zones).
pub(super) const MOST_ZONES: usize = 8;

/// Who can be reached in a subnet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tier {
    Public,
    Private,
}

impl Tier {
    pub(super) const ALL: [Tier; 2] = [Tier::Public, Tier::Private];

    pub(super) fn name(self) -> &'static str {
        match self {
            Tier::Public => "public",
            Tier::Private => "private",
        }
    }

    fn first_part(self) -> usize {
        match self {
            Tier::Public => 0,
            Tier::Private => MOST_ZONES,
        }
    }
}

/// The ranges of a tier's subnets.
#[derive(Clone, Debug)]
pub(super) enum Ranges {
    /// A sixteenth of the VPC's each.
    Calculated,
    /// These, one a zone.
    Given(Vec<Value<String>>),
}

/// The ranges of a VPC and of its subnets.
#[derive(Clone, Debug)]
pub(super) struct Layout {
    pub(super) vpc: Value<String>,
    pub(super) public: Ranges,
    pub(super) private: Ranges,
}

impl Layout {
    fn ranges(&self, tier: Tier) -> &Ranges {
        match tier {
            Tier::Public => &self.public,
            Tier::Private => &self.private,
        }
    }

    /// Whether parts of the VPC are calculated: it must be large enough for them.
    pub(super) fn is_calculated(&self) -> bool {
        Tier::ALL.iter().any(|tier| matches!(self.ranges(*tier), Ranges::Calculated))
    }

    /// The ranges of a tier's subnets in so many zones.
    pub(super) fn subnets(&self, tier: Tier, zones: usize) -> Vec<Value<String>> {
        match self.ranges(tier) {
            Ranges::Given(ranges) => ranges.clone(),
            Ranges::Calculated => (0..zones).map(|zone| self.part(tier.first_part() + zone)).collect(),
        }
    }

    fn part(&self, part: usize) -> Value<String> {
        let known = match self.vpc.known() {
            Known::Is(text) => text.parse::<Ipv4Net>().ok(),
            Known::Later => return functions::cidrsubnet(&self.vpc, PART_BITS, part),
        };
        let range = known.and_then(|vpc| vpc.subnets(vpc.prefix_len() + PART_BITS).ok()?.nth(part));
        // What has no parts is refused by `problems`.
        range.map_or_else(|| self.vpc.clone(), |range| range.to_string().into())
    }

    /// What AWS would refuse of the ranges that are written out.
    pub(super) fn problems(&self, zones: usize) -> Vec<Problem> {
        let mut problems = Vec::new();
        let vpc = judge("/range", &self.vpc, &mut problems);
        if let Some(vpc) = vpc
            && self.is_calculated()
            && vpc.prefix_len() + PART_BITS > *PREFIXES.end()
        {
            let help =
                format!("write a range up to /{}, or the ranges of all subnets", PREFIXES.end() - PART_BITS);
            problems.push(refusal(
                format!("`{vpc}` is too small to be cut into sixteen subnets"),
                "/range",
                help,
            ));
            return problems;
        }
        let mut known: Vec<(String, Ipv4Net)> = Vec::new();
        for tier in Tier::ALL {
            let (ranges, name) = (self.subnets(tier, zones), tier.name());
            if ranges.len() != zones {
                problems.push(refusal(
                    format!("the {name} subnets have ranges for {} zones, not {zones}", ranges.len()),
                    format!("/{name}"),
                    "write one range a zone".to_owned(),
                ));
            }
            for (position, range) in ranges.iter().enumerate() {
                let place = format!("/{name}/{position}");
                let Some(subnet) = judge(&place, range, &mut problems) else { continue };
                if vpc.is_some_and(|vpc| !vpc.contains(&subnet)) {
                    problems.push(refusal(
                        format!("`{subnet}` is not in the VPC"),
                        place.clone(),
                        format!("write a part of `{}`", vpc.map(|vpc| vpc.to_string()).unwrap_or_default()),
                    ));
                }
                let overlaps =
                    |other: &&(String, Ipv4Net)| other.1.contains(&subnet) || subnet.contains(&other.1);
                if let Some((other, range)) = known.iter().find(overlaps) {
                    problems.push(refusal(
                        format!("`{subnet}` overlaps `{range}`, the {other}"),
                        place.clone(),
                        "write a range that no other subnet has".to_owned(),
                    ));
                }
                known.push((format!("{name} subnet {}", position + 1), subnet));
            }
        }
        problems
    }
}

/// The range, where it is written out and one that a VPC or subnet may have. What comes later AWS judges.
fn judge(place: &str, range: &Value<String>, problems: &mut Vec<Problem>) -> Option<Ipv4Net> {
    let Known::Is(text) = range.known() else { return None };
    match cidr::range(text) {
        Ok(IpNet::V4(range)) if PREFIXES.contains(&range.prefix_len()) => return Some(range),
        Ok(range) => {
            let help =
                "write a range of IPv4 addresses from /16, the largest, to /28, the smallest".to_owned();
            problems.push(refusal(format!("`{range}` cannot be a VPC's or a subnet's range"), place, help));
        }
        Err(help) => problems.push(refusal(format!("`{text}` is no range of addresses"), place, help)),
    }
    None
}

fn refusal(message: String, place: impl Into<String>, help: String) -> Problem {
    Problem::new(message).at(place).help(help).source(PAGE)
}
