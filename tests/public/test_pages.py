"""Every public page, seen as a visitor without cookies sees it."""

import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone

from seniorportal.models import (
    AccessibilityFact,
    CalendarDay,
    Closure,
    Occurrence,
    Offering,
    OpeningHours,
    Venue,
)
from tests.public.html import Page, check_page
from tests.public.town import (
    answer_always,
    make_carrier,
    make_date,
    make_district,
    make_house,
    make_offering,
    make_office,
    make_venue,
)

pytestmark = pytest.mark.django_db


def read(client: Client, path: str, status: int = 200) -> Page:
    response = client.get(path)
    assert response.status_code == status, path
    assert not response.cookies, path
    assert "Cookie" not in response.get("Vary", ""), path
    return check_page(response.content.decode())


@pytest.fixture
def town():
    """One of everything that has a page."""
    carrier = make_carrier()
    office, house = make_office(), make_house()
    hall = make_venue("Beispielhalle", phone="0231 12-345", street="Beispielweg 1", postal_code="44263")
    hall.carriers.add(carrier)
    coffee = make_offering(venue=hall)
    make_date(coffee)
    make_date(make_offering("Tanzcafé", venue=house), in_days=2)
    make_offering("Bingo", venue=house)
    return {"office": office, "house": house, "hall": hall, "coffee": coffee}


def test_every_public_page_is_well_built(client, town):
    paths = [
        "/",
        "/angebote/",
        town["coffee"].get_absolute_url(),
        "/begegnung/",
        town["hall"].get_absolute_url(),
        "/eugen-krautscheid-haus/",
        "/seniorenbueros/",
        "/seniorenbueros/hoerde/",
    ]
    for path in paths:
        page = read(client, path)
        for link in page.all("a"):
            target = link["href"] or ""
            if target.startswith("/") and not target.startswith("/bericht/"):  # asks for years with figures
                answer = Client().get(target)  # another visitor: some links keep something
                assert answer.status_code in (200, 302), f"{path} links to {target}: {answer.status_code}"


def test_every_public_page_stands_in_an_empty_database(client):
    for path in ("/", "/angebote/", "/begegnung/", "/seniorenbueros/"):
        read(client, path)
    read(client, "/eugen-krautscheid-haus/", status=404)


def test_home_shows_today_the_week_and_the_offices(client, monkeypatch):
    noon = timezone.make_aware(dt.datetime(2026, 11, 23, 12))
    monkeypatch.setattr("django.utils.timezone.now", lambda: noon)
    make_office("Hörde")
    make_date(make_offering("Singkreis"), in_days=0, start=dt.time(15))
    make_date(make_offering("Frühstück"), in_days=0, start=dt.time(8), end=dt.time(10))
    make_date(make_offering("Ausflug"), in_days=3)
    make_date(make_offering("Weit weg"), in_days=7)
    page = read(client, "/")
    assert "Heute, Montag, 23. November" in page.text
    assert "Singkreis" in page.text and "Ausflug" in page.text
    assert "Frühstück" not in page.text  # over since ten
    assert "Weit weg" not in page.text
    assert page.with_attribute("data-seniorenbuero") == ["hoerde"]


def test_home_names_how_many_more_there_are_today(client, monkeypatch):
    noon = timezone.make_aware(dt.datetime(2026, 11, 23, 12))
    monkeypatch.setattr("django.utils.timezone.now", lambda: noon)
    hall = make_venue()
    for number in range(8):
        make_date(make_offering(f"Runde {number}", venue=hall), in_days=0, start=dt.time(15))
    page = read(client, "/")
    assert len(page.with_attribute("data-angebot")) == 5
    assert "Heute gibt es noch 3 weitere Termine" in page.text


def test_the_list_counts_and_pages_in_time_order(client):
    hall = make_venue()
    for number in range(1, 26):
        make_date(make_offering(f"Runde {number:02}", venue=hall), in_days=number)
    first, second = read(client, "/angebote/"), read(client, "/angebote/?seite=2")
    assert "25 Angebote" in first.text and first.with_attribute("data-anzahl") == [None]
    assert len(first.with_attribute("data-angebot")) == 20
    assert len(second.with_attribute("data-angebot")) == 5
    assert first.text.index("Runde 01") < first.text.index("Runde 20")
    assert "Seite 2 von 2" in second.text


