"""Checks of what instances that scale, their images, files and cache need."""

from collections.abc import Callable
from typing import Any

from botocore.exceptions import ClientError

#: A check gets a maker of clients, by service, and the account; it says whether all is as at AWS.
Clients = Callable[[str], Any]


def refusal(call: Callable[..., Any], **request: Any) -> str:
    """The error code of a call, empty if it is answered."""
    try:
        call(**request)
    except ClientError as error:
        return error.response["Error"]["Code"]
    return ""


def group(client: Clients) -> Any:
    scaling = client("autoscaling")
    template = {"ImageId": "ami-12c6146b", "InstanceType": "t3.micro"}
    scaling.create_launch_configuration(LaunchConfigurationName="main", **template)
    scaling.create_auto_scaling_group(
        AutoScalingGroupName="main",
        LaunchConfigurationName="main",
        MinSize=0,
        MaxSize=1,
        AvailabilityZones=["us-east-1a"],
    )
    return scaling


def hook_tells_whom_it_was_told_to(client: Clients, _account: str) -> bool:
    scaling = group(client)
    hook = {"AutoScalingGroupName": "main", "LifecycleHookName": "drain"}
    transition = "autoscaling:EC2_INSTANCE_TERMINATING"
    told = {
        "NotificationTargetARN": "arn:aws:sqs:us-east-1:1:drain",
        "RoleARN": "arn:aws:iam::1:role/drain",
        "NotificationMetadata": "drain",
    }
    shown = []
    for more in ({}, told, {}):
        scaling.put_lifecycle_hook(**hook, LifecycleTransition=transition, **more)
        [found] = scaling.describe_lifecycle_hooks(AutoScalingGroupName="main")["LifecycleHooks"]
        shown.append({name: found[name] for name in told if name in found})
    return shown == [{}, told, {}]


def policy_keeps_whether_it_is_enabled(client: Clients, _account: str) -> bool:
    scaling = group(client)
    target = {
        "TargetValue": 60.0,
        "PredefinedMetricSpecification": {"PredefinedMetricType": "ASGAverageCPUUtilization"},
    }
    policy = {
        "AutoScalingGroupName": "main",
        "PolicyName": "cpu",
        "PolicyType": "TargetTrackingScaling",
        "TargetTrackingConfiguration": target,
    }
    shown = []
    for more in ({}, {"Enabled": False}, {"Enabled": True}):
        scaling.put_scaling_policy(**policy, **more)
        [found] = scaling.describe_policies(AutoScalingGroupName="main")["ScalingPolicies"]
        shown.append(found.get("Enabled"))
    return shown == [True, False, True]


def forecast_of_a_policy_without_one_is_not_shown(client: Clients, _account: str) -> bool:
    scaling = group(client)
    policy = {"AutoScalingGroupName": "main", "PolicyName": "one", "ScalingAdjustment": 1}
    scaling.put_scaling_policy(**policy, AdjustmentType="ChangeInCapacity")
    [found] = scaling.describe_policies(AutoScalingGroupName="main")["ScalingPolicies"]
    return "PredictiveScalingConfiguration" not in found


def firmware_of_instances_only_is_shown(client: Clients, _account: str) -> bool:
    ec2 = client("ec2")
    [instance] = ec2.run_instances(ImageId="ami-12c6146b", MinCount=1, MaxCount=1)["Instances"]
    try:
        shown = ec2.get_instance_uefi_data(InstanceId=instance["InstanceId"])
    except ClientError:
        return False
    ids = ("ami-12c6146b", "i-0123456", "i-012345678\n", "i-01234567")
    refused = [refusal(ec2.get_instance_uefi_data, InstanceId=name) for name in ids]
    malformed = "InvalidInstanceID.Malformed"
    return shown["InstanceId"] == instance["InstanceId"] and refused == [
        *[malformed] * 3,
        "InvalidInstanceID.NotFound",
    ]


def backups_can_be_turned_on_and_off(client: Clients, _account: str) -> bool:
    efs = client("efs")
    made = efs.create_file_system(CreationToken="one", Backup=True)["FileSystemId"]
    plain = efs.create_file_system(CreationToken="two", Backup=False)["FileSystemId"]
    shown = [efs.describe_backup_policy(FileSystemId=made)["BackupPolicy"]["Status"]]
    try:
        for status in ("DISABLED", "ENABLED"):
            efs.put_backup_policy(FileSystemId=made, BackupPolicy={"Status": status})
            shown.append(efs.describe_backup_policy(FileSystemId=made)["BackupPolicy"]["Status"])
    except ClientError:
        return False
    refused = [
        refusal(efs.describe_backup_policy, FileSystemId=plain),
        refusal(efs.describe_backup_policy, FileSystemId="fs-01234567"),
    ]
    return shown == ["ENABLED", "DISABLED", "ENABLED"] and refused == [
        "PolicyNotFound",
        "FileSystemNotFound",
    ]


