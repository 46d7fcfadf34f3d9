"""Where a service comes from: a code repository or an image repository.

https://docs.aws.amazon.com/apprunner/latest/api/API_SourceConfiguration.html
"""

from collections.abc import Mapping
from typing import Any

from synth_localstack.apprunner import roles
from synth_localstack.apprunner.call import Call
from synth_localstack.apprunner.errors import invalid_request
from synth_localstack.apprunner.store import CONNECTION

#: The two members of which a source has exactly one.
REPOSITORIES = ("CodeRepository", "ImageRepository")
#: "Keys with a prefix of AWSAPPRUNNER are reserved for system use" (API_CodeConfigurationValues).
RESERVED = "AWSAPPRUNNER"
#: The port of a service that names none.
DEFAULT_PORT = "8080"


def configure(
    call: Call, given: Mapping[str, Any], present: Mapping[str, Any] | None
) -> dict[str, Any]:
    """The source as the service shows it: checked, with the defaults that the API reference gives.

    `present` is the source that an update replaces.
    """
    kind = repository(given)
    if present is not None and repository(present) != kind:
        raise invalid_request("You can't switch between a code repository and an image repository")
    configure_repository = _code if kind == "CodeRepository" else _image
    return configure_repository(call, given)


def repository(source: Mapping[str, Any]) -> str:
    """Which of the two repositories a source has."""
    present = [name for name in REPOSITORIES if name in source]
    if len(present) != 1:
        raise invalid_request(
            "You must provide either CodeRepository or ImageRepository (but not both)"
        )
    return present[0]


def runtime(source: Mapping[str, Any]) -> Mapping[str, Any]:
    """Port, commands and environment, where the request and not the repository gives them."""
    if repository(source) == "ImageRepository":
        return source["ImageRepository"].get("ImageConfiguration", {})
    return source["CodeRepository"].get("CodeConfiguration", {}).get("CodeConfigurationValues", {})


def connection(source: Mapping[str, Any]) -> frozenset[str]:
    """The ARN of the connection that a source uses, if any."""
    arn = source.get("AuthenticationConfiguration", {}).get("ConnectionArn")
    return frozenset() if arn is None else frozenset({arn})


def _code(call: Call, given: Mapping[str, Any]) -> dict[str, Any]:
    authentication = given.get("AuthenticationConfiguration", {})
    if "ConnectionArn" not in authentication:
        raise invalid_request(
            "AuthenticationConfiguration.ConnectionArn is required for a code repository"
        )
    used = call.store.referenced(CONNECTION, authentication["ConnectionArn"])
    if used.status != "AVAILABLE":
        raise invalid_request(
            f"Connection {used.arn} is {used.status}: complete its handshake first"
        )
    code = {"SourceDirectory": "/", **given["CodeRepository"]}
    if "CodeConfiguration" in code:
        code["CodeConfiguration"] = _code_configuration(code["CodeConfiguration"])
    return {"AutoDeploymentsEnabled": True, **given, "CodeRepository": code}


def _code_configuration(given: Mapping[str, Any]) -> dict[str, Any]:
    # "REPOSITORY: App Runner ignores CodeConfigurationValues" (API_CodeConfiguration).
    if given["ConfigurationSource"] == "REPOSITORY":
        return dict(given)
    if "CodeConfigurationValues" not in given:
        raise invalid_request("CodeConfigurationValues is required when ConfigurationSource is API")
    return {**given, "CodeConfigurationValues": _runtime(given["CodeConfigurationValues"])}


def _image(call: Call, given: Mapping[str, Any]) -> dict[str, Any]:
    image = dict(given["ImageRepository"])
    identifier, public = image["ImageIdentifier"], image["ImageRepositoryType"] == "ECR_PUBLIC"
    if identifier.startswith("public.ecr.aws/") != public:
        raise invalid_request(
            f"ImageIdentifier {identifier} is not an image of type {image['ImageRepositoryType']}"
        )
    same_account = identifier.startswith(f"{call.account}.")
    if given.get("AutoDeploymentsEnabled", False) and not same_account:
        where = "ECR Public repository" if public else "ECR repository of another account"
        # The sentence is AWS's (hashicorp/terraform-provider-aws#24531).
        raise invalid_request(
            f"App Runner doesn't support automatic deployments for an image in an {where}."
        )
    if not public:
        role = given.get("AuthenticationConfiguration", {}).get("AccessRoleArn")
        if role is None:
            raise invalid_request(
                "AuthenticationConfiguration.AccessRoleArn is required for an ECR image repository"
            )
        roles.require_access_role(call, role)
    if "ImageConfiguration" in image:
        image["ImageConfiguration"] = _runtime(image["ImageConfiguration"])
    return {"AutoDeploymentsEnabled": same_account, **given, "ImageRepository": image}


def _runtime(given: Mapping[str, Any]) -> dict[str, Any]:
    for member in ("RuntimeEnvironmentVariables", "RuntimeEnvironmentSecrets"):
        reserved = [name for name in given.get(member, {}) if name.startswith(RESERVED)]
        if reserved:
            raise invalid_request(
                f"{member} has keys with the reserved prefix {RESERVED}: {', '.join(reserved)}"
            )
    return {"Port": DEFAULT_PORT, **given}
