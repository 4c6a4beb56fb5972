"""portal.py on machines where something is missing: one German sentence that says what to do, and no traceback."""

import ast
import contextlib
import fcntl
import importlib.util
import os
import pathlib
import re
import shutil
import socket
import subprocess
import sys
import tomllib
from types import ModuleType

import pytest

from seniorportal import launch, postgres, processes, progress
from seniorportal.demo import accounts

ROOT = postgres.ROOT
HIDDEN = ("DATABASE_URL", "DATABASE_OWNER_URL", "PORTAL_HOME", "PORT", "PORTAL_PG_BIN")


def portal(*arguments: str, home: pathlib.Path, **environment: str) -> subprocess.CompletedProcess[str]:
    clean = {name: value for name, value in os.environ.items() if name not in HIDDEN}
    return subprocess.run(
        [sys.executable, str(ROOT / "portal.py"), *arguments],
        env={**clean, "PORTAL_HOME": str(home), **environment},
        cwd="/",
        capture_output=True,
        text=True,
        timeout=60,
    )


def is_one_sentence(done: subprocess.CompletedProcess[str], *parts: str) -> None:
    assert done.returncode not in (0, None)
    assert len(done.stderr.strip().splitlines()) == 1, done.stderr
    for part in parts:
        assert part in done.stderr


@pytest.fixture
def bootstrap() -> ModuleType:
    """portal.py as a module, to look at its parts."""
    spec = importlib.util.spec_from_file_location("portal", ROOT / "portal.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


# --- refused before the long work ---------------------------------------------------------------------


def test_a_port_in_use_is_said_before_anything_is_made(tmp_path: pathlib.Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        number = taken.getsockname()[1]
        done = portal(home=tmp_path / "heim", PORT=str(number))
    is_one_sentence(done, f"Port {number} ist schon belegt", "PORT=")
    assert done.stdout == "" and not (tmp_path / "heim").exists()


def test_a_second_start_says_that_the_first_runs(tmp_path: pathlib.Path) -> None:
    with open(tmp_path / "portal.lock", "w") as lock:
        lock.write("8123")
        lock.flush()
        fcntl.flock(lock, fcntl.LOCK_EX)
        done = portal(home=tmp_path, PORT="8124")
    is_one_sentence(done, "Das Portal läuft oder startet schon unter http://127.0.0.1:8123/")


@pytest.mark.parametrize("number", ["abc", "0", "65536", "-1", "80 80"])
def test_a_port_that_is_none(tmp_path: pathlib.Path, number: str) -> None:
    is_one_sentence(
        portal(home=tmp_path, PORT=number), "PORT muss eine Zahl von 1 bis 65535 sein", f"„{number}“"
    )


@pytest.mark.parametrize("arguments", [("quatsch",), ("quatsch", "-x"), ("check", "mehr")])
def test_an_unknown_command(tmp_path: pathlib.Path, arguments: tuple[str, ...]) -> None:
    is_one_sentence(portal(*arguments, home=tmp_path), f"„{arguments[0]}“")


def test_help_names_every_command(tmp_path: pathlib.Path, bootstrap: ModuleType) -> None:
    done = portal("--help", home=tmp_path)
    assert done.returncode == 0
    for command in set(bootstrap.PACKAGES) - {"serve"}:
        assert f"portal.py {command}" in done.stdout


# --- the Python of a bare machine ---------------------------------------------------------------------


def test_an_old_python_is_told_so() -> None:
    source = (ROOT / "portal.py").read_text()
    ast.parse(source, feature_version=(3, 6))  # it must get as far as the sentence
    code = f"import sys; sys.version_info = (3, 9, 18); exec(compile({source!r}, 'portal.py', 'exec'))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    is_one_sentence(done, "braucht Python 3.11 oder neuer; dies ist Python 3.9")


def test_a_python_without_venv_is_told_what_to_install(
    bootstrap: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: pathlib.Path
) -> None:
    real = importlib.util.find_spec
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None if name == "ensurepip" else real(name))
    monkeypatch.setattr(bootstrap, "VENV", tmp_path / ".venv")
    with pytest.raises(SystemExit, match=rf"sudo apt install python3\.{sys.version_info[1]}-venv"):
        bootstrap.make_venv()


def test_a_half_made_venv_is_not_taken_for_a_whole_one(
    bootstrap: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: pathlib.Path
) -> None:
    python = tmp_path / "bin" / "python"
    monkeypatch.setattr(bootstrap, "PYTHON", pathlib.Path(sys.executable))
    monkeypatch.setattr(bootstrap, "VENV", pathlib.Path(sys.prefix))
    monkeypatch.setattr(bootstrap, "UNFINISHED", tmp_path / "unfinished")
    assert bootstrap.healthy()
    (tmp_path / "unfinished").touch()  # pip was killed
    assert not bootstrap.healthy()
    (tmp_path / "unfinished").unlink()
    monkeypatch.setattr(bootstrap, "VENV", tmp_path)  # venv was killed before it made this Python its own
    assert not bootstrap.healthy()
    monkeypatch.setattr(bootstrap, "PYTHON", python)
    assert not bootstrap.healthy()
    python.parent.mkdir()
    python.symlink_to(tmp_path / "gone")
    assert not bootstrap.healthy()
    python.unlink()
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(tmp_path)], check=True)
    assert not bootstrap.healthy()


