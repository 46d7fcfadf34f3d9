//! Instances, Batch and EKS: what starts containers and nodes, and what code has a role there.

use super::super::derivation::Use;
use super::super::kind::Kind;
use super::{Acts, Consumer, Row, ecs, images, no_more, whole};
use crate::known::Later;
use crate::node::Node;
use crate::terraform::{blocks_in, values_in};
use crate::text::Text;

/// Code that acts with a role.
const fn code(
    type_name: &'static str,
    within: &'static [&'static str],
    role: &'static str,
    service: &'static [&'static str],
) -> Consumer {
    Consumer { type_name, within, role, service, acts: Acts::Code, needs: &[], more: no_more }
}

pub(super) static CONSUMERS: &[Consumer] = &[
    // Amazon EC2 user guide, "IAM roles for Amazon EC2": whatever runs on an instance has the role of its profile.
    code("aws_iam_instance_profile", &[], "role", &["ec2.amazonaws.com"]),
    // AWS Batch user guide, "Job role" of "Create a job definition".
    code("aws_batch_job_definition", &["container_properties"], "jobRoleArn", &["ecs-tasks.amazonaws.com"]),
    // AWS Batch user guide, "AWS Batch IAM execution role".
    Consumer {
        type_name: "aws_batch_job_definition",
        within: &["container_properties"],
        role: "executionRoleArn",
        service: &["ecs-tasks.amazonaws.com"],
        acts: Acts::Service,
        needs: &[],
        more: job,
    },
    // AWS Glue developer guide, "Create an IAM role for AWS Glue": jobs run code of the author.
    code("aws_glue_job", &[], "role_arn", &["glue.amazonaws.com"]),
    code("aws_glue_dev_endpoint", &[], "role_arn", &["glue.amazonaws.com"]),
    // Amazon EKS user guide, "Learn how EKS Pod Identity grants pods access to AWS services".
    code("aws_eks_pod_identity_association", &[], "role_arn", &["pods.eks.amazonaws.com"]),
    code("aws_eks_addon", &["pod_identity_association"], "role_arn", &["pods.eks.amazonaws.com"]),
    // Amazon EKS user guide, "Amazon EKS node IAM role": pods without a role of their own have that of their node.
    code("aws_eks_node_group", &[], "node_role_arn", &["ec2.amazonaws.com"]),
    // Amazon EKS user guide, "Amazon EKS cluster IAM role".
    Consumer {
        type_name: "aws_eks_cluster",
        within: &[],
        role: "role_arn",
        service: &["eks.amazonaws.com"],
        acts: Acts::Service,
        needs: &[Row {
            at: &["encryption_config", "provider", "key_arn"],
            doing: "encrypts secrets of Kubernetes with",
            grants: &[whole(Kind::Key, &["kms:DescribeKey"])],
        }],
        more: cluster,
    },
    // Amazon EKS user guide, "Amazon EKS Pod execution IAM role".
    Consumer {
        type_name: "aws_eks_fargate_profile",
        within: &[],
        role: "pod_execution_role_arn",
        service: &["eks-fargate-pods.amazonaws.com"],
        acts: Acts::Service,
        needs: &[],
        more: pods,
    },
];

fn job(used: &mut Use<'_, '_>) {
    let container = used.body;
    ecs::credentials(used, container);
    let logging = blocks_in(container, "logConfiguration");
    let is_logged = !logging.is_empty();
    logging.into_iter().for_each(|logging| ecs::logs(used, logging));
    // On EC2 it is the instance that pulls images and writes logs (AWS Batch user guide, "Amazon ECS instance role").
    if on_fargate(used) {
        for image in used.values(&["image"]) {
            used.pulls(image, images::PULL);
        }
        if !is_logged {
            let group = Text::new("/aws/batch/job", used.named_at);
            used.logs_to(&Node::text(group));
        }
    }
}

fn on_fargate(used: &Use<'_, '_>) -> bool {
    let platforms = values_in(&used.block.body, &["platform_capabilities"]);
    platforms.iter().any(|platform| platform.literal() == Some("FARGATE"))
}

fn cluster(used: &mut Use<'_, '_>) {
    let actions = [
        "ec2:DescribeAvailabilityZones",
        "ec2:DescribeDhcpOptions",
        "ec2:DescribeInstanceTopology",
        "ec2:DescribeInstances",
        "ec2:DescribeNetworkInterfaces",
        "ec2:DescribeVpcs",
    ];
    let span = used.block.span;
    used.needs_everywhere(&actions, "manages its nodes", span);
    let why = "which load balancers and volumes it makes is said in Kubernetes".to_owned();
    used.open(&Later { span, why });
}

fn pods(used: &mut Use<'_, '_>) {
    let span = used.block.span;
    used.needs_everywhere(&["ecr:GetAuthorizationToken"], "pulls from ECR", span);
    used.may_need(images::PULL, Kind::Repository, "pulls the images of its pods", span);
    let why = "where its pods' logs go is said in Kubernetes".to_owned();
    used.open(&Later { span, why });
}
