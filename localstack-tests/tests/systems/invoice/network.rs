//! The network, and the database in it.

use std::collections::BTreeSet;

use localstack_tests::Failure;
use serde_json::{Value, json};

use super::Looked;

pub(super) fn database_is_private_and_encrypted(looked: &Looked<'_>) -> Result<(), Failure> {
    let database = looked.database()?;
    assert_eq!((&database["Engine"], &database["EngineVersion"]), (&json!("postgres"), &json!("16.8")));
    assert_eq!(
        (&database["PubliclyAccessible"], &database["StorageEncrypted"]),
        (&json!("false"), &json!("true"))
    );
    assert_eq!(database["KmsKeyId"], looked.text("database", "aws_kms_key.key", "arn")?);
    assert_eq!(database["BackupRetentionPeriod"], looked.environment.backup_days);
    let group = looked.text("network", "aws_security_group.database", "id")?;
    assert_eq!(database["VpcSecurityGroups"]["VpcSecurityGroupMembership"]["VpcSecurityGroupId"], group);
    key_belongs_to_the_account_and_serves_rds(looked)?;
    only_the_api_reaches_it(looked, group)?;
    subnets_are_in_two_zones(looked, &database)
}

fn key_belongs_to_the_account_and_serves_rds(looked: &Looked<'_>) -> Result<(), Failure> {
    let key = looked.text("database", "aws_kms_key.key", "key_id")?;
    let rotation = looked.aws.call("kms", "GetKeyRotationStatus", json!({ "KeyId": key }))?;
    assert_eq!(rotation["KeyRotationEnabled"], true);
    let answer = looked.aws.call("kms", "GetKeyPolicy", json!({ "KeyId": key, "PolicyName": "default" }))?;
    let policy: Value = serde_json::from_str(answer["Policy"].as_str().unwrap_or_default())?;
    let account = looked.seen.account()?.to_string();
    assert_eq!(policy["Statement"][0]["Principal"]["AWS"], format!("arn:aws:iam::{account}:root"));
    assert_eq!(
        policy["Statement"][1]["Condition"]["StringEquals"],
        json!({ "kms:CallerAccount": [account], "kms:ViaService": ["rds.us-east-1.amazonaws.com"] })
    );
    Ok(())
}

fn only_the_api_reaches_it(looked: &Looked<'_>, group: &str) -> Result<(), Failure> {
    let groups =
        looked.aws.list("ec2", "DescribeSecurityGroups", json!({}), "securityGroupInfo", "nextToken")?;
    let database = groups.iter().find(|one| one["groupId"] == group).ok_or("the database has no group")?;
    let rule = &database["ipPermissions"][0];
    assert_eq!((&rule["fromPort"], &rule["toPort"]), (&json!("5432"), &json!("5432")));
    assert_eq!(rule["groups"][0]["groupId"], looked.text("network", "aws_security_group.api", "id")?);
    assert_eq!((&rule["ipRanges"], &database["ipPermissionsEgress"]), (&json!(""), &json!("")));
    Ok(())
}

fn subnets_are_in_two_zones(looked: &Looked<'_>, database: &Value) -> Result<(), Failure> {
    let subnets = database["DBSubnetGroup"]["Subnets"]["Subnet"].as_array().cloned().unwrap_or_default();
    let zones: BTreeSet<&str> =
        subnets.iter().filter_map(|subnet| subnet["SubnetAvailabilityZone"]["Name"].as_str()).collect();
    assert_eq!(zones, BTreeSet::from(["us-east-1a", "us-east-1b"]));
    let all = looked.aws.list("ec2", "DescribeSubnets", json!({}), "subnetSet", "nextToken")?;
    let vpc = looked.text("network", "aws_vpc.network", "id")?;
    assert_eq!(all.iter().filter(|subnet| subnet["vpcId"] == vpc).count(), 4, "two public, two private");
    Ok(())
}
