"""The app's own manifest is one the workspace installs."""

import json
from pathlib import Path

from bot.playground.manifest import Manifest


def test_the_manifest_of_this_app_is_installed_as_it_is():
    source = json.loads(Path(__file__).parents[2].joinpath("manifest.json").read_text("utf-8"))
    manifest = Manifest(source)
    assert manifest.command("/cut")
    assert manifest.interactive
    assert manifest.socket_mode
