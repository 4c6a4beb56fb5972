"""One act closes and opens again: a house, a carrier, a district, the city. Numbers counted by hand."""

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from seniorportal import announcing, closing, programme
from seniorportal.models import (
    Closure,
    Notice,
    NoticeDate,
    Occurrence,
    Offering,
    ReportArea,
    Role,
    Venue,
    Visit,
)
from tests.cast import City, make_membership, make_user

pytestmark = pytest.mark.django_db
PAGE = "/begegnung/verwalten/schliessen/"


@pytest.fixture
def city(city: City) -> City:
    Notice.objects.all().delete()
    Occurrence.objects.all().delete()  # every date below is made by the test that counts it
    return city


@pytest.fixture
def today() -> dt.date:
    return timezone.localdate()


def at(day: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time(7)))


def make_dates(venue: Venue | None, *days: dt.date, **fields: Any) -> list[Occurrence]:
    offering = Offering.objects.create(
        **{
            "title": "Skat",
            "venue": venue,
            "rule": "FREQ=DAILY",
            "first_date": days[0],
            "active_until": days[-1],
            "start": dt.time(10),
            "minutes": 60,
            "skip_public_holidays": False,
            **fields,
        }
    )
    return [
        Occurrence.objects.create(offering=offering, date=day, start=dt.time(10), end=dt.time(11))
        for day in days
    ]


def states(dates: list[Occurrence]) -> str:
    """G for planned, A for called off, V for moved, in order."""
    letters = {"geplant": "G", "ausgefallen": "A", "verlegt": "V", "stattgefunden": "H"}
    return "".join(letters[Occurrence.objects.get(pk=date.pk).status] for date in dates)


def made(city: City, who: str, today: dt.date, first: int, last: int, **scope: Any) -> Notice:
    return Notice(
        first_day=today + dt.timedelta(days=first),
        last_day=today + dt.timedelta(days=last),
        text="Wegen Sturmwarnung.",
        made_by=city.people[who],
        **scope,
    )


def test_a_house_closes_for_three_days_and_opens_again(city, today):
    hall = city.hoerde.hall
    dates = make_dates(hall, *(today + dt.timedelta(days=n) for n in range(1, 6)))
    off_before = dates[1]
    Occurrence.objects.filter(pk=off_before.pk).update(status="ausgefallen", touched=True, note="Grund: Fest")
    notice = made(city, "koordination-awo", today, 2, 4, scope="haus", venue=hall)
    assert closing.reach(notice, at(today)) == closing.Reach(1, 2)
    assert closing.close(notice, city.people["koordination-awo"], at(today)) == closing.Reach(1, 2)
    assert states(dates) == "GAAAG"
    third = Occurrence.objects.get(pk=dates[2].pk)
    assert (third.note, third.touched) == ("Geschlossen: Wegen Sturmwarnung.", True)
    assert Closure.objects.filter(notice=notice).values_list("venue", "first_day", "last_day").get() == (
        hall.pk,
        today + dt.timedelta(days=2),
        today + dt.timedelta(days=4),
    )
    closing.reopen(Notice.objects.get(pk=notice.pk), city.people["koordination-awo"], at(today))
    # Called off by hand before: so it stays. The others are as they were, and follow their rhythm again.
    assert states(dates) == "GAGGG"
    assert Occurrence.objects.get(pk=off_before.pk).note == "Grund: Fest"
    third.refresh_from_db()
    assert (third.note, third.touched) == ("", False)
    assert not Closure.objects.filter(notice=notice).exists()
    assert Notice.objects.get(pk=notice.pk).taken_back


def test_opening_in_the_middle_keeps_what_was_closed(city, today):
    hall, awo = city.hoerde.hall, city.people["koordination-awo"]
    dates = make_dates(hall, *(today + dt.timedelta(days=n) for n in range(4)))
    notice = made(city, "koordination-awo", today, 0, 3, scope="haus", venue=hall)
    closing.close(notice, awo, at(today))
    assert states(dates) == "AAAA"
    closing.reopen(notice, awo, at(today + dt.timedelta(days=2)))
    assert states(dates) == "AAGG"
    closure = Closure.objects.get(notice=notice)
    assert (closure.first_day, closure.last_day) == (today, today + dt.timedelta(days=1))
    assert not notice.taken_back


