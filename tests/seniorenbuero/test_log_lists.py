"""Days and months of an office: what they count, what they cost, and the end of a month."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from seniorenbuero import months
from seniorenbuero.desk import lists
from seniorenbuero.models import ClosedMonth
from seniorportal import access
from seniorportal.access import Right
from seniorportal.models import Case, Consultation, ConsultationTopic
from tests.cast import City
from tests.public.html import check_page
from tests.seniorenbuero.log import enter, fields, only_the_log, signed_in, yesterday

pytestmark = pytest.mark.django_db
THIS_MONTH = timezone.localdate().replace(day=1)
MOST_STATEMENTS = {"desk:log": 12, "desk:day": 10, "desk:start": 8, "desk:month": 8}


@pytest.fixture
def city(office_city: City) -> City:
    ClosedMonth.objects.all().delete()
    return office_city


@pytest.fixture
def client(city):
    return signed_in(city)


def many(city, number: int, **more) -> None:
    topics = list(ConsultationTopic.objects.all()[:3])
    for _ in range(number):
        Consultation.objects.create(office=city.hoerde.office, **more).topics.set(topics)


def statements(run) -> int:
    with CaptureQueriesContext(
        connection,
    ) as caught:
        run()
    words = ("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT", "SET ", "SELECT set_config")
    return len([one for one in caught if not one["sql"].startswith(words)])


@pytest.mark.parametrize("name", MOST_STATEMENTS)
def test_pages_cost_the_same_for_2_and_for_20_rows(city, client, name):
    arguments = [f"{THIS_MONTH:%Y-%m}"] if name == "desk:month" else []
    enter(client)
    client.get(reverse(name, args=arguments))
    found = []
    for number in (2, 18):
        many(city, number)
        found.append(statements(lambda: client.get(reverse(name, args=arguments))))
    assert found[0] == found[1] <= MOST_STATEMENTS[name], found


def test_an_entry_costs_a_fixed_number_of_statements(city, client):
    enter(client)
    device = only_the_log(client)
    for hand, most in ((client, 16), (device, 15)):
        found = []
        for number in (2, 18):
            many(city, number)
            found.append(statements(lambda hand=hand: hand.post(reverse("desk:log"), fields())))
        assert found[0] == found[1] <= most, found


def test_the_day_lists_and_counts(city, client):
    Consultation.objects.update(date=dt.date(2015, 1, 1))
    enter(client, is_first="1")
    enter(client, is_first="0", thema=["Vorsorgevollmacht"])
    enter(client, outcome="fehl", thema=[])
    enter(client, date=yesterday().isoformat())
    page = check_page(client.get(reverse("desk:day")).content.decode())
    assert "2 Beratungen, davon 1 Anfrage; 1 Fehlanruf, nicht gezählt" in page.text
    assert "Vorsorgevollmacht" in page.text
    other = check_page(
        client.get(reverse("desk:day"), {"tag": yesterday().isoformat()}).content.decode()
    ).text
    assert "1 Beratung, davon 1 Anfrage" in other
    broken = check_page(client.get(reverse("desk:day"), {"tag": "31.02."}).content.decode()).text
    assert "Den Tag «31.02.» können wir nicht lesen" in broken
    assert "nichts eingetragen" in client.get(reverse("desk:day"), {"tag": "2015-03-01"}).content.decode()


def test_the_month_counts_days_and_cases(city, client):
    Consultation.objects.update(date=dt.date(2015, 1, 1))
    enter(client)
    enter(client, is_first="0")
    where = reverse("desk:month", args=[f"{THIS_MONTH:%Y-%m}"])
    text = check_page(client.get(where).content.decode()).text
    assert "1 Anfrage" in text and "2 Beratungen" in text and "1 neuer Fall" in text
    assert Case.objects.filter(office=city.hoerde.office).count() == 1
    for broken in ("2026-13", "heute", "1999-01", "2026-1", "20261-01"):
        assert client.get(reverse("desk:month", args=[broken])).status_code == 404


def test_a_month_is_closed_when_it_is_over_and_opened_again(city, client, monkeypatch):
    last = (THIS_MONTH - dt.timedelta(days=1)).replace(day=1)
    if last < months.first_open_day(timezone.localdate()):
        pytest.skip("In January of a closed year there is no month to close")
    running = reverse("desk:month", args=[f"{THIS_MONTH:%Y-%m}"])
    client.post(running, {"schliessen": "1"})
    assert not ClosedMonth.objects.exists()
    assert "kann noch nicht oder nicht mehr abgeschlossen werden" in client.get(running).content.decode()
    row = Consultation.objects.create(office=city.hoerde.office, date=last)
    where, user = reverse("desk:month", args=[f"{last:%Y-%m}"]), city.people["tandem-hoerde"]
    assert access.may(user, Right.CHANGE, row)
    for _ in range(2):  # a double click closes it once
        assert client.post(where, {"schliessen": "1"}).status_code == 303
    closed = ClosedMonth.objects.get()
    assert (closed.office, closed.month) == (city.hoerde.office, last)
    assert access.may(user, Right.SEE, row) and not access.may(user, Right.CHANGE, row)
    assert "Wieder öffnen" in client.get(where).content.decode()
    assert client.post(where, {"oeffnen": "1"}).status_code == 303
    assert access.may(user, Right.CHANGE, row) and not ClosedMonth.objects.exists()
    labels = list(ClosedMonth.pgh_event_models["delete"].objects.values_list("pgh_label", flat=True))
    assert "insert" in labels and "delete" in labels


def test_a_month_of_another_office_stays_open(city, client):
    ClosedMonth.objects.create(office=city.hombruch.office, month=THIS_MONTH)
    assert enter(client)


@pytest.mark.parametrize(
    ("today", "first"),
    [(dt.date(2026, 11, 23), dt.date(2026, 1, 1)), (dt.date(2027, 1, 31), dt.date(2026, 1, 1)),
     (dt.date(2027, 2, 1), dt.date(2027, 1, 1))],
)  # fmt: skip
def test_a_year_closes_with_the_january_after_it(today, first):
    assert months.first_open_day(today) == first


def test_the_start_page_leads_everywhere(city, client):
    text = check_page(client.get(reverse("desk:start")).content.decode()).text
    for words in ("Beratung eintragen", "Fälle", "Netzwerk", "Runde Tische", "Nachbarschaftshilfe"):
        assert words in text, words
    assert str(city.hoerde.office) in text


def test_months_that_wait(city):
    class At:
        office = city.hoerde.office

    found = lists.waiting(At())
    assert THIS_MONTH not in found and all(one.day == 1 for one in found)


def test_whoever_works_for_two_offices_says_for_which(city):
    from seniorportal.models import Role
    from tests.cast import make_membership

    user = city.people["tandem-hoerde"]
    make_membership(user, Role.TANDEM, venue=city.hombruch.office, employer=city.hombruch.carrier)
    client = signed_in(city)
    answer = client.get(reverse("desk:log"))
    assert answer.status_code == 302 and answer["Location"].startswith(reverse("staff:office"))
    chosen = user.memberships.get(venue=city.hombruch.office)
    client.post(reverse("staff:office"), {"membership": chosen.pk})
    assert enter(client).office == city.hombruch.office
    # The log of the device follows her choice: chosen anew, the next entry opens another one.
    other = user.memberships.get(venue=city.hoerde.office)
    client.post(reverse("staff:office"), {"membership": other.pk})
    assert enter(client).office == city.hoerde.office
