"""What an import writes, refuses, warns of and takes back."""

import datetime as dt

import pytest
from django.utils import timezone

from seniorportal.importing.undo import NotNow, undo
from seniorportal.models import Carrier, ContactPoint, ImportRun, Occurrence, Offering, OpeningHours, Venue
from tests.importing.files import OFFERINGS, VENUES, csv, load, make_reference, sentences

pytestmark = pytest.mark.django_db
HEAD = "name;traeger;strasse;stadtbezirk;telefon;email;oeffnungszeiten;jahr"
PLAN = "begegnungsstaette;titel;wochentag;beginn;ende;rhythmus;kosten"
TREFF = "Treff Süd;Stadt Dortmund;Gildenstraße 5;Hörde;0231 11111;a@b.de;Mo-Fr 10-12;2025"


@pytest.fixture(autouse=True)
def city() -> None:
    make_reference()


def everything() -> dict[str, list[tuple]]:
    """All that an import can touch, without keys and versions."""
    return {
        "venues": list(
            Venue.objects.values_list("name", "street", "district", "active_from").order_by("name")
        ),
        "contacts": list(ContactPoint.objects.values_list("venue__name", "value").order_by("value")),
        "hours": list(
            OpeningHours.objects.values_list("weekday", "opens", "closes").order_by("weekday", "opens")
        ),
        "offerings": list(
            Offering.objects.values_list("title", "rule", "start", "cost_note").order_by("title")
        ),
        "dates": list(Occurrence.objects.values_list("offering__title", "date", "start").order_by("date")),
        "carriers": list(Carrier.objects.values_list("name").order_by("name")),
    }


def test_a_new_venue_counts_from_today_unless_the_file_says_otherwise():
    load(VENUES, csv(HEAD, TREFF))
    venue = Venue.objects.get(name="Treff Süd")
    assert venue.active_from == timezone.localdate()
    assert (venue.district.name, venue.quarter.name, venue.latitude) == ("Hörde", "Quartier 8", 51.5)
    assert venue.meeting_place is not None
    assert [c.value for c in venue.contact_points.all()] == ["0231 11111", "a@b.de"]
    assert venue.opening_hours.count() == 5
    load(VENUES, csv(f"{HEAD};aktiv_ab", "Alt;Stadt Dortmund;Weg 2;Hörde;;;;;01.04.2014"))
    assert Venue.objects.get(name="Alt").active_from == dt.date(2014, 4, 1)


def test_an_update_changes_what_differs_and_unconfirms_it():
    load(VENUES, csv(HEAD, TREFF))
    Venue.objects.update(confirmed_at=timezone.localdate())
    outcome = load(
        VENUES, csv(HEAD, TREFF.replace("11111", "22222").replace("10-12", "9-12").replace("2025", "2026"))
    )
    assert outcome.counts["geaendert"] == 1
    assert {c.field for c in outcome.rows[0].journal.changes} >= {"Öffnungszeiten", "Nummer oder Adresse"}
    venue = Venue.objects.get()
    assert venue.confirmed_at is None and venue.source_year == 2026
    assert ContactPoint.objects.filter(value="0231 22222").count() == 1
    empty = load(VENUES, csv(HEAD, "TREFF SUED;;Gildenstr. 5;;;;;"))
    assert empty.counts["unveraendert"] == 1, "empty cells change nothing, another spelling is the same place"


@pytest.mark.parametrize(
    ("line", "why"),
    [
        (";Stadt Dortmund;Weg 1;Hörde;;;;", "Der Name fehlt"),
        ("Treff;;Weg 1;Atlantis;;;;", "kein Stadtbezirk"),
        ("Treff;;Weg 1;Quartier 3;;;;", "ist ein Quartier"),
        ("Treff;;Weg 1;Hörde;12;;;", "keine Telefonnummer"),
        ("Treff;;Weg 1;Hörde;;a@;;", "keine E-Mail"),
        ("Treff;;Weg 1;Hörde;;;;neulich", "kein Jahr"),
        ("Treff;;Weg 1;Hörde;;;Mo 12-10;", "Das Ende liegt nicht nach dem Anfang"),
    ],
)
def test_one_refused_row_and_nothing_is_written(line: str, why: str):
    outcome = load(VENUES, csv(HEAD, TREFF, line))
    assert outcome.refused and outcome.run is None
    assert why in sentences(outcome)[0]
    assert not Venue.objects.exists() and not Carrier.objects.exists() and not ImportRun.objects.exists()


def test_two_that_fit_are_refused():
    for name in ("Hörde", "Hombruch"):
        load(VENUES, csv(HEAD, f"Bürgerhaus;Stadt Dortmund;;{name};;;;"))
    assert Venue.objects.count() == 2
    assert "mehrmals" in sentences(load(VENUES, csv(HEAD, "Bürgerhaus;;;;;;;")))[0]
    assert "mehrmals" in sentences(load(OFFERINGS, csv(PLAN, "Bürgerhaus;Schach;Mo;14;;wöchentlich;")))[0]


