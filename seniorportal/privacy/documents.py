"""``docs/datenschutz/``: what the declarations, rules and settings say, as pages for data protection officers.

Describes what the software does. Whether that suffices is for those to say who are responsible.
"""

import tomllib
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

from seniorportal import register
from seniorportal.access import By, Right
from seniorportal.models import Role

FOLDER = Path(settings.BASE_DIR) / "docs" / "datenschutz"
WHERE = {
    By.EVERYWHERE: "überall",
    By.CARRIER: "beim eigenen Träger",
    By.DISTRICT: "im eigenen Stadtbezirk",
    By.VENUE: "am eigenen Ort",
    By.OFFICE_DISTRICT: "im Stadtbezirk des eigenen Büros",
}


def version() -> str:
    return str(tomllib.loads((Path(settings.BASE_DIR) / "pyproject.toml").read_text())["project"]["version"])


def pages() -> dict[str, str]:
    """File name to text; the same rows always make the same text."""
    return {
        "verarbeitungsverzeichnis.md": _page("Verzeichnis der Verarbeitungen", _register()),
        "loeschkonzept.md": _page("Löschkonzept", _deletion()),
        "technischer-anhang.md": _page("Technischer Anhang", _annex()),
    }


def outdated() -> list[str]:
    """Names of the committed pages that do not say what the software says."""
    return [name for name, text in pages().items() if _committed(name) != text]


def write() -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, text in pages().items():
        (FOLDER / name).write_text(text, encoding="utf-8")


def _committed(name: str) -> str:
    path = FOLDER / name
    return path.read_text(encoding="utf-8") if path.exists() else ""


def _page(title: str, lines: Iterator[str]) -> str:
    head = (
        f"# {title}\n\nSeniorenportal Dortmund, Fassung {version()}. Erzeugt mit `manage.py datenschutz`; "
        "beschreibt, was die Software tut. Ob das genügt, beurteilt, wer verantwortlich ist.\n\n"
    )
    return head + "\n".join(lines).rstrip() + "\n"


def _register() -> Iterator[str]:
    for declared in register.all_personal_data().values():
        yield f"## {declared.title}\n"
        yield "| | |\n|---|---|"
        yield f"| Wen es betrifft | {declared.people} |"
        yield f"| Wozu | {declared.purpose} |"
        yield f"| Was gespeichert ist | {declared.data} |"
        yield f"| Wer es sieht | {declared.seen_by} |"
        yield f"| Wie lange | {declared.until} |"
        yield f"| Auskunft | {'in der Ausgabe zum Konto' if declared.of_account else 'keiner Person zuzuordnen'} |"
        yield f"| Tabelle | `{declared.model._meta.db_table}` |\n"
    yield "## Was keine Personen betrifft\n"
    for one in register.all_about_nobody():
        yield f"- {one.why} ({', '.join(sorted(f'`{label}`' for label in one.labels))})"


def _deletion() -> Iterator[str]:
    yield "Jede Nacht läuft `manage.py apply_retention`; `--dry-run` zeigt vorher, wie viele Zeilen es träfe."
    yield "Mit den Zeilen geht ihre Geschichte. Was gelöscht wurde, steht mit Art, Nummer und Tag in einer Liste,"
    yield "auch als Datei neben der Datenbank (`loeschungen.csv`): Nach dem Einspielen einer Sicherung geht"
    yield "dasselbe noch einmal.\n"
    yield "| Was | Wann | Wie | In der Liste |\n|---|---|---|---|"
    for declared in register.all_personal_data().values():
        if rule := declared.retention:
            how = "verliert, was zu einer Person führt" if rule.blank else "wird gelöscht"
            yield f"| {declared.title} | {rule.when} | {how} | {'ja' if rule.ledger else 'nein'} |"
    yield "\nOhne eigene Frist, weil die Zeile niemandem zuzuordnen ist oder mit dem Konto endet:\n"
    for declared in register.all_personal_data().values():
        if not declared.retention:
            yield f"- {declared.title}: {declared.until}"


def _annex() -> Iterator[str]:
    yield "## Wer was darf\n"
    yield "Aus den Regeln, nach denen das Portal jede Zeile zeigt oder nicht. Was hier fehlt, ist zu.\n"
    for role in Role:
        yield f"### {role.label}\n"
        for rule in register.all_rules():
            for grant in rule.grants.get(role, ()):
                rights = ", ".join(str(right) for right in Right if right in grant.rights)
                but = ", mit Ausnahmen" if grant.never else ""
                yield f"- {rule.model._meta.verbose_name_plural}: {rights} ({WHERE[grant.by]}{but})"
        yield ""
    yield "## Öffentlich\n"
    for rule in register.all_rules():
        if rule.public is not None:
            only = ", nur was veröffentlicht ist" if rule.public else ""
            yield f"- {rule.model._meta.verbose_name_plural}{only}"
    yield "\n## Schutz im Betrieb\n"
    yield "- Zwei Rollen in der Datenbank: Anfragen bedient eine, die keine Tabelle ändern und keine Geschichte"
    yield "  löschen kann."
    yield f"- Kennwörter: {settings.PASSWORD_HASHERS[0].rpartition('.')[2]}."
    hours = settings.SESSION_COOKIE_AGE // 3600
    yield f"- Eine Anmeldung endet mit dem Browser, spätestens nach {hours} Stunden."
    policy = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]
    yield f"- Content-Security-Policy: `{'; '.join(f'{name} {chr(32).join(to)}' for name, to in policy.items())}`."
    yield "- Es gibt kein Zugriffsprotokoll im Portal; das des Webservers davor (deploy/nginx) nennt weder Abfrage"
    yield "  noch Anschluss."
    yield "- E-Mails nennen Zahlen und Wege im Portal, nie, worum oder um wen es geht."
