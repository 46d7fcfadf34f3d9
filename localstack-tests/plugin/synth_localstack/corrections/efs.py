"""Backups of file systems, which moto's EFS can only show."""

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from synth_localstack.corrections.correction import Replacement
from synth_localstack.corrections.overlay import Overlay

if TYPE_CHECKING:
    from localstack.aws.api import RequestContext

SERVICE = "efs"

_POLICY = Overlay(
    service=SERVICE,
    key=("FileSystemId",),
    holders=(),
    create="PutBackupPolicy",
    members={"BackupPolicy": "BackupPolicy"},
)


def answer_backup_policy(context: "RequestContext", request: dict[str, Any]) -> dict[str, Any]:
    """Sets or shows the backup policy of a file system."""
    from localstack.aws.api import CommonServiceException
    from moto.efs.models import efs_backends

    name = request["FileSystemId"]
    systems = efs_backends[context.account_id][context.region].file_systems_by_id
    if name not in systems:
        message = f"File system '{name}' does not exist."
        raise CommonServiceException("FileSystemNotFound", message, HTTPStatus.NOT_FOUND)
    # A file system may be made with a policy (`CreateFileSystem`, `Backup`).
    policy = _POLICY.keep(context, request).get("BackupPolicy") or systems[name].backup_policy
    if policy is None:
        message = f"File system '{name}' has no backup policy."
        raise CommonServiceException("PolicyNotFound", message, HTTPStatus.NOT_FOUND)
    return {"BackupPolicy": policy}


REPLACEMENTS = (
    Replacement(
        name="efs-backup-policy",
        service=SERVICE,
        operations=frozenset({"PutBackupPolicy", "DescribeBackupPolicy"}),
        reason=(
            "moto 5.1 cannot change a backup policy (501), and does not show one that is disabled:"
            " terraform can neither make nor remove it"
        ),
        answer=answer_backup_policy,
    ),
)
