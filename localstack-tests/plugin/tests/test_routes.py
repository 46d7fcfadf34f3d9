import urllib.error
from pathlib import Path

import pytest
from apprunner.examples import create
from conftest import SESSION
from emulator import Emulator, running

from synth_localstack import __version__, corrections


def test_identity_names_the_plugin_the_process_and_the_run(emulator: Emulator) -> None:
    assert emulator.get("/_localstack/synth") == {
        "version": __version__,
        "localstack": "4.12.0",
        "session": SESSION,
        "process": emulator.process.pid,
        "corrections": corrections.names(),
    }


def test_a_localstack_without_the_plugin_has_no_identity(bare: Emulator) -> None:
    with pytest.raises(urllib.error.HTTPError, match="404"):
        bare.get("/_localstack/synth")


def test_the_health_page_lists_app_runner(emulator: Emulator) -> None:
    services = emulator.get("/_localstack/health")["services"]
    assert {"apprunner", "dynamodb"} <= set(services)


def test_reset_forgets_all_state_of_all_accounts(tmp_path: Path) -> None:
    with running(tmp_path) as emulator:
        accounts = ("000000000001", "000000000002")
        for account in accounts:
            create(emulator.client("apprunner", account))
            emulator.client("s3", account).create_bucket(Bucket=f"bucket-{account}")
            emulator.client("s3", account).put_object(
                Bucket=f"bucket-{account}", Key="k", Body=b"v"
            )
            emulator.client("secretsmanager", account).create_secret(Name="s", SecretString="v")
            emulator.client("iam", account).create_user(UserName="u")
            emulator.client("dynamodb", account).create_table(
                TableName="locks",
                KeySchema=[{"AttributeName": "LockID", "KeyType": "HASH"}],
                AttributeDefinitions=[{"AttributeName": "LockID", "AttributeType": "S"}],
                BillingMode="PAY_PER_REQUEST",
            )
        reset = emulator.reset()["reset"]
        assert {"apprunner", "dynamodb", "iam", "s3", "secretsmanager"} <= set(reset)
        for account in accounts:
            left = [
                emulator.client("apprunner", account).list_services()["ServiceSummaryList"],
                emulator.client("s3", account).list_buckets()["Buckets"],
                emulator.client("secretsmanager", account).list_secrets()["SecretList"],
                emulator.client("iam", account).list_users()["Users"],
                emulator.client("dynamodb", account).list_tables()["TableNames"],
            ]
            assert left == [[], [], [], [], []]
        # And all of it can be made again.
        assert create(emulator.client("apprunner", accounts[0]))["ServiceName"] == "orders"
        emulator.client("s3", accounts[1]).create_bucket(Bucket="bucket-000000000001")
