"""Who may see and change what: the only door.

``visible()`` is the only function that builds a condition; every other answer is derived from it. A model without a
rule is closed. Answers to a request: anonymous -> login, not visible -> 404, visible but not changeable -> 403 on
unsafe methods. A role counts from the first to the last day of its membership.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, TypeVar, cast

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import FieldDoesNotExist, ObjectDoesNotExist, PermissionDenied
from django.db import models, transaction
from django.db.models import Exists, OuterRef, Q
from django.http import Http404
from django.utils import timezone

from seniorportal import register
from seniorportal.models import Carrier, Link, Membership, Role, User, Venue

M = TypeVar("M", bound=models.Model)


class Right(StrEnum):
    SEE = "sehen"
    ADD = "anlegen"
    CHANGE = "ändern"
    RELEASE = "freigeben"
    EXPORT = "ausführen"
    CANCEL = "absagen"  # one date, and take that back; nothing else of it


READ = frozenset({Right.SEE})
READ_EXPORT = frozenset({Right.SEE, Right.EXPORT})
EDIT = frozenset({Right.SEE, Right.ADD, Right.CHANGE})
EDIT_EXPORT = EDIT | {Right.EXPORT}
CHANGE_ONLY = frozenset({Right.SEE, Right.CHANGE})
CALL_OFF = frozenset({Right.CANCEL})


ALL = Q(pk__isnull=False)  # every row; an empty Q() would vanish beside an OR


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


@dataclass(frozen=True)
class Bearer:
    """Whoever holds a signed link, a sheet or a code: known by nothing else. ``object`` is its venue, ``link`` its row.

    Made by ``links.py`` after it looked at the row; ``until`` ends it here as well.
    """

    kind: Link.Kind
    object: int
    until: dt.datetime | None
    link: int


PUBLIC = Visitor()
Principal = User | AnonymousUser | Visitor | Bearer


@dataclass(frozen=True)
class Grant:
    """Rights of one role on one model, reached ``by`` its binding; ``never`` takes rows out again."""

    rights: frozenset[Right]
    by: By
    never: Callable[[User], Q] | None = None


@dataclass(frozen=True)
class Bearing:
    """Rights of whoever holds a link on the rows of its venue; ``path`` leads there. ``only`` takes rows out again."""

    rights: frozenset[Right]
    path: str
    only: Callable[[], Q] | None = None


@dataclass(frozen=True)
class Rule:
    """One per model. ``paths`` lead from the model to the carrier, district or venue a role is bound to."""

    model: type[models.Model]
    grants: Mapping[Role, Iterable[Grant]] = field(default_factory=dict)
    paths: Mapping[By, str | tuple[str, ...]] = field(default_factory=dict)
    public: Q | None = None
    staff: bool = False  # vocabularies: every signed-in role may see them
    bearers: Mapping[Link.Kind, Bearing] = field(default_factory=dict)

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
    rule = register.rule_for(model)
    if rule is None:
        return False
    if isinstance(principal, Visitor):
        return right == Right.SEE and rule.public is not None
    if isinstance(principal, Bearer):
        return _borne(principal, right, rule) is not None
    if not isinstance(principal, User) or not principal.is_active:
        return False
    known = _standing(principal).offers  # menus ask this a hundred times a page
    if (right, model) not in known:
        known[right, model] = _by_staff(principal, right, rule) or any(_grants(principal, right, rule))
    return known[right, model]


def targets(
    principal: Principal, right: Right, model: type[models.Model], field: str
) -> models.QuerySet[Any]:
    """The rows that ``field`` of the model may point to so that the right can hold afterwards: for dropdowns.

    Visible rows only; where the paths of a grant lead through the field, only what that grant reaches.
    """
    related: Any = model._meta.get_field(field).related_model
    seen = visible(principal, Right.SEE, related._default_manager.all())
    rule = register.rule_for(model)
    found: Q | None = None
    if rule is not None:
        for membership, grant in _grants(principal, right, rule):
            reach = _reach(rule, grant, membership, through=field)
            if grant.never is not None and (never := _through(grant.never(cast(User, principal)), field)):
                reach &= ~never
            found = reach if found is None else found | reach
    return seen.none() if found is None else seen.filter(found)


def anchors(model: type[models.Model]) -> list[str]:
    """The fields through which a record belongs to somebody: where the paths of its rule begin."""
    rule = register.rule_for(model)
    paths = [path for by in rule.paths for path in rule.path(by)] if rule else []
    return sorted({path.partition("__")[0] for path in paths} - {"pk"})


def fetch(principal: Principal, queryset: models.QuerySet[M], **lookup: Any) -> M:
    """The one visible object, or 404 for the absent and the hidden alike."""
    try:
        return visible(principal, Right.SEE, queryset).get(**lookup)
    except (ObjectDoesNotExist, ValueError, OverflowError):
        raise Http404("nicht gefunden") from None


def ensure(principal: Principal, right: Right, record: models.Model) -> None:
    """403 unless the right holds; call before a change and again after the write, inside one transaction."""
    if not may(principal, right, record):
        if transaction.get_connection().in_atomic_block:
            transaction.set_rollback(True)
        raise PermissionDenied(f"{right} {record._meta.label}")


def memberships(user: User) -> list[Membership]:
    """The memberships that count today; one statement a request, kept on the user object."""
    return _standing(user).memberships


@dataclass(frozen=True)
class _Standing:
    """What somebody is on one day, and what follows from it."""

    day: dt.date
    memberships: list[Membership]
    offers: dict[tuple[Right, type[models.Model]], bool] = field(default_factory=dict)


def _standing(user: User) -> _Standing:
    today = timezone.localdate()
    kept: _Standing | None = getattr(user, "_standing", None)
    if kept is None or kept.day != today:
        found = Membership.objects.active_on(today).filter(user=user, user__is_active=True)
        kept = _Standing(today, list(found))
        user._standing = kept  # type: ignore[attr-defined]
    return kept


def roles(principal: Principal) -> set[Role]:
    return {Role(m.role) for m in memberships(principal)} if isinstance(principal, User) else set()


def _condition(principal: Principal, right: Right, model: type[models.Model]) -> Q | None:
    rule = register.rule_for(model)
    if rule is None:
        return None
    if isinstance(principal, Visitor):
        return rule.public if right == Right.SEE else None
    if isinstance(principal, Bearer):
        return _borne(principal, right, rule)
    if _by_staff(principal, right, rule):
        return Q()
    found: Q | None = None
    for membership, grant in _grants(principal, right, rule):
        reach = _reach(rule, grant, membership)
        if grant.never is not None:
            reach &= ~grant.never(cast(User, principal))
        found = reach if found is None else found | reach
    return found


def _borne(bearer: Bearer, right: Right, rule: Rule) -> Q | None:
    """What a link opens: rows of its venue, until it ends."""
    bearing = rule.bearers.get(bearer.kind)
    over = bearer.until is not None and bearer.until <= timezone.now()
    if bearing is None or over or right not in bearing.rights:
        return None
    reach = Q(**{bearing.path: bearer.object})
    return reach & bearing.only() if bearing.only else reach


def _by_staff(principal: Principal, right: Right, rule: Rule) -> bool:
    return rule.staff and right == Right.SEE and isinstance(principal, User) and bool(memberships(principal))


def _grants(principal: Principal, right: Right, rule: Rule) -> Iterator[tuple[Membership, Grant]]:
    """The grants of the right that count today, each with the membership it comes from."""
    if isinstance(principal, User) and principal.is_active:
        for membership in memberships(principal):
            for grant in rule.grants.get(Role(membership.role), ()):
                if right in grant.rights:
                    yield membership, grant


def _reach(rule: Rule, grant: Grant, membership: Membership, through: str = "") -> Q:
    """The rows that one membership reaches by one grant; ``through`` a field, the rows of its other end."""
    by = grant.by
    if by == By.EVERYWHERE or (
        by == By.CARRIER and membership.role == Role.EVALUATION and not membership.carrier_id
    ):
        return ALL
    bound: models.QuerySet[Any] | list[Any]
    if by == By.CARRIER:
        bound = Carrier.objects.below([membership.carrier_id or 0]).order_by().values("pk")
    elif by == By.OFFICE_DISTRICT:
        by, bound = (
            By.DISTRICT,
            Venue.objects.filter(pk=membership.venue_id or 0).order_by().values("district"),
        )
    else:
        bound = [membership.district_id if by == By.DISTRICT else membership.venue_id]
    model, paths = rule.model, rule.path(by)
    if through:
        model = cast(type[models.Model], model._meta.get_field(through).related_model)
        paths = tuple(rest for path in paths if (rest := _rest(path, through)))
        if not paths:  # the grant does not look at this field
            return ALL
    reach = Q(pk__in=[])
    for path in paths:
        lookup = {f"{path}__in": bound}
        if _crosses_many(model, path):
            reach |= Q(Exists(model._base_manager.filter(pk=OuterRef("pk"), **lookup)))
        else:
            reach |= Q(**lookup)
    return reach


def _rest(path: str, field: str) -> str:
    """What is left of a path behind its first field; empty when it starts with another one."""
    first, _, rest = path.partition("__")
    return (rest or "pk") if first == field else ""


def _through(condition: Q, field: str) -> Q:
    """The part of a condition that speaks about one field, said about the field's other end."""
    found = Q(_connector=condition.connector, _negated=condition.negated)
    for child in condition.children:
        if isinstance(child, Q):
            if part := _through(child, field):
                found.add(part, condition.connector)
        elif isinstance(child, tuple) and (rest := _rest(child[0], field)):
            found.add(Q((f"pk__{rest}" if rest == "in" else rest, child[1])), condition.connector)
    return found


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
