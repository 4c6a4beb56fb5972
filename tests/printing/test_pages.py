"""The pages for printing: programmes, wall sheets and leaves, as a visitor gets them."""

import datetime as dt

import pytest
from django.utils import timezone

from seniorportal.models import Category, Offering, ReportArea, Venue
from tests.printing.hall import HOSTILE, MONTH, WEEK, make_hall, make_month, on
from tests.public.html import Page, check_page
from tests.public.town import make_district, make_house, make_offering, make_office, make_venue

pytestmark = pytest.mark.django_db


def page(client, path: str, status: int = 200) -> Page:
    response = client.get(path)
    assert response.status_code == status, path
    return check_page(response.content.decode())


def programme(venue: Venue, key: str = MONTH) -> str:
    return f"/begegnung/{venue.slug}/programm/{key}/"


def test_a_month_says_all_that_paper_must_say(client):
    text = page(client, programme(make_month())).text
    assert "Programm im Dezember 2026" in text
    assert "Dienstag, 1. Dezember 15 Uhr Gedächtnistraining" in text
    assert "Skatrunde geplant, bitte vorher anrufen" in text
    assert "fällt aus. Die Leitung ist erkrankt." in text
    assert "verlegt auf Donnerstag, 10. Dezember" in text and "verlegt, bisher Mittwoch, 9. Dezember" in text
    assert "Geschlossen vom 14. bis 18. Dezember: Maler im Haus" in text
    assert "Feiertag: Freitag, 25. Dezember (Erster Weihnachtstag)" in text
    assert "Schulferien (Weihnachtsferien): ab Mittwoch, 23. Dezember" in text
    assert "Montag: 9 bis 17 Uhr" in text
    assert "Spaziergang ohne feste Zeit: Zeit bitte erfragen" in text
    assert "02 31 / 5 55 66 77" in text and "Gedruckt am 23. November 2026" in text
    assert "Was die Zusätze bedeuten" in text


def test_struck_dates_are_struck_and_say_so_in_words(client):
    source = client.get(programme(make_month())).content.decode()
    assert source.count("<s>Gedächtnistraining</s>") == 2  # the cancelled one, and where the moved one was
    assert source.count("<s>Skatrunde</s>") == 0


def test_the_qr_code_is_an_image_with_a_name_and_no_style(client):
    found = page(client, programme(make_month()))
    names = [attrs.get("aria-label") or "" for attrs in found.all("span") if attrs.get("role") == "img"]
    assert names == ["QR-Code zur Seite im Internet: testserver/begegnung/beispielhaus-am-phoenixsee"]
    assert len(found.all("svg")) == 1


def test_an_empty_month_names_whom_to_ring(client):
    text = page(client, programme(make_hall())).text
    assert "Für diesen Monat ist noch kein Termin eingetragen. Rufen Sie gern an" in text
    assert "02 31 / 5 55 66 77" in text


@pytest.mark.parametrize(
    "key", ["2026-13", "2026-00", "9999-12", "99999999999-01", "2026-W50", "heute", "1999-01"]
)
def test_a_month_that_is_none_answers_404_in_german(client, key):
    hall = make_hall()
    for path in (programme(hall, key), f"/begegnung/{hall.slug}/aushang/{key}.pdf"):
        found = page(client, path, 404)
        assert "Für diesen Monat gibt es kein Programm" in found.text
        assert any("2026-11/" in (attrs.get("href") or "") for attrs in found.all("a"))


@pytest.mark.parametrize("key", ["2026-W54", "2026-W00", "9999-W01", "2026-12", "x"])
def test_a_week_that_is_none_answers_404_in_german(client, key):
    make_district()
    assert "Für diese Woche gibt es kein Programm" in page(client, f"/programm/hoerde/{key}/", 404).text


def test_an_office_has_its_month_too(client):
    office = make_office()
    on(make_offering("Sprechstunde zur Pflege", venue=office), 8)
    assert "Sprechstunde zur Pflege" in page(client, f"/seniorenbueros/hoerde/programm/{MONTH}/").text


def test_without_a_number_today_is_meant(client):
    hall, _, _ = make_hall(), make_house(), Category.objects.create(name="Tanz", slug="tanz")
    for path, target in (
        (f"/begegnung/{hall.slug}/programm/", f"/begegnung/{hall.slug}/programm/2026-11/"),
        (f"/begegnung/{hall.slug}/aushang/", f"/begegnung/{hall.slug}/aushang/2026-11/"),
        ("/eugen-krautscheid-haus/programm/", "/eugen-krautscheid-haus/programm/2026-11/"),
        ("/programm/hoerde/", "/programm/hoerde/2026-W48/"),
        ("/programm/thema/tanz/", "/programm/thema/tanz/2026-W48/"),
    ):
        response = client.get(path)
        assert (response.status_code, response["Location"]) == (302, target)
        assert client.get(target).status_code == 200


