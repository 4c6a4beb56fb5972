"""Offerings as tasks: the form with its dates before saving, single dates, templates, joint offerings, points."""

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from seniorportal import cards, programme
from seniorportal.models import (
    CalendarDay,
    Carrier,
    Category,
    Closure,
    Occurrence,
    Offering,
    OfferingShare,
    OfferingTemplate,
    Role,
    Venue,
)
from tests.access.pages import OFFERING_PAGES
from tests.cast import City, make_membership, make_user
from tests.public.html import Page
from tests.staff.forms import fields, opened

pytestmark = pytest.mark.django_db
FORM = "angebot"


def signed_in(city: City, person: str = "koordination-awo") -> Client:
    client = Client()
    client.force_login(city.people[person])
    return client


def new_path(city: City) -> str:
    return reverse("begegnung:manage:offering_new", args=[city.hoerde.hall.slug])


def in_days(days: int) -> dt.date:
    return timezone.localdate() + dt.timedelta(days=days)


def german(day: dt.date) -> str:
    return f"{day:%d.%m.%Y}"


def weekly(**more: Any) -> dict[str, Any]:
    return {
        "title": ["Beispielrunde"], "kind": ["woche"], "weekdays": ["1"], "start": ["15:00"], "minutes": ["90"], **more
    }  # fmt: skip


def saved(client: Client, path: str, data: dict[str, Any], form: str = FORM) -> Any:
    """Typed, looked at, saved: what a person does."""
    page = client.post(path, opened(client, path, form) | data | {"ansehen": ["1"]})
    assert page.status_code == 200, page
    errors = Page(page.content.decode()).text.partition("Noch nicht gespeichert.")[2][:300]
    assert "So werden die Termine" in page.content.decode(), errors
    return client.post(path, fields(page, form) | {"speichern": ["1"]})


def coming(offering: Offering) -> list[dt.date]:
    return list(
        offering.occurrences.filter(date__gte=timezone.localdate())
        .order_by("date")
        .values_list("date", flat=True)
    )


# The form of the rhythm


def test_the_dates_are_shown_before_anything_is_saved(city: City):
    client, path = signed_in(city), new_path(city)
    before = Offering.objects.count()
    tuesday = next(in_days(n) for n in range(7, 14) if in_days(n).weekday() == 1)
    CalendarDay.objects.create(date=tuesday, public_holiday="Beispielfeiertag")
    shut = tuesday + dt.timedelta(days=7)
    Closure.objects.create(venue=city.hoerde.hall, first_day=shut, last_day=shut, reason="Malerarbeiten")
    response = client.post(path, opened(client, path, FORM) | weekly() | {"ansehen": ["1"]})
    page = Page(response.content.decode())
    assert "Noch ist nichts gespeichert." in page.text
    assert "fällt weg. Feiertag: Beispielfeiertag" in page.text
    assert "fällt weg. Haus geschlossen: Malerarbeiten" in page.text
    assert Offering.objects.count() == before
    kept = fields(response, FORM)
    assert kept["title"] == ["Beispielrunde"] and kept["weekdays"] == ["1"] and kept["minutes"] == ["90"]

    answer = client.post(path, kept | {"speichern": ["1"]})
    offering = Offering.objects.get(title="Beispielrunde")
    assert answer.status_code == 303 and answer["Location"].endswith(f"/angebote/{offering.pk}/")
    assert (offering.rule, offering.start, offering.minutes) == ("FREQ=WEEKLY;BYDAY=TU", dt.time(15), 90)
    assert offering.venue == city.hoerde.hall
    dates = coming(offering)
    assert len(dates) > 70 and {day.weekday() for day in dates} == {1}
    assert tuesday not in dates and shut not in dates
    assert offering.confirmed_at == timezone.localdate(), "she said that it is right"
    assert cards.differences() == []


def test_a_second_click_makes_no_second_offering(city: City):
    client, path = signed_in(city), new_path(city)
    shown = client.post(path, opened(client, path, FORM) | weekly() | {"ansehen": ["1"]})
    data = fields(shown, FORM) | {"speichern": ["1"]}
    first, second = client.post(path, data), client.post(path, data)
    assert (first.status_code, second.status_code) == (303, 303)
    assert first["Location"] == second["Location"]
    assert Offering.objects.filter(title="Beispielrunde").count() == 1


