//! Nothing is dropped: every resource of a document is in the picture.

use std::collections::BTreeSet;

use proptest::prelude::*;
use serde_json::{Map, Value, json};
use synth_graph::{layout, render};

use crate::document::drawn;

const TYPES: [&str; 24] = [
    "acme_thing",
    "acme_thing_part",
    "aws_apprunner_service",
    "aws_apprunner_vpc_connector",
    "aws_cloudwatch_metric_alarm",
    "aws_db_instance",
    "aws_db_subnet_group",
    "aws_ecs_cluster",
    "aws_ecs_service",
    "aws_ecs_task_definition",
    "aws_iam_policy",
    "aws_iam_role",
    "aws_iam_role_policy",
    "aws_iam_role_policy_attachment",
    "aws_lb",
    "aws_lb_listener",
    "aws_lb_target_group",
    "aws_route53_record",
    "aws_route_table_association",
    "aws_s3_bucket",
    "aws_s3_bucket_policy",
    "aws_security_group",
    "aws_subnet",
    "random_password",
];

const ARGUMENTS: [&str; 14] = [
    "bucket",
    "cluster",
    "dimensions",
    "listener_arn",
    "load_balancer_arn",
    "policy",
    "policy_arn",
    "role",
    "route_table_id",
    "security_group_id",
    "subnet_id",
    "target_group_arn",
    "vpc_id",
    "zone_id",
];

/// An argument of a resource: which of the arguments, and the type and the number of what it refers to.
type Argument = (prop::sample::Index, prop::sample::Index, u8);

/// Resources of few types and names, which refer to each other in any way, circles included.
fn documents() -> impl Strategy<Value = Value> {
    let argument = any::<Argument>();
    let resource = (any::<prop::sample::Index>(), 0_u8..4, prop::collection::vec(argument, 0..4));
    prop::collection::vec(resource, 0..25).prop_map(|resources| {
        let mut types: Map<String, Value> = Map::new();
        for (type_name, name, arguments) in resources {
            let mut body = Map::new();
            for (argument, other, number) in arguments {
                let reference = format!("${{{}.r{}.id}}", other.get(&TYPES), number % 4);
                body.insert((*argument.get(&ARGUMENTS)).to_owned(), json!(reference));
            }
            let names = types.entry(*type_name.get(&TYPES)).or_insert_with(|| json!({}));
            names.as_object_mut().unwrap().insert(format!("r{name}"), Value::Object(body));
        }
        json!({ "resource": types, "terraform": {} })
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn every_resource_is_in_the_picture(document in documents()) {
        let drawn = drawn(&document);
        let of_nodes = drawn.nodes.values().flat_map(|node| &node.parts);
        let of_groups = drawn.groups.values().flat_map(|group| &group.parts);
        let shown: BTreeSet<String> = of_nodes.chain(of_groups).map(|part| part.address.clone()).collect();
        for (type_name, names) in document["resource"].as_object().unwrap() {
            for name in names.as_object().unwrap().keys() {
                prop_assert!(shown.contains(&format!("{type_name}.{name}")), "{type_name}.{name} is not in {shown:?}");
            }
        }
    }

    #[test]
    fn every_arrow_and_every_frame_leads_to_what_is_there(document in documents()) {
        let drawn = drawn(&document);
        let is_there = |id: &String| drawn.nodes.contains_key(id) || drawn.groups.contains_key(id);
        for (from, to, _) in drawn.arrows.keys() {
            prop_assert!(is_there(from) && is_there(to), "{from} -> {to}");
        }
        for frame in drawn.nodes.values().filter_map(|node| node.group.as_ref()) {
            prop_assert!(drawn.groups.contains_key(frame), "{frame}");
        }
        for frame in drawn.groups.values().filter_map(|group| group.parent.as_ref()) {
            prop_assert!(drawn.groups.contains_key(frame), "{frame}");
        }
    }

    #[test]
    fn every_document_can_be_laid_out_and_written(document in documents()) {
        let drawn = drawn(&document);
        let scene = layout::scene(&drawn).unwrap();
        for id in drawn.nodes.keys().chain(drawn.groups.keys()) {
            prop_assert!(scene.places.contains_key(id), "{id} has no place");
        }
        prop_assert!(roxmltree::Document::parse(&render::svg(&drawn, &scene, "x")).is_ok());
        prop_assert!(render::mermaid(&drawn).starts_with("flowchart LR\n"));
        let dot = render::dot(&drawn);
        prop_assert!(dot.trim_end().ends_with(char::from(b'}')), "{dot}");
    }
}
