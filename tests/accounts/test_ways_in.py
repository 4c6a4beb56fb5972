"""Invited, confirmed by a second one, let in by a code; lost factors; last days; long silence."""

import datetime as dt
import re

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from seniorportal import access
from seniorportal.access import Right
from seniorportal.accounts import invitations, team
from seniorportal.models import FactorReset, Invitation, LoginSession, Membership, Role, User
from tests.accounts.people import PASSWORD, give_factor, sign_in
from tests.cast import make_membership, make_user
from tests.public.html import check_page
from tests.staff import forms

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def quick(cheap):
    pass


def new(**fields):
    return Invitation(name="Neue Kraft", **fields)


def ready(city, who="koordination-awo", **fields):
    fields = fields or {"role": Role.HALL, "venue": city.hoerde.hall}
    made = invitations.invite(new(**fields), by=city.people[who])
    return made, invitations.issue(made, by=city.people[who])


def second_tandem(city):
    user = make_user("tandem-zwei", name="Zweite Kraft")
    make_membership(user, Role.TANDEM, venue=city.hoerde.office, employer=city.hoerde.carrier)
    return user


def test_each_body_invites_its_own_people(city):
    hoerde, hombruch = city.worlds
    allowed = [
        ("koordination-awo", {"role": Role.HALL, "venue": hoerde.hall}),
        ("koordination-awo", {"role": Role.COORDINATION, "carrier": hoerde.branch}),
        ("hausleitung-ekh", {"role": Role.HALL, "venue": hoerde.centre}),
        ("tandem-hoerde", {"role": Role.TANDEM, "venue": hoerde.office, "employer": hoerde.carrier}),
        ("technik", {"role": Role.EDITORS}),
        ("technik", {"role": Role.TANDEM, "venue": hombruch.office, "employer": hombruch.carrier}),
    ]
    for who, fields in allowed:
        assert invitations.invite(new(**fields), by=city.people[who]).pk, (who, fields)
    refused = [
        ("koordination-awo", {"role": Role.HALL, "venue": hombruch.hall}),
        ("koordination-awo", {"role": Role.COORDINATION, "carrier": hombruch.carrier}),
        ("koordination-awo", {"role": Role.TANDEM, "venue": hoerde.office, "employer": hoerde.carrier}),
        ("koordination-awo", {"role": Role.TECHNICAL}),
        ("hausleitung-ekh", {"role": Role.HALL, "venue": hoerde.hall}),
        ("hausleitung-ekh", {"role": Role.HOUSE, "venue": hoerde.centre}),
        ("tandem-hoerde", {"role": Role.TANDEM, "venue": hombruch.office, "employer": hombruch.carrier}),
        ("tandem-hoerde", {"role": Role.HALL, "venue": hoerde.office}),
        ("vorort-hoerde", {"role": Role.HALL, "venue": hoerde.hall}),
        ("auswertung", {"role": Role.EVALUATION}),
        ("niemand", {"role": Role.HALL, "venue": hoerde.hall}),
    ]
    before = Invitation.objects.count()
    for who, fields in refused:
        with pytest.raises(PermissionDenied):
            from django.db import transaction

            with transaction.atomic():
                invitations.invite(new(**fields), by=city.people[who])
    assert Invitation.objects.count() == before


def test_an_office_needs_a_second_person_from_there(city):
    hoerde = city.hoerde
    first, second = city.people["tandem-hoerde"], second_tandem(city)
    offer = {"role": Role.TANDEM, "venue": hoerde.office, "employer": hoerde.carrier}
    proposed = invitations.invite(new(**offer), by=first)
    assert proposed.needs_a_second()
    with pytest.raises(PermissionDenied):
        invitations.issue(proposed, by=first)
    for who in (
        first,
        city.people["technik"],
        city.people["tandem-hombruch"],
        city.people["koordination-awo"],
    ):
        assert not access.may(who, Right.RELEASE, proposed), who
    assert proposed in invitations.to_confirm(second)[0] and proposed not in invitations.to_confirm(first)[0]
    invitations.confirm(proposed, by=second)
    assert invitations.opened_by(invitations.issue(proposed, by=first)) == proposed
    by_technician = invitations.invite(new(**offer), by=city.people["technik"])
    invitations.confirm(by_technician, by=first)
    assert not by_technician.needs_a_second()