def test_what_was_changed_after_the_preview_is_shown_again(city: City):
    client, path = signed_in(city), new_path(city)
    shown = client.post(path, opened(client, path, FORM) | weekly() | {"ansehen": ["1"]})
    again = client.post(path, fields(shown, FORM) | {"weekdays": ["3"], "speichern": ["1"]})
    assert again.status_code == 200 and "So werden die Termine" in again.content.decode()
    assert not Offering.objects.filter(title="Beispielrunde").exists()
    assert client.post(path, fields(again, FORM) | {"speichern": ["1"]}).status_code == 303
    assert Offering.objects.get(title="Beispielrunde").rule == "FREQ=WEEKLY;BYDAY=TH"


def test_nothing_typed_is_lost_when_something_is_wrong(city: City):
    client, path = signed_in(city), new_path(city)
    data = opened(client, path, FORM) | weekly(
        title=[""], summary=["Mit Kaffee"], first_date=["nächste Woche"], start=["halb drei"]
    )
    response = client.post(path, data | {"ansehen": ["1"]})
    page = Page(response.content.decode())
    assert response.status_code == 200 and "Noch nicht gespeichert." in page.text
    kept = fields(response, FORM)
    assert kept["summary"] == ["Mit Kaffee"] and kept["first_date"] == ["nächste Woche"]
    assert kept["start"] == ["halb drei"] and kept["weekdays"] == ["1"]
    assert "«nächste Woche» ist kein Datum" in page.text


@pytest.mark.parametrize(
    "data",
    [
        {"kind": ["woche"]},
        {"kind": ["wochen"], "interval": ["2"], "first_date": ["4.1.2100"]},
        {"kind": ["monat"], "places": ["1"]},
        {"kind": ["monat"], "weekdays": ["1"]},
        {"kind": ["monat"], "weekdays": ["1", "2"], "places": ["1"]},
        {"kind": ["woche"], "weekdays": ["Dienstag"]},
    ],
)
def test_half_a_rhythm_is_asked_about(city: City, data: dict[str, Any]):
    client, path = signed_in(city), new_path(city)
    typed = opened(client, path, FORM) | {"title": ["Beispielrunde"], "start": ["15:00"]} | data
    response = client.post(path, typed | {"ansehen": ["1"]})
    assert response.status_code == 200 and "Noch nicht gespeichert." in Page(response.content.decode()).text


@pytest.mark.parametrize(
    ("data", "rule"),
    [
        ({"kind": ["woche"], "weekdays": ["0", "3"]}, "FREQ=WEEKLY;BYDAY=MO,TH"),
        ({"kind": ["wochen"], "weekdays": ["1"], "interval": ["2"]}, "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU"),
        ({"kind": ["monat"], "weekdays": ["1"], "places": ["1", "3"]}, "FREQ=MONTHLY;BYDAY=1TU,3TU"),
        ({"kind": ["monat"], "weekdays": ["4"], "places": ["-1"]}, "FREQ=MONTHLY;BYDAY=-1FR"),
    ],
)
def test_every_rhythm_becomes_its_rule_and_is_shown_again(city: City, data: dict[str, Any], rule: str):
    client, path = signed_in(city), new_path(city)
    first = german(in_days(3))
    answer = saved(client, path, weekly(weekdays=[]) | {"first_date": [first]} | data)
    offering = Offering.objects.get(title="Beispielrunde")
    assert offering.rule == rule and coming(offering)
    shown = opened(client, answer["Location"], FORM)
    for name, value in data.items():
        assert shown[name] == value


