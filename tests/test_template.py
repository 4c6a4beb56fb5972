"""A kept template is never stale: its name covers every file that migrations are made of."""

from seniorportal import sql
from tests import template
from tests.test_house import imports


def test_what_migrations_import_is_in_the_fingerprint():
    names = {str(path.relative_to(template.ROOT)) for path in template.sources()}
    migrations = [name for name in names if "/migrations/" in name]
    assert len(migrations) > 10
    wanted = set()
    for name in migrations:
        wanted |= {one for one in imports(template.ROOT / name) if one.partition(".")[0] in template.APPS}
    assert "seniorportal.sql.SEAL_HISTORY" in wanted
    for one in wanted:
        parts = one.split(".")
        assert parts[0] == "seniorportal" and {f"{parts[1]}.py", parts[1]} & set(template.IMPORTED), one


def test_another_file_another_template(monkeypatch, tmp_path):
    before = template.fingerprint(150000)
    assert before == template.fingerprint(150000) != template.fingerprint(160000)
    assert sql.__file__ in map(str, template.sources())
    monkeypatch.setattr(template, "sources", lambda: [template.ROOT / "seniorportal" / "sql.py"])
    assert template.fingerprint(150000) != before