def test_a_code_opens_once_and_is_kept_as_a_hash_only(city):
    made, code = ready(city)
    assert re.fullmatch(r"[A-Z2-9]{16}", code)
    assert code not in str(Invitation.objects.filter(pk=made.pk).values())
    assert invitations.opened_by(invitations.spoken(code).lower()) == made
    assert invitations.opened_by("X" * 16) is None
    again = invitations.issue(made, by=city.people["koordination-awo"])
    assert invitations.opened_by(code) is None and invitations.opened_by(again) == made
    user = invitations.accept(made, "neue-kraft", PASSWORD)
    assert invitations.opened_by(again) is None
    with pytest.raises(PermissionDenied):
        invitations.accept(made, "neue-kraft-2", PASSWORD)
    membership = user.memberships.get()
    assert (membership.role, membership.venue, membership.active_from) == (
        Role.HALL,
        city.hoerde.hall,
        timezone.localdate(),
    )


def test_old_withdrawn_and_orphaned_invitations_open_nothing(city):
    inviter = city.people["koordination-awo"]
    made, code = ready(city)
    Invitation.objects.filter(pk=made.pk).update(expires_at=timezone.now() - dt.timedelta(minutes=1))
    assert invitations.opened_by(code) is None
    made, code = ready(city)
    invitations.revoke(made, by=inviter)
    assert invitations.opened_by(code) is None
    made, code = ready(city)
    inviter.memberships.update(active_until=timezone.localdate() - dt.timedelta(days=1))
    assert invitations.opened_by(code) is None


def test_the_way_in_through_the_pages(city, settings):
    inviter = sign_in(city.people["koordination-awo"])
    page = check_page(inviter.get(reverse("entry:invite")).content.decode())
    offered = [o.get("value") for o in page.all("option")]
    assert str(city.hoerde.hall.pk) in offered and str(city.hombruch.hall.pk) not in offered
    assert str(city.hoerde.office.pk) not in offered and "technik" not in offered
    empty = inviter.post(reverse("entry:invite"), {"name": "", "role": "halle"})
    assert "Bitte wählen Sie aus." in check_page(empty.content.decode()).text
    foreign = {"name": "N", "role": "halle", "venue": city.hombruch.hall.pk}
    assert inviter.post(reverse("entry:invite"), foreign).status_code == 200
    fields = {"name": "Nora Neu", "role": "halle", "venue": city.hoerde.hall.pk, "email": "nora@example.org"}
    answer = inviter.post(reverse("entry:invite"), fields)
    made = Invitation.objects.get(name="Nora Neu")
    assert answer["Location"] == reverse("entry:invitation", args=[made.pk])
    check_page(inviter.get(answer["Location"]).content.decode())
    assert inviter.get(reverse("entry:letter", args=[made.pk])).status_code == 405
    sent = inviter.post(answer["Location"], {"aktion": "mail"})
    assert "E-Mail mit dem Code ist unterwegs" in sent.content.decode()
    message = mail.outbox[-1]
    assert "Nora" not in message.body and city.hoerde.hall.name not in message.body
    old = re.search(r"(?:[A-Z2-9]{4} ){3}[A-Z2-9]{4}", message.body)[0]
    where = {"anschrift": "Nora Neu\nBeispielweg 1\n44135 Dortmund"}
    letter = inviter.post(reverse("entry:letter", args=[made.pk]), where).content.decode()
    code = re.search(r"(?:[A-Z2-9]{4} ){3}[A-Z2-9]{4}", letter)[0]
    assert "Beispielweg 1<br>" in letter and "style=" not in letter and code != old
    assert not Invitation.objects.filter(name__contains="Beispielweg").exists()

    guest = Client()
    assert guest.get(reverse("entry:accept"))["Location"] == reverse("entry:redeem")
    check_page(guest.get(reverse("entry:redeem")).content.decode())
    wrong = guest.post(reverse("entry:redeem"), {"code": old})
    assert "Dieser Code gilt nicht" in check_page(wrong.content.decode()).text
    assert guest.post(reverse("entry:redeem"), {"code": code}).status_code == 302
    page = check_page(guest.get(reverse("entry:accept")).content.decode())
    assert "Guten Tag, Nora Neu" in page.text
    bad = {"username": "tandem-hoerde", "password1": "kurz", "password2": "kurz"}
    text = check_page(guest.post(reverse("entry:accept"), bad).content.decode()).text
    assert "gibt es schon" in text and "zu kurz" in text
    good = {"username": "nora-neu", "password1": PASSWORD, "password2": PASSWORD}
    done = guest.post(reverse("entry:accept"), good)
    assert "nora-neu" in check_page(done.content.decode()).text
    assert guest.get(reverse("entry:accept")).status_code == 302
    assert (
        guest.post(reverse("account_login"), {"login": "nora-neu", "password": PASSWORD}).status_code == 302
    )
    assert guest.get("/uebersicht/").status_code == 200
    assert "Neu dabei" in inviter.get("/uebersicht/").content.decode()


