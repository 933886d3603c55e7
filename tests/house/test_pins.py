"""What is installed is what pyproject asks for, pinned, from the public index."""

import re
import tomllib

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.house.source import ROOT


def asked():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    run = [Requirement(line) for line in project["dependencies"]]
    dev = [Requirement(line) for line in project["optional-dependencies"]["dev"]]
    return {"requirements.txt": run, "requirements-dev.txt": [*run, *dev]}


def pins(file):
    lines = (ROOT / file).read_text(encoding="utf-8").replace("\\\n", "")
    found = {}
    for line in lines.splitlines():
        if line and not line.lstrip().startswith("#"):
            requirement, *hashes = re.split(r"\s+--hash=sha256:", line.strip())
            pinned = Requirement(requirement)
            found[canonicalize_name(pinned.name)] = (pinned, hashes)
    return found


@pytest.mark.parametrize("file", ["requirements.txt", "requirements-dev.txt"])
def test_everything_asked_for_is_pinned_within_its_range(file):
    pinned = pins(file)
    for requirement in asked()[file]:
        version, _ = pinned[canonicalize_name(requirement.name)]
        (pin,) = version.specifier
        assert pin.operator == "=="
        assert requirement.specifier.contains(pin.version), requirement


@pytest.mark.parametrize("file", ["requirements.txt", "requirements-dev.txt"])
def test_every_pin_has_hashes_and_no_address(file):
    for name, (pin, hashes) in pins(file).items():
        assert hashes, name
        assert pin.url is None, name


def test_development_runs_on_the_versions_of_production():
    development = pins("requirements-dev.txt")
    for name, (pin, _) in pins("requirements.txt").items():
        assert development[name][0].specifier == pin.specifier
