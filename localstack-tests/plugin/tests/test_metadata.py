"""The committed metadata, by which LocalStack finds the plugin on PYTHONPATH."""

import importlib
import importlib.metadata
import runpy
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

from emulator import PLUGIN

from synth_localstack import __version__

PYPROJECT = (PLUGIN / "pyproject.toml").read_text()


def test_the_committed_metadata_is_what_pyproject_says() -> None:
    render: Any = runpy.run_path(str(PLUGIN / "scripts" / "metadata.py"))["render"]
    committed = {
        str(path.relative_to(PLUGIN)): path.read_text() for path in PLUGIN.glob("*.dist-info/*")
    }
    assert committed == render(PYPROJECT)


def test_python_reads_the_committed_metadata() -> None:
    [found] = importlib.metadata.distributions(name="synth-localstack", path=[str(PLUGIN)])
    assert found.version == __version__
    groups = tomllib.loads(PYPROJECT)["project"]["entry-points"]
    assert {(entry.group, entry.name, entry.value) for entry in found.entry_points} == {
        (group, name, value) for group, entries in groups.items() for name, value in entries.items()
    }


def test_the_plugin_can_be_installed_and_has_the_same_entry_points(tmp_path: Path) -> None:
    # A copy: building leaves folders in the source.
    source = tmp_path / "plugin"
    shutil.copytree(PLUGIN, source, ignore=shutil.ignore_patterns("*.dist-info", "tests", ".*"))
    installed = tmp_path / "installed"
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    offline = ["--no-index", "--no-deps", "--no-build-isolation", "--target", str(installed)]
    subprocess.run([*pip, *offline, str(source)], check=True)
    [committed] = importlib.metadata.distributions(name="synth-localstack", path=[str(PLUGIN)])
    [found] = importlib.metadata.distributions(name="synth-localstack", path=[str(installed)])
    assert set(found.entry_points) == set(committed.entry_points)
    assert found.version == committed.version
    packages = {path.relative_to(PLUGIN) for path in (PLUGIN / "synth_localstack").rglob("*.py")}
    assert {path for path in packages if not (installed / path).is_file()} == set()


def test_every_entry_point_leads_to_something() -> None:
    for entries in tomllib.loads(PYPROJECT)["project"]["entry-points"].values():
        for target in entries.values():
            module, _, attribute = target.partition(":")
            assert hasattr(importlib.import_module(module), attribute), target


def test_every_hook_of_the_package_has_an_entry_point() -> None:
    groups = tomllib.loads(PYPROJECT)["project"]["entry-points"]
    registered = sum(len(entries) for group, entries in groups.items() if "hooks" in group)
    sources = [path.read_text() for path in (PLUGIN / "synth_localstack").rglob("*.py")]
    assert sum(source.count("\n@hooks.") for source in sources) == registered
