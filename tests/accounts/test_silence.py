"""Nobody's account is locked without a word before: to the person, to whoever invited her, and in her team."""

import datetime as dt

import pytest
from django.core import mail
from django.utils import timezone

from seniorportal import jobs, outbox
from seniorportal.accounts import invitations, team
from seniorportal.models import Invitation, OutgoingMail, Role, User
from tests.cast import City, make_membership, make_user
from tests.concerns.people import signed_in
from tests.public.html import check_page

pytestmark = pytest.mark.django_db


def silent_for(user: User, days: int) -> None:
    User.objects.filter(pk=user.pk).update(last_login=timezone.now() - dt.timedelta(days=days))
    user.refresh_from_db()


@pytest.fixture
def invited(city: City) -> User:
    """Somebody of a hall, invited by the coordinator of its carrier."""
    user = make_user("halle-neu", name="Hanna Halle", email="hanna@beispiel.invalid")
    make_membership(user, Role.HALL, venue=city.hoerde.hall)
    by = city.people["koordination-awo"]
    by.email = "koordination@beispiel.invalid"
    by.save()
    later = timezone.now() + dt.timedelta(days=30)
    Invitation.objects.create(
        name="Hanna Halle",
        role=Role.HALL,
        venue=city.hoerde.hall,
        invited_by=by,
        account=user,
        accepted_at=timezone.now(),
        expires_at=later,
    )
    return user


@pytest.mark.parametrize("days", range(0, 800, 13))
def test_the_night_that_locks_is_known_beforehand(days: int):
    last = dt.date(2024, 1, 1) + dt.timedelta(days=days)
    user = User(last_login=dt.datetime.combine(last, dt.time(12), dt.UTC))
    night = team.locked_on(user)
    assert team.months_before(night, team.IDLE_MONTHS) > last
    assert team.months_before(night - dt.timedelta(days=1), team.IDLE_MONTHS) <= last


def test_warned_a_month_before_and_in_the_last_week(city: City, invited: User):
    today = timezone.localdate()
    silent_for(invited, 600)
    assert team.warn_silent(today) == 0
    silent_for(invited, 712)
    assert (team.warn_silent(today), team.warn_silent(today)) == (2, 0), "each of them once"
    last_week = team.locked_on(invited) - dt.timedelta(days=3)
    assert (team.warn_silent(last_week), team.warn_silent(last_week)) == (2, 0)
    assert set(OutgoingMail.objects.filter(kind="konto-ruht").values_list("to__username", flat=True)) == {
        "halle-neu",
        "koordination-awo",
    }
    invited.refresh_from_db()
    assert invited.is_active
    outbox.send_due()
    own, others = (
        [one.body for one in mail.outbox if one.to == [to]]
        for to in ("hanna@beispiel.invalid", "koordination@beispiel.invalid")
    )
    assert "/konto/login/" in own[0] and "In 3 Tagen" in own[1]
    assert "/konto/team/" in others[0] and len(others) == 2
    assert not [one for one in mail.outbox if "Hanna" in one.body + one.subject], "no name in a mail"


def test_signing_in_ends_the_silence(city: City, invited: User):
    silent_for(invited, 712)
    team.warn_silent(timezone.localdate())
    silent_for(invited, 0)
    assert team.going_silent(timezone.localdate()) == []
    assert team.locked_on(invited) > timezone.localdate() + dt.timedelta(days=700)


def test_the_team_sees_who_will_be_locked_and_strangers_do_not(city: City, invited: User):
    silent_for(invited, 712)
    day = team.locked_on(invited)
    said = f"Ohne Anmeldung wird das Konto am {day.day}."
    for path in ("/uebersicht/", "/konto/team/"):
        page = check_page(signed_in(city.people["koordination-awo"]).get(path).content.decode()).text
        assert "Hanna Halle" in page and said in page, path
        foreign = signed_in(city.people["koordination-caritas"]).get(path).content.decode()
        assert "Hanna Halle" not in foreign and "Lange nicht angemeldet" not in foreign, path


def test_whoever_left_hears_nothing_and_without_an_address_the_team_does(city: City, invited: User):
    silent_for(invited, 712)
    User.objects.filter(pk=invited.pk).update(email="")
    assert team.warn_silent(timezone.localdate()) == 1
    OutgoingMail.objects.all().delete()
    by = city.people["koordination-awo"]
    by.memberships.update(active_until=timezone.localdate() - dt.timedelta(days=1))
    assert team.warn_silent(timezone.localdate()) == 0


def test_the_job_of_the_night_warns_and_says_so(city: City, invited: User):
    silent_for(invited, 712)
    assert jobs.run(jobs.JOBS["lock_silent"]).said == "2 Warnungen vor dem Sperren geschrieben."
    silent_for(invited, 740)
    assert jobs.run(jobs.JOBS["lock_silent"]).said == "1 Konto nach zwei Jahren ohne Anmeldung gesperrt."
    assert invitations.news(city.people["koordination-awo"])["silent"] == []
