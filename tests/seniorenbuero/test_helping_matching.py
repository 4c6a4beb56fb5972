"""Nachbarschaftshilfe: who asks, who could help and why, the first visit together, the end, and nothing left."""

import datetime as dt
import uuid

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from seniorenbuero.helping import walking
from seniorenbuero.models import Helper, HelpRequest, Match
from seniorportal import parameters
from seniorportal.models import Deletion
from tests.seniorenbuero.neighbours import FAR, NEAR, Office, read, request_fields, send, turkish

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    return Office()


def candidates(client, asked) -> list[str]:
    """What stands at each of those who could help, in their order."""
    page = client.get(reverse("desk:help_request", args=[asked.pk])).content.decode()
    return [" ".join(part.split()) for part in page.split("data-vorschlag=")[1:]]


# Asking


def test_somebody_asks_and_sees_who_could_help(office):
    office.helper(offers=["einkauf"])
    answer = send(office.client(), "help_request_new", **request_fields())
    assert answer.status_code == 303
    asked = HelpRequest.objects.get()
    assert (asked.office, asked.quarter, asked.district) == (office.venue, office.quarter, office.district)
    assert (asked.name, asked.position) == ("Berta Bittend", "51.492,7.5")
    assert "Hilde Helferin" in candidates(office.client(), asked)[0]


def test_nothing_of_the_person_stands_in_the_database_or_in_the_address(office):
    answer = send(
        office.client(), "help_request_new", **request_fields(name="Berta Geheim", phone="0231 98765")
    )
    assert "Geheim" not in answer["Location"] and NEAR not in answer["Location"]
    with connection.cursor() as cursor:
        cursor.execute("SELECT t::text FROM seniorenbuero_helprequest t")
        stored = cursor.fetchone()[0]
    for word in ("Geheim", "98765", NEAR, "51.49"):
        assert word not in stored and word.encode().hex() not in stored


def test_a_new_form_is_empty(office):
    page = read(office.client(), "help_request_new")
    assert next(field for field in page.all("input") if field.get("name") == "name").get("value", "") == ""


def test_the_promised_day_is_five_working_days_ahead(office):
    page = office.client().get(reverse("desk:help_request_new")).content.decode()
    from seniorportal import working_days

    assert f'value="{working_days.after(timezone.localdate(), 5).isoformat()}"' in page


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"agreed": ""}, "Ohne das Ja der Person schreiben wir nichts über sie auf."),
        ({"name": ""}, "Wie heißt die Person?"),
        ({"phone": "", "street": ""}, "Wie erreicht das Büro die Person?"),
        ({"street": "Gibtesnichtallee 5"}, "Diese Straße kennen wir in Dortmund nicht."),
        ({"answer_by": ""}, "Bis wann ruft jemand an?"),
    ],
)
def test_bad_input_is_answered_at_the_field(office, fields, sentence):
    answer = send(office.client(), "help_request_new", **request_fields(remark="Hund beißt nicht", **fields))
    text = answer.content.decode()
    assert sentence in text and "Hund beißt nicht" in text and not HelpRequest.objects.exists()


def test_sent_twice_and_again_after_it_was_done(office):
    client, fields = office.client(), request_fields()
    assert [send(client, "help_request_new", **fields).status_code for _ in range(2)] == [303, 303]
    asked = HelpRequest.objects.get()
    assert send(client, "help_request_settle", asked.pk).status_code == 303
    assert not HelpRequest.objects.exists()
    send(client, "help_request_new", **fields)  # the back button
    assert not HelpRequest.objects.exists()
    answer = client.get(reverse("desk:help_request", args=[asked.pk]), follow=True)
    assert "Diese Bitte ist schon erledigt und gelöscht." in answer.content.decode()


def test_another_office_sees_nothing(office):
    asked, other = office.request(), Office("Hombruch").client()
    read(other, "help_request", asked.pk, status=404)
    for name in ("help_request_settle", "help_request_propose"):
        assert send(other, name, asked.pk).status_code == 404
    assert "Berta" not in read(other, "help_requests").text
    assert HelpRequest.objects.count() == 1