def test_two_acts_that_overlap_do_not_open_each_other(city, today):
    hall = city.hoerde.hall
    dates = make_dates(hall, *(today + dt.timedelta(days=n) for n in range(1, 5)))
    district = made(city, "vorort-hoerde", today, 1, 3, scope="stadtbezirk", district=city.hoerde.district)
    whole = made(city, "redaktion", today, 3, 4, scope="stadt")
    closing.close(district, city.people["vorort-hoerde"], at(today))
    assert (
        closing.close(whole, city.people["redaktion"], at(today)).dates == 1
    )  # the fourth; the third is closed
    assert states(dates) == "AAAA"
    closing.reopen(district, city.people["vorort-hoerde"], at(today))
    assert states(dates) == "GGAA"
    assert set(NoticeDate.objects.values_list("notice", flat=True)) == {whole.pk}
    closing.reopen(whole, city.people["redaktion"], at(today))
    assert states(dates) == "GGGG"
    # What nobody closed with an act was never touched: the closures of the cast in 2030.
    assert Closure.objects.filter(notice=None).count() == 6


def test_a_carrier_closes_its_branches_and_never_an_office(city, today):
    world, day = city.hoerde, today + dt.timedelta(days=1)
    dates = [date for venue in (world.hall, world.centre, world.office) for date in make_dates(venue, day)]
    walk = make_dates(None, day, district=world.district, meeting_point="Am Brunnen")
    walk[0].offering.carriers.add(world.branch)
    foreign = make_dates(city.hombruch.hall, day)
    notice = made(city, "koordination-awo", today, 1, 1, scope="traeger", carrier=world.carrier)
    assert closing.close(notice, city.people["koordination-awo"], at(today)) == closing.Reach(2, 2)
    assert (states(dates), states(walk), states(foreign)) == ("AAG", "G", "G")
    notice.meeting_points = True
    closing.change(notice, city.people["koordination-awo"], at(today))
    assert states(walk) == "A"


def test_a_city_closes_everything_but_the_offices(city, today):
    day = today + dt.timedelta(days=1)
    places = [venue for world in city.worlds for venue in (world.hall, world.centre, world.office)]
    dates = [date for venue in places for date in make_dates(venue, day)]
    notice = made(city, "redaktion", today, 1, 1, scope="stadt")
    assert closing.close(notice, city.people["redaktion"], at(today)) == closing.Reach(4, 4)
    assert states(dates) == "AAGAAG"


def test_counted_dates_and_what_is_over_today_stay(city, today):
    hall = city.hoerde.hall
    counted, over, later = (make_dates(hall, today)[0] for _ in range(3))
    for date, hour in ((counted, 16), (later, 18)):
        Occurrence.objects.filter(pk=date.pk).update(start=dt.time(hour), end=dt.time(hour + 1))
    Visit.objects.create(venue=hall, occurrence=counted, scope="termin", first_day=today, count=7)
    notice = made(city, "koordination-awo", today, 0, 0, scope="haus", venue=hall)
    noon = timezone.make_aware(dt.datetime.combine(today, dt.time(12)))
    assert closing.close(notice, city.people["koordination-awo"], noon).dates == 1
    assert states([counted, over, later]) == "GGA"