def test_once_and_single_days(city: City):
    client, path = signed_in(city), new_path(city)
    saved(client, path, weekly(title=["Fest"], kind=["einmal"], first_date=[german(in_days(9))]))
    fest = Offering.objects.get(title="Fest")
    assert coming(fest) == [in_days(9)] and fest.active_until == in_days(9)
    named = [in_days(5), in_days(20), in_days(400)]
    said = "\n".join(german(day) for day in named)
    answer = saved(client, path, weekly(title=["Vorträge"], kind=["tage"], days=[said]))
    talks = Offering.objects.get(title="Vorträge")
    assert coming(talks) == named and talks.rule == ""
    programme.extend(timezone.localdate())
    assert coming(talks) == named, "the nightly job leaves them alone"

    shown = opened(client, answer["Location"], FORM)
    assert shown["days"] == [said] and shown["kind"] == ["tage"]
    fewer = "\n".join(german(day) for day in (in_days(5), in_days(30)))
    saved(client, answer["Location"], {"days": [fewer], "start": ["16:00"]})
    assert coming(talks) == [in_days(5), in_days(30)]
    assert set(talks.occurrences.values_list("start", flat=True)) == {dt.time(16)}
    saved(client, answer["Location"], {"kind": ["woche"], "weekdays": ["2"], "first_date": [""]})
    assert {day.weekday() for day in coming(talks)} == {2}


def test_dates_that_somebody_touched_survive_a_new_rhythm(city: City):
    client, path = signed_in(city), new_path(city)
    answer = saved(client, path, weekly())
    offering = Offering.objects.get(title="Beispielrunde")
    moved, cancelled, third = offering.occurrences.order_by("date")[:3]
    one = f"{answer['Location']}termine/{moved.pk}/"
    assert client.post(one, opened(client, one, "termin") | {"start": ["17"], "end": [""]}).status_code == 303
    two = f"{answer['Location']}termine/{cancelled.pk}/"
    assert (
        client.post(two, opened(client, two, "termin") | {"off": ["on"], "note": ["Ferien"]}).status_code
        == 303
    )
    data = opened(client, answer["Location"], FORM) | {"weekdays": ["3"], "ansehen": ["1"]}
    shown = Page(client.post(answer["Location"], data).content.decode())
    assert "Von Hand eingetragen und weiter im Programm" in shown.text
    assert "Aus dem Programm fallen" in shown.text

    saved(client, answer["Location"], {"weekdays": ["3"]})
    kept = {row.pk: row for row in offering.occurrences.all()}
    assert kept[moved.pk].status == "verlegt" and kept[moved.pk].start == dt.time(17)
    assert kept[cancelled.pk].status == "ausgefallen" and kept[cancelled.pk].note == "Ferien"
    assert third.pk not in kept
    assert cards.differences() == []


def test_a_rule_that_the_form_cannot_say_is_told_and_kept_unless_replaced(city: City):
    special = "FREQ=WEEKLY;BYDAY=TU;BYMONTH=4,5,6,7,8,9"
    offering = Offering.objects.create(
        title="Sommerrunde", venue=city.hoerde.hall, rule=special, first_date=in_days(0), start=dt.time(15),
        rhythm_note="dienstags im Sommer",
    )  # fmt: skip
    programme.regenerate([offering], timezone.localdate())
    before = coming(offering)
    client = signed_in(city)
    path = reverse("begegnung:manage:offering", args=[city.hoerde.hall.slug, offering.pk])
    page = client.get(path)
    assert "dienstags im Sommer" in page.content.decode() and "wie bisher" in page.content.decode()
    kept = fields(page, FORM)
    assert kept["kind"] == ["bleibt"]
    assert client.post(path, kept | {"summary": ["Draußen"], "speichern": ["1"]}).status_code == 303
    offering.refresh_from_db()
    assert (offering.rule, offering.rhythm_note, offering.summary) == (
        special,
        "dienstags im Sommer",
        "Draußen",
    )
    assert coming(offering) == before
    saved(client, path, {"kind": ["woche"], "weekdays": ["1"]})
    offering.refresh_from_db()
    assert (offering.rule, offering.rhythm_note) == ("FREQ=WEEKLY;BYDAY=TU", "")
    assert len(coming(offering)) > len(before)


