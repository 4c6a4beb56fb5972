"""«Zahlen»: who sees which, what stands there, and that page, files and Kurzbericht say the same."""

import csv
import datetime as dt
import io
import json
import re
from html import unescape

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from seniorportal.models import Consultation, ConsultationTopic, District, Membership, Role
from tests.cast import City
from tests.figures import rows
from tests.public.html import check_page

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
LAST_YEAR = TODAY.year - 1


@pytest.fixture
def city(city: City) -> City:
    Consultation.objects.update(outcome="fehl")  # those of the cast
    return city


def signed_in(city: City, name: str) -> Client:
    client = Client()
    client.force_login(city.people[name])
    return client


def counted(city: City, number: int, month: int = 3, world: str = "hoerde", **fields) -> list[Consultation]:
    made = []
    for _ in range(number):
        office = getattr(city, world).office
        made.append(Consultation.objects.create(office=office, date=dt.date(LAST_YEAR, month, 10), **fields))
        made[-1].topics.set(ConsultationTopic.objects.all()[:1])
    return made


def ask(client: Client, year: int = LAST_YEAR, office: str = "", name: str = "desk:numbers"):
    query = {"jahr": str(year)} | ({"buero": office} if office else {})
    return client.get(reverse(name), query)


def read(answer) -> dict[str, dict[str, str]]:
    """By table what stands beside each label; the counters under «zaehler»."""
    text = answer.content.decode()
    found = {
        key: {strip(label): strip(value) for label, value in ROW.findall(table)}
        for key, table in re.findall(r'<table data-gliederung="(\w+)">(.*?)</table>', text, re.S)
    }
    found["zaehler"] = dict(re.findall(r'data-zaehler="(\w+)"><strong>([^<]*)</strong>', text))
    return found


ROW = re.compile(r'<th scope="row">(.*?)</th><td[^>]*>(.*?)</td>')


def strip(text: str) -> str:
    return unescape(text).strip()


def test_an_office_reads_its_year(city):
    counted(city, 7, channel="tel", outcome="info", is_first=True)
    counted(city, 5, month=9, channel="haus", outcome="beratung", is_first=False)
    counted(city, 2, channel="tel", outcome="fehl")
    counted(city, 9, world="hombruch")
    answer = ask(signed_in(city, "tandem-hoerde"))
    check_page(answer.content.decode())
    found = read(answer)
    assert found["zaehler"] == {"Anfragen": "7", "Beratungen": "12", "Fälle": "0"}
    assert found["weg"]["Telefon, eingehend"] == "7" and found["weg"]["Hausbesuch"] == "5"
    assert (
        found["monat"]["März"] == "7" and found["monat"]["September"] == "5" and found["monat"]["Mai"] == "0"
    )
    assert found["kontakt"] == {"erster Kontakt": "7", "weiterer Kontakt": "5"}
    assert (
        found["ergebnis"]["Information"] == "7" and "Fehlanruf (wird nicht gezählt)" not in found["ergebnis"]
    )
    assert found["thema"]["Wohnen"] == "12" and found["bezirk"]["nicht bekannt"] == "12"
    assert found["jahr"][str(LAST_YEAR)] == "12"
    assert "buero" not in found, "the tables of all offices are for whoever sees all"


def test_the_three_counters_are_defined_on_the_page(city):
    text = ask(signed_in(city, "tandem-hoerde")).content.decode()
    for words in (
        "Anfrage, Beratung, Fall: was zählt wann?",
        "Wer dreimal Rat sucht, zählt dreimal",
        "Fehlanruf",
    ):
        assert words in text


def test_small_numbers_are_not_told_anywhere(city):
    counted(city, 8, channel="tel")
    counted(city, 6, channel="haus")
    counted(city, 3, channel="brief")
    counted(city, 40, world="hombruch", channel="tel")
    client = signed_in(city, "tandem-hoerde")
    found = read(ask(client))
    assert found["weg"]["Brief"] == "weniger als 5"
    assert found["weg"]["Hausbesuch"] == "nicht genannt", "17 less 8 less 6 would tell it"
    assert found["weg"]["Telefon, eingehend"] == "8" and found["zaehler"]["Beratungen"] == "17"
    lines = list(csv.DictReader(io.StringIO(as_text(ask(client, name="desk:numbers_csv"))), delimiter=";"))
    told = {(line["gliederung"], line["auspraegung"]): line["wert"] for line in lines}
    assert told["weg", "Brief"] == told["weg", "Hausbesuch"] == ""
    assert told["weg", "Telefon, eingehend"] == "8" and told["zaehler", "Beratungen"] == "17"
    book = load_workbook(io.BytesIO(ask(client, name="desk:numbers_xlsx").content))
    ways = {row[0].value: row[1].value for row in book["Wege"].iter_rows(min_row=2)}
    assert ways["Brief"] == "weniger als 5" and ways["Telefon, eingehend"] == 8
    assert all(line == value for line, value in found["weg"].items()) is False  # texts here, numbers there