def test_whose_promised_day_is_over_stands_out(office):
    office.request(answer_by=timezone.localdate() - dt.timedelta(days=1))
    text = read(office.client(), "help_requests").text
    assert "Eine Bitte ist über den zugesagten Tag hinaus." in text
    assert "Eine Bitte wartet" in read(office.client(), "helping").text


# Who could help, and why


def test_the_nearest_who_offers_it_comes_first(office):
    asked = office.request(quarter=office.quarter, position="51.490,7.500", wanted=["einkauf"])
    office.helper("Frieda Fern", offers=["einkauf"], position="51.520,7.500", minutes_on_foot=15)
    office.helper("Nora Nah", offers=["einkauf"], position="51.493,7.500", minutes_on_foot=15)
    office.helper("Anton Anders", offers=["technik"], position="51.490,7.500")
    found = candidates(office.client(), asked)
    assert ["Nora" in found[0], "Frieda" in found[1] or "Frieda" in found[2]] == [True, True]
    assert "bietet an: Einkauf" in found[0] and "etwa 7 Minuten zu Fuß, geht bis zu 15" in found[0]
    frieda = next(one for one in found if "Frieda" in one)
    assert "Dagegen spricht:" in frieda and "etwa 67 Minuten zu Fuß, geht aber höchstens 15" in frieda
    assert "bietet Einkauf nicht an" in next(one for one in found if "Anton" in one)


def test_languages_and_quarter_are_said(office):
    asked = office.request(quarter=office.quarter, language=turkish(), wanted=["vorlesen", "technik"])
    speaks = office.helper("Selma Spricht", offers=["vorlesen"], quarter=office.quarter)
    speaks.languages.add(turkish())
    office.helper("Otto Ohne", offers=["vorlesen", "technik"], quarter=office.other_quarter)
    found = candidates(office.client(), asked)
    assert "Selma" in found[0] and "spricht Türkisch" in found[0]
    assert "wohnt im selben Quartier (Quartier Hörde Mitte)" in found[0]
    assert "nicht dabei: Telefon, Fernseher, Computer" in found[0]
    assert "spricht kein Türkisch, soweit wir wissen" in found[1]
    assert "wie weit der Weg ist, wissen wir nicht" in found[1]


def test_who_has_no_time_left_comes_later(office):
    busy = office.helper("Berta Beschäftigt", offers=["einkauf"], hours_per_month=4)
    office.helper("Fritz Frei", offers=["einkauf"], hours_per_month=4)
    helped = office.request("Hans Hilfe")
    agree(office, helped, busy, hours_per_month=4)
    found = candidates(office.client(), office.request())
    assert "Fritz" in found[0] and "hat noch 4 von 4 Stunden im Monat" in found[0]
    assert "hilft schon 4 von 4 Stunden im Monat" in found[1]


def test_the_two_kinds_never_meet(office):
    parameters.load()
    office.helper("Otto Office", offers=["einkauf"])
    known = office.helper("Rita Anerkannt", offers=["einkauf"], kind="anerkannt")
    asked = office.request(kind="anerkannt")
    (only,) = candidates(office.client(), asked)
    assert "Rita" in only and "es fehlt ein Nachweis" in only
    office.learned(known, "helferkurs", dt.date(2026, 2, 2))
    assert "Nachweis: Kurs für Nachbarschaftshilfe" in candidates(office.client(), asked)[0]
    for name in ("Erste", "Zweite"):
        agree(office, office.request(f"{name} Person", kind="anerkannt"), known)
    assert "hilft schon 2 Menschen; anerkannt sind höchstens 2" in candidates(office.client(), asked)[0]
    foreign = Helper.objects.get(kind="buero")
    send(office.client(), "help_request_propose", asked.pk, helfende=str(foreign.pk))
    assert not asked.matches.exists()


@pytest.mark.parametrize(
    "facts", [{"state": "pause"}, {"active_until": dt.date(2026, 2, 2)}, {"state": "interesse"}]
)
def test_who_does_not_help_today_is_not_proposed(office, facts):
    office.helper(**facts)
    assert candidates(office.client(), office.request()) == []


