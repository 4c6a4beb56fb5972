"""The verb: what a venue offered in one half-year becomes the programme of another, in one act that can be undone.

What runs on by itself is left alone. Of everything else a new offering is made, once for each half-year: the number of
its submission follows from both, so that a second time finds it there.
"""

import copy
import datetime as dt
import hashlib
import re
import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Self

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from begegnung import outlook, rhythm
from begegnung.outlook import Free
from begegnung.rhythm import Kind, Rhythm
from seniorportal import access, programme
from seniorportal.access import Right
from seniorportal.importing.journal import Journal
from seniorportal.models import (
    ImportRow,
    ImportRun,
    Occurrence,
    Offering,
    OfferingShare,
    OfferingTranslation,
    User,
    Venue,
)

NAMESPACE = uuid.UUID("6b0c1c1e-3b0b-5d5e-9c3e-0d4f6f1e7a21")
MARK = "Halbjahr übernommen"  # tells these runs from those that came out of a file
AT_THE_EDGE = dt.timedelta(days=21)  # whoever begins within three weeks of a half-year begins with it
NOT_COPIED = {
    *("id", "version", "submission", "sort", "rule", "first_date", "active_from", "active_until"),
    *("confirmed_at", "confirmed_by"),
}
TIES = ("carriers", "categories", "target_groups", "languages")


