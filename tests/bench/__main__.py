"""``python3 portal.py bench``: what the portal adds to the bare rendering of the same page, as a ratio in one run.

These machines are noisy: both sides are measured in turn, many short rounds, and the medians are compared.
``python -m tests.bench Angebot Ort`` measures these two pages only; BENCH_ROUNDS says how often, 9 unless told.
"""

import http.client
import os
import re
import statistics
import subprocess
import sys
import threading
import time
from urllib.parse import quote

from seniorportal import postgres

ROUNDS, SECONDS, CLIENTS = int(os.environ.get("BENCH_ROUNDS") or 9), 1.5, 8
MUST = {"Liste": 0.5, "Angebot": 0.8}  # the others are shown for comparison


def main() -> int:
    with postgres.running() as urls:
        env = os.environ | {
            "DJANGO_SETTINGS_MODULE": "tests.bench.settings",
            "PORTAL_DATABASE_ROLE": "app",
            "DATABASE_URL": urls.app,
        }
        env.pop("DATABASE_OWNER_URL", None)
        port = int(os.environ.get("PORT") or 8077)
        options = [
            "--preload",
            "--workers",
            "2",
            "--threads",
            "4",
            "--log-level",
            "error",
            "-b",
            f"127.0.0.1:{port}",
        ]
        server = subprocess.Popen([sys.executable, "-m", "gunicorn", "seniorportal.wsgi", *options], env=env)
        try:
            wait(port)
            pages = {
                "Liste": "/angebote/",
                "Angebot": first(port, "/angebote/", rb"/angebote/\d+-[^\"]*/"),
                "Ort": first(port, "/begegnung/", rb"/begegnung/[a-z][^\"?/]*/"),
                "Startseite": "/",
                "Kalender": "/kalender/",
            }
            chosen = sys.argv[1:] or list(pages)
            failed = [name for name in chosen if compare(port, name, pages[name]) < MUST.get(name, 0)]
        finally:
            server.terminate()
            server.wait(timeout=20)
    return 1 if failed else 0


def wait(port: int) -> None:
    for _ in range(200):
        try:
            if get(http.client.HTTPConnection("127.0.0.1", port, timeout=5), "/healthz")[0] == 200:
                return
        except OSError:
            time.sleep(0.1)
    raise SystemExit("Der Webserver antwortet nicht.")


def get(connection: http.client.HTTPConnection, address: str) -> tuple[int, bytes]:
    connection.request("GET", address)
    answer = connection.getresponse()
    return answer.status, answer.read()


def first(port: int, page: str, address: bytes) -> str:
    """The first address of this shape on a page."""
    _, body = get(http.client.HTTPConnection("127.0.0.1", port), page)
    found = re.search(rb'href="(' + address + rb')"', body)
    if not found:
        raise SystemExit(f"{page} ist leer: bitte zuerst python3 portal.py, das Beispieldaten anlegt.")
    return found[1].decode()


def compare(port: int, name: str, page: str) -> float:
    limit = f"/grenze/{name.lower()}/?seite={quote(page, safe='')}"
    for address in (page, limit):
        status, body = get(http.client.HTTPConnection("127.0.0.1", port), address)
        if status != 200:
            raise SystemExit(f"{address} antwortet {status}: {body[:200]!r}")
    ratios, real, bare = [], [], []
    for _ in range(ROUNDS):
        real.append(rate(port, page))
        bare.append(rate(port, limit))
        ratios.append(real[-1] / bare[-1])
    ratio = statistics.median(ratios)
    wanted = f" (verlangt {MUST[name]:.2f})" if name in MUST else ""
    low, _, high = statistics.quantiles(ratios, n=4)
    print(
        f"{name:10} {page}: {statistics.median(real):.0f} Seiten/s, Grenze {statistics.median(bare):.0f}/s, "
        f"Verhältnis {ratio:.2f}{wanted}, die mittlere Hälfte {low:.2f} bis {high:.2f}",
        flush=True,
    )
    return ratio


def rate(port: int, address: str) -> float:
    """Pages a second with eight clients for one short round."""
    done = [0] * CLIENTS
    end = time.monotonic() + SECONDS

    def client(number: int) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        while time.monotonic() < end:
            if get(connection, address)[0] == 200:
                done[number] += 1

    threads = [threading.Thread(target=client, args=(number,)) for number in range(CLIENTS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(done) / SECONDS


if __name__ == "__main__":
    sys.exit(main())
