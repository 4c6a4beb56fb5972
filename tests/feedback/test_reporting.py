"""«Stimmt etwas nicht?», from the street to the answer that everybody can read."""

import datetime as dt
import re

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from seniorportal import access, feedback, limits
from seniorportal.access import Right
from seniorportal.models import CalendarDay, Feedback, FormUse, Membership, Role
from seniorportal.public import forms as form_pages
from tests.cast import make_city, make_user
from tests.public.html import check_page
from tests.public.town import make_carrier, make_house, make_offering, make_office, make_venue

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def patient(monkeypatch):
    """Nobody waits in a test; the time itself has a test of its own."""
    monkeypatch.setattr(form_pages, "QUICKEST", 0)


def stamp_of(response) -> str:
    return re.search(r'name="stempel" value="([^"]+)"', response.content.decode()).group(1)


def report(client: Client, path: str, **fields) -> "object":
    stamp = fields.pop("stempel", None) or stamp_of(client.get(path))
    return client.post(path, {"thema": "zeit", "text": "", "nachricht": "", "stempel": stamp} | fields)


def read(client: Client, path: str, status: int = 200):
    response = client.get(path)
    assert response.status_code == status, path
    return check_page(response.content.decode())


def test_a_report_asks_for_nobody_and_becomes_a_task(client):
    offering = make_offering("Tanztee")
    page = read(client, f"/rueckmeldung/angebot/{offering.pk}/")
    asked = {one.get("name") for tag in ("input", "textarea") for one in page.all(tag)}
    assert asked == {"csrfmiddlewaretoken", "stempel", "thema", "text", "nachricht"}
    assert "Bitte keine Namen." in page.text and "Es geht um: Tanztee" in page.text
    answer = report(client, f"/rueckmeldung/angebot/{offering.pk}/", text="Beginnt erst um 15 Uhr")
    assert answer.status_code == 303
    task = Feedback.objects.get()
    assert (task.offering, task.topic, task.text) == (offering, "zeit", "Beginnt erst um 15 Uhr")
    receipt = read(client, answer["Location"])
    assert "Darum kümmert sich jetzt die Redaktion des Portals." in receipt.text
    assert "Beginnt erst" not in receipt.text


def test_every_entry_leads_to_its_form(client):
    offering, house, office = make_offering(), make_house(), make_office()
    for path, form in (
        (offering.get_absolute_url(), f"/rueckmeldung/angebot/{offering.pk}/"),
        (offering.venue.get_absolute_url(), f"/rueckmeldung/ort/{offering.venue.slug}/"),
        (house.get_absolute_url(), f"/rueckmeldung/ort/{house.slug}/"),
        (office.get_absolute_url(), f"/rueckmeldung/ort/{office.slug}/"),
        ("/", "/rueckmeldung/"),
    ):
        response = client.get(path)
        assert form in [link.get("href") for link in check_page(response.content.decode()).all("a")], path
        assert "Cookie" not in response.get("Vary", "") and not response.cookies
        assert report(client, form).status_code == 303
    assert Feedback.objects.count() == 5


def test_the_loop_is_closed_in_public(client):
    offering = make_offering()
    report(client, f"/rueckmeldung/angebot/{offering.pk}/")
    day = timezone.localdate()
    said = f"(gemeldet am {day.day}."
    assert said in read(client, offering.get_absolute_url()).text
    task = Feedback.objects.get()
    task.outcome = Feedback.Outcome.CORRECTED
    feedback.settle(task, make_user("jemand"), day)
    task.save()
    text = read(client, offering.get_absolute_url()).text
    assert said not in text
    assert "geprüft am" in text and "Danke, wir haben den Eintrag berichtigt." in text
    for days, shown in ((14, True), (15, False)):
        Feedback.objects.update(done_on=day - dt.timedelta(days=days))
        text = read(client, offering.get_absolute_url()).text
        assert ("Danke, wir haben den Eintrag berichtigt." in text) is shown


