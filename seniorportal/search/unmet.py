"""What was looked for in vain: counted by word and day, never by whom."""

import datetime as dt
import re
from contextlib import nullcontext

from django.db import DatabaseError, connection, transaction

from seniorportal.models import UnmetSearch

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


def note_unmet(found: Expansion, today: dt.date) -> None:
    """One statement outside of a transaction; a portal that cannot count still answers. A need was not in vain."""
    words = telling_words(found) if found.need is None else []
    if not words:
        return
    table = UnmetSearch._meta.db_table
    try:
        with transaction.atomic() if connection.in_atomic_block else nullcontext():
            with connection.cursor() as cursor:
                cursor.execute(
                    f"INSERT INTO {table} (word, day, count)"
                    " SELECT word, %s, 1 FROM unnest(%s::varchar[]) AS word"
                    f" ON CONFLICT (word, day) DO UPDATE SET count = {table}.count + 1",
                    [today, words],
                )
    except DatabaseError:
        pass


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
