"""Which files in this folder hold, or look as if they held, a configuration of pytest?"""

import configparser
import tomllib
from pathlib import Path

import pytest

HERE = Path(__file__).parent
ALWAYS = ("pytest.toml", ".pytest.toml", "pytest.ini", ".pytest.ini")
SECTIONS = {"tox.ini": "pytest", "setup.cfg": "tool:pytest"}


def configuring() -> list[str]:
    found = [name for name in ALWAYS if (HERE / name).exists()]
    project = tomllib.loads((HERE / "pyproject.toml").read_text(encoding="utf-8"))
    if "pytest" in project.get("tool", {}):
        found.append("pyproject.toml")
    for name, section in SECTIONS.items():
        parser = configparser.RawConfigParser()
        parser.read(HERE / name, encoding="utf-8")
        if parser.has_section(section):
            found.append(name)
    return found


def test_one_file_holds_the_configuration(request: pytest.FixtureRequest) -> None:
    assert request.config.inipath is not None
    assert configuring() == [request.config.inipath.name]
