"""The numbers beside the values of the filters: how many offerings each value would show.

Without a filter, and for one value of one filter, they stand in a table that triggers keep (``FacetCount``): exact,
however many offerings there are. For everything else the cards are counted, up to the first ``MOST``.
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db import connection
from django.db.models import QuerySet

from seniorportal.listing import MOST, PARTS, WEEKDAYS, Known, Params, When, date_condition
from seniorportal.models import Card, Occurrence

PLAIN = {"bezirk": "district_slug", "quartier": "quarter_slug", "kostenlos": "is_free"}
LISTS = {
    "thema": "topics",
    "zielgruppe": "target_groups",
    "traeger": "carriers",
    "sprache": "languages",
    "barrierefrei": "access",
}
TIMES = {"wochentag": "/ 4", "tageszeit": "%% 4"}  # of a slot
COUNTED = (*PLAIN, *LISTS, *TIMES)
COLUMNS = (*PLAIN.values(), *LISTS.values(), "slots", "slots_until")
Counts = dict[str, dict[str, int]]


def _nothing(names: Iterable[str]) -> Counts:
    return {name: {} for name in names}


# --- no filter, or one value of one -----------------------------------------------------------------------------------


@dataclass(frozen=True)
class One:
    """The only filter of a list: ``name`` and ``value`` as in the address, both empty where there is none."""

    name: str = ""
    value: str = ""

    @property
    def key(self) -> str:
        value = self.value
        for name, known in (("wochentag", WEEKDAYS), ("tageszeit", PARTS)):
            value = str(known.index(value)) if self.name == name else value
        return f"{self.name}={value}" if self.name else ""

    def condition(self) -> tuple[str, Params]:
        """On a row with the columns of a card and a ``moment``."""
        alive = (
            "(r.until >= r.moment OR r.undated AND coalesce(r.active_from <= r.moment::date, true)"
            " AND coalesce(r.active_until >= r.moment::date, true))"
        )
        if self.name in TIMES:
            number = self.key.partition("=")[2]
            return (
                "EXISTS (SELECT FROM unnest(r.slots, r.slots_until) held(slot, until)"
                f" WHERE held.until >= r.moment AND held.slot {TIMES[self.name]} = %s)",
                [int(number)],
            )
        if self.name in LISTS:
            return f"{alive} AND %s = ANY (r.{LISTS[self.name]})", [self.value]
        if self.name == "kostenlos":
            return f"{alive} AND r.is_free", []
        if self.name:
            return f"{alive} AND r.{PLAIN[self.name]} = %s", [self.value]
        return alive, []


def kept(one: One, now: dt.datetime) -> tuple[Known, Counts]:
    """Exact and never older than the last edit. One statement."""
    found = _nothing(COUNTED)
    shown = everything = 0
    with connection.cursor() as cursor:
        cursor.execute(*_kept(one, now, COUNTED))
        for key, number in cursor.fetchall():
            name, _, value = key.partition("=")
            if key == "*":
                everything += number or 0
            elif not name:
                shown += number or 0
            elif name in found:
                found[name][value] = found[name].get(value, 0) + (number or 0)
    return Known(shown, everything), found


def _kept(one: One, now: dt.datetime, names: Sequence[str]) -> tuple[str, Params]:
    """Keys and numbers to be added up; '' is the number shown, '*' that of all.

    The table speaks of whole days. To it come the cards changed since it was last folded, and for each card with an
    end of today that is over, the difference between this morning and now.
    """
    today = now.date()
    morning, moment = dt.datetime.combine(today, dt.time()), now.replace(tzinfo=None)
    columns = ", ".join(("undated", "active_from", "active_until", "until", *COLUMNS))
    chosen, chosen_params = one.condition()
    alive, _ = One().condition()
    parts, params = [], []
    for name in names:
        sql, more = _signed(name, "every" if name == one.name else "chosen", one)
        parts.append(sql)
        params += more
    number = "c.numbers[width_bucket(%s::date - 1, c.ends) + 1]"
    own = (
        f"UNION ALL SELECT c.second, {number} FROM seniorportal_facetcount c"
        " WHERE c.first = '' AND starts_with(c.second, %s)"
    )
    sql = f"""
