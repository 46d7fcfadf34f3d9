"""Writes `synth_localstack-VERSION.dist-info` from `pyproject.toml`.

With it beside the package, the folder on `PYTHONPATH` is enough for LocalStack to find the entry
points: nothing is installed. `python scripts/metadata.py` after a change of pyproject.toml.
"""

import shutil
import tomllib
from pathlib import Path

FOLDER = Path(__file__).resolve().parent.parent


def render(pyproject: str) -> dict[str, str]:
    """The metadata files by path below the plugin's folder."""
    project = tomllib.loads(pyproject)["project"]
    folder = f"{project['name'].replace('-', '_')}-{project['version']}.dist-info"
    groups = [
        "\n".join([f"[{group}]", *(f"{name} = {target}" for name, target in entries.items())])
        for group, entries in project["entry-points"].items()
    ]
    metadata = [
        "Metadata-Version: 2.1",
        f"Name: {project['name']}",
        f"Version: {project['version']}",
    ]
    return {
        f"{folder}/entry_points.txt": "\n\n".join(groups) + "\n",
        f"{folder}/METADATA": "\n".join(metadata) + "\n",
    }


def write(folder: Path) -> None:
    """Replaces the metadata in `folder`."""
    for old in folder.glob("*.dist-info"):
        shutil.rmtree(old)
    for path, text in render((folder / "pyproject.toml").read_text()).items():
        target = folder / path
        target.parent.mkdir(exist_ok=True)
        target.write_text(text)


if __name__ == "__main__":
    write(FOLDER)
