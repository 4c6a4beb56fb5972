"""The cards behind the lists: triggers keep them; here they are made anew and compared with what they are made from.

The view ``offering_card_source`` and the function ``refresh_cards(ids)`` are defined by the migration ``card``.
"""

from django.db import connection

from seniorportal.models import Card


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
