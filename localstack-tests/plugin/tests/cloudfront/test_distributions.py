"""Distributions: what they refer to, when they go, and what AWS adds to them."""

from typing import Any

import pytest
from cloudfront.examples import behavior, create, create_control, distribution, items, origin


def test_a_distribution_is_deployed_and_complete(cloudfront: Any, account: str) -> None:
    created = create(cloudfront)["Distribution"]
    assert created["Status"] == "Deployed"
    assert created["ARN"] == f"arn:aws:cloudfront::{account}:distribution/{created['Id']}"
    assert created["DomainName"] == f"d{created['Id'].lower()}.cloudfront.net"
    config = created["DistributionConfig"]
    assert config["Aliases"] == {"Quantity": 0}
    assert config["ViewerCertificate"]["CloudFrontDefaultCertificate"] is True
    assert config["Origins"]["Items"][0]["CustomHeaders"] == {"Quantity": 0}
    assert config["DefaultCacheBehavior"]["TrustedKeyGroups"] == {"Enabled": False, "Quantity": 0}


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"DefaultCacheBehavior": behavior(TargetOriginId="other")}, "NoSuchOrigin"),
        ({"DefaultCacheBehavior": behavior(CachePolicyId="none")}, "NoSuchCachePolicy"),
        (
            {"DefaultCacheBehavior": behavior(OriginRequestPolicyId="none")},
            "NoSuchOriginRequestPolicy",
        ),
        (
            {"DefaultCacheBehavior": behavior(ResponseHeadersPolicyId="none")},
            "NoSuchResponseHeadersPolicy",
        ),
        (
            {"DefaultCacheBehavior": behavior(TrustedKeyGroups={"Enabled": True, **items("none")})},
            "TrustedKeyGroupDoesNotExist",
        ),
        ({"Origins": items(origin(OriginAccessControlId="E1"))}, "InvalidOriginAccessControl"),
        (
            {
                "Origins": items(
                    origin(
                        S3OriginConfig={
                            "OriginAccessIdentity": "origin-access-identity/cloudfront/E1"
                        }
                    )
                )
            },
            "InvalidOriginAccessIdentity",
        ),
        ({"Aliases": items("www.example.org")}, "InvalidViewerCertificate"),
    ],
)
def test_what_is_not_there_is_refused(
    cloudfront: Any, refusal: Any, change: dict[str, Any], code: str
) -> None:
    config = distribution(**change)
    assert refusal(cloudfront.create_distribution, DistributionConfig=config)[0] == code
    assert cloudfront.list_distributions()["DistributionList"]["Quantity"] == 0


def test_a_certificate_of_another_region_is_refused(
    cloudfront: Any, emulator: Any, account: str, refusal: Any
) -> None:
    def viewer(region: str) -> dict[str, Any]:
        certificate = emulator.client("acm", account, region).request_certificate(
            DomainName="www.example.org", ValidationMethod="DNS"
        )
        arn = certificate["CertificateArn"]
        return {"ACMCertificateArn": arn, "SSLSupportMethod": "sni-only"}

    names = {"Aliases": items("www.example.org")}
    there = distribution(ViewerCertificate=viewer("eu-west-1"), **names)
    refused = refusal(cloudfront.create_distribution, DistributionConfig=there)
    assert refused[0] == "InvalidViewerCertificate"
    here = distribution(ViewerCertificate=viewer("us-east-1"), **names)
    cloudfront.create_distribution(DistributionConfig=here)
    again = {**here, "CallerReference": "two"}
    refused = refusal(cloudfront.create_distribution, DistributionConfig=again)
    assert refused[0] == "CNAMEAlreadyExists"


def test_an_enabled_distribution_is_not_deleted(cloudfront: Any, refusal: Any) -> None:
    created = create(cloudfront, Enabled=True)
    identifier = created["Distribution"]["Id"]
    delete = cloudfront.delete_distribution
    refused = refusal(delete, Id=identifier, IfMatch=created["ETag"])
    assert refused[0] == "DistributionNotDisabled"
    disabled = {**created["Distribution"]["DistributionConfig"], "Enabled": False}
    updated = cloudfront.update_distribution(
        Id=identifier, IfMatch=created["ETag"], DistributionConfig=disabled
    )
    delete(Id=identifier, IfMatch=updated["ETag"])


def test_what_a_distribution_uses_is_not_deleted(cloudfront: Any, refusal: Any) -> None:
    control = create_control(cloudfront)
    identifier = control["OriginAccessControl"]["Id"]
    created = create(cloudfront, Origins=items(origin(OriginAccessControlId=identifier)))
    delete = {"Id": identifier, "IfMatch": control["ETag"]}
    code, message = refusal(cloudfront.delete_origin_access_control, **delete)
    assert code == "OriginAccessControlInUse"
    assert created["Distribution"]["Id"] in message
    # An update that lets go of it frees it.
    config = {**created["Distribution"]["DistributionConfig"], "Origins": items(origin())}
    cloudfront.update_distribution(
        Id=created["Distribution"]["Id"], IfMatch=created["ETag"], DistributionConfig=config
    )
    cloudfront.delete_origin_access_control(**delete)


def test_a_callers_reference_is_used_once_and_stays(cloudfront: Any, refusal: Any) -> None:
    created = create(cloudfront)
    refused = refusal(cloudfront.create_distribution, DistributionConfig=distribution())
    assert refused[0] == "DistributionAlreadyExists"
    changed = {**created["Distribution"]["DistributionConfig"], "CallerReference": "two"}
    refused = refusal(
        cloudfront.update_distribution,
        Id=created["Distribution"]["Id"],
        IfMatch=created["ETag"],
        DistributionConfig=changed,
    )
    assert refused[0] == "IllegalUpdate"


def test_tags_are_kept_from_the_start(cloudfront: Any, refusal: Any) -> None:
    created = cloudfront.create_distribution_with_tags(
        DistributionConfigWithTags={
            "DistributionConfig": distribution(),
            "Tags": {"Items": [{"Key": "team", "Value": "a"}]},
        }
    )
    arn = created["Distribution"]["ARN"]
    cloudfront.tag_resource(Resource=arn, Tags={"Items": [{"Key": "stage", "Value": "b"}]})
    cloudfront.untag_resource(Resource=arn, TagKeys={"Items": ["team"]})
    tags = cloudfront.list_tags_for_resource(Resource=arn)["Tags"]["Items"]
    assert tags == [{"Key": "stage", "Value": "b"}]
    unknown = arn[:-1] + "_"
    refused = refusal(cloudfront.list_tags_for_resource, Resource=unknown)
    assert refused[0] == "NoSuchResource"


def test_an_invalidation_is_complete_at_once(cloudfront: Any, refusal: Any) -> None:
    identifier = create(cloudfront)["Distribution"]["Id"]
    batch = {"Paths": items("/*"), "CallerReference": "one"}
    created = cloudfront.create_invalidation(DistributionId=identifier, InvalidationBatch=batch)
    invalidation = created["Invalidation"]
    read = cloudfront.get_invalidation(DistributionId=identifier, Id=invalidation["Id"])
    assert read["Invalidation"]["Status"] == "Completed"
    listed = cloudfront.list_invalidations(DistributionId=identifier)["InvalidationList"]
    assert [found["Id"] for found in listed["Items"]] == [invalidation["Id"]]
    refused = refusal(cloudfront.get_invalidation, DistributionId=identifier, Id="I0")
    assert refused[0] == "NoSuchInvalidation"
