"""Lists: pages, markers, and which policies are whose."""

from typing import Any

import pytest
from cloudfront.examples import DOCUMENTS, behavior, create, create_control

from synth_localstack.cloudfront.kinds import CACHE_POLICY, MANAGED


def test_pages_show_everything_once_while_items_go(cloudfront: Any) -> None:
    made = [create_control(cloudfront, f"control-{number}") for number in range(5)]
    seen: list[str] = []
    marker: dict[str, str] = {}
    while True:
        # botocore writes a number into the query; the service reads it as one.
        page = cloudfront.list_origin_access_controls(MaxItems="2", **marker)
        found = page["OriginAccessControlList"]
        seen += [item["Name"] for item in found["Items"]]
        if not found["IsTruncated"]:
            break
        marker = {"Marker": found["NextMarker"]}
        last = next(
            item for item in made if item["OriginAccessControl"]["Id"] == found["Items"][-1]["Id"]
        )
        cloudfront.delete_origin_access_control(
            Id=last["OriginAccessControl"]["Id"], IfMatch=last["ETag"]
        )
    assert seen == [f"control-{number}" for number in range(5)]


@pytest.mark.parametrize("wrong", [{"Marker": "x"}, {"MaxItems": "0"}, {"MaxItems": "101"}])
def test_a_wrong_page_is_refused(cloudfront: Any, refusal: Any, wrong: dict[str, str]) -> None:
    assert refusal(cloudfront.list_distributions, **wrong)[0] == "InvalidArgument"


def test_policies_are_aws_or_ones_own(cloudfront: Any) -> None:
    own = cloudfront.create_cache_policy(CachePolicyConfig=DOCUMENTS["cache_policy"][1])

    def listed(**request: str) -> list[tuple[str, str]]:
        items = cloudfront.list_cache_policies(**request)["CachePolicyList"].get("Items", [])
        return [(item["Type"], item["CachePolicy"]["Id"]) for item in items]

    managed = [("managed", identifier) for identifier in MANAGED[CACHE_POLICY]]
    custom = [("custom", own["CachePolicy"]["Id"])]
    assert listed(Type="managed") == managed
    assert listed(Type="custom") == custom
    assert listed() == managed + custom


def test_distributions_are_found_by_their_policy(cloudfront: Any) -> None:
    own = cloudfront.create_cache_policy(CachePolicyConfig=DOCUMENTS["cache_policy"][1])
    policy = own["CachePolicy"]["Id"]
    using = create(cloudfront, "a", DefaultCacheBehavior=behavior(CachePolicyId=policy))
    create(cloudfront, "b")
    found = cloudfront.list_distributions_by_cache_policy_id(CachePolicyId=policy)
    assert found["DistributionIdList"]["Items"] == [using["Distribution"]["Id"]]


def test_a_distribution_is_summarized(cloudfront: Any) -> None:
    created = create(cloudfront, Comment="the site")["Distribution"]
    [summary] = cloudfront.list_distributions()["DistributionList"]["Items"]
    assert (summary["Id"], summary["Comment"]) == (created["Id"], "the site")
    assert summary["DomainName"] == created["DomainName"]