def test_shorter_longer_and_other_words(city, today):
    hall, awo = city.hoerde.hall, city.people["koordination-awo"]
    dates = make_dates(hall, *(today + dt.timedelta(days=n) for n in range(1, 6)))
    notice = made(city, "koordination-awo", today, 1, 2, scope="haus", venue=hall)
    closing.close(notice, awo, at(today))
    notice.last_day, notice.text = today + dt.timedelta(days=4), "Wasserschaden."
    closing.change(notice, awo, at(today))
    assert states(dates) == "AAAAG"
    assert {Occurrence.objects.get(pk=date.pk).note for date in dates[:4]} == {"Geschlossen: Wasserschaden."}
    notice.last_day = today + dt.timedelta(days=1)
    closing.change(notice, awo, at(today))
    assert states(dates) == "AGGGG"
    assert Closure.objects.get(notice=notice).reason == "Wasserschaden."


def test_what_somebody_set_by_hand_meanwhile_stays(city, today):
    hall, awo = city.hoerde.hall, city.people["koordination-awo"]
    dates = make_dates(hall, *(today + dt.timedelta(days=n) for n in (1, 2)))
    notice = made(city, "koordination-awo", today, 1, 2, scope="haus", venue=hall)
    closing.close(notice, awo, at(today))
    Occurrence.objects.filter(pk=dates[0].pk).update(status="geplant", note="Wir treffen uns im Park")
    assert closing.follow_up(at(today)) == closing.Reach(0, 0)  # the night does not call it off again
    closing.reopen(notice, awo, at(today))
    kept = Occurrence.objects.get(pk=dates[0].pk)
    assert (kept.status, kept.note, kept.touched) == ("geplant", "Wir treffen uns im Park", True)
    assert states(dates) == "GG"


def test_a_rhythm_that_changed_while_closed_is_right_after_opening(city, today):
    hall, awo = city.hoerde.hall, city.people["koordination-awo"]
    monday = today + dt.timedelta(days=7 - today.weekday())
    offering = Offering.objects.create(
        title="Singen", venue=hall, rule="FREQ=WEEKLY", first_date=monday, start=dt.time(15), minutes=60
    )
    programme.regenerate([offering], today)
    notice = made(city, "koordination-awo", monday, 0, 13, scope="haus", venue=hall)
    closing.close(notice, awo, at(today))
    assert offering.occurrences.filter(status="ausgefallen").count() == 2
    offering.first_date = monday + dt.timedelta(days=1)
    offering.save()
    programme.regenerate([offering], today)
    closing.reopen(notice, awo, at(today))
    coming = list(offering.occurrences.order_by("date")[:3])
    assert [date.date for date in coming] == [monday + dt.timedelta(days=n) for n in (1, 8, 15)]
    assert {date.status for date in coming} == {"geplant"}


def test_a_house_that_is_new_in_the_district_follows_in_the_night(city, today):
    vorort = city.people["vorort-hoerde"]
    notice = made(city, "vorort-hoerde", today, 1, 9, scope="stadtbezirk", district=city.hoerde.district)
    closing.close(notice, vorort, at(today))
    new = Venue.objects.create(name="Neue Halle", report_area="begegnung", district=city.hoerde.district)
    dates = make_dates(new, today + dt.timedelta(days=3))
    assert closing.follow_up(at(today)) == closing.Reach(1, 1)
    assert closing.follow_up(at(today)) == closing.Reach(0, 0)
    assert states(dates) == "A"


