"""DynamoDB by moto: what Terraform's S3 backend needs to lock its state."""

from typing import Any

import pytest
from emulator import Emulator

LOCK = {"LockID": {"S": "bucket/terraform.tfstate"}, "Info": {"S": "{}"}}


@pytest.fixture
def dynamodb(emulator: Emulator, account: str) -> Any:
    client = emulator.client("dynamodb", account)
    client.create_table(
        TableName="locks",
        KeySchema=[{"AttributeName": "LockID", "KeyType": "HASH"}],
        AttributeDefinitions=[{"AttributeName": "LockID", "AttributeType": "S"}],
        BillingMode="PAY_PER_REQUEST",
    )
    return client


def test_a_lock_is_taken_once(dynamodb: Any, refusal: Any) -> None:
    take = {
        "TableName": "locks",
        "Item": LOCK,
        "ConditionExpression": "attribute_not_exists(LockID)",
    }
    dynamodb.put_item(**take)
    assert refusal(dynamodb.put_item, **take)[0] == "ConditionalCheckFailedException"
    dynamodb.delete_item(TableName="locks", Key={"LockID": LOCK["LockID"]})
    dynamodb.put_item(**take)
    held = dynamodb.get_item(TableName="locks", Key={"LockID": LOCK["LockID"]})
    assert held["Item"] == LOCK
