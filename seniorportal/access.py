"""Who may see and change what: the only door.

``visible()`` is the only function that builds a condition; every other answer is derived from it. A model without a
rule is closed. Answers to a request: anonymous -> login, not visible -> 404, visible but not changeable -> 403 on
unsafe methods. A role counts from the first to the last day of its membership.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, TypeVar

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import FieldDoesNotExist, PermissionDenied
from django.db import models, transaction
from django.db.models import Exists, OuterRef, Q
from django.http import Http404
from django.utils import timezone

from seniorportal import register
from seniorportal.models import Carrier, Membership, Role, User, Venue

M = TypeVar("M", bound=models.Model)


class Right(StrEnum):
    SEE = "sehen"
    ADD = "anlegen"
    CHANGE = "ändern"
    RELEASE = "freigeben"
    EXPORT = "ausführen"


READ = frozenset({Right.SEE})
READ_EXPORT = frozenset({Right.SEE, Right.EXPORT})
EDIT = frozenset({Right.SEE, Right.ADD, Right.CHANGE})
EDIT_EXPORT = EDIT | {Right.EXPORT}
CHANGE_ONLY = frozenset({Right.SEE, Right.CHANGE})


class By(StrEnum):
    """How a membership reaches a row: through what it is bound to, or everywhere."""

    CARRIER = "carrier"
    DISTRICT = "district"
    VENUE = "venue"
    OFFICE_DISTRICT = "the district of the office"
    EVERYWHERE = "everywhere"


@dataclass(frozen=True)
class Visitor:
    """Everybody on the street: the principal of public pages, whoever is signed in."""


PUBLIC = Visitor()
Principal = User | AnonymousUser | Visitor


@dataclass(frozen=True)
class Grant:
    """Rights of one role on one model, reached ``by`` its binding; ``never`` takes rows out again."""

    rights: frozenset[Right]
    by: By
    never: Callable[[User], Q] | None = None


@dataclass(frozen=True)
class Rule:
    """One per model. ``paths`` lead from the model to the carrier, district or venue a role is bound to."""

    model: type[models.Model]
    grants: Mapping[Role, Iterable[Grant]] = field(default_factory=dict)
    paths: Mapping[By, str | tuple[str, ...]] = field(default_factory=dict)
    public: Q | None = None
    staff: bool = False  # vocabularies: every signed-in role may see them

    def __post_init__(self) -> None:
        for role, grants in self.grants.items():
            for grant in grants:
                path = By.DISTRICT if grant.by == By.OFFICE_DISTRICT else grant.by
                if path != By.EVERYWHERE and path not in self.paths:
                    raise ValueError(f"{self.model._meta.label}: no path for {role} by {grant.by}")

    def path(self, by: By) -> tuple[str, ...]:
        found = self.paths[by]
        return (found,) if isinstance(found, str) else found


def visible(principal: Principal, right: Right, queryset: models.QuerySet[M]) -> models.QuerySet[M]:
    """The rows of the queryset on which the principal has the right. Adds no statement but the membership's first."""
    condition = _condition(principal, right, queryset.model)
    return queryset.none() if condition is None else queryset.filter(condition)


def may(principal: Principal, right: Right, record: models.Model) -> bool:
    """Whether the right holds for this stored row, by the same condition as ``visible``. One statement."""
    rows = type(record)._base_manager.filter(pk=record.pk)
    return visible(principal, right, rows).exists()


def offers(principal: Principal, right: Right, model: type[models.Model]) -> bool:
    """Whether the principal has the right on any imaginable row of the model: for menus and add buttons."""
    return _condition(principal, right, model) is not None


def fetch(principal: Principal, queryset: models.QuerySet[M], **lookup: Any) -> M:
    """The one visible object, or 404 for the absent and the hidden alike."""
    try:
        return visible(principal, Right.SEE, queryset).get(**lookup)
    except (queryset.model.DoesNotExist, ValueError, OverflowError):
        raise Http404("nicht gefunden") from None


def ensure(principal: Principal, right: Right, record: models.Model) -> None:
    """403 unless the right holds; call before a change and again after the write, inside one transaction."""
    if not may(principal, right, record):
        if transaction.get_connection().in_atomic_block:
            transaction.set_rollback(True)
        raise PermissionDenied(f"{right} {record._meta.label}")


def memberships(user: User) -> list[Membership]:
    """The memberships that count today; one statement a request, kept on the user object."""
    today = timezone.localdate()
    kept: tuple[Any, list[Membership]] | None = getattr(user, "_memberships_of_day", None)
    if kept is None or kept[0] != today:
        kept = (today, list(Membership.objects.active_on(today).filter(user=user, user__is_active=True)))
        user._memberships_of_day = kept  # type: ignore[attr-defined]
    return kept[1]


def roles(principal: Principal) -> set[Role]:
    return {Role(m.role) for m in memberships(principal)} if isinstance(principal, User) else set()


def _condition(principal: Principal, right: Right, model: type[models.Model]) -> Q | None:
    rule = register.rule_for(model)
    if rule is None:
        return None
    if isinstance(principal, Visitor):
        return rule.public if right == Right.SEE else None
    if not isinstance(principal, User) or not principal.is_active:
        return None
    found: Q | None = None
    if rule.staff and right == Right.SEE and memberships(principal):
        return Q()
    for membership in memberships(principal):
        for grant in rule.grants.get(Role(membership.role), ()):
            if right in grant.rights:
                reach = _reach(rule, grant, membership)
                if grant.never is not None:
                    reach &= ~grant.never(principal)
                found = reach if found is None else found | reach
    return found


def _reach(rule: Rule, grant: Grant, membership: Membership) -> Q:
    """The rows that one membership reaches by one grant."""
    by = grant.by
    if by == By.EVERYWHERE or (
        by == By.CARRIER and membership.role == Role.EVALUATION and not membership.carrier_id
    ):
        return Q()
    targets: models.QuerySet[Any] | list[Any]
    if by == By.CARRIER:
        targets = Carrier.objects.below([membership.carrier_id]).order_by().values("pk")
    elif by == By.OFFICE_DISTRICT:
        by, targets = By.DISTRICT, Venue.objects.filter(pk=membership.venue_id).order_by().values("district")
    else:
        targets = [membership.district_id if by == By.DISTRICT else membership.venue_id]
    reach = Q(pk__in=[])
    for path in rule.path(by):
        lookup = {f"{path}__in": targets}
        if _crosses_many(rule.model, path):
            reach |= Q(Exists(rule.model._base_manager.filter(pk=OuterRef("pk"), **lookup)))
        else:
            reach |= Q(**lookup)
    return reach


def _crosses_many(model: type[models.Model], path: str) -> bool:
    """Whether a path joins several rows, so that a plain filter would repeat the row."""
    current: type[models.Model] | None = model
    for name in path.split("__"):
        if current is None or name == "pk":
            return False
        try:
            step = current._meta.get_field(name)
        except FieldDoesNotExist:
            return False
        if step.many_to_many or step.one_to_many:
            return True
        current = step.related_model if isinstance(step.related_model, type) else None
    return False
