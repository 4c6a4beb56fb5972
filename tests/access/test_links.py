"""Whoever holds a link, a sheet or a code: how it is read, and when it opens nothing any more."""

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from seniorportal import access, links
from seniorportal.access import Bearer, Right
from seniorportal.models import Consultation, ConsultationNote, Link, User, Venue, Visit
from tests.cast import City

pytestmark = pytest.mark.django_db
Kind = Link.Kind
LATER = dt.timedelta(days=1)


def made(city: City, kind: Link.Kind, person: str, **more: Any) -> Link:
    venue = city.hoerde.office if kind == Kind.LOG else city.hoerde.hall
    return links.issue(kind, venue, city.people[person], **more)


def test_a_token_leads_to_its_link_and_to_no_other(city: City):
    sheet, code = (made(city, kind, "koordination-awo") for kind in (Kind.WALL, Kind.CANCEL))
    token = links.token(sheet)
    assert links.read(token, Kind.WALL) == sheet
    assert links.bearer(token, Kind.WALL) == Bearer(Kind.WALL, city.hoerde.hall.pk, None, sheet.pk)
    number, mark = token.split("-")
    foreign = links.token(code).split("-")[1]
    for wrong in (
        "",
        "-",
        number,
        f"{number}-",
        f"{number}-{foreign}",
        f"{links.token(code)}x",
        "ü-1",
        "9" * 40,
    ):
        assert links.bearer(wrong, Kind.WALL) is None, wrong
    assert links.bearer(token, Kind.CANCEL) is None


def test_a_token_outlives_the_change_of_the_key_while_the_old_one_counts(city: City, settings: Any):
    token = links.token(made(city, Kind.WALL, "koordination-awo"))
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "ein neuer Schlüssel", [settings.SECRET_KEY]
    assert links.bearer(token, Kind.WALL)
    settings.SECRET_KEY_FALLBACKS = []
    assert links.bearer(token, Kind.WALL) is None


def test_what_is_revoked_or_over_opens_nothing(city: City):
    sheet = made(city, Kind.WALL, "koordination-awo")
    links.revoke(sheet, city.people["koordination-awo"])
    assert links.bearer(links.token(sheet), Kind.WALL) is None
    first = sheet.revoked_at
    links.revoke(sheet, city.people["koordination-awo"])
    assert sheet.revoked_at == first
    short = made(city, Kind.WALL, "koordination-awo", until=timezone.now() + LATER)
    Link.objects.filter(pk=short.pk).update(
        made_at=timezone.now() - 2 * LATER, until=timezone.now() - dt.timedelta(seconds=1)
    )
    assert links.bearer(links.token(short), Kind.WALL) is None


def test_only_who_looks_after_the_place_issues_and_revokes(city: City):
    sheet = made(city, Kind.WALL, "koordination-awo")
    before = Link.objects.count()
    for stranger in ("koordination-caritas", "tandem-hoerde", "auswertung", "niemand", "halle-hoerde"):
        with pytest.raises(PermissionDenied):
            made(city, Kind.WALL, stranger)
        with pytest.raises(PermissionDenied), transaction.atomic():
            links.revoke(sheet, city.people[stranger])
    sheet.refresh_from_db()
    assert sheet.revoked_at is None
    assert Link.objects.count() == before


def test_a_link_for_a_person_ends_with_what_she_may(city: City):
    tandem = city.people["tandem-hoerde"]
    log = made(city, Kind.LOG, "tandem-hoerde", to=tandem, until=timezone.now() + LATER)
    assert links.bearer(links.token(log), Kind.LOG)
    tandem.memberships.update(active_until=timezone.localdate() - LATER)
    assert links.bearer(links.token(log), Kind.LOG) is None
    coordinator = city.people["koordination-awo"]
    mail = made(city, Kind.CONFIRM, "koordination-awo", to=coordinator, until=timezone.now() + LATER)
    assert links.bearer(links.token(mail), Kind.CONFIRM)
    User.objects.filter(pk=coordinator.pk).update(is_active=False)
    assert links.bearer(links.token(mail), Kind.CONFIRM) is None


def test_a_code_of_eight_digits_belongs_to_one_place(city: City):
    link = made(city, Kind.CANCEL, "koordination-awo")
    code = links.code(link)
    assert len(code) == links.CODE_DIGITS and code.isdigit()
    bearer = links.bearer_of_code(city.hoerde.hall, f" {code[:4]} {code[4:]} ")
    assert bearer and bearer.link == link.pk
    assert links.bearer_of_code(city.hombruch.hall, code) is None
    assert links.bearer_of_code(city.hoerde.hall, "") is None
    links.revoke(link, city.people["koordination-awo"])
    assert links.bearer_of_code(city.hoerde.hall, code) is None


def test_a_bearer_without_a_line_in_the_rules_sees_nothing(city: City):
    nobody = Bearer(Kind.WALL, city.hoerde.office.pk, None, 1)
    for model in (Consultation, ConsultationNote, User, Link):
        for right in Right:
            assert not access.offers(nobody, right, model)
            assert not access.visible(nobody, right, model._default_manager.all())


def test_an_old_bearer_is_refused_at_the_door_too(city: City, monkeypatch: pytest.MonkeyPatch):
    rule = access.Rule(Visit, bearers={Kind.WALL: access.Bearing(access.EDIT, "venue")})
    monkeypatch.setitem(access.register._rules, Visit, rule)
    hall: Venue = city.hoerde.hall
    now = timezone.now()
    open_one, old = (Bearer(Kind.WALL, hall.pk, now + shift, 1) for shift in (LATER, -LATER))
    seen = access.visible(open_one, Right.SEE, Visit.objects.all())
    assert seen and {visit.venue for visit in seen} == {hall}
    assert not access.visible(open_one, Right.RELEASE, Visit.objects.all())
    assert not access.visible(old, Right.SEE, Visit.objects.all())
    assert not access.offers(old, Right.SEE, Visit)
