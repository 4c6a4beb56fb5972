"""What the round tables talked about: agenda, minutes, decisions and tasks of the last meeting, and the next one."""

import datetime as dt
from typing import Any

from seniorportal.demo.bulk import fill
from seniorportal.demo.tables import (
    AgendaItem,
    ReportRemark,
    RoundTable,
    RoundTableMeeting,
    TableDecision,
    TableTask,
)
from seniorportal.demo.years import Years

RHYTHM = {
    "rhythm": "zweimal im Jahr, im Frühjahr und im Herbst",
    "usual_time": "mittwochs von 15 bis 17 Uhr",
    "usual_place": "Saal im Erdgeschoss (Beispiel)",
}
SAID = (
    ("Begrüßung und Vorstellung", ""),
    (
        "Bericht aus dem Seniorenbüro",
        "Die Nachfrage nach Hilfe beim Antrag auf einen Pflegegrad ist gestiegen. Die Sprechstunde am Dienstag "
        "beginnt deshalb eine Stunde früher.\nIm Quartier fehlt ein Mittagstisch am Wochenende.",
    ),
    (
        "Hitze und allein lebende Menschen",
        "Apotheken und Pflegedienste geben das Faltblatt aus. Die Begegnungsstätten öffnen an heißen Tagen länger.",
    ),
    ("Termine und Verschiedenes", "Der nächste Markt der Hilfen findet im Frühjahr statt."),
)
NEXT = (
    "Begrüßung",
    "Offene Aufgaben vom letzten Mal",
    "Mittagstisch am Wochenende",
    "Termine und Verschiedenes",
)
DECISIONS = (
    ("Die Begegnungsstätten öffnen an Tagen mit Hitzewarnung bis 18 Uhr.", True),
    ("Das Faltblatt wird auf Türkisch und Russisch gedruckt.", True),
    ("Der Verteiler wird im Herbst durchgesehen.", False),
)
SENTENCE = "Am Runden Tisch vereinbart: Häuser öffnen an heißen Tagen länger (Beispiel)."


def make(years: Years) -> int:
    """How many tasks; one of each table is overdue."""
    RoundTable.objects.filter(example=True).update(**RHYTHM)
    past = RoundTableMeeting.objects.filter(example=True, date__lte=years.today)
    past.update(state="stattgefunden", start=dt.time(15), end=dt.time(17), place=RHYTHM["usual_place"])
    newest = past.order_by("round_table_id", "-date").distinct("round_table_id")
    last = list(newest.select_related("round_table"))
    RoundTableMeeting.objects.filter(pk__in=[one.pk for one in last]).update(published=True)
    coming = fill(
        RoundTableMeeting,
        (
            {
                "round_table_id": one.round_table_id,
                "date": years.today + dt.timedelta(days=24 + at),
                "start": dt.time(15),
                "end": dt.time(17),
                "place": RHYTHM["usual_place"],
                "topic": "Mittagstisch am Wochenende",
                "published": True,
            }
            for at, one in enumerate(last)
        ),
        example=True,
    )
    agenda: list[dict[str, Any]] = [
        {"meeting_id": one.pk, "position": at, "title": title, "said": said}
        for one in last
        for at, (title, said) in enumerate(SAID, start=1)
    ]
    agenda += [
        {"meeting_id": key, "position": at, "title": title}
        for key in coming
        for at, title in enumerate(NEXT, start=1)
    ]
    fill(AgendaItem, agenda, example=True)
    fill(
        TableDecision,
        (
            {"meeting_id": one.pk, "text": text, "public": public}
            for one in last
            for text, public in DECISIONS
        ),
        example=True,
    )
    remarks = (
        {"office_id": one.round_table.office_id, "meeting_id": one.pk, "day": one.date} for one in last[:3]
    )
    fill(ReportRemark, remarks, sentence=SENTENCE, example=True)
    return len(fill(TableTask, (task for one in last for task in _tasks(one, years.today)), example=True))


def _tasks(meeting: Any, today: dt.date) -> list[dict[str, Any]]:
    first = meeting.attendances.filter(state="dabei").order_by("pk").first()
    return [
        {
            "meeting_id": meeting.pk,
            "text": "Faltblatt übersetzen lassen",
            "due": today - dt.timedelta(days=9),
        },
        {
            "meeting_id": meeting.pk,
            "text": "Räume für einen Mittagstisch am Wochenende suchen",
            "partner_id": first.partner_id if first else None,
            "due": today + dt.timedelta(days=20),
        },
        {
            "meeting_id": meeting.pk,
            "text": "Protokoll an alle verschicken",
            "due": meeting.date + dt.timedelta(days=14),
            "done_on": meeting.date + dt.timedelta(days=10),
        },
    ]
