//! Firehose: from a source to where it delivers.

use super::super::derivation::Use;
use super::super::kind::Kind;
use super::super::thing::Part;
use super::{Acts, Consumer, Row, below, no_more, whole};
use crate::known::Later;
use crate::terraform::{blocks_in, values_in};

const STREAMS: &[&str] = &["firehose.amazonaws.com"];

/// Amazon Data Firehose developer guide, "Grant Firehose access to an Amazon S3 destination".
const BUCKET: Row = Row {
    at: &["bucket_arn"],
    doing: "delivers to",
    grants: &[
        whole(Kind::Bucket, &["s3:GetBucketLocation", "s3:ListBucket", "s3:ListBucketMultipartUploads"]),
        below(Kind::Bucket, "/*", &["s3:AbortMultipartUpload", "s3:GetObject", "s3:PutObject"]),
    ],
};

const KEY: Row = Row {
    at: &["kms_key_arn"],
    doing: "encrypts with",
    grants: &[whole(Kind::Key, &["kms:Decrypt", "kms:GenerateDataKey"])],
};

const LOGS: Row = Row {
    at: &["cloudwatch_logging_options", "log_group_name"],
    doing: "writes errors to",
    grants: &[below(Kind::LogGroup, ":*", &["logs:PutLogEvents"])],
};

const fn delivery(within: &'static [&'static str], needs: &'static [Row]) -> Consumer {
    Consumer {
        type_name: "aws_kinesis_firehose_delivery_stream",
        within,
        role: "role_arn",
        service: STREAMS,
        acts: Acts::Service,
        needs,
        more: no_more,
    }
}

pub(super) static CONSUMERS: &[Consumer] = &[
    Consumer { more: processing, ..delivery(&["extended_s3_configuration"], &[BUCKET, KEY, LOGS]) },
    delivery(&["extended_s3_configuration", "s3_backup_configuration"], &[BUCKET, KEY, LOGS]),
    delivery(&["http_endpoint_configuration", "s3_configuration"], &[BUCKET, KEY, LOGS]),
    delivery(&["splunk_configuration", "s3_configuration"], &[BUCKET, KEY, LOGS]),
    delivery(&["redshift_configuration", "s3_configuration"], &[BUCKET, KEY, LOGS]),
    delivery(&["opensearch_configuration", "s3_configuration"], &[BUCKET, KEY, LOGS]),
    // Amazon Data Firehose developer guide, "Grant Firehose access to an HTTP endpoint destination".
    delivery(&["http_endpoint_configuration"], &[LOGS]),
    // Amazon Data Firehose developer guide, "Grant Firehose access to your Kinesis data stream".
    delivery(
        &["kinesis_source_configuration"],
        &[Row {
            at: &["kinesis_stream_arn"],
            doing: "reads from",
            grants: &[whole(
                Kind::Stream,
                &[
                    "kinesis:DescribeStream",
                    "kinesis:GetRecords",
                    "kinesis:GetShardIterator",
                    "kinesis:ListShards",
                ],
            )],
        }],
    ),
];

/// Amazon Data Firehose developer guide, "Grant Firehose access to a Lambda function", "Grant Firehose access to AWS Glue".
fn processing(used: &mut Use<'_, '_>) {
    for parameter in values_in(used.body, &["processing_configuration", "processors", "parameters"]) {
        if values_in(parameter, &["parameter_name"]).iter().any(|name| name.literal() == Some("LambdaArn")) {
            for node in values_in(parameter, &["parameter_value"]) {
                let actions = ["lambda:GetFunctionConfiguration", "lambda:InvokeFunction"];
                match used.thing(node, &[Kind::Function]) {
                    Ok(Some(thing)) => {
                        used.needs(&actions, &thing, Part::Whole, "transforms with", node.span);
                        used.needs(&actions, &thing, Part::Below(":*"), "transforms with", node.span);
                    }
                    Ok(None) => {}
                    Err(later) => used.open(&later),
                }
            }
        }
    }
    for conversion in blocks_in(used.body, "data_format_conversion_configuration") {
        let why = "what converting formats needs of Glue is not known here".to_owned();
        used.open(&Later { span: conversion.span, why });
    }
}
