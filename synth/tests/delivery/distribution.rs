//! Distributions, what they are let read, and the names they answer to.

use proptest::prelude::*;
use serde_json::{Value as Json, json};
use synth::aws::Provider;
use synth::cloudfront::{Behavior, Distribution, PriceClass};
use synth::kms::Key;
use synth::s3::Bucket;
use synth::{App, Certificate, Scope, Variable, resolve};

use crate::{document, refused, text};

/// A distribution of a bucket, called `site`, in a stack of us-east-1.
pub(crate) fn site(stack: &mut Scope<'_>, change: impl FnOnce(Distribution) -> Distribution) {
    let bucket = stack.add("frontend", Bucket::new("shop-frontend"));
    stack.add("site", change(Distribution::new("shop", bucket)));
}

pub(crate) fn distribution(document: &Json) -> &Json {
    document.pointer("/resource/aws_cloudfront_distribution/site").unwrap_or(&Json::Null)
}

#[test]
fn a_bucket_is_read_by_this_distribution_alone() {
    let document = document(|stack| site(stack, |site| site));
    assert_eq!(
        distribution(&document)["origin"],
        json!([{ "domain_name": "${aws_s3_bucket.frontend.bucket_regional_domain_name}",
                 "origin_id": "${aws_s3_bucket.frontend.bucket_regional_domain_name}",
                 "origin_access_control_id": "${aws_cloudfront_origin_access_control.site.id}" }])
    );
    let policies = document.pointer("/resource/aws_s3_bucket_policy").unwrap().as_object().unwrap();
    assert_eq!(policies.keys().collect::<Vec<_>>(), ["frontend"]);
    let policy = text(&document, "/resource/aws_s3_bucket_policy/frontend/policy");
    for said in [
        "{\"Bool\" = {\"aws:SecureTransport\" = [\"false\"]}}",
        "{\"Action\" = [\"s3:GetObject\"], \
         \"Condition\" = {\"StringEquals\" = {\"aws:SourceArn\" = [aws_cloudfront_distribution.site.arn]}}, \
         \"Effect\" = \"Allow\", \"Principal\" = {\"Service\" = \"cloudfront.amazonaws.com\"}, \
         \"Resource\" = [\"${aws_s3_bucket.frontend.arn}/*\"]}",
    ] {
        assert!(policy.contains(said), "{said} is not in {policy}");
    }
}

#[test]
fn answers_are_compressed_by_https_and_have_security_headers() {
    let document = document(|stack| site(stack, |site| site.price_class(PriceClass::Fewest)));
    let behavior = &distribution(&document)["default_cache_behavior"];
    assert_eq!(
        (&behavior["viewer_protocol_policy"], &behavior["compress"], &behavior["allowed_methods"]),
        (&json!("redirect-to-https"), &json!(true), &json!(["GET", "HEAD"]))
    );
    assert_eq!(behavior["response_headers_policy_id"], "67f7725c-6f97-4210-82d7-5512b31e9d03");
    let found = distribution(&document);
    assert_eq!(
        (
            &found["price_class"],
            &found["http_version"],
            &found["default_root_object"],
            &found["is_ipv6_enabled"]
        ),
        (&json!("PriceClass_100"), &json!("http2and3"), &json!("index.html"), &json!(true))
    );
    assert_eq!(found["viewer_certificate"], json!({ "cloudfront_default_certificate": true }));
    assert_eq!(found.get("aliases"), None);
}

#[test]
fn a_single_page_app_answers_every_path() {
    let document = document(|stack| site(stack, Distribution::single_page_app));
    let index = |code: u32| {
        json!({ "error_code": code, "response_code": 200, "response_page_path": "/index.html",
                "error_caching_min_ttl": 10 })
    };
    assert_eq!(distribution(&document)["custom_error_response"], json!([index(403), index(404)]));
}

