"""/bericht/ as people and scripts get it."""

import datetime as dt
import json
import re

import pytest
from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from seniorportal.figures.base import KEYS
from seniorportal.models import Carrier, Consultation, Venue
from seniorportal.report.chapters import CHAPTERS
from tests.figures.rows import (
    make_carrier,
    make_consultations,
    make_district,
    make_engagement,
    make_house,
    make_office,
    make_return,
    make_venue,
    make_visit,
    make_volunteer,
)

pytestmark = pytest.mark.django_db
FIGURE = {
    "key": str,
    "title": str,
    "area": str,
    "unit": str,
    "value": int,
    "total": int,
    "rounded": str,
    "definition": str,
    "coverage": (dict, type(None)),
    "estimated_share": (int, float, type(None)),
    "by_year": dict,
    "by_district": dict,
}


@pytest.fixture
def visitor() -> Client:
    return Client()


@pytest.fixture
def four_years():
    for name in ("Eving", "Hörde"):
        make_district(name)
    hall, office = make_venue(), make_office(district="Eving")
    for year in range(2014, 2018):
        make_visit(hall, "jahr", f"{year}-01-01", 1_000 + year)
        make_consultations(office, f"{year}-06-01", 12)
    return hall


def get_json(visitor: Client, period: str) -> dict:
    return json.loads(visitor.get(f"/bericht/{period}.json").content)


def figure(data: dict, key: str) -> dict:
    return next(figure for figure in data["figures"] if figure["key"] == key)


# --- data ---------------------------------------------------------------------------------------------


def test_json_has_exactly_the_shape_that_scripts_rely_on(visitor, four_years):
    data = get_json(visitor, "2014-2017")
    assert list(data) == ["period", "state", "figures"]
    assert data["period"] == {"from": "2014-01-01", "until": "2017-12-31"}
    assert data["state"] == "entwurf"
    assert tuple(figure["key"] for figure in data["figures"]) == KEYS
    for found in data["figures"]:
        assert list(found) == list(FIGURE)
        for name, kind in FIGURE.items():
            assert isinstance(found[name], kind), (found["key"], name)
        assert list(found["by_year"]) == ["2014", "2015", "2016", "2017"]
        assert list(found["by_district"]) == ["eving", "hoerde"]
        assert all(type(number) is int for number in found["by_year"].values())
        assert found["coverage"] is None or list(found["coverage"]) == ["reported", "active"]
    assert [found["area"] for found in data["figures"]] == [
        *["begegnung"] * 4,
        *["stadtteilzentrum"] * 4,
        *["seniorenbuero"] * 6,
    ]


def test_json_says_value_total_and_wording(visitor, four_years):
    visits = figure(get_json(visitor, "2014-2017"), "besuche")
    assert visits | {"definition": ""} == {
        "key": "besuche",
        "title": "Besuche im Jahr",
        "area": "begegnung",
        "unit": "Besuche",
        "value": 3016,
        "total": 12062,
        "rounded": "über 3.000",
        "definition": "",
        "coverage": {"reported": 1, "active": 1},
        "estimated_share": 0.0,
        "by_year": {"2014": 3014, "2015": 3015, "2016": 3016, "2017": 3017},
        "by_district": {"eving": 0, "hoerde": 3016},
    }


def test_one_changed_row_moves_the_exact_value(visitor, four_years):
    before = figure(get_json(visitor, "2017"), "besuche")["value"]
    visit = four_years.visits.get(first_day=dt.date(2017, 1, 1))
    visit.count += 1
    visit.save()
    assert figure(get_json(visitor, "2017"), "besuche")["value"] == before + 1
    consultation = Consultation.objects.filter(date__year=2017).first()
    consultation.delete()
    assert figure(get_json(visitor, "2017"), "beratungen")["value"] == 11