@pytest.mark.parametrize(
    ("who", "scope", "may"),
    [
        ("koordination-awo", {"scope": "traeger"}, True),
        ("koordination-awo", {"scope": "haus"}, True),
        ("koordination-awo", {"scope": "stadtbezirk"}, False),
        ("koordination-awo", {"scope": "stadt"}, False),
        ("koordination-caritas", {"scope": "traeger"}, False),
        ("koordination-caritas", {"scope": "haus"}, False),
        ("vorort-hoerde", {"scope": "stadtbezirk"}, True),
        ("vorort-hoerde", {"scope": "haus"}, True),
        ("vorort-hoerde", {"scope": "traeger"}, False),
        ("vorort-hoerde", {"scope": "stadt"}, False),
        ("halle-hoerde", {"scope": "haus"}, False),
        ("hausleitung-ekh", {"scope": "stadtbezirk"}, False),
        ("tandem-hoerde", {"scope": "stadtbezirk"}, False),
        ("redaktion", {"scope": "stadt"}, True),
        ("redaktion", {"scope": "stadtbezirk"}, True),
        ("auswertung", {"scope": "stadt"}, False),
        ("technik", {"scope": "stadt"}, False),
    ],
)
def test_who_may_close_what(city, today, who, scope, may):
    bound = {"haus": "hall", "traeger": "carrier", "stadtbezirk": "district"}.get(scope["scope"])
    fields = {"haus": "venue", "traeger": "carrier", "stadtbezirk": "district"}
    more = {fields[scope["scope"]]: getattr(city.hoerde, bound)} if bound else {}
    notice = made(city, who, today, 1, 1, **scope, **more)
    if may:
        closing.close(notice, city.people[who], at(today))
        return
    with pytest.raises(PermissionDenied):
        closing.close(notice, city.people[who], at(today))


def posted(city: City, today: dt.date, **more: Any) -> dict[str, Any]:
    first, last = today + dt.timedelta(days=1), today + dt.timedelta(days=2)
    return {
        "was": f"stadtbezirk-{city.hoerde.district.pk}",
        "von": first.isoformat(),
        "bis": last.isoformat(),
        "text": "Wegen Sturmwarnung.",
        "submission": "6c1b9d1e-0000-4000-8000-000000000001",
        **more,
    }


def test_the_page_shows_what_is_hit_and_the_second_click_closes(client: Client, city: City, today: dt.date):
    client.force_login(city.people["vorort-hoerde"])
    dates = make_dates(city.hoerde.hall, today + dt.timedelta(days=1), today + dt.timedelta(days=3))
    page = client.get(PAGE).content.decode()
    assert city.hombruch.district.name not in page
    assert "Alle Begegnungsstätten in Dortmund" not in page
    answer = client.post(PAGE, posted(city, today, schritt="vorschau"))
    page = answer.content.decode()
    assert "<strong>2 Häuser</strong>" in page
    assert "<strong>1 Termin fällt</strong> aus" in page
    assert states(dates) == "GG"
    for _ in range(2):  # a double click
        answer = client.post(PAGE, posted(city, today, schritt="schliessen"))
        assert answer.status_code == 303
    assert Notice.objects.filter(scope="stadtbezirk").count() == 1
    assert states(dates) == "AG"


def test_a_foreign_district_is_no_choice(client: Client, city: City, today: dt.date):
    client.force_login(city.people["vorort-hoerde"])
    for foreign in (
        f"stadtbezirk-{city.hombruch.district.pk}",
        f"haus-{city.hombruch.hall.pk}",
        "stadt",
        "haus-x",
    ):
        answer = client.post(PAGE, posted(city, today, schritt="schliessen", was=foreign))
        assert answer.status_code == 200
        assert "Das können Sie nicht schließen" in answer.content.decode()
    assert not Notice.objects.filter(scope__in=["stadtbezirk", "stadt"]).exists()


@pytest.mark.parametrize(
    ("field", "days", "sentence"),
    [
        ("bis", 0, "Der letzte Tag liegt vor dem ersten."),
        ("bis", -3, "Der letzte Tag ist schon vorbei."),
        ("bis", 800, "Länger als ein Jahr im Voraus"),
        ("von", -90, "mehr als einen Monat zurück"),
    ],
)
def test_days_that_cannot_be(client: Client, city: City, today: dt.date, field, days, sentence):
    client.force_login(city.people["vorort-hoerde"])
    day = (today + dt.timedelta(days=days)).isoformat()
    page = client.post(PAGE, posted(city, today, schritt="vorschau", **{field: day})).content.decode()
    assert sentence in page
    assert "Wegen Sturmwarnung." in page  # still typed