#[test]
fn paths_stay_in_order_and_buckets_are_read_below_them_only() {
    let document = document(|stack| {
        let files = stack.add("files", Bucket::new("shop-files"));
        site(stack, |site| {
            site.path("/files/private/*", files)
                .path("/files/*", files)
                .path("/api/*", Behavior::service("api.example.com"))
        });
    });
    let found = distribution(&document);
    let ordered = found["ordered_cache_behavior"].as_array().unwrap();
    let patterns: Vec<&Json> = ordered.iter().map(|behavior| &behavior["path_pattern"]).collect();
    assert_eq!(patterns, ["/files/private/*", "/files/*", "/api/*"]);
    assert_eq!(found["origin"].as_array().unwrap().len(), 3);
    assert_eq!(
        found["origin"][2],
        json!({ "domain_name": "api.example.com", "origin_id": "api.example.com",
                "custom_origin_config": { "http_port": 80, "https_port": 443, "origin_protocol_policy": "https-only",
                                          "origin_ssl_protocols": ["TLSv1.2"] } })
    );
    assert_eq!(ordered[2]["cache_policy_id"], "4135ea2d-6df8-44a3-9df3-4b5a84be39ad");
    assert_eq!(ordered[2]["allowed_methods"].as_array().unwrap().len(), 7);
    let policy = text(&document, "/resource/aws_s3_bucket_policy/files/policy");
    assert!(
        policy.contains(
            "\"${aws_s3_bucket.files.arn}/files/private/*\", \"${aws_s3_bucket.files.arn}/files/*\""
        )
    );
}

#[test]
fn paths_that_get_no_request_are_refused() {
    let found = refused(|stack| {
        let files = stack.add("files", Bucket::new("shop-files"));
        site(stack, |site| site.path("/files/*", files).path("files/a?/*", files));
        let other = Distribution::new("other", files).path("*", files).path("/a b", files).path("", files);
        stack.add("other", other);
    });
    assert_eq!(
        found,
        [
            "nothing is left for `files/a?/*`: `/files/*` comes before it",
            "`*` cannot be a path pattern",
            "`/a b` cannot be a path pattern",
            "`` cannot be a path pattern",
        ]
    );
}

#[test]
fn logs_are_delivered_into_a_bucket_that_lets_them_in() {
    let document = document(|stack| {
        let logs = stack.add("logs", Bucket::new("shop-logs"));
        site(stack, |site| site.logs_to(logs));
    });
    let resource =
        |path: &str| document.pointer(&format!("/resource/aws_cloudwatch_log_delivery{path}")).unwrap();
    assert_eq!(
        resource("_source/site"),
        &json!({ "log_type": "ACCESS_LOGS", "name": "shop",
                 "resource_arn": "${aws_cloudfront_distribution.site.arn}" })
    );
    let policy = text(&document, "/resource/aws_s3_bucket_policy/logs/policy");
    for said in [
        "{\"Service\" = \"delivery.logs.amazonaws.com\"}",
        "\"${aws_s3_bucket.logs.arn}/AWSLogs/${data.aws_caller_identity.current.account_id}/CloudFront/*\"",
        "{\"aws:SourceArn\" = [aws_cloudwatch_log_delivery_source.site.arn]}",
    ] {
        assert!(policy.contains(said), "{said} is not in {policy}");
    }
}

#[test]
fn logs_that_could_not_be_delivered_are_refused() {
    let found = refused(|stack| {
        Provider::new().region("eu-west-1").configure(stack);
        let key = stack.add("key", Key::new("shop/logs"));
        let sealed = stack.add("sealed", Bucket::new("shop-sealed").encrypted_with(key));
        site(stack, |site| site.logs_to(sealed));
    });
    assert_eq!(
        found,
        [
            "logs of CloudFront are not let into a bucket that is encrypted with a key of KMS",
            "logs of CloudFront cannot be delivered from eu-west-1"
        ]
    );
}

#[test]
fn a_distribution_may_decrypt_what_it_reads() {
    let document = document(|stack| {
        let key = stack.add("key", Key::new("shop/files"));
        let bucket = stack.add("frontend", Bucket::new("shop-frontend").encrypted_with(key));
        stack.add("site", Distribution::new("shop", bucket));
    });
    let policy = text(&document, "/resource/aws_kms_key_policy/key/policy");
    assert!(
        policy.contains(
            "{\"Action\" = [\"kms:Decrypt\"], \
             \"Condition\" = {\"StringEquals\" = {\"aws:SourceArn\" = [aws_cloudfront_distribution.site.arn]}}"
        ),
        "{policy}"
    );
}

