"""Create, get, update, delete: of every kind, and what they refuse."""

from typing import Any

import pytest
from cloudfront.examples import DOCUMENTS, control, create, create_control
from localstack.aws.spec import load_service

from synth_localstack.cloudfront import provider
from synth_localstack.cloudfront.kinds import KINDS, MANAGED


@pytest.mark.parametrize("kind", DOCUMENTS)
def test_a_document_is_made_read_changed_and_removed(
    cloudfront: Any, kind: str, refusal: Any
) -> None:
    member, config = DOCUMENTS[kind]
    make, get, get_config, update, delete = (
        getattr(cloudfront, name)
        for name in (
            f"create_{kind}",
            f"get_{kind}",
            f"get_{kind}_config",
            f"update_{kind}",
            f"delete_{kind}",
        )
    )
    created = make(**{member: config})
    resource = member.removesuffix("Config")
    identifier = created[resource]["Id"]
    assert get_config(Id=identifier)[member] == config
    assert created["Location"].endswith(identifier)

    changed = {**config, "Comment": "changed"}
    if kind == "origin_access_control":
        changed = {**config, "Description": "changed"}
    updated = update(Id=identifier, IfMatch=created["ETag"], **{member: changed})
    assert updated["ETag"] != created["ETag"]
    assert get(Id=identifier)[resource][member] == changed

    assert refusal(delete, Id=identifier, IfMatch=created["ETag"])[0] == "PreconditionFailed"
    assert refusal(delete, Id=identifier)[0] == "InvalidIfMatchVersion"
    delete(Id=identifier, IfMatch=updated["ETag"])
    assert refusal(get, Id=identifier)[0].startswith("NoSuch")


def test_a_name_is_taken_once(cloudfront: Any, refusal: Any) -> None:
    create_control(cloudfront)
    refused = refusal(cloudfront.create_origin_access_control, OriginAccessControlConfig=control())
    assert refused[0] == "OriginAccessControlAlreadyExists"


def test_an_identity_asked_for_twice_is_one(cloudfront: Any, refusal: Any) -> None:
    config = {"CallerReference": "one", "Comment": "site"}
    make = cloudfront.create_cloud_front_origin_access_identity
    first = make(CloudFrontOriginAccessIdentityConfig=config)
    second = make(CloudFrontOriginAccessIdentityConfig=config)
    member = "CloudFrontOriginAccessIdentity"
    assert first[member]["Id"] == second[member]["Id"]
    other = {**config, "Comment": "another"}
    assert refusal(make, CloudFrontOriginAccessIdentityConfig=other)[0] == f"{member}AlreadyExists"


def test_a_key_in_a_group_is_not_deleted(cloudfront: Any, refusal: Any) -> None:
    key = cloudfront.create_public_key(PublicKeyConfig=DOCUMENTS["public_key"][1])
    identifier = key["PublicKey"]["Id"]
    config = {"Name": "group", "Items": [identifier]}
    group = cloudfront.create_key_group(KeyGroupConfig=config)
    delete = {"Id": identifier, "IfMatch": key["ETag"]}
    assert refusal(cloudfront.delete_public_key, **delete)[0] == "PublicKeyInUse"
    cloudfront.delete_key_group(Id=group["KeyGroup"]["Id"], IfMatch=group["ETag"])
    cloudfront.delete_public_key(**delete)
    refused = refusal(cloudfront.create_key_group, KeyGroupConfig=config)
    assert refused[0] == "InvalidArgument"


def test_a_policy_of_aws_is_read_and_not_changed(cloudfront: Any, refusal: Any) -> None:
    for kind, policies in MANAGED.items():
        for identifier, name in policies.items():
            stem = {"CachePolicy": "cache_policy", "OriginRequestPolicy": "origin_request_policy"}
            stem = stem.get(kind.name, "response_headers_policy")
            read = getattr(cloudfront, f"get_{stem}")(Id=identifier)
            assert read[kind.name][kind.config]["Name"] == name
            delete = getattr(cloudfront, f"delete_{stem}")
            assert refusal(delete, Id=identifier, IfMatch=read["ETag"])[0] == "AccessDenied"


def test_a_wrong_quantity_is_refused(cloudfront: Any, refusal: Any) -> None:
    origins = {"Quantity": 2, "Items": [{"Id": "site", "DomainName": "example.com"}]}
    config = {"CallerReference": "x", "Comment": "", "Enabled": False, "Origins": origins}
    config["DefaultCacheBehavior"] = {"TargetOriginId": "site", "ViewerProtocolPolicy": "allow-all"}
    refused = refusal(cloudfront.create_distribution, DistributionConfig=config)
    assert refused[0] == "InconsistentQuantities"
    assert "2 and 1 in Origins" in refused[1]


def test_what_the_model_forbids_is_refused_with_its_place(cloudfront: Any, refusal: Any) -> None:
    refused = refusal(
        cloudfront.create_origin_access_control,
        OriginAccessControlConfig=control(SigningBehavior="sometimes"),
    )
    assert refused[0] == "MalformedXML"
    assert "at 'originAccessControlConfig.signingBehavior'" in refused[1]


def test_the_table_has_operations_of_the_model_only_and_all_of_each_kind() -> None:
    names = set(load_service("cloudfront").operation_names)
    assert set(provider.OPERATIONS) <= names
    for kind in KINDS:
        assert {f"{verb}{kind.name}" for verb in ("Create", "Get", "Update", "Delete")} <= set(
            provider.OPERATIONS
        )


def test_what_is_not_in_the_table_says_so(cloudfront: Any, refusal: Any) -> None:
    code, message = refusal(cloudfront.list_functions)
    assert (code, "ListFunctions" in message) == ("InternalFailure", True)


def test_accounts_see_their_own(cloudfront: Any, emulator: Any, refusal: Any) -> None:
    identifier = create(cloudfront)["Distribution"]["Id"]
    theirs = emulator.client("cloudfront", "999999999999")
    assert refusal(theirs.get_distribution, Id=identifier)[0] == "NoSuchDistribution"
    create(theirs)
