"""The plan of the house, read from the files: who may import whom, and what no tracked file says."""

import ast
import pathlib
import re
import subprocess

import pytest
from django.core.management import call_command

ROOT = pathlib.Path(__file__).resolve().parent.parent
APPS = ("begegnung", "stadtteilzentrum", "seniorenbuero")

# From the ground up. A room imports only rooms below it; rooms of one storey may know each other.
STOREYS = [
    {"text", "paths", "answers", "spreadsheets", "house_login", "keys", "sealed"},
    {"models", "storage"},
    {"register", "sql"},
    {"access"},
    {"prepared"},
    {
        "rules",
        "cards",
        "listing",
        "facets",
        "agenda",
        "links",
        "ics",
        "vocabularies",
        "hours",
        "programme",
        "partners",
        "announcing",
        "cancelling",
        "closing",
        "timetable",
        "search",
        "contact",
        "feedback",
        "taking_part",
        "parameters",
        "review",
        "reminding",
        "concerns",
        "standing_in",
        "limits",
        "working_days",
        "outbox",
        "privacy",
        "finder",
        "locate",
        "outlines",
        "production",
        "middleware",
        "accounts",
        "visitors",
        "pages",
        "markup",
        "wall",
        "notes",
        "anonymity",
        "rotation",
        "safekeeping",
        "figures",
    },
    {"importing"},
    {
        "jobs",
        "printing",
        "public",
        "staff",
        "report",
        "demo",
        "reference",
        "templatetags",
        "management",
        "apps",
    },
]
OUTSIDE = {
    "settings",
    "urls",
    "wsgi",
    "launch",
    "inspection",
    "postgres",
    "binaries",
    "processes",
    "progress",
    "migrations",
    "__init__",
    "admin",
}


def storey_of(room: str) -> int:
    for number, rooms in enumerate(STOREYS):
        if room in rooms:
            return number
    raise AssertionError(f"seniorportal/{room} stands on no storey: add it to STOREYS")


def imports(path: pathlib.Path) -> set[str]:
    """Absolute names of what a file imports while it is loaded; type-only and local imports do not count."""
    found: set[str] = set()
    for node in ast.parse(path.read_text()).body:
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            found.update(f"{node.module}.{alias.name}" for alias in node.names)
    return found


def python_files() -> list[pathlib.Path]:
    found = [
        p
        for app in ("seniorportal", *APPS)
        for p in (ROOT / app).rglob("*.py")
        if "migrations" not in p.parts
    ]
    assert len(found) > 60
    return found


def test_imports_run_downwards_only():
    wrong = []
    for path in python_files():
        app, *rest = path.relative_to(ROOT).with_suffix("").parts
        room = rest[0]
        for name in imports(path):
            target, *parts = name.split(".")
            if app in APPS and target in APPS and target != app:
                wrong.append(f"{path.relative_to(ROOT)} imports the neighbour {name}")
            if app == "seniorportal" and target in APPS and room not in ("settings", "urls"):
                wrong.append(f"{path.relative_to(ROOT)} imports {name} from above")
            if app == "seniorportal" == target and parts and room not in OUTSIDE:
                below = parts[0] if parts[0] not in OUTSIDE else None
                if below and below != room and storey_of(below) > storey_of(room):
                    wrong.append(f"{path.relative_to(ROOT)} imports {name} from a storey above")
    assert not wrong, "\n".join(sorted(wrong))


def tracked() -> list[pathlib.Path]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True)
    if listed.returncode:
        pytest.skip("not a git checkout")
    names = [name for name in listed.stdout.split("\0") if name]
    assert len(names) > 100
    return [ROOT / name for name in names if (ROOT / name).is_file()]


def texts() -> list[tuple[str, str]]:
    found = []
    for path in tracked():
        try:
            found.append((str(path.relative_to(ROOT)), path.read_text(encoding="utf-8")))
        except UnicodeDecodeError:
            continue
    return found


def test_no_file_names_a_package_index_or_the_path_of_one_machine():
    index = re.compile(
        r"--(extra-)?index-url|registry = \"|\"resolved\": \"|" + r"files\.python" + r"hosted|py" + r"pi\.org"
    )
    machine = re.compile(
        r"(^|[^\w.\-])/(" + "|".join(("wo" + "rk", "ro" + "ot", "far" + "m")) + r")/", re.MULTILINE
    )
    wrong = [name for name, text in texts() if index.search(text) or machine.search(text)]
    assert not wrong


def test_no_secret_and_no_database_is_tracked():
    for path in tracked():
        assert path.suffix not in {".sqlite3", ".pem", ".key", ".dump"}, path
        assert path.name not in {"uv.lock", "demo-password", "secret-key", ".env"}, path
    assert not [name for name, text in texts() if "PRIVATE KEY" + "-----" in text]


@pytest.mark.django_db
def test_migrations_are_complete():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_every_command_of_ours_explains_itself_in_german():
    commands = sorted((ROOT / "seniorportal/management/commands").glob("[a-z]*.py"))
    assert {c.stem for c in commands} >= {"demo_data", "extend_occurrences", "load_reference"}
    for command in commands:
        assert re.search(r"help = \(?\s*f?\"[^\"]+\"", command.read_text()), command.name