def test_a_second_post_leads_to_the_first_result(client):
    path = f"/rueckmeldung/ort/{make_venue().slug}/"
    stamp = stamp_of(client.get(path))
    first, second = report(client, path, stempel=stamp), report(client, path, stempel=stamp)
    assert first.status_code == second.status_code == 303
    assert first["Location"] == second["Location"]
    assert Feedback.objects.count() == 1


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"thema": ""}, "Bitte wählen Sie aus, was nicht stimmt."),
        ({"thema": "quatsch"}, "Bitte wählen Sie eine der Möglichkeiten aus."),
        ({"thema": "anderes", "text": "  "}, "Bitte schreiben Sie kurz, was nicht stimmt."),
        ({"text": "x" * 401}, "Bitte schreiben Sie höchstens 400 Zeichen. Es sind 401."),
        ({"text": "a\x00b"}, "Der Text enthält ein Zeichen"),
        ({"nachricht": "Kaufen Sie"}, "verborgene Felder"),
        ({"stempel": "gefälscht"}, "Das Formular war lange offen."),
    ],
)
def test_what_is_wrong_is_said_in_german_and_nothing_typed_is_lost(client, fields, sentence):
    path = f"/rueckmeldung/ort/{make_venue().slug}/"
    response = report(client, path, **{"text": "Der Eingang ist hinten"} | fields)
    assert response.status_code == 200
    page = check_page(response.content.decode())
    assert sentence in page.text
    assert fields.get("text", "Der Eingang ist hinten").strip("\x00 ")[:1] in response.content.decode()
    if "thema" not in fields:
        assert [one["id"] for one in page.all("input") if "checked" in one] == ["thema-zeit"]
    assert not Feedback.objects.exists()


def test_whoever_is_quicker_than_reading_is_asked_again(client, monkeypatch):
    monkeypatch.setattr(form_pages, "QUICKEST", 3)
    path = f"/rueckmeldung/ort/{make_venue().slug}/"
    page = report(client, path, text="Ganz schnell")
    assert "Das ging sehr schnell." in page.content.decode() and "Ganz schnell" in page.content.decode()
    monkeypatch.setattr(form_pages, "QUICKEST", 0)
    assert report(client, path, stempel=stamp_of(page)).status_code == 303


def test_one_address_has_a_limit_and_is_kept_only_as_a_hash_of_the_day(client, monkeypatch):
    monkeypatch.setattr(limits, "FROM_ONE_ADDRESS", 2)
    path = f"/rueckmeldung/ort/{make_venue().slug}/"
    FormUse.objects.create(key="gestern", day=timezone.localdate() - dt.timedelta(days=1))
    assert [report(client, path).status_code for _ in range(3)] == [303, 303, 429]
    assert "Bitte rufen Sie an." in report(client, path, text="Noch da").content.decode()
    assert report(Client(REMOTE_ADDR="192.0.2.9"), path).status_code == 303
    kept = list(FormUse.objects.values_list("key", flat=True))
    assert len(kept) == 2 + 5 and not any(  # two addresses, five forms
        "127.0.0.1" in key or "192.0.2" in key for key in kept
    )


def test_the_form_asks_for_its_token(client):
    path = f"/rueckmeldung/ort/{make_venue().slug}/"
    assert Client(enforce_csrf_checks=True).post(path, {"thema": "zeit"}).status_code == 403


# --- whose task it is -------------------------------------------------------------------------------------------------


def test_the_owner_is_the_carrier_then_begegnung_vorort_then_the_editors():
    today = timezone.localdate()
    above = make_carrier("Verband")
    venue = make_venue()
    venue.carriers.add(make_carrier("Ortsverein", parent=above))
    offering = make_offering(venue=venue)
    assert feedback.owner_of(venue, today).role == Role.EDITORS
    Membership.objects.create(user=make_user("eins"), role=Role.VORORT, district=venue.district)
    assert feedback.owner_of(offering, today) == feedback.Owner(Role.VORORT, district=venue.district)
    past = today - dt.timedelta(days=1)
    ended = Membership.objects.create(
        user=make_user("zwei"), role=Role.COORDINATION, carrier=above, active_until=past
    )
    assert feedback.owner_of(venue, today).role == Role.VORORT
    ended.active_until = None
    ended.save()
    assert feedback.owner_of(offering, today).role == Role.COORDINATION
    assert feedback.owner_of(None, today).role == Role.EDITORS