@pytest.mark.parametrize("value", ["abc", "0", "-1", "1.5", "", "9" * 30, "٣", "1'--", "\x00"])
def test_a_broken_page_number_is_said_in_german(client, value):
    make_date(make_offering())
    response = client.get("/angebote/", {"seite": value})
    assert response.status_code == 200
    page = check_page(response.content.decode())
    assert page.with_attribute("data-ignoriert") == [None]
    assert "Seitenzahl" in page.text
    assert "Kaffeenachmittag" in page.text


def test_a_page_past_the_end_shows_the_last_one(client):
    make_date(make_offering())
    page = read(client, "/angebote/?seite=7")
    assert "Eine Seite 7 gibt es nicht. Sie sehen die letzte Seite." in page.text
    assert "Kaffeenachmittag" in page.text


def test_an_unknown_parameter_is_named_and_nothing_is_smuggled_in(client):
    page = read(client, "/angebote/?farbe=rot")
    assert "Die Angabe „farbe“ in der Adresse kennen wir nicht." in page.text
    page = read(client, "/angebote/?<script>alert(1)</script>=1")
    assert "alert(1)" not in page.text and all("src" in one for one in page.all("script"))
    assert "Eine Angabe in der Adresse kennen wir nicht." in page.text


def test_offerings_without_any_time_close_the_list(client):
    hall = make_venue()
    make_offering("Handarbeit", venue=hall)
    for number in range(25):
        make_date(make_offering(f"Runde {number}", venue=hall))
    first, last = read(client, "/angebote/"), read(client, "/angebote/?seite=2")
    assert "Handarbeit" not in first.text
    assert "Zeit bitte erfragen" in last.text and "Handarbeit" in last.text


def test_an_ended_single_date_is_not_taken_for_an_unknown_time(client):
    make_date(make_offering("Sommerfest"), in_days=-3)
    assert "Sommerfest" not in read(client, "/angebote/").text


def test_the_four_states_of_a_date(client):
    today = timezone.localdate()
    sure, off, moved = (make_offering(f"Sicher {n}", confirmed_at=today) for n in range(3))
    old = make_offering("Lange her", confirmed_at=today - dt.timedelta(days=200))
    make_date(sure, 1)
    make_date(off, 2, status=Occurrence.Status.CANCELLED)
    make_date(moved, 3, status=Occurrence.Status.MOVED, note="Jetzt im Gemeindehaus")
    make_date(old, 4)
    text = read(client, "/angebote/").text
    assert [
        text.index(words)
        for words in ("Findet statt", "Fällt aus", "Verlegt", "Geplant. Bitte rufen Sie vorher an.")
    ]
    assert "Jetzt im Gemeindehaus" in text


def test_an_unknown_start_is_to_be_asked_for(client):
    make_date(make_offering(), start=None)
    assert "Zeit bitte erfragen" in read(client, "/angebote/").text


def test_the_page_of_an_offering_says_what_is_known_and_what_is_not(client):
    hall = make_venue("Beispielhalle", street="Beispielweg 1")
    AccessibilityFact.objects.create(venue=hall, feature="wc", value="teilweise", note="Schlüssel am Empfang")
    hall.carriers.add(make_carrier())
    offering = make_offering(venue=hall, is_free=True, source_year=2019)
    make_date(offering)
    text = read(client, offering.get_absolute_url()).text
    assert "Rollstuhl-WC teilweise – Schlüssel am Empfang" in text
    assert "nicht bekannt – bitte fragen Sie stufenloser Eingang, Aufzug" in text
    assert "kostenlos" in text and "Beispielverband" in text
    assert "Diese Angaben stammen aus dem Jahr 2019 und sind noch nicht bestätigt." in text


def test_the_telephone_block_speaks_the_agreed_words(client):
    office = make_office(phone="0231 50-23311")
    answer_always(office)
    text = read(client, "/seniorenbueros/hoerde/").text
    assert "Rufen Sie gern an: 02 31 / 5 02 33 11 · Heute bis 23.59 Uhr geht jemand ans Telefon." in text


def test_an_offering_without_a_number_of_its_own_leads_to_the_office_of_its_district(client):
    make_office(phone="0231 50-23311")
    offering = make_offering(venue=make_venue())
    assert "Es meldet sich: Seniorenbüro Hörde" in read(client, offering.get_absolute_url()).text


@pytest.mark.parametrize(
    "path", ["/angebote/{pk}/", "/angebote/{pk}-alter-titel/", "/angebote/{pk}-ümlaut%00/"]
)
def test_any_other_slug_leads_to_the_right_address(client, path):
    offering = make_offering()
    response = client.get(path.format(pk=offering.pk))
    assert response.status_code == 302
    assert response["Location"] == offering.get_absolute_url()


