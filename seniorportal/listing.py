"""Which offerings a list shows, in which order, and how many there are of what.

Two statements a page, whatever is filtered. Up to ``MOST`` offerings everything is exact. Beyond, the list starts from
the dates in time order, so that nothing is sorted that nobody sees, and numbers are said to be partial.
"""

import datetime as dt
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
        # Of most cards no slot is over: then nothing has to be looked at one by one.
        return (
            f"({slots} && {wanted}::smallint[] AND ({moment}::timestamp <= ALL ({until}) OR EXISTS ("
            f"SELECT FROM unnest({slots}, {until}) AS held(slot, until)"
            f" WHERE held.slot = ANY ({wanted}::smallint[]) AND held.until >= {moment}::timestamp)))",
            [*a, *c, *d, *b, *a, *b, *c, *d],
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


@dataclass(frozen=True)
class Known:
    """What was counted before: the offerings that are shown, and all there are."""

    shown: int
    everything: int


@dataclass
class Found:
    """``total`` is exact, or ``MOST`` with ``more`` saying that there are more than that."""

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
    "111.2 * sqrt((c.latitude - m.latitude) * (c.latitude - m.latitude)"
    " + m.scale * (c.longitude - m.longitude) * (c.longitude - m.longitude))"
)
MIDDLE = (
    "SELECT latitude, longitude, cos(radians(latitude)) * cos(radians(latitude)) AS scale FROM ("
    "SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY a.latitude) AS latitude,"
    " percentile_cont(0.5) WITHIN GROUP (ORDER BY a.longitude) AS longitude"
    " FROM seniorportal_address a JOIN seniorportal_quarter q ON q.id = a.quarter_id WHERE q.slug = %s) middle"
)


def page(
    cards: QuerySet[Card], when: When, number: int, near: str, per_page: int, known: Known | None = None
) -> Found:
    """One page of the offerings behind ``cards``, each once with its next date that meets ``when``. One statement.

    By date, then start (unknown last), then title, and beyond ``MOST`` number instead; offerings whose time nobody
    knows close the list. With a quarter in ``near`` by distance from the middle of its addresses first. A page past
    the end is the last one; there are pages for ``MOST`` offerings. Who knows how many there are says so.
    """
    found = _Page(cards, when, number, near, per_page, known)
    with connection.cursor() as cursor:
        cursor.execute(*found.statement())
        rows = cursor.fetchall()
    return _found(rows, number, per_page, known)


