"""The mail «Stimmt noch?»: to whom, how often, and that it says nothing but a number and the way."""

import datetime as dt
import re

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from seniorportal import jobs, outbox, reminding
from seniorportal.models import Link, Offering, OutgoingMail, User, Venue
from tests.cast import City, make_membership

pytestmark = pytest.mark.django_db
KIND = OutgoingMail.Kind.REVIEW


@pytest.fixture
def city(city: City) -> City:
    for name, person in city.people.items():
        User.objects.filter(pk=person.pk).update(email=f"{name}@beispiel.invalid")
    Link.objects.all().delete()
    OutgoingMail.objects.all().delete()
    return city


@pytest.fixture
def today() -> dt.date:
    return timezone.localdate()


def confirm_all(today: dt.date) -> None:
    Venue.objects.update(confirmed_at=today)
    Offering.objects.update(confirmed_at=today)


def to() -> list[str]:
    return sorted(OutgoingMail.objects.filter(kind=KIND).values_list("to__username", flat=True))


def test_whoever_keeps_a_house_gets_one_mail_with_a_link_for_each(city: City, client: Client, today: dt.date):
    assert reminding.remind(today) == 5
    assert to() == [
        "hausleitung-ekh",
        "koordination-awo",
        "koordination-caritas",
        "tandem-hoerde",
        "tandem-hombruch",
    ]
    outbox.send_due()
    (sent,) = [one for one in mail.outbox if one.to == ["koordination-awo@beispiel.invalid"]]
    assert sent.subject == "4 Angaben sind zu prüfen: Stimmt noch?"
    assert "für Ihre 2 Häuser im Seniorenportal sind 4 Angaben zu prüfen" in sent.body
    for word in (*city.words(), "koordination-awo"):  # no name, no text of any entry
        assert str(word) not in sent.body + sent.subject
    paths = re.findall(r"(/zettel/\S+)#(\S+)", sent.body)
    assert {slug for _, slug in paths} == {city.hoerde.hall.slug, city.hoerde.centre.slug}
    for path, slug in paths:
        page = client.get(path).content.decode()
        assert f'id="{slug}"' in page  # the link leads to the house it names
    assert all(one.facts == {} for one in OutgoingMail.objects.filter(kind=KIND))


def test_not_twice_within_a_fortnight(city: City, today: dt.date):
    reminding.remind(today)
    sent = Link.objects.count()
    assert reminding.remind(today) == 0
    Link.objects.update(made_at=timezone.now() - dt.timedelta(days=13))
    assert reminding.remind(today + dt.timedelta(days=13)) == 0
    Link.objects.update(made_at=timezone.now() - dt.timedelta(days=15))
    assert reminding.remind(today + dt.timedelta(days=15)) == 5
    assert Link.objects.count() == 2 * sent


def test_what_is_confirmed_is_left_alone_until_it_runs_out(city: City, today: dt.date):
    confirm_all(today)
    assert reminding.remind(today) == 0
    confirm_all(today - dt.timedelta(days=180 - 20))  # runs out in twenty days
    assert reminding.remind(today) == 0
    Offering.objects.filter(venue=city.hoerde.hall).update(confirmed_at=today - dt.timedelta(days=170))
    assert reminding.remind(today) == 1
    assert to() == ["koordination-awo"]
    facts = OutgoingMail.objects.get(kind=KIND).facts
    assert (facts["number"], facts["houses"]) == (2, 1)  # the hall itself runs out soon as well


def test_two_coordinators_of_one_house_hear_of_it_on_the_same_day(city: City, today: dt.date):
    confirm_all(today)
    hall = city.hoerde.hall
    hall.carriers.add(city.hombruch.carrier)
    Venue.objects.filter(pk=hall.pk).update(confirmed_at=None)
    assert reminding.remind(today) == 2
    assert to() == ["koordination-awo", "koordination-caritas"]


def test_a_house_that_is_closed_or_not_public_asks_nobody(city: City, today: dt.date):
    Venue.objects.exclude(pk=city.hoerde.hall.pk).update(published=False)
    Venue.objects.filter(pk=city.hoerde.hall.pk).update(active_until=today - dt.timedelta(days=1))
    assert reminding.remind(today) == 0


def test_it_is_part_of_the_nightly_reminders(city: City):
    person = User.objects.create(username="neu", password="!", email="neu@beispiel.invalid")
    make_membership(person, "koordination", carrier=city.hoerde.carrier)
    jobs.run(jobs.JOBS["remind"])
    assert OutgoingMail.objects.filter(kind=KIND, to=person).exists()