def test_json_hides_small_numbers_of_persons(visitor, four_years):
    hoerde = make_office()
    make_consultations(hoerde, "2017-02-01", 2)
    make_district("Brackel")
    found = figure(get_json(visitor, "2017"), "beratungen")
    assert found["by_district"] == {"brackel": 0, "eving": None, "hoerde": None}
    assert found["value"] == 14


# --- periods ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("ending", ["/", ".json"])
@pytest.mark.parametrize(
    "period",
    ["2013", "2018", "2013-2014", "2014-2018", "2017-2014", "2017-2017", "1999", "2099", "0000", "9999-9999"]
    + ["rubbish", "2017-", "-2017", "20-17", "2014-2015-2016", "2017%00", "２０１７", "2017 ", "2014–2017"],
)
def test_what_is_no_period_with_data_is_not_found(visitor, four_years, period, ending):
    assert visitor.get(f"/bericht/{period}{ending}").status_code == 404


@pytest.mark.parametrize("period", ["2014", "2017", "2014-2017", "2015-2016"])
def test_every_range_of_years_with_data_is_found(visitor, four_years, period):
    assert visitor.get(f"/bericht/{period}/").status_code == 200
    assert visitor.get(f"/bericht/{period}.json").status_code == 200


def test_the_running_year_is_a_draft_up_to_yesterday(visitor):
    today = timezone.localdate()
    yesterday = today - dt.timedelta(days=1)
    make_visit(make_venue(), "tag", str(yesterday), 7)
    make_visit(make_venue(), "tag", str(today), 70)
    data = get_json(visitor, str(yesterday.year))
    assert data["state"] == "entwurf"
    assert data["period"]["until"] == str(yesterday)
    assert figure(data, "besuche")["value"] == 7


def test_the_index_lists_runs_of_full_years_and_each_year(visitor, four_years):
    make_visit(four_years, "jahr", "2020-01-01", 5)
    page = visitor.get("/bericht/").content.decode()
    listed = re.findall(r'<li><a href="/bericht/([0-9-]+)/">', page)
    assert listed == ["2014-2017", "2020", "2017", "2016", "2015", "2014"]


def test_the_empty_portal_says_that_nothing_is_counted_yet(visitor):
    page = visitor.get("/bericht/")
    assert page.status_code == 200
    assert "Es ist noch nichts gezählt" in page.content.decode()


# --- the page -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", ["/bericht/", "/bericht/2017/", "/bericht/2017.json"])
def test_everybody_may_read_it_and_nobody_writes(visitor, four_years, path):
    response = visitor.get(path)
    assert response.status_code == 200
    assert "Cookie" not in response.get("Vary", "")
    assert not response.cookies
    assert visitor.head(path).status_code == 200
    assert visitor.post(path).status_code in (403, 405)


def test_statements_are_the_figures_and_three_more(visitor, four_years):
    for more in (0, 20):
        for _ in range(more):
            venue = make_venue()
            venue.carriers.add(make_carrier())
            make_visit(venue, "monat", "2016-05-01", 5)
        for path, number in (("/bericht/", 1), ("/bericht/2014-2017/", 17), ("/bericht/2014-2017.json", 17)):
            with CaptureQueriesContext(connection) as caught:
                assert visitor.get(path).status_code == 200
            assert len(caught) == number, (path, more)


def test_the_page_has_the_three_chapters_of_the_report(visitor, four_years):
    page = visitor.get("/bericht/2014-2017/").content.decode()
    assert page.count("<h1") == 1
    levels = [int(level) for level in re.findall(r"<h([1-6])", page)]
    assert all(after <= before + 1 for before, after in zip(levels, levels[1:], strict=False))
    for chapter in CHAPTERS:
        assert chapter.heading in page
    assert page.count(">Ziele</h3>") == page.count(">Herausforderungen</h3>") == 3
    assert page.count(">Zahlen &amp; Daten</h3>") == 3
    assert re.findall(r'data-kennzahl="(\w+)"', page) == list(KEYS)
    assert "über 3.000" in page and "genau 3.016 im Durchschnitt der Jahre 2014 bis 2017" in page
    assert "style=" not in page and not re.search(r"<script(?! src=)", page)


