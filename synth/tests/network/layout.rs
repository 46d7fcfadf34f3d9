//! The addresses of subnets, against arithmetic on plain numbers.

#![expect(clippy::unwrap_used, reason = "tests fail by panicking")]

use std::net::Ipv4Addr;

use proptest::prelude::*;
use serde_json::Value as Json;
use synth::App;
use synth::network::{Vpc, Zones};
use synth_testing::Synthesized;

use super::{messages, stack};

/// The first and the last address of a range.
fn bounds(range: &str) -> (u32, u32) {
    let (address, prefix) = range.split_once('/').unwrap();
    let size = 1_u64 << (32 - prefix.parse::<u32>().unwrap());
    let first = u32::from(address.parse::<Ipv4Addr>().unwrap());
    (first, u32::try_from(u64::from(first) + size - 1).unwrap())
}

fn range(address: u32, prefix: u32) -> String {
    format!("{}/{prefix}", Ipv4Addr::from(address & (u32::MAX << (32 - prefix))))
}

fn overlap(one: &str, other: &str) -> bool {
    let (one, other) = (bounds(one), bounds(other));
    one.0 <= other.1 && other.0 <= one.1
}

fn subnets(stack: &Synthesized) -> Vec<(String, String)> {
    let subnets = stack.document().pointer("/resource/aws_subnet").and_then(Json::as_object).unwrap();
    let range = |subnet: &Json| subnet["cidr_block"].as_str().unwrap().to_owned();
    subnets.iter().map(|(name, subnet)| (name.clone(), range(subnet))).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn calculated_subnets_are_in_the_vpc_and_apart(address: u32, prefix in 16_u32..=24, zones in 1_usize..=8) {
        let vpc = range(address, prefix);
        let stack = Synthesized::stack(|stack| {
            stack.add("network", Vpc::new("shop", vpc.as_str(), Zones::first(zones)));
        });
        let (first, last) = bounds(&vpc);
        let subnets = subnets(&stack);
        prop_assert_eq!(subnets.len(), 2 * zones);
        for (at, (name, subnet)) in subnets.iter().enumerate() {
            let (from, to) = bounds(subnet);
            prop_assert!(first <= from && to <= last, "{} of {} has {}", name, vpc, subnet);
            for (_, other) in subnets.iter().skip(at + 1) {
                prop_assert!(!overlap(subnet, other), "{} and {}", subnet, other);
            }
        }
    }

    #[test]
    fn another_zone_moves_no_subnet(address: u32, prefix in 16_u32..=24, zones in 1_usize..=7) {
        let of = |zones| subnets(&Synthesized::stack(|stack| {
            stack.add("network", Vpc::new("shop", range(address, prefix), Zones::first(zones)));
        }));
        let (before, after) = (of(zones), of(zones + 1));
        prop_assert!(before.iter().all(|subnet| after.contains(subnet)), "{:?} became {:?}", before, after);
    }

    #[test]
    fn given_subnets_are_accepted_when_they_are_in_the_vpc_and_apart(
        vpc in 16_u32..=18,
        one in (0_u32..0x0001_0000, 17_u32..=28),
        other in (0_u32..0x0001_0000, 17_u32..=28),
    ) {
        let base = 0x0A00_0000;
        let vpc = range(base, vpc);
        let (one, other) = (range(base + one.0, one.1), range(base + other.0, other.1));
        let mut app = App::new();
        let network = Vpc::new("shop", vpc.as_str(), Zones::first(1))
            .public_ranges([one.as_str()])
            .private_ranges([other.as_str()]);
        app.stack("test").add("network", network);
        let within = |range: &str| bounds(&vpc).0 <= bounds(range).0 && bounds(range).1 <= bounds(&vpc).1;
        let fine = within(&one) && within(&other) && !overlap(&one, &other);
        prop_assert_eq!(synth::resolve(app).is_ok(), fine, "{} and {} in {}", one, other, vpc);
    }

    #[test]
    fn any_text_is_judged(text in "[0-9./:a-f]{0,20}|\\PC{0,8}") {
        let mut app = App::new();
        app.stack("test").add("network", Vpc::new("shop", text.as_str(), Zones::first(2)));
        let _ = synth::resolve(app);
    }
}

#[test]
fn a_vpc_at_the_end_of_all_addresses_has_subnets() {
    let stack = stack(|stack| {
        stack.add("network", Vpc::new("shop", "255.255.255.0/24", Zones::first(8)));
    });
    assert!(subnets(&stack).contains(&("network__private_8".to_owned(), "255.255.255.240/28".to_owned())));
}

#[test]
fn what_aws_would_refuse_is_refused() {
    let messages = messages(|stack| {
        let mut add = |id: &'static str, vpc: &str, public: &[&str], private: &[&str]| {
            let vpc = Vpc::new("shop", vpc, Zones::first(2));
            stack.add(id, vpc.public_ranges(public.to_vec()).private_ranges(private.to_vec()));
        };
        let good = ["10.0.1.0/24", "10.0.2.0/24"];
        add("large", "10.0.0.0/8", &good, &["10.0.3.0/24", "10.0.4.0/24"]);
        add("six", "2001:db8::/32", &good, &["10.0.3.0/24", "10.0.4.0/24"]);
        add("count", "10.0.0.0/16", &["10.0.1.0/24"], &["10.0.3.0/24", "10.0.4.0/24"]);
        add("outside", "10.0.0.0/16", &good, &["10.1.3.0/24", "10.0.4.0/24"]);
        add("overlap", "10.0.0.0/16", &good, &["10.0.0.0/22", "10.0.4.0/24"]);
        add("tiny", "10.0.0.0/16", &good, &["10.0.3.0/29", "10.0.4.0/24"]);
        add("bits", "10.0.0.0/16", &good, &["10.0.3.1/24", "10.0.4.0/24"]);
        stack.add("cut", Vpc::new("shop", "10.0.0.0/25", Zones::first(2)));
    });
    assert_eq!(
        messages,
        [
            "`10.0.0.0/22` overlaps `10.0.1.0/24`, the public subnet 1",
            "`10.0.3.0/29` cannot be a VPC's or a subnet's range",
            "`10.0.3.1/24` is no range of addresses",
            "`10.1.3.0/24` is not in the VPC",
            "the public subnets have ranges for 1 zones, not 2",
            "`10.0.0.0/8` cannot be a VPC's or a subnet's range",
            "`2001:db8::/32` cannot be a VPC's or a subnet's range",
            "`10.0.0.0/25` is too small to be cut into sixteen subnets",
        ]
    );
}
