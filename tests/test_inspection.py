"""What ``portal.py check`` reads itself."""

import pathlib
import shutil
import subprocess

import pytest

from seniorportal import inspection


def test_every_package_that_serves_requests_is_asked_about():
    found = inspection.pinned(inspection.ROOT / "requirements" / "runtime.txt")
    assert {"django", "psycopg", "cryptography", "gunicorn"} <= found.keys()
    assert found["django"].startswith("5.2.") and not any(";" in version for version in found.values())


def test_holes_are_told_by_the_package_they_are_in():
    packages = {"eins": "1.0", "zwei": "2.0", "drei": "3.0"}
    results = [{}, {"vulns": [{"id": "B-2"}, {"id": "A-1"}]}, {"vulns": []}]
    assert inspection.known_holes(packages, results) == ["zwei 2.0: A-1, B-2"]


def test_without_a_way_to_the_database_nothing_is_claimed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    monkeypatch.setattr(inspection, "ADVISORIES", "http://127.0.0.1:9/")
    assert inspection.audited()
    assert "nicht geprüft" in capsys.readouterr().out


def test_a_committed_secret_is_found(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch):
    pytest.importorskip("detect_secrets")
    shutil.copy(inspection.ROOT / inspection.BASELINE, tmp_path)
    (tmp_path / "laufzeit.py").write_text('password = "' + "kein" + 'Gutes-Kenn3wort"\n')
    for command in (["init", "-q"], ["add", "laufzeit.py"]):
        subprocess.run(["git", *command], cwd=tmp_path, check=True)
    monkeypatch.setattr(inspection, "ROOT", tmp_path)
    assert inspection.secrets_found() == ["laufzeit.py, Zeile 1: Secret Keyword"]
