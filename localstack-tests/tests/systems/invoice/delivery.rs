//! The site's distribution, and the names that lead to it and to the API.

use std::collections::BTreeSet;

use localstack_tests::Failure;
use serde_json::{Value, json};

use super::{Looked, REGION};
use crate::policy;

pub(super) fn distribution_reads_private_buckets(looked: &Looked<'_>) -> Result<(), Failure> {
    let id = looked.text("cdn", "aws_cloudfront_distribution.site", "id")?;
    let distribution = looked.aws.get("cloudfront", &format!("/2020-05-31/distribution/{id}"))?;
    let config = &distribution["DistributionConfig"];
    assert_eq!(config["Aliases"]["Items"]["CNAME"], looked.environment.domain);
    assert_eq!(
        (&config["DefaultRootObject"], &config["PriceClass"]),
        (&json!("index.html"), &json!("PriceClass_100"))
    );
    assert_eq!(config["ViewerCertificate"]["MinimumProtocolVersion"], "TLSv1.2_2021");
    let files = &config["CacheBehaviors"]["Items"]["CacheBehavior"];
    assert_eq!(files["PathPattern"], "/files/*");
    for (behavior, part) in [(&config["DefaultCacheBehavior"], "frontend"), (files, "files")] {
        let domain = format!("{}.s3.{REGION}.amazonaws.com", looked.bucket(part));
        assert_eq!(behavior["TargetOriginId"], domain);
        assert_eq!(
            (&behavior["ViewerProtocolPolicy"], &behavior["Compress"]),
            (&json!("redirect-to-https"), &json!("true"))
        );
        assert_eq!(behavior["ResponseHeadersPolicyId"], "67f7725c-6f97-4210-82d7-5512b31e9d03");
    }
    let pages = config["CustomErrorResponses"]["Items"]["CustomErrorResponse"].as_array();
    let text = |page: &Value, member: &str| page[member].as_str().unwrap_or_default().to_owned();
    let shown =
        |page| ["ErrorCode", "ResponseCode", "ResponsePagePath"].map(|member| text(page, member)).join(" ");
    assert_eq!(
        pages.into_iter().flatten().map(shown).collect::<BTreeSet<_>>(),
        BTreeSet::from(["403 200 /index.html".to_owned(), "404 200 /index.html".to_owned()])
    );
    origins_are_read_by_the_distribution_alone(looked, config)?;
    logs_are_delivered(looked)
}

fn origins_are_read_by_the_distribution_alone(looked: &Looked<'_>, config: &Value) -> Result<(), Failure> {
    let control = looked.text("cdn", "aws_cloudfront_origin_access_control.site", "id")?;
    let origins = config["Origins"]["Items"]["Origin"].as_array().cloned().unwrap_or_default();
    assert_eq!(origins.len(), 2);
    assert!(origins.iter().all(|origin| origin["OriginAccessControlId"] == control), "{origins:?}");
    let arn = looked.text("cdn", "aws_cloudfront_distribution.site", "arn")?;
    let (to, condition) = (
        json!({ "Service": "cloudfront.amazonaws.com" }),
        json!({ "StringEquals": { "aws:SourceArn": [arn] } }),
    );
    for (part, objects) in [("frontend", "*"), ("files", "files/*")] {
        let bucket = looked.bucket(part);
        let statements = policy::statements(&looked.aws.get("s3", &format!("/{bucket}?policy="))?);
        let allowed = format!("Allow s3:GetObject on arn:aws:s3:::{bucket}/{objects} to {to} if {condition}");
        assert!(statements.contains(&allowed), "{allowed} is not in {statements:?}");
        assert_eq!(statements.len(), 2, "that, and no access without TLS: {statements:?}");
    }
    Ok(())
}

fn logs_are_delivered(looked: &Looked<'_>) -> Result<(), Failure> {
    let name = json!({ "name": looked.named("site") });
    let source = looked.aws.call("logs", "GetDeliverySource", name.clone())?;
    let arn = looked.text("cdn", "aws_cloudfront_distribution.site", "arn")?;
    assert_eq!(source["deliverySource"]["resourceArns"], json!([arn]));
    let destination = looked.aws.call("logs", "GetDeliveryDestination", name)?;
    let to =
        &destination["deliveryDestination"]["deliveryDestinationConfiguration"]["destinationResourceArn"];
    assert_eq!(to, &json!(format!("arn:aws:s3:::{}", looked.bucket("cdn-logs"))));
    Ok(())
}

pub(super) fn names_lead_to_site_and_api(looked: &Looked<'_>) -> Result<(), Failure> {
    let domain = looked.environment.domain;
    let arn = looked.text("dns", "aws_acm_certificate.certificate", "arn")?;
    assert!(arn.starts_with(&format!("arn:aws:acm:{REGION}:")), "{arn}");
    let certificate = looked.aws.call("acm", "DescribeCertificate", json!({ "CertificateArn": arn }))?;
    let certificate = &certificate["Certificate"];
    assert_eq!((&certificate["DomainName"], &certificate["Status"]), (&json!(domain), &json!("ISSUED")));
    assert_eq!(certificate["DomainValidationOptions"][0]["ValidationMethod"], "DNS");

    let zone = looked.text("dns", "aws_route53_zone.zone", "zone_id")?;
    let sets =
        looked.aws.items("route53", &format!("/2013-04-01/hostedzone/{zone}/rrset"), "ResourceRecordSets")?;
    let records: BTreeSet<String> = sets.iter().map(record).collect();
    let site = looked.text("cdn", "aws_cloudfront_distribution.site", "domain_name")?;
    let api = looked.text("application", "aws_apprunner_custom_domain_association.domain", "dns_target")?;
    for expected in [
        format!("A {domain}. → {site}."),
        format!("AAAA {domain}. → {site}."),
        format!("A api.{domain}. → {api}."),
    ] {
        assert!(records.contains(&expected), "{expected} is not in {records:?}");
    }
    let proofs = looked.attribute(
        "application",
        "aws_apprunner_custom_domain_association.domain",
        "certificate_validation_records",
    )?;
    let proofs = proofs.as_array().cloned().unwrap_or_default();
    let validation = &certificate["DomainValidationOptions"][0]["ResourceRecord"];
    let wanted = proofs.iter().map(|proof| (&proof["name"], &proof["value"]));
    for (name, value) in wanted.chain([(&validation["Name"], &validation["Value"])]) {
        let [name, value] = [name, value].map(|text| text.as_str().unwrap_or_default().trim_end_matches('.'));
        assert!(
            records
                .iter()
                .any(|record| record.starts_with(&format!("CNAME {name}.")) && record.contains(value)),
            "{name}: {records:?}"
        );
    }
    assert!(!proofs.is_empty(), "nothing proves the API's domain");
    Ok(())
}

/// A record in one line: `A example.com. → d1.cloudfront.net.`, `CNAME one. two.`
fn record(set: &Value) -> String {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let [kind, name] = [&set["Type"], &set["Name"]].map(text);
    match &set["AliasTarget"] {
        Value::Null => format!("{kind} {name} {}", set["ResourceRecords"]),
        alias => format!("{kind} {name} → {}.", text(&alias["DNSName"]).trim_end_matches('.')),
    }
}