def test_without_a_network_it_says_so(
    bootstrap: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: pathlib.Path
) -> None:
    (tmp_path / "requirements").mkdir()
    (tmp_path / "requirements" / "runtime.txt").write_text(f"gibt-es-nicht==1 --hash=sha256:{'0' * 64}\n")
    for name in [name for name in os.environ if name.startswith(("PIP_", "UV_"))]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)
    monkeypatch.setenv("PIP_INDEX_URL", "http://127.0.0.1:9/")
    monkeypatch.setenv("PATH", "/nonexistent")  # no uv
    monkeypatch.setattr(bootstrap, "ROOT", tmp_path)
    monkeypatch.setattr(bootstrap, "PYTHON", pathlib.Path(sys.executable))
    monkeypatch.setattr(bootstrap, "LOG", tmp_path / "log")
    monkeypatch.setattr(bootstrap, "UNFINISHED", tmp_path / "unfinished")
    with pytest.raises(SystemExit, match="keine Verbindung zur Paketquelle"):
        bootstrap.install(["runtime"])
    assert (tmp_path / "log").exists() and not (tmp_path / "unfinished").exists()


def test_packages_are_installed_only_when_their_file_changed(
    bootstrap: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: pathlib.Path
) -> None:
    monkeypatch.setattr(bootstrap, "STAMP", tmp_path / "stand.json")
    assert bootstrap.missing(["runtime"])
    bootstrap.remember(["runtime"])
    assert not bootstrap.missing(["runtime"])
    assert bootstrap.missing(["runtime", "test"])
    (tmp_path / "stand.json").write_text("{half")
    assert bootstrap.missing(["runtime"])


# --- what is installed --------------------------------------------------------------------------------

LOCKED = sorted((ROOT / "requirements").glob("*.txt"))


def pins(path: pathlib.Path) -> dict[str, str]:
    return dict(re.findall(r"^([a-z0-9._-]+)==([^\s;]+)", path.read_text(), re.MULTILINE))


@pytest.mark.parametrize("path", LOCKED, ids=lambda path: path.stem)
def test_every_package_is_pinned_by_hash_and_from_nowhere_in_particular(path: pathlib.Path) -> None:
    text = path.read_text()
    entries = re.split(r"\n(?=\S)", text.strip())
    assert entries
    for entry in entries:
        assert re.match(r"[a-z0-9._-]+==\S+", entry) and "--hash=sha256:" in entry, entry
    assert "://" not in text and "index" not in text.replace("--index", "")


def test_the_files_agree_and_hold_what_the_project_asks_for() -> None:
    together: dict[str, str] = {}
    for path in LOCKED:
        for name, version in pins(path).items():
            assert together.setdefault(name, version) == version, f"{name} in {path.name}"
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    groups = {"runtime": project["project"]["dependencies"], **project["dependency-groups"]}
    assert {path.stem for path in LOCKED} == set(groups)
    for group, asked in groups.items():
        for requirement in asked:
            assert re.split(r"[\[<>=]", requirement)[0] in pins(ROOT / "requirements" / f"{group}.txt")


# --- what a person sees and gets ----------------------------------------------------------------------


def test_a_step_is_announced_first_and_timed_after(capsys: pytest.CaptureFixture[str]) -> None:
    with progress.step("Datenbank", 3):
        assert capsys.readouterr().out == "3/7 Datenbank ..."
    assert re.fullmatch(r"  \d+,\d s\n", capsys.readouterr().out)
    with contextlib.suppress(ZeroDivisionError), progress.step("Datenbank"):
        raise ZeroDivisionError
    assert capsys.readouterr().out == "Datenbank ...\n"


def test_secrets_are_made_once_and_for_their_owner_alone(tmp_path: pathlib.Path) -> None:
    path = tmp_path / "secret-key"
    assert processes.keep(path, lambda: "erstes") == processes.keep(path, lambda: "zweites") == "erstes"
    assert path.stat().st_mode & 0o777 == 0o600
    path.write_text("")  # cut off while it was written
    assert processes.keep(path, lambda: "neu") == "neu"


def test_the_demo_logins_are_the_agreed_ones() -> None:
    assert " ".join(launch.LOGINS) == (
        "koordination-awo koordination-caritas vorort-hoerde hausleitung-ekh tandem-hoerde tandem-hombruch "
        "auswertung redaktion technik"
    )
    assert set(launch.LOGINS) == {login for login, *_ in accounts.ACCOUNTS}


def test_e2e_without_a_browser(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("PORTAL_CHROMIUM", "/nonexistent/chromium")
    monkeypatch.delenv("CI", raising=False)
    assert launch.e2e([]) == 0
    monkeypatch.setenv("CI", "true")
    assert launch.e2e([]) == 1
    assert capsys.readouterr().out.count("brauchen Chromium") == 2


def test_manage_py_with_a_bare_python_needs_the_venv_first(tmp_path: pathlib.Path) -> None:
    shutil.copy(ROOT / "manage.py", tmp_path)
    code = "import sys, runpy; sys.argv = ['manage.py', 'check']; runpy.run_path('manage.py', run_name='__main__')"
    done = subprocess.run(
        [getattr(sys, "_base_executable", sys.executable), "-S", "-c", code],
        cwd=tmp_path,
        capture_output=True,
        text=True,
    )
    is_one_sentence(done, "python3 portal.py")
