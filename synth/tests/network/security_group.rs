//! Security groups and their rules.

use serde_json::json;
use synth::aws::ec2;
use synth::network::{Group, SecurityGroup, SecurityGroupHandle, Traffic};
use synth::{Number, Scope, Variable};
use synth_testing::Synthesized;

use super::{messages, stack};

fn group(stack: &mut Scope<'_>, id: &'static str) -> SecurityGroupHandle {
    stack.add(id, SecurityGroup::new(id, "vpc-1"))
}

const ID_OF_API: &str = "${aws_security_group.api.id}";
const ID_OF_DATABASE: &str = "${aws_security_group.database.id}";

#[test]
fn a_security_group_lets_nothing_in_or_out_by_itself() {
    let stack = stack(|stack| {
        stack.add("api", SecurityGroup::new("shop-api", "vpc-1").description("API of the shop"));
    });
    stack.has_resource::<ec2::SecurityGroup>(json!({
        "name": "shop-api", "description": "API of the shop", "vpc_id": "vpc-1", "ingress": null, "egress": null,
    }));
    stack.has_resources::<ec2::VpcSecurityGroupIngressRule>(0);
    stack.has_resources::<ec2::VpcSecurityGroupEgressRule>(0);
}

#[test]
fn a_relation_opens_both_of_its_ends_and_nothing_else() {
    let stack = stack(|stack| {
        let (database, api) = (group(stack, "database"), group(stack, "api"));
        stack.add("database_from_api", database.allow_from(api, 5432).description("Queries"));
    });
    let rule = json!({ "ip_protocol": "tcp", "from_port": 5432, "to_port": 5432, "description": "Queries" });
    let with = |group: &str, other: &str| {
        let mut rule = rule.clone();
        rule["security_group_id"] = group.into();
        rule["referenced_security_group_id"] = other.into();
        rule
    };
    stack.has_resource::<ec2::VpcSecurityGroupIngressRule>(with(ID_OF_DATABASE, ID_OF_API));
    stack.has_resource::<ec2::VpcSecurityGroupEgressRule>(with(ID_OF_API, ID_OF_DATABASE));
    stack.has_resources::<ec2::VpcSecurityGroupIngressRule>(1);
    stack.has_resources::<ec2::VpcSecurityGroupEgressRule>(1);
}

#[test]
fn a_group_that_may_send_everything_needs_no_second_rule() {
    let stack = stack(|stack| {
        let database = group(stack, "database");
        let api = stack.add("api", SecurityGroup::new("api", "vpc-1").all_outbound());
        stack.add("database_from_api", database.allow_from(api, 5432));
    });
    stack.has_resource::<ec2::VpcSecurityGroupEgressRule>(json!({
        "security_group_id": ID_OF_API, "cidr_ipv4": "0.0.0.0/0", "ip_protocol": "-1", "from_port": null,
    }));
    stack.has_resources::<ec2::VpcSecurityGroupEgressRule>(1);
}

#[test]
fn a_group_that_sends_nothing_says_so_with_an_empty_list() {
    let stack = stack(|stack| {
        let database = stack.add("database", SecurityGroup::new("database", "vpc-1").no_outbound());
        let api = group(stack, "api");
        stack.add("database_from_api", database.allow_from(api, 5432));
    });
    stack.has_resource::<ec2::SecurityGroup>(json!({ "name": "database", "egress": [] }));
}

#[test]
fn no_rule_makes_a_group_send_that_never_sends() {
    let messages = messages(|stack| {
        let silent = stack.add("silent", SecurityGroup::new("silent", "vpc-1").no_outbound());
        let api = group(stack, "api");
        stack.add("out", silent.allow_to_cidr("10.0.0.0/8", 443));
        stack.add("api_from_silent", api.allow_from(silent, 443));
    });
    assert_eq!(messages, ["the rule needs a security group to send what it was told never to send"; 2]);
}

#[test]
fn members_of_one_group_may_reach_each_other() {
    let stack = stack(|stack| {
        let api = group(stack, "api");
        stack.add("api_from_api", api.allow_from(api, Traffic::all()));
    });
    let rule = json!({
        "security_group_id": ID_OF_API, "referenced_security_group_id": ID_OF_API, "ip_protocol": "-1",
        "from_port": null, "to_port": null,
    });
    stack.has_resource::<ec2::VpcSecurityGroupIngressRule>(rule.clone());
    stack.has_resource::<ec2::VpcSecurityGroupEgressRule>(rule);
}