def test_words_about_an_old_time_go_with_it(city: City):
    offering = Offering.objects.create(
        title="Runde", venue=city.hoerde.hall, rule="FREQ=WEEKLY;BYDAY=TU", first_date=in_days(-30),
        start=dt.time(15), rhythm_note="Dienstag, 15 Uhr, wöchentlich",
    )  # fmt: skip
    client = signed_in(city)
    path = reverse("begegnung:manage:offering", args=[city.hoerde.hall.slug, offering.pk])
    saved(client, path, {"start": ["16"]})
    offering.refresh_from_db()
    assert (offering.start, offering.rhythm_note) == (dt.time(16), "")


def test_time_not_known_makes_no_date(city: City):
    client, path = signed_in(city), new_path(city)
    data = opened(client, path, FORM) | weekly(kind=["offen"], weekdays=[], start=[""], minutes=[""])
    assert client.post(path, data | {"speichern": ["1"]}).status_code == 303
    offering = Offering.objects.get(title="Beispielrunde")
    assert (offering.rule, offering.first_date, coming(offering)) == ("", None, [])


# Two at once


def test_the_second_editor_sees_both_values_of_text_and_rhythm(city: City):
    client = signed_in(city)
    answer = saved(client, new_path(city), weekly())
    path = answer["Location"]
    anna, berta = signed_in(city), signed_in(city)
    hers, theirs = opened(anna, path, FORM), opened(berta, path, FORM)
    seen = anna.post(path, hers | {"weekdays": ["3"], "summary": ["Mit Tee"], "ansehen": ["1"]})
    assert anna.post(path, fields(seen, FORM) | {"speichern": ["1"]}).status_code == 303
    second = berta.post(
        path,
        theirs
        | {"weekdays": ["4"], "summary": ["Mit Kaffee"], "title": ["Runde am Freitag"], "speichern": ["1"]},
    )
    page = Page(second.content.decode())
    assert second.status_code == 200
    assert "Diesen Eintrag hat inzwischen jemand anderes gespeichert." in page.text
    assert "Inzwischen gespeichert: «Mit Tee». Ihre Eingabe steht im Feld." in page.text
    assert "Inzwischen gespeichert: «jeden Donnerstag»" in page.text
    kept = fields(second, FORM)
    assert (kept["weekdays"], kept["summary"], kept["title"]) == (["4"], ["Mit Kaffee"], ["Runde am Freitag"])
    assert Offering.objects.get(title="Beispielrunde").rule == "FREQ=WEEKLY;BYDAY=TH"
    shown = berta.post(path, kept | {"speichern": ["1"]})
    assert "So werden die Termine" in shown.content.decode()
    assert berta.post(path, fields(shown, FORM) | {"speichern": ["1"]}).status_code == 303
    assert Offering.objects.get(title="Runde am Freitag").rule == "FREQ=WEEKLY;BYDAY=FR"


def test_the_second_editor_of_a_date_sees_both_values(city: City):
    client = signed_in(city)
    answer = saved(client, new_path(city), weekly())
    row = Offering.objects.get(title="Beispielrunde").occurrences.order_by("date")[0]
    path = f"{answer['Location']}termine/{row.pk}/"
    hers, theirs = opened(client, path, "termin"), opened(client, path, "termin")
    assert client.post(path, hers | {"note": ["Im Garten"]}).status_code == 303
    second = client.post(path, theirs | {"note": ["Im Saal"]})
    assert "Inzwischen gespeichert: «Im Garten»" in second.content.decode()
    assert fields(second, "termin")["note"] == ["Im Saal"]


# Single dates


def test_a_date_is_added_beside_the_rhythm_and_once(city: City):
    client = signed_in(city)
    answer = saved(client, new_path(city), weekly())
    offering = Offering.objects.get(title="Beispielrunde")
    sunday = next(in_days(n) for n in range(7, 14) if in_days(n).weekday() == 6)
    path = f"{answer['Location']}termine/neu/"
    data = opened(client, path, "termin")
    assert data["start"] == ["15:00"] and data["end"] == ["16:30"]
    for _ in range(2):
        assert client.post(path, data | {"date": [german(sunday)], "note": ["Ausflug"]}).status_code == 303
    assert offering.occurrences.filter(date=sunday, touched=True, status="geplant").count() == 1
    programme.regenerate([offering], timezone.localdate())
    assert offering.occurrences.filter(date=sunday).exists()
    wrong = client.post(path, data | {"date": ["31.2."], "start": ["16"], "end": ["15"]})
    assert "Das Ende liegt nicht nach dem Beginn." in wrong.content.decode()


