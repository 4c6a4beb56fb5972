"""Every form of the public, under everything a stranger may send: never an error of ours, never a row."""

import functools
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from seniorportal import limits, register
from seniorportal.models import FormUse, Idea
from seniorportal.public import forms
from tests.access.pages import PUBLIC_PAGES
from tests.cast import City
from tests.public.html import Page

pytestmark = pytest.mark.django_db

CALL = {"telefon": "030 23125 417", "name": "Erika Beispiel"}
# What somebody writes who means it; these forms write a row.
GUARDED: dict[str, dict[str, str]] = {
    "public:feedback": {"thema": "anderes", "text": "Der Kalender beginnt am Montag."},
    "public:feedback_of_offering": {"thema": "zeit", "text": ""},
    "public:feedback_of_venue": {"thema": "zeit", "text": ""},
    "public:barrier": {"text": "Die Schrift ist zu klein."},
    "public:call_back": CALL
    | {"es_geht": "selbst", "wann": "vormittag", "sprache": "", "text": "Pflegegrad"},
    "public:by_post": {
        "name": "Erika Beispiel",
        "strasse": "Beispielweg 3",
        "plz": "44263",
        "ort": "Dortmund",
    },
    "public:company": CALL | {"es_geht": "selbst", "wann": "vormittag", "sprache": "", "text": ""},
    "public:new_idea": CALL | {"titel": "Boule im Park", "text": "Wer spielt mit?", "bezirk": ""},
    "public:join_idea": CALL | {"nachricht_an": ""},
}
# Forms without the guard, and what stands in its place.
OTHERWISE = {
    "seniorenbuero:find": "writes nothing: an address is looked up and forgotten",
    "public:noted": "writes a cookie only",
    "public:display": "writes a cookie only",
    "public:call_off": "asks for a code; tries are counted by venue and address",
    "public:call_off_dates": "for whoever gave the code",
    "public:concern_receipt": "for whoever holds the number of the receipt",
    "public:confirm_by_link": "for whoever holds the link",
    "begegnung_wall:enter": "asks for a number; tries are counted",
    "begegnung_wall:count": "for whoever holds the sheet; counted by day",
    "arrival:typed": "asks for a code; tries are counted by address",
    "arrival:card": "asks for the key of the house; tries are counted by house and address",
    "entry:redeem": "asks for a code; tries are counted",
    "entry:accept": "for whoever gave the code",
    "admin:login": "leads to the login, whose failures are counted",
}
SQL = "1'); DROP TABLE seniorportal_feedback;-- \" OR 1=1 UNION SELECT password FROM seniorportal_user /*"
HOSTILE: dict[str, str | bytes] = {
    "nul": "a\x00b",
    "not utf-8": b"a%FF%FE%C3%28b",
    "half a character": b"%ED%A0%80",
    "sql": SQL,
    "half a megabyte": "x" * 500_000,
    "a number no column holds": "9" * 400,
    "turned around": "\u202e\u2066abc\u200b",
    "a template": "{{ request.user }}{% include 'x' %}${7*7}<script>alert(1)</script>",
    "lines": "a\r\nSet-Cookie: b=c\r\n\r\n<html>",
}

TYPED = ("sql", "turned around", "a template", "lines", "a number no column holds")