def test_who_has_an_account_takes_a_further_role_but_not_her_own_offer(city):
    made, code = ready(city, "technik", role=Role.EDITORS)
    for who, answer in (("technik", 403), ("halle-hoerde", 302)):
        client = sign_in(city.people[who])
        client.post(reverse("entry:redeem"), {"code": code})
        assert "Für dieses Konto annehmen" in client.get(reverse("entry:accept")).content.decode()
        assert client.post(reverse("entry:accept"), {"eigenes": "1"}).status_code == answer, who
    assert access.roles(User.objects.get(username="halle-hoerde")) == {Role.HALL, Role.EDITORS}
    assert Invitation.objects.get(pk=made.pk).account == city.people["halle-hoerde"]


def test_an_office_proposes_and_agrees_through_its_pages(city):
    first, second = sign_in(city.people["tandem-hoerde"]), sign_in(second_tandem(city))
    page = check_page(first.get(reverse("entry:invite")).content.decode())
    assert {"name": "role", "value": "tandem"}.items() <= next(
        i for i in page.all("input") if i["name"] == "role"
    ).items()
    fields = {"name": "Nora Neu", "role": "tandem", "venue": city.hoerde.office.pk, "until": "2020-01-01"}
    text = check_page(first.post(reverse("entry:invite"), fields).content.decode()).text
    assert "Im Seniorenbüro gehört ein Arbeitgeber dazu." in text and "Dieser Tag ist schon vorbei." in text
    done = first.post(reverse("entry:invite"), fields | {"until": "", "employer": city.hoerde.carrier.pk})
    path = done["Location"]
    assert "Jemand anderes aus dem Büro muss zustimmen" in first.get(path).content.decode()
    assert first.post(path, {"aktion": "bestaetigen"}).status_code == 403
    assert "wird Ihre Zustimmung als zweite Person gebraucht" in second.get("/uebersicht/").content.decode()
    assert "Nora Neu" in second.get(reverse("entry:team")).content.decode()
    assert second.post(path, {"aktion": "bestaetigen"}).status_code == 302
    assert "Brief mit neuem Code zeigen" in first.get(path).content.decode()
    assert first.post(path, {"aktion": "zuruecknehmen"}).status_code == 302
    assert "zurückgenommen" in first.get(path).content.decode()


def test_guessing_codes_is_throttled(city):
    guest = Client()
    answers = [
        guest.post(reverse("entry:redeem"), {"code": f"FALSCH{i}"}).content.decode() for i in range(25)
    ]
    assert "Zu viele Versuche" in answers[-1] and "Zu viele Versuche" not in answers[10]


def test_a_lost_factor_takes_two_colleagues(city):
    lost, first, second = city.people["tandem-hoerde"], second_tandem(city), make_user("tandem-drei")
    make_membership(second, Role.TANDEM, venue=city.hoerde.office, employer=city.hoerde.carrier)
    FactorReset.objects.all().delete()
    give_factor(lost)
    client = sign_in(lost)
    assert LoginSession.objects.filter(user=lost).exists()
    asked = team.ask_for_reset(lost, by=first)
    assert team.ask_for_reset(lost, by=first) == asked
    for who in (
        lost,
        first,
        city.people["technik"],
        city.people["tandem-hombruch"],
        city.people["koordination-awo"],
    ):
        with pytest.raises(PermissionDenied):
            from django.db import transaction

            with transaction.atomic():
                team.confirm_reset(asked, by=who)
    assert Authenticator.objects.filter(user=lost).exists()
    assert asked in invitations.to_confirm(second)[1]
    team.confirm_reset(asked, by=second)
    assert not Authenticator.objects.filter(user=lost).exists()
    assert client.get("/uebersicht/").status_code == 302
    assert not LoginSession.objects.filter(user=lost).exists()
    text = sign_in(second).get("/uebersicht/").content.decode()
    assert "Zweiter Faktor zurückgesetzt" in text


