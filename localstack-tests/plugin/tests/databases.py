"""Checks of what databases need, and the secrets that hold their passwords."""

import json
from collections.abc import Callable
from typing import Any

from botocore.exceptions import ClientError
from fleet import Clients


def database(rds: Any, name: str, **more: Any) -> Any:
    return rds.create_db_instance(
        DBInstanceIdentifier=name,
        Engine="postgres",
        DBInstanceClass="db.t4g.micro",
        AllocatedStorage=20,
        MasterUsername="app",
        MasterUserPassword="not-a-secret",
        **more,
    )


def instance_keeps_its_members(client: Clients, _account: str) -> bool:
    rds = client("rds")
    database(rds, "one", EnablePerformanceInsights=True, PerformanceInsightsRetentionPeriod=31)
    [shown] = rds.describe_db_instances(DBInstanceIdentifier="one")["DBInstances"]
    told = (
        shown.get("PerformanceInsightsEnabled"),
        shown.get("PerformanceInsightsRetentionPeriod"),
    )
    rds.delete_db_instance(DBInstanceIdentifier="one", SkipFinalSnapshot=True)
    # The next of that name knows nothing of it.
    database(rds, "one")
    [again] = rds.describe_db_instances(DBInstanceIdentifier="one")["DBInstances"]
    return told == (True, 31) and not again.get("PerformanceInsightsRetentionPeriod")


def parameter_has_its_source(client: Clients, _account: str) -> bool:
    rds = client("rds")
    name = {"DBParameterGroupName": "main"}
    rds.create_db_parameter_group(**name, DBParameterGroupFamily="postgres16", Description="x")
    parameter = {"ParameterName": "rds.force_ssl", "ParameterValue": "1"}
    parameter["ApplyMethod"] = "immediate"
    rds.modify_db_parameter_group(**name, Parameters=[parameter])
    [shown] = rds.describe_db_parameters(**name)["Parameters"]
    return shown.get("Source") == "user"


def windows_may_touch(client: Clients, _account: str) -> bool:
    windows = {"PreferredBackupWindow": "03:00-04:00"}
    windows["PreferredMaintenanceWindow"] = "mon:04:00-mon:05:00"
    try:
        database(client("rds"), "one", **windows)
    except ClientError:
        return False
    return True


def instance_is_found_by_its_resource_id(client: Clients, _account: str) -> bool:
    rds = client("rds")
    made = [database(rds, name)["DBInstance"] for name in ("one", "two")]
    filters = [[{"Name": "dbi-resource-id", "Values": [one["DbiResourceId"]]}] for one in made]
    found = [rds.describe_db_instances(Filters=only)["DBInstances"] for only in filters]
    return [[one["DBInstanceIdentifier"] for one in some] for some in found] == [["one"], ["two"]]


def managed_secret_is_listed_and_goes_with_its_database(client: Clients, _account: str) -> bool:
    rds, secrets = client("rds"), client("secretsmanager")
    rds.create_db_instance(
        DBInstanceIdentifier="one",
        Engine="postgres",
        DBInstanceClass="db.t4g.micro",
        AllocatedStorage=20,
        MasterUsername="app",
        ManageMasterUserPassword=True,
    )
    try:
        listed = len(secrets.list_secrets()["SecretList"])
        rds.delete_db_instance(DBInstanceIdentifier="one", SkipFinalSnapshot=True)
        left = secrets.list_secrets(IncludePlannedDeletion=True)["SecretList"]
    except ClientError:
        return False
    return (listed, left) == (1, [])


def managed_password_is_of_its_database(client: Clients, _account: str) -> bool:
    rds, held = client("rds"), {}
    for name in ("one", "two"):
        rds.create_db_instance(
            DBInstanceIdentifier=name,
            Engine="postgres",
            DBInstanceClass="db.t4g.micro",
            AllocatedStorage=20,
            MasterUsername=name,
            ManageMasterUserPassword=True,
        )
        [made] = rds.describe_db_instances(DBInstanceIdentifier=name)["DBInstances"]
        arn = made["MasterUserSecret"]["SecretArn"]
        secret = json.loads(client("secretsmanager").get_secret_value(SecretId=arn)["SecretString"])
        held[secret["username"]] = secret["password"]
    return set(held) == {"one", "two"} and held["one"] != held["two"]


CHECKS: dict[str, Callable[[Clients, str], bool]] = {
    "rds-instance-members": instance_keeps_its_members,
    "rds-parameter-source": parameter_has_its_source,
    "rds-resource-id": instance_is_found_by_its_resource_id,
    "rds-touching-windows": windows_may_touch,
    "secretsmanager-managed-secret": managed_secret_is_listed_and_goes_with_its_database,
    # Last: it asks for a secret, which in `bare` hides what `secretsmanager-managed-secret` mends.
    "rds-managed-password": managed_password_is_of_its_database,
}