def test_example_rows_are_plainly_called_so(client):
    hall = make_venue("Beispielhalle", example=True)
    offering = make_offering(venue=hall, example=True)
    make_date(offering, example=True)
    for path in ("/", "/angebote/", offering.get_absolute_url(), "/begegnung/", hall.get_absolute_url()):
        text = read(client, path).text
        assert " Beispiel " in text
        assert "„Beispiel“ heißt: Dieser Eintrag ist erfunden." in text


def test_unpublished_and_ended_things_are_not_shown(client):
    hidden = make_venue("Versteckt", published=False)
    gone = make_venue("Geschlossen", active_until=timezone.localdate() - dt.timedelta(days=1))
    quiet = make_offering("Still", venue=hidden)
    make_date(quiet)
    assert "Still" not in read(client, "/angebote/").text
    read(client, quiet.get_absolute_url(), status=404)
    read(client, hidden.get_absolute_url(), status=404)
    places = read(client, "/begegnung/")
    assert "Versteckt" not in places.text and "Geschlossen" not in places.text
    assert "gibt es seit dem" in read(client, gone.get_absolute_url()).text


def test_meeting_places_come_by_district_and_can_be_narrowed_to_one(client):
    make_venue("Haus am See", district=make_district("Hörde"))
    make_venue("Haus am Berg", district=make_district("Aplerbeck"))
    make_venue("Irgendwo", district=None)
    page = read(client, "/begegnung/")
    assert "3 Begegnungsstätten" in page.text
    assert page.with_attribute("data-ort") == ["haus-am-berg", "haus-am-see", "irgendwo"]
    page = read(client, "/begegnung/?bezirk=hoerde")
    assert "1 Begegnungsstätte in Hörde" in page.text
    assert page.with_attribute("data-ort") == ["haus-am-see"]
    page = read(client, "/begegnung/?bezirk=hoerde&bezirk=aplerbeck&bezirk=atlantis")
    assert len(page.with_attribute("data-ort")) == 2
    assert "Ein Wert für „bezirk“ in der Adresse ist uns nicht bekannt." in page.text


def test_a_place_shows_its_programme_hours_and_closures(client):
    hall = make_venue("Beispielhalle", phone="0231 12-345")
    today = timezone.localdate()
    for weekday in range(7):
        OpeningHours.objects.create(venue=hall, weekday=weekday, opens=dt.time(0), closes=dt.time(23, 59))
    Closure.objects.create(
        venue=hall, first_day=today + dt.timedelta(30), last_day=today + dt.timedelta(40), reason="Umbau."
    )
    make_date(make_offering("Schach", venue=hall, confirmed_at=today), in_days=5)
    make_offering("Stricken", venue=hall, rhythm_note="jeden zweiten Dienstag")
    text = read(client, hall.get_absolute_url()).text
    assert "Montag: 0 bis 23.59 Uhr" in text and "Heute bis 23.59 Uhr geöffnet." in text
    assert "Umbau." in text
    assert text.index("Schach") < text.index("Findet statt") < text.index("Stricken")
    assert "jeden zweiten Dienstag" in text


def test_a_programme_comes_in_time_order(client):
    hall = make_venue("Beispielhalle")
    for title, hour in (("Abendchor", 18), ("Bingo", 9), ("Café", 15)):
        make_date(make_offering(title, venue=hall), in_days=1, start=dt.time(hour))
    make_date(make_offering("Anruf genügt", venue=hall), in_days=1, start=None)
    text = read(client, hall.get_absolute_url()).text
    places = [text.index(title) for title in ("Bingo", "Café", "Abendchor", "Anruf genügt")]
    assert places == sorted(places)


def test_the_house_shows_its_programme(client, town):
    page = read(client, "/eugen-krautscheid-haus/")
    assert "2 Angebote" in page.text
    assert "Alles unter einem Dach" in page.text and "Träger ist die AWO." in page.text


def test_an_area_of_the_report_has_its_own_pages(client, town):
    read(client, f"/begegnung/{town['office'].slug}/", status=404)
    read(client, f"/begegnung/{town['house'].slug}/", status=404)


@pytest.mark.parametrize(
    "path",
    [
        "/angebote/0-x/",
        "/angebote/99999999999999999999-x/",
        "/angebote/" + "9" * 5000 + "-x/",
        "/angebote/-1-x/",
        "/angebote/1%00-x/",
        "/begegnung/nirgends/",
        "/begegnung/%00/",
        "/begegnung/%ff%fe/",
        "/seniorenbueros/atlantis/",
        "/seniorenbueros/seniorenbuero-hoerde/",
        "/gibt-es-nicht/",
        "/%2e%2e/%2e%2e/etc/passwd",
        "/angebote/<script>/",
    ],
)
def test_rubbish_in_a_path_is_a_german_404(client, path):
    page = read(client, path, status=404)
    assert "Diese Seite gibt es hier nicht" in page.text


