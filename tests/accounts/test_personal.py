"""The second door: asks again, closes after a quarter of an hour, loses nothing that was typed."""

import time

import pytest
from django.http import HttpResponse
from django.urls import path, reverse

from seniorportal.accounts import personal
from seniorportal.accounts.personal import IDLE, SEEN
from seniorportal.models import Role, User
from seniorportal.urls import urlpatterns as all_patterns
from tests.accounts.people import PASSWORD, code, give_factor, sign_in
from tests.cast import make_city, make_membership
from tests.public.html import check_page

pytestmark = pytest.mark.django_db
WRITTEN = []


@personal.personal
def note(request):
    if request.method == "POST":
        WRITTEN.append(dict(request.POST.lists()))
        return HttpResponse("gespeichert")
    return HttpResponse("Akte offen")


urlpatterns = [path("akte/", note), *all_patterns]


@pytest.fixture(autouse=True)
def page_behind_the_door(settings):
    settings.ROOT_URLCONF = "tests.accounts.test_personal"
    WRITTEN.clear()


def later(client, seconds):
    """As if the person had been away: what her session remembers lies further back."""
    session = client.session
    if SEEN in session:
        session[SEEN] -= seconds
    for record in session["account_authentication_methods"]:
        record["at"] -= seconds
    session.save()


@pytest.fixture
def worker(strict):
    user = User.objects.create_user("tandem-beispiel")
    make_membership(user, Role.TECHNICAL)
    give_factor(user)
    return user


def test_open_after_the_login_and_as_long_as_it_is_used(worker):
    client = sign_in(worker)
    for _ in range(4):
        assert client.get("/akte/").content == b"Akte offen"
        later(client, IDLE - 120)


def test_closed_after_a_quarter_of_an_hour_and_back_where_one_was(worker):
    client = sign_in(worker)
    later(client, IDLE + 1)
    answer = client.get("/akte/?seite=2")
    assert answer.status_code == 401 and "no-store" in answer["Cache-Control"]
    page = check_page(answer.content.decode())
    assert "Bitte weisen Sie sich noch einmal aus" in page.text and "Akte" not in page.text
    wrong = client.post("/akte/?seite=2", {"sperre-typ": "code", "sperre-code": "000000"})
    assert wrong.status_code == 401 and "Dieser Code stimmt nicht" in wrong.content.decode()
    right = client.post("/akte/?seite=2", {"sperre-typ": "code", "sperre-code": code(later=1)})
    assert (right.status_code, right["Location"]) == (303, "/akte/?seite=2")
    assert client.get("/akte/?seite=2").content == b"Akte offen"


def test_what_was_typed_comes_through_the_closed_door(worker):
    client = sign_in(worker)
    later(client, 40 * 60)
    answer = client.post("/akte/", {"text": "Zeile 1\nZeile 2 «ä» <b>", "thema": ["a", "b"]})
    assert answer.status_code == 401 and not WRITTEN
    page = check_page(answer.content.decode())
    assert "Was Sie geschrieben haben, ist noch da" in page.text
    fields = [(i["name"], i.get("value") or "") for i in page.all("input") if i["type"] == "hidden"]
    form = {}
    for name, value in fields:
        form.setdefault(name, []).append(value)
    assert not any("Zeile" in str(value) for value in client.session.values())
    wrong = client.post("/akte/", {**form, "sperre-code": "1"})
    assert wrong.status_code == 401 and "Zeile 2" in wrong.content.decode() and not WRITTEN
    done = client.post("/akte/", {**form, "sperre-code": code(later=1)})
    assert done.content == b"gespeichert"
    written = WRITTEN[0]
    assert not [name for name in written if name.startswith("sperre")]
    assert written["text"] == ["Zeile 1\nZeile 2 «ä» <b>"] and written["thema"] == ["a", "b"]


def test_the_password_does_not_open_what_the_factor_closed(worker):
    client = sign_in(worker)
    later(client, IDLE + 1)
    answer = client.post("/akte/", {"sperre-typ": "passwort", "sperre-password": PASSWORD})
    assert answer.status_code == 401
    assert client.get("/akte/").status_code == 401


def test_in_the_demo_the_password_opens(cheap):
    user = User.objects.create_user("demo-beispiel")
    client = sign_in(user)
    assert client.get("/akte/").status_code == 200
    later(client, IDLE + 1)
    page = check_page(client.get("/akte/").content.decode())
    assert [i for i in page.all("input") if i.get("type") == "password"]
    wrong = client.post("/akte/", {"sperre-typ": "passwort", "sperre-password": "falsch"})
    assert "Dieses Passwort stimmt nicht" in wrong.content.decode()
    assert client.post("/akte/", {"sperre-typ": "passwort", "sperre-password": PASSWORD}).status_code == 303
    assert client.get("/akte/").status_code == 200


def test_the_anonymous_log_stays_open_for_the_shift(strict):
    """After forty minutes the next call is logged, while a page about persons asks for the second factor."""
    city = make_city()
    tandem = city.people["tandem-hoerde"]
    give_factor(tandem)
    client = sign_in(tandem)
    later(client, 40 * 60)
    assert client.get("/akte/").status_code == 401
    assert client.get(reverse("admin:seniorportal_consultation_add")).status_code == 200
    assert client.get("/akte/").status_code == 401


def test_the_clock_is_written_once_a_minute():
    session = {SEEN: time.time() - 30}
    before = session[SEEN]
    personal.touch(session)
    assert session[SEEN] == before
    session[SEEN] -= 40
    personal.touch(session)
    assert session[SEEN] > before
