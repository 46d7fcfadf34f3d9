//! A private bucket behind a distribution with its name, its certificate and its policies.

use localstack_tests::Failure;
use localstack_tests::emulator::Emulator;
use serde_json::Value;

use super::round;

pub(crate) fn prove(emulator: &dyn Emulator) -> Result<(), Failure> {
    let held = ["bucket", "certificate", "distribution", "hosted zone", "origin access control"];
    round(emulator, "site", &["cloudfront"], &held, |deployment, state| {
        let aws = deployment.client("us-east-1");
        let site =
            state.resource("aws_cloudfront_distribution.site").ok_or("no distribution in the state")?;
        let path = format!("/2020-05-31/distribution/{}", site["id"].as_str().unwrap_or_default());
        let config = &aws.get("cloudfront", &path)?["DistributionConfig"];
        assert_eq!(config["Aliases"]["Items"]["CNAME"], "www.example.org");
        assert_eq!(config["DefaultCacheBehavior"]["ViewerProtocolPolicy"], "redirect-to-https");
        assert_eq!(config["DefaultCacheBehavior"]["Compress"], "true");
        assert_eq!(config["ViewerCertificate"]["MinimumProtocolVersion"], "TLSv1.2_2021");
        assert_eq!(config["CustomErrorResponses"]["Items"]["CustomErrorResponse"]["ResponseCode"], "200");
        let control =
            state.resource("aws_cloudfront_origin_access_control.site").map(|control| &control["id"]);
        let origins = config["Origins"]["Items"]["Origin"].as_array().cloned().unwrap_or_default();
        let controls: Vec<_> = origins.iter().map(|origin| &origin["OriginAccessControlId"]).collect();
        assert!(controls.contains(&control.unwrap_or(&Value::Null)), "{controls:?}");
        let bucket = format!("site-{}", deployment.account());
        let blocked = aws.get("s3", &format!("/{bucket}?publicAccessBlock="))?;
        assert_eq!(blocked["RestrictPublicBuckets"], "true");
        Ok(())
    })
}
