"""What only a distribution has: members that AWS always answers with, and references to check.

https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_DistributionConfig.html
"""

from collections.abc import Iterator, Mapping
from typing import Any

from synth_localstack.cloudfront.call import Call
from synth_localstack.cloudfront.errors import refusal
from synth_localstack.cloudfront.kinds import (
    CACHE_POLICY,
    DISTRIBUTION,
    KEY_GROUP,
    ORIGIN_ACCESS_CONTROL,
    ORIGIN_ACCESS_IDENTITY,
    ORIGIN_REQUEST_POLICY,
    RESPONSE_HEADERS_POLICY,
)
from synth_localstack.cloudfront.store import Reference

#: Members of a behavior that name a policy.
_POLICIES = {
    "CachePolicyId": CACHE_POLICY,
    "OriginRequestPolicyId": ORIGIN_REQUEST_POLICY,
    "ResponseHeadersPolicyId": RESPONSE_HEADERS_POLICY,
}
#: How an S3 origin names an identity.
_IDENTITY = "origin-access-identity/cloudfront/"


def complete(config: dict[str, Any]) -> dict[str, Any]:
    """The configuration with what AWS answers where nothing was given.

    hashicorp/aws 5.100.0 reads some of these members without asking whether they are there.
    """
    none = {"Quantity": 0}
    defaults: Mapping[str, Any] = {
        "Aliases": none,
        "CacheBehaviors": none,
        "CustomErrorResponses": none,
        "OriginGroups": none,
        "Logging": {"Enabled": False, "IncludeCookies": False, "Bucket": "", "Prefix": ""},
        "Restrictions": {"GeoRestriction": {"RestrictionType": "none", "Quantity": 0}},
        "ViewerCertificate": {
            "CloudFrontDefaultCertificate": True,
            "MinimumProtocolVersion": "TLSv1",
            "CertificateSource": "cloudfront",
        },
        "WebACLId": "",
        "HttpVersion": "http2",
        "PriceClass": "PriceClass_All",
        "IsIPV6Enabled": False,
        "DefaultRootObject": "",
        "Staging": False,
        "ContinuousDeploymentPolicyId": "",
    }
    config = {**_fresh(defaults), **config}
    for origin in config["Origins"]["Items"]:
        _add(origin, {"CustomHeaders": none, "OriginPath": "", "OriginShield": {"Enabled": False}})
    nobody = {"Enabled": False, "Quantity": 0}
    for behavior in _behaviors(config):
        _add(behavior, {"TrustedSigners": nobody, "TrustedKeyGroups": nobody})
        _add(behavior, {"LambdaFunctionAssociations": none, "FunctionAssociations": none})
    return config


def _add(target: dict[str, Any], defaults: Mapping[str, Any]) -> None:
    for name, value in _fresh(defaults).items():
        target.setdefault(name, value)


def _fresh(defaults: Mapping[str, Any]) -> dict[str, Any]:
    """Copies that no two distributions share."""
    return {
        name: _fresh(value) if isinstance(value, dict) else value
        for name, value in defaults.items()
    }


def surroundings(call: Call, identifier: str) -> dict[str, Any]:
    """The members beside the configuration. It is deployed at once: nothing is delivered."""
    nobody = {"Enabled": False, "Quantity": 0}
    return {
        "ARN": call.arn(DISTRIBUTION, identifier),
        "Status": "Deployed",
        "LastModifiedTime": call.now,
        "DomainName": f"d{identifier.lower()}.cloudfront.net",
        "InProgressInvalidationBatches": 0,
        "ActiveTrustedSigners": nobody,
        "ActiveTrustedKeyGroups": dict(nobody),
    }


def check(call: Call, config: Mapping[str, Any]) -> frozenset[Reference]:
    """What the distribution refers to; refuses what is not there."""
    groups = config["OriginGroups"].get("Items", [])
    origins = {origin["Id"] for origin in [*config["Origins"]["Items"], *groups]}
    for behavior in _behaviors(config):
        if behavior["TargetOriginId"] not in origins:
            raise refusal(
                "NoSuchOrigin",
                "One or more of your origins or origin groups do not exist:"
                f" {behavior['TargetOriginId']}",
            )
    references = frozenset(_references(config))
    for reference in sorted(references, key=lambda found: (found[0].name, found[1])):
        call.store.resolve(reference)
    _check_aliases(call, config)
    _check_certificate(call, config)
    return references


def _references(config: Mapping[str, Any]) -> Iterator[Reference]:
    for behavior in _behaviors(config):
        for member, kind in _POLICIES.items():
            if behavior.get(member):
                yield kind, behavior[member]
        for group in behavior["TrustedKeyGroups"].get("Items", []):
            yield KEY_GROUP, group
    for origin in config["Origins"]["Items"]:
        if origin.get("OriginAccessControlId"):
            yield ORIGIN_ACCESS_CONTROL, origin["OriginAccessControlId"]
        identity = origin.get("S3OriginConfig", {}).get("OriginAccessIdentity")
        if identity:
            yield ORIGIN_ACCESS_IDENTITY, identity.removeprefix(_IDENTITY)


def _check_aliases(call: Call, config: Mapping[str, Any]) -> None:
    """A name leads to one distribution, and only one with a certificate may have names."""
    aliases = set(config["Aliases"].get("Items", []))
    if aliases and config["ViewerCertificate"].get("CloudFrontDefaultCertificate"):
        raise refusal(
            "InvalidViewerCertificate",
            "To add an alternate domain name (CNAME) to a CloudFront distribution, you must attach"
            " a trusted certificate that validates your authorization to use the domain name.",
        )
    for other in call.store.all(DISTRIBUTION):
        shared = aliases & set(other.config["Aliases"].get("Items", []))
        if shared and other.config["CallerReference"] != config["CallerReference"]:
            raise refusal(
                "CNAMEAlreadyExists",
                f"{', '.join(sorted(shared))} is already associated with {other.id}",
            )


def _check_certificate(call: Call, config: Mapping[str, Any]) -> None:
    """Refuses a certificate that is not in us-east-1.

    https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cnames-and-https-requirements.html
    """
    arn = config["ViewerCertificate"].get("ACMCertificateArn")
    if not arn:
        return
    from moto.acm.models import acm_backends

    region = arn.split(":")[3] if arn.count(":") >= 5 else ""  # noqa: PLR2004 - the parts of an ARN
    known = acm_backends[call.account]["us-east-1"]._certificates  # noqa: SLF001 - no way to ask
    if region != "us-east-1" or arn not in known:
        raise refusal(
            "InvalidViewerCertificate",
            "The specified SSL certificate doesn't exist, isn't in us-east-1 region, isn't valid,"
            f" or doesn't include a valid certificate chain: {arn}",
        )


def _behaviors(config: Mapping[str, Any]) -> list[dict[str, Any]]:
    return [config["DefaultCacheBehavior"], *config["CacheBehaviors"].get("Items", [])]