def test_unknown_places_districts_and_topics_are_404(client):
    make_district()
    for path in (
        "/begegnung/nirgends/programm/2026-12/",
        "/programm/nirgends/2026-W50/",
        "/programm/thema/nichts/2026-W50/",
        "/angebote/999999-x/drucken/",
        "/seniorenbueros/nirgends/drucken/",
    ):
        assert client.get(path).status_code == 404, path


def test_what_is_not_public_is_not_printed(client):
    hall = make_month()
    Offering.objects.filter(title="Skatrunde").update(published=False)
    assert "Skatrunde" not in page(client, programme(hall)).text
    Venue.objects.filter(pk=hall.pk).update(published=False)
    for path in (
        programme(hall),
        f"/begegnung/{hall.slug}/aushang/{MONTH}/",
        f"/begegnung/{hall.slug}/drucken/",
    ):
        assert client.get(path).status_code == 404
    assert "Gedächtnistraining" not in page(client, f"/programm/hoerde/{WEEK}/").text


@pytest.mark.parametrize("form, body", [("a4", "a4"), ("heft", "a5"), ("aushang", "a3"), ("", "a4")])
def test_the_form_is_chosen_in_the_address(client, form, body):
    found = page(client, f"{programme(make_hall())}?form={form}" if form else programme(make_hall()))
    assert found.all("body") == [{"class": body}]


def test_rubbish_in_the_address_is_said_and_ignored(client):
    found = page(client, f"{programme(make_hall())}?form=%00&foo=1&form=plakat")
    assert found.all("body") == [{"class": "a4"}]
    assert "Ein Wert für „form“ in der Adresse ist uns nicht bekannt." in found.text
    assert "Die Angabe „foo“ in der Adresse kennen wir nicht." in found.text


def test_the_week_of_a_district_says_where_and_whom_to_ring(client):
    make_office()
    make_month()
    found = page(client, f"/programm/hoerde/{WEEK}/")
    assert "Wochenprogramm vom 7. bis 13. Dezember 2026" in found.text
    assert "Beispielhaus am Phoenixsee, Hafenweg 3 Telefon 02 31 / 5 55 66 77" in found.text
    assert "02 31 / 5 02 33 11" in found.text  # the Seniorenbüro of the district
    assert "1. Dezember" not in found.text.replace("11. Dezember", "")


def test_a_walk_without_a_venue_stands_in_the_week_of_its_district(client):
    walk = make_offering(
        "Spaziergang", meeting_point="Am Brunnen", district=make_district(), phone="0231 445566"
    )
    on(walk, 8)
    assert "Am Brunnen Telefon 02 31 / 44 55 66" in page(client, f"/programm/hoerde/{WEEK}/").text


def test_the_week_of_a_topic_covers_the_city(client):
    make_month()
    topic = Category.objects.create(name="Gedächtnis", slug="gedaechtnis")
    Offering.objects.get(title="Gedächtnistraining").categories.add(topic)
    text = page(client, f"/programm/thema/gedaechtnis/{WEEK}/").text
    assert "Gedächtnistraining" in text and "Skatrunde" not in text and "in ganz Dortmund" in text


def test_a_full_week_is_cut_and_says_so(client, monkeypatch):
    monkeypatch.setattr("seniorportal.printing.sheet.MOST", 2)
    hall = make_hall()
    for hour in (9, 10, 11):
        on(make_offering(f"Angebot {hour}", venue=hall), 8, hour)
    text = page(client, f"/programm/hoerde/{WEEK}/").text
    assert "Angebot 10" in text and "Angebot 11" not in text
    assert "Weitere Termine haben auf diesem Blatt keinen Platz." in text


def test_the_wall_sheet_has_a_box_for_every_open_day(client):
    hall = make_month()
    found = page(client, f"/begegnung/{hall.slug}/aushang/{MONTH}/")
    # 23 days from Monday to Friday, less five of the closure and a public holiday
    assert len([attrs for attrs in found.all("span") if attrs.get("class") == "box"]) == 17
    assert "Heute waren da" in found.text and "Strichliste Dezember 2026" in found.text
    assert "Gedächtnistraining: fällt aus" in found.text
    assert "Koordination: Beispielverband Nummer bitte eintragen:" in found.text


def test_a_wall_sheet_without_known_hours_has_every_weekday_and_says_why(client):
    hall = make_venue("Haus ohne Zeiten")
    found = page(client, f"/begegnung/{hall.slug}/aushang/{MONTH}/")
    assert len([attrs for attrs in found.all("span") if attrs.get("class") == "box"]) == 23
    assert "Die Öffnungszeiten sind nicht eingetragen" in found.text


