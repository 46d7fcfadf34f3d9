//! Hosted zones, records and aliases.

use std::net::Ipv4Addr;

use serde_json::json;
use synth::Variable;
use synth::dns::{Alias, AliasTarget, ExistingZone, Record, Zone};
use synth::load_balancer::LoadBalancer;
use synth::network::{Placement, SecurityGroup};

use crate::{document, refused};

#[test]
fn a_zone_holds_records_by_their_whole_names() {
    let document = document(|stack| {
        let zone = stack.add("zone", Zone::new("example.com"));
        stack.add("www", Record::cname(zone, "www.example.com", "example.net"));
        stack.add("top", Record::a(zone, "example.com", [Ipv4Addr::new(192, 0, 2, 1)]).seconds(60));
        stack.add("dev", Record::delegation(zone, "dev.example.com", ["ns1.example.net", "ns2.example.net"]));
        stack.add("proof", Record::txt(zone, "_proof.example.com", ["one"]));
    });
    let records = document.pointer("/resource/aws_route53_record").unwrap();
    let zone_id = "${aws_route53_zone.zone.zone_id}";
    assert_eq!(
        records,
        &json!({
            "dev": { "name": "dev.example.com", "records": ["ns1.example.net", "ns2.example.net"], "ttl": 300,
                     "type": "NS", "zone_id": zone_id },
            "proof": { "name": "_proof.example.com", "records": ["one"], "ttl": 300, "type": "TXT", "zone_id": zone_id },
            "top": { "name": "example.com", "records": ["192.0.2.1"], "ttl": 60, "type": "A", "zone_id": zone_id },
            "www": { "name": "www.example.com", "records": ["example.net"], "ttl": 300, "type": "CNAME",
                     "zone_id": zone_id },
        })
    );
}

#[test]
fn a_name_outside_of_its_zone_is_refused() {
    let found = refused(|stack| {
        let zone = stack.add("zone", Zone::new("example.com"));
        stack.add("www", Record::cname(zone, "www", "example.net"));
        stack.add("other", Record::txt(zone, "notexample.com", ["one"]));
    });
    assert_eq!(
        found,
        [
            "`www` is not a name of the zone `example.com`",
            "`notexample.com` is not a name of the zone `example.com`"
        ]
    );
}

#[test]
fn a_zones_own_name_can_be_an_alias_but_not_another_name() {
    let found = refused(|stack| {
        let zone = stack.add("zone", ExistingZone::new("example.com"));
        stack.add("top", Record::cname(zone, "example.com", "example.net"));
        let target = AliasTarget::AppRunner { domain: "abc.us-east-1.awsapprunner.com".into() };
        stack.add("alias", Alias::new(zone, "example.com", target));
    });
    assert_eq!(found, ["`example.com` is the zone's own name, and cannot be another name for anything"]);
}

#[test]
fn names_that_the_dns_does_not_have_are_refused() {
    let long = format!("{}.example.com", "a".repeat(64));
    let found = refused(|stack| {
        stack.add("capital", Zone::new("Example.com"));
        stack.add("dot", Zone::new("example.com."));
        stack.add("empty", Zone::new(""));
        stack.add("star", Zone::new("*.example.com"));
        let zone = stack.add("zone", Zone::new("example.com"));
        stack.add("label", Record::txt(zone, long.as_str(), ["x"]));
        stack.add("inner", Record::txt(zone, "a.*.example.com", ["x"]));
        stack.add("hyphen", Record::txt(zone, "-a.example.com", ["x"]));
        stack.add("hostile", Record::txt(zone, "${var.x}\n.example.com", ["x"]));
        stack.add("seconds", Record::txt(zone, "a.example.com", ["x"]).seconds(-1));
    });
    assert_eq!(
        found,
        [
            "`Example.com` cannot be a hosted zone's name".to_owned(),
            "`example.com.` cannot be a hosted zone's name".to_owned(),
            "`` cannot be a hosted zone's name".to_owned(),
            "`*.example.com` cannot be a hosted zone's name".to_owned(),
            format!("`{long}` cannot be a record's name"),
            "`a.*.example.com` cannot be a record's name".to_owned(),
            "`-a.example.com` cannot be a record's name".to_owned(),
            "`${var.x}\\n.example.com` cannot be a record's name".to_owned(),
            "an answer cannot be kept for -1 seconds".to_owned(),
        ]
    );
}

#[test]
fn a_name_from_a_variable_is_checked_when_it_is_planned() {
    let document = document(|stack| {
        let name = stack.add("name", Variable::<String>::new());
        let zone = stack.add("zone", Zone::new(&name));
        stack.add("top", Record::txt(zone, &name, ["one"]));
    });
    let conditions = |of: &str| {
        let checked = document.pointer(&format!("/resource/{of}/lifecycle/precondition")).unwrap();
        checked
            .as_array()
            .unwrap()
            .iter()
            .map(|check| check["condition"].as_str().unwrap())
            .collect::<Vec<_>>()
    };
    assert!(conditions("aws_route53_zone/zone")[0].starts_with("${can(regex("));
    assert_eq!(conditions("aws_route53_record/top")[1], "${endswith(var.name, aws_route53_zone.zone.name)}");
}

#[test]
fn an_alias_leads_to_the_zone_that_aws_keeps_its_target_in() {
    let document = document(|stack| {
        let zone = stack.add("zone", Zone::new("example.com"));
        let service = AliasTarget::AppRunner { domain: "abc.us-east-1.awsapprunner.com".into() };
        stack.add("api", Alias::new(zone, "api.example.com", service));
        let elsewhere = AliasTarget::LoadBalancer { domain: "lb.example.net".into(), zone_id: "Z1".into() };
        stack.add("www", Alias::new(zone, "www.example.com", elsewhere));
        let group = stack.add("group", SecurityGroup::new("shop", "vpc-1"));
        let placement = Placement::new(["subnet-1", "subnet-2"], [group]);
        let balancer = stack
            .add("balancer", LoadBalancer::new("shop", placement, "arn:aws:acm:us-east-1:1:certificate/1"));
        stack.add("shop", Alias::new(zone, "shop.example.com", balancer));
    });
    let alias = |of: &str| document.pointer(&format!("/resource/aws_route53_record/{of}/alias")).unwrap();
    assert_eq!(
        alias("api__a"),
        &json!({ "evaluate_target_health": false, "name": "abc.us-east-1.awsapprunner.com",
                 "zone_id": "${data.aws_apprunner_hosted_zone_id.api.id}" })
    );
    assert_eq!(alias("www__a")["zone_id"], "Z1");
    assert_eq!(alias("shop__a")["zone_id"], "${aws_lb.balancer.zone_id}");
}
