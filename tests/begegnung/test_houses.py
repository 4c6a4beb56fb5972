"""«Meine Häuser»: whose houses stand there, and what each of them needs."""

import datetime as dt
import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from begegnung import houses as verbs
from begegnung.models import AnnualReturn
from seniorportal import register
from seniorportal.figures.period import Period
from seniorportal.models import Closure, Feedback, Offering, ReportArea, User, Venue, Visit
from seniorportal.review import Stand
from tests.cast import City

pytestmark = pytest.mark.django_db
PAGE = "/begegnung/verwalten/"
TODAY = dt.date(2026, 11, 23)


def login(client: Client, city: City, who: str) -> User:
    client.force_login(city.people[who])
    return city.people[who]


def lines(client: Client, query: str = "") -> list[str]:
    """The houses in the order of the page."""
    answer = client.get(PAGE + query)
    assert answer.status_code == 200
    page = answer.content.decode()
    found = re.findall(r'<tr data-ort="([^"]+)"', page)
    assert f'data-anzahl="{len(found)}"' in page
    return found


def house(city: City, day: dt.date = TODAY, who: str = "koordination-awo") -> verbs.House:
    found = {one.venue.pk: one for one in verbs.houses(city.people[who], day)}
    return found[city.hoerde.hall.pk]


def test_no_venue_takes_the_word_of_the_pages_of_staff():
    named = Venue.objects.create(name="Verwalten", report_area=ReportArea.MEETING_PLACES)
    given = Venue.objects.create(name="Haus", slug="verwalten", report_area=ReportArea.MEETING_PLACES)
    third = Venue.objects.create(name="Mitmachen!", report_area=ReportArea.MEETING_PLACES)
    assert [named.slug, given.slug, third.slug] == ["verwalten-2", "haus", "mitmachen-2"]
    assert reverse("begegnung:manage:houses") == "/begegnung/verwalten/"


def test_whose_houses_they_are(client: Client, city: City):
    hall, centre = city.hoerde.hall.slug, city.hoerde.centre.slug
    for who, own in (
        ("koordination-awo", {hall, centre}),
        ("koordination-caritas", {city.hombruch.hall.slug, city.hombruch.centre.slug}),
        ("vorort-hoerde", {hall, centre}),
        ("halle-hoerde", {hall}),
        ("hausleitung-ekh", {centre}),
    ):
        login(client, city, who)
        assert set(lines(client)) == own, who
    login(client, city, "tandem-hoerde")
    assert "kein Haus zugeordnet" in client.get(PAGE).content.decode()
    for who in ("auswertung", "redaktion", "technik", "niemand"):
        login(client, city, who)
        assert client.get(PAGE).status_code == 404, who
    client.logout()
    assert client.get(PAGE)["Location"] == f"/konto/login/?next={PAGE}"


def test_the_overview_leads_there(client: Client, city: City):
    for who, there in (
        ("koordination-awo", True),
        ("halle-hoerde", True),
        ("tandem-hoerde", False),
        ("redaktion", False),
    ):
        login(client, city, who)
        assert (f'href="{PAGE}"' in client.get("/uebersicht/").content.decode()) == there, who


def test_nothing_of_another_carrier_is_on_the_page(client: Client, city: City):
    for who, other in (("koordination-awo", city.hombruch), ("koordination-caritas", city.hoerde)):
        login(client, city, who)
        page = client.get(PAGE).content.decode()
        assert not [word for word in other.words if word in page]


# --- the lights -----------------------------------------------------------------------------------------------------


def test_confirmed_due_and_overdue(city: City):
    hall = city.hoerde.hall
    Offering.objects.filter(venue=hall).update(confirmed_at=TODAY)
    for days, stand, words in (
        (None, Stand.DUE, "1 Angabe zu prüfen"),
        (181, Stand.DUE, "1 Angabe zu prüfen"),
        (180, Stand.SOON, "1 bald wieder zu prüfen"),
        (160, Stand.SOON, "1 bald wieder zu prüfen"),
        (150, Stand.FINE, "bestätigt"),
    ):
        day = None if days is None else TODAY - dt.timedelta(days=days)
        Venue.objects.filter(pk=hall.pk).update(confirmed_at=day)
        assert house(city).confirmed == verbs.Sign(stand, words), days
    Offering.objects.filter(venue=hall).update(confirmed_at=None)
    assert house(city).confirmed.text == "1 Angabe zu prüfen"
    Offering.objects.filter(venue=hall).update(rule="", first_date=dt.date(2020, 1, 1))
    hall.offerings.get().occurrences.all().delete()
    assert house(city).confirmed.text == "bestätigt"  # a single date of the past promises nothing