def test_every_word_of_the_report_is_kept():
    aims = [len(chapter.aims) for chapter in CHAPTERS]
    assert (aims, [len(chapter.challenges) for chapter in CHAPTERS]) == ([8, 6, 4], [5, 5, 2])
    text = repr(CHAPTERS)
    assert "Feien" not in text
    for words in (
        "Homosexuelle, Transsexuelle",
        "Alles unter einem Dach",
        "Lotsenfunktion",
        "Beratung zu Pflegegraden",
    ):
        assert words in text


def test_every_table_has_a_caption_and_heads(visitor, four_years):
    page = visitor.get("/bericht/2014-2017/").content.decode()
    tables = page.split("<table")[1:]
    assert len(tables) == 2 * 14 + 1
    for table in tables:
        assert "<caption>" in table and 'scope="col"' in table and 'scope="row"' in table


def test_hidden_numbers_are_said_in_words(visitor, four_years):
    make_consultations(make_office(), "2017-02-01", 2)
    make_consultations(make_office(district="Brackel"), "2017-02-01", 30)
    page = visitor.get("/bericht/2017/").content.decode()
    assert "weniger als 5" in page and "nicht genannt" in page
    assert "ebenso wenig eine weitere Zahl" in page


def test_carriers_come_from_the_data(visitor, four_years):
    awo = make_carrier(name="Beispielverband Eins", kind=Carrier.Kind.ASSOCIATION)
    two = make_carrier(name="Beispielverband Zwei", short_name="BZ", kind=Carrier.Kind.ASSOCIATION)
    city = make_carrier(name="Stadt Beispiel", kind=Carrier.Kind.MUNICIPALITY)
    branch = make_carrier(name="Ortsverein", kind=Carrier.Kind.BRANCH, parent=awo)
    below = make_carrier(name="Gruppe", kind=Carrier.Kind.BRANCH, parent=branch)
    four_years.carriers.add(below, make_carrier(name="Gemeinde", kind=Carrier.Kind.PARISH))
    make_house().carriers.add(awo)
    Venue.objects.get(report_area="seniorenbuero").carriers.add(city, two, awo)
    page = visitor.get("/bericht/2017/").content.decode()
    assert "Beispielverband Eins, dazu ein weiterer Träger" in page
    assert "Beispielverband Eins und BZ, gemeinsam mit: Stadt Beispiel" in page


def test_shares_and_gaps_are_said_in_words(visitor, four_years):
    make_return(make_venue(), 2017, visits=1006)
    make_venue()
    page = visitor.get("/bericht/2017/").content.decode()
    assert "75 % sind gezählt, 25 % geschätzt." in page
    assert "2 von 3 Begegnungsstätten haben gemeldet." in page


def test_a_distinct_total_says_so(visitor, four_years):
    volunteer = make_volunteer()
    make_engagement(volunteer, four_years, "2010-01-01")
    page = visitor.get("/bericht/2014-2017/").content.decode()
    assert "Im ganzen Zeitraum waren es 1 verschiedene." in page
    assert "Im ganzen Zeitraum zusammen: 12.062." in page


def test_the_committee_is_configuration(visitor, four_years):
    assert "Ausschuss für Soziales, Arbeit und Gesundheit" in visitor.get("/bericht/2017/").content.decode()
    with override_settings(
        PORTAL_REPORT_COMMITTEE="Beispielausschuss", PORTAL_REPORT_TITLE="Beispielbericht"
    ):
        page = visitor.get("/bericht/2017/").content.decode()
    assert "Beispielausschuss" in page and "<h1>Beispielbericht" in page


def test_example_rows_are_said_in_public(visitor, four_years):
    assert "Beispieldaten" not in visitor.get("/bericht/2017/").content.decode()
    make_venue(example=True)
    assert "Er beruht auf Beispieldaten" in visitor.get("/bericht/2017/").content.decode()
