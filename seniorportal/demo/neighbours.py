"""Nachbarschaftshilfe to try: who is behind a few numbers, who asks, who helps whom. All of them are invented."""

import datetime as dt
from typing import Any

from django.apps import apps

from seniorportal import working_days
from seniorportal.demo import phones
from seniorportal.models import Language, Quarter, User, Venue

Helper: Any = apps.get_model("seniorenbuero", "Helper")
HelperRecord: Any = apps.get_model("seniorenbuero", "HelperRecord")
HelpRequest: Any = apps.get_model("seniorenbuero", "HelpRequest")
Match: Any = apps.get_model("seniorenbuero", "Match")
Milestone: Any = apps.get_model("seniorenbuero", "Milestone")

OFFICES = ("seniorenbuero-hoerde", "seniorenbuero-hombruch")
FIRST_NUMBER = 4_800  # of the numbers for fiction
# Name, what is offered, minutes on foot, hours a month, how far north of the office (thousandths of a degree)
PEOPLE: tuple[tuple[str, tuple[str, ...], int, int | None, int], ...] = (
    ("Erika Beispiel", ("einkauf", "begleitung"), 15, 8, 3),
    ("Otto Beispiel", ("technik", "kleinreparatur"), 20, 6, 6),
    ("Ayşe Beispiel", ("einkauf", "vorlesen", "behoerdenpost"), 20, 10, 5),
    ("Gerda Beispiel", ("vorlesen", "spaziergang"), 10, 4, 12),
    ("Heinz Beispiel", ("spaziergang", "tiere"), 25, None, 9),
    ("Wanda Beispiel", ("einkauf", "begleitung", "spaziergang"), 15, 12, 2),
)
# Name, what is wanted, language, days until the promised one, how far north, remark
ASKING: tuple[tuple[str, tuple[str, ...], str, int, int, str], ...] = (
    ("Frieda Beispiel", ("einkauf",), "", 3, 4, "Zweiter Stock ohne Aufzug. Am liebsten dienstags."),
    ("Mehmet Beispiel", ("behoerdenpost", "vorlesen"), "tr", 2, 6, "Seine Tochter übersetzt am Telefon."),
    ("Karl Beispiel", ("technik",), "", -2, 1, "Das Telefon mit den großen Tasten geht nicht mehr."),
    ("Lotte Beispiel", ("spaziergang", "begleitung"), "", 4, 3, "Geht mit dem Rollator, gern in den Park."),
)


def make(today: dt.date) -> int:
    """How many people; the caller holds the transaction, heads and logins are there."""
    made = 0
    for slug in OFFICES:
        office = Venue.objects.filter(slug=slug).first()
        user = User.objects.filter(username=slug.replace("seniorenbuero", "tandem"), example=True).first()
        if office is None or user is None:  # a small city without these people
            continue
        helpers = known(office, user, today, made)
        made += len(helpers)
        requests = asking(office, user, today, made)
        made += len(requests)
        if len(helpers) == len(PEOPLE):
            helping(helpers, requests, user, today)
    return made


def known(office: Venue, user: User, today: dt.date, at: int) -> list[Any]:
    """The first active numbers of each office become people."""
    heads = Helper.objects.filter(office=office, example=True, state="aktiv").order_by("number")
    languages = {language.code: language for language in Language.objects.all()}
    found = []
    for number, (head, (name, offers, minutes, hours, north)) in enumerate(zip(heads, PEOPLE, strict=False)):
        head.offers, head.minutes_on_foot, head.hours_per_month = list(offers), minutes, hours
        head.kind = "anerkannt" if number == len(PEOPLE) - 1 else "buero"
        head.save()
        head.languages.set([languages["tr"]] if name.startswith("Ayşe") and "tr" in languages else [])
        HelperRecord.objects.create(
            helper=head,
            name=name,
            phone=phones.number(FIRST_NUMBER + at + number),
            street=f"Beispielweg {number + 1}",
            town="44263 Dortmund",
            position=position(office, north),
            example=True,
        )
        learned(head, user, today, number)
        found.append(head)
    return found


def learned(head: Any, user: User, today: dt.date, number: int) -> None:
    talk = today - dt.timedelta(days=30 + 7 * number)
    rows: list[tuple[str, dt.date, dt.date | None]] = [
        ("erstgespraech", today - dt.timedelta(days=900), None)
    ]
    rows += [("schweigepflicht", today - dt.timedelta(days=900), None)]
    rows += [("reflexion", talk, talk + dt.timedelta(weeks=6))]
    if head.kind == "anerkannt":
        rows += [("helferkurs", today - dt.timedelta(days=400), None)]
    if number % 2:
        rows += [("demenz", today - dt.timedelta(days=200), None)]
    for kind, day, again in rows:
        Milestone.objects.create(helper=head, kind=kind, day=day, again_on=again, by=user, example=True)


def asking(office: Venue, user: User, today: dt.date, at: int) -> list[Any]:
    quarters = list(Quarter.objects.filter(district=office.district).order_by("code"))
    found = []
    for number, (name, wanted, language, days, north, remark) in enumerate(ASKING):
        quarter = quarters[number % len(quarters)] if quarters else None
        until = working_days.after(today, days) if days > 0 else today + dt.timedelta(days=days)
        found.append(
            HelpRequest.objects.create(
                office=office,
                name=name,
                phone=phones.number(FIRST_NUMBER + at + number),
                street=f"Beispielstraße {number + 1}",
                town="44263 Dortmund",
                position=position(office, -north),
                remark=remark,
                wanted=list(wanted),
                language=Language.objects.filter(code=language).first() if language else None,
                quarter=quarter,
                district=office.district,
                asked_on=min(today, until - dt.timedelta(days=4)),
                answer_by=until,
                owner=user if number % 2 else None,
                example=True,
            )
        )
    return found


def helping(helpers: list[Any], requests: list[Any], user: User, today: dt.date) -> None:
    """One help runs, one begins with a visit next week, one is over."""
    runs, begins = requests[3], requests[2]
    begun = today - dt.timedelta(days=120)
    facts = {"kind": "buero", "accompanied_by": user, "example": True}
    Match.objects.create(
        helper=helpers[3],
        request=runs,
        quarter=runs.quarter,
        tasks=["spaziergang"],
        first_visit_on=begun,
        started_on=begun + dt.timedelta(days=3),
        hours_per_month=3,
        **facts,
    )
    Match.objects.create(
        helper=helpers[1],
        request=begins,
        quarter=begins.quarter,
        tasks=["technik"],
        first_visit_on=today + dt.timedelta(days=6),
        **facts,
    )
    Match.objects.create(
        helper=helpers[0],
        quarter=runs.quarter,
        tasks=["einkauf"],
        first_visit_on=begun,
        started_on=begun,
        ended_on=today - dt.timedelta(days=20),
        end_reason="heim",
        hours_per_month=5,
        **facts,
    )


def position(office: Venue, north: int) -> str | None:
    """Somewhere near the office: invented people live nowhere."""
    if office.latitude is None or office.longitude is None:
        return None
    return f"{office.latitude + north / 1000:.3f},{office.longitude:.3f}"