def count(city: City, month: int, number: int | None, scope: str = "monat") -> None:
    Visit.objects.create(
        venue=city.hoerde.hall,
        scope=scope,
        first_day=dt.date(2026, month, 1),
        count=number,
        closed=number is None,
    )


def test_nought_closed_and_missing_are_three_things(city: City):
    Visit.objects.filter(venue=city.hoerde.hall).delete()
    assert house(city).counted == verbs.Sign(Stand.DUE, "Mai bis Oktober fehlen noch")
    for month in (5, 6, 7, 8):
        count(city, month, 40)
    assert house(city).counted == verbs.Sign(Stand.DUE, "September und Oktober fehlen noch")
    count(city, 9, None)
    assert house(city).counted == verbs.Sign(Stand.DUE, "Oktober fehlt noch")
    assert house(city, dt.date(2026, 11, 15)).counted == verbs.Sign(Stand.SOON, "Oktober fehlt noch")
    count(city, 10, 0)
    assert house(city).counted == verbs.Sign(Stand.FINE, "Oktober: niemand kam (0)")
    Visit.objects.filter(venue=city.hoerde.hall, first_day=dt.date(2026, 10, 1)).delete()
    count(city, 10, None)
    assert house(city).counted == verbs.Sign(Stand.FINE, "Oktober: geschlossen")
    count(city, 10, 7, "tag")  # somebody came on one day: the day goes over the month
    assert house(city).counted == verbs.Sign(Stand.FINE, "Oktober: gezählt")


def test_a_month_of_holidays_a_year_and_a_return_are_not_missing(city: City):
    hall = city.hoerde.hall
    Visit.objects.filter(venue=hall).delete()
    for month in (5, 6, 7, 9, 10):
        count(city, month, 10)
    closure = Closure.objects.create(venue=hall, first_day=dt.date(2026, 7, 28), last_day=dt.date(2026, 9, 2))
    assert house(city).counted.stand == Stand.FINE
    closure.delete()
    assert house(city).counted.text == "August fehlt noch"
    count(city, 1, 500, "jahr")
    assert house(city).counted.stand == Stand.FINE
    Visit.objects.filter(venue=hall).delete()
    AnnualReturn.objects.filter(venue=hall).delete()
    AnnualReturn.objects.create(venue=hall, year=2026, visits=500, state="entwurf")
    assert house(city).counted.stand == Stand.DUE
    AnnualReturn.objects.filter(year=2026).update(state="gemeldet")
    assert house(city).counted == verbs.Sign(Stand.FINE, "Oktober: in der Jahreszahl")


def test_months_in_which_the_house_was_not_there_are_not_asked_for(city: City):
    hall = city.hoerde.hall
    Visit.objects.filter(venue=hall).delete()
    Venue.objects.filter(pk=hall.pk).update(active_from=dt.date(2026, 10, 31))
    assert house(city).counted.text == "Oktober fehlt noch"
    Venue.objects.filter(pk=hall.pk).update(active_from=dt.date(2026, 11, 2))
    assert house(city).counted == verbs.Sign(Stand.FINE, "noch nichts zu zählen")
    Venue.objects.filter(pk=hall.pk).update(active_from=None, active_until=dt.date(2026, 6, 30))
    found = house(city)
    assert found.counted.text == "Mai und Juni fehlen noch"
    assert found.confirmed.text == "geschlossen seit 30. Juni"


