//! Networks: subnets, ways in and out, endpoints.

use serde_json::{Value as Json, json};
use synth::aws::ec2;
use synth::network::{Endpoint, GatewayService, Nat, SecurityGroup, Vpc, Zones};
use synth::{Output, Variable};

use super::{messages, stack};

const ZONES: [&str; 2] = ["us-east-1a", "us-east-1b"];

#[test]
fn a_vpc_has_dns_names_and_its_own_security_group_is_closed() {
    let stack = stack(|stack| {
        stack.add("network", Vpc::new("shop", "10.0.0.0/16", ZONES));
    });
    stack.has_resource::<ec2::Vpc>(json!({
        "cidr_block": "10.0.0.0/16", "enable_dns_hostnames": true, "enable_dns_support": true,
        "tags": { "Name": "shop" },
    }));
    stack.has_resource::<ec2::DefaultSecurityGroup>(
        json!({ "vpc_id": "${aws_vpc.network.id}", "ingress": [], "egress": [] }),
    );
}

#[test]
fn subnets_have_the_ranges_that_were_given() {
    let stack = stack(|stack| {
        let vpc = Vpc::new("shop", "10.0.0.0/16", ZONES)
            .public_ranges(["10.0.1.0/24", "10.0.2.0/24"])
            .private_ranges(["10.0.10.0/24", "10.0.11.0/24"]);
        stack.add("network", vpc);
    });
    for (range, zone, name) in [
        ("10.0.1.0/24", "us-east-1a", "shop-public-1"),
        ("10.0.2.0/24", "us-east-1b", "shop-public-2"),
        ("10.0.10.0/24", "us-east-1a", "shop-private-1"),
        ("10.0.11.0/24", "us-east-1b", "shop-private-2"),
    ] {
        stack.has_resource::<ec2::Subnet>(json!({
            "cidr_block": range, "availability_zone": zone, "tags": { "Name": name },
            "map_public_ip_on_launch": null,
        }));
    }
    stack.has_resources::<ec2::Subnet>(4);
    stack.has_resources::<ec2::RouteTableAssociation>(4);
}

#[test]
fn only_public_subnets_have_a_way_to_the_internet_by_themselves() {
    let stack = stack(|stack| {
        stack.add("network", Vpc::new("shop", "10.0.0.0/16", ZONES));
    });
    stack.has_resources::<ec2::Route>(1);
    stack.has_resource::<ec2::Route>(json!({
        "route_table_id": "${aws_route_table.network__public.id}",
        "destination_cidr_block": "0.0.0.0/0",
        "gateway_id": "${aws_internet_gateway.network__internet.id}",
    }));
    stack.has_resources::<ec2::NatGateway>(0);
}

#[test]
fn one_gateway_serves_the_private_subnets_of_every_zone() {
    let stack = stack(|stack| {
        stack.add("network", Vpc::new("shop", "10.0.0.0/16", ZONES).nat(Nat::OneGateway));
    });
    stack.has_resources::<ec2::NatGateway>(1);
    stack.has_resources::<ec2::Eip>(1);
    stack.has_resource::<ec2::NatGateway>(json!({
        "subnet_id": "${aws_subnet.network__public_1.id}",
        "depends_on": ["aws_internet_gateway.network__internet"],
    }));
    for table in ["private_1", "private_2"] {
        stack.has_resource::<ec2::Route>(json!({
            "route_table_id": format!("${{aws_route_table.network__{table}.id}}"),
            "nat_gateway_id": "${aws_nat_gateway.network__nat_1.id}",
        }));
    }
}

#[test]
fn a_gateway_in_each_zone_serves_that_zone() {
    let stack = stack(|stack| {
        stack.add("network", Vpc::new("shop", "10.0.0.0/16", ZONES).nat(Nat::OneGatewayPerZone));
    });
    for number in [1, 2] {
        stack.has_resource::<ec2::Route>(json!({
            "route_table_id": format!("${{aws_route_table.network__private_{number}.id}}"),
            "nat_gateway_id": format!("${{aws_nat_gateway.network__nat_{number}.id}}"),
        }));
    }
    stack.has_resources::<ec2::NatGateway>(2);
}

