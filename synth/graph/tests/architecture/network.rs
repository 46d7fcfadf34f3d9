//! Who can reach whom, and in which frames boxes are.

use serde_json::{Value, json};
use synth_graph::architecture::Meaning;

use crate::document::{arrows, drawn};

/// An application and a database, each in a security group of its own, with these rules.
fn with_rules(rules: &Value) -> Value {
    let mut document = json!({ "resource": {
        "aws_security_group": { "app": { "name": "app" }, "db": { "name": "db" } },
        "aws_instance": { "app": { "vpc_security_group_ids": ["${aws_security_group.app.id}"] } },
        "aws_db_instance": { "db": { "vpc_security_group_ids": ["${aws_security_group.db.id}"] } },
    } });
    let resources = document["resource"].as_object_mut().unwrap();
    resources.extend(rules.as_object().unwrap().clone());
    document
}

fn in_rule() -> Value {
    json!({ "security_group_id": "${aws_security_group.db.id}", "from_port": 5432, "to_port": 5432, "ip_protocol": "tcp",
        "referenced_security_group_id": "${aws_security_group.app.id}" })
}

fn out_rule(port: u16) -> Value {
    json!({ "security_group_id": "${aws_security_group.app.id}", "from_port": port, "to_port": port, "ip_protocol": "tcp",
        "referenced_security_group_id": "${aws_security_group.db.id}" })
}

#[test]
fn both_ends_must_open_a_port() {
    let drawn = drawn(&with_rules(&json!({
        "aws_vpc_security_group_ingress_rule": { "db": in_rule() },
        "aws_vpc_security_group_egress_rule": { "db": out_rule(5432) },
    })));
    assert_eq!(arrows(&drawn, Meaning::Reaches), ["aws_instance.app -> aws_db_instance.db: 5432"]);
    assert!(drawn.undecided.is_empty());
}

#[test]
fn what_the_sender_does_not_let_out_is_no_arrow_and_is_said() {
    for out in [json!({}), json!({ "db": out_rule(443) })] {
        let drawn = drawn(&with_rules(&json!({
            "aws_vpc_security_group_ingress_rule": { "db": in_rule() },
            "aws_vpc_security_group_egress_rule": out,
        })));
        assert_eq!(arrows(&drawn, Meaning::Reaches), Vec::<String>::new());
        assert!(
            drawn
                .undecided
                .iter()
                .any(|said| said.contains("lets nothing out there") || said.contains("let nothing out"))
        );
    }
}

#[test]
fn rules_inside_of_groups_and_beside_them_mean_the_same() {
    let beside = drawn(&with_rules(&json!({ "aws_security_group_rule": {
        "in": { "type": "ingress", "security_group_id": "${aws_security_group.db.id}", "protocol": "tcp", "from_port": 5432,
            "to_port": 5432, "source_security_group_id": "${aws_security_group.app.id}" },
        "out": { "type": "egress", "security_group_id": "${aws_security_group.app.id}", "protocol": "-1", "from_port": 0,
            "to_port": 0, "cidr_blocks": ["0.0.0.0/0"] },
    } })));
    let inside = drawn(&with_rules(&json!({ "aws_security_group": {
        "db": { "ingress": [{ "protocol": "tcp", "from_port": 5432, "to_port": 5432,
            "security_groups": ["${aws_security_group.app.id}"] }] },
        "app": { "egress": [{ "protocol": "-1", "from_port": 0, "to_port": 0, "cidr_blocks": ["0.0.0.0/0"] }] },
    } })));
    let expected = ["aws_instance.app -> aws_db_instance.db: 5432"];
    assert_eq!(arrows(&beside, Meaning::Reaches), expected);
    assert_eq!(arrows(&inside, Meaning::Reaches), expected);
}

#[test]
fn ports_are_said_as_people_say_them() {
    let reached = |rule: Value| {
        let mut rule = rule;
        rule["security_group_id"] = json!("${aws_security_group.db.id}");
        rule["cidr_ipv4"] = json!("0.0.0.0/0");
        let drawn = drawn(&with_rules(&json!({ "aws_vpc_security_group_ingress_rule": { "r": rule } })));
        arrows(&drawn, Meaning::Reaches).remove(0).rsplit(": ").next().unwrap().to_owned()
    };
    assert_eq!(reached(json!({ "ip_protocol": "-1" })), "any port");
    assert_eq!(reached(json!({ "ip_protocol": "tcp", "from_port": 80, "to_port": 81 })), "80–81");
    assert_eq!(reached(json!({ "ip_protocol": "udp", "from_port": 53, "to_port": 53 })), "udp 53");
    assert_eq!(reached(json!({ "ip_protocol": "icmp", "from_port": -1, "to_port": -1 })), "icmp");
    assert_eq!(reached(json!({ "ip_protocol": "${var.unknown}", "from_port": 1 })), "some port");
}

