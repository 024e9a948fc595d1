"""Would a plain run look into these folders and at these files?"""

import fnmatch
from pathlib import Path

import pytest

HERE = Path(__file__).parent
FOLDERS = """
    tests unit integration functional acceptance e2e system smoke regression contract contracts slow
    api carrier db sql desk labels parcels legacy old more
""".split()
FILES = ["test_parcel_desk.py", "test_labels.py", "test_carrier_contract.py", "test_slow_ones.py"]


def test_no_folder_is_passed_over(request: pytest.FixtureRequest, tmp_path: Path) -> None:
    passed_over = []
    for name in FOLDERS:
        (tmp_path / name).mkdir()
        if request.config.hook.pytest_ignore_collect(collection_path=tmp_path / name, config=request.config):
            passed_over.append(name)
    assert passed_over == []


def test_no_file_is_passed_over(request: pytest.FixtureRequest) -> None:
    patterns = request.config.getini("python_files")
    passed_over = [name for name in FILES if not any(fnmatch.fnmatch(name, pattern) for pattern in patterns)]
    passed_over += [
        name
        for name in FILES
        if request.session.gethookproxy(HERE).pytest_ignore_collect(collection_path=HERE / name, config=request.config)
    ]
    assert passed_over == []


def test_a_plain_run_starts_at_this_folder(request: pytest.FixtureRequest) -> None:
    places = [(request.config.rootpath / place).resolve() for place in request.config.getini("testpaths")]
    assert places == [] or HERE.resolve() in places
