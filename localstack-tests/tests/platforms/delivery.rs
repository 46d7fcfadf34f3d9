//! An image repository, and the least that pushing to it and running it needs.

use std::path::PathBuf;

use localstack_tests::Failure;
use localstack_tests::emulator::Emulator;
use serde_json::json;

use crate::round;

pub(crate) fn prove(emulator: &dyn Emulator) -> Result<(), Failure> {
    let held = [
        "App Runner service",
        "OpenID Connect provider",
        "alarm",
        "group",
        "image repository",
        "parameter",
        "role",
        "topic",
        "user",
    ];
    round(emulator, "delivery", &["apprunner", "ecr"], &held, |deployment, _| {
        let aws = deployment.client("us-east-1");
        let repositories = aws.call("ecr", "DescribeRepositories", json!({}))?;
        let repository = &repositories["repositories"][0];
        assert_eq!(repository["imageTagMutability"], "IMMUTABLE");
        assert_eq!(repository["imageScanningConfiguration"]["scanOnPush"], true);
        let input = json!({ "Name": "/app-runtime/app/staging/token", "WithDecryption": true });
        let parameter = aws.call("ssm", "GetParameter", input)?;
        assert_eq!(parameter["Parameter"]["Type"], "SecureString");
        let token = parameter["Parameter"]["Value"].as_str().unwrap_or_default().to_owned();
        assert_eq!(token.len(), 32);
        assert_eq!(deployment.folder().holding(&token)?, Vec::<PathBuf>::new());
        assert!(
            !format!("{:?}", deployment.calls()?).contains(&token),
            "a call was recorded with its secret"
        );
        Ok(())
    })
}