#[test]
fn a_group_that_is_already_there_gets_rules_and_stays_as_it_is() {
    let stack = stack(|stack| {
        let api = group(stack, "api");
        let database = Group::existing("sg-0123456789abcdef0");
        stack.add("database_from_api", database.clone().allow_from(api, 5432));
        stack.add("api_from_database", api.allow_from(database, Traffic::udp(8000..=8010)));
    });
    stack.has_resource::<ec2::VpcSecurityGroupIngressRule>(json!({
        "security_group_id": "sg-0123456789abcdef0", "referenced_security_group_id": ID_OF_API,
    }));
    stack.has_resource::<ec2::VpcSecurityGroupIngressRule>(json!({
        "security_group_id": ID_OF_API, "ip_protocol": "udp", "from_port": 8000, "to_port": 8010,
    }));
    // Only `api` is ours to let send.
    stack.has_resources::<ec2::VpcSecurityGroupEgressRule>(1);
}

#[test]
fn ranges_are_of_ipv4_or_ipv6_and_lists_go_by_id() {
    let stack = stack(|stack| {
        let api = group(stack, "api");
        stack.add("four", api.allow_from_cidr("0.0.0.0/0", 443));
        stack.add("six", api.allow_from_cidr("::/0", 443));
        stack.add("listed", api.allow_from_prefix_list("pl-1", 443));
        stack.add("storage", api.allow_to_prefix_list("pl-2", 443));
    });
    for rule in [
        json!({ "cidr_ipv4": "0.0.0.0/0" }),
        json!({ "cidr_ipv6": "::/0" }),
        json!({ "prefix_list_id": "pl-1" }),
    ] {
        stack.has_resource::<ec2::VpcSecurityGroupIngressRule>(rule);
    }
    stack.has_resource::<ec2::VpcSecurityGroupEgressRule>(json!({ "prefix_list_id": "pl-2" }));
}

#[test]
fn a_port_and_a_range_may_come_later() {
    let stack = stack(|stack| {
        let port = stack.add("port", Variable::<Number>::new());
        let range = stack.add("range", Variable::<String>::new());
        let api = group(stack, "api");
        stack.add("office", api.allow_from_cidr(range, port));
    });
    stack.has_resource::<ec2::VpcSecurityGroupIngressRule>(json!({
        "cidr_ipv4": "${var.range}", "from_port": "${var.port}", "to_port": "${var.port}", "ip_protocol": "tcp",
    }));
}

#[test]
fn what_is_no_range_of_addresses_is_refused_with_the_range_that_was_meant() {
    for (range, help) in [
        ("10.0.0.1/8", "write `10.0.0.0/8`"),
        ("10.0.0.1", "for this one address, write `10.0.0.1/32`"),
        ("2001:db8::1", "for this one address, write `2001:db8::1/128`"),
        ("10.0.0.0/33", "write an address and the length of its prefix, such as `10.0.0.0/16`"),
        ("everywhere", "write an address and the length of its prefix, such as `10.0.0.0/16`"),
        ("", "write an address and the length of its prefix, such as `10.0.0.0/16`"),
    ] {
        let problems = Synthesized::refused(|stack| {
            let api = group(stack, "api");
            stack.add("rule", api.allow_from_cidr(range, 443));
        });
        assert_eq!(problems.0.len(), 1, "{problems}");
        let problem = problems.0.first().unwrap();
        assert_eq!(problem.message, format!("`{range}` is no range of addresses"));
        assert_eq!(problem.help.as_deref(), Some(help));
    }
}

#[test]
fn ports_that_are_none_are_refused() {
    let messages = messages(|stack| {
        let api = group(stack, "api");
        #[expect(clippy::reversed_empty_ranges, reason = "that is what is refused")]
        let reversed = 443..=80;
        stack.add("reversed", api.allow_from_cidr("10.0.0.0/8", reversed));
        stack.add("high", api.allow_from_cidr("10.0.0.0/8", synth::Value::<Number>::from(65_536)));
    });
    assert_eq!(messages, ["no ports are from 443 to 80", "there is no port 65536"]);
}

#[test]
fn names_and_descriptions_that_ec2_does_not_take_are_refused() {
    let messages = messages(|stack| {
        stack.add("reserved", SecurityGroup::new("sg-shop", "vpc-1"));
        stack.add("empty", SecurityGroup::new("", "vpc-1"));
        stack.add("long", SecurityGroup::new("x".repeat(256), "vpc-1"));
        stack.add("letters", SecurityGroup::new("shop", "vpc-1").description("für alle"));
        let api = group(stack, "api");
        stack.add("rule", api.allow_from_cidr("::/0", 443).description("the shop's"));
    });
    assert_eq!(messages.len(), 5, "{messages:?}");
    assert!(messages.contains(&"`für alle` cannot be a security group's description".to_owned()));
}