def test_as_many_statements_for_twenty_as_for_two(office):
    asked, client, counts = office.request(position="51.490,7.500"), office.client(), []
    for number in (2, 18):
        for at in range(number):
            helper = office.helper(f"Person {at}", offers=["einkauf"], position="51.493,7.500")
            agree(office, office.request(f"Hilfe {at}"), helper)
        read(client, "help_request", asked.pk)
        with CaptureQueriesContext(connection) as seen:
            read(client, "help_request", asked.pk)
        counts.append(len(seen))
        read(client, "help_requests")
        with CaptureQueriesContext(connection) as seen:
            read(client, "help_requests")
        counts.append(len(seen))
    assert counts[:2] == counts[2:]


def test_ways_on_foot():
    assert walking.minutes("51.490,7.500", "") is None
    assert walking.minutes("51.490,7.500", "51.490,7.500") == 1
    # 0.009 degrees of latitude are 1001 metres; with the detour 1301, at 65 a minute.
    assert walking.minutes("51.490,7.500", "51.499,7.500") == 20
    # As far to the east a degree is shorter: cos 51.49° = 0.6227.
    assert walking.minutes("51.490,7.500", "51.490,7.509") == 12


# Helping


def agree(office, asked, helper, **facts) -> Match:
    days = {
        "first_visit_on": dt.date(2026, 2, 2),
        "started_on": dt.date(2026, 2, 3),
        "accompanied_by": office.user,
    }
    made: Match = Match.objects.create(
        **{"helper": helper, "request": asked, "kind": helper.kind} | days | facts
    )
    return made


def visit(match, **fields) -> dict:
    match.refresh_from_db()
    return {"was": "vereinbart", "v-version": str(match.version)} | {
        f"v-{key}": value for key, value in fields.items()
    }


def ending(match, **fields) -> dict:
    match.refresh_from_db()
    said = {
        "ended_on": timezone.localdate().isoformat(),
        "end_reason": "nicht-noetig",
        "rest": "erledigt",
    } | fields
    return {"was": "ende", "e-version": str(match.version)} | {
        f"e-{key}": value for key, value in said.items()
    }


def test_from_the_proposal_to_the_end(office):
    client, helper, asked = (
        office.client(),
        office.helper(offers=["einkauf"]),
        office.request(quarter=office.quarter),
    )
    answer = send(
        client, "help_request_propose", asked.pk, helfende=str(helper.pk), absendung=str(uuid.uuid4())
    )
    match = Match.objects.get()
    assert answer["Location"] == reverse("desk:match", args=[match.pk])
    assert (match.tasks, match.quarter, match.started_on) == (["einkauf"], office.quarter, None)
    said = visit(match, first_visit_on="2026-11-02", accompanied_by=str(office.colleague.pk), tasks="einkauf")
    assert send(client, "match", match.pk, **said).status_code == 303
    assert "Erster Besuch mit Nummer 1 am Montag, 2. November." in read(client, "help_requests").text
    said |= visit(match) | {"v-started_on": "2026-11-05", "v-hours_per_month": "6"}
    assert send(client, "match", match.pk, **said).status_code == 303
    assert "6 Stunden im Monat, soweit eingetragen" in read(client, "helping").text
    assert send(client, "match", match.pk, **ending(match)).status_code == 303
    match.refresh_from_db()
    assert (match.end_reason, match.request, match.hours_per_month) == ("nicht-noetig", None, 6)
    assert not HelpRequest.objects.exists()
    assert Deletion.objects.filter(label="seniorenbuero.HelpRequest", number=str(asked.pk)).exists()
    assert "Berta" not in read(client, "match", match.pk).text


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"started_on": "2026-11-05"}, "Vor dem Beginn steht der gemeinsame erste Besuch: Wann war er?"),
        ({"first_visit_on": "2026-11-05", "started_on": "2026-11-04"}, "vor dem gemeinsamen ersten Besuch"),
        (
            {"first_visit_on": "2026-11-02", "started_on": "2026-11-04"},
            "Wer vom Büro war beim ersten Besuch dabei?",
        ),
        ({"first_visit_on": "2026-11-02", "started_on": "2099-01-01"}, "Dieser Tag liegt in der Zukunft."),
        ({"hours_per_month": "900"}, "sind keine Nachbarschaftshilfe mehr"),
    ],
)
def test_first_together_then_alone(office, fields, sentence):
    match = agree(office, office.request(), office.helper(), first_visit_on=None, started_on=None)
    assert sentence in send(office.client(), "match", match.pk, **visit(match, **fields)).content.decode()
    match.refresh_from_db()
    assert match.started_on is None


