//! App Runner with all that belongs to it: private both ways, observed, under a domain.

use localstack_tests::Failure;
use localstack_tests::emulator::Emulator;
use serde_json::json;

use super::round;

pub(crate) fn prove(emulator: &dyn Emulator) -> Result<(), Failure> {
    let held = [
        "App Runner VPC connector",
        "App Runner auto scaling configuration",
        "App Runner connection",
        "App Runner service",
        "VPC",
        "alarm",
        "log group",
        "role",
        "secret",
        "security group",
    ];
    round(emulator, "app-runner", &["apprunner"], &held, |deployment, state| {
        let aws = deployment.client("eu-west-1");
        let arn = state.resource("aws_apprunner_service.web").map(|service| &service["arn"]);
        let service = aws.call("apprunner", "DescribeService", json!({ "ServiceArn": arn }))?;
        let network = &service["Service"]["NetworkConfiguration"];
        let connector = state.resource("aws_apprunner_vpc_connector.main").map(|connector| &connector["arn"]);
        assert_eq!(Some(&network["EgressConfiguration"]["VpcConnectorArn"]), connector);
        assert_eq!(service["Service"]["InstanceConfiguration"]["Cpu"], "2048");
        let domains = aws.call("apprunner", "DescribeCustomDomains", json!({ "ServiceArn": arn }))?;
        assert_eq!(domains["CustomDomains"][0]["DomainName"], "app.example.com");
        Ok(())
    })
}
