//! Certificates and the records that prove them.

use serde_json::json;
use synth::aws::Provider;
use synth::dns::Zone;
use synth::{Certificate, Output, Set, ValidationRecord, Variable};

use crate::{document, refused};

#[test]
fn with_a_zone_it_is_validated_and_used_when_it_is_issued() {
    let document = document(|stack| {
        let zone = stack.add("zone", Zone::new("example.com"));
        let certificate = Certificate::new("example.com").also("*.example.com").validated_in(zone);
        let certificate = stack.add("site", certificate);
        stack.add("arn", Output::of::<String>(certificate.arn()));
    });
    let certificate = document.pointer("/resource/aws_acm_certificate/site").unwrap();
    assert_eq!(
        certificate,
        &json!({ "domain_name": "example.com", "subject_alternative_names": ["*.example.com"],
                 "validation_method": "DNS", "lifecycle": { "create_before_destroy": true } })
    );
    let record = document.pointer("/resource/aws_route53_record/site__validation").unwrap();
    assert_eq!(
        record["for_each"],
        "${{for item in aws_acm_certificate.site.domain_validation_options : item.domain_name => item}}"
    );
    assert_eq!(record["allow_overwrite"], true);
    assert_eq!(
        document.pointer("/output/arn/value").unwrap(),
        "${aws_acm_certificate_validation.site__validation.certificate_arn}"
    );
}

#[test]
fn without_a_zone_the_records_are_for_somebody_else_to_write() {
    let document = document(|stack| {
        let certificate = stack.add("site", Certificate::new("poc.example.com"));
        stack.add("records", Output::of::<Set<ValidationRecord>>(certificate.validation_records()));
        stack.add("arn", Output::of::<String>(certificate.arn()));
    });
    assert_eq!(document.pointer("/resource/aws_route53_record"), None);
    assert_eq!(
        document.pointer("/output").unwrap(),
        &json!({ "arn": { "value": "${aws_acm_certificate.site.arn}" },
                 "records": { "value": "${aws_acm_certificate.site.domain_validation_options}" } })
    );
}

#[test]
fn certificate_and_validation_are_of_the_same_region() {
    let document = document(|stack| {
        Provider::new().region("eu-west-1").configure(stack);
        let virginia = Provider::new().region("us-east-1").configure_as("virginia", stack);
        let zone = stack.add("zone", Zone::new("example.com"));
        stack.add("site", Certificate::new("example.com").validated_in(zone).provider(virginia));
    });
    let provider =
        |of: &str| document.pointer(&format!("/resource/{of}/provider")).and_then(|name| name.as_str());
    assert_eq!(provider("aws_acm_certificate/site"), Some("aws.virginia"));
    assert_eq!(provider("aws_acm_certificate_validation/site__validation"), Some("aws.virginia"));
    assert_eq!(provider("aws_route53_record/site__validation"), None);
}

#[test]
fn names_that_no_certificate_can_have_are_refused() {
    let long = format!("{}.example.com", "a".repeat(60));
    let found = refused(|stack| {
        stack.add("bare", Certificate::new("localhost"));
        stack.add("underscore", Certificate::new("a_b.example.com"));
        stack.add("long", Certificate::new(long.as_str()));
        let many = Certificate::new("example.com");
        let many = (0..101).fold(many, |many, number| many.also(format!("a{number}.example.com")));
        stack.add("many", many.also("*.*.example.com"));
    });
    assert_eq!(
        found,
        [
            "`localhost` cannot be a site's name".to_owned(),
            "`a_b.example.com` cannot be a site's name".to_owned(),
            format!("`{long}` is too long for the first name of a certificate"),
            "`*.*.example.com` cannot be a site's name".to_owned(),
            "a certificate cannot have 102 names beside the first".to_owned(),
        ]
    );
}

#[test]
fn a_name_that_its_zone_cannot_prove_is_refused() {
    let found = refused(|stack| {
        let zone = stack.add("zone", Zone::new("example.com"));
        let certificate = Certificate::new("*.example.com").also("example.org").validated_in(zone);
        stack.add("site", certificate);
    });
    assert_eq!(found, ["`example.org` is not a name of the zone `example.com`"]);
}

#[test]
fn a_name_from_a_variable_is_checked_when_it_is_planned() {
    let document = document(|stack| {
        let name = stack.add("name", Variable::<String>::new());
        stack.add("site", Certificate::new(name));
    });
    let condition = document
        .pointer("/resource/aws_acm_certificate/site/lifecycle/precondition/0/condition")
        .and_then(|condition| condition.as_str())
        .unwrap();
    assert!(condition.starts_with("${can(regex(\"^([*][.])?("), "{condition}");
}