def test_a_date_moves_and_comes_back(city: City):
    client = signed_in(city)
    answer = saved(client, new_path(city), weekly())
    row = Offering.objects.get(title="Beispielrunde").occurrences.order_by("date")[2]
    path = f"{answer['Location']}termine/{row.pk}/"
    day, other = row.date, row.date + dt.timedelta(days=1)
    assert client.post(path, opened(client, path, "termin") | {"date": [german(other)]}).status_code == 303
    row.refresh_from_db()
    assert (row.date, row.planned_date, row.status) == (other, day, "verlegt")
    new = f"{answer['Location']}termine/neu/"
    twice = client.post(new, opened(client, new, "termin") | {"date": [german(day)]})
    assert "ist verlegt auf" in twice.content.decode()
    assert client.post(path, opened(client, path, "termin") | {"date": [german(day)]}).status_code == 303
    row.refresh_from_db()
    assert (row.date, row.status) == (day, "geplant")


def test_a_hall_calls_a_date_off_and_changes_nothing_else(city: City):
    offering = next(row for row in city.hoerde.objects[Offering] if row.venue == city.hoerde.hall)
    row = offering.occurrences.get()
    client = signed_in(city, "halle-hoerde")
    path = reverse("begegnung:manage:offering_date", args=[offering.venue.slug, offering.pk, row.pk])
    assert client.post(path, opened(client, path, "termin") | {"off": ["on"]}).status_code == 303
    assert Occurrence.objects.get(pk=row.pk).status == "ausgefallen"
    page = client.get(reverse("begegnung:manage:offering", args=[offering.venue.slug, offering.pk]))
    assert (
        "ansehen, aber nicht ändern" in page.content.decode()
        and 'name="speichern"' not in page.content.decode()
    )


# Who is public, and how it will look


def test_a_hidden_offering_is_shown_as_it_would_look_and_stays_hidden(city: City):
    client, path = signed_in(city), new_path(city)
    data = weekly()
    page = client.post(
        path, {k: v for k, v in (opened(client, path, FORM) | data).items() if k != "published"}
    )
    client.post(path, fields(page, FORM) | {"speichern": ["1"]})
    offering = Offering.objects.get(title="Beispielrunde")
    assert not offering.published
    assert Client().get(offering.get_absolute_url()).status_code == 404
    preview = client.get(
        reverse("begegnung:manage:offering_preview", args=[offering.venue.slug, offering.pk])
    )
    assert preview.status_code == 200 and "<h1>Beispielrunde</h1>" in preview.content.decode()
    offering.refresh_from_db()
    assert not offering.published and offering.version == 1
    assert Client().get(offering.get_absolute_url()).status_code == 404
    assert cards.differences() == []


# Templates


