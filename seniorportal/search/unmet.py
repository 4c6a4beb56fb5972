"""What was looked for in vain: counted by word, day and district, never by whom."""

import datetime as dt
import re
from collections.abc import Sequence
from contextlib import nullcontext

from django.db import DatabaseError, connection, transaction

from seniorportal.models import District, Quarter, UnmetSearch

from .expansion import Expansion
from .vocabulary import current
from .words import STOP_WORDS, VAGUE_WORDS, sound, tokens

KEEP_DAYS = 90
MOST_WORDS = 3
# What an address ends with; whoever typed one gets the finder, and the portal keeps nothing of it.
_STREET = re.compile(
    r"(strasse|str|weg|allee|platz|gasse|ring|ufer|damm|hof|kamp|steig|pfad|hellweg|siedlung)$"
)

_PERSON = frozenset(
    {"frau", "herr", "herrn", "dr", "doktor", "pfarrer", "familie", "name", "heisse", "heisst"}
)


def note_unmet(
    found: Expansion,
    today: dt.date,
    districts: Sequence[str] = (),
    quarters: Sequence[str] = (),
    *,
    everywhere: bool = True,
) -> None:
    """One statement outside of a transaction; a portal that cannot count still answers. A need was not in vain.

    Slugs of where somebody looked; a place typed with the words counts as well. Of a quarter only its district is kept.
    ``everywhere``: nothing was found in the whole city, and not just there.
    """
    words = telling_words(found) if found.need is None else []
    if not words:
        return
    if found.place:
        districts = [*districts, found.place.district_slug]
    try:
        with transaction.atomic() if connection.in_atomic_block else nullcontext():
            with connection.cursor() as cursor:
                cursor.execute(
                    _NOTE.format(
                        table=UnmetSearch._meta.db_table,
                        district=District._meta.db_table,
                        quarter=Quarter._meta.db_table,
                    ),
                    [today, words, everywhere, list(districts), list(quarters)],
                )
    except DatabaseError:
        pass


_NOTE = """
INSERT INTO {table} (word, day, district_id, count)
SELECT word, %s, place.id, 1 FROM unnest(%s::varchar[]) AS word CROSS JOIN (
    SELECT NULL::bigint AS id WHERE %s
    UNION SELECT id FROM {district} WHERE slug = ANY(%s)
    UNION SELECT district_id FROM {quarter} WHERE slug = ANY(%s)
) AS place
ON CONFLICT (word, day, district_id) DO UPDATE SET count = {table}.count + 1
"""


def telling_words(found: Expansion) -> list[str]:
    """At most a few folded words: no digits, nothing near a digit, nothing like a street, nothing very long."""
    folded = tokens(found.q)
    if any(any(c.isdigit() for c in word) for word in folded) or "@" in found.q:
        return []  # an address, a number, a date: nothing of such a query is kept
    if any(_STREET.search(word) or word in _PERSON for word in folded):
        return []
    words = [
        word
        for word in folded
        if 3 <= len(word) <= UnmetSearch.LONGEST and word not in STOP_WORDS and word not in VAGUE_WORDS
    ]
    places = current().places
    return sorted({word for word in words if sound(word) not in places})[:MOST_WORDS]
