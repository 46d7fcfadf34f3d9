//! What can go wrong with what is there, where to look, and what helps.

use super::document::{Resource, Stack};
use super::markdown::{Page, code};
use super::{by_stack, in_region, row};

/// One way in which a resource of a kind goes wrong.
struct Fault {
    kind: &'static str,
    seen: &'static str,
    /// A command of the AWS CLI without its region; `NAME` is the resource's, `CLUSTER` that of its cluster.
    look: &'static str,
    named: &'static str,
    helps: &'static str,
}

/// The guides' own chapters on troubleshooting: AWS App Runner Developer Guide, Amazon ECS Developer Guide, Amazon RDS
/// User Guide, AWS Certificate Manager User Guide, Amazon CloudFront Developer Guide.
const FAULTS: [Fault; 7] = [
    Fault {
        kind: "aws_apprunner_connection",
        seen: "the service is not created: the connection is `PENDING_HANDSHAKE`",
        look: "apprunner list-connections --connection-name NAME",
        named: "connection_name",
        helps: "complete the handshake in the App Runner console, apply again",
    },
    Fault {
        kind: "aws_apprunner_service",
        seen: "a deployment fails, or the service is `CREATE_FAILED`",
        look: "logs describe-log-groups --log-group-name-prefix /aws/apprunner/NAME/",
        named: "service_name",
        helps: "the log `service` names the step: the build, the pull, the health check; `application` says why",
    },
    Fault {
        kind: "aws_ecs_service",
        seen: "tasks do not start, or do not stay",
        look: "ecs describe-services --cluster CLUSTER --services NAME --query 'services[].events[:5]'",
        named: "name",
        helps: "an image that is not found or not allowed, a secret that cannot be read, a health check that fails: the events and the stopped task's reason say which",
    },
    Fault {
        kind: "aws_db_instance",
        seen: "connections time out",
        look: "rds describe-db-instances --db-instance-identifier NAME --query 'DBInstances[].[DBInstanceStatus,VpcSecurityGroups]'",
        named: "identifier",
        helps: "the database admits only the groups that its rules name: the client must run in one of them",
    },
    Fault {
        kind: "aws_acm_certificate",
        seen: "the certificate stays `PENDING_VALIDATION`",
        look: "acm list-certificates --query \"CertificateSummaryList[?DomainName=='NAME']\"",
        named: "domain_name",
        helps: "compare the records of `domain_validation_options` with what DNS answers",
    },
    Fault {
        kind: "aws_cloudfront_distribution",
        seen: "old files are served after a deployment",
        look: "cloudfront list-distributions --query 'DistributionList.Items[].[Id,Comment]'",
        named: "comment",
        helps: "`aws cloudfront create-invalidation --distribution-id ID --paths '/*'`",
    },
    Fault {
        kind: "aws_iam_openid_connect_provider",
        seen: "a workflow is refused: `Not authorized to perform sts:AssumeRoleWithWebIdentity`",
        look: "iam list-open-id-connect-providers",
        named: "url",
        helps: "the workflow runs for another branch, tag or repository than the role's trust policy names",
    },
];

pub(super) fn write(stacks: &[Stack<'_>], page: &mut Page) {
    let mut rows = Vec::new();
    for stack in stacks {
        for resource in stack.resources() {
            let faults = FAULTS.iter().filter(|fault| fault.kind == resource.kind);
            rows.extend(faults.map(|fault| {
                let cells = [
                    code(&resource.address()),
                    fault.seen.to_owned(),
                    look(&resource, fault),
                    fault.helps.to_owned(),
                ];
                row(stacks, stack, cells)
            }));
        }
    }
    if !rows.is_empty() {
        page.section("Troubleshoot");
        page.table(&by_stack(stacks, &["resource", "seen", "look", "what helps"]), &rows);
    }
}

fn look(resource: &Resource<'_>, fault: &Fault) -> String {
    let command = fault.look.replace("NAME", &resource.in_command(&[fault.named]));
    let command = command.replace("CLUSTER", &resource.cluster());
    code(&format!("aws {command}{}", in_region(resource.stack)))
}
