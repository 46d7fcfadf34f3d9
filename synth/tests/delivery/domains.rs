//! Names that distributions answer to, and the certificates that cover them.

use serde_json::json;
use synth::aws::Provider;
use synth::cloudfront::Distribution;
use synth::dns::{Alias, Zone};
use synth::s3::Bucket;
use synth::{Certificate, Variable};

use crate::distribution::{distribution, site};
use crate::{document, refused};

#[test]
fn names_of_our_own_need_the_certificate_that_covers_them() {
    let document = document(|stack| {
        Provider::new().region("us-east-1").configure(stack);
        let zone = stack.add("zone", Zone::new("example.com"));
        let certificate = Certificate::new("example.com").also("*.example.com").validated_in(zone);
        let certificate = stack.add("certificate", certificate);
        let bucket = stack.add("frontend", Bucket::new("shop-frontend"));
        let site = Distribution::new("shop", bucket).domains(certificate, ["example.com", "www.example.com"]);
        let site = stack.add("site", site);
        stack.add("top", Alias::new(zone, "example.com", site));
    });
    let found = distribution(&document);
    assert_eq!(found["aliases"], json!(["example.com", "www.example.com"]));
    assert_eq!(
        found["viewer_certificate"],
        json!({ "acm_certificate_arn": "${aws_acm_certificate_validation.certificate__validation.certificate_arn}",
                "minimum_protocol_version": "TLSv1.2_2021", "ssl_support_method": "sni-only" })
    );
    assert_eq!(found.get("lifecycle"), None, "the region is known: there is nothing to check later");
    let records = document.pointer("/resource/aws_route53_record").unwrap();
    assert_eq!((&records["top__a"]["type"], &records["top__aaaa"]["type"]), (&json!("A"), &json!("AAAA")));
    assert_eq!(
        records["top__a"]["alias"],
        json!({ "name": "${aws_cloudfront_distribution.site.domain_name}", "evaluate_target_health": false,
                "zone_id": "${aws_cloudfront_distribution.site.hosted_zone_id}" })
    );
}

#[test]
fn a_certificate_of_another_region_or_for_other_names_is_refused() {
    let found = refused(|stack| {
        Provider::new().region("eu-west-1").configure(stack);
        let certificate = stack.add("certificate", Certificate::new("*.example.com"));
        site(stack, |site| site.domains(certificate, ["example.com", "a.b.example.com", "www.example.com"]));
    });
    assert_eq!(
        found,
        [
            "CloudFront takes no certificate of eu-west-1",
            "the certificate does not cover `a.b.example.com`",
            "the certificate does not cover `example.com`"
        ]
    );
}

#[test]
fn a_certificate_in_us_east_1_may_be_used_from_any_region() {
    let document = document(|stack| {
        Provider::new().region("eu-west-1").configure(stack);
        let virginia = Provider::new().region("us-east-1").configure_as("virginia", stack);
        let logs = stack.add("logs", Bucket::new("shop-logs"));
        let certificate = stack.add("certificate", Certificate::new("example.com").provider(virginia));
        site(stack, |site| site.domains(certificate, ["example.com"]).logs_to(logs).in_us_east_1(virginia));
    });
    let delivery = document.pointer("/resource/aws_cloudwatch_log_delivery/site").unwrap();
    assert_eq!(delivery["provider"], "aws.virginia");
}

#[test]
fn a_region_that_comes_later_is_checked_when_it_is_planned() {
    let document = document(|stack| {
        let region = stack.add("region", Variable::<String>::new());
        Provider::new().region(region).configure(stack);
        let certificate = stack.add("certificate", Certificate::new("example.com"));
        site(stack, |site| site.domains(certificate, ["example.com"]));
    });
    assert_eq!(
        distribution(&document)["lifecycle"]["precondition"][0]["condition"],
        "${split(\":\", aws_acm_certificate.certificate.arn)[3] == \"us-east-1\"}"
    );
}
