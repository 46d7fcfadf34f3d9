"""A secret that RDS manages is one that Secrets Manager can list."""

from synth_localstack.corrections.correction import Patch


def never_accessed() -> None:
    """Gives moto's secrets the member that LocalStack 4.12 adds to those that it makes itself."""
    from moto.secretsmanager.models import FakeSecret

    FakeSecret.last_accessed_date = None


PATCHES = (
    Patch(
        name="secretsmanager-managed-secret",
        service="secretsmanager",
        reason="LocalStack 4.12 cannot list secrets (500) when RDS made one before it",
        install=never_accessed,
    ),
)
