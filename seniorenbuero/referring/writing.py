"""Vermittlungen and what was lacking: written once however often somebody clicks, taken back, ticked as arrived."""

import datetime as dt
import uuid
from collections.abc import Iterable
from typing import Any

from django.db import IntegrityError, models, transaction
from django.db.models import F, QuerySet
from django.http import Http404
from django.utils import timezone

from seniorenbuero.desk.door import Desk
from seniorenbuero.models import Referral, UnmetNeed
from seniorenbuero.models.referral import CODE_LENGTH, LETTERS, new_code
from seniorportal import access
from seniorportal.access import PUBLIC, Principal, Right
from seniorportal.models import Category, ConsultationTopic, District, Offering, Partner, Venue

MOST = 14  # places that one form may name
THERE, HERE = Referral.Direction.THERE, Referral.Direction.HERE


def targets(desk: Desk, keys: Iterable[str]) -> dict[str, Any]:
    """The places behind the keys of a form, each as the desk may see it; others are left out."""
    found: dict[str, Any] = {}
    for key in list(dict.fromkeys(keys))[:MOST]:
        kind, _, number = key.partition("-")
        if not (number.isascii() and number.isdigit() and len(number) < 18):
            continue
        rows: QuerySet[Any] | None = None
        if kind == "angebot":
            rows = access.visible(PUBLIC, Right.SEE, Offering.objects.select_related("venue"))
        elif kind == "ort":
            rows = access.visible(PUBLIC, Right.SEE, Venue.objects.all())
        elif kind == "partner":
            rows = access.visible(desk.principal, Right.SEE, Partner.objects.offered())
        target = rows.filter(pk=int(number)).first() if rows is not None else None
        if target is not None:
            found[key] = target
    return found


def refer(desk: Desk, keys: Iterable[str], submission: uuid.UUID, day: dt.date) -> list[Referral]:
    """One Vermittlung to each place. Their numbers follow from the submission: a second click finds the first ones."""
    return [
        _once(
            desk,
            Referral(
                submission=uuid.uuid5(submission, key),
                office=desk.office,
                date=day,
                direction=THERE,
                code=new_code(),
                **_columns(target),
            ),
        )
        for key, target in targets(desk, keys).items()
    ]


def came_from(desk: Desk, key: str, submission: uuid.UUID, day: dt.date) -> Referral | None:
    """A house sent somebody here."""
    found = targets(desk, [key]) if key.startswith("ort-") else {}
    for target in found.values():
        return _once(
            desk,
            Referral(
                submission=uuid.uuid5(submission, "her"),
                office=desk.office,
                date=day,
                direction=HERE,
                venue=target,
            ),
        )
    return None


def lacked(
    desk: Desk,
    lack: str,
    district: District | None,
    topic: ConsultationTopic | None,
    category: Category | None,
    submission: uuid.UUID,
    day: dt.date,
) -> UnmetNeed | None:
    """«Nichts Passendes»; None where it is not said what was looked for, where, or what was lacking."""
    if lack not in UnmetNeed.Lack.values or district is None or not (topic or category):
        return None
    made: UnmetNeed = _once(
        desk,
        UnmetNeed(
            submission=uuid.uuid5(submission, "fehlt"),
            office=desk.office,
            date=day,
            lack=lack,
            district=district,
            topic=topic,
            category=category,
        ),
    )
    return made


def take_back(desk: Desk, referral: Referral) -> None:
    """As if it had never been counted; only what this office wrote itself."""
    if referral.office_id != desk.office.pk:
        raise Http404("Vermittlung eines anderen Büros")
    access.ensure(desk.principal, Right.CHANGE, referral)
    referral.delete()


def _columns(target: Any) -> dict[str, Any]:
    if isinstance(target, Offering):
        return {"offering": target, "venue": target.venue, "example": target.example}
    if isinstance(target, Venue):
        return {"venue": target, "example": target.example}
    return {"partner": target, "example": target.example}


def _once(desk: Desk, row: Any) -> Any:
    """Stores it; the same number a second time is the first row."""
    model: type[models.Model] = type(row)
    mine = access.visible(desk.principal, Right.SEE, model._default_manager.filter(office=desk.office))
    if first := mine.filter(submission=row.submission).first():
        return first
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:
        return mine.get(submission=row.submission)
    access.ensure(desk.principal, Right.ADD, row)
    return row


# The card in the hall


def read_code(typed: str) -> str:
    """The code as it is kept; empty where it cannot be one."""
    letters = "".join(typed.upper().replace("-", " ").split())
    fits = len(letters) == CODE_LENGTH and set(letters) <= set(LETTERS)
    return letters if fits else ""


def arrive(principal: Principal, referral: Referral) -> bool:
    """Ticked as «angekommen», once; False where that was done before."""
    access.ensure(principal, Right.CHANGE, referral)
    today = timezone.localdate()
    rows = Referral.objects.filter(pk=referral.pk, arrived_on__isnull=True)
    return bool(rows.update(arrived_on=today, version=F("version") + 1))


def not_arrived(principal: Principal, referral: Referral) -> None:
    """Ticked by mistake: taken back on the same day."""
    access.ensure(principal, Right.CHANGE, referral)
    rows = Referral.objects.filter(pk=referral.pk, arrived_on=timezone.localdate())
    rows.update(arrived_on=None, version=F("version") + 1)