def test_every_owner_may_settle_what_is_his(client):
    """In the cast, each report on something reaches somebody of the owning role who may answer it."""
    city = make_city()
    today = timezone.localdate()
    roles = {}
    for world in city.worlds:
        for task in world.objects[Feedback]:
            owner = feedback.owner_of(task.entry, today)
            users = [
                user
                for user in city.people.values()
                if owner.role in access.roles(user) and access.may(user, Right.CHANGE, task)
            ]
            assert users, (owner, task.entry)
            roles[owner.role] = roles.get(owner.role, 0) + 1
    assert set(roles) == {Role.COORDINATION, Role.HOUSE, Role.TANDEM}


def test_coordinators_and_vorort_never_see_a_report_on_an_office():
    city = make_city()
    for name in ("koordination-awo", "vorort-hoerde", "halle-hoerde", "auswertung", "technik", "niemand"):
        for task in city.hoerde.objects[Feedback]:
            if task.place == city.hoerde.office:
                assert not access.may(city.people[name], Right.SEE, task), name
    for task in city.hoerde.objects[Feedback]:
        assert access.may(city.people["redaktion"], Right.CHANGE, task)


def test_the_answer_is_promised_for_the_fifth_working_day():
    CalendarDay.objects.create(date=dt.date(2026, 12, 25), public_holiday="1. Weihnachtstag")
    assert feedback.answer_day(dt.date(2026, 11, 23)) == dt.date(2026, 11, 30)
    assert feedback.answer_day(dt.date(2026, 12, 21)) == dt.date(2026, 12, 29)


# --- settling it in the admin -----------------------------------------------------------------------------------------


def settle(client: Client, task: Feedback, **fields):
    path = reverse("admin:seniorportal_feedback_change", args=[task.pk])
    return client.post(path, {"version": task.version, "outcome": "", "answer": ""} | fields)


def test_stands_in_the_admin_confirms_the_entry_and_answers(client):
    city = make_city()
    task = next(one for one in city.hoerde.objects[Feedback] if one.venue == city.hoerde.hall)
    client.force_login(city.people["koordination-awo"])
    listed = client.get(reverse("admin:seniorportal_feedback_changelist")).content.decode()
    assert str(city.hoerde.hall) in listed and "offen" in listed
    page = client.get(reverse("admin:seniorportal_feedback_change", args=[task.pk])).content.decode()
    assert (
        task.text in page and reverse("admin:seniorportal_venue_change", args=[city.hoerde.hall.pk]) in page
    )
    assert settle(client, task, outcome="stimmt").status_code == 302
    task.refresh_from_db()
    city.hoerde.hall.refresh_from_db()
    assert task.done_on == timezone.localdate() and task.done_by == city.people["koordination-awo"]
    assert task.answer == "Wir haben nachgefragt: Die Angaben stimmen."
    assert city.hoerde.hall.confirmed_at == timezone.localdate()


def test_an_unclear_report_confirms_nothing_and_reopening_takes_the_answer_back(client):
    city = make_city()
    task = next(one for one in city.hoerde.objects[Feedback] if one.venue == city.hoerde.hall)
    client.force_login(city.people["redaktion"])
    settle(client, task, outcome="unklar", answer="Wir fragen im Haus nach.")
    task.refresh_from_db()
    city.hoerde.hall.refresh_from_db()
    assert task.answer == "Wir fragen im Haus nach." and city.hoerde.hall.confirmed_at is None
    settle(client, task, outcome="")
    task.refresh_from_db()
    assert task.done_on is None and task.done_by is None


def test_vorort_answers_without_confirming_what_it_may_not_change(client):
    city = make_city()
    task = next(one for one in city.hoerde.objects[Feedback] if one.venue == city.hoerde.hall)
    client.force_login(city.people["vorort-hoerde"])
    assert settle(client, task, outcome="stimmt").status_code == 302
    task.refresh_from_db()
    city.hoerde.hall.refresh_from_db()
    assert task.done_on and city.hoerde.hall.confirmed_at is None


def test_open_tasks_are_counted_for_whoever_may_settle_them():
    city = make_city()
    open_tasks = feedback.open_for(city.people["koordination-awo"])
    assert {task.place for task in open_tasks} == {city.hoerde.hall, city.hoerde.centre, None}
    assert feedback.open_for(city.people["technik"]).count() == 0
