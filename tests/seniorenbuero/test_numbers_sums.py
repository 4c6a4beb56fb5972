"""The sums of Beratungen are what a plain SELECT counts, whatever is written, and however."""

import datetime as dt
import random
import uuid

import pytest
from django.db import connection
from django.db.models import Count
from django.db.models.functions import TruncMonth

from seniorenbuero.figures import CONSULTATIONS
from seniorenbuero.models import ConsultationCount
from seniorportal.figures.period import Period
from seniorportal.models import Consultation, ConsultationTopic, District
from tests.figures import rows

pytestmark = pytest.mark.django_db
Kind = ConsultationCount.Kind
TODAY = dt.date(2026, 11, 23)


@pytest.fixture
def offices():
    return [rows.make_office(district=name) for name in ("Hörde", "Eving")]


@pytest.fixture
def topics(db):
    return [
        ConsultationTopic.objects.create(name=f"Thema {number}", slug=f"t{number}", code=f"T{number}")
        for number in range(4)
    ]


def kept() -> dict[tuple, int]:
    found: dict[tuple, int] = {}
    for row in ConsultationCount.objects.all():
        key = (row.office_id, row.month, row.kind, row.value)
        found[key] = found.get(key, 0) + row.number
    return {key: number for key, number in found.items() if number}


def counted() -> dict[tuple, int]:
    """By the models alone, kind by kind."""
    found: dict[tuple, int] = {}
    kinds = {
        Kind.ALL: lambda row: "",
        Kind.CHANNEL: lambda row: row["channel"],
        Kind.OUTCOME: lambda row: row["outcome"],
        Kind.CONTACT: lambda row: "erster" if row["is_first"] else "weiterer",
        Kind.DISTRICT: lambda row: str(row["district"] or ""),
        Kind.TOPIC: lambda row: str(row["topics"]) if row["topics"] else None,
    }
    for kind, value_of in kinds.items():
        fields = ["office", "channel", "outcome", "is_first", "district"]
        fields += ["topics"] if kind == Kind.TOPIC else []
        grouped = CONSULTATIONS.order_by().annotate(month=TruncMonth("date")).values("month", *fields)
        for row in grouped.annotate(number=Count("pk")):
            value = value_of(row)
            if value is not None:
                key = (row["office"], row["month"], str(kind), value)
                found[key] = found.get(key, 0) + row["number"]
    return found


def fold() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT fold_consultation_counts()")


def some(chance: random.Random, offices: list, districts: list) -> dict:
    return {
        "office": chance.choice(offices),
        "date": dt.date(2026, chance.choice((9, 10, 11)), chance.randint(1, 28)),
        "channel": chance.choice(Consultation.Channel.values[:3]),
        "outcome": chance.choice([*Consultation.Outcome.values[:2], Consultation.Outcome.WRONG_NUMBER]),
        "is_first": chance.random() < 0.6,
        "district": chance.choice([None, *districts]),
    }


@pytest.mark.parametrize("seed", range(6))
def test_sums_follow_every_way_of_writing(offices, topics, seed):
    chance = random.Random(seed)
    districts = list(District.objects.all())
    for step in range(60):
        existing = list(Consultation.objects.all())
        act = chance.choice(("add", "add", "bulk", "change", "topics", "move", "one", "many", "raw", "fold"))
        if act == "add":
            made = Consultation.objects.create(**some(chance, offices, districts))
            made.topics.set(chance.sample(topics, chance.randint(0, 3)))
        elif act == "bulk":
            Consultation.objects.bulk_create(
                [Consultation(submission=uuid.uuid4(), **some(chance, offices, districts)) for _ in range(3)]
            )
        elif act == "fold":
            fold()
        elif not existing:
            continue
        elif act == "change":
            one = chance.choice(existing)
            for name, value in some(chance, offices, districts).items():
                setattr(one, name, value)
            one.save()
        elif act == "topics":
            chance.choice(existing).topics.set(chance.sample(topics, chance.randint(0, 3)))
        elif act == "move":
            Consultation.objects.filter(channel="tel").update(date=dt.date(2026, 10, 31), outcome="info")
        elif act == "one":
            chance.choice(existing).delete()
        elif act == "many":
            Consultation.objects.filter(pk__in=[row.pk for row in existing[:2]]).delete()
        else:
            raw(chance.choice(existing))
        assert kept() == counted(), (step, act)
    fold()
    assert kept() == counted()
    folded = ConsultationCount.objects.values_list("office", "month", "kind", "value")
    assert len(folded) == len(set(folded)) == len(kept())
    assert not ConsultationCount.objects.filter(waiting=True).exists()


def raw(row: Consultation) -> None:
    """The row goes before its topics do: by SQL, with the constraint looked at in the end."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        cursor.execute("DELETE FROM seniorportal_consultation WHERE id = %s", [row.pk])
        cursor.execute("DELETE FROM seniorportal_consultation_topics WHERE consultation_id = %s", [row.pk])
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_a_wrong_number_counts_nowhere_until_it_was_none(offices, topics):
    call = Consultation.objects.create(office=offices[0], date=TODAY, outcome="fehl")
    call.topics.set(topics[:1])
    assert kept() == {}
    call.outcome = "info"
    call.save()
    assert len(kept()) == 6 and set(kept().values()) == {1}


def test_many_waiting_rows_fold_themselves(offices):
    """Whoever writes the row too many folds: what waits never grows past a few thousand rows."""
    first = dt.date(2015, 1, 1)
    for block in range(3):
        Consultation.objects.bulk_create(
            Consultation(
                submission=uuid.uuid4(),
                office=offices[day % 2],
                date=first + dt.timedelta(days=31 * (block * 150 + day)),
                channel=Consultation.Channel.values[day % 7],
            )
            for day in range(150)
        )
    assert kept() == counted()
    assert ConsultationCount.objects.filter(waiting=False).exists()
    assert ConsultationCount.objects.filter(waiting=True).count() <= 2000


@pytest.mark.parametrize("seed", range(3))
def test_the_figure_of_the_report_is_the_plain_count(offices, seed):
    """Over the turn of a year and with a month that is not over: sums of months, and single days where they end."""
    chance = random.Random(seed)
    for _ in range(150):
        fields = some(chance, offices, []) | {
            "date": dt.date(2025, 1, 1) + dt.timedelta(days=chance.randint(0, 690))
        }
        Consultation.objects.create(**fields)
    for today in (TODAY, dt.date(2026, 11, 1), dt.date(2026, 1, 2), dt.date(2026, 3, 15)):
        for written in ("2025", "2026", "2025-2026"):
            reading = rows.read("beratungen", written, today)
            period = Period.parse(written, today)
            plain = CONSULTATIONS.filter(date__gte=period.first, date__lt=period.end)
            assert reading.total == plain.count(), (today, written)
            for year, number in reading.by_year.items():
                assert number == plain.filter(date__year=int(year)).count()
            for district in reading.districts:
                for year, number in district["by_year"].items():
                    there = plain.filter(office__district__slug=district["slug"], date__year=int(year))
                    assert number == there.count()


def test_who_took_everything_back_has_not_reported(offices):
    call = Consultation.objects.create(office=offices[0], date=dt.date(2025, 5, 5))
    assert rows.read("beratungen", "2025").reported == 1
    call.delete()
    assert rows.read("beratungen", "2025").reported == 0
