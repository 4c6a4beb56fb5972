"""How pages grow with the data: times of their statements in the database, here and in a larger city.

    python -m tests.bench.growth                      # the data of PORTAL_HOME
    python -m tests.bench.growth .local .hundred      # two homes in turn, and the ratio of the second to the first
    python -m tests.bench.growth --figures .local .hundred        # the figures of the report instead of pages
    python -m tests.bench.growth --desk .local .hundred           # the pages of an office, signed in as its tandem

A home is made by ``PORTAL_HOME=.hundred manage.py demo_data --scale 100`` after ``migrate`` and ``load_reference``.
The machine may be busy: both homes are asked in turn, and the best of all rounds is shown, in milliseconds: the time
of the statements, the time PostgreSQL spent on them on a processor (which does not mind what else runs; without its
parallel workers), and the time of the whole page. What must be reached goes by the smaller of the first two.
"""

import argparse
import datetime as dt
import json
import os
import re
import subprocess
import sys
import time
from typing import Any, TextIO

ROUNDS = 9
# What each page must reach: a ratio to the first home, or milliseconds in the database.
PAGES = {
    "": ("/angebote/", "/"),
    "ein Filter": (
        "/angebote/?bezirk=hoerde",
        "/angebote/?quartier=hoerde",
        "/angebote/?thema=bewegung-gesundheit",
        "/angebote/?zielgruppe=alle",
        "/angebote/?zielgruppe=maenner",
        "/angebote/?traeger=awo",
        "/angebote/?sprache=pl",
        "/angebote/?wochentag=mo",
        "/angebote/?wochentag=mi",
        "/angebote/?wochentag=so",
        "/angebote/?tageszeit=vormittag",
        "/angebote/?tageszeit=abend",
        "/angebote/?barrierefrei=1",
        "/angebote/?kostenlos=1",
    ),
    "frei": (
        "/angebote/?bezirk=hoerde&thema=bewegung-gesundheit",
        "/angebote/?bezirk=hoerde&bezirk=hombruch&kostenlos=1",
        "/angebote/?wochentag=mi&tageszeit=nachmittag",
        "/angebote/?wochentag=mi&bezirk=hoerde",
        "/angebote/?zielgruppe=alle&kostenlos=1&tageszeit=nachmittag",
        "/angebote/?thema=kultur-kreatives&wochentag=do&wochentag=fr&barrierefrei=1&barrierefrei=wc",
        "/angebote/?von={soon}&bis={later}",
        "/angebote/?von={soon}&bis={later}&bezirk=hoerde&thema=bewegung-gesundheit",
        "/angebote/?quartier=hoerde&sortierung=entfernung",
        "/angebote/?seite=200",
        "/angebote/?q=gymnastik",
        "/angebote/?q=senioren",
        "/angebote/?q=gymnastik&bezirk=hoerde&wochentag=mi",
        "/angebote/?q=smartphone&kostenlos=1",
        "/angebote/?q=xyzzy",
        "/begegnung/",
        "/begegnung/?bezirk=hoerde",
        "/begegnung/?traeger=awo&barrierefrei=wc",
    ),
    "sonst": ("{detail}", "/kalender/", "/kalender/{soon}/"),
}
# What an office opens all day, and its numbers of a year; ``{year}`` is the one before this.
DESK = (
    "/seniorenbuero/",
    "/seniorenbuero/beratung/neu/",
    "/seniorenbuero/beratung/",
    "/seniorenbuero/beratung/?tag={year}-06-03",
    "/seniorenbuero/beratung/monat/{year}-06/",
    "/seniorenbuero/zahlen/?jahr={year}",
    "/seniorenbuero/zahlen/beratungen.csv?jahr={year}",
)
MOST_RATIO, MOST_MS, MOST_MS_OF_FIGURE = 2.5, 150.0, 100.0


# --- in a process of its own: one home --------------------------------------------------------------------------------


