"""«Letztes Halbjahr übernehmen»: what took place goes on, holidays are out, a second time makes nothing, and back."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from begegnung import half_year
from begegnung.half_year import HalfYear
from seniorportal import cards, programme
from seniorportal.models import (
    CalendarDay,
    Closure,
    ImportRun,
    Occurrence,
    Offering,
    OfferingShare,
    OfferingTranslation,
)
from tests.cast import City
from tests.public.html import Page
from tests.staff.forms import fields

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 11, 23)  # a Monday
SPRING = HalfYear(2027, 1)


@pytest.fixture
def city(city: City, monkeypatch: pytest.MonkeyPatch) -> City:
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *args: TODAY)
    Occurrence.objects.all().delete()
    return city


def client_of(city: City, person: str = "koordination-awo") -> Client:
    client = Client()
    client.force_login(city.people[person])
    return client


def running(city: City, title: str, **more: Any) -> Offering:
    """Tuesdays at three in the hall from September to the middle of December, with its dates."""
    fields: dict[str, Any] = {
        "rule": "FREQ=WEEKLY;BYDAY=TU",
        "first_date": dt.date(2026, 7, 7),
        "active_until": dt.date(2026, 12, 15),
        "start": dt.time(15),
        "minutes": 90,
    }
    offering = Offering.objects.create(title=title, venue=city.hoerde.hall, **fields | more)
    programme.regenerate([offering], dt.date(2026, 7, 1))
    return offering


def path(city: City, query: str = "") -> str:
    return reverse("begegnung:manage:half_year", args=[city.hoerde.hall.slug]) + query


def taken(client: Client, city: City, *offerings: Offering, query: str = "", **typed: str) -> Any:
    page = client.get(path(city, query))
    data = fields(page, "halbjahr")
    data = {name: values for name, values in data.items() if not name.endswith("-take")}
    data |= {f"a{one.pk}-take": ["on"] for one in offerings} | {k: [v] for k, v in typed.items()}
    return client.post(path(city), data | {"uebernehmen": ["1"]})


def copy_of(offering: Offering) -> Offering:
    return Offering.objects.exclude(pk=offering.pk).get(title=offering.title)


def dates(offering: Offering) -> list[dt.date]:
    return list(offering.occurrences.order_by("date").values_list("date", flat=True))


def test_half_years():
    assert HalfYear.of(dt.date(2026, 6, 30)) == HalfYear(2026, 1)
    assert HalfYear.of(dt.date(2026, 7, 1)) == HalfYear(2026, 2)
    assert HalfYear(2026, 2).plus(1) == SPRING and SPRING.plus(-1) == HalfYear(2026, 2)
    assert SPRING.plus(-3) == HalfYear(2025, 2)
    assert (SPRING.first, SPRING.last) == (dt.date(2027, 1, 1), dt.date(2027, 6, 30))
    assert HalfYear.parse(str(SPRING)) == SPRING and HalfYear.parse("2027-3") is None


@given(st.integers(2001, 2098), st.sampled_from([1, 2]), st.integers(-10, 10))
def test_half_years_count_on(year: int, half: int, number: int):
    one = HalfYear(year, half)
    assert one.plus(number).plus(-number) == one
    assert one.plus(1).first == one.last + dt.timedelta(days=1)


def test_the_new_dates_are_shown_without_holidays_and_closures(city: City):
    running(city, "Singkreis", skip_school_holidays=True)
    for day, kind in (("2027-01-05", "school"), ("2027-03-30", "school"), ("2027-05-18", "public")):
        CalendarDay.objects.create(date=day, **{f"{kind}_holiday": f"Beispiel {kind}"})
    Closure.objects.create(
        venue=city.hoerde.hall, first_day="2027-02-08", last_day="2027-02-12", reason="Karneval"
    )
    page = Page(client_of(city).get(path(city)).content.decode())
    assert "22 Termine, 4 fallen weg" in page.text, "26 Tuesdays from 5 January to 29 June"
    assert "Di 5.1.2027 Schulferien: Beispiel school" in page.text
    assert "Di 9.2.2027 Haus geschlossen: Karneval" in page.text
    assert "Di 18.5.2027 Feiertag: Beispiel public" in page.text
    assert ImportRun.objects.filter(state="uebernommen", new__gt=0).count() == 0


def test_one_act_makes_them_and_a_second_time_makes_nothing(city: City):
    one, two = running(city, "Singkreis"), running(city, "Skat", rule="FREQ=WEEKLY;BYDAY=TH")
    left = running(city, "Häkeln")
    client = client_of(city)
    answer = taken(client, city, one, two)
    assert answer.status_code == 303
    new = copy_of(one)
    assert (new.rule, new.first_date, new.active_from) == (one.rule, dt.date(2027, 1, 5), dt.date(2027, 1, 1))
    assert new.active_until == dt.date(2027, 6, 30) and new.confirmed_at == TODAY
    assert dates(new) == [dt.date(2027, 1, 5) + dt.timedelta(weeks=n) for n in range(26)]
    assert dates(copy_of(two))[0] == dt.date(2027, 1, 7)
    assert not Offering.objects.exclude(pk=left.pk).filter(title="Häkeln").exists()
    assert dates(one)[-1] == dt.date(2026, 12, 15), "the old half-year stays as it is"

    page = Page(client.get(path(city)).content.decode())
    assert page.text.count("schon übernommen") == 2 and "Zuletzt übernommen" in page.text
    again = client.post(
        path(city), {"aus": "2026-2", "fuer": "2027-1", f"a{one.pk}-take": "on", "uebernehmen": "1"}
    )
    assert again.status_code == 303 and again["Location"] == answer["Location"], "the second click"
    new.title = "Chor"
    new.save()
    user = city.people["koordination-awo"]
    found = half_year.proposals(user, city.hoerde.hall, SPRING.plus(-1), SPRING)
    assert (
        half_year.take_over(user, city.hoerde.hall, SPRING.plus(-1), [p for p in found if p.taken], SPRING)
        is None
    )
    assert Offering.objects.filter(title__in=("Singkreis", "Chor")).count() == 2
    assert cards.differences() == []


def test_what_runs_on_is_left_alone(city: City):
    running(city, "Immer dienstags", active_until=None)
    running(city, "Bis Ostern", active_until=dt.date(2027, 3, 23))
    page = Page(client_of(city).get(path(city)).content.decode())
    assert page.text.count("läuft weiter") == 2
    assert "26 Termine von Januar bis Juni 2027 stehen schon im Programm" in page.text
    assert "(bis 23.3.2027)" in page.text


def test_a_fortnight_goes_on_in_its_own_weeks(city: City):
    old = running(city, "Filmclub", rule="FREQ=WEEKLY;INTERVAL=2;BYDAY=TU", first_date=dt.date(2026, 9, 8))
    taken(client_of(city), city, old)
    gone_on = [
        day for day in (dt.date(2026, 9, 8) + dt.timedelta(weeks=2 * n) for n in range(30)) if day.year > 2026
    ]
    expected = [day for day in gone_on if day >= dt.date(2027, 3, 9)]
    assert dates(copy_of(old)) == [day for day in expected if day <= dt.date(2027, 6, 30)]


def test_a_course_keeps_its_place_in_the_half_year_and_its_days_may_be_typed(city: City):
    """Ten Tuesdays from 15 September to 17 November come again 26 weeks later."""
    course = running(city, "Gymnastik", first_date=dt.date(2026, 9, 15), active_until=dt.date(2026, 11, 17))
    client = client_of(city)
    shown = fields(client.get(path(city)), "halbjahr")
    assert shown[f"a{course.pk}-first"] == ["16.03.2027"] and shown[f"a{course.pk}-last"] == ["18.05.2027"]
    changed = {f"a{course.pk}-first": "06.04.2027", f"a{course.pk}-last": "08.06.2027"}
    unseen = taken(client, city, course, **changed)
    assert "Bitte sehen Sie die Termine noch einmal an." in unseen.content.decode()
    assert not Offering.objects.exclude(pk=course.pk).filter(title="Gymnastik").exists()
    answer = client.post(path(city), fields(unseen, "halbjahr") | {"uebernehmen": ["1"]})
    assert answer.status_code == 303
    assert dates(copy_of(course)) == [dt.date(2027, 4, 6) + dt.timedelta(weeks=n) for n in range(10)]


@pytest.mark.parametrize(
    ("first", "last", "sentence"),
    [
        ("", "08.06.2027", "Bitte den Tag eintragen."),
        ("irgendwann", "08.06.2027", "«irgendwann» ist kein Datum"),
        ("08.06.2027", "06.04.2027", "Der letzte Tag liegt vor dem ersten."),
        ("08.12.2026", "06.04.2027", "Bitte Tage im Halbjahr Januar bis Juni 2027."),
    ],
)
def test_days_that_cannot_be_are_answered_in_german(city: City, first: str, last: str, sentence: str):
    course = running(city, "Gymnastik")
    page = taken(client_of(city), city, course, **{f"a{course.pk}-first": first, f"a{course.pk}-last": last})
    assert page.status_code == 200 and sentence in Page(page.content.decode()).text
    kept = fields(page, "halbjahr")
    assert (kept[f"a{course.pk}-first"], kept[f"a{course.pk}-take"]) == ([first], ["on"])
    assert Offering.objects.filter(title="Gymnastik").count() == 1


def test_nothing_ticked_is_said(city: City):
    running(city, "Singkreis")
    assert "Es ist nichts angekreuzt." in taken(client_of(city), city).content.decode()


def test_single_days_come_on_the_same_weekday_and_only_where_ticked(city: City):
    fest = running(city, "Fest", rule="", first_date=dt.date(2026, 12, 6), active_until=dt.date(2026, 12, 6))
    talks = running(city, "Vorträge", rule="", first_date=None)
    for day in (dt.date(2026, 10, 1), dt.date(2026, 11, 5)):
        Occurrence.objects.create(offering=talks, date=day, start=dt.time(18), touched=True)
    client = client_of(city)
    shown = fields(client.get(path(city)), "halbjahr")
    assert f"a{fest.pk}-take" not in shown and f"a{talks.pk}-take" not in shown, (
        "nobody ticks them by mistake"
    )
    taken(client, city, fest, talks)
    assert dates(copy_of(fest)) == [dt.date(2027, 6, 6)]
    assert dates(copy_of(talks)) == [dt.date(2027, 4, 1), dt.date(2027, 5, 6)]
    programme.extend(TODAY)
    assert len(dates(copy_of(talks))) == 2


def test_the_same_half_year_of_the_year_before(city: City):
    old = running(city, "Sommerrunde", first_date=dt.date(2026, 3, 3), active_until=dt.date(2026, 6, 9))
    for day in (dt.date(2026, 3, 3), dt.date(2026, 6, 9)):
        Occurrence.objects.create(offering=old, date=day, start=dt.time(15), status="stattgefunden")
    taken(client_of(city), city, old, query="?aus=2026-1&fuer=2027-1")
    found = dates(copy_of(old))
    assert found[0] == dt.date(2027, 3, 2) and found[-1] == dt.date(2027, 6, 29)


@pytest.mark.parametrize("query", ["?aus=x&fuer=y", "?aus=1999-1", "?aus=2027-1&fuer=2026-1", "?fuer=2099-2"])
def test_rubbish_in_the_address_shows_the_usual_half_years(city: City, query: str):
    running(city, "Singkreis")
    page = client_of(city).get(path(city, query))
    assert page.status_code == 200
    assert '<option value="2027-1" selected>Januar bis Juni 2027</option>' in page.content.decode()


def test_all_that_belongs_to_it_comes_along(city: City):
    old = running(city, "Singkreis", rhythm_note="dienstags", cost_note="2 Euro")
    old.carriers.set([city.hoerde.branch, city.hombruch.carrier])
    for carrier, percent in ((city.hoerde.branch, 80), (city.hombruch.carrier, 20)):
        OfferingShare.objects.create(offering=old, carrier=carrier, percent=percent)
    language = city.hoerde.one(OfferingTranslation).language
    OfferingTranslation.objects.create(of=old, language=language, title="Koro")
    taken(client_of(city), city, old)
    new = copy_of(old)
    assert set(new.carriers.all()) == {city.hoerde.branch, city.hombruch.carrier}
    assert dict(new.shares.values_list("carrier", "percent")) == {
        city.hoerde.branch.pk: 80,
        city.hombruch.carrier.pk: 20,
    }
    assert new.translations.get().title == "Koro"
    assert (new.rhythm_note, new.cost_note) == ("dienstags", "2 Euro")


def test_the_whole_is_taken_back_except_what_somebody_edited(city: City):
    one, two = running(city, "Singkreis"), running(city, "Skat")
    one.carriers.add(city.hoerde.branch)
    OfferingShare.objects.create(offering=one, carrier=city.hoerde.branch, percent=100)
    client = client_of(city)
    done = taken(client, city, one, two)["Location"]
    edited = copy_of(two)
    edited.title = "Skat und Doppelkopf"
    edited.save()
    assert client_of(city, "koordination-caritas").post(done).status_code == 404
    assert client_of(city, "vorort-hoerde").post(done).status_code == 404, "somebody else's act"
    assert client.get(done).status_code == 200 and Offering.objects.filter(title="Singkreis").count() == 2
    assert client.post(done).status_code == 303
    page = Page(client.get(done).content.decode())
    assert "Zurückgenommen" in page.text and "Jemand hat den Eintrag seitdem bearbeitet." in page.text
    assert Offering.objects.filter(title="Singkreis").count() == 1
    assert Offering.objects.filter(title="Skat und Doppelkopf").exists()
    assert OfferingShare.objects.filter(carrier=city.hoerde.branch).count() == 1
    client.post(done)
    assert "Das ist schon zurückgenommen." in client.get(done).content.decode()
    taken(client, city, one)
    assert Offering.objects.filter(title="Singkreis").count() == 2, "after that it may be taken again"
    assert cards.differences() == []


def test_a_counted_date_is_not_taken_back(city: City):
    one = running(city, "Singkreis")
    client = client_of(city)
    done = taken(client, city, one)["Location"]
    date = copy_of(one).occurrences.order_by("date")[0]
    date.touched, date.status = True, "ausgefallen"
    date.save()
    client.post(done)
    assert Offering.objects.filter(title="Singkreis").count() == 2
    assert "hängt inzwischen anderes" in client.get(done).content.decode()


def test_others_see_nothing_of_it(city: City):
    running(city, "Singkreis")
    assert client_of(city, "koordination-caritas").get(path(city)).status_code == 404
    assert client_of(city, "halle-hoerde").get(path(city)).status_code == 403
    assert client_of(city, "vorort-hoerde").get(path(city)).status_code == 200
