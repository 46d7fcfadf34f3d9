"""The kinds of resources: how the API names each, and how it refuses."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Kind:
    """A resource with a `…Config` that is made, read, changed and deleted as a whole.

    Error codes: "Errors" of each operation in the API reference.
    """

    #: The API's name: `Create{name}`, `{name}Config`.
    name: str
    #: The word in its location, and for a distribution in its ARN.
    word: str
    #: The operation that lists it, and the member of the answer that holds the list.
    listed: str
    list: str
    #: The member of the configuration that no other of the kind may have.
    unique: str
    #: No resource has the id.
    unknown: str
    #: A distribution refers to an id that no resource has.
    unresolved: str
    #: Something refers to it.
    used: str
    #: A short id of the form `E2QWRUHAPOMQZL`, else a UUID.
    short: bool

    @property
    def config(self) -> str:
        """The member that holds the configuration."""
        return f"{self.name}Config"

    @property
    def taken(self) -> str:
        """Another one has the name, or the caller's reference."""
        return f"{self.name}AlreadyExists"


DISTRIBUTION = Kind(
    name="Distribution",
    word="distribution",
    listed="ListDistributions",
    list="DistributionList",
    unique="CallerReference",
    unknown="NoSuchDistribution",
    unresolved="NoSuchDistribution",
    used="ResourceInUse",
    short=True,
)
ORIGIN_ACCESS_CONTROL = Kind(
    name="OriginAccessControl",
    word="origin-access-control",
    listed="ListOriginAccessControls",
    list="OriginAccessControlList",
    unique="Name",
    unknown="NoSuchOriginAccessControl",
    unresolved="InvalidOriginAccessControl",
    used="OriginAccessControlInUse",
    short=True,
)
ORIGIN_ACCESS_IDENTITY = Kind(
    name="CloudFrontOriginAccessIdentity",
    word="origin-access-identity/cloudfront",
    listed="ListCloudFrontOriginAccessIdentities",
    list="CloudFrontOriginAccessIdentityList",
    unique="CallerReference",
    unknown="NoSuchCloudFrontOriginAccessIdentity",
    unresolved="InvalidOriginAccessIdentity",
    used="CloudFrontOriginAccessIdentityInUse",
    short=True,
)
PUBLIC_KEY = Kind(
    name="PublicKey",
    word="public-key",
    listed="ListPublicKeys",
    list="PublicKeyList",
    unique="Name",
    unknown="NoSuchPublicKey",
    unresolved="InvalidArgument",
    used="PublicKeyInUse",
    short=True,
)
KEY_GROUP = Kind(
    name="KeyGroup",
    word="key-group",
    listed="ListKeyGroups",
    list="KeyGroupList",
    unique="Name",
    unknown="NoSuchResource",
    unresolved="TrustedKeyGroupDoesNotExist",
    used="ResourceInUse",
    short=False,
)


def _policy(name: str, word: str, plural: str) -> Kind:
    return Kind(
        name=name,
        word=word,
        listed=f"List{plural}",
        list=f"{name}List",
        unique="Name",
        unknown=f"NoSuch{name}",
        unresolved=f"NoSuch{name}",
        used=f"{name}InUse",
        short=False,
    )


CACHE_POLICY = _policy("CachePolicy", "cache-policy", "CachePolicies")
ORIGIN_REQUEST_POLICY = _policy(
    "OriginRequestPolicy", "origin-request-policy", "OriginRequestPolicies"
)
RESPONSE_HEADERS_POLICY = _policy(
    "ResponseHeadersPolicy", "response-headers-policy", "ResponseHeadersPolicies"
)

POLICIES = (CACHE_POLICY, ORIGIN_REQUEST_POLICY, RESPONSE_HEADERS_POLICY)
KINDS = (
    DISTRIBUTION,
    ORIGIN_ACCESS_CONTROL,
    ORIGIN_ACCESS_IDENTITY,
    PUBLIC_KEY,
    KEY_GROUP,
    *POLICIES,
)

#: Managed policies by id.
#: https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-managed-cache-policies.html
#: https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-managed-origin-request-policies.html
#: https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-managed-response-headers-policies.html
MANAGED: Mapping[Kind, Mapping[str, str]] = {
    CACHE_POLICY: {
        "658327ea-f89d-4fab-a63d-7e88639e58f6": "Managed-CachingOptimized",
        "b2884449-e4de-46a7-ac36-70bc7f1ddd6d": "Managed-CachingOptimizedForUncompressedObjects",
        "4135ea2d-6df8-44a3-9df3-4b5a84be39ad": "Managed-CachingDisabled",
        "83da9c7e-98b4-4e11-a168-04f0df8e2c65": "Managed-UseOriginCacheControlHeaders",
        "4cc15a8a-d715-48a4-82b8-cc0b614638fe": "Managed-UseOriginCacheControlHeaders-QueryStrings",
    },
    ORIGIN_REQUEST_POLICY: {
        "216adef6-5c7f-47e4-b989-5492eafa07d3": "Managed-AllViewer",
        "b689b0a8-53d0-40ab-baf2-68738e2966ac": "Managed-AllViewerExceptHostHeader",
        "88a5eaf4-2fd4-4709-b370-b4c650ea3fcf": "Managed-CORS-S3Origin",
        "59781a5b-3903-41f3-afcb-af62929ccde1": "Managed-CORS-CustomOrigin",
        "acba4595-bd28-49b8-b9fe-13317c0390fa": "Managed-UserAgentRefererHeaders",
    },
    RESPONSE_HEADERS_POLICY: {
        "60669652-455b-4ae9-85a4-c4c02393f86c": "Managed-SimpleCORS",
        "5cc3b908-e619-4b99-88e5-2cf7f45965bd": "Managed-CORS-With-Preflight",
        "67f7725c-6f97-4210-82d7-5512b31e9d03": "Managed-SecurityHeadersPolicy",
        "e61eb60c-9c35-4d20-a928-2b84e02af89c": "Managed-CORS-and-SecurityHeadersPolicy",
        "eaab4381-ed33-4a86-88ca-d9558dc6cd63": (
            "Managed-CORS-with-preflight-and-SecurityHeadersPolicy"
        ),
    },
}
