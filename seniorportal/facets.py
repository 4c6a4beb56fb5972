"""The numbers beside the values of the filters: how many offerings each value would show.

Without a filter, and for one value of one filter, they stand in a table that triggers keep (``FacetCount``): exact,
however many offerings there are. For everything else the cards are counted, up to the first ``MOST``.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db import connection
from django.db.models import QuerySet

from seniorportal.listing import MOST, PARTS, WEEKDAYS, Known, Params, When, date_condition
from seniorportal.models import Card

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
    """Exact and never older than the last edit. One statement.

    The table speaks of whole days. To it come the cards changed since it was last folded, and for each card with an
    end of today that is over, the difference between this morning and now.
    """
    today = now.date()
    morning, moment = dt.datetime.combine(today, dt.time()), now.replace(tzinfo=None)
    columns = ", ".join(("undated", "active_from", "active_until", "until", *COLUMNS))
    chosen, chosen_params = one.condition()
    alive, _ = One().condition()
    parts, params = [], []
    for name in COUNTED:
        pool = "every" if name == one.name else "chosen"
        sql, more = _signed(name, pool, one)
        parts.append(sql)
        params += more
    numbers = "c.numbers[width_bucket(%s::date - 1, c.ends) + 1]"
    own = "UNION ALL SELECT second, number FROM (SELECT c.second, {} AS number FROM seniorportal_facetcount c"
    own = f"{own.format(numbers)} WHERE c.first = '' AND starts_with(c.second, %s)) own" if one.name else ""
    sql = f"""
WITH moved AS MATERIALIZED (
  SELECT sign, %s::timestamp AS moment, {columns} FROM seniorportal_facetchange
  UNION ALL
  SELECT s.sign, s.moment, {columns} FROM seniorportal_card
  CROSS JOIN (VALUES (-1, %s::timestamp), (1, %s::timestamp)) s(sign, moment)
  WHERE language = 'de' AND (until >= %s AND until < %s OR (slots_until::date[]) @> ARRAY[%s::date])
), every AS (SELECT * FROM moved r WHERE {alive}), chosen AS (SELECT * FROM moved r WHERE {chosen})
SELECT c.second AS key, {numbers} AS number FROM seniorportal_facetcount c WHERE c.first = %s
UNION ALL
SELECT c.first, {numbers} FROM seniorportal_facetcount c WHERE c.second = %s AND c.first <> c.second
{own}
UNION ALL SELECT '*', {numbers} FROM seniorportal_facetcount c WHERE c.first = '' AND c.second = ''
UNION ALL SELECT '*', sum(sign) FROM every
UNION ALL SELECT '', sum(sign) FROM chosen
UNION ALL {" UNION ALL ".join(parts)}
"""
    given: Params = [morning, morning, moment, morning, moment, today, *chosen_params]
    given += [today, one.key, today, one.key, *([today, f"{one.name}="] if one.name else []), today, *params]
    found = _nothing(COUNTED)
    shown = everything = 0
    with connection.cursor() as cursor:
        cursor.execute(sql, given)
        for key, number in cursor.fetchall():
            name, _, value = key.partition("=")
            if key == "*":
                everything += number or 0
            elif not name:
                shown += number or 0
            elif name in found:
                found[name][value] = found[name].get(value, 0) + (number or 0)
    return Known(shown, everything), found


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


def counted(
    hits: QuerySet[Card], without: Mapping[str, QuerySet[Card]], when: When, names: Iterable[str] = COUNTED
) -> Counts:
    """For each filter how many offerings each value would show, the other filters as they stand. One statement.

    ``without`` holds, for every filter in use, the cards that all the other filters leave; ``hits`` what all leave.
    Each number is out of the first ``MOST`` cards.
    """
    params: Params = []
    pools = []
    pool_of: dict[str, str] = {}
    needed = ("offering_id", *COLUMNS)
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
        found = _nothing(names)
        for name, value, number in cursor.fetchall():
            if value is not None:
                found[name][value] = number
    found.get("kostenlos", {}).update({"1": found.get("kostenlos", {}).pop("true", 0)})
    return found


def _time_counts(name: str, pool: str, when: When) -> tuple[str, Params]:
    """How many have a date on each weekday, or in each part of the day, that meets the rest of the wish."""
    if name == "wochentag":
        rest = When(when.now, (), when.parts, when.first, when.last)
    else:
        rest = When(when.now, when.weekdays, (), when.first, when.last)
    if rest.last is None:
        return (
            f"SELECT '{name}', (held.slot {TIMES[name]})::text, count(DISTINCT p.offering_id)"
            f" FROM {pool} p CROSS JOIN LATERAL unnest(p.slots, p.slots_until) AS held(slot, until)"
            f" WHERE held.until >= %s::timestamp AND held.slot = ANY (%s::smallint[]) GROUP BY 2",
            [rest.moment, rest.slots()],
        )
    condition, params = date_condition(rest, "x")
    slot = (
        "(extract(isodow FROM x.date)::int - 1) * 4 + CASE WHEN x.start IS NULL THEN 3"
        " WHEN x.start < '12:00' THEN 0 WHEN x.start < '17:00' THEN 1 ELSE 2 END"
    )
    return (
        f"SELECT '{name}', (held.slot {TIMES[name]})::text, count(DISTINCT held.offering_id) FROM ("
        f"SELECT p.offering_id, day.slot FROM {pool} p CROSS JOIN LATERAL (SELECT DISTINCT {slot} AS slot"
        f" FROM seniorportal_occurrence x WHERE x.offering_id = p.offering_id AND {condition}) day) held GROUP BY 2",
        params,
    )
