//! What is a box, and what is a detail of one.

use serde_json::json;
use synth_graph::architecture::Meaning;

use crate::document::{arrows, drawn, parts};

#[test]
fn a_document_without_resources_is_an_empty_picture() {
    let drawn = drawn(&json!({ "terraform": {} }));
    assert!(drawn.nodes.is_empty() && drawn.groups.is_empty() && drawn.arrows.is_empty());
}

#[test]
fn what_configures_a_bucket_is_a_detail_of_it_and_not_of_others_that_it_names() {
    let drawn = drawn(&json!({ "resource": {
        "aws_s3_bucket": { "files": { "bucket": "files" }, "logs": { "bucket": "logs" } },
        "aws_s3_bucket_versioning": { "files": { "bucket": "${aws_s3_bucket.files.id}" } },
        "aws_s3_bucket_logging": { "files": {
            "bucket": "${aws_s3_bucket.files.id}", "target_bucket": "${aws_s3_bucket.logs.id}" } },
    } }));
    assert_eq!(
        parts(&drawn, "aws_s3_bucket.files"),
        ["aws_s3_bucket.files", "aws_s3_bucket_logging.files", "aws_s3_bucket_versioning.files"]
    );
    assert_eq!(parts(&drawn, "aws_s3_bucket.logs"), ["aws_s3_bucket.logs"]);
}

#[test]
fn a_type_that_nobody_knows_is_a_box_with_its_references() {
    let drawn = drawn(&json!({ "resource": {
        "acme_database": { "main": { "name": "main" } },
        "acme_worker": { "jobs": { "store_id": "${acme_database.main.id}" } },
    } }));
    assert_eq!(drawn.nodes["acme_worker.jobs"].kind, "acme worker");
    assert_eq!(drawn.nodes["acme_worker.jobs"].group.as_deref(), Some("provider:acme"));
    assert_eq!(arrows(&drawn, Meaning::Uses), ["acme_worker.jobs -> acme_database.main: store"]);
}

#[test]
fn a_detail_of_a_type_that_nobody_knows_is_told_by_its_name() {
    let drawn = drawn(&json!({ "resource": {
        "acme_database": { "main": {} },
        "acme_database_backup": { "nightly": { "database": "${acme_database.main.id}" } },
    } }));
    assert_eq!(parts(&drawn, "acme_database.main"), ["acme_database.main", "acme_database_backup.nightly"]);
}

#[test]
fn a_detail_of_nothing_is_a_box() {
    let drawn = drawn(&json!({ "resource": { "aws_db_subnet_group": { "lonely": { "subnet_ids": [] } } } }));
    assert_eq!(parts(&drawn, "aws_db_subnet_group.lonely"), ["aws_db_subnet_group.lonely"]);
}

#[test]
fn details_that_refer_to_each_other_in_a_circle_are_boxes() {
    let drawn = drawn(&json!({ "resource": { "aws_lb_listener_rule": {
        "a": { "listener_arn": "${aws_lb_listener_rule.b.arn}" },
        "b": { "listener_arn": "${aws_lb_listener_rule.a.arn}" },
    } } }));
    assert_eq!(drawn.nodes.len(), 2);
}

#[test]
fn a_detail_of_what_is_given_from_outside_stands_by_that() {
    let drawn = drawn(&json!({
        "variable": { "group": {} },
        "resource": { "aws_vpc_security_group_ingress_rule": { "web": {
            "security_group_id": "${var.group}", "cidr_ipv4": "0.0.0.0/0", "ip_protocol": "tcp", "from_port": 443, "to_port": 443 } } },
    }));
    assert_eq!(parts(&drawn, "given:var.group"), ["aws_vpc_security_group_ingress_rule.web"]);
    assert_eq!(arrows(&drawn, Meaning::Reaches), ["outside:internet -> given:var.group: 443"]);
}

#[test]
fn equal_boxes_become_one_that_names_them_all() {
    let parameters: serde_json::Map<String, serde_json::Value> =
        ["a", "b", "c", "d"].iter().map(|name| ((*name).to_owned(), json!({ "name": name }))).collect();
    let drawn = drawn(&json!({ "resource": { "aws_ssm_parameter": parameters } }));
    let only = drawn.nodes.values().next().unwrap();
    assert_eq!((drawn.nodes.len(), only.name.as_str(), only.parts.len()), (1, "4 × parameter", 4));
}

#[test]
fn what_is_only_read_is_said_and_not_drawn() {
    let drawn = drawn(&json!({ "data": { "aws_region": { "current": {} } } }));
    assert!(drawn.nodes.is_empty());
    assert_eq!(drawn.lookups.iter().collect::<Vec<_>>(), ["data.aws_region.current"]);
}

#[test]
fn what_is_found_and_used_is_drawn_as_there_already() {
    let drawn = drawn(&json!({
        "data": { "aws_db_instance": { "old": { "db_instance_identifier": "old" } } },
        "resource": { "aws_cloudwatch_metric_alarm": { "cpu": {
            "dimensions": { "DBInstanceIdentifier": "${data.aws_db_instance.old.db_instance_identifier}" } } } },
    }));
    let database = &drawn.nodes["data.aws_db_instance.old"];
    assert!(database.is_found);
    assert_eq!(database.notes, ["1 alarm"]);
}
