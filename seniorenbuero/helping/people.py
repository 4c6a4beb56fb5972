"""Helpers of one office and who is behind their numbers. Lists, calls and letters start at ``to_contact``."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.db.models import Count, Max, Q, QuerySet
from django.utils import timezone

from seniorenbuero.desk.door import Desk
from seniorenbuero.models import Helper, HelperRecord, Match, Milestone
from seniorenbuero.models.helping import Reachable
from seniorportal import access, keys
from seniorportal.access import Right
from seniorportal.models import Deletion, Venue
from seniorportal.sealed import Unreadable

SEALED = ("name", "phone", "street", "town", "position", "remark")
UNREADABLE = (Unreadable, keys.Unusable)
SOON = 30  # days before a paper or a talk is due again
State = Helper.State


def of_office(desk: Desk) -> QuerySet[Helper]:
    """Everybody, for the page of one helper and for counting. For a list, a call or a letter: ``to_contact``."""
    return access.visible(desk.principal, Right.SEE, Helper.objects.filter(office=desk.office))


def to_contact(desk: Desk) -> QuerySet[Helper]:
    """Who may be on a list, be rung or written to: the one place that all of them ask."""
    rows: Any = of_office(desk)
    found: QuerySet[Helper] = rows.contactable()
    return found


def listed(desk: Desk) -> list[Any]:
    """With what is behind the number, and who needs help from whom. Four statements."""
    rows = to_contact(desk).exclude(state=State.LEFT).select_related("quarter", "record")
    running = Count("matches", filter=Q(matches__ended_on__isnull=True), distinct=True)
    found: list[Any] = list(
        rows.annotate(running=running).prefetch_related("languages", "milestones").order_by("kind", "number")
    )
    for helper in found:
        helper.said = opened(getattr(helper, "record", None))
        helper.last_talk = next(
            (one.day for one in helper.milestones.all() if one.kind == Milestone.Kind.REFLECTION), None
        )
    return sorted(
        found, key=lambda one: (one.kind, one.said["name"] == "", one.said["name"].casefold(), one.number)
    )


def opened(row: Reachable | None) -> dict[str, str]:
    """What is sealed, in words; what does not open (a lost key) is said beside that row alone."""
    if row is None:
        return dict.fromkeys(SEALED, "") | {"problem": ""}
    try:
        return {name: getattr(row, name) or "" for name in SEALED} | {"problem": ""}
    except UNREADABLE as why:
        return dict.fromkeys(SEALED, "") | {"problem": str(why)}


def next_number(office: Venue) -> str:
    """The lowest number above all plain ones of the office."""
    plain = Helper.objects.filter(office=office, number__regex=r"^[0-9]{1,9}$")
    return str(max((int(number) for number in plain.values_list("number", flat=True)), default=0) + 1)


@transaction.atomic
def add(desk: Desk, facts: Any, person: Any) -> Helper:
    """A new head, and who is behind it where a name was said. Two at once never take the same number."""
    Venue.objects.select_for_update(of=("self",)).get(pk=desk.office.pk)
    helper: Helper = facts.instance
    helper.office, helper.example = desk.office, desk.office.example
    helper.submission = facts.cleaned_data.get("submission")
    helper.number = helper.number or next_number(desk.office)
    facts.save()
    access.ensure(desk.principal, Right.ADD, helper)
    if person.cleaned_data["name"]:
        keep_person(desk, helper, person)
    return helper


def keep_person(desk: Desk, helper: Helper, person: Any) -> None:
    """Seals who it is and where; the quarter of a known street becomes the helper's."""
    record: HelperRecord = person.instance
    record.helper, record.example = helper, helper.example
    record.position = person.place.position
    record.save()
    access.ensure(desk.principal, Right.CHANGE, record)
    if person.place.quarter and helper.quarter_id != person.place.quarter.pk:
        helper.quarter = person.place.quarter
        helper.save()


def forget(row: Any, today: dt.date) -> None:
    """Deletes a row about somebody and notes its number, so that no restored backup brings it back."""
    Deletion.objects.create(label=row._meta.label, number=str(row.pk), act=Deletion.Act.DELETED, day=today)
    row.delete()


def due(desk: Desk, today: dt.date) -> QuerySet[Milestone]:
    """Papers and talks whose day is near or over, of those who still help; only the latest of each kind."""
    latest = (
        Milestone.objects.filter(helper__in=to_contact(desk).exclude(state=State.LEFT))
        .order_by()
        .values("helper", "kind")
        .annotate(last=Max("pk"))
        .values("last")
    )
    rows = access.visible(desk.principal, Right.SEE, Milestone.objects.filter(pk__in=latest))
    return (
        rows.filter(again_on__lte=today + dt.timedelta(days=SOON))
        .select_related("helper")
        .order_by("again_on")
    )


def open_matches(desk: Desk) -> QuerySet[Match]:
    rows = Match.objects.open().filter(helper__office=desk.office)
    return access.visible(desk.principal, Right.SEE, rows).select_related(
        "helper", "request", "accompanied_by"
    )


def information(helper: Helper) -> dict[str, Any]:
    """Everything the portal holds on one helper, in the words of the forms: for her, when she asks."""
    said = opened(getattr(helper, "record", None))
    return {
        "stand": stamp(),
        "seniorenbuero": helper.office.name,
        "nummer": helper.number,
        "art": helper.get_kind_display(),
        "stand_der_hilfe": helper.get_state_display(),
        "aktiv_ab": day(helper.active_from),
        "aktiv_bis": day(helper.active_until),
        "angehalten": helper.get_stop_reason_display() or None,
        "quartier": helper.quarter and helper.quarter.name,
        "sprachen": [one.name for one in helper.languages.all()],
        "bietet_an": helper.offers_in_words,
        "minuten_zu_fuss": helper.minutes_on_foot,
        "stunden_im_monat": helper.hours_per_month,
        **{
            key: said[name] or None
            for key, name in (
                ("name", "name"),
                ("telefon", "phone"),
                ("strasse", "street"),
                ("ort", "town"),
                ("ungefaehre_lage", "position"),
                ("was_man_wissen_muss", "remark"),
            )
        },
        "gespraeche_schulungen_nachweise": [
            {
                "was": one.get_kind_display(),
                "am": day(one.day),
                "datum_des_zeugnisses": day(one.issued_on),
                "wieder_am": day(one.again_on),
                "eingetragen_von": str(one.by),
            }
            for one in helper.milestones.select_related("by")
        ],
        "vereinbarte_hilfen": [
            {
                "hilfe": one.tasks_in_words,
                "erster_besuch": day(one.first_visit_on),
                "begleitet_von": str(one.accompanied_by) if one.accompanied_by else None,
                "seit": day(one.started_on),
                "bis": day(one.ended_on),
                "stunden_im_monat": one.hours_per_month,
                "grund_des_endes": one.get_end_reason_display() or None,
            }
            for one in helper.matches.select_related("accompanied_by")
        ],
    }


def stamp() -> str:
    return timezone.localtime().isoformat(timespec="minutes")


def day(value: dt.date | None) -> str | None:
    return f"{value:%d.%m.%Y}" if value else None
