"""What moto's RDS forgets."""

import json
import secrets
import string
from typing import TYPE_CHECKING, Any

from synth_localstack.corrections.correction import Correction, Patch, amends
from synth_localstack.corrections.overlay import Overlay

if TYPE_CHECKING:
    from localstack.aws.api import RequestContext

_INSTANCE = Overlay(
    service="rds",
    key=("DBInstanceIdentifier",),
    holders=("DBInstance", "DBInstances"),
    create="CreateDBInstance",
    members={
        "EnablePerformanceInsights": "PerformanceInsightsEnabled",
        "PerformanceInsightsRetentionPeriod": "PerformanceInsightsRetentionPeriod",
        "PerformanceInsightsKMSKeyId": "PerformanceInsightsKMSKeyId",
    },
)


def name_source(_context: "RequestContext", answer: dict[str, Any]) -> None:
    """Says of each parameter what is true of all that moto keeps: somebody changed it."""
    for parameter in answer.get("Parameters", []):
        parameter.setdefault("Source", "user")


CORRECTIONS = (
    Correction(
        name="rds-instance-members",
        service="rds",
        operations=frozenset({"CreateDBInstance", "ModifyDBInstance", "DescribeDBInstances"}),
        reason=(
            "moto 5.1 forgets an instance's Performance Insights:"
            " terraform plans to set them, for ever"
        ),
        apply=amends(_INSTANCE),
    ),
    Correction(
        name="rds-parameter-source",
        service="rds",
        operations=frozenset({"DescribeDBParameters"}),
        reason=(
            "moto 5.1 does not say that a parameter was changed by the user:"
            " terraform plans to set it, for ever"
        ),
        apply=amends(name_source),
    ),
)


def let_windows_touch() -> None:
    """Counts two windows as overlapping when they share time, not when one ends as one begins."""
    from moto.rds import utils

    overlap: Any = utils.get_overlap_between_two_date_ranges

    def shared(*ranges: Any) -> int:
        return overlap(*ranges) or -1

    utils.get_overlap_between_two_date_ranges = shared


def make_passwords() -> None:
    """Gives each managed secret the user of its database, and a password that no other has."""
    from moto.rds.models import MasterUserSecret

    def credentials(secret: Any) -> str:
        password = secrets.token_urlsafe(24)
        return json.dumps({"username": secret.resource.master_username, "password": password})

    MasterUserSecret._generate_secret_string = credentials  # noqa: SLF001


def tell_instances_apart() -> None:
    """Gives each instance a resource id of its own, as AWS does: `db-` and 26 characters."""
    from moto.rds.models import DBInstance

    make: Any = DBInstance.__init__

    def init(instance: Any, *arguments: Any, **members: Any) -> None:
        make(instance, *arguments, **members)
        characters = string.ascii_uppercase + string.digits
        instance.dbi_resource_id = "db-" + "".join(secrets.choice(characters) for _ in range(26))

    DBInstance.__init__ = init


PATCHES = (
    Patch(
        name="rds-resource-id",
        service="rds",
        reason=(
            "moto 5.1 gives every instance the same DbiResourceId, by which terraform reads them:"
            " of two databases in an account it finds none"
        ),
        install=tell_instances_apart,
    ),
    Patch(
        name="rds-managed-password",
        service="rds",
        reason=(
            "moto 5.1 gives every database that keeps its own password the same one, of a user"
            " `admin`: what reads the secret reads another user than the database's"
        ),
        install=make_passwords,
    ),
    Patch(
        name="rds-touching-windows",
        service="rds",
        reason=(
            "moto 5.1 refuses a maintenance window that begins when the backup window ends;"
            " AWS takes it (terraform-aws-modules/rds has such windows in its examples)"
        ),
        install=let_windows_touch,
    ),
)
