"""The rhythm as people choose it: rule and back, the same dates as counted by hand, every mistake in German."""

import datetime as dt

import pytest
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from begegnung import rhythm
from begegnung.manage.rhythm_form import RhythmFields
from begegnung.rhythm import PLACES, Kind, Rhythm
from seniorportal.models import Offering
from seniorportal.programme import dates, rule_error

DAYS = st.dates(dt.date(2026, 1, 1), dt.date(2029, 12, 31))
WEEKDAYS = st.sets(st.integers(0, 6), min_size=1).map(lambda days: tuple(sorted(days)))
WEEKLY = st.builds(Rhythm, st.just(Kind.WEEKLY), WEEKDAYS, first=DAYS)
EVERY = st.builds(Rhythm, st.just(Kind.EVERY), WEEKDAYS, st.sampled_from(list(rhythm.INTERVALS)), first=DAYS)
MONTHLY = st.builds(
    Rhythm,
    st.just(Kind.MONTHLY),
    st.integers(0, 6).map(lambda day: (day,)),
    places=st.sets(st.sampled_from(list(PLACES)), min_size=1).map(lambda p: rhythm.in_order(tuple(p))),
    first=DAYS,
)
ONCE = st.builds(Rhythm, st.just(Kind.ONCE), first=DAYS)


