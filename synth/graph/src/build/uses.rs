//! What refers to what, where no other arrow says more.

use std::collections::BTreeSet;

use policy::terraform::Block;

use super::home::Homes;
use super::index::{At, Index, Link, literal};
use super::outside;
use crate::architecture::{Architecture, Meaning};
use crate::kind::{Role, only_mentions, role};

/// Adds an arrow for every reference between boxes that nothing else connects.
pub(super) fn add(drawn: &mut Architecture, index: &Index<'_>, homes: &Homes<'_, '_>) {
    let connected: BTreeSet<(String, String)> =
        drawn.arrows.keys().map(|(from, to, _)| (from.clone(), to.clone())).collect();
    for (at, block) in index.resources() {
        if is_content(block.type_name()) {
            continue; // what a value is made of is no part of the architecture
        }
        let from = homes.of_block(at);
        for link in index.links(at) {
            if is_wiring(index, at, link) {
                continue;
            }
            let detail = format!("{}: {}", block.address(), link.argument);
            for to in homes.of_block(link.to) {
                for from in &from {
                    let ends = (from.clone(), to.clone());
                    let back = (to.clone(), from.clone());
                    let is_box = drawn.nodes.contains_key(from) && drawn.nodes.contains_key(&to);
                    if is_box && !connected.contains(&ends) && !connected.contains(&back) {
                        drawn.arrow(from, &to, Meaning::Uses, &words(index, block, link), &detail);
                    }
                }
            }
        }
        source(drawn, homes, at, block);
    }
}

/// Values that are kept, made of whatever else.
fn is_content(type_name: &str) -> bool {
    matches!(
        type_name,
        "aws_secretsmanager_secret_version"
            | "aws_ssm_parameter"
            | "aws_route"
            | "aws_route_table_association"
            | "aws_acm_certificate_validation"
    )
}

/// What other arrows and frames say: policies, security groups, subnets, target groups.
fn is_wiring(index: &Index<'_>, at: At, link: &Link) -> bool {
    let (from, to) = (index.type_name(at), index.type_name(link.to));
    only_mentions(from)
        || super::network::is_rule(from)
        || super::network::is_rule(to)
        || to.contains("target_group")
        || from.contains("target_group")
        || matches!(role(to), Role::Subnet | Role::Network | Role::Acted)
}

/// What the arrow says: the argument, in words.
fn words(index: &Index<'_>, block: &Block, link: &Link) -> String {
    if block.type_name() == "aws_route53_record" && index.type_name(link.to) == "aws_acm_certificate" {
        return "validates".to_owned();
    }
    if block.type_name() == "aws_route53_record" {
        return literal(block, "name").unwrap_or("record").to_owned();
    }
    if matches!(link.argument.as_str(), "container_definitions" | "source_configuration" | "environment") {
        return "configured with".to_owned();
    }
    let words = link.argument.trim_end_matches("_arns").trim_end_matches("_arn");
    let words = words.trim_end_matches("_ids").trim_end_matches("_id");
    words.replace('_', " ")
}

/// Where App Runner builds a service from.
fn source(drawn: &mut Architecture, homes: &Homes<'_, '_>, at: At, block: &Block) {
    if !block.is_resource("aws_apprunner_service") {
        return;
    }
    let path = ["source_configuration", "code_repository", "repository_url"];
    for value in policy::terraform::values_in(&block.body, &path) {
        let Some(url) = value.as_text() else { continue };
        let url = super::principals::shown(url);
        let (host, repository) =
            url.trim_start_matches("https://").split_once('/').unwrap_or((url.as_str(), ""));
        let from = if host == "github.com" {
            outside::github(drawn)
        } else {
            outside::actor(drawn, host, "repositories")
        };
        for to in homes.of_block(at) {
            let detail = format!("{}: built from {url}", block.address());
            drawn.arrow(&from, &to, Meaning::Uses, &format!("source {repository}"), &detail);
        }
    }
}
