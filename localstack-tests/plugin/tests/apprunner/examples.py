"""Requests that App Runner accepts, to be bent by the tests."""

import json
from typing import Any

TASKS = "tasks.apprunner.amazonaws.com"
BUILD = "build.apprunner.amazonaws.com"


def connect(apprunner: Any, name: str = "github") -> str:
    answer = apprunner.create_connection(ConnectionName=name, ProviderType="GITHUB")
    return answer["Connection"]["ConnectionArn"]


def code(connection: str, **values: Any) -> dict[str, Any]:
    """A source: Python code from GitHub."""
    return {
        "AuthenticationConfiguration": {"ConnectionArn": connection},
        "CodeRepository": {
            "RepositoryUrl": "https://github.com/example/app",
            "SourceCodeVersion": {"Type": "BRANCH", "Value": "main"},
            "CodeConfiguration": {
                "ConfigurationSource": "API",
                "CodeConfigurationValues": {"Runtime": "PYTHON_311", **values},
            },
        },
    }


def public_image() -> dict[str, Any]:
    """A source: an image that everybody may pull."""
    return {
        "ImageRepository": {
            "ImageIdentifier": "public.ecr.aws/nginx/nginx:latest",
            "ImageRepositoryType": "ECR_PUBLIC",
        }
    }


def private_image(account: str, access_role: str | None) -> dict[str, Any]:
    """A source: an image of the account's own registry."""
    authentication = {} if access_role is None else {"AccessRoleArn": access_role}
    return {
        "AuthenticationConfiguration": authentication,
        "ImageRepository": {
            "ImageIdentifier": f"{account}.dkr.ecr.us-east-1.amazonaws.com/app:1",
            "ImageRepositoryType": "ECR",
        },
    }


def create(apprunner: Any, name: str = "orders", **more: Any) -> dict[str, Any]:
    """Creates a service from a public image, and returns it."""
    request = {"ServiceName": name, "SourceConfiguration": public_image(), **more}
    return apprunner.create_service(**request)["Service"]


def status(apprunner: Any, arn: str) -> str:
    return apprunner.describe_service(ServiceArn=arn)["Service"]["Status"]


def role(iam: Any, name: str, principal: str) -> str:
    """A role that a service principal may assume."""
    trust = {
        "Version": "2012-10-17",
        "Statement": [
            {"Effect": "Allow", "Principal": {"Service": principal}, "Action": "sts:AssumeRole"}
        ],
    }
    answer = iam.create_role(RoleName=name, AssumeRolePolicyDocument=json.dumps(trust))
    return answer["Role"]["Arn"]
