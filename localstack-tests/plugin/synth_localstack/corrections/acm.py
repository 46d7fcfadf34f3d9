"""A certificate is issued as soon as somebody looks: nobody here validates anything."""

import os

from synth_localstack.corrections.correction import Patch


def validate_at_once() -> None:
    """Takes moto's wait away, unless the user asks for it with moto's own variable."""
    from moto import settings

    if "MOTO_ACM_VALIDATION_WAIT" not in os.environ:
        settings.ACM_VALIDATION_WAIT = 0


PATCHES = (
    Patch(
        name="acm-validation-wait",
        service="acm",
        reason=(
            "moto 5.1 lets a certificate that is validated by DNS wait 60 s: terraform waits too"
        ),
        install=validate_at_once,
    ),
)