#[test]
fn the_policies_of_another_stacks_bucket_are_written_where_it_is_read() {
    let mut app = App::new();
    let mut storage = app.stack("storage");
    let key = storage.add("key", Key::new("shop/files"));
    let files = storage.add("files", Bucket::new("shop-files").encrypted_with(key));
    app.stack("cdn").add("site", Distribution::new("shop", files));
    let documents = resolve(app).unwrap();
    let order: Vec<&str> = documents.iter().map(|document| document.stack.as_str()).collect();
    assert_eq!(order, ["storage", "cdn"]);
    let [storage, cdn] = [0, 1].map(|at| serde_json::from_str::<Json>(&documents[at].json).unwrap());
    assert_eq!(storage.pointer("/resource/aws_s3_bucket_policy"), None);
    assert_eq!(storage.pointer("/resource/aws_kms_key_policy"), None);
    let policy = text(&cdn, "/resource/aws_s3_bucket_policy/site__files/policy");
    assert!(
        policy.contains("aws:SecureTransport") && policy.contains("cloudfront.amazonaws.com"),
        "{policy}"
    );
    assert!(text(&cdn, "/resource/aws_kms_key_policy/site__key/policy").contains("kms:*"));
}

#[test]
fn error_pages_that_hide_a_services_errors_are_warned_of() {
    let mut app = App::new();
    let mut stack = app.stack("s");
    site(&mut stack, |site| site.single_page_app().path("/api/*", Behavior::service("api.example.com")));
    let documents = resolve(app).unwrap();
    let warnings: Vec<&str> = documents[0].warnings.iter().map(|warning| warning.message.as_str()).collect();
    assert_eq!(warnings, ["where `/api/*` answers 403 or 404, `index.html` is what is seen"]);
}

#[test]
fn a_name_that_comes_later_is_checked_when_it_is_planned() {
    let document = document(|stack| {
        let name = stack.add("name", Variable::<String>::new());
        let bucket = stack.add("frontend", Bucket::new("shop-frontend"));
        stack.add("site", Distribution::new(name, bucket));
    });
    assert_eq!(
        distribution(&document)["lifecycle"]["precondition"][0]["condition"],
        "${can(regex(\"^[a-zA-Z0-9_-]{1,60}$\", var.name))}"
    );
}

#[test]
fn names_and_services_that_cloudfront_has_not_are_refused() {
    let found = refused(|stack| {
        let bucket = stack.add("frontend", Bucket::new("shop-frontend"));
        stack.add("spaces", Distribution::new("my shop", bucket));
        let api = Behavior::service("https://api.example.com");
        stack.add("scheme", Distribution::new("shop", bucket).path("/api/*", api));
        let certificate = stack.add("certificate", Certificate::new("example.com"));
        stack.add("nameless", Distribution::new("nameless", bucket).domains(certificate, [""; 0]));
    });
    assert_eq!(
        found,
        [
            "`my shop` cannot be a distribution's name",
            "`https://api.example.com` cannot be a site's name",
            "a certificate without a name that it is for does nothing"
        ]
    );
}

proptest! {
    #[test]
    fn no_pattern_makes_it_panic(patterns in prop::collection::vec("\\PC{0,12}", 0..4)) {
        let mut app = App::new();
        let mut stack = app.stack("s");
        let bucket = stack.add("frontend", Bucket::new("shop-frontend"));
        let site = patterns.iter().fold(Distribution::new("shop", bucket), |site, path| site.path(path, bucket));
        stack.add("site", site);
        if let Ok(documents) = resolve(app) {
            let json: Json = serde_json::from_str(&documents[0].json).unwrap();
            let written = distribution(&json).get("ordered_cache_behavior").and_then(Json::as_array).map_or(0, Vec::len);
            prop_assert_eq!(written, patterns.len());
        }
    }
}
