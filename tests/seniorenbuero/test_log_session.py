"""Two sessions: the log of a shift stays open on its device and reaches today's entries of its office, nothing else."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import get_resolver, reverse
from django.utils import timezone

from seniorportal.accounts import personal, sessions
from seniorportal.models import Consultation, Link, Membership
from tests.accounts.people import cheap, code, give_factor, sign_in, strict  # noqa: F401
from tests.cast import City
from tests.public.html import check_page
from tests.seniorenbuero.log import enter, fields, only_the_log, signed_in, yesterday

pytestmark = pytest.mark.django_db


@pytest.fixture
def city(office_city: City) -> City:
    return office_city


@pytest.fixture
def device(city) -> Client:
    """Her first entry has opened the log; since then her login has run out."""
    client = signed_in(city)
    enter(client)
    return only_the_log(client)


def the_log() -> Link:
    return Link.objects.filter(kind=Link.Kind.LOG).latest("pk")


def asks_for_login(answer) -> bool:
    return answer.status_code == 302 and answer["Location"].startswith(reverse("account_login"))


def test_the_cookie_is_for_the_log_alone(city, settings):
    settings.SESSION_COOKIE_SECURE = True
    client = signed_in(city)
    answer = client.post(reverse("desk:log"), fields())
    for name in ("protokoll", "protokoll-zuletzt"):
        cookie = answer.cookies[name]
        assert cookie["path"] == "/seniorenbuero/beratung/" and cookie["httponly"] and cookie["secure"]
        assert cookie["samesite"] == "Strict" and 0 < cookie["max-age"] <= 12 * 60 * 60
    link = the_log()
    assert link.venue == city.hoerde.office and link.made_for == city.people["tandem-hoerde"]
    assert dt.timedelta(hours=11) < link.until - timezone.now() <= dt.timedelta(hours=12)
    assert "protokoll" not in client.post(reverse("desk:log"), fields()).cookies  # opened once


def test_a_get_opens_nothing_and_a_button_does(city):
    client = signed_in(city)
    before = Link.objects.count()
    for name in ("desk:log", "desk:day", "desk:shift", "desk:start"):
        assert client.get(reverse(name)).status_code == 200
    assert Link.objects.count() == before
    assert client.post(reverse("desk:shift")).status_code == 303
    assert Link.objects.count() == before + 1 and client.cookies["protokoll"].value


def test_the_open_log_appends_corrects_and_withdraws_today(city, device):
    made = enter(device, thema=["VOR01"])
    assert made.office == city.hoerde.office and made.date == timezone.localdate()
    where = reverse("desk:entry", args=[made.pk])
    assert device.get(where).status_code == 200
    assert device.post(where, fields(outcome="info", version="1")).status_code == 303
    made.refresh_from_db()
    assert made.outcome == "info"
    assert device.post(reverse("desk:withdraw", args=[made.pk])).status_code == 303
    assert not Consultation.objects.filter(pk=made.pk).exists()
    shown = check_page(device.get(reverse("desk:day")).content.decode()).text
    assert "Antrag auf Pflegegrad" in shown and "Andere Tage sehen Sie nach der Anmeldung" in shown


def test_the_open_log_asks_for_no_day_and_takes_no_other(device):
    shown = device.get(reverse("desk:log")).content.decode()
    assert 'type="date"' not in shown
    said = fields()
    del said["date"]
    assert device.post(reverse("desk:log"), said).status_code == 303
    refused = device.post(reverse("desk:log"), fields(date=yesterday().isoformat()))
    assert "melden Sie sich bitte an" in refused.content.decode()


def test_not_yesterday_not_another_office(city, device):
    own = Consultation.objects.create(office=city.hoerde.office, date=yesterday())
    foreign = city.hombruch.one(Consultation)
    for row in (own, foreign):
        assert asks_for_login(device.get(reverse("desk:entry", args=[row.pk])))
        assert asks_for_login(device.post(reverse("desk:entry", args=[row.pk]), fields(version="1")))
        assert asks_for_login(device.post(reverse("desk:withdraw", args=[row.pk])))
        assert Consultation.objects.filter(pk=row.pk, version=1).exists()
    assert asks_for_login(device.get(reverse("desk:entry", args=[987654321])))
    assert asks_for_login(device.get(reverse("desk:day"), {"tag": yesterday().isoformat()}))


def test_every_other_page_stays_closed(city, device):
    note = reverse("admin:seniorportal_consultation_note", args=[city.hoerde.one(Consultation).pk])
    month = reverse("desk:month", args=["2026-11"])
    pages = [note, month, reverse("desk:start"), reverse("staff:overview"), reverse("admin:index")]
    pages += [reverse("admin:seniorportal_consultation_changelist"), reverse("entry:sessions")]
    for page in pages:
        assert asks_for_login(device.get(page)), page
        assert device.post(page).status_code == 302, page
    open_to_it = {
        name for name in get_resolver().namespace_dict["desk"][1].reverse_dict if isinstance(name, str)
    }
    assert open_to_it >= {"log", "day", "entry", "withdraw", "same", "place", "shift", "month", "start"}


def test_after_forty_minutes_the_next_call_is_logged_and_the_wall_asks_again(city, strict):  # noqa: F811
    """The same device, the same minute: the log goes on, the note asks for the second factor."""
    user = city.people["tandem-hoerde"]
    give_factor(user)
    client = sign_in(user)
    made = enter(client)
    note = reverse("admin:seniorportal_consultation_note", args=[made.pk])
    assert client.get(note).status_code == 200
    session = client.session
    session[personal.SEEN] -= 40 * 60
    for record in session["account_authentication_methods"]:
        record["at"] -= 40 * 60
    session.save()
    assert enter(client).office == city.hoerde.office
    locked = client.get(note)
    assert locked.status_code == 401 and "Code aus der App" in locked.content.decode()
    session.delete()  # and when the login itself is over
    assert enter(client).office == city.hoerde.office
    assert asks_for_login(client.get(note))
    assert code


def test_signed_in_without_the_factor_is_not_signed_in(city, strict):  # noqa: F811
    client = signed_in(city)
    assert client.get(reverse("desk:log"))["Location"] == reverse("mfa_index")
    assert client.post(reverse("desk:log"), fields()).status_code == 302
    with_log = signed_in(city)
    with_log.cookies["protokoll"] = token_of(city)
    assert enter(with_log).date == timezone.localdate()
    assert 'type="date"' not in with_log.get(reverse("desk:log")).content.decode()


def token_of(city) -> str:
    from seniorportal import links

    return links.token(next(row for row in city.hoerde.objects[Link] if row.kind == Link.Kind.LOG))


def test_it_ends_with_the_shift(device):
    assert device.post(reverse("desk:shift"), {"beenden": "1"}).status_code == 303
    assert the_log().revoked_at is not None
    assert asks_for_login(device.get(reverse("desk:log")))


def test_it_ends_with_the_cookie_given_back(city, device):
    stolen = device.cookies["protokoll"].value
    device.post(reverse("desk:shift"), {"beenden": "1"})
    again = Client()
    again.cookies["protokoll"] = stolen
    assert asks_for_login(again.post(reverse("desk:log"), fields()))


def test_it_ends_after_twelve_hours(device):
    Link.objects.filter(pk=the_log().pk).update(
        made_at=timezone.now() - dt.timedelta(hours=13), until=timezone.now() - dt.timedelta(minutes=1)
    )
    assert asks_for_login(device.post(reverse("desk:log"), fields()))


def test_it_ends_with_the_work_at_the_office(city, device):
    Membership.objects.filter(user=city.people["tandem-hoerde"]).update(active_until=yesterday())
    assert asks_for_login(device.get(reverse("desk:log")))


def test_it_ends_with_all_her_sessions(city, device):
    sessions.end(city.people["tandem-hoerde"])
    assert asks_for_login(device.get(reverse("desk:log")))


def test_it_is_among_her_devices(city, device):
    client = signed_in(city)
    page = client.get(reverse("entry:sessions")).content.decode()
    assert "<strong>Protokoll</strong>" in page and str(city.hoerde.office) in page
    other = signed_in(city, "tandem-hombruch")
    assert other.post(reverse("entry:sessions"), {"protokoll": str(the_log().pk)}).status_code == 404
    assert client.post(reverse("entry:sessions"), {"protokoll": "viele"}).status_code == 404
    assert client.post(reverse("entry:sessions"), {"protokoll": str(the_log().pk)}).status_code == 302
    assert asks_for_login(device.get(reverse("desk:log")))


@pytest.mark.parametrize("written", ["", "x", "1-aaaa", "ä-ö", "zzzzzzzzzzzzzzzz-a", "1"])
def test_what_is_no_token_opens_nothing(city, written):
    client = Client()
    client.cookies["protokoll"] = written
    client.cookies["protokoll-zuletzt"] = "neu.99999999999999999999999.1"
    assert asks_for_login(client.get(reverse("desk:log")))


def test_a_sheet_of_a_hall_is_no_log(city):
    from seniorportal import links

    for row in city.hoerde.objects[Link]:
        if row.kind != Link.Kind.LOG:
            client = Client()
            client.cookies["protokoll"] = links.token(row)
            assert asks_for_login(client.get(reverse("desk:log")))


def test_forms_of_the_log_want_their_token(city, device):
    careful = Client(enforce_csrf_checks=True)
    careful.cookies["protokoll"] = device.cookies["protokoll"].value
    assert careful.post(reverse("desk:log"), fields()).status_code == 403


def test_no_answer_of_the_log_is_kept(device):
    for name in ("desk:log", "desk:day", "desk:shift"):
        assert "no-store" in device.get(reverse(name))["Cache-Control"]
