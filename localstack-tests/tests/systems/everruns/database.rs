//! The database, and the secrets.

use std::collections::BTreeSet;
use std::path::PathBuf;

use localstack_tests::Failure;
use serde_json::{Value, json};

use super::{GITHUB_TOKEN, OPENAI_KEY, REGION, STACK};
use crate::seen::Seen;

pub(super) fn database_is_as_documented(seen: &Seen<'_>) -> Result<(), Failure> {
    let input = json!({ "DBInstanceIdentifier": "everruns-production" });
    let databases = seen.aws(REGION)?.call("rds", "DescribeDBInstances", input)?;
    let database = &databases["DBInstances"]["DBInstance"];
    for (member, value) in [
        ("Engine", "postgres"),
        ("EngineVersion", "16.3"),
        ("DBInstanceClass", "db.t4g.micro"),
        ("DBName", "everruns"),
        ("MasterUsername", "everruns_admin"),
        ("AllocatedStorage", "20"),
        ("MaxAllocatedStorage", "100"),
        ("StorageType", "gp3"),
        ("StorageEncrypted", "true"),
        ("MultiAZ", "false"),
        ("PubliclyAccessible", "false"),
        ("BackupRetentionPeriod", "7"),
        ("PreferredBackupWindow", "03:00-04:00"),
        ("PreferredMaintenanceWindow", "mon:04:00-mon:05:00"),
    ] {
        assert_eq!(database[member], value, "{member}");
    }
    let group = &seen.resource(STACK, "aws_security_group.database_group")?["id"];
    let groups = &database["VpcSecurityGroups"]["VpcSecurityGroupMembership"];
    assert_eq!(&groups["VpcSecurityGroupId"], group);
    let written = seen.resource(STACK, "aws_db_instance.database")?;
    assert_eq!(written["final_snapshot_identifier"], "everruns-production-final");
    assert!(written["password"].is_null() && written["password_wo"].is_null(), "a password in the state");
    Ok(())
}

fn held(seen: &Seen<'_>, name: &str) -> Result<Value, Failure> {
    let input = json!({ "SecretId": format!("everruns/production/{name}") });
    let secret = seen.aws(REGION)?.call("secretsmanager", "GetSecretValue", input)?;
    Ok(serde_json::from_str(secret["SecretString"].as_str().unwrap_or_default())?)
}

pub(super) fn secrets_hold_what_services_read(seen: &Seen<'_>) -> Result<(), Failure> {
    let login = held(seen, "database")?;
    let keys: BTreeSet<&str> =
        login.as_object().into_iter().flat_map(|all| all.keys().map(String::as_str)).collect();
    assert_eq!(
        keys,
        BTreeSet::from(["connection_string", "database", "host", "password", "port", "username"])
    );
    let database = seen.resource(STACK, "aws_db_instance.database")?;
    let (host, port) = (&database["address"], &database["port"]);
    assert_eq!((&login["host"], &login["username"]), (host, &json!("everruns_admin")));
    assert_eq!(login["port"], port.to_string());
    let password = login["password"].as_str().unwrap_or_default();
    assert!(
        password.len() == 32 && password.bytes().all(|byte| byte.is_ascii_alphanumeric()),
        "no such password"
    );
    let host = host.as_str().unwrap_or_default();
    let expected = format!("postgres://everruns_admin:{password}@{host}:{port}/everruns?sslmode=require");
    assert!(login["connection_string"] == expected.as_str(), "another connection string");
    assert_eq!(seen.files_with(password)?, Vec::<PathBuf>::new());

    // Compared without showing them.
    assert!(held(seen, "openai-api-key")? == json!({ "api_key": OPENAI_KEY }), "another key");
    let github = held(seen, "github-token")?;
    let expected = json!({ "username": "everruns", "password": GITHUB_TOKEN, "token": GITHUB_TOKEN });
    assert!(github == expected, "another login");
    Ok(())
}