def cluster(elasticache: Any, **more: Any) -> Any:
    request = {"CacheClusterId": "main", "Engine": "redis", "CacheNodeType": "cache.t4g.micro"}
    return elasticache.create_cache_cluster(**request, NumCacheNodes=1, **more)["CacheCluster"]


def deleted_cluster_is_gone(client: Clients, _account: str) -> bool:
    elasticache = client("elasticache")
    cluster(elasticache)
    elasticache.delete_cache_cluster(CacheClusterId="main")
    return elasticache.describe_cache_clusters()["CacheClusters"] == []


def cluster_shows_its_security_groups(client: Clients, _account: str) -> bool:
    elasticache = client("elasticache")
    made = cluster(elasticache, SecurityGroupIds=["sg-1", "sg-2"])
    [found] = elasticache.describe_cache_clusters()["CacheClusters"]
    expected = [{"SecurityGroupId": name, "Status": "active"} for name in ("sg-1", "sg-2")]
    return made.get("SecurityGroups") == found.get("SecurityGroups") == expected


def replication_group(elasticache: Any, **more: Any) -> Any:
    request = {"ReplicationGroupId": "sessions", "ReplicationGroupDescription": "x"}
    made = elasticache.create_replication_group(**request, Engine="valkey", **more)
    return made["ReplicationGroup"]["MemberClusters"]


def replication_group_has_its_members(client: Clients, _account: str) -> bool:
    elasticache = client("elasticache")
    names = ["sessions-001", "sessions-002", "sessions-003"]
    encrypted = {"AtRestEncryptionEnabled": True, "TransitEncryptionEnabled": True}
    if replication_group(elasticache, NumCacheClusters=3, **encrypted) != names:
        return False
    [group] = elasticache.describe_replication_groups()["ReplicationGroups"]
    shown = [
        elasticache.describe_cache_clusters(CacheClusterId=name)["CacheClusters"][0]
        for name in group["MemberClusters"]
    ]
    expected = {"Engine": "valkey", **encrypted}
    return [one["CacheClusterId"] for one in shown] == names and all(
        one.get(member) == value for one in shown for member, value in expected.items()
    )


def deleted_replication_group_is_gone(client: Clients, _account: str) -> bool:
    elasticache = client("elasticache")
    replication_group(elasticache, NumNodeGroups=2, ReplicasPerNodeGroup=1, ClusterMode="enabled")
    cluster(elasticache)
    elasticache.delete_replication_group(ReplicationGroupId="sessions")
    left = elasticache.describe_cache_clusters()["CacheClusters"]
    groups = elasticache.describe_replication_groups()["ReplicationGroups"]
    return (groups, [one["CacheClusterId"] for one in left]) == ([], ["main"])


def subnet_group_goes_after_its_cluster(client: Clients, _account: str) -> bool:
    elasticache, ec2 = client("elasticache"), client("ec2")
    vpc = ec2.create_vpc(CidrBlock="10.0.0.0/16")["Vpc"]["VpcId"]
    subnet = ec2.create_subnet(VpcId=vpc, CidrBlock="10.0.0.0/24")["Subnet"]["SubnetId"]
    name = {"CacheSubnetGroupName": "main"}
    elasticache.create_cache_subnet_group(
        **name, CacheSubnetGroupDescription="x", SubnetIds=[subnet]
    )
    cluster(elasticache, **name)
    said = [refusal(elasticache.delete_cache_subnet_group, **name)]
    elasticache.delete_cache_cluster(CacheClusterId="main")
    said += [refusal(elasticache.delete_cache_subnet_group, **name) for _ in range(2)]
    left = elasticache.describe_cache_subnet_groups()["CacheSubnetGroups"]
    return (said, left) == (["CacheSubnetGroupInUse", "", "CacheSubnetGroupNotFoundFault"], [])


CHECKS: dict[str, Callable[[Clients, str], bool]] = {
    "autoscaling-hook-targets": hook_tells_whom_it_was_told_to,
    "autoscaling-policy-forecast": forecast_of_a_policy_without_one_is_not_shown,
    "autoscaling-policy-members": policy_keeps_whether_it_is_enabled,
    "ec2-instance-uefi-data": firmware_of_instances_only_is_shown,
    "efs-backup-policy": backups_can_be_turned_on_and_off,
    "elasticache-deleted-cluster": deleted_cluster_is_gone,
    "elasticache-deleted-replication-group": deleted_replication_group_is_gone,
    "elasticache-deleted-subnet-group": subnet_group_goes_after_its_cluster,
    "elasticache-replication-group-members": replication_group_has_its_members,
    "elasticache-security-groups": cluster_shows_its_security_groups,
}