def as_text(answer) -> str:
    assert answer["Content-Disposition"].startswith('attachment; filename="beratungen-')
    return answer.content.decode().removeprefix("\ufeff")


def test_an_office_of_so_few_says_only_that(city):
    District.objects.create(name="Eving", slug="eving")
    counted(city, 3)
    counted(city, 20, world="hombruch")
    found = read(ask(signed_in(city, "tandem-hoerde")))
    assert found["zaehler"]["Beratungen"] == "weniger als 5" and set(found) == {"zaehler", "jahr"}
    assert found["jahr"][str(LAST_YEAR)] == "weniger als 5"
    other = read(ask(signed_in(city, "tandem-hombruch")))
    assert other["zaehler"]["Beratungen"] == "nicht genannt", "the Kurzbericht hides it too"


def test_whoever_sees_every_office_sees_the_city(city):
    counted(city, 8)
    counted(city, 12, world="hombruch")
    client = signed_in(city, "auswertung")
    answer = ask(client)
    check_page(answer.content.decode())
    found = read(answer)
    assert found["zaehler"]["Beratungen"] == "20"
    assert found["buero"] == {city.hoerde.office.name: "8", city.hombruch.office.name: "12"}
    one = read(ask(client, office=city.hombruch.office.slug))
    assert one["zaehler"]["Beratungen"] == "12" and "buero" not in one
    assert ask(client, office="stadt").status_code == 200


@pytest.mark.parametrize("name", ["desk:numbers", "desk:numbers_csv", "desk:numbers_xlsx"])
def test_who_may_not_see_an_office_finds_nothing(city, name):
    tandem = signed_in(city, "tandem-hoerde")
    assert ask(tandem, name=name).status_code == 200
    assert ask(tandem, office=city.hoerde.office.slug, name=name).status_code == 200
    for foreign in (city.hombruch.office.slug, "stadt", "gibtesnicht"):
        assert ask(tandem, office=foreign, name=name).status_code == 404
    for who in ("koordination-awo", "vorort-hoerde", "hausleitung-ekh", "redaktion", "technik"):
        assert ask(signed_in(city, who), name=name).status_code == 404, who
    away = ask(Client(), name=name)
    assert away.status_code == 302 and "/konto/login/" in away["Location"]
    assert tandem.post(reverse(name)).status_code == 405


def test_whoever_evaluates_one_carrier_does_not_get_the_city(city):
    membership = Membership.objects.get(user=city.people["auswertung"], role=Role.EVALUATION)
    membership.carrier = city.hoerde.office.carriers.first()
    membership.save()
    client = signed_in(city, "auswertung")
    assert ask(client, office="stadt").status_code == 404
    answer = ask(client)
    assert answer.status_code in (200, 404)
    if answer.status_code == 200:
        assert city.hombruch.office.slug not in answer.content.decode()


@pytest.mark.parametrize(
    "wanted", ["", "zwanzig", "1999", "2999", "-1", "20250", "２０２５", "2025'--", "x" * 500]
)
def test_a_year_without_numbers_is_said(city, wanted):
    answer = signed_in(city, "tandem-hoerde").get(reverse("desk:numbers"), {"jahr": wanted})
    assert answer.status_code == 200
    assert ("gibt es keine Zahlen" in answer.content.decode()) == bool(wanted)


def test_the_running_year_counts_up_to_yesterday_as_the_report_does(city):
    yesterday = TODAY - dt.timedelta(days=1)
    for day in (TODAY, yesterday, yesterday):
        for _ in range(3):
            Consultation.objects.create(office=city.hoerde.office, date=day)
    counted(city, 9)
    found = read(ask(signed_in(city, "tandem-hoerde"), year=TODAY.year))
    report = json.loads(Client().get(f"/bericht/{yesterday.year}.json").content)
    figure = next(one for one in report["figures"] if one["key"] == "beratungen")
    if yesterday.year == TODAY.year:
        assert found["zaehler"]["Beratungen"] == "6" == str(figure["by_district"][city.hoerde.district.slug])
        assert (
            f"Gezählt bis {yesterday.day}. "
            in ask(signed_in(city, "tandem-hoerde"), TODAY.year).content.decode()
        )


def test_the_page_costs_the_same_for_2_and_for_20_offices(city):
    def statements() -> int:
        with CaptureQueriesContext(connection) as caught:
            assert ask(client).status_code == 200
        return len([one for one in caught if one["sql"].startswith(("SELECT", "WITH", "\nWITH"))])

    client = signed_in(city, "auswertung")
    counted(city, 6)
    ask(client)
    first = statements()
    for number in range(18):
        district = District.objects.create(name=f"Bezirk {number:02}", slug=f"bezirk-{number:02}")
        office = rows.make_office(district=district.name)
        for day in range(1, 21):
            Consultation.objects.create(office=office, date=dt.date(LAST_YEAR, 1 + day % 12, day))
    assert statements() == first <= 16
