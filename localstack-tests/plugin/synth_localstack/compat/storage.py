"""S3 objects go to the instance's own folder, not to one that all instances on a machine share."""

from pathlib import Path

from localstack.runtime import hooks


@hooks.on_infra_start()
def private_s3_storage() -> None:
    """Moves `DEFAULT_S3_TMP_DIR`, in LocalStack 4.12 a fixed folder under /tmp."""
    from localstack import config
    from localstack.services.s3 import provider

    provider.DEFAULT_S3_TMP_DIR = str(Path(config.dirs.tmp, "s3-storage"))