def test_the_database_knows_it_too(office):
    helper = office.helper()
    for days in (
        {"started_on": dt.date(2026, 2, 2)},
        {"ended_on": dt.date(2026, 2, 2)},
        {"first_visit_on": dt.date(2026, 2, 3), "started_on": dt.date(2026, 2, 2)},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Match.objects.create(helper=helper, kind="buero", **days)


def test_two_colleagues_propose_at_once(office):
    asked, one, two = office.request(), office.helper("Eins Erste"), office.helper("Zwei Zweite")
    send(office.client(), "help_request_propose", asked.pk, helfende=str(one.pk), absendung=str(uuid.uuid4()))
    colleague = office.client(office.colleague)
    answer = send(
        colleague, "help_request_propose", asked.pk, helfende=str(two.pk), absendung=str(uuid.uuid4())
    )
    assert Match.objects.get().helper == one
    assert (
        "Eine Kollegin war schneller: Nummer 1 ist vorgesehen."
        in colleague.get(answer["Location"]).content.decode()
    )


def test_the_end_needs_a_reason_and_a_way_on(office):
    match = agree(office, office.request(), office.helper())
    client = office.client()
    for fields, sentence in (
        ({"end_reason": ""}, "Bitte wählen Sie einen Grund."),
        ({"rest": ""}, "Bitte wählen Sie, wie es weitergeht."),
        ({"ended_on": "2026-01-01"}, "Begonnen hat die Hilfe am 03.02.2026."),
        ({"end_reason": "verstorben", "rest": "suchen"}, "Wer verstorben ist, sucht niemanden mehr."),
    ):
        assert sentence in send(client, "match", match.pk, **ending(match, **fields)).content.decode()
    match.refresh_from_db()
    assert match.ended_on is None and HelpRequest.objects.count() == 1


def test_who_still_needs_help_asks_again_with_a_new_day(office):
    asked = office.request(answer_by=dt.date(2026, 2, 2))
    match = agree(office, asked, office.helper())
    send(office.client(), "match", match.pk, **ending(match, end_reason="helfend", rest="suchen"))
    asked.refresh_from_db()
    assert asked.answer_by > timezone.localdate() and list(HelpRequest.objects.looking()) == [asked]
    assert send(office.client(), "match", match.pk, **ending(match)).status_code == 303  # the back button
    assert HelpRequest.objects.count() == 1


def test_while_somebody_helps_the_request_stays_and_the_helper_cannot_leave(office):
    helper, asked = office.helper(), office.request()
    agree(office, asked, helper)
    send(office.client(), "help_request_settle", asked.pk)
    assert HelpRequest.objects.count() == 1
    said = {
        "was": "angaben",
        "f-version": "1",
        "f-number": "1",
        "f-kind": "buero",
        "f-state": "ausgeschieden",
    }
    text = send(office.client(), "helper", helper.pk, **said).content.decode()
    assert "Es läuft noch eine vereinbarte Hilfe. Bitte zuerst die Hilfe beenden." in text


def test_everything_on_one_person_as_a_file(office):
    asked = office.request("Berta Bittend", phone="0231 777", street=f"{FAR} 1")
    agree(office, asked, office.helper())
    said = office.client().get(reverse("desk:help_request_information", args=[asked.pk])).json()
    assert (said["name"], said["telefon"], said["strasse"]) == ("Berta Bittend", "0231 777", f"{FAR} 1")
    assert said["gewuenschte_hilfe"] == ["Einkauf"] and said["wer_hilft"][0]["nummer"] == "1"