#[test]
fn zones_may_be_the_first_ones_of_the_region() {
    let stack = stack(|stack| {
        stack.add("network", Vpc::new("shop", "10.0.0.0/16", Zones::first(3)));
    });
    stack.has_data::<ec2::data::AvailabilityZones>(json!({
        "state": "available", "filter": { "name": "opt-in-status", "values": ["opt-in-not-required"] },
    }));
    stack.has_resource::<ec2::Subnet>(json!({
        "availability_zone": "${data.aws_availability_zones.network__zones.names[2]}",
        "cidr_block": "10.0.160.0/20",
    }));
}

#[test]
fn a_range_that_comes_later_is_cut_up_and_checked_later() {
    let stack = stack(|stack| {
        let range = stack.add("range", Variable::<String>::new());
        stack.add("network", Vpc::new("shop", range, ZONES));
    });
    stack.has_resource::<ec2::Subnet>(json!({ "cidr_block": "${cidrsubnet(var.range, 4, 9)}" }));
    let vpc = stack.document().pointer("/resource/aws_vpc/network/lifecycle/precondition/0/condition");
    assert_eq!(vpc.and_then(Json::as_str), Some("${can(regex(\"/(1[6-9]|2[0-4])$\", var.range))}"));
}

#[test]
fn zones_are_one_to_eight_and_each_is_named_once() {
    let messages = messages(|stack| {
        stack.add("none", Vpc::new("none", "10.0.0.0/16", Zones::first(0)));
        stack.add("many", Vpc::new("many", "10.0.0.0/16", Zones::first(9)));
        stack.add("twice", Vpc::new("twice", "10.0.0.0/16", ["us-east-1a", "us-east-1a"]));
    });
    assert_eq!(
        messages,
        [
            "a VPC cannot have subnets in 0 zones",
            "a VPC cannot have subnets in 9 zones",
            "the zone `us-east-1a` is named twice",
        ]
    );
}

#[test]
fn a_gateway_endpoint_is_a_route_of_every_subnet() {
    let stack = stack(|stack| {
        let vpc = stack.add("network", Vpc::new("shop", "10.0.0.0/16", ZONES));
        let storage = stack.add("storage", Endpoint::gateway(vpc, GatewayService::S3));
        let api = stack.add("api", SecurityGroup::new("api", vpc.id()));
        stack.add("api_to_storage", api.allow_to_prefix_list(storage.prefix_list(), 443));
        stack.add("storage", Output::of::<String>(storage.id()));
    });
    stack.has_resource::<ec2::VpcEndpoint>(json!({
        "vpc_endpoint_type": "Gateway",
        "service_name": "com.amazonaws.${data.aws_region.current.name}.s3",
        "route_table_ids": [
            "${aws_route_table.network__public.id}",
            "${aws_route_table.network__private_1.id}",
            "${aws_route_table.network__private_2.id}",
        ],
    }));
    stack.has_resource::<ec2::VpcSecurityGroupEgressRule>(
        json!({ "prefix_list_id": "${aws_vpc_endpoint.storage.prefix_list_id}" }),
    );
}

#[test]
fn an_interface_endpoint_stands_in_the_private_subnets_under_the_services_names() {
    let stack = stack(|stack| {
        let vpc = stack.add("network", Vpc::new("shop", "10.0.0.0/16", ZONES));
        let group = stack.add("to_secrets", SecurityGroup::new("secrets", vpc.id()));
        stack.add("secrets", Endpoint::interface(vpc, "secretsmanager", group));
    });
    stack.has_resource::<ec2::VpcEndpoint>(json!({
        "vpc_endpoint_type": "Interface",
        "service_name": "com.amazonaws.${data.aws_region.current.name}.secretsmanager",
        "private_dns_enabled": true,
        "subnet_ids": ["${aws_subnet.network__private_1.id}", "${aws_subnet.network__private_2.id}"],
        "security_group_ids": ["${aws_security_group.to_secrets.id}"],
    }));
}