def test_a_template_is_there_for_the_branches_and_begins_a_new_offering(city: City):
    client, world = signed_in(city), city.hoerde
    category = Category.objects.create(name="Spiele", slug="spiele")
    data = weekly(title=["Skatrunde"], kind=["wochen"], interval=["2"], first_date=[german(in_days(2))],
                  cost_note=["2 Euro"], categories=[str(category.pk)])  # fmt: skip
    answer = saved(client, new_path(city), data)
    keep = f"{answer['Location']}vorlage/"
    form = opened(client, keep, "vorlage") | {"carrier": [str(world.carrier.pk)]}
    for _ in range(2):
        assert client.post(keep, form).status_code == 303
    template = OfferingTemplate.objects.get(name="Skatrunde")
    assert template.carrier == world.carrier

    branch = make_user("ortsverein")
    make_membership(branch, Role.COORDINATION, carrier=world.branch)
    below = Client()
    below.force_login(branch)
    assert "Skatrunde" in below.get(reverse("begegnung:manage:templates")).content.decode()
    path = f"{new_path(city)}?vorlage={template.pk}"
    begun = opened(below, path, FORM)
    assert (
        begun["title"] == ["Skatrunde"] and begun["cost_note"] == ["2 Euro"] and begun["start"] == ["15:00"]
    )
    assert (begun["kind"], begun["weekdays"], begun["interval"]) == (["wochen"], ["1"], ["2"])
    assert begun["categories"] == [str(category.pk)]
    saved(below, path, {"title": ["Skatrunde am Abend"], "start": ["19"], "first_date": [german(in_days(2))]})
    made = Offering.objects.get(title="Skatrunde am Abend")
    assert list(made.categories.all()) == [category] and made.rule == "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU"

    one = reverse("begegnung:manage:template", args=[template.pk])
    assert below.post(one, {"entfernen": "1"}).status_code == 403, "it belongs to the Verband"
    stranger = signed_in(city, "koordination-caritas")
    assert stranger.get(one).status_code == 404
    theirs = reverse("begegnung:manage:offering_new", args=[city.hombruch.hall.slug])
    assert stranger.get(f"{theirs}?vorlage={template.pk}").status_code == 404
    assert client.post(one, opened(client, one, "vorlage") | {"entfernen": ["1"]}).status_code == 303
    assert not OfferingTemplate.objects.filter(pk=template.pk).exists() and made.pk


def test_another_offering_replaces_a_template_only_on_purpose(city: City):
    client, world = signed_in(city), city.hoerde
    answer = saved(client, new_path(city), weekly(title=["Skatrunde"]))
    keep = f"{answer['Location']}vorlage/"
    form = opened(client, keep, "vorlage") | {"carrier": [str(world.carrier.pk)]}
    client.post(keep, form)
    saved(client, answer["Location"], {"cost_note": ["3 Euro"]})
    asked = client.post(keep, form)
    assert "gibt es schon. Soll sie ersetzt werden?" in asked.content.decode()
    assert "cost_note" in OfferingTemplate.objects.get(name="Skatrunde").facts
    assert OfferingTemplate.objects.get(name="Skatrunde").facts["cost_note"] == ""
    assert client.post(keep, fields(asked, "vorlage") | {"replace": ["on"]}).status_code == 303
    assert OfferingTemplate.objects.get(name="Skatrunde").facts["cost_note"] == "3 Euro"


# Joint offerings


def together(city: City) -> tuple[Offering, str]:
    """An offering in AWO's hall that Caritas carries as well, 70 to 30."""
    client = signed_in(city)
    answer = saved(client, new_path(city), weekly())
    path = f"{answer['Location']}traeger/"
    own = city.hoerde.branch
    data = opened(client, path, "traeger") | {
        f"share_{own.pk}": ["70"], "add": [city.hombruch.carrier.name], "share_new": ["30"]
    }  # fmt: skip
    assert client.post(path, data).status_code == 303
    return Offering.objects.get(title="Beispielrunde"), answer["Location"]