#[test]
fn who_is_let_in_later_is_undecided() {
    let drawn = drawn(&with_rules(&json!({ "aws_vpc_security_group_ingress_rule": { "db": {
        "security_group_id": "${aws_security_group.db.id}", "ip_protocol": "-1", "cidr_ipv4": "${each.value}" } } })));
    assert_eq!(arrows(&drawn, Meaning::Reaches), Vec::<String>::new());
    assert_eq!(
        drawn.undecided.iter().collect::<Vec<_>>(),
        ["`aws_vpc_security_group_ingress_rule.db`: who it lets in is `each.value` is known only later"]
    );
}

#[test]
fn subnets_are_framed_by_their_way_out() {
    let drawn = drawn(&json!({ "resource": {
        "aws_vpc": { "main": { "cidr_block": "10.0.0.0/16" } },
        "aws_internet_gateway": { "main": { "vpc_id": "${aws_vpc.main.id}" } },
        "aws_subnet": {
            "a": { "vpc_id": "${aws_vpc.main.id}", "cidr_block": "10.0.0.0/24" },
            "b": { "vpc_id": "${aws_vpc.main.id}", "cidr_block": "10.0.1.0/24" },
            "c": { "vpc_id": "${aws_vpc.main.id}", "cidr_block": "10.0.2.0/24" } },
        "aws_route_table": { "out": { "vpc_id": "${aws_vpc.main.id}" }, "none": { "vpc_id": "${aws_vpc.main.id}" } },
        "aws_route": { "out": { "route_table_id": "${aws_route_table.out.id}", "destination_cidr_block": "0.0.0.0/0",
            "gateway_id": "${aws_internet_gateway.main.id}" } },
        "aws_route_table_association": {
            "a": { "subnet_id": "${aws_subnet.a.id}", "route_table_id": "${aws_route_table.out.id}" },
            "b": { "subnet_id": "${aws_subnet.b.id}", "route_table_id": "${aws_route_table.none.id}" } },
        "aws_instance": { "web": { "subnet_id": "${aws_subnet.a.id}" }, "job": { "subnet_id": "${aws_subnet.b.id}" },
            "other": { "subnet_id": "${aws_subnet.c.id}" } },
    } }));
    let frame = |id: &str| {
        let group = drawn.nodes[id].group.as_deref().unwrap();
        (drawn.groups[group].title.as_str(), drawn.groups[group].parent.as_deref().unwrap())
    };
    assert_eq!(frame("aws_instance.web"), ("public subnets", "aws_vpc.main"));
    assert_eq!(frame("aws_instance.job"), ("isolated subnets", "aws_vpc.main"));
    assert_eq!(frame("aws_instance.other"), ("subnets", "aws_vpc.main"));
}

#[test]
fn a_load_balancer_sends_to_what_is_behind_its_paths() {
    let drawn = drawn(&json!({ "resource": {
        "aws_lb": { "front": { "name": "front" } },
        "aws_lb_listener": { "https": { "load_balancer_arn": "${aws_lb.front.arn}", "port": 443 } },
        "aws_lb_listener_rule": { "api": { "listener_arn": "${aws_lb_listener.https.arn}",
            "action": [{ "type": "forward", "target_group_arn": "${aws_lb_target_group.api.arn}" }],
            "condition": [{ "path_pattern": { "values": ["/api/*", "/health"] } }] } },
        "aws_lb_target_group": { "api": { "port": 9000 } },
        "aws_ecs_cluster": { "main": { "name": "main" } },
        "aws_ecs_service": { "api": { "name": "api", "cluster": "${aws_ecs_cluster.main.arn}",
            "load_balancer": [{ "target_group_arn": "${aws_lb_target_group.api.arn}", "container_port": 9000 }] } },
    } }));
    assert_eq!(arrows(&drawn, Meaning::Reaches), ["aws_lb.front -> aws_ecs_service.api: :9000 /api/* +1"]);
    assert_eq!(drawn.nodes["aws_ecs_service.api"].group.as_deref(), Some("aws_ecs_cluster.main"));
}
