"""Requests that CloudFront accepts, to be changed by the tests."""

from typing import Any

NONE: dict[str, Any] = {"Quantity": 0}


def items(*values: Any) -> dict[str, Any]:
    return {"Quantity": len(values), "Items": list(values)}


def origin(name: str = "site", **more: Any) -> dict[str, Any]:
    s3 = {"OriginAccessIdentity": ""}
    return {"Id": name, "DomainName": "site.s3.amazonaws.com", "S3OriginConfig": s3, **more}


def behavior(**more: Any) -> dict[str, Any]:
    return {
        "TargetOriginId": "site",
        "ViewerProtocolPolicy": "redirect-to-https",
        "CachePolicyId": "658327ea-f89d-4fab-a63d-7e88639e58f6",
        **more,
    }


def distribution(reference: str = "one", **more: Any) -> dict[str, Any]:
    return {
        "CallerReference": reference,
        "Comment": "",
        "Enabled": False,
        "Origins": items(origin()),
        "DefaultCacheBehavior": behavior(),
        **more,
    }


def control(name: str = "site", **more: Any) -> dict[str, Any]:
    return {
        "Name": name,
        "SigningProtocol": "sigv4",
        "SigningBehavior": "always",
        "OriginAccessControlOriginType": "s3",
        **more,
    }


COOKIES = {"CookieBehavior": "none"}
QUERIES = {"QueryStringBehavior": "none"}
HEADERS = {"HeaderBehavior": "none"}
KEY = "-----BEGIN PUBLIC KEY-----\nMFkw\n-----END PUBLIC KEY-----\n"
#: The stem of the client's methods, the argument and an example, but for distributions.
DOCUMENTS = {
    "origin_access_control": ("OriginAccessControlConfig", control()),
    "cloud_front_origin_access_identity": (
        "CloudFrontOriginAccessIdentityConfig",
        {"CallerReference": "one", "Comment": "site"},
    ),
    "public_key": (
        "PublicKeyConfig",
        {"CallerReference": "one", "Name": "key", "EncodedKey": KEY},
    ),
    "cache_policy": (
        "CachePolicyConfig",
        {
            "Name": "site",
            "MinTTL": 0,
            "ParametersInCacheKeyAndForwardedToOrigin": {
                "EnableAcceptEncodingGzip": True,
                "HeadersConfig": HEADERS,
                "CookiesConfig": COOKIES,
                "QueryStringsConfig": QUERIES,
            },
        },
    ),
    "origin_request_policy": (
        "OriginRequestPolicyConfig",
        {
            "Name": "site",
            "HeadersConfig": {"HeaderBehavior": "whitelist", "Headers": items("Origin")},
            "CookiesConfig": COOKIES,
            "QueryStringsConfig": QUERIES,
        },
    ),
    "response_headers_policy": (
        "ResponseHeadersPolicyConfig",
        {"Name": "site", "SecurityHeadersConfig": {"ContentTypeOptions": {"Override": True}}},
    ),
}


def create(cloudfront: Any, reference: str = "one", **more: Any) -> Any:
    config = distribution(reference, **more)
    return cloudfront.create_distribution(DistributionConfig=config)


def create_control(cloudfront: Any, name: str = "site") -> Any:
    return cloudfront.create_origin_access_control(OriginAccessControlConfig=control(name))