@pytest.mark.parametrize(
    "path", ["/", "/angebote/", "/begegnung/", "/eugen-krautscheid-haus/", "/seniorenbueros/"]
)
@pytest.mark.parametrize(
    "query",
    ["q=%00", "bezirk=%ff", "seite=%F0%9F%98%80", "%00=%00", "&&==&", "seite=1&seite=x", "von=31.31.31"],
)
def test_rubbish_in_a_query_is_answered_with_200(client, town, path, query):
    assert client.get(f"{path}?{query}").status_code == 200


# --- the price of a page: the same number of statements at 2 and at 20 rows ------------------------------------------


def fill(rows: int) -> None:
    for number in range(rows):
        district = make_district(f"Bezirk {number % 3}")
        venue = make_venue(f"Haus {number}", district=district, phone=f"0231 50-{number:05}")
        venue.carriers.add(make_carrier(f"Verband {number}"))
        make_date(make_offering(f"Runde {number}", venue=venue), in_days=number % 5)
        make_offering(f"Zeitlos {number}", venue=venue)
        make_office(f"Bezirk {number}", phone=f"0231 51-{number:05}")


@pytest.mark.parametrize("rows", [2, 20])
@pytest.mark.parametrize(
    ("path", "statements"), [("/", 2), ("/angebote/", 2), ("/begegnung/", 2), ("/seniorenbueros/", 3)]
)
def test_lists_cost_the_same_at_two_and_at_twenty_rows(
    client, django_assert_num_queries, rows, path, statements
):
    fill(rows)
    client.get(path)
    with django_assert_num_queries(statements):
        client.get(path)


def crowd(venue: Venue, rows: int) -> Offering:
    """A place with ``rows`` of everything that its page shows."""
    for number in range(rows):
        venue.carriers.add(make_carrier(f"Verband {number}"))
        Closure.objects.create(
            venue=venue,
            first_day=timezone.localdate() + dt.timedelta(number),
            last_day=timezone.localdate() + dt.timedelta(number),
        )
        offering = make_offering(f"Runde {number}", venue=venue)
    for number in range(rows):
        make_date(offering, in_days=number)
        OpeningHours.objects.create(venue=venue, weekday=number % 7, opens=dt.time(9), closes=dt.time(10))
    return offering


@pytest.mark.parametrize("rows", [2, 20])
@pytest.mark.parametrize("phone", ["0231 50-12345", ""])
def test_pages_of_one_thing_cost_the_same_at_two_and_at_twenty_rows(
    client, django_assert_num_queries, rows, phone
):
    """offering: itself with dates and what is nearby; place: its programme too; house and office, whose own place is
    not known here: what else their district has. The office comes along with each, whether it is needed or not."""
    make_office()
    hall = make_venue("Beispielhalle", phone=phone, latitude=51.49, longitude=7.51)
    offering = crowd(hall, rows)
    house = make_house()
    for path, statements in (
        (offering.get_absolute_url(), 1),
        (hall.get_absolute_url(), 2),
        (house.get_absolute_url(), 3),
        ("/seniorenbueros/hoerde/", 3),
        (f"/nummer/angebot/{offering.pk}/", 1),
        (f"/nummer/ort/{hall.slug}/", 1),
    ):
        client.get(path)
        with django_assert_num_queries(statements):
            client.get(path)


# --- what is around -------------------------------------------------------------------------------------------------


def test_after_the_last_date_of_a_day_home_shows_tomorrow(client, monkeypatch):
    evening = timezone.make_aware(dt.datetime(2026, 11, 23, 21))
    monkeypatch.setattr("django.utils.timezone.now", lambda: evening)
    make_date(make_offering("Singkreis"), in_days=0, start=dt.time(15))
    make_date(make_offering("Frühstück"), in_days=1, start=dt.time(9))
    make_date(make_offering("Ausflug"), in_days=3)
    page = read(client, "/")
    assert "Heute ist nichts mehr. Morgen: " in page.text
    assert (
        page.text.index("Morgen:") < page.text.index("Frühstück") < page.text.index("In den nächsten Tagen")
    )
    assert (
        page.text.count("Frühstück") == 1 + page.text.count("Haus Frühstück") and "Singkreis" not in page.text
    )