def test_opened_again_on_its_page_and_two_editors(client: Client, city: City, today: dt.date):
    vorort, notice = (
        city.people["vorort-hoerde"],
        made(city, "vorort-hoerde", today, 0, 5, scope="stadtbezirk", district=city.hoerde.district),
    )
    dates = make_dates(city.hoerde.hall, today + dt.timedelta(days=1))
    closing.close(notice, vorort, at(today))
    client.force_login(vorort)
    here = f"{PAGE}{notice.pk}/"
    version = Notice.objects.get(pk=notice.pk).version
    other = Notice.objects.get(pk=notice.pk)
    other.text = "Glatteis."
    other.save()
    answer = client.post(
        here, {"last_day": notice.last_day, "text": "Schnee.", "version": version, "schritt": "aendern"}
    )
    page = answer.content.decode()
    assert "Inzwischen gespeichert: «Glatteis.»" in page
    assert 'value="Schnee."' in page
    assert client.post(here, {"schritt": "oeffnen"}).status_code == 303
    assert states(dates) == "G"
    assert client.post(here, {"schritt": "oeffnen"}).status_code == 200  # a second time changes nothing
    client.force_login(city.people["koordination-caritas"])
    assert client.get(here).status_code == 404


def test_everybody_reads_it_and_no_page_asks_for_it_twice(client: Client, city: City, today: dt.date):
    hall = city.hoerde.hall
    closing.close(made(city, "redaktion", today, 0, 2, scope="stadt"), city.people["redaktion"], at(today))
    district = made(city, "vorort-hoerde", today, 2, 3, scope="stadtbezirk", district=city.hoerde.district)
    closing.close(district, city.people["vorort-hoerde"], at(today))
    announcing.forget()
    client.get("/impressum/")  # this page reads them for all that follow
    seen = {
        path: client.get(path).content.decode()
        for path in (
            "/",
            "/angebote/",
            "/begegnung/",
            "/impressum/",
            f"/begegnung/{hall.slug}/",
            f"/begegnung/{city.hombruch.hall.slug}/",
        )
    }
    for path, page in seen.items():
        assert page.count('data-schliessung="stadt"') == 1, path
    told = {path for path, page in seen.items() if 'data-schliessung="stadtbezirk"' in page}
    assert told == {"/", "/angebote/", "/begegnung/", f"/begegnung/{hall.slug}/"}
    with CaptureQueriesContext(connection) as asked:
        client.get("/")
    assert not [one for one in asked if "seniorportal_notice" in (one["sql"] or "")]


def test_it_is_told_a_week_before_and_not_after(city, today):
    notice = made(city, "redaktion", today, 20, 22, scope="stadt")
    closing.close(notice, city.people["redaktion"], at(today))
    announcing.forget()
    day = dt.timedelta(days=1)
    assert not announcing.for_everybody(today + 12 * day)
    assert announcing.for_everybody(today + 13 * day)
    assert announcing.for_everybody(today + 22 * day)
    assert not announcing.for_everybody(today + 23 * day)
    assert announcing.for_venue(city.hoerde.hall.pk, today)  # the page of a house says it four weeks ahead
    assert not announcing.for_venue(city.hoerde.office.pk, today)


@pytest.mark.parametrize("houses", [2, 20])
def test_an_act_costs_the_same_for_many_houses(city, today, houses, django_assert_max_num_queries):
    for number in range(houses):
        venue = Venue.objects.create(
            name=f"Beispielhalle {number}",
            report_area=ReportArea.MEETING_PLACES,
            district=city.hoerde.district,
        )
        make_dates(venue, today + dt.timedelta(days=1), today + dt.timedelta(days=2))
    user = make_user("viel")
    make_membership(user, Role.VORORT, district=city.hoerde.district)
    notice = made(city, "redaktion", today, 1, 2, scope="stadtbezirk", district=city.hoerde.district)
    with django_assert_max_num_queries(19):
        done = closing.close(notice, user, at(today))
    assert done == closing.Reach(houses + 2, houses * 2)
    with django_assert_max_num_queries(35):
        closing.reopen(notice, user, at(today))