def test_every_offering_and_place_has_its_leaf(client):
    office, house, hall = make_office(), make_house(), make_month()
    offering = Offering.objects.get(title="Gedächtnistraining")
    walk = make_offering("Spaziergang", meeting_point="Am Brunnen", district=make_district())
    for path, words in (
        (
            f"/angebote/{offering.pk}-{offering.slug}/drucken/",
            "Beispielhaus am Phoenixsee Hafenweg 3, Dortmund",
        ),
        (f"/angebote/{walk.pk}-{walk.slug}/drucken/", "Am Brunnen, Hörde"),
        (f"/begegnung/{hall.slug}/drucken/", "Montag: 9 bis 17 Uhr"),
        ("/eugen-krautscheid-haus/drucken/", house.name),
        ("/seniorenbueros/hoerde/drucken/", office.name),
    ):
        found = page(client, path)
        assert words in found.text, path
        assert "Rufen Sie gern an: 02 31 /" in found.text and "Gedruckt am 23. November 2026" in found.text
        assert len(found.all("svg")) == 1


def test_a_leaf_heals_its_address(client):
    offering = make_offering("Tanztee")
    response = client.get(f"/angebote/{offering.pk}-falsch/drucken/")
    assert (response.status_code, response["Location"]) == (302, f"/angebote/{offering.pk}-tanztee/drucken/")


def test_very_long_texts_are_cut_with_words_and_the_telephone_stays(client):
    hall = make_hall(way="Immer geradeaus. " * 300, description="Ein Haus. " * 500)
    offering = make_offering(
        "Tanz " * 32,
        venue=hall,
        summary="Wort " * 48,
        description="Satz und noch einer. " * 400,
        cost_note="x" * 120,
    )
    for path in (f"/angebote/{offering.pk}-{offering.slug}/drucken/", f"/begegnung/{hall.slug}/drucken/"):
        text = page(client, path).text
        assert len(text) < 3000
        assert "Mehr dazu am Telefon." in text and "02 31 / 5 55 66 77" in text


def test_hostile_text_stays_text(client):
    hall = make_hall()
    on(make_offering(HOSTILE[:160], venue=hall), 8)
    text = page(client, programme(hall)).text
    assert '#read("/etc/passwd") *fett* $x^2$ <script>alert(1)</script>' in text


def test_pages_offer_what_is_printed(client):
    hall, house = make_month(), make_house()
    offering = Offering.objects.get(title="Gedächtnistraining")
    month = f"{dt.datetime.now(timezone.get_current_timezone()):%Y-%m}"  # {% now %} asks the clock itself
    links = [attrs.get("href") for attrs in page(client, f"/begegnung/{hall.slug}/").all("a")]
    assert (
        f"/begegnung/{hall.slug}/programm/{month}/" in links and f"/begegnung/{hall.slug}/drucken/" in links
    )
    assert f"/begegnung/{hall.slug}/aushang/{month}/" in links
    links = [attrs.get("href") for attrs in page(client, house.get_absolute_url()).all("a")]
    assert f"/eugen-krautscheid-haus/programm/{month}/" in links
    links = [attrs.get("href") for attrs in page(client, offering.get_absolute_url()).all("a")]
    assert f"{offering.get_absolute_url()}drucken/" in links
    links = [attrs.get("href") for attrs in page(client, "/programm/").all("a")]
    assert "/programm/hoerde/2026-W48/" in links and "/programm/hoerde/2026-W49/" in links


@pytest.mark.parametrize("rows", [2, 20])
def test_sheets_cost_the_same_however_much_is_on_them(client, django_assert_num_queries, rows):
    make_office()
    hall = make_month()
    topic = Category.objects.create(name="Tanz", slug="tanz")
    for number in range(rows):
        offering = make_offering(f"Tanz {number}", venue=hall, confirmed_at=dt.date(2026, 11, 1))
        offering.categories.add(topic)
        on(offering, 8, 9 + number % 8)
    one = Offering.objects.get(title="Tanz 0")
    client.get(f"/programm/hoerde/{WEEK}/")  # the vocabularies
    for path, statements in (
        (programme(hall), 4),
        (f"/begegnung/{hall.slug}/aushang/{MONTH}/", 4),
        (f"/programm/hoerde/{WEEK}/", 4),
        (f"/programm/thema/tanz/{WEEK}/", 3),
        (f"/begegnung/{hall.slug}/drucken/", 2),
        (f"/angebote/{one.pk}-{one.slug}/drucken/", 2),
        ("/programm/", 0),
    ):
        with django_assert_num_queries(statements):
            assert client.get(path).status_code == 200, path


def test_visitors_get_no_cookie_and_nothing_varies_on_one(client):
    response = client.get(programme(make_month()))
    assert not response.cookies and "Cookie" not in response.get("Vary", "")


def test_an_office_that_carries_no_slug_of_its_area_is_not_a_hall(client):
    office = make_office()
    assert office.report_area == ReportArea.OFFICES
    assert client.get(f"/begegnung/{office.slug}/programm/{MONTH}/").status_code == 404
