//! What a grant can be about: how Terraform declares it and what its ARN looks like.

use std::collections::BTreeMap;
use std::sync::LazyLock;

/// A kind of thing that principals use.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// An access point of EFS.
    AccessPoint,
    /// A function that Step Functions hands tasks to.
    Activity,
    /// A destination of EventBridge outside of AWS.
    ApiDestination,
    /// A broker of Amazon MQ.
    Broker,
    /// An S3 bucket.
    Bucket,
    /// An EventBridge bus.
    Bus,
    /// An ECS cluster.
    Cluster,
    /// A connection to where sources are.
    Connection,
    /// A Firehose stream.
    DeliveryStream,
    /// An EFS file system.
    FileSystem,
    /// A Lambda function.
    Function,
    /// A job definition of Batch.
    JobDefinition,
    /// A job queue of Batch.
    JobQueue,
    /// A cluster of MSK.
    Kafka,
    /// A KMS key.
    Key,
    /// A log group.
    LogGroup,
    /// A parameter of Systems Manager.
    Parameter,
    /// A pipeline of CodePipeline.
    Pipeline,
    /// A project of CodeBuild.
    Project,
    /// An SQS queue.
    Queue,
    /// A private repository of ECR.
    Repository,
    /// An IAM role.
    Role,
    /// A secret of Secrets Manager.
    Secret,
    /// A state machine.
    StateMachine,
    /// A Kinesis stream.
    Stream,
    /// A DynamoDB table.
    Table,
    /// The stream of a DynamoDB table.
    TableStream,
    /// A task definition of ECS.
    TaskDefinition,
    /// An SNS topic.
    Topic,
}

/// How things of a kind are declared and named (schema of hashicorp/aws 5.100.0; Service Authorization Reference).
#[derive(Debug)]
pub(super) struct Form {
    pub(super) kind: Kind,
    /// The resource types and data sources.
    pub(super) types: &'static [&'static str],
    /// The attribute with the ARN.
    pub(super) arn: &'static str,
    /// The argument with the name; empty where AWS makes an id.
    pub(super) name: &'static str,
    /// The service in the ARN.
    pub(super) service: &'static str,
    /// What comes before the name in the ARN.
    pub(super) before: &'static str,
}

const fn form(
    kind: Kind,
    types: &'static [&'static str],
    name: &'static str,
    service: &'static str,
    before: &'static str,
) -> Form {
    Form { kind, types, arn: "arn", name, service, before }
}

