//! Where policies are: one row for each argument that holds one
//! (schema of hashicorp/aws 5.100.0, arguments named `policy`, `policy_document` and the like).
//!
//! Left out are documents in the same arguments that are no IAM policies (lifecycle, redrive,
//! data protection, scaling), and VPC endpoint policies, whose default is to allow everything.

use std::collections::BTreeSet;

use super::policy::{Policy, PolicyKind, Statement};
use super::read;
use crate::evaluate;
use crate::known::{Known, Later};
use crate::node::{Node, Value};
use crate::source::Span;
use crate::terraform::{Block, Kind, blocks_in};
use crate::text::Text;

use PolicyKind::{Identity, Resource, Trust};

const CARRIERS: &[(&str, &[&str], PolicyKind)] = &[
    ("aws_acmpca_policy", &["policy"], Resource),
    ("aws_api_gateway_rest_api", &["policy"], Resource),
    ("aws_api_gateway_rest_api_policy", &["policy"], Resource),
    ("aws_backup_vault_policy", &["policy"], Resource),
    ("aws_cloudsearch_domain_service_access_policy", &["access_policy"], Resource),
    ("aws_cloudwatch_event_bus_policy", &["policy"], Resource),
    ("aws_cloudwatch_log_destination_policy", &["access_policy"], Resource),
    ("aws_cloudwatch_log_resource_policy", &["policy_document"], Resource),
    ("aws_codeartifact_domain_permissions_policy", &["policy_document"], Resource),
    ("aws_codeartifact_repository_permissions_policy", &["policy_document"], Resource),
    ("aws_codebuild_resource_policy", &["policy"], Resource),
    ("aws_dynamodb_resource_policy", &["policy"], Resource),
    ("aws_ecr_registry_policy", &["policy"], Resource),
    ("aws_ecr_repository_policy", &["policy"], Resource),
    ("aws_ecrpublic_repository_policy", &["policy"], Resource),
    ("aws_efs_file_system_policy", &["policy"], Resource),
    ("aws_elasticsearch_domain", &["access_policies"], Resource),
    ("aws_elasticsearch_domain_policy", &["access_policies"], Resource),
    ("aws_glacier_vault", &["access_policy"], Resource),
    ("aws_glacier_vault_lock", &["policy"], Resource),
    ("aws_glue_resource_policy", &["policy"], Resource),
    ("aws_iam_group_policy", &["policy"], Identity),
    ("aws_iam_policy", &["policy"], Identity),
    ("aws_iam_role", &["assume_role_policy"], Trust),
    ("aws_iam_role", &["inline_policy", "policy"], Identity),
    ("aws_iam_role_policy", &["policy"], Identity),
    ("aws_iam_user_policy", &["policy"], Identity),
    ("aws_kinesis_resource_policy", &["policy"], Resource),
    ("aws_kms_external_key", &["policy"], Resource),
    ("aws_kms_key", &["policy"], Resource),
    ("aws_kms_key_policy", &["policy"], Resource),
    ("aws_kms_replica_external_key", &["policy"], Resource),
    ("aws_kms_replica_key", &["policy"], Resource),
    ("aws_media_store_container_policy", &["policy"], Resource),
    ("aws_msk_cluster_policy", &["policy"], Resource),
    ("aws_networkfirewall_resource_policy", &["policy"], Resource),
    ("aws_oam_sink_policy", &["policy"], Resource),
    ("aws_opensearch_domain", &["access_policies"], Resource),
    ("aws_opensearch_domain_policy", &["access_policies"], Resource),
    ("aws_redshift_resource_policy", &["policy"], Resource),
    ("aws_redshiftserverless_resource_policy", &["policy"], Resource),
    ("aws_s3_access_point", &["policy"], Resource),
    ("aws_s3_bucket", &["policy"], Resource),
    ("aws_s3_bucket_policy", &["policy"], Resource),
    ("aws_s3control_access_point_policy", &["policy"], Resource),
    ("aws_s3control_bucket_policy", &["policy"], Resource),
    ("aws_s3control_multi_region_access_point_policy", &["details", "policy"], Resource),
    ("aws_s3control_object_lambda_access_point_policy", &["policy"], Resource),
    ("aws_s3tables_table_bucket_policy", &["resource_policy"], Resource),
    ("aws_s3tables_table_policy", &["resource_policy"], Resource),
    ("aws_sagemaker_model_package_group_policy", &["resource_policy"], Resource),
    ("aws_schemas_registry_policy", &["policy"], Resource),
    ("aws_secretsmanager_secret", &["policy"], Resource),
    ("aws_secretsmanager_secret_policy", &["policy"], Resource),
    ("aws_ses_identity_policy", &["policy"], Resource),
    ("aws_sesv2_email_identity_policy", &["policy"], Resource),
    ("aws_sns_topic", &["policy"], Resource),
    ("aws_sns_topic_policy", &["policy"], Resource),
    ("aws_sqs_queue", &["policy"], Resource),
    ("aws_sqs_queue_policy", &["policy"], Resource),
    ("aws_ssoadmin_permission_set_inline_policy", &["inline_policy"], Identity),
    ("aws_transfer_access", &["policy"], Identity),
    ("aws_transfer_user", &["policy"], Identity),
    ("aws_vpclattice_auth_policy", &["policy"], Resource),
    ("aws_vpclattice_resource_policy", &["policy"], Resource),
    ("aws_xray_resource_policy", &["policy_document"], Resource),
];