@pytest.fixture(autouse=True)
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody waits; the minimum time has its own test below."""
    monkeypatch.setattr(forms, "QUICKEST", 0)


@pytest.fixture
def addresses(city: City) -> dict[str, str]:
    """One of each page that takes a POST."""
    idea = city.rows(Idea)[0]
    today = timezone.localdate()
    Idea.objects.filter(pk=idea.pk).update(state=Idea.State.PUBLIC, until=today, answer_by=today)
    found = {}
    for name, (_, arguments) in PUBLIC_PAGES.items():
        kwargs = {"pk": idea.pk} if name == "public:join_idea" else arguments(city)[0]
        if name == "public:call_back":
            kwargs = {"slug": city.hoerde.office.slug}
        path = reverse(name, kwargs=kwargs)
        if name in GUARDED or name in OTHERWISE or asks(path):
            found[name] = path
    return found


@functools.cache  # of one city: which pages ask is the same for every test
def asks(path: str) -> bool:
    """Whether the page has a form that is sent to itself."""
    answer = Client().get(path)
    if answer.status_code != 200 or not answer["Content-Type"].startswith("text/html"):
        return False
    sent = [one for one in Page(answer.content.decode()).all("form") if one.get("method") == "post"]
    return any((one.get("action") or path) == path for one in sent)


def rows() -> dict[str, int]:
    """How many of each kind, in one statement."""
    kinds = [model._meta for model in register.governed_models() if model is not FormUse]
    counted = (f"SELECT '{kind.label}', count(*) FROM {kind.db_table}" for kind in kinds)
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(counted))
        return dict(cursor.fetchall())


def send(path: str, said: dict[str, Any], stamp: str = "", **more: Any) -> Any:
    return Client().post(path, {"stempel": stamp or forms.new_stamp(), "nachricht": ""} | said, **more)


def fields_of(path: str) -> list[str]:
    page = Page(Client().get(path).content.decode())
    asked = [
        one["name"] for tag in ("input", "textarea", "select") for one in page.all(tag) if one.get("name")
    ]
    return list(dict.fromkeys(str(name) for name in asked))


def test_every_form_of_the_public_stands_in_a_table(addresses: dict[str, str]):
    assert set(addresses) == GUARDED.keys() | OTHERWISE.keys()
    for name in GUARDED:
        assert {"stempel", "nachricht"} <= set(fields_of(addresses[name])), name


@pytest.mark.parametrize("name", GUARDED)
def test_the_guard(name: str, addresses: dict[str, str], monkeypatch: pytest.MonkeyPatch):
    path, said = addresses[name], GUARDED[name]
    before = rows()
    assert send(path, said | {"nachricht": "Kredit"}).status_code == 200, "the trap"
    for stamp in ("", "x", "00000000-0000-0000-0000-000000000000:1:2", forms.new_stamp()[:-1] + "!"):
        answer = Client().post(path, said | {"stempel": stamp, "nachricht": ""})
        assert answer.status_code == 200, "a stamp of somebody else"
    monkeypatch.setattr(forms, "QUICKEST", 3)
    assert send(path, said).status_code == 200, "within three seconds"
    monkeypatch.setattr(forms, "QUICKEST", 0)
    monkeypatch.setattr(forms, "LONGEST", -1)
    assert send(path, said).status_code == 200, "the form of yesterday"
    monkeypatch.undo()
    monkeypatch.setattr(forms, "QUICKEST", 0)
    # The counter is a row, seen by every worker, and no variable of this one.
    monkeypatch.setattr(limits, "FROM_ONE_ADDRESS", 0)
    assert send(path, said).status_code == 429 and rows() == before
    assert FormUse.objects.filter(count__gte=1).exists()
    monkeypatch.setattr(limits, "FROM_ONE_ADDRESS", 1000)
    stamp = forms.new_stamp()
    assert [send(path, said, stamp).status_code for _ in range(2)] == [303, 303]
    gained = {label: number - before[label] for label, number in rows().items() if number != before[label]}
    assert gained and set(gained.values()) == {1}, (name, gained)


@pytest.mark.parametrize("what", HOSTILE)
def test_hostile_words(what: str, addresses: dict[str, str]):
    """In each field of each form, the others filled in well; what is no text for people is refused, not stored."""
    word = HOSTILE[what]
    kept: set[str] = set()
    known = rows()
    for name, path in addresses.items():
        for field in fields_of(path) or ["code"]:
            said = GUARDED.get(name, {}) | {field: word}
            answer = post_raw(path, said) if isinstance(word, bytes) else send(path, said)
            assert answer.status_code < 500, (name, field)
            if answer.status_code == 303 and (now := rows()) != known:
                kept.add(field)
                known = now
    assert rows() == known, "written without saying so"
    # Words that a person could have typed may stand in free text, and only there.
    free = {"text", "titel", "wo", "wann", "name", "strasse", "ort", "nachricht_an", "csrfmiddlewaretoken"}
    assert kept <= (free if what in TYPED else {"csrfmiddlewaretoken"})


def post_raw(path: str, said: dict[str, Any]) -> Any:
    """With bytes that no client of Django's would send."""
    from urllib.parse import quote

    said = {"stempel": forms.new_stamp(), "nachricht": ""} | said
    parts = [
        quote(k).encode() + b"=" + (v if isinstance(v, bytes) else quote(str(v)).encode())
        for k, v in said.items()
    ]
    return Client().post(path, b"&".join(parts), content_type="application/x-www-form-urlencoded")


BODIES: dict[str, Callable[[], tuple[Any, str]]] = {
    "json": lambda: ('{"thema": {"$gt": ""}}', "application/json"),
    "no boundary": lambda: (b"--x\r\n", "multipart/form-data"),
    "cut off": lambda: (
        b'--x\r\nContent-Disposition: form-data; name="text"\r\n\r\n',
        "multipart/form-data; boundary=x",
    ),
    "a file": lambda: (
        b'--x\r\nContent-Disposition: form-data; name="text"; filename="../../a.html"\r\n\r\n<b>\r\n--x--\r\n',
        "multipart/form-data; boundary=x",
    ),
    "too many fields": lambda: (
        "&".join(f"a{n}=1" for n in range(6000)),
        "application/x-www-form-urlencoded",
    ),
    "three megabytes": lambda: ("text=" + "x" * 3_000_000, "application/x-www-form-urlencoded"),
    "another alphabet": lambda: ("text=%FF", "application/x-www-form-urlencoded; charset=utf-7"),
    "nothing": lambda: ("", "application/x-www-form-urlencoded"),
}


# Of these Django itself writes a line into the log; the answer is a 400 in German.
LOGGED = ("too many fields", "three megabytes")


@pytest.mark.parametrize(
    "body",
    [pytest.param(body, marks=pytest.mark.logged_errors if body in LOGGED else ()) for body in BODIES],
)
def test_hostile_bodies(body: str, addresses: dict[str, str]):
    content, kind = BODIES[body]()
    before = rows()
    for name, path in addresses.items():
        assert Client().post(path, content, content_type=kind).status_code < 500, name
    assert rows() == before
