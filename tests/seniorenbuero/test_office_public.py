"""The public page of an office: telephone hours, languages by weekday, home visits; nobody is named."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from seniorenbuero.languages import Spoken, by_weekday
from seniorenbuero.models import Office, WorkingWeek
from seniorportal.models import ContactHours, ContactPoint, Language
from tests.public.html import Page, check_page
from tests.seniorenbuero.office_people import away, in_days, make_team, membership, today

pytestmark = pytest.mark.django_db
PATH = "/seniorenbueros/hoerde/"


def read(client, path) -> Page:
    answer = client.get(path)
    assert answer.status_code == 200
    return check_page(answer.content.decode())


def language(name: str, code: str) -> Language:
    return Language.objects.get_or_create(code=code, defaults={"name": name, "slug": code})[0]


def speaks(user, weekdays, *languages):
    week = WorkingWeek.objects.create(member=membership(user), weekdays=weekdays)
    week.languages.set(languages)


def test_languages_by_weekday_and_no_name(client):
    office, (anna, bodo) = make_team()
    turkish, polish = language("Türkisch", "tr"), language("Polnisch", "pl")
    speaks(anna, [0, 2], turkish)
    speaks(bodo, [2], turkish, polish)
    text = read(client, PATH).text
    assert "Montag: Türkisch" in text
    assert "Mittwoch: Polnisch, Türkisch" in text
    assert "Amsel" not in text and "Bussard" not in text


def test_a_language_is_away_with_the_one_who_speaks_it_and_says_from_when_again(client):
    office, (anna, bodo) = make_team()
    turkish = language("Türkisch", "tr")
    speaks(anna, [today().weekday()], turkish)
    away(anna, bodo, first=0, last=8)
    again = in_days(14)
    text = read(client, PATH).text
    assert f"Türkisch (wieder ab {again.day}. " in text and "Amsel" not in text


def test_a_colleague_who_speaks_it_too_keeps_it_there(client):
    office, (anna, bodo) = make_team()
    turkish = language("Türkisch", "tr")
    for one in (anna, bodo):
        speaks(one, [today().weekday()], turkish)
    away(anna, bodo, first=0, last=8)
    assert "wieder ab" not in read(client, PATH).text


def test_an_absence_without_an_end_promises_nothing():
    week = {
        "weekdays": [0],
        "languages": [{"name": "Türkisch", "position": 0}],
        "away": [{"active_from": "2026-11-01", "active_until": None}],
    }
    assert by_weekday([week], dt.date(2026, 11, 23)) == [("Montag", [Spoken("Türkisch", True)])]


def test_whoever_left_speaks_nothing_here_any_more(client):
    office, (anna, _) = make_team()
    speaks(anna, [0], language("Türkisch", "tr"))
    here = membership(anna)
    here.active_until = in_days(-1)
    here.save()
    assert "Türkisch" not in read(client, PATH).text


def test_when_somebody_answers_the_telephone_and_home_visits_in_words(client):
    office, _ = make_team()
    point = ContactPoint.objects.get(venue=office)
    ContactHours.objects.create(contact_point=point, weekday=0, opens=dt.time(9), closes=dt.time(12))
    text = read(client, PATH).text
    assert "Montag: 9 bis 12 Uhr" in text
    assert "Ob jemand zu Ihnen nach Hause kommt, sagt Ihnen das Büro am Telefon." in text
    Office.objects.filter(venue=office).update(home_visits=True, home_visits_note="Montags bis donnerstags.")
    text = read(client, PATH).text
    assert "kommt das Seniorenbüro zu Ihnen nach Hause. Montags bis donnerstags." in text
    Office.objects.filter(venue=office).update(home_visits=False, home_visits_note="")
    assert "Nach Hause kommt dieses Büro zurzeit nicht." in read(client, PATH).text


def test_telephone_hours_stand_in_the_list_and_on_the_leaf(client):
    """Whose number it is where there are several; on the leaf not a second time beside the number."""
    office, _ = make_team()
    one = ContactPoint.objects.get(venue=office)
    two = ContactPoint.objects.create(
        venue=office, kind="telefon", value="0231 5550142", label="Caritas", position=9
    )
    for weekday in (0, 1, 2):
        ContactHours.objects.create(contact_point=one, weekday=weekday, opens=dt.time(9), closes=dt.time(12))
    ContactHours.objects.create(contact_point=two, weekday=4, opens=dt.time(10), closes=dt.time(11))
    listed = read(client, "/seniorenbueros/").text
    assert "Jemand geht ans Telefon: Montag bis Mittwoch 9 bis 12 Uhr" in listed
    assert "Caritas Jemand geht ans Telefon: Freitag 10 bis 11 Uhr" in listed
    leaf = read(client, f"{PATH}drucken/").text
    assert f"Am Telefon {office.name}: Montag bis Mittwoch 9 bis 12" in leaf
    assert leaf.count("Montag bis Mittwoch") == leaf.count("Caritas: Freitag") == 1
    two.delete()
    assert "Am Telefon Montag bis Mittwoch 9 bis 12" in read(client, f"{PATH}drucken/").text


def test_the_page_costs_no_statement_more(client):
    office, (anna, bodo, *more) = make_team("Hörde", *(f"Person {n}" for n in range(12)))
    client.get(PATH)
    numbers = []
    for one in (None, anna, bodo, *more):
        if one:
            speaks(one, [0, 1, 2], language("Türkisch", "tr"))
        with CaptureQueriesContext(connection) as queries:
            client.get(PATH)
        numbers.append(len(queries))
    assert len(set(numbers)) == 1, numbers


def test_while_everybody_is_away_the_page_says_which_office_helps_and_until_when(client):
    office, (anna, bodo) = make_team()
    other, _ = make_team("Hombruch", "Erna Elster", "Fritz Falke")
    away(anna, bodo, last=9)
    assert "niemand da" not in read(client, PATH).text
    away(bodo, other, last=4)
    page = read(client, PATH)
    back = in_days(4)
    assert f", {back.day}. " in page.text and "ist hier niemand da." in page.text
    assert f"So lange hilft Ihnen: {other.name}." in page.text
    assert "Amsel" not in page.text and "Bussard" not in page.text
