"""Which offerings a list shows, in which order, and how many there are of what.

Two statements a page, whatever is filtered. Up to ``MOST`` offerings everything is exact. Beyond, the list starts from
the dates in time order, so that nothing is sorted that nobody sees, and numbers are said to be partial.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import connection
from django.db.models import BooleanField, Exists, F, Func, OuterRef, Q, QuerySet, SmallIntegerField, Value

from seniorportal.models import Card, Occurrence
from seniorportal.models.card import LocalMoment

MOST = 5000
PER_PAGE = 20
WEEKDAYS = ("mo", "di", "mi", "do", "fr", "sa", "so")
PARTS = ("vormittag", "nachmittag", "abend")  # before 12, 12 to 17, from 17
NOON, EVENING = dt.time(12), dt.time(17)

Params = list[Any]


@dataclass(frozen=True)
class When:
    """What the next date of an offering must meet. Weekdays from Monday = 0, parts as in ``PARTS``; days inclusive."""

    now: dt.datetime
    weekdays: tuple[int, ...] = ()
    parts: tuple[int, ...] = ()
    first: dt.date | None = None
    last: dt.date | None = None

    def __bool__(self) -> bool:
        return bool(self.weekdays or self.parts or self.first or self.last)

    @property
    def moment(self) -> dt.datetime:
        """From when on a date counts; without a last day the end of the last date of a slot decides."""
        now = self.now.replace(tzinfo=None)
        return max(now, dt.datetime.combine(self.first, dt.time())) if self.first else now

    def slots(self) -> list[int]:
        return [
            4 * day + part
            for day in self.weekdays or range(7)
            for part in self.parts or range(len(PARTS) + (0 if self.parts else 1))
        ]

    def cards(self, cards: QuerySet[Card]) -> QuerySet[Card]:
        """The cards with such a date; without a wish also those whose time nobody knows."""
        if not self:
            return cards.coming(self.now)  # type: ignore[attr-defined]
        if self.last is None:
            return cards.filter(OpenSlot(self.slots(), self.moment))
        return cards.filter(Exists(self.dates().filter(offering=OuterRef("offering"))))

    def dates(self) -> QuerySet[Occurrence]:
        """Dates still to come that meet the wish and are not cancelled."""
        found = Occurrence.objects.still_to_come(self.now).order_by()
        return self.within(found.exclude(status=Occurrence.Status.CANCELLED))

    def within(self, found: QuerySet[Occurrence]) -> QuerySet[Occurrence]:
        """Those of the given dates that meet the wish, whatever has become of them."""
        if self.first:
            found = found.filter(date__gte=self.first)
        if self.last:
            found = found.filter(date__lte=self.last)
        if self.weekdays:
            found = found.filter(date__iso_week_day__in=[day + 1 for day in self.weekdays])
        if self.parts:
            bounds = (Q(start__lt=NOON), Q(start__gte=NOON, start__lt=EVENING), Q(start__gte=EVENING))
            wanted = Q()
            for part in self.parts:
                wanted |= bounds[part]
            found = found.filter(wanted)
        return found


class OpenSlot(Func):
    """Whether a card has a date in one of these slots that is not over at a moment."""

    output_field = BooleanField()

    def __init__(self, slots: list[int], moment: dt.datetime) -> None:
        super().__init__(
            F("slots"),
            F("slots_until"),
            Value(slots, output_field=ArrayField(SmallIntegerField())),
            Value(moment, output_field=LocalMoment()),
        )

    def as_sql(self, compiler: Any, connection: Any, **extra: Any) -> tuple[str, Params]:  # type: ignore[override]
        (slots, a), (until, b), (wanted, c), (moment, d) = map(compiler.compile, self.source_expressions)
        return (
            f"EXISTS (SELECT FROM unnest({slots}, {until}) AS held(slot, until)"
            f" WHERE held.slot = ANY ({wanted}::smallint[]) AND held.until >= {moment}::timestamp)",
            [*a, *b, *c, *d],
        )


# --- a page ---------------------------------------------------------------------------------------------------------


@dataclass
class Date:
    """A date as a list shows it; ``offering`` is the card, which knows whether the entry is confirmed."""

    offering: Card
    date: dt.date
    start: dt.time | None
    end: dt.time | None
    status: str
    note: str
    state: str = ""


@dataclass
class Entry:
    """``next`` is what the order goes by, None where nobody knows. ``following`` comes after a cancelled ``next``;
    ``cancelled`` is the very next date where it is cancelled and therefore does not meet the wish."""

    card: Card
    next: Date | None
    following: Date | None
    cancelled: Date | None
    kilometres: float | None


@dataclass
class Found:
    """``total`` is at most ``MOST``; ``more`` says that there are more than that."""

    entries: list[Entry]
    total: int
    more: bool
    number: int


SHOWN = [
    field
    for field in Card._meta.concrete_fields
    if field.name not in ("words", "slots", "slots_until", "sort")
]
DATE = ("date", "start", "end", "status", "note")

# Kilometres on a plane: right to a metre within one city.
DISTANCE = (
    "sqrt(power(111.2 * (c.latitude - m.latitude), 2)"
    " + power(111.2 * cos(radians(m.latitude)) * (c.longitude - m.longitude), 2))"
)
MIDDLE = (
    "SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY a.latitude) AS latitude,"
    " percentile_cont(0.5) WITHIN GROUP (ORDER BY a.longitude) AS longitude"
    " FROM seniorportal_address a JOIN seniorportal_quarter q ON q.id = a.quarter_id WHERE q.slug = %s"
)


def page(cards: QuerySet[Card], when: When, number: int, near: str, per_page: int) -> Found:
    """One page of the offerings behind ``cards``, each once with its next date that meets ``when``. One statement.

    By date, then start (unknown last), title and number; offerings whose time nobody knows close the list. With a
    quarter in ``near`` by distance from the middle of its addresses first. A page past the end is the last one.
    """
    met, met_params = _sql(when.cards(cards))
    any_time, any_time_params = _sql(cards)
    dates, dates_params = _date_condition(when, "x")
    earlier, earlier_params = _date_condition(when, "e")
    coming, coming_params = _date_condition(When(when.now), "x")
    columns = ", ".join(f'x."{name}"' for name in DATE)
    offset = (
        f"OFFSET (SELECT {per_page} * (least(%s, greatest(1, (least(n, {MOST}) + {per_page - 1}) / {per_page})) - 1)"
        " FROM size)"
    )
    if near:
        middle = f"middle AS ({MIDDLE}), "
        distance = f"CASE WHEN c.quarter_slug = %s AND c.latitude IS NULL THEN 0 ELSE {DISTANCE} END"
        source, ordered = "card c CROSS JOIN middle m", f"ORDER BY distance, offering_id LIMIT {MOST + 1}"
    else:
        middle, distance, source, ordered = "", "NULL::float", "card c", f"LIMIT {MOST + 1}"
    sql = f"""
