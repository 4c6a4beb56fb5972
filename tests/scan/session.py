"""Signs in at a running portal with example data and prints what sqlmap takes as ``--cookie``.

``python -m tests.scan.session http://127.0.0.1:8251 koordination-awo``; the password is PORTAL_DEMO_PASSWORD.
"""

import http.cookiejar
import os
import re
import sys
import urllib.parse
import urllib.request


def cookies(portal: str, login: str) -> str:
    """Names and values of the session and of the token of forms, as a browser would send them."""
    jar = http.cookiejar.CookieJar()
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar))
    door = f"{portal}/konto/login/"
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', browser.open(door).read().decode())
    if not token:
        raise SystemExit(f"Kein Formular unter {door}")
    typed = {"login": login, "password": os.environ["PORTAL_DEMO_PASSWORD"], "csrfmiddlewaretoken": token[1]}
    browser.open(urllib.request.Request(door, urllib.parse.urlencode(typed).encode(), {"Referer": door}))
    if not any(cookie.name == "sessionid" for cookie in jar):
        raise SystemExit(f"Die Anmeldung als {login} ist nicht gelungen.")
    return "; ".join(f"{cookie.name}={cookie.value}" for cookie in jar)


if __name__ == "__main__":
    print(cookies(*sys.argv[1:3]))
