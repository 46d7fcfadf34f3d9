"""The services that moto answers: each is there, and keeps what it is given."""

import tomllib
from typing import Any

import pytest
from emulator import PLUGIN, Emulator

from synth_localstack import moto

#: One call that makes something and one that shows it, for each service.
ROUNDS: dict[str, tuple[tuple[str, dict[str, Any]], tuple[str, dict[str, Any], str]]] = {
    "application-autoscaling": (
        (
            "register_scalable_target",
            {
                "ServiceNamespace": "dynamodb",
                "ResourceId": "table/orders",
                "ScalableDimension": "dynamodb:table:ReadCapacityUnits",
                "MinCapacity": 1,
                "MaxCapacity": 2,
            },
        ),
        ("describe_scalable_targets", {"ServiceNamespace": "dynamodb"}, "ScalableTargets"),
    ),
    "autoscaling": (
        (
            "create_launch_configuration",
            {"LaunchConfigurationName": "main", "ImageId": "ami-1", "InstanceType": "t3.micro"},
        ),
        ("describe_launch_configurations", {}, "LaunchConfigurations"),
    ),
    "ecr": (
        ("create_repository", {"repositoryName": "main"}),
        ("describe_repositories", {}, "repositories"),
    ),
    "ecs": (("create_cluster", {"clusterName": "main"}), ("list_clusters", {}, "clusterArns")),
    "efs": (
        ("create_file_system", {"CreationToken": "main"}),
        ("describe_file_systems", {}, "FileSystems"),
    ),
    "elasticache": (
        (
            "create_cache_cluster",
            {
                "CacheClusterId": "main",
                "Engine": "redis",
                "CacheNodeType": "cache.t4g.micro",
                "NumCacheNodes": 1,
            },
        ),
        ("describe_cache_clusters", {}, "CacheClusters"),
    ),
    "elbv2": (
        ("create_target_group", {"Name": "main", "TargetType": "lambda"}),
        ("describe_target_groups", {}, "TargetGroups"),
    ),
    "rds": (
        (
            "create_db_parameter_group",
            {
                "DBParameterGroupName": "main",
                "DBParameterGroupFamily": "postgres16",
                "Description": "x",
            },
        ),
        ("describe_db_parameter_groups", {}, "DBParameterGroups"),
    ),
    "servicediscovery": (
        ("create_http_namespace", {"Name": "main"}),
        ("list_namespaces", {}, "Namespaces"),
    ),
    "wafv2": (
        (
            "create_ip_set",
            {
                "Name": "main",
                "Scope": "REGIONAL",
                "IPAddressVersion": "IPV4",
                "Addresses": ["192.0.2.0/24"],
            },
        ),
        ("list_ip_sets", {"Scope": "REGIONAL"}, "IPSets"),
    ),
}


def test_every_added_service_is_tried_and_has_an_entry_point() -> None:
    assert set(ROUNDS) == set(moto.ADDED)
    pyproject = tomllib.loads((PLUGIN / "pyproject.toml").read_text())
    entries = pyproject["project"]["entry-points"]["localstack.aws.provider"]
    expected = {f"{name}:{moto.ALONE}" for name in moto.ADDED}
    expected |= {f"{name}:{moto.BESIDE}" for name in moto.PREFERRED}
    assert set(entries) == expected | {"apprunner:default", "cloudfront:default"}


@pytest.mark.parametrize("service", ROUNDS)
def test_what_is_made_is_shown_to_its_account_only(
    emulator: Emulator, account: str, service: str
) -> None:
    (make, request), (show, arguments, member) = ROUNDS[service]
    mine = emulator.client(service, account)
    getattr(mine, make)(**request)
    assert len(getattr(mine, show)(**arguments)[member]) == 1
    theirs = emulator.client(service, "999999999999")
    assert getattr(theirs, show)(**arguments)[member] == []
