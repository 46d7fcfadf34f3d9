from typing import Any

from apprunner.examples import connect, create
from emulator import Emulator


def test_accounts_see_their_own_resources_only(
    emulator: Emulator, account: str, refusal: Any
) -> None:
    mine = emulator.client("apprunner", account)
    theirs = emulator.client("apprunner", "999999999999")
    arn = create(mine)["ServiceArn"]
    assert theirs.list_services()["ServiceSummaryList"] == []
    assert refusal(theirs.describe_service, ServiceArn=arn)[0] == "ResourceNotFoundException"
    assert create(theirs)["ServiceArn"].split(":")[4] == "999999999999"


def test_regions_of_an_account_are_apart(emulator: Emulator, account: str) -> None:
    ohio = emulator.client("apprunner", account, "us-east-2")
    osaka = emulator.client("apprunner", account, "ap-northeast-3")
    connect(ohio)
    assert osaka.list_connections()["ConnectionSummaryList"] == []
    # App Runner has no endpoint in Osaka; the emulator answers there all the same.
    assert ":ap-northeast-3:" in connect(osaka)