WITH card AS ({met}), {middle}hit AS MATERIALIZED (
  SELECT c.offering_id, c.sort, {distance} AS distance FROM {source} {ordered}
), size AS (SELECT count(*)::int AS n FROM hit), chosen AS (
  (SELECT h.offering_id, h.sort, h.distance, x.id, {columns}
   FROM hit h LEFT JOIN LATERAL (
     SELECT x.* FROM seniorportal_occurrence x WHERE x.offering_id = h.offering_id AND {dates}
     ORDER BY x.date, x.start, x.id LIMIT 1) x ON true
   WHERE %s OR (SELECT n FROM size) <= {MOST}
   ORDER BY h.distance, x.date, x.start, h.sort, h.offering_id LIMIT {per_page} {offset})
  UNION ALL
  (SELECT h.offering_id, h.sort, NULL, x.id, {columns}
   FROM seniorportal_occurrence x JOIN ({any_time}) h ON h.offering_id = x.offering_id
   WHERE NOT %s AND (SELECT n FROM size) > {MOST} AND {dates} AND NOT EXISTS (
     SELECT FROM seniorportal_occurrence e WHERE e.offering_id = x.offering_id AND {earlier}
     AND (e.date, coalesce(e.start, '24:00'), e.id) < (x.date, coalesce(x.start, '24:00'), x.id))
   ORDER BY x.date, x.start, h.sort, h.offering_id LIMIT {per_page} {offset})
)
SELECT s.n, {", ".join(f"c.{field.column}" for field in SHOWN)}, h.distance, h.date IS NOT NULL,
       {", ".join(f'h."{name}"' for name in DATE)}, f.date IS NOT NULL, {", ".join(f'f."{name}"' for name in DATE)},
       k.date IS NOT NULL, {", ".join(f'k."{name}"' for name in DATE)}