/// Every policy of a configuration; what is not readable is pushed to `unread`.
#[must_use]
pub fn find(blocks: &[Block], unread: &mut Vec<Later>) -> Vec<Policy> {
    let mut policies = Vec::new();
    for block in blocks.iter().filter(|block| block.kind == Kind::Resource) {
        for (_, path, kind) in CARRIERS.iter().filter(|(carrier, ..)| *carrier == block.type_name()) {
            for argument in arguments(&block.body, path) {
                policies.extend(read::policy(argument, *kind, block.address(), unread));
            }
        }
    }
    let carried: BTreeSet<Span> = policies.iter().map(|policy| policy.span).collect();
    let documents = || blocks.iter().filter(|block| is_document(block));
    let merged: BTreeSet<&str> = documents().flat_map(|block| merged_into(&block.written)).collect();
    for block in documents().filter(|block| !carried.contains(&block.span) && !merged.contains(block.name()))
    {
        policies.extend(uncarried(block, unread));
    }
    policies
}

fn is_document(block: &Block) -> bool {
    block.kind == Kind::Data && block.type_name() == "aws_iam_policy_document"
}

/// The documents whose statements a document takes over; what counts is what it makes of them.
fn merged_into(document: &Node) -> Vec<&str> {
    let mut names = Vec::new();
    for argument in ["source_policy_documents", "override_policy_documents"] {
        let mut nodes: Vec<&Node> =
            document.member(argument).map(|member| &member.value).into_iter().collect();
        while let Some(node) = nodes.pop() {
            nodes.extend(node.children());
            if let Value::Reference(reference) = &node.value
                && let ["data", "aws_iam_policy_document", name, ..] = reference.names().as_slice()
            {
                names.push(*name);
            }
        }
    }
    names
}

/// A document that nothing here carries is judged for what its statements say.
fn uncarried(block: &Block, unread: &mut Vec<Later>) -> Option<Policy> {
    let document = evaluate::document(&block.body, block.span);
    let mut policy = read::policy(&document, Identity, block.address(), unread)?;
    if policy.statements.iter().any(names_principals) {
        policy.kind = if policy.statements.iter().any(assumes) { Trust } else { Resource };
    }
    Some(policy)
}

fn names_principals(statement: &Statement) -> bool {
    !matches!((&statement.principal, &statement.not_principal), (Known::Absent, Known::Absent))
}

fn assumes(statement: &Statement) -> bool {
    let mut actions = statement.actions().filter_map(Text::literal);
    actions.any(|action| action.to_ascii_lowercase().starts_with("sts:assumerole"))
}

/// The values of an argument: one for each block it stands in, and for each branch of a
/// condition that is known only later.
fn arguments<'n>(body: &'n Node, path: &[&str]) -> Vec<&'n Node> {
    match path {
        [] => branches(body),
        [argument] => {
            body.member(argument).into_iter().flat_map(|member| arguments(&member.value, &[])).collect()
        }
        [block, rest @ ..] => {
            blocks_in(body, block).into_iter().flat_map(|nested| arguments(nested, rest)).collect()
        }
    }
}

fn branches(node: &Node) -> Vec<&Node> {
    match &node.value {
        Value::Null => Vec::new(),
        Value::Conditional { then, otherwise, .. } => [branches(then), branches(otherwise)].concat(),
        _ => vec![node],
    }
}