/// Of two forms that an ARN has, the first counts.
static FORMS: &[Form] = &[
    Form { arn: "stream_arn", ..form(Kind::TableStream, &["aws_dynamodb_table"], "", "dynamodb", "table/") },
    form(Kind::AccessPoint, &["aws_efs_access_point"], "", "elasticfilesystem", "access-point/"),
    form(Kind::Activity, &["aws_sfn_activity"], "name", "states", "activity:"),
    form(
        Kind::ApiDestination,
        &["aws_cloudwatch_event_api_destination"],
        "name",
        "events",
        "api-destination/",
    ),
    form(Kind::Broker, &["aws_mq_broker"], "broker_name", "mq", "broker:"),
    form(Kind::Bucket, &["aws_s3_bucket"], "bucket", "s3", ""),
    form(Kind::Bus, &["aws_cloudwatch_event_bus"], "name", "events", "event-bus/"),
    form(Kind::Cluster, &["aws_ecs_cluster"], "name", "ecs", "cluster/"),
    form(
        Kind::Connection,
        &["aws_codestarconnections_connection"],
        "",
        "codestar-connections",
        "connection/",
    ),
    form(Kind::Connection, &["aws_codeconnections_connection"], "", "codeconnections", "connection/"),
    form(
        Kind::DeliveryStream,
        &["aws_kinesis_firehose_delivery_stream"],
        "name",
        "firehose",
        "deliverystream/",
    ),
    form(Kind::FileSystem, &["aws_efs_file_system"], "", "elasticfilesystem", "file-system/"),
    form(Kind::Function, &["aws_lambda_function"], "function_name", "lambda", "function:"),
    form(Kind::JobDefinition, &["aws_batch_job_definition"], "name", "batch", "job-definition/"),
    form(Kind::JobQueue, &["aws_batch_job_queue"], "name", "batch", "job-queue/"),
    form(
        Kind::Kafka,
        &["aws_msk_cluster", "aws_msk_serverless_cluster"],
        "cluster_name",
        "kafka",
        "cluster/",
    ),
    form(Kind::Key, &["aws_kms_key", "aws_kms_external_key", "aws_kms_replica_key"], "", "kms", "key/"),
    form(Kind::LogGroup, &["aws_cloudwatch_log_group"], "name", "logs", "log-group:"),
    form(Kind::Parameter, &["aws_ssm_parameter"], "name", "ssm", "parameter/"),
    form(Kind::Pipeline, &["aws_codepipeline"], "name", "codepipeline", ""),
    form(Kind::Project, &["aws_codebuild_project"], "name", "codebuild", "project/"),
    form(Kind::Queue, &["aws_sqs_queue"], "name", "sqs", ""),
    form(Kind::Repository, &["aws_ecr_repository"], "name", "ecr", "repository/"),
    form(Kind::Role, &["aws_iam_role"], "name", "iam", "role/"),
    form(Kind::Secret, &["aws_secretsmanager_secret"], "name", "secretsmanager", "secret:"),
    form(Kind::StateMachine, &["aws_sfn_state_machine"], "name", "states", "stateMachine:"),
    form(Kind::Stream, &["aws_kinesis_stream"], "name", "kinesis", "stream/"),
    form(Kind::Table, &["aws_dynamodb_table"], "name", "dynamodb", "table/"),
    form(Kind::TaskDefinition, &["aws_ecs_task_definition"], "family", "ecs", "task-definition/"),
    form(Kind::Topic, &["aws_sns_topic"], "name", "sns", ""),
];

/// Kinds whose `id` is the ARN (documentation of hashicorp/aws 5.100.0: attributes of each type).
const WITH_ARN_AS_ID: &[Kind] = &[
    Kind::Activity,
    Kind::Connection,
    Kind::DeliveryStream,
    Kind::JobDefinition,
    Kind::JobQueue,
    Kind::Kafka,
    Kind::Project,
    Kind::Secret,
    Kind::StateMachine,
    Kind::Stream,
    Kind::Topic,
];

impl Kind {
    /// Whether the `id` is the ARN; else it is the name, or an id that AWS makes.
    pub(super) fn has_arn_as_id(self) -> bool {
        WITH_ARN_AS_ID.contains(&self)
    }

    /// Its form; of a kind that has two, the first.
    pub(super) fn form(self) -> Option<&'static Form> {
        FORMS.iter().find(|form| form.kind == self)
    }
}

static BY_TYPE: LazyLock<BTreeMap<&'static str, Vec<&'static Form>>> = LazyLock::new(|| {
    let mut by_type: BTreeMap<&str, Vec<&Form>> = BTreeMap::new();
    for (form, type_name) in FORMS.iter().flat_map(|form| form.types.iter().map(move |one| (form, *one))) {
        by_type.entry(type_name).or_default().push(form);
    }
    by_type
});

impl Form {
    /// Of what is declared, by an attribute of it.
    pub(super) fn of(type_name: &str, attribute: &str) -> Option<&'static Form> {
        let of_type = BY_TYPE.get(type_name)?;
        of_type.iter().find(|form| form.arn == attribute).or(of_type.last()).copied()
    }

    /// Of the thing with an ARN, and its name there.
    pub(super) fn of_arn(arn: &str) -> Option<(&'static Form, &str)> {
        let mut parts = arn.splitn(6, ':');
        let service = parts.nth(2)?;
        let rest = parts.nth(2)?;
        let named = |form: &'static Form| Some((form, rest.strip_prefix(form.before)?));
        let of_service = FORMS.iter().filter(|form| form.service == service);
        of_service.filter_map(named).find(|(form, name)| {
            (form.kind == Kind::TableStream) == name.contains("/stream/") && !name.is_empty()
        })
    }
}