FROM size s LEFT JOIN chosen h ON true
LEFT JOIN seniorportal_card c ON c.offering_id = h.offering_id AND c.language = 'de'
LEFT JOIN LATERAL (
  SELECT {columns} FROM seniorportal_occurrence x WHERE h.status = '{Occurrence.Status.CANCELLED}'
  AND x.offering_id = h.offering_id AND x.status <> '{Occurrence.Status.CANCELLED}' AND {coming}
  ORDER BY x.date, x.start, x.id LIMIT 1) f ON true
LEFT JOIN LATERAL (
  SELECT v.* FROM (
    SELECT {columns}, x.id FROM seniorportal_occurrence x WHERE %s AND x.offering_id = h.offering_id AND {coming}
    ORDER BY x.date, x.start, x.id LIMIT 1) v
  WHERE v.status = '{Occurrence.Status.CANCELLED}' AND v.date <= h.date) k ON true
ORDER BY h.distance, h.date, h.start, h.sort, h.offering_id
"""
    by_distance = bool(near)
    params: Params = [*met_params, *([near, near] if near else [])]  # of the middle, of the distance
    params += [*dates_params, by_distance, number]
    params += [*any_time_params, by_distance, *dates_params, *earlier_params, number]
    params += [*coming_params, bool(when), *coming_params]
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        rows = cursor.fetchall()
    return _found(rows, number, per_page)


def _found(rows: list[tuple[Any, ...]], number: int, per_page: int) -> Found:
    size = rows[0][0]
    total = min(size, MOST)
    entries = []
    names = [field.attname for field in SHOWN]
    for row in rows:
        if row[1] is None:
            continue
        card = Card.from_db("default", names, row[1 : 1 + len(names)])
        at = 1 + len(names)
        kilometres, *rest = row[at:]
        step = 1 + len(DATE)
        three = [
            Date(card, *rest[n * step + 1 : (n + 1) * step]) if rest[n * step] else None for n in range(3)
        ]
        entries.append(Entry(card, three[0], three[1], three[2], kilometres))
    last = max(1, -(-total // per_page))
    return Found(entries, total, size > MOST, min(number, last))


def _sql(cards: QuerySet[Card]) -> tuple[str, Params]:
    columns = ("offering_id", "sort", "quarter_slug", "latitude", "longitude")
    sql, params = cards.order_by().values(*columns).query.sql_with_params()
    return sql, list(params)


def _date_condition(when: When, alias: str) -> tuple[str, Params]:
    """The conditions of ``When.dates()`` on an alias; without a wish cancelled dates count too."""
    now = when.now
    earlier = now - dt.timedelta(hours=2)
    begun = earlier.time() if earlier.date() == now.date() else dt.time.min
    parts = [
        f"{alias}.date >= %s",
        f'({alias}.date > %s OR coalesce({alias}."end" >= %s, {alias}.start >= %s, true))',
    ]
    first = max(when.first or now.date(), now.date())
    params: Params = [first, now.date(), now.time().replace(tzinfo=None), begun]
    if when:
        parts.append(f"{alias}.status <> %s")
        params.append(str(Occurrence.Status.CANCELLED))
    if when.last:
        parts.append(f"{alias}.date <= %s")
        params.append(when.last)
    if when.weekdays:
        parts.append(f"extract(isodow FROM {alias}.date)::int = ANY (%s)")
        params.append([day + 1 for day in when.weekdays])
    if when.parts:
        parts.append(
            f"(CASE WHEN {alias}.start < '12:00' THEN 0 WHEN {alias}.start < '17:00' THEN 1"
            f" WHEN {alias}.start IS NOT NULL THEN 2 END) = ANY (%s)"
        )
        params.append(list(when.parts))
    return " AND ".join(parts), params


# --- the numbers beside the values of a filter ----------------------------------------------------------------------

PLAIN = {"bezirk": "district_slug", "quartier": "quarter_slug", "kostenlos": "is_free"}
LISTS = {
    "thema": "topics",
    "zielgruppe": "target_groups",
    "traeger": "carriers",
    "sprache": "languages",
    "barrierefrei": "access",
}
COUNTED = (*PLAIN, *LISTS, "wochentag", "tageszeit")
Counts = dict[str, dict[str, int]]


def counts(
    hits: QuerySet[Card], without: Mapping[str, QuerySet[Card]], when: When, names: Iterable[str] = COUNTED
) -> Counts:
    """For each filter how many offerings each value would show, the other filters as they stand. One statement.

    ``without`` holds, for every filter in use, the cards that all the other filters leave; ``hits`` what all leave.
    Each number is out of the first ``MOST`` cards.
    """
    params: Params = []
    pools = []
    pool_of: dict[str, str] = {}
    needed = ("offering_id", *PLAIN.values(), *LISTS.values(), "slots", "slots_until")
    for at, (name, cards) in enumerate({"": hits, **without}.items()):
        sql, more = cards.order_by().values(*needed)[:MOST].query.sql_with_params()
        pools.append(f"pool{at} AS MATERIALIZED ({sql})")
        pool_of[name] = f"pool{at}"
        params += more
    parts = []
    for name in names:
        pool = pool_of.get(name, "pool0")
        if name in PLAIN:
            parts.append(f"SELECT '{name}', {PLAIN[name]}::text, count(*) FROM {pool} GROUP BY 2")
        elif name in LISTS:
            parts.append(
                f"SELECT '{name}', v, count(*) FROM {pool} CROSS JOIN LATERAL unnest({LISTS[name]}) AS u(v) GROUP BY 2"
            )
        else:
            sql, more = _time_counts(name, pool, when)
            parts.append(sql)
            params += more
    with connection.cursor() as cursor:
        cursor.execute(f"WITH {', '.join(pools)} " + " UNION ALL ".join(parts), params)
        found: Counts = {name: {} for name in names}
        for name, value, number in cursor.fetchall():
            if value is not None:
                found[name][value] = number
    found.get("kostenlos", {}).update({"1": found.get("kostenlos", {}).pop("true", 0)})
    return found


def _time_counts(name: str, pool: str, when: When) -> tuple[str, Params]:
    """How many have a date on each weekday, or in each part of the day, that meets the rest of the wish."""
    if name == "wochentag":
        rest, number = When(when.now, (), when.parts, when.first, when.last), "held.slot / 4"
    else:
        rest, number = When(when.now, when.weekdays, (), when.first, when.last), "held.slot %% 4"
    if rest.last is None:
        return (
            f"SELECT '{name}', ({number})::text, count(DISTINCT p.offering_id)"
            f" FROM {pool} p CROSS JOIN LATERAL unnest(p.slots, p.slots_until) AS held(slot, until)"
            f" WHERE held.until >= %s::timestamp AND held.slot = ANY (%s::smallint[]) GROUP BY 2",
            [rest.moment, rest.slots()],
        )
    condition, params = _date_condition(rest, "x")
    slot = (
        "(extract(isodow FROM x.date)::int - 1) * 4 + CASE WHEN x.start IS NULL THEN 3"
        " WHEN x.start < '12:00' THEN 0 WHEN x.start < '17:00' THEN 1 ELSE 2 END"
    )
    return (
        f"SELECT '{name}', ({number})::text, count(DISTINCT held.offering_id) FROM ("
        f"SELECT p.offering_id, day.slot FROM {pool} p CROSS JOIN LATERAL (SELECT DISTINCT {slot} AS slot"
        f" FROM seniorportal_occurrence x WHERE x.offering_id = p.offering_id AND {condition}) day) held GROUP BY 2",
        params,
    )