def test_the_same_place_twice_in_one_file():
    assert load(VENUES, csv(HEAD, TREFF, TREFF)).counts["unveraendert"] == 1
    assert Venue.objects.count() == 1
    other = load(VENUES, csv(HEAD, TREFF, TREFF.replace("11111", "33333")))
    assert "mit anderen Angaben" in sentences(other)[0]


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("Treff;;Mo;14;;wöchentlich;", "Der Titel fehlt"),
        ("Treff;Schach;Mo;25:00;;wöchentlich;", "keine Uhrzeit"),
        ("Treff;Schach;Mo;14;13;wöchentlich;", "nicht nach dem Beginn"),
        ("Treff;Schach;Mo;14;;einmalig 31.02.2026;", "gibt es nicht"),
        ("Treff;Schach;Mo;14;;wöchentlich;5,,0 €", "kein Betrag"),
    ],
)
def test_refused_offerings(line: str, why: str):
    outcome = load(OFFERINGS, csv(PLAN, line))
    assert why in sentences(outcome)[0] and not Venue.objects.exists()


def test_warnings_are_written_all_the_same():
    outcome = load(
        OFFERINGS,
        csv(PLAN, "Irgendwo in Hörde;Schach;;halb drei;;;", "Irgendwo in Hörde;Bingo;Mo;14;;ab und zu;"),
    )
    assert outcome.counts == {"neu": 2, "geaendert": 0, "unveraendert": 0, "abgelehnt": 0, "gewarnt": 2}
    said = "\n".join(sentences(outcome, "warnings"))
    assert (
        "Der Wochentag fehlt" in said
        and "«halb drei» ist keine Uhrzeit" in said
        and "keinen festen Rhythmus" in said
    )
    venue = Venue.objects.get()
    assert venue.district.name == "Hörde" and not venue.contact_points.exists()
    assert not Occurrence.objects.exists()


def test_dates_of_imported_offerings():
    load(VENUES, csv(HEAD, TREFF))
    load(
        OFFERINGS,
        csv(
            PLAN,
            "Treff Süd;Schach;Mo;14.30 Uhr;16;wöchentlich;2 €",
            "Treff Süd;Fest;;15;;06.09.2036, 13.09.2036;",
        ),
    )
    schach, fest = Offering.objects.get(title="Schach"), Offering.objects.get(title="Fest")
    assert (schach.rule, schach.minutes, schach.cost_note) == ("FREQ=WEEKLY;BYDAY=MO", 90, "2 €")
    assert schach.occurrences.count() > 60 and schach.confirmed_at is None
    assert [str(o.date) for o in fest.occurrences.order_by("date")] == [
        "2036-09-13"
    ]  # the first is 18 months away


def test_undo_takes_everything_back():
    empty = everything()
    first = load(VENUES, csv(HEAD, TREFF))
    before = everything()
    changed = load(
        VENUES,
        csv(
            HEAD,
            TREFF.replace("11111", "22222").replace("10-12", "Di 9-12"),
            "Haus;AWO Ortsverein Nord;Weg 3;Eving;;;;",
        ),
    )
    planned = load(OFFERINGS, csv(PLAN, "Haus;Schach;Mo;14;;wöchentlich;", "Park;Boule;Di;15;;wöchentlich;"))
    assert everything() != before
    for outcome in (planned, changed):
        result = undo(outcome.run.pk)
        assert not result.left and result.restored == 2
    assert everything() == before
    undo(first.run.pk)
    assert everything() == empty
    for number, why in ((first.run.pk, "schon zurückgenommen"), (999_999, "gibt es nicht")):
        with pytest.raises(NotNow, match=why):
            undo(number)


def test_undo_leaves_what_somebody_edited_later():
    outcome = load(
        VENUES, csv(HEAD, TREFF, "Haus;Stadt Dortmund;Weg 3;Eving;;;;", "Hof;Stadt Dortmund;Weg 4;Eving;;;;")
    )
    house, yard = Venue.objects.get(name="Haus"), Venue.objects.get(name="Hof")
    house.stop = "Markt"
    house.save()
    Offering.objects.create(title="Später", venue=yard)
    result = undo(outcome.run.pk)
    assert [(row.line, row.title) for row in result.left] == [(2, "Treff Süd"), (3, "Haus"), (4, "Hof")]
    assert (
        "seitdem bearbeitet" in result.left[1].left_alone and "hängt inzwischen" in result.left[2].left_alone
    )
    assert {venue.name for venue in Venue.objects.all()} == {"Haus", "Hof"}
    assert Carrier.objects.filter(name="Stadt Dortmund").exists(), "the Träger is still needed, and is named"


def test_undo_restores_offerings_and_their_dates():
    load(VENUES, csv(HEAD, TREFF))
    load(OFFERINGS, csv(PLAN, "Treff Süd;Schach;Mo;14;;wöchentlich;"))
    before = everything()
    changed = load(OFFERINGS, csv(PLAN, "Treff Süd;Schach;Mo;14;16;jeden 1. Montag im Monat;3 €"))
    assert changed.counts["geaendert"] == 1 and Offering.objects.get().rule == "FREQ=MONTHLY;BYDAY=1MO"
    assert Offering.objects.get().occurrences.count() < 30
    undo(changed.run.pk)
    assert everything() == before