def test_both_carriers_edit_and_both_are_named(city: City):
    offering, path = together(city)
    shares = dict(OfferingShare.objects.filter(offering=offering).values_list("carrier", "percent"))
    assert shares == {city.hoerde.branch.pk: 70, city.hombruch.carrier.pk: 30}
    public = Client().get(offering.get_absolute_url()).content.decode()
    assert f"{city.hombruch.carrier}" in public and f"{city.hoerde.branch}" in public

    other = signed_in(city, "koordination-caritas")
    listed = other.get(reverse("begegnung:manage:points")).content.decode()
    assert "Gemeinsam getragen, in Häusern anderer" in listed and "Beispielrunde" in listed
    saved(other, path, {"weekdays": ["4"], "summary": ["Von beiden"]})
    offering.refresh_from_db()
    assert (offering.rule, offering.summary) == ("FREQ=WEEKLY;BYDAY=FR", "Von beiden")
    venue = reverse("begegnung:manage:offerings", args=[offering.venue.slug])
    assert other.get(venue).status_code == 404, "the hall itself is not hers"


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"add": ["Gibtesnicht e. V."]}, "Diesen Träger kennt das Portal nicht."),
        ({"add": ["VerbandH"]}, "Damit können mehrere gemeint sein"),
        ({"share_new": ["30"]}, "Bitte den Namen des weiteren Trägers eintragen."),
        ({"own": ["70"]}, "Zusammen sind es 70 Prozent. Bitte auf 100 bringen."),
        ({"own": ["120"]}, "Mehr als 100 Prozent gibt es nicht."),
        ({"own": ["viel"]}, "Bitte eine ganze Zahl eintragen."),
        (
            {"add": ["{other}"], "own": ["70"]},
            "Bitte für jeden Träger einen Anteil eintragen, oder für keinen",
        ),
        ({"out": ["on"]}, "Ein Angebot braucht mindestens einen Träger."),
        ({"add": ["{own}"]}, "trägt das Angebot schon"),
    ],
)
def test_every_mistake_about_carriers_is_a_sentence(city: City, typed: dict[str, list[str]], sentence: str):
    client = signed_in(city)
    answer = saved(client, new_path(city), weekly())
    path, own = f"{answer['Location']}traeger/", city.hoerde.branch
    names = {"own": f"share_{own.pk}", "out": f"out_{own.pk}"}
    words = {"{other}": city.hombruch.carrier.name, "{own}": own.name}
    data = {names.get(name, name): [words.get(values[0], values[0])] for name, values in typed.items()}
    page = client.post(path, opened(client, path, "traeger") | data)
    assert page.status_code == 200 and sentence in Page(page.content.decode()).text
    for name, values in data.items():
        assert fields(page, "traeger")[name] == values
    assert not OfferingShare.objects.exclude(offering__venue=None).exists()


def test_nobody_locks_herself_out(city: City):
    offering, path = together(city)
    client = signed_in(city, "koordination-caritas")
    page = f"{path}traeger/"
    data = opened(client, page, "traeger") | {
        f"out_{city.hombruch.carrier.pk}": ["on"], f"share_{city.hoerde.branch.pk}": ["100"]
    }  # fmt: skip
    answer = client.post(page, data)
    assert "könnten Sie das Angebot selbst nicht mehr bearbeiten" in answer.content.decode()
    assert offering.carriers.count() == 2
    assert OfferingShare.objects.get(offering=offering, carrier=city.hombruch.carrier).percent == 30


def test_the_second_to_agree_on_shares_sees_both_values(city: City):
    _, path = together(city)
    anna, berta = signed_in(city), signed_in(city, "koordination-caritas")
    page, own, other = f"{path}traeger/", city.hoerde.branch.pk, city.hombruch.carrier.pk
    hers, theirs = opened(anna, page, "traeger"), opened(berta, page, "traeger")
    assert anna.post(page, hers | {f"share_{own}": ["60"], f"share_{other}": ["40"]}).status_code == 303
    second = berta.post(page, theirs | {f"share_{own}": ["50"], f"share_{other}": ["50"]})
    text = Page(second.content.decode()).text
    assert "Inzwischen gespeichert: «60 Prozent»" in text and "Inzwischen gespeichert: «40 Prozent»" in text
    assert fields(second, "traeger")[f"share_{own}"] == ["50"]
    assert berta.post(page, fields(second, "traeger")).status_code == 303
    assert OfferingShare.objects.get(carrier=other, offering__venue__isnull=False).percent == 50


# Points without a venue


def test_a_walk_needs_a_point_and_a_district_or_a_carrier(city: City):
    client, path = signed_in(city), reverse("begegnung:manage:point_new")
    data = opened(client, path, FORM) | weekly(title=["Seerunde"], carrier=[""], district=[""])
    wrong = Page(client.post(path, data | {"ansehen": ["1"]}).content.decode())
    assert "Bitte eintragen, wo man sich trifft." in wrong.text
    assert "Bitte einen Stadtbezirk oder einen Träger wählen." in wrong.text
    where = {"meeting_point": ["Phoenix-See"], "carrier": [str(city.hoerde.carrier.pk)]}
    saved(client, path, data | where)
    walk = Offering.objects.get(title="Seerunde")
    assert walk.venue is None and list(walk.carriers.all()) == [city.hoerde.carrier]
    assert "Seerunde" in client.get(reverse("begegnung:manage:points")).content.decode()
    stranger = signed_in(city, "koordination-caritas")
    assert "Seerunde" not in stranger.get(reverse("begegnung:manage:points")).content.decode()