@pytest.mark.parametrize("path", ["/", "/seniorenbueros/"])
def test_the_finder_stands_where_people_look_for_an_office(client, path):
    make_office("Hörde")
    page = read(client, path)
    assert "Wo wohnt die Person, um die es geht?" in page.text
    assert [form["action"] for form in page.all("form")] == ["/seniorenbueros/finden/"]
    assert page.with_attribute("data-seniorenbuero") == ["hoerde"]


def test_a_closed_place_says_when_it_opens_next(client, monkeypatch):
    evening = timezone.make_aware(dt.datetime(2026, 11, 23, 19))
    monkeypatch.setattr("django.utils.timezone.now", lambda: evening)
    hall = make_venue("Beispielhalle")
    for weekday, opens in ((0, 9), (1, 9), (3, 14)):
        OpeningHours.objects.create(venue=hall, weekday=weekday, opens=dt.time(opens), closes=dt.time(16))
    assert (
        "Heute nicht mehr geöffnet. Morgen ab 9 Uhr geöffnet." in read(client, hall.get_absolute_url()).text
    )
    CalendarDay.objects.create(date=dt.date(2026, 11, 24), public_holiday="Beispieltag")
    assert "Am Donnerstag ab 14 Uhr geöffnet." in read(client, hall.get_absolute_url()).text


def test_a_programme_names_the_dates_of_the_coming_weeks(client):
    hall = make_venue("Beispielhalle")
    chess = make_offering("Schach", venue=hall)
    for in_days in (1, 8, 15, 60):
        make_date(chess, in_days)
    off = make_date(chess, 22, status=Occurrence.Status.CANCELLED)
    text = read(client, hall.get_absolute_url()).text
    told = text[text.index("Danach:") : text.index("Geplant.")]
    assert told.count("·") == 2 and "(fällt aus)" in told
    assert f"{off.date.day}. " in told


def test_what_is_nearby_crosses_the_border_of_the_district(client):
    make_office()
    hall = make_venue("Halle", latitude=51.49, longitude=7.50)
    near = make_venue("Gleich drüben", district=make_district("Aplerbeck"), latitude=51.491, longitude=7.501)
    make_venue("Weit draußen", latitude=51.60, longitude=7.40)
    make_venue("Versteckt", latitude=51.49, longitude=7.50, published=False)
    make_date(make_offering("Tanztee", venue=near, confirmed_at=timezone.localdate()), in_days=2)
    text = read(client, hall.get_absolute_url()).text
    around = text[text.index("Auch in der Nähe") : text.index("Servicetelefon der Stadt")]
    assert around.index("Weit draußen") < around.index("Gleich drüben")  # the own district first
    assert "Als Nächstes: Tanztee" in around and "gleich nebenan" in around
    assert "Versteckt" not in around and "Seniorenbüro" not in around
    lost = make_venue("Ohne Adresse")
    assert "Weit draußen" in read(client, lost.get_absolute_url()).text


def test_thresholds_are_said_and_unknown_stays_unknown(client):
    known = make_offering(
        "Frühstück",
        open_to_all=True,
        needs_registration=False,
        first_time_free=True,
        greeted_by="die Gruppenleitung",
        care_meanwhile=True,
    )
    text = read(client, known.get_absolute_url()).text
    for words in (
        "Offen für alle ja",
        "Einfach kommen ja, ohne Anmeldung",
        "Erstes Mal kostenlos ja",
        "Wer begrüßt Sie die Gruppenleitung",
        "Betreuung von Angehörigen in dieser Zeit ja",
    ):
        assert words in text
    text = read(client, make_offering("Unklar").get_absolute_url()).text
    assert text.count("nicht bekannt – bitte fragen Sie") >= 5


def test_silence_turns_an_entry_grey(client):
    long_ago = timezone.localdate() - dt.timedelta(days=400)
    page = read(client, make_offering(confirmed_at=long_ago).get_absolute_url())
    assert "Seit dem" in page.text and "nicht geprüft. Bitte rufen Sie vorher an." in page.text
    assert "silent" in page.with_attribute("class")


def test_every_page_names_the_office_of_its_district(client):
    make_office(phone="0231 50-23311")
    walk = make_offering("Spaziergang", meeting_point="Brunnen", district=make_district())
    for path in (walk.get_absolute_url(), make_venue("Halle", phone="0231 1").get_absolute_url()):
        page = read(client, path)
        assert "Rat und Hilfe in der Nähe" in page.text
        assert "/seniorenbueros/hoerde/" in [link["href"] for link in page.all("a")]