WITH moved AS MATERIALIZED (
  SELECT sign, %s::timestamp AS moment, {columns} FROM seniorportal_facetchange
  UNION ALL
  SELECT s.sign, s.moment, {columns} FROM seniorportal_card
  CROSS JOIN (VALUES (-1, %s::timestamp), (1, %s::timestamp)) s(sign, moment)
  WHERE language = 'de' AND (until >= %s AND until < %s OR (slots_until::date[]) @> ARRAY[%s::date])
), every AS (SELECT * FROM moved r WHERE {alive}), chosen AS (SELECT * FROM moved r WHERE {chosen})
SELECT c.second AS key, {number} AS number FROM seniorportal_facetcount c WHERE c.first = %s
UNION ALL
SELECT c.first, {number} FROM seniorportal_facetcount c WHERE c.second = %s AND c.first <> c.second
{own if one.name else ""}
UNION ALL SELECT '*', {number} FROM seniorportal_facetcount c WHERE c.first = '' AND c.second = ''
UNION ALL SELECT '*', sum(sign) FROM every
UNION ALL SELECT '', sum(sign) FROM chosen
UNION ALL {" UNION ALL ".join(parts)}
"""
    given: Params = [morning, morning, moment, morning, moment, today, *chosen_params]
    given += [today, one.key, today, one.key, *([today, f"{one.name}="] if one.name else []), today, *params]
    return sql, given


def _signed(name: str, pool: str, one: One) -> tuple[str, Params]:
    """The rows of a pool per value of a filter, those that went taken off."""
    key = f"'{name}=' ||"
    if name in LISTS:
        return (
            f"SELECT {key} v, sum(r.sign) FROM {pool} r CROSS JOIN unnest(r.{LISTS[name]}) AS v GROUP BY 1",
            [],
        )
    if name == "kostenlos":
        return f"SELECT {key} '1', sum(r.sign) FROM {pool} r WHERE r.is_free", []
    if name in PLAIN:
        column = f"r.{PLAIN[name]}"
        return f"SELECT {key} {column}, sum(r.sign) FROM {pool} r WHERE {column} <> '' GROUP BY 1", []
    other, params = "", []
    if one.name in TIMES and one.name != name:
        other, params = f" AND slot {TIMES[one.name]} = %s", [int(one.key.partition("=")[2])]
    return (
        f"SELECT {key} held.part, sum(r.sign) FROM {pool if not other else 'moved'} r CROSS JOIN LATERAL ("
        f"SELECT DISTINCT slot {TIMES[name]} FROM unnest(r.slots, r.slots_until) AS h(slot, until)"
        f" WHERE h.until >= r.moment{other}) AS held(part) GROUP BY 1",
        params,
    )


# --- anything else ----------------------------------------------------------------------------------------------------


def counted(hits: QuerySet[Card], without: Mapping[str, QuerySet[Card] | One], when: When) -> Counts:
    """For each filter how many offerings each value would show, the other filters as they stand. One statement.

    ``without`` holds, for every filter in use, the cards that all the other filters leave, or the one value that is
    left of them; ``hits`` what all leave. Each number is out of ``MOST`` cards at most, or exact where it is kept.
    """
    others = [name for name in COUNTED if name not in without]
    parts = [_every(hits, when, others)] if others else []
    parts += [_one(name, rest, when) for name, rest in without.items()]
    params = [value for _, values in parts for value in values]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(f"({sql})" for sql, _ in parts), params)
        found = _nothing(COUNTED)
        for name, value, number in cursor.fetchall():
            if value:
                found[name][value] = found[name].get(value, 0) + (number or 0)
    return found


def _pool(cards: QuerySet[Card], when: When) -> tuple[str, Params]:
    """The cards that are counted, ``held`` the weekdays and parts of the day of their dates that are not over."""
    sql, params = cards.order_by().values("offering_id", *COLUMNS)[:MOST].query.sql_with_params()
    if when.last is None:
        held = (
            "CASE WHEN %s::timestamp <= ALL (c.slots_until) THEN c.slots ELSE ARRAY("
            "SELECT h.slot FROM unnest(c.slots, c.slots_until) h(slot, until) WHERE h.until >= %s::timestamp"
            ") END"
        )
        return f"SELECT c.*, {held} AS held FROM ({sql}) c", [when.moment, when.moment, *params]
    condition, more = date_condition(When(when.now, first=when.first, last=when.last), "x")
    slot = (
        "((extract(isodow FROM x.date)::int - 1) * 4 + CASE WHEN x.start IS NULL THEN 3"
        " WHEN x.start < '12:00' THEN 0 WHEN x.start < '17:00' THEN 1 ELSE 2 END)::smallint"
    )
    held = (
        f"ARRAY(SELECT DISTINCT {slot} FROM seniorportal_occurrence x"
        f" WHERE x.offering_id = c.offering_id AND {condition} AND x.status <> '{Occurrence.Status.CANCELLED}')"
    )
    return f"SELECT c.*, {held} AS held FROM ({sql}) c", [*more, *params]


def _every(cards: QuerySet[Card], when: When, names: list[str]) -> tuple[str, Params]:
    """Equal cards first, filter by filter in one pass, and only then the values they hold."""
    pool, params = _pool(cards, when)
    columns = list(dict.fromkeys(_column(name) for name in names))
    parts = []
    for name in names:
        mask = sum(1 << at for at, column in enumerate(reversed(columns)) if column != _column(name))
        sql, more = _values(name, f"(SELECT * FROM same WHERE same.which = {mask})", when)
        parts.append(sql)
        params = [*params, *more]
    grouped = ", ".join(columns)
    return (
        f"WITH same AS MATERIALIZED (SELECT {grouped}, count(*) AS n, grouping({grouped}) AS which FROM ({pool}) c"
        f" GROUP BY GROUPING SETS ({', '.join(f'({column})' for column in columns)})) "
        + " UNION ALL ".join(parts),
        params,
    )


def _one(name: str, rest: "QuerySet[Card] | One", when: When) -> tuple[str, Params]:
    if isinstance(rest, One):
        sql, params = _kept(rest, when.now, [name])
        return (
            f"SELECT '{name}', split_part(key, '=', 2), number FROM ({sql}) kept WHERE key LIKE '{name}=%%'",
            params,
        )
    pool, params = _pool(rest, when)
    column = _column(name)
    sql, more = _values(name, f"(SELECT {column}, count(*) AS n FROM ({pool}) c GROUP BY 1)", when)
    return sql, [*params, *more]


def _column(name: str) -> str:
    return "held" if name in TIMES else PLAIN.get(name) or LISTS[name]


def _values(name: str, groups: str, when: When) -> tuple[str, Params]:
    """The values that groups of ``n`` equal cards hold."""
    if name == "kostenlos":
        return f"SELECT '{name}', '1', n FROM {groups} g WHERE is_free", []
    if name in PLAIN:
        return f"SELECT '{name}', {PLAIN[name]}::text, n FROM {groups} g", []
    if name in LISTS:
        return (
            f"SELECT '{name}', v, sum(n)::int FROM {groups} g CROSS JOIN unnest({LISTS[name]}) v GROUP BY 2",
            [],
        )
    rest = When(when.now, (), when.parts) if name == "wochentag" else When(when.now, when.weekdays)
    return (
        f"SELECT '{name}', part::text, sum(n)::int FROM {groups} g CROSS JOIN LATERAL ("
        f"SELECT DISTINCT slot {TIMES[name]} AS part FROM unnest(held) slot WHERE slot = ANY (%s::smallint[])) d"
        " GROUP BY 2",
        [rest.slots()],
    )
