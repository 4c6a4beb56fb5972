"""The demo as the command loads it, once: one test, so that it runs once however many workers share the tests.

The figures are asked for in SQL written here on purpose, beside and without ``seniorportal.figures``.
"""

import datetime as dt
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from seniorportal.demo.accounts import ACCOUNTS
from seniorportal.models import Category, District, Occurrence, Offering, User, Venue
from tests.demo.test_small_city import example_rows

YEARS = (2014, 2015, 2016, 2017)
PASSWORD = "nur-fuer-diesen-test"

ACTIVE = "coalesce(v.active_from, date '0001-01-01') <= {day} AND coalesce(v.active_until, date '9999-01-01') >= {day}"
BY_DAY = ACTIVE.format(day="day::date")
REPORTED = "r.state IN ('gemeldet', 'geprueft')"


def test_the_command_loads_a_city_whose_figures_are_those_of_the_report(
    as_owner: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PORTAL_DEMO_PASSWORD", PASSWORD)
    said = command()
    assert "davon neu 109.700" in said and "Beispiel-Begegnungsstätten: 125" in said
    the_programme_is_alive()
    the_accounts_can_sign_in()
    for year in YEARS:
        assert 155 <= meeting_places(year) <= 160
    assert meeting_places(2017) == 158
    the_figures_print_the_words_of_the_report({year: figures(year) for year in YEARS})
    the_same_rows_after_a_second_run()

    assert "Zeilen gelöscht" in command(remove=True)
    assert example_rows() == {}
    assert Venue.objects.count() == 56 and Offering.objects.count() == 118


def command(**options: Any) -> str:
    out = StringIO()
    call_command("demo_data", stdout=out, **options)
    return out.getvalue()


def the_programme_is_alive() -> None:
    today = timezone.localdate()
    assert Offering.objects.count() == 1100
    assert Venue.objects.filter(report_area="begegnung").active_on(today).count() == 158  # type: ignore[attr-defined]
    month = Occurrence.objects.filter(date__range=(today, today + dt.timedelta(days=30)))
    assert month.filter(status=Occurrence.Status.CANCELLED).exists()
    assert month.filter(status=Occurrence.Status.MOVED).exists()
    for category in Category.objects.all():
        assert month.filter(offering__categories=category).exists(), category
    for district in District.objects.all():
        assert month.filter(offering__venue__district=district).count() > 50, district
    confirmed = [offering.is_confirmed(today) for offering in Offering.objects.filter(example=True)]
    assert 0.75 < sum(confirmed) / len(confirmed) < 0.95


def the_accounts_can_sign_in() -> None:
    users = {user.username: user for user in User.objects.all() if user.has_usable_password()}
    assert set(users) == {login for login, *_ in ACCOUNTS}
    assert users["technik"].check_password(PASSWORD)
    assert len({user.password for user in users.values()}) == 1


def the_same_rows_after_a_second_run() -> None:
    before = counts()
    assert "nichts zu tun" in command()
    assert counts() == before


def counts() -> dict[str, int]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'")
        tables = [name for (name,) in cursor.fetchall()]
    return {table: one(f'SELECT count(*) FROM "{table}"') for table in tables}


def one(sql: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        (value,) = cursor.fetchone()
    return round(value or 0)


def meeting_places(year: int) -> int:
    last = f"date '{year}-12-31'"
    return one(
        "SELECT count(*) FROM seniorportal_venue v WHERE report_area = 'begegnung' AND "
        + ACTIVE.format(day=last)
    )


def the_figures_print_the_words_of_the_report(by_year: dict[int, dict[str, int]]) -> None:
    """Lowest and highest value that still prints the word; for 2014 to 2017 as for 2017 alone."""
    words = {
        "oeffnungsstunden": (50_001, 50_999),
        "besuche": (250_001, 259_999),
        "ehrenamtliche": (1_001, 1_099),
        "ekh_oeffnungsstunden": (1_950, 2_049),
        "ekh_angebote": (1_101, 1_199),
        "ekh_besuche": (14_001, 14_999),
        "ekh_ehrenamtliche": (34, 34),
        "beratungen": (9_950, 10_499),
        "einzelfallhilfen": (795, 804),
        "netzwerkpartner": (695, 704),
        "fachveranstaltungen": (60, 80),
        "nachbarschaftshelfer": (75, 84),
        "pflegekurse_tuerkisch": (4, 8),
    }
    assert by_year[2017].keys() == words.keys()
    for key, (lowest, highest) in words.items():
        average = sum(figures[key] for figures in by_year.values()) / len(by_year)
        assert lowest <= round(average) <= highest, (key, average)
        assert lowest <= by_year[2017][key] <= highest, (key, by_year[2017][key])
        assert len({figures[key] for figures in by_year.values()}) > 1, f"{key} stands still"


def figures(year: int) -> dict[str, int]:
    first, last = f"date '{year}-01-01'", f"date '{year}-12-31'"
    within = f"BETWEEN {first} AND {last}"
    working = f"coalesce(e.active_from, {first}) <= {last} AND coalesce(e.active_until, {last}) >= {first}"
    held = "o.status = 'stattgefunden' AND o.date " + within
    at_office = (
        "FROM seniorportal_occurrence o JOIN seniorportal_offering f ON f.id = o.offering_id"
        " JOIN seniorportal_venue v ON v.id = f.venue_id WHERE v.report_area = 'seniorenbuero' AND " + held
    )
    return {
        "oeffnungsstunden": hours("begegnung", year)
        + one(f"SELECT sum(opening_hours) FROM begegnung_annualreturn r WHERE year = {year} AND {REPORTED}"),
        "besuche": visits("begegnung", year)
        + one(
            f"SELECT sum(visits) FROM begegnung_annualreturn r WHERE year = {year} AND {REPORTED} AND NOT EXISTS ("
            f" SELECT FROM seniorportal_visit c WHERE c.venue_id = r.venue_id AND c.first_day {within})"
        ),
        "ehrenamtliche": one(
            "SELECT count(DISTINCT volunteer_id) FROM seniorportal_engagement e JOIN seniorportal_venue v"
            f" ON v.id = e.venue_id WHERE v.report_area = 'begegnung' AND {working}"
        )
        + one(
            f"SELECT sum(volunteers) FROM begegnung_annualreturn r WHERE year = {year} AND {REPORTED} AND NOT EXISTS ("
            f" SELECT FROM seniorportal_engagement e WHERE e.venue_id = r.venue_id AND {working})"
        ),
        "ekh_oeffnungsstunden": hours("stadtteilzentrum", year),
        "ekh_angebote": one(
            "SELECT count(*) FROM seniorportal_occurrence o JOIN seniorportal_offering f ON f.id = o.offering_id"
            f" JOIN seniorportal_venue v ON v.id = f.venue_id WHERE v.report_area = 'stadtteilzentrum' AND {held}"
        ),
        "ekh_besuche": visits("stadtteilzentrum", year),
        "ekh_ehrenamtliche": one(
            "SELECT count(DISTINCT volunteer_id) FROM seniorportal_engagement e JOIN seniorportal_venue v"
            f" ON v.id = e.venue_id WHERE v.report_area = 'stadtteilzentrum' AND {working}"
        ),
        "beratungen": one(
            f"SELECT count(*) FROM seniorportal_consultation WHERE outcome <> 'fehl' AND date {within}"
        ),
        "einzelfallhilfen": one(
            f"SELECT count(*) FROM seniorportal_case WHERE phase >= 2 AND criteria >= 3 AND opened_on {within}"
        ),
        "netzwerkpartner": one(
            "SELECT count(DISTINCT partner_id) FROM seniorenbuero_attendance a"
            f" JOIN seniorenbuero_roundtablemeeting m ON m.id = a.meeting_id WHERE m.date {within}"
        ),
        "fachveranstaltungen": one(
            f"SELECT count(*) {at_office} AND f.specialist IN ('fachveranstaltung', 'aktionstag')"
        ),
        "nachbarschaftshelfer": one(f"SELECT count(*) FROM seniorenbuero_helper e WHERE {working}"),
        "pflegekurse_tuerkisch": one(
            f"SELECT count(DISTINCT f.id) {at_office} AND f.specialist = 'pflegekurs' AND EXISTS ("
            " SELECT FROM seniorportal_offering_languages x JOIN seniorportal_language l ON l.id = x.language_id"
            " WHERE x.offering_id = f.id AND l.code = 'tr')"
        ),
    }


def hours(area: str, year: int) -> int:
    """Day by day over the calendar, without venues that declared their hours."""
    return one(
        "SELECT sum(extract(epoch FROM h.closes - h.opens) / 3600)"
        f" FROM generate_series(date '{year}-01-01', date '{year}-12-31', interval '1 day') AS day"
        " JOIN seniorportal_openinghours h ON h.weekday = extract(isodow FROM day) - 1"
        " JOIN seniorportal_venue v ON v.id = h.venue_id JOIN seniorportal_calendarday c ON c.date = day"
        f" WHERE v.report_area = '{area}' AND c.public_holiday = '' AND {BY_DAY}"
        " AND coalesce(h.valid_from, day) <= day AND coalesce(h.valid_until, day) >= day"
        " AND NOT EXISTS (SELECT FROM seniorportal_closure z WHERE z.venue_id = v.id"
        "  AND day BETWEEN z.first_day AND z.last_day)"
        f" AND NOT EXISTS (SELECT FROM begegnung_annualreturn r WHERE r.venue_id = v.id AND r.year = {year}"
        f"  AND {REPORTED} AND r.opening_hours IS NOT NULL)"
    )


def visits(area: str, year: int) -> int:
    """Per venue only the finest kind of count: here every kind covers what is coarser."""
    return one(
        "SELECT sum(count) FROM (SELECT count, rank() OVER (PARTITION BY venue_id ORDER BY"
        "  array_position(ARRAY['termin', 'tag', 'monat', 'jahr'], scope::text)) AS fineness"
        " FROM seniorportal_visit c JOIN seniorportal_venue v ON v.id = c.venue_id"
        f" WHERE v.report_area = '{area}' AND extract(year FROM first_day) = {year}) AS counts WHERE fineness = 1"
    )