@dataclass(frozen=True, order=True)
class HalfYear:
    year: int
    half: int

    @classmethod
    def of(cls, day: dt.date) -> Self:
        return cls(day.year, 1 if day.month < 7 else 2)

    @classmethod
    def parse(cls, written: str) -> Self | None:
        match = re.fullmatch(r"(20\d\d)-([12])", written)
        return cls(int(match[1]), int(match[2])) if match else None

    def __str__(self) -> str:
        return f"{self.year}-{self.half}"

    @property
    def label(self) -> str:
        return f"{'Januar bis Juni' if self.half == 1 else 'Juli bis Dezember'} {self.year}"

    @property
    def first(self) -> dt.date:
        return dt.date(self.year, 1 if self.half == 1 else 7, 1)

    @property
    def last(self) -> dt.date:
        return dt.date(self.year, 6, 30) if self.half == 1 else dt.date(self.year, 12, 31)

    def plus(self, number: int) -> Self:
        at = self.year * 2 + self.half - 1 + number
        return type(self)(at // 2, at % 2 + 1)


@dataclass
class Proposal:
    """One offering of the old half-year. ``days`` of the new one, each with the reason why it is left out, if any.

    ``runs``: nothing to do. ``taken``: what was made of it before. ``first`` and ``last`` may be set by a person.
    """

    offering: Offering
    stored: Rhythm
    first: dt.date | None = None
    last: dt.date | None = None
    chosen: Rhythm | None = None
    days: list[tuple[dt.date, str]] = field(default_factory=list)
    runs: bool = False
    taken: Offering | None = None

    @property
    def held(self) -> list[dt.date]:
        return [day for day, reason in self.days if not reason]

    @property
    def left_out(self) -> list[tuple[dt.date, str]]:
        return [(day, reason) for day, reason in self.days if reason]

    @property
    def is_open(self) -> bool:
        return not self.runs and self.taken is None

    @property
    def digest(self) -> str:
        said = repr((self.first, self.last, self.held))
        return hashlib.sha256(said.encode()).hexdigest()[:16]

    @property
    def of_single_days(self) -> bool:
        return not self.offering.rule

    @property
    def words(self) -> str:
        return rhythm.told(self.offering)


def number(offering: int, target: HalfYear) -> uuid.UUID:
    return uuid.uuid5(NAMESPACE, f"{offering}:{target}")


def proposals(user: User, venue: Venue, source: HalfYear, target: HalfYear) -> list[Proposal]:
    """What took place at the venue in the old half-year, as far as she may change it. Five statements."""
    dates = Occurrence.objects.filter(date__range=(source.first, source.last)).exclude(
        status=Occurrence.Status.CANCELLED
    )
    rows = access.visible(user, Right.CHANGE, Offering.objects.filter(venue=venue))
    offerings = list(rows.filter(Exists(dates.filter(offering=OuterRef("pk")))).order_by("sort", "pk"))
    of_each: dict[int, list[dt.date]] = {}
    single = [one.pk for one in offerings if not one.rule]
    for key, day in dates.filter(offering__in=single).order_by("date").values_list("offering", "date"):
        of_each.setdefault(key, []).append(day)
    numbers = {number(one.pk, target): one.pk for one in offerings}
    taken = {
        numbers[one.submission]: one
        for one in Offering.objects.filter(submission__in=numbers)
        if one.submission
    }
    free = Free.between(target.first, target.last, venue.pk)
    return [
        proposal(one, source, target, of_each.get(one.pk, []), taken.get(one.pk), free) for one in offerings
    ]


def proposal(
    offering: Offering,
    source: HalfYear,
    target: HalfYear,
    days: list[dt.date],
    taken: Offering | None,
    free: Free,
) -> Proposal:
    found = Proposal(offering, rhythm.read(offering.rule, offering.first_date), taken=taken)
    end = offering.active_until
    found.runs = bool(offering.rule) and (end is None or end >= target.first)
    weeks = round((target.first - source.first).days / 7)
    shift = dt.timedelta(weeks=weeks)
    if offering.rule:
        begun = max(d for d in (offering.first_date, offering.active_from, source.first) if d)
        late = begun - source.first > AT_THE_EDGE
        early = end is not None and source.last - end > AT_THE_EDGE
        found.first = begun + shift if late else target.first
        found.last = end + shift if early and end else target.last
        if found.runs:
            found.first, found.last = target.first, min(end or target.last, target.last)
    else:
        found.chosen = Rhythm(Kind.DATES, days=tuple(sorted({day + shift for day in days})))
    expect(found, free)
    return found


def expect(found: Proposal, free: Free) -> None:
    """The days that follow from first and last day."""
    offering = found.offering
    if found.chosen is not None:
        last = max(found.chosen.days, default=dt.date.min)
        found.days = outlook.days_of(offering, found.chosen, dt.date.min, last, free)
    elif found.first and found.last:
        going_on = copy.copy(offering)
        going_on.active_until = None if not found.runs else offering.active_until
        found.days = outlook.days_of(going_on, found.stored, found.first, found.last, free)


@transaction.atomic
def take_over(
    user: User, venue: Venue, source: HalfYear, chosen: Iterable[Proposal], target: HalfYear
) -> ImportRun | None:
    """Makes the new offerings with their dates; the run that is kept can be undone like an import. None: all there.

    Asks the door again after the write: 403 undoes everything.
    """
    today = timezone.localdate()
    Venue.objects.select_for_update().get(pk=venue.pk)  # one at a time
    run = ImportRun(
        kind=ImportRun.Kind.OFFERINGS,
        state=ImportRun.State.WRITTEN,
        file_name=f"{source.label} für {target.label}, {venue}"[:120],
        notes=[MARK, str(venue)],
        by=user,
        written_at=timezone.now(),
    )
    run.save()
    rows, made = [], []
    for line, one in enumerate(chosen, start=1):
        if not one.is_open or Offering.objects.filter(submission=number(one.offering.pk, target)).exists():
            continue
        journal = Journal()
        made.append(copied(one, target, journal, user, today))
        rows.append(
            ImportRow(
                run=run,
                line=line,
                outcome=ImportRow.Outcome.NEW,
                title=f"{one.offering.title} ({venue})"[:340],
                steps=journal.steps,
            )
        )
    if not made:
        run.delete()
        return None
    ImportRow.objects.bulk_create(rows)
    programme.regenerate(made, today)
    run.new = len(made)
    run.save()
    access.ensure(user, Right.ADD, run)
    for offering in made:
        access.ensure(user, Right.ADD, offering)
    return run


def copied(found: Proposal, target: HalfYear, journal: Journal, user: User, today: dt.date) -> Offering:
    """The offering of the new half-year: confirmed, for somebody has just looked at its dates."""
    old = found.offering
    new = Offering(
        **{
            f.attname: getattr(old, f.attname)
            for f in Offering._meta.concrete_fields
            if f.name not in NOT_COPIED
        }
    )
    new.submission = number(old.pk, target)
    new.confirmed_at, new.confirmed_by = today, user
    if re.search(r"\d\.\s?\d|20\d\d", new.rhythm_note):
        new.rhythm_note = ""  # the words name days of the old half-year
    everyday = [day for day, _ in found.days]
    if old.rule:
        new.rule, new.active_from, new.active_until = old.rule, found.first, found.last
        new.first_date = everyday[0] if everyday else found.first
    elif found.held:
        new.active_from, new.active_until = found.held[0], found.held[-1]
    ties = {name: list(getattr(old, name).all()) for name in TIES}
    journal.make(new, **ties)
    for share in old.shares.all():
        journal.make(OfferingShare(offering=new, carrier_id=share.carrier_id, percent=share.percent))
    for text in OfferingTranslation.objects.filter(of=old):
        text.pk, text.of, text._state.adding, text.version = None, new, True, 1
        journal.make(text)
    if not old.rule:
        end = programme.end_of(new.start, new.minutes)
        for day in found.held:
            row = Occurrence(
                offering=new, date=day, start=new.start, end=end, touched=True, example=new.example
            )
            journal.make(row)
    return new
