"""The cards behind the lists, and the numbers beside their filters: triggers keep both.

Here they are made anew and compared with what they are made from. Their views, functions and triggers are defined by
the migrations ``card`` and ``facets``.
"""

from django.db import connection, transaction

from seniorportal.models import Card, FacetChange

FACETS = ", ".join(str(f.column) for f in FacetChange._meta.concrete_fields if f.name not in ("id", "sign"))


def columns() -> str:
    """All columns that the view and the table share."""
    return ", ".join(str(f.column) for f in Card._meta.concrete_fields if not f.primary_key)


def refresh() -> int:
    """Makes every card anew and answers how many there are."""
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM seniorportal_card WHERE offering_id NOT IN (SELECT id FROM seniorportal_offering)"
        )
        cursor.execute("SELECT refresh_cards(array_agg(id)) FROM seniorportal_offering")
        cursor.execute("SELECT count(*) FROM seniorportal_card")
        return cursor.fetchone()[0]


def differences() -> list[int]:
    """The offerings whose cards do not say what their source says. Empty unless somebody switched triggers off."""
    shared = columns()
    view, table = (f"SELECT {shared} FROM {name}" for name in ("offering_card_source", "seniorportal_card"))
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT DISTINCT offering_id FROM (({view} EXCEPT {table}) UNION ALL ({table} EXCEPT {view})) d ORDER BY 1"
        )
        return [number for (number,) in cursor.fetchall()]


def fold() -> None:
    """Moves the changes of the cards into the kept numbers; every list has to read what is not moved yet."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT fold_facets()")


def wrong_numbers() -> int:
    """How many numbers beside the filters are not those of the cards."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM ("
            "(TABLE facet_source EXCEPT TABLE facet_told) UNION ALL (TABLE facet_told EXCEPT TABLE facet_source)) d"
        )
        return cursor.fetchone()[0]


def count_anew() -> None:
    """Makes the numbers beside the filters anew. Lists and editors wait meanwhile."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("LOCK TABLE seniorportal_card, seniorportal_facetchange, seniorportal_facetcount")
        cursor.execute("DELETE FROM seniorportal_facetchange")
        cursor.execute("DELETE FROM seniorportal_facetcount")
        cursor.execute(
            f"INSERT INTO seniorportal_facetchange (sign, {FACETS})"
            f" SELECT 1, {FACETS} FROM seniorportal_card WHERE language = 'de'"
        )
        cursor.execute("SELECT fold_facets()")