class _Page:
    """The statement of a page. Two ways lead to it: from the cards to the next date of each, or through the dates in
    the order of time to their cards, until the page is full. Where the second does not fill it, the first is gone.
    """

    def __init__(
        self, cards: QuerySet[Card], when: When, number: int, near: str, per_page: int, known: Known | None
    ) -> None:
        self.cards, self.when, self.near, self.per_page, self.known = cards, when, near, per_page, known
        self.params: Params = []
        if known:
            within = min(known.shown, MOST)
            self.offset = per_page * (min(number, max(1, -(-within // per_page))) - 1)
            self.at = str(self.offset)
            self.big = "true" if known.shown > MOST else "false"
        else:
            pages = f"greatest(1, (least(n, {MOST}) + {per_page - 1}) / {per_page})"
            self.at = f"(SELECT {per_page} * (least({int(number)}, {pages}) - 1) FROM size)"
            self.big = f"(SELECT n > {MOST} FROM size)"

    def put(self, part: tuple[str, Params]) -> str:
        """A piece of the statement, its values noted in their order."""
        self.params += part[1]
        return part[0]

    def statement(self) -> tuple[str, Params]:
        parts, known = [], self.known
        if self.near:
            parts.append(f"middle AS ({self.put((MIDDLE, [self.near]))})")
        most = "" if known else f"LIMIT {MOST + 1}"
        distance, source, order = "NULL::float", "c", ""
        if self.near:
            here = f"CASE WHEN c.quarter_slug = %s AND c.latitude IS NULL THEN 0 ELSE {DISTANCE} END"
            distance = self.put((here, [self.near]))
            source, order = "c CROSS JOIN middle m", "ORDER BY distance, offering_id"
        met = self.put(_sql(self.when.cards(self.cards)))
        kept = "MATERIALIZED" if not known or known.shown <= MOST else "NOT MATERIALIZED"
        parts.append(
            f"hit AS {kept} (SELECT c.offering_id, c.sort, {distance} AS distance FROM ({met}) {source} {order} {most})"
        )
        size = f"{known.shown} AS n" if known else "count(*)::int AS n FROM hit"
        parts.append(f"size AS (SELECT {size})")
        ways = []
        if not self.near and (not known or self.is_dense(known)):
            parts.append(f"walk AS MATERIALIZED ({self.walk()})")
            ways.append(f"SELECT * FROM walk WHERE {self.full}")
        ways.append(self.from_cards(bool(ways)))
        parts.append("chosen AS (" + " UNION ALL ".join(f"({way})" for way in ways) + ")")
        return f"WITH {', '.join(parts)} {self.rows()}", self.params

    def is_dense(self, known: Known) -> bool:
        """Whether the walk reads less than the cards: by measured times of one step of each."""
        return known.shown > MOST or self.steps(known) + known.shown / 2 < 10 * known.shown

    def steps(self, known: Known) -> float:
        """How many dates are read for the page: as many offerings as there are for each that is shown."""
        return (self.offset + self.per_page) * known.everything / max(known.shown, 1)

    def walk(self) -> str:
        """The page out of the dates of the next weeks."""
        known = self.known
        if known:
            few = known.shown <= MOST
            return self.stroll(few, few and 4 * self.steps(known) > known.shown, "true")
        some = f"(SELECT n BETWEEN 1000 AND {MOST} AND {self.at} + {self.per_page} <= n / 20 FROM size)"
        many = self.stroll(False, False, self.big)
        return f"({many}) UNION ALL ({self.stroll(True, True, some)})"

    def stroll(self, by_title: bool, looked_up: bool, wanted: str) -> str:
        """Ties by title need all dates of the last moment. ``looked_up``: the cards are few enough for a set of them;
        a join with it would begin with the cards, and lose the order of the dates.
        """
        dates, dates_params = date_condition(self.when, "x")
        if looked_up:
            source, mine = "", "coalesce(x.offering_id IN (SELECT offering_id FROM hit), false)"
        else:
            source, mine = f"JOIN ({self.put(_sql(self.cards))}) h ON h.offering_id = x.offering_id", "true"
        dates = self.put((f"{dates} AND x.date = ANY (%s)", [*dates_params, self.days()]))
        earlier = self.put(date_condition(self.when, "e"))
        found = f"""
SELECT x.offering_id, NULL::text AS sort, NULL::float AS distance, x.id, x.date, x.start
FROM seniorportal_occurrence x {source}
WHERE {wanted} AND {mine} AND {dates} AND NOT EXISTS (
  SELECT FROM seniorportal_occurrence e WHERE e.offering_id = x.offering_id AND {earlier}
  AND (e.date, coalesce(e.start, '24:00'), e.id) < (x.date, coalesce(x.start, '24:00'), x.id))
"""
        if not by_title:
            return f"{found} ORDER BY x.date, x.start, x.offering_id LIMIT {self.per_page} OFFSET {self.at}"
        return f"""
SELECT w.offering_id, c.sort, w.distance, w.id, w.date, w.start
FROM ({found} ORDER BY x.date, x.start FETCH FIRST ({self.at} + {self.per_page}) ROWS WITH TIES) w
JOIN seniorportal_card c ON c.offering_id = w.offering_id AND c.language = 'de'
ORDER BY w.date, w.start, c.sort, w.offering_id LIMIT {self.per_page} OFFSET {self.at}
"""

    def days(self) -> list[dt.date]:
        """The next fourteen days with the wished weekdays."""
        day = max(self.when.first or self.when.now.date(), self.when.now.date())
        wished = self.when.weekdays or range(7)
        days = [day + dt.timedelta(days=at) for at in range(min(7 * 14, (dt.date.max - day).days))]
        return [one for one in days if one.weekday() in wished][:14]

    def from_cards(self, walked: bool) -> str:
        source = "hit"
        if self.near:  # what ties by distance, above all one house, is ordered by the dates
            most = f"FETCH FIRST ({self.at} + {self.per_page}) ROWS WITH TIES"
            source = f"(SELECT * FROM hit ORDER BY distance {most})"
        if walked and not self.known:  # which is cut off
            every = self.put(_sql(self.when.cards(self.cards)))
            source = f"(SELECT offering_id, sort, distance FROM hit WHERE NOT {self.big} UNION ALL"
            source += f" SELECT c.offering_id, c.sort, NULL FROM ({every}) c WHERE {self.big})"
        dates = self.put(date_condition(self.when, "x"))
        return (
            "SELECT h.offering_id, h.sort, h.distance, x.id, x.date, x.start"
            f" FROM {source} h LEFT JOIN LATERAL (SELECT x.id, x.date, x.start FROM seniorportal_occurrence x"
            f" WHERE x.offering_id = h.offering_id AND {dates} ORDER BY x.date, x.start, x.id LIMIT 1) x ON true"
            f" {f'WHERE NOT {self.full}' if walked else ''}"
            f" ORDER BY h.distance, x.date, x.start, {self.title}, h.offering_id LIMIT {self.per_page} OFFSET {self.at}"
        )

    @property
    def full(self) -> str:
        """Whether the walk has found all rows of the page."""
        wanted = f"least({self.per_page}, least((SELECT n FROM size), {MOST}) - {self.at})"
        return f"((SELECT count(*) FROM walk) >= {wanted})"

    @property
    def title(self) -> str:
        return f"CASE WHEN NOT {self.big} THEN h.sort END"

    def rows(self) -> str:
        """What the page shows of each: the date, the one after a cancelled one, and the very next where it is off."""
        off, now = Occurrence.Status.CANCELLED, When(self.when.now)
        columns = ", ".join(f'x."{name}"' for name in DATE)
        following = self.put(date_condition(now, "x"))
        self.params.append(bool(self.when))
        very_next = self.put(date_condition(now, "x"))
        return f"""
SELECT s.n, {", ".join(f"c.{field.column}" for field in SHOWN)}, h.distance, d.date IS NOT NULL,
       {", ".join(f'd."{name}"' for name in DATE)}, f.date IS NOT NULL, {", ".join(f'f."{name}"' for name in DATE)},
       k.date IS NOT NULL, {", ".join(f'k."{name}"' for name in DATE)}
FROM size s LEFT JOIN chosen h ON true
LEFT JOIN seniorportal_occurrence d ON d.id = h.id
LEFT JOIN seniorportal_card c ON c.offering_id = h.offering_id AND c.language = 'de'
LEFT JOIN LATERAL (
  SELECT {columns} FROM seniorportal_occurrence x WHERE d.status = '{off}'
  AND x.offering_id = h.offering_id AND x.status <> '{off}' AND {following}
  ORDER BY x.date, x.start, x.id LIMIT 1) f ON true
LEFT JOIN LATERAL (
  SELECT v.* FROM (
    SELECT {columns}, x.id FROM seniorportal_occurrence x WHERE %s AND x.offering_id = h.offering_id AND {very_next}
    ORDER BY x.date, x.start, x.id LIMIT 1) v
  WHERE v.status = '{off}' AND v.date <= h.date) k ON true
ORDER BY h.distance, h.date, h.start, {self.title}, h.offering_id
"""


def _found(rows: list[tuple[Any, ...]], number: int, per_page: int, known: Known | None) -> Found:
    size = rows[0][0]
    total = size if known else min(size, MOST)
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
    last = max(1, -(-min(total, MOST) // per_page))
    return Found(entries, total, size > total, min(number, last))


def _sql(cards: QuerySet[Card]) -> tuple[str, Params]:
    columns = ("offering_id", "sort", "quarter_slug", "latitude", "longitude")
    sql, params = cards.order_by().values(*columns).query.sql_with_params()
    return sql, list(params)


def date_condition(when: When, alias: str) -> tuple[str, Params]:
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