def test_begegnung_vor_ort_adds_a_bench_in_its_own_district(city: City):
    client, path = signed_in(city, "vorort-hoerde"), reverse("begegnung:manage:point_new")
    page = client.get(path)
    assert city.hombruch.district.name not in page.content.decode()
    kept = fields(page, FORM)
    assert kept["district"] == [str(city.hoerde.district.pk)], "there is only one choice"
    saved(client, path, weekly(title=["Plauderbank"], meeting_point=["Am Brunnen"], carrier=[""]))
    bench = Offering.objects.get(title="Plauderbank")
    assert bench.district == city.hoerde.district and not bench.carriers.exists()
    foreign = weekly(title=["Fremd"], meeting_point=["X"], district=[str(city.hombruch.district.pk)])
    wrong = client.post(path, opened(client, path, FORM) | foreign | {"ansehen": ["1"]})
    assert wrong.status_code == 200 and not Offering.objects.filter(title="Fremd").exists()


# The door; what every page answers to whom is in tests/access/test_matrix.py


def test_no_word_of_the_other_world_stands_on_any_page(city: City):
    client, user = signed_in(city), city.people["koordination-awo"]
    foreign = set(city.hombruch.words)
    for name, page in OFFERING_PAGES.items():
        for kwargs, answers in page(city, user):
            if answers["get"] == {200}:
                text = client.get(reverse(name, kwargs=kwargs)).content.decode()
                assert not [word for word in foreign if word in text], (name, kwargs)


def statements(client: Client, path: str) -> int:
    with CaptureQueriesContext(connection) as seen:
        assert client.get(path).status_code == 200
    return len([one for one in seen if not one["sql"].startswith(("SAVEPOINT", "RELEASE"))])


def test_lists_take_a_fixed_number_of_statements(city: City):
    client, hall = signed_in(city), city.hoerde.hall
    paths = [
        reverse("begegnung:manage:offerings", args=[hall.slug]),
        reverse("begegnung:manage:points"),
        reverse("begegnung:manage:templates"),
        reverse("begegnung:manage:half_year", args=[hall.slug]),
    ]
    found = []
    for count in (2, 20):
        for number in range(count):
            row = Offering.objects.create(
                title=f"Runde {count}-{number}", venue=hall, rule="FREQ=WEEKLY;BYDAY=TU",
                first_date=in_days(-60), active_until=in_days(10), start=dt.time(15),
            )  # fmt: skip
            Occurrence.objects.create(offering=row, date=in_days(-3), start=dt.time(15))
            walk = Offering.objects.create(title=f"Weg {count}-{number}", meeting_point="Am See")
            walk.carriers.add(city.hoerde.carrier)
            OfferingTemplate.objects.create(carrier=city.hoerde.carrier, name=f"Vorlage {count}-{number}")
        found.append([statements(client, path) for path in paths])
    assert found[0] == found[1], found
    assert max(found[0]) <= 14, found


def test_the_form_takes_a_fixed_number_of_statements(city: City):
    client = signed_in(city)
    answer = saved(client, new_path(city), weekly())
    few = statements(client, answer["Location"])
    offering = Offering.objects.get(title="Beispielrunde")
    for number in range(20):
        Occurrence.objects.create(offering=offering, date=in_days(number), start=dt.time(9), touched=True)
        Carrier.objects.create(name=f"Träger {number}", slug=f"t-{number}")
        Venue.objects.create(name=f"Ort {number}", report_area="begegnung", district=city.hoerde.district)
    assert statements(client, answer["Location"]) <= few <= 18, few
