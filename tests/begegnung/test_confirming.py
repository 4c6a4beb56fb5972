"""«Stimmt noch?»: only what was shown and ticked is confirmed, with a login or by the link of a mail."""

import datetime as dt
import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from seniorportal import links
from seniorportal.models import ContactPoint, Link, Occurrence, Offering, OpeningHours, User, Venue
from tests.cast import City

pytestmark = pytest.mark.django_db
PAGE = "/begegnung/verwalten/stimmt-noch/"


@pytest.fixture
def today() -> dt.date:
    return timezone.localdate()


def seals(page: str) -> dict[str, list[str]]:
    """The check boxes of the page: by the name of their house."""
    found: dict[str, list[str]] = {}
    for name, value in re.findall(r'name="(haus-\d+)" value="([^"]+)"', page):
        found.setdefault(name, []).append(value)
    return found


def opened(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def filled(page: str, today: dt.date, **more: str) -> dict[str, Any]:
    return {**seals(page), "tag": today.isoformat(), **more}


def login(client: Client, city: City, who: str) -> User:
    client.force_login(city.people[who])
    return city.people[who]


def test_what_is_shown_and_ticked_is_confirmed_and_nothing_else(client: Client, city: City, today: dt.date):
    awo = login(client, city, "koordination-awo")
    hall = city.hoerde.hall
    page = opened(client, f"{PAGE}?haus={hall.slug}")
    boxes = seals(page)[f"haus-{hall.pk}"]
    assert len(boxes) == 2  # the hall and its offering
    house = next(box for box in boxes if box.startswith("ort-"))
    answer = client.post(
        f"{PAGE}?haus={hall.slug}", {"tag": today, f"haus-{hall.pk}": [house], "nur": hall.pk}
    )
    assert (answer.status_code, answer["Location"]) == (303, "/begegnung/verwalten/")
    assert "Eine Angabe gilt als heute geprüft" in opened(client, "/begegnung/verwalten/")
    hall.refresh_from_db()
    offering = hall.offerings.get()
    assert (hall.confirmed_at, hall.confirmed_by, hall.version) == (today, awo, 2)
    assert offering.confirmed_at is None


def test_it_shows_what_is_confirmed(client: Client, city: City, today: dt.date):
    login(client, city, "koordination-awo")
    hall = city.hoerde.hall
    offering = hall.offerings.get()
    Offering.objects.filter(pk=offering.pk).update(rule="FREQ=WEEKLY;BYDAY=TU", first_date=today)
    for number in range(1, 7):
        day = today + dt.timedelta(days=7 * number)
        Occurrence.objects.create(offering=offering, date=day, start=dt.time(9, 30), note=f"Nr {number}")
    page = opened(client, f"{PAGE}?haus={hall.slug}")
    for shown in (
        hall.name,
        offering.title,
        "jeden Dienstag",
        "9.30 Uhr",
        "Nr 3",
        "Dienstag 10 bis 12 Uhr",  # somebody answers the telephone
        hall.opening_hours.get().note,
        "Noch nie geprüft",
        "Stimmt nicht",
    ):
        assert shown in page, shown
    assert "Nr 4" not in page  # today's date and three more


def test_an_entry_changed_in_between_is_named_and_not_confirmed(client: Client, city: City, today: dt.date):
    login(client, city, "koordination-awo")
    hall = city.hoerde.hall
    offering = hall.offerings.get()
    page = opened(client, f"{PAGE}?haus={hall.slug}")
    offering.phone = "0231 1234567"
    offering.save()
    answer = client.post(f"{PAGE}?haus={hall.slug}", filled(page, today))
    said = answer.content.decode()
    assert answer.status_code == 409
    assert "Nicht bestätigt, weil inzwischen jemand etwas geändert hat" in said and offering.title in said
    assert "1 23 45 67" in said  # as it stands now
    hall.refresh_from_db()
    offering.refresh_from_db()
    assert hall.confirmed_at == today and offering.confirmed_at is None
    # Seen again, it can be confirmed.
    assert client.post(f"{PAGE}?haus={hall.slug}", filled(said, today)).status_code == 303
    offering.refresh_from_db()
    assert offering.confirmed_at == today


@pytest.mark.parametrize("change", ["hours", "telephone", "closure", "date"])
def test_what_hangs_on_the_entry_counts_as_changed(client: Client, city: City, today: dt.date, change: str):
    """Hours, numbers, closures and dates are rows of their own; the version of the entry does not know of them."""
    login(client, city, "koordination-awo")
    hall = city.hoerde.hall
    page = opened(client, f"{PAGE}?haus={hall.slug}")
    if change == "hours":
        OpeningHours.objects.filter(venue=hall).update(closes=dt.time(11, 45))
    elif change == "telephone":
        ContactPoint.objects.filter(venue=hall).update(value="0231 99")
    elif change == "closure":
        hall.closures.create(first_day=today, last_day=today)
    else:
        Occurrence.objects.filter(offering__venue=hall).update(status=Occurrence.Status.CANCELLED)
    assert client.post(f"{PAGE}?haus={hall.slug}", filled(page, today)).status_code == 409
    hall.refresh_from_db()
    offering = hall.offerings.get()
    assert (offering if change == "date" else hall).confirmed_at is None
    assert (hall if change == "date" else offering).confirmed_at == today


def test_a_second_click_changes_nothing(client: Client, city: City, today: dt.date):
    login(client, city, "koordination-awo")
    hall = city.hoerde.hall
    post = filled(opened(client, f"{PAGE}?haus={hall.slug}"), today)
    for _ in range(2):
        assert client.post(f"{PAGE}?haus={hall.slug}", post).status_code == 303
    hall.refresh_from_db()
    assert hall.version == 2


def test_nothing_ticked_an_old_page_and_enter_are_answered(client: Client, city: City, today: dt.date):
    login(client, city, "koordination-awo")
    page = opened(client, PAGE)
    for post, said in (
        ({"tag": today}, "Es war nichts angekreuzt"),
        (filled(page, today - dt.timedelta(days=3)), "Die Seite war lange offen"),
        (filled(page, today, nur="nichts"), "Bitte drücken Sie den Knopf unter dem Haus"),
        ({**seals(page), "tag": "gestern"}, "Die Seite war lange offen"),
    ):
        answer = client.post(PAGE, post)
        assert answer.status_code == 400
        assert said in answer.content.decode()
    assert not Venue.objects.filter(confirmed_at=today).exists()


def test_the_others_on_the_page_wait_for_their_own_button(client: Client, city: City, today: dt.date):
    login(client, city, "koordination-awo")
    hall, centre = city.hoerde.hall, city.hoerde.centre
    page = opened(client, PAGE)
    assert {f"haus-{hall.pk}", f"haus-{centre.pk}"} == set(seals(page))
    assert client.post(PAGE, filled(page, today, nur=str(hall.pk))).status_code == 303
    hall.refresh_from_db()
    centre.refresh_from_db()
    assert hall.confirmed_at == today and centre.confirmed_at is None
    assert client.post(PAGE, filled(opened(client, PAGE), today, nur="")).status_code == 303
    centre.refresh_from_db()
    assert centre.confirmed_at == today
    assert "nichts zu prüfen" in opened(client, PAGE)


def test_what_somebody_doubts_is_not_ticked_for_her(client: Client, city: City):
    login(client, city, "koordination-awo")
    page = opened(
        client, f"{PAGE}?haus={city.hoerde.hall.slug}"
    )  # the cast reported the hall and its offering
    assert "Jemand hat gemeldet" in page
    assert not re.search(r'<input type="checkbox"[^>]* checked', page)


def test_whose_houses(client: Client, city: City, today: dt.date):
    hall, other = city.hoerde.hall, city.hombruch.hall
    for who in ("koordination-awo", "vorort-hoerde", "halle-hoerde"):
        login(client, city, who)
        assert client.get(f"{PAGE}?haus={hall.slug}").status_code == 200
        assert client.get(f"{PAGE}?haus={other.slug}").status_code == 404
        assert other.name not in opened(client, PAGE)
    # «Begegnung VorOrt» confirms the programme of her district; the house itself is the coordinator's.
    login(client, city, "vorort-hoerde")
    page = opened(client, f"{PAGE}?haus={hall.slug}")
    assert [box.split("-")[0] for box in seals(page)[f"haus-{hall.pk}"]] == ["angebot"]
    assert "Bestätigen kann das die Koordination" in page
    assert client.post(PAGE, filled(page, today)).status_code == 303
    # A hall confirms nothing.
    login(client, city, "halle-hoerde")
    assert not seals(opened(client, f"{PAGE}?haus={hall.slug}"))
    login(client, city, "redaktion")
    assert client.get(PAGE).status_code == 404


def test_a_forged_box_confirms_nothing(client: Client, city: City, today: dt.date):
    login(client, city, "koordination-caritas")
    foreign = filled(opened(client, f"{PAGE}?haus={city.hombruch.hall.slug}"), today)
    login(client, city, "koordination-awo")
    assert client.post(PAGE, foreign).status_code == 404
    login(client, city, "halle-hoerde")
    own = Venue.objects.get(pk=city.hoerde.hall.pk)
    forged = {"tag": today, f"haus-{own.pk}": [f"ort-{own.pk}-1-{'0' * 20}"]}
    assert client.post(PAGE, forged).status_code == 403
    for nonsense in ("ort-1", "ort-1-1-x", "ort-99999999999999999999-1-" + "0" * 20, "\x00"):
        assert client.post(PAGE, {"tag": today, "haus-1": [nonsense]}).status_code == 404
    assert not Venue.objects.filter(confirmed_at=today).exists()


def test_the_page_of_two_and_of_fourteen_houses_costs_the_same(client: Client, city: City):
    login(client, city, "koordination-awo")

    def cost() -> int:
        with CaptureQueriesContext(connection) as caught:
            opened(client, PAGE)
        return len(caught)

    few = cost()
    for number in range(12):
        venue = Venue.objects.create(
            name=f"Haus {number}", report_area="begegnung", district=city.hoerde.district
        )
        venue.carriers.add(city.hoerde.carrier)
        for title in ("Treff", "Kurs"):
            Offering.objects.create(title=f"{title} {number}", venue=venue)
    assert cost() == few


# --- by the link of a mail ------------------------------------------------------------------------------------------


@pytest.fixture
def link(city: City, today: dt.date) -> Link:
    until = timezone.now() + dt.timedelta(days=28)
    return links.issue(Link.Kind.CONFIRM, city.hoerde.hall, to=city.people["koordination-awo"], until=until)


def path_of(link: Link) -> str:
    return f"/zettel/{links.token(link)}/stimmt-noch/"


def test_the_link_confirms_for_the_person_it_was_sent_to(
    client: Client, city: City, link: Link, today: dt.date
):
    page = opened(client, path_of(link))
    hall = city.hoerde.hall
    assert set(seals(page)) == {f"haus-{hall.pk}"}
    answer = client.post(path_of(link), filled(page, today))
    assert (answer.status_code, answer["Location"]) == (303, path_of(link))
    hall.refresh_from_db()
    assert (hall.confirmed_at, hall.confirmed_by) == (today, city.people["koordination-awo"])
    after = opened(client, path_of(link))
    assert "2 Angaben gelten als heute geprüft" in after and "nichts mehr zu prüfen" in after


def test_fetched_a_hundred_times_it_changes_nothing(client: Client, city: City, link: Link):
    before = list(Venue.objects.order_by("pk").values()), list(Offering.objects.order_by("pk").values())
    kept = Link.objects.filter(pk=link.pk).values().get()
    for _ in range(100):
        assert client.get(path_of(link)).status_code == 200
    assert client.head(path_of(link)).status_code == 200
    assert before == (
        list(Venue.objects.order_by("pk").values()),
        list(Offering.objects.order_by("pk").values()),
    )
    assert kept == Link.objects.filter(pk=link.pk).values().get()


def test_the_link_opens_no_other_house(client: Client, city: City, link: Link, today: dt.date):
    login(client, city, "koordination-caritas")
    foreign = filled(opened(client, f"{PAGE}?haus={city.hombruch.hall.slug}"), today)
    client.logout()
    assert client.post(path_of(link), foreign).status_code == 404
    login(client, city, "koordination-awo")
    centre = filled(opened(client, f"{PAGE}?haus={city.hoerde.centre.slug}"), today)
    client.logout()
    assert client.post(path_of(link), centre).status_code == 404  # hers, but not of this link
    assert city.hombruch.hall.name not in opened(client, path_of(link))
    assert not Venue.objects.filter(confirmed_at=today).exists()


def test_when_it_is_over_a_sentence_says_so(client: Client, city: City, link: Link, today: dt.date):
    post = filled(opened(client, path_of(link)), today)
    hall = city.hoerde.hall

    def is_over() -> None:
        for answer in (client.get(path_of(link)), client.post(path_of(link), post)):
            assert answer.status_code == 410
            assert "Dieser Link gilt nicht mehr" in answer.content.decode()
            assert hall.name not in answer.content.decode()

    Link.objects.filter(pk=link.pk).update(
        until=timezone.now() - dt.timedelta(seconds=1), made_at="2020-01-01T00:00Z"
    )
    is_over()
    Link.objects.filter(pk=link.pk).update(until=timezone.now() + dt.timedelta(days=1))
    assert client.get(path_of(link)).status_code == 200
    hall.carriers.set([city.hombruch.carrier])  # another association takes the house over
    is_over()
    hall.carriers.set([city.hoerde.carrier])
    links.revoke(Link.objects.get(pk=link.pk), city.people["koordination-awo"])
    is_over()
    for wrong in ("x", "1-abc", links.token(link)[:-1] + "!"):
        answer = client.get(f"/zettel/{wrong}/stimmt-noch/")
        assert answer.status_code == 404
        assert "Diesen Link kennen wir nicht" in answer.content.decode()
    hall.refresh_from_db()
    assert hall.confirmed_at is None


def test_whoever_keeps_the_house_takes_links_back(client: Client, city: City, link: Link):
    own = f"{PAGE}?haus={city.hoerde.hall.slug}"
    login(client, city, "koordination-caritas")
    assert client.post(PAGE, {"links": city.hoerde.hall.slug}).status_code == 303  # not hers: nothing happens
    assert client.get(path_of(link)).status_code == 200
    login(client, city, "koordination-awo")
    assert "ist verschickt und noch offen" in opened(
        client, own
    ) or "sind verschickt und noch offen" in opened(client, own)
    assert client.post(own, {"links": city.hoerde.hall.slug})["Location"] == own
    assert "noch offen" not in opened(client, own)
    assert client.get(path_of(link)).status_code == 410


def test_two_coordinators_on_one_page(client: Client, city: City, today: dt.date):
    """The house is carried by two associations; the second one hears what the first one changed."""
    hall = city.hoerde.hall
    hall.carriers.add(city.hombruch.carrier)
    own = f"{PAGE}?haus={hall.slug}"
    login(client, city, "koordination-awo")
    first = filled(opened(client, own), today)
    other = Client()
    login(other, city, "koordination-caritas")
    second = filled(opened(other, own), today)
    assert client.post(own, first).status_code == 303
    # What the first one only confirmed is confirmed; nobody needs to be told, nothing is written twice.
    assert other.post(own, second).status_code == 303
    hall.refresh_from_db()
    assert (hall.confirmed_by, hall.version) == (city.people["koordination-awo"], 2)
    # What the first one changed is not confirmed by the second one.
    Venue.objects.filter(pk=hall.pk).update(confirmed_at=None)
    second = filled(opened(other, own), today)
    hall.refresh_from_db()
    hall.street = "Neue Straße 1"
    hall.save()
    answer = other.post(own, second)
    assert answer.status_code == 409 and "Neue Straße 1" in answer.content.decode()
    hall.refresh_from_db()
    assert hall.confirmed_at is None