def answer(asked: TextIO, answers: TextIO) -> None:
    """Reads an address a line and tells what it cost, as JSON."""
    import django

    django.setup()
    from django.db import connection
    from django.test import Client
    from django.utils import timezone

    client = Client()
    today = timezone.localdate()
    page = client.get("/angebote/").content.decode()
    words = {
        "soon": f"{today + dt.timedelta(days=5)}",
        "later": f"{today + dt.timedelta(days=12)}",
        "detail": re.findall(r'href="(/angebote/\d+-[^"]*/)"', page)[0],
        "year": str(today.year - 1),
    }
    desks: list[Client] = []
    spent: list[tuple[float, float]] = []

    def on_processor() -> float:
        """Seconds of the process that serves this connection; 0 where it is out of sight."""
        try:
            with open(f"/proc/{connection.connection.info.backend_pid}/schedstat") as stat:
                return int(stat.read().split()[0]) / 1e9
        except (OSError, AttributeError):
            return 0.0

    def watch(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        began, worked = time.perf_counter(), on_processor()
        try:
            return execute(sql, params, many, context)
        finally:
            spent.append((time.perf_counter() - began, on_processor() - worked))

    def ask(address: str) -> dict[str, Any]:
        spent.clear()
        began = time.perf_counter()
        with connection.execute_wrapper(watch):
            if address.startswith("figure "):
                status = figure(*address.split()[1:])
            elif address.startswith("/seniorenbuero/"):
                status = desk().get(address.format(**words)).status_code
            else:
                status = client.get(address.format(**words)).status_code
        whole = time.perf_counter() - began
        database, processor = (sum(one[at] for one in spent) * 1000 for at in (0, 1))
        return {
            "status": status,
            "statements": len(spent),
            "database": database,
            "processor": processor or database,
            "page": whole * 1000,
        }

    def desk() -> Client:
        from seniorportal.models import User

        if not desks:
            desks.append(Client())
            desks[0].force_login(User.objects.get(username="tandem-hoerde"))
        return desks[0]

    def figure(key: str, written: str) -> int:
        from seniorportal import register
        from seniorportal.figures.period import Period

        register.all_figures()[key].read(Period.parse(written, today))
        return 200

    for line in asked:
        print(json.dumps(ask(line.strip())), file=answers, flush=True)


# --- the other process: asks both -------------------------------------------------------------------------------------


class Home:
    def __init__(self, path: str) -> None:
        program = (
            "import os, sys\n"
            "from seniorportal import postgres\n"
            "with postgres.running() as urls:\n"
            "    os.environ |= {'DATABASE_URL': urls.app, 'PORTAL_DATABASE_ROLE': 'app'}\n"
            "    from tests.bench.growth import answer\n"
            "    answer(sys.stdin, sys.stdout)\n"
        )
        self.process = subprocess.Popen(
            [sys.executable, "-c", program],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            stderr=subprocess.DEVNULL,
            env=os.environ
            | {"PORTAL_HOME": path, "DJANGO_SETTINGS_MODULE": "seniorportal.settings", "PORTAL_DEMO": "1"},
        )

    def ask(self, address: str) -> dict[str, Any]:
        assert self.process.stdin and self.process.stdout
        print(address, file=self.process.stdin, flush=True)
        return json.loads(self.process.stdout.readline())

    def close(self) -> None:
        assert self.process.stdin
        self.process.stdin.close()
        self.process.wait(30)


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("homes", nargs="*", default=[os.environ.get("PORTAL_HOME") or ".local"])
    parser.add_argument("--figures", action="store_true", help="Kennzahlen statt Seiten")
    parser.add_argument("--desk", action="store_true", help="Seiten eines Seniorenbüros")
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--only", default="", help="nur Adressen mit diesem Text")
    given = parser.parse_args()
    homes = [Home(os.path.abspath(home)) for home in given.homes]
    missed = []
    try:
        for group, address in figures() if given.figures else desk_pages() if given.desk else pages():
            if given.only not in address:
                continue
            seen = [[home.ask(address) for home in homes] for _ in range(given.rounds + 1)][1:]
            first, last = best(seen, 0), best(seen, -1)
            line = " | ".join(
                f"{one['statements']} {one['database']:7.1f} {one['processor']:7.1f} {one['page']:7.1f}"
                for one in (best(seen, at) for at in range(len(homes)))
            )
            ratio = min(last[what] / first[what] for what in ("database", "processor"))
            taken = min(last["database"], last["processor"])
            whole = last["page"] / first["page"]
            limit = MOST_MS_OF_FIGURE if given.figures or given.desk else MOST_MS
            good = taken <= limit if group in ("frei", "Kennzahl", "Büro") else ratio <= MOST_RATIO
            good &= all(one["status"] == 200 for row in seen for one in row)
            both = f" | {ratio:5.2f} {whole:5.2f}" if len(homes) > 1 else ""
            print(f"{'  ' if good else '! '}{line}{both}  {address}", flush=True)
            missed += [] if good else [address]
    finally:
        for home in homes:
            home.close()
    print(
        "Je Ort: Anweisungen; ms in der Datenbank, davon gerechnet; ms der ganzen Seite. Danach die Verhältnisse."
    )
    return 1 if missed else 0


def best(seen: list[list[dict[str, Any]]], at: int) -> dict[str, Any]:
    return {what: min(row[at][what] for row in seen) for what in seen[0][at]}


def pages() -> list[tuple[str, str]]:
    return [(group, address) for group, addresses in PAGES.items() for address in addresses]


def desk_pages() -> list[tuple[str, str]]:
    return [("Büro", address) for address in DESK]


def figures() -> list[tuple[str, str]]:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "seniorportal.settings")
    os.environ.setdefault("PORTAL_DEMO", "1")
    import django

    django.setup()
    from seniorportal.figures.base import KEYS

    last = time.localtime().tm_year - 1
    return [("Kennzahl", f"figure {key} {period}") for key in KEYS for period in (last, "2014-2017")]


if __name__ == "__main__":
    sys.exit(main())