def expected(chosen: Rhythm, last: dt.date) -> list[dt.date]:
    """The same days, counted one by one on a calendar, without any rule."""
    assert chosen.first
    if chosen.kind == Kind.ONCE:
        return [chosen.first]
    span = (last - chosen.first).days
    every = [chosen.first + dt.timedelta(days=n) for n in range(span + 1)]
    found = [day for day in every if day.weekday() in chosen.weekdays]
    if chosen.kind == Kind.EVERY and found:
        monday = found[0] - dt.timedelta(days=found[0].weekday())
        found = [day for day in found if (day - monday).days // 7 % chosen.interval == 0]
    if chosen.kind == Kind.MONTHLY:
        found = [day for day in found if places_of(day) & set(chosen.places)]
    return found


def places_of(day: dt.date) -> set[int]:
    last = (day + dt.timedelta(days=7)).month != day.month
    return {(day.day - 1) // 7 + 1, *([-1] if last else [])}


def offering_of(chosen: Rhythm) -> Offering:
    offering = Offering(title="Beispielrunde", start=dt.time(15))
    rhythm.put(offering, chosen, Rhythm(Kind.OPEN))
    return offering


@given(st.one_of(WEEKLY, EVERY, MONTHLY, ONCE))
@settings(max_examples=300, deadline=None)
def test_the_dates_are_those_of_a_calendar(chosen: Rhythm):
    assert chosen.first
    last = chosen.first + dt.timedelta(days=420)
    offering = offering_of(chosen)
    assert dates(offering, dt.date(2025, 1, 1), last, {}) == expected(chosen, last)
    assert not offering.rule or rule_error(offering.rule) == ""


@given(st.one_of(WEEKLY, EVERY, MONTHLY, ONCE))
@settings(max_examples=300, deadline=None)
def test_what_was_chosen_is_what_the_form_shows_again(chosen: Rhythm):
    offering = offering_of(chosen)
    again = rhythm.read(offering.rule, offering.first_date)
    counted = expected(chosen, (chosen.first or dt.date.min) + dt.timedelta(days=7))
    first = counted[0] if chosen.kind == Kind.EVERY else chosen.first
    assert again == Rhythm(chosen.kind, chosen.weekdays, chosen.interval, chosen.places, first)


@given(st.one_of(WEEKLY, EVERY, MONTHLY, ONCE))
@settings(max_examples=100, deadline=None)
def test_what_the_form_shows_and_sends_back_is_the_same_choice(chosen: Rhythm):
    """Form to rule to form: nothing that was typed is lost or changed on the way."""
    future = timezone.localdate() + dt.timedelta(days=7)
    chosen = Rhythm(chosen.kind, chosen.weekdays, chosen.interval, chosen.places, future)
    form = sent(chosen)
    assert form.chosen == chosen, form.errors
    offering = offering_of(form.chosen)
    stored = rhythm.read(offering.rule, offering.first_date)
    assert rhythm.rule(stored) == offering.rule
    again = sent(stored)
    assert again.chosen == stored, again.errors


class Form(RhythmFields):
    def clean(self):
        cleaned = super().clean()
        self.choose(cleaned)
        return cleaned


def sent(chosen: Rhythm, **more: object) -> Form:
    return filled(
        kind=chosen.kind.value,
        weekdays=[str(day) for day in chosen.weekdays],
        interval=str(max(chosen.interval, 2)),
        places=[str(place) for place in chosen.places],
        first_date=f"{chosen.first:%d.%m.%Y}" if chosen.first else "",
        days="\n".join(f"{day:%d.%m.%Y}" for day in chosen.days),
        start="15:00",
        **more,
    )


def filled(**data: object) -> Form:
    form = Form(data)
    form.show(Rhythm(Kind.OPEN), True)
    form.is_valid()
    return form


@pytest.mark.parametrize(
    ("rule", "kind"),
    [
        ("FREQ=WEEKLY;BYDAY=TU", Kind.WEEKLY),
        ("FREQ=WEEKLY", Kind.WEEKLY),
        ("FREQ=DAILY", Kind.WEEKLY),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,TH", Kind.EVERY),
        ("FREQ=WEEKLY;INTERVAL=2;WKST=MO;BYDAY=TU", Kind.EVERY),
        ("FREQ=MONTHLY;BYDAY=1TU,3TU", Kind.MONTHLY),
        ("FREQ=MONTHLY;BYDAY=-1FR", Kind.MONTHLY),
        ("FREQ=MONTHLY;BYDAY=1TU,3TH", Kind.KEPT),
        ("FREQ=MONTHLY;BYDAY=5TU", Kind.KEPT),
        ("FREQ=MONTHLY;BYMONTHDAY=15", Kind.KEPT),
        ("FREQ=WEEKLY;BYDAY=TU;UNTIL=20271231T000000", Kind.KEPT),
        ("FREQ=WEEKLY;BYDAY=TU;BYMONTH=4,5,6,7,8,9", Kind.KEPT),
        ("FREQ=WEEKLY;INTERVAL=2;WKST=SU;BYDAY=SU", Kind.KEPT),
        ("FREQ=WEEKLY;INTERVAL=26;BYDAY=SU", Kind.KEPT),
        ("FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=6", Kind.KEPT),
    ],
)
def test_a_rule_is_shown_as_a_choice_only_where_the_choice_says_exactly_this(rule: str, kind: Kind):
    first = dt.date(2027, 1, 5)  # a Tuesday
    chosen = rhythm.read(rule, first)
    assert chosen.kind == kind
    offering = Offering(rule=rule, first_date=first, rhythm_note="wie immer")
    if kind == Kind.KEPT:
        rhythm.put(offering, chosen, chosen)
        assert (offering.rule, offering.first_date, offering.rhythm_note) == (rule, first, "wie immer")
    else:
        last = dt.date(2027, 12, 31)
        assert dates(offering, first, last, {}) == dates(offering_of(chosen), first, last, {})


def test_a_fortnight_counts_from_its_first_date():
    """«Alle 2 Wochen am Dienstag, ab Mittwoch 6. Januar»: the first is the next Tuesday, not the one after it."""
    offering = offering_of(Rhythm(Kind.EVERY, (1,), 2, first=dt.date(2027, 1, 6)))
    found = dates(offering, dt.date(2027, 1, 1), dt.date(2027, 2, 10), {})
    assert found == [dt.date(2027, 1, 12), dt.date(2027, 1, 26), dt.date(2027, 2, 9)]


@pytest.mark.parametrize(
    ("data", "field", "sentence"),
    [
        ({}, "kind", "Bitte wählen Sie, wie oft es stattfindet."),
        ({"kind": "woche", "start": "15"}, "weekdays", "mindestens einen Wochentag"),
        ({"kind": "woche", "weekdays": ["1"]}, "start", "Bitte den Beginn eintragen."),
        ({"kind": "wochen", "weekdays": ["1"], "start": "15"}, "first_date", "zum ersten Mal"),
        ({"kind": "monat", "weekdays": ["1"], "start": "15"}, "places", "der wievielte im Monat"),
        (
            {"kind": "monat", "weekdays": ["1", "2"], "places": ["1"], "start": "15"},
            "weekdays",
            "genau einen",
        ),
        ({"kind": "einmal", "start": "15"}, "first_date", "zum ersten Mal"),
        ({"kind": "einmal", "start": "15", "first_date": "1.2.2020"}, "first_date", "schon vorbei"),
        ({"kind": "tage", "start": "15"}, "days", "mindestens einen Tag"),
        ({"kind": "tage", "start": "15", "days": "1.1.2020"}, "days", "01.01.2020 ist schon vorbei"),
        ({"kind": "tage", "start": "15", "days": "31.2.2027"}, "days", "Den Tag 31.02. gibt es nicht"),
        ({"kind": "tage", "start": "15", "days": "irgendwann"}, "days", "«irgendwann» ist kein Datum"),
        ({"kind": "tage", "start": "15", "days": "12.1."}, "days", "TT.MM.JJJJ"),
        (
            {"kind": "woche", "weekdays": ["1"], "start": "halb vier"},
            "start",
            "einzelne Uhrzeit",
        ),
        ({"kind": "woche", "weekdays": ["1"], "start": "15-17 Uhr"}, "start", "einzelne Uhrzeit"),
        ({"kind": "woche", "weekdays": ["1"], "start": "25:00"}, "start", "ist keine Uhrzeit"),
        (
            {"kind": "woche", "weekdays": ["1"], "start": "15", "minutes": "lang"},
            "minutes",
            "ganzen Minuten",
        ),
        (
            {"kind": "woche", "weekdays": ["1"], "start": "15", "first_date": "9.1.2030", "active_until": "8.1.2030"},
            "active_until",
            "liegt vor dem ersten",
        ),
        ({"kind": "immer"}, "kind", "Bitte wählen Sie eine der Möglichkeiten"),
        ({"kind": "bleibt"}, "kind", "Bitte wählen Sie eine der Möglichkeiten"),
        ({"kind": "woche", "weekdays": ["8"], "start": "15"}, "weekdays", ""),
    ],
)  # fmt: skip
def test_every_mistake_is_a_sentence_at_its_field(data: dict[str, object], field: str, sentence: str):
    form = filled(**data)
    assert field in form.errors, form.errors
    assert sentence in " ".join(form.errors[field])


@pytest.mark.parametrize("text", ["15", "15:00", "15.00", "15 Uhr", "15.00 Uhr", " 15:00 "])
def test_a_time_is_read_as_people_write_it(text: str):
    form = filled(kind="woche", weekdays=["1"], start=text)
    assert form.cleaned_data["start"] == dt.time(15), form.errors


@pytest.mark.parametrize("text", ["12.1.2031", "12.01.31", "12. Januar 2031", "2031-01-12", "So, 12.01.2031"])
def test_a_day_is_read_as_people_write_it(text: str):
    form = filled(kind="einmal", first_date=text, start="15")
    assert form.chosen == Rhythm(Kind.ONCE, first=dt.date(2031, 1, 12)), form.errors


def test_single_days_are_read_line_by_line_and_sorted():
    form = filled(kind="tage", start="15", days="14.03.2031\n12.01.2031, 12.1.31;\n\n")
    assert form.chosen == Rhythm(Kind.DATES, days=(dt.date(2031, 1, 12), dt.date(2031, 3, 14)))


def test_what_another_kind_would_need_is_ignored():
    form = filled(kind="offen", weekdays=["1"], places=["1"], first_date="9.1.2031", days="9.1.2031")
    assert form.chosen == Rhythm(Kind.OPEN) and not form.errors
