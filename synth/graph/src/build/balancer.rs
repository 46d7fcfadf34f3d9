//! What load balancers send requests to.

use std::collections::BTreeSet;

use policy::node::Value;
use policy::terraform::{Block, values_in};

use super::home::Homes;
use super::index::{At, Index};
use crate::architecture::{Architecture, Meaning};

/// Adds an arrow from each load balancer to what is behind each of its target groups.
pub(super) fn add(drawn: &mut Architecture, index: &Index<'_>, homes: &Homes<'_, '_>) {
    for (group, block) in index.resources().filter(|(_, block)| is_target_group(block)) {
        let port = number(block, "port").map_or_else(String::new, |port| format!(":{port}"));
        let senders: Vec<(At, &Block)> = homes
            .referrers(group)
            .filter_map(|at| Some((at, index.block(at)?)))
            .filter(|(_, block)| block.type_name().contains("lb_listener"))
            .collect();
        let balancers: BTreeSet<String> = senders.iter().flat_map(|(at, _)| homes.of_block(*at)).collect();
        let label = label(&senders, &port);
        let receivers = homes.referrers(group).filter(|at| !index.type_name(*at).contains("lb_listener"));
        let receivers: BTreeSet<String> = receivers
            .flat_map(|at| match index.type_name(at) {
                "aws_lb_target_group_attachment" | "aws_alb_target_group_attachment" => {
                    targets(index, homes, at)
                }
                _ => homes.of_block(at),
            })
            .filter(|home| !balancers.contains(home))
            .collect();
        for from in &balancers {
            for to in &receivers {
                let detail = format!("{} sends requests to {}", from, block.address());
                drawn.arrow(from, to, Meaning::Reaches, &label, &detail);
            }
        }
    }
}

fn is_target_group(block: &Block) -> bool {
    matches!(block.type_name(), "aws_lb_target_group" | "aws_alb_target_group")
}

fn targets(index: &Index<'_>, homes: &Homes<'_, '_>, attachment: At) -> BTreeSet<String> {
    let links = index.links(attachment).filter(|link| link.argument == "target_id");
    links.flat_map(|link| homes.of_block(link.to)).collect()
}

/// The port, and the paths that lead there; of many the first and how many more.
fn label(senders: &[(At, &Block)], port: &str) -> String {
    let mut paths: BTreeSet<&str> = BTreeSet::new();
    for (_, block) in senders {
        let values = values_in(&block.body, &["condition", "path_pattern", "values"]);
        paths.extend(values.into_iter().filter_map(|value| value.literal()));
    }
    let mut listed = paths.iter();
    match (listed.next(), listed.count()) {
        (None, _) => port.to_owned(),
        (Some(first), 0) => format!("{port} {first}"),
        (Some(first), more) => format!("{port} {first} +{more}"),
    }
    .trim()
    .to_owned()
}

fn number<'b>(block: &'b Block, argument: &str) -> Option<&'b str> {
    match &block.body.member(argument)?.value.value {
        Value::Number(digits) => Some(digits),
        Value::Text(text) => text.literal(),
        _ => None,
    }
}