def test_nobody_asks_for_herself(city):
    with pytest.raises(PermissionDenied):
        team.ask_for_reset(city.people["technik"], by=city.people["technik"])


def test_the_team_page_shows_each_body_its_own(city):
    for who, own, foreign in (
        ("koordination-awo", "halle-hoerde", "tandem-hoerde"),
        ("tandem-hoerde", "tandem-hoerde", "halle-hoerde"),
        ("technik", "redaktion", None),
    ):
        page = check_page(sign_in(city.people[who]).get(reverse("entry:team")).content.decode())
        assert city.people[own].name in page.text, who
        if foreign:
            assert city.people[foreign].name not in page.text, who


def test_the_last_day_ends_what_is_open(city):
    hall = city.people["halle-hoerde"]
    open_elsewhere = sign_in(hall)
    coordinator = sign_in(city.people["koordination-awo"])
    membership = hall.memberships.get()
    path = reverse("entry:end_membership", args=[membership.pk])
    check_page(coordinator.post(path).content.decode())
    assert Membership.objects.get(pk=membership.pk).active_until is None
    assert coordinator.post(path, {"sicher": "1"}).status_code == 302
    assert Membership.objects.get(pk=membership.pk).active_until == timezone.localdate()
    assert open_elsewhere.get("/uebersicht/").status_code == 302
    own = city.people["koordination-awo"].memberships.get()
    assert coordinator.post(reverse("entry:end_membership", args=[own.pk]), {"sicher": "1"}).status_code in (
        403,
        404,
    )


def test_two_years_of_silence_lock_an_account(city):
    today = timezone.localdate()
    silent, warned, busy = (User.objects.create_user(name) for name in ("stumm", "fast-stumm", "da"))
    for user, days in ((silent, 735), (warned, 715), (busy, 30)):
        User.objects.filter(pk=user.pk).update(last_login=timezone.now() - dt.timedelta(days=days))
    make_membership(silent, Role.EDITORS)
    assert set(team.going_silent(today)) == {silent, warned}
    assert team.lock_silent(today) == [silent]
    silent.refresh_from_db()
    assert not silent.is_active and silent.memberships.get().active_until == today
    assert team.lock_silent(today) == []


def test_months_are_counted_back_over_the_turn_of_the_year():
    assert team.months_before(dt.date(2026, 1, 31), 23) == dt.date(2024, 2, 28)
    assert team.months_before(dt.date(2026, 11, 23), 24) == dt.date(2024, 11, 23)


def test_at_an_office_one_person_may_shorten_but_not_lengthen(city):
    colleague = second_tandem(city).memberships.get()
    colleague.active_until = timezone.localdate() + dt.timedelta(days=30)
    colleague.save()
    client = sign_in(city.people["tandem-hoerde"])
    path = reverse("admin:seniorportal_membership_change", args=[colleague.pk])
    for days, status in ((60, 200), (None, 200), (10, 302)):
        data = forms.fields(client.get(path), "membership_form")
        data["active_until"] = [(timezone.localdate() + dt.timedelta(days=days)).isoformat() if days else ""]
        data["role"] = ["halle"]
        answer = client.post(path, data)
        assert answer.status_code == status, days
        if status == 200:
            assert "Länger braucht eine zweite Person" in answer.content.decode()
    colleague.refresh_from_db()
    assert (
        colleague.active_until == timezone.localdate() + dt.timedelta(days=10)
        and colleague.role == Role.TANDEM
    )
    own = city.people["tandem-hoerde"].memberships.get()
    assert client.post(reverse("admin:seniorportal_membership_change", args=[own.pk]), {}).status_code == 403