def test_jahresmeldung(city: City):
    hall = city.hoerde.hall
    AnnualReturn.objects.filter(venue=hall).delete()
    assert house(city).declared == verbs.Sign(Stand.DUE, "2025 fehlt noch")
    assert house(city, dt.date(2026, 3, 31)).declared == verbs.Sign(Stand.SOON, "2025 fehlt noch")
    row = AnnualReturn.objects.create(venue=hall, year=2025)
    assert house(city).declared == verbs.Sign(Stand.DUE, "2025 ist noch Entwurf")
    AnnualReturn.objects.filter(pk=row.pk).update(state="gemeldet")
    assert house(city).declared == verbs.Sign(Stand.FINE, "2025 gemeldet")
    Venue.objects.filter(pk=hall.pk).update(active_from=dt.date(2026, 1, 1))
    assert house(city).declared is None


def test_feedback_and_closures(city: City):
    hall = city.hoerde.hall
    rows = Feedback.objects.filter(answer_by__isnull=False)
    rows.update(answer_by=TODAY)
    assert house(city).answered == verbs.Sign(Stand.SOON, "2 offen")  # of the hall and of its offering
    rows.update(answer_by=TODAY - dt.timedelta(days=1))
    assert house(city).answered == verbs.Sign(Stand.DUE, "2 offen, Antwort überfällig")
    rows.update(done_on=TODAY, outcome="stimmt")
    assert house(city).answered == verbs.Sign(Stand.FINE, "keine offen")
    assert house(city, who="halle-hoerde").answered is None  # a hall settles none
    for first, last in (
        ((2026, 11, 20), (2026, 11, 23)),
        ((2026, 12, 21), (2027, 1, 6)),
        ((2027, 2, 1), (2027, 2, 1)),
    ):
        Closure.objects.create(venue=hall, first_day=dt.date(*first), last_day=dt.date(*last))
    assert house(city).closed == ["heute zu, bis 23. November", "21. Dezember bis 6. Januar"]


def test_what_needs_her_first_and_the_filters(client: Client, city: City):
    login(client, city, "koordination-awo")
    hall, centre = city.hoerde.hall, city.hoerde.centre
    today = timezone.localdate()
    Venue.objects.filter(pk=centre.pk).update(confirmed_at=today)
    Offering.objects.filter(venue=centre).update(confirmed_at=today)
    assert lines(client) == [hall.slug, centre.slug]
    assert lines(client, "?faellig=pruefen") == [hall.slug]
    assert lines(client, "?faellig=meldung") == [hall.slug]  # a centre makes none
    assert lines(client, "?faellig=schliesszeit") == []
    assert lines(client, f"?bezirk={city.hoerde.district.slug}&traeger={city.hoerde.branch.slug}") == [
        hall.slug
    ]
    page = client.get(f"{PAGE}?bezirk=bezirk-hombruch&unsinn=1&seite=x").content.decode()
    assert "data-ignoriert" in page and hall.name in page


def test_the_page_costs_the_same_for_two_and_for_158_houses(client: Client, city: City):
    login(client, city, "koordination-awo")

    def cost() -> int:
        with CaptureQueriesContext(connection) as caught:
            assert client.get(PAGE).status_code == 200
        return len(caught)

    few = cost()
    for number in range(156):
        venue = Venue.objects.create(
            name=f"Haus {number}", report_area="begegnung", district=city.hoerde.district
        )
        venue.carriers.add(city.hoerde.branch)
    assert len(lines(client)) == 158
    assert cost() == few
    assert few <= 16, few


# --- a hall that changes carrier ------------------------------------------------------------------------------------


def test_a_hall_that_changes_carrier_takes_its_figures_along(client: Client, city: City):
    hall, today = city.hoerde.hall, timezone.localdate()
    day = today - dt.timedelta(days=1)  # the figures of a running year end yesterday
    Visit.objects.filter(venue=hall).update(first_day=day)

    def visits() -> float | None:
        return register.all_figures()["besuche"].read(Period.parse(str(day.year), today)).value

    before, rows = visits(), list(Visit.objects.filter(venue=hall).values("pk", "count", "version"))
    assert before
    hall.carriers.set([city.hombruch.carrier])
    login(client, city, "koordination-awo")
    assert hall.slug not in lines(client)
    assert client.get(f"{PAGE}stimmt-noch/?haus={hall.slug}").status_code == 404
    login(client, city, "koordination-caritas")
    assert hall.slug in lines(client)
    assert list(Visit.objects.filter(venue=hall).values("pk", "count", "version")) == rows
    assert visits() == before
