"""Cards say what their source says, after every raw statement on every column of every table they are made from."""

import datetime as dt
import threading
import unicodedata
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from seniorportal import cards
from seniorportal.models import (
    AccessibilityFact,
    Card,
    Carrier,
    Category,
    District,
    Language,
    Occurrence,
    Offering,
    OfferingTranslation,
    Quarter,
    TargetGroup,
    Venue,
)
from seniorportal.text import fold
from tests.public.town import make_date, make_district, make_offering, make_venue

SOURCES = [
    Offering,
    Offering.carriers.through,
    Offering.categories.through,
    Offering.target_groups.through,
    Offering.languages.through,
    OfferingTranslation,
    Occurrence,
    Venue,
    Venue.carriers.through,
    AccessibilityFact,
    Category,
    TargetGroup,
    Language,
    Carrier,
    District,
    Quarter,
]


@pytest.fixture
def town(db):
    """Two of everything a card is made from."""
    above = Carrier.objects.create(name="Verband", slug="verband")
    other = Carrier.objects.create(name="Anderer", slug="anderer")
    below = Carrier.objects.create(name="Ortsverein", slug="ortsverein", parent=above)
    for number in (1, 2):
        district = make_district(f"Bezirk {number}")
        quarter = Quarter.objects.create(
            code=f"{number}", name=f"Viertel {number}", slug=f"viertel-{number}", district=district
        )
        venue = make_venue(
            f"Haus {number}", district=district, quarter=quarter, street="Weg 1", latitude=51.5
        )
        venue.carriers.add(below)
        AccessibilityFact.objects.create(venue=venue, feature="wc", value="ja")
        offering = make_offering(f"Runde {number}", venue=venue, confirmed_at=dt.date(2026, 1, 1))
        offering.carriers.add(other)
        for model, relation in (
            (Category, offering.categories),
            (TargetGroup, offering.target_groups),
        ):
            relation.add(model.objects.create(name=f"Wort {number}", slug=f"wort-{number}"))
        tongue = Language.objects.create(name=f"Sprache {number}", slug=f"s-{number}", code=f"s{number}")
        offering.languages.add(tongue)
        OfferingTranslation.objects.create(of=offering, language=tongue, title="Round", summary="Short")
        make_date(offering, in_days=number)
    make_offering("Draußen", meeting_point="Am Teich", district=make_district("Bezirk 1"))
    # Spare ones to point to.
    make_venue("Leeres Haus", district=make_district("Leerer Bezirk"))
    Quarter.objects.create(code="9", name="Leer", slug="leer", district=make_district("Leerer Bezirk"))
    Carrier.objects.create(name="Leer", slug="leer")
    for spare in (Category, TargetGroup):
        spare.objects.create(name="Leer", slug="leer")
    Language.objects.create(name="Leer", slug="leer", code="leer")


def execute(sql, *params):
    with connection.cursor() as cursor:
        cursor.execute(sql, params or None)


def other_value(column, kind):
    """A statement's right side that changes the column of every row."""
    if kind == "boolean":
        return f'NOT coalesce("{column}", false)'
    if kind == "date":
        return f"""coalesce("{column}", '2026-05-05') + 1"""
    if kind.startswith("time without"):
        return f"""coalesce("{column}", '09:00') + interval '5 hours'"""
    if kind in ("integer", "smallint", "double precision"):
        return f'coalesce("{column}", 1) + 1'
    return None


def columns_of(table):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT column_name, data_type FROM information_schema.columns WHERE table_schema = 'public'"
            " AND table_name = %s AND is_generated = 'NEVER' AND column_name <> 'id' ORDER BY ordinal_position",
            [table],
        )
        return cursor.fetchall()


TEXTS = {
    "status": "'ausgefallen'",
    "feature": "'rampe'",
    "value": "'teilweise'",
    "form": "'kurs'",
    "postal_code": "'44135'",
    "report_area": "'stadtteilzentrum'",
    "code": "'x' || id % 10",
    "kind": "'x' || id % 10",
}


def changes(table, column, kind):
    """Right sides to try, None where a column cannot be changed alone."""
    if (other := other_value(column, kind)) is not None:
        return other
    if column in TEXTS:
        return TEXTS[column]
    if kind in ("text", "character varying"):
        return f"left(\"{column}\" || id || 'ä', 40)"
    return None


@pytest.mark.parametrize(
    "model", SOURCES, ids=lambda model: model._meta.db_table.removeprefix("seniorportal_")
)
def test_raw_sql_on_every_column_of_a_source_reaches_the_cards(town, model):
    table = model._meta.db_table
    changed = 0
    for column, kind in columns_of(table):
        with transaction.atomic():
            if (value := changes(table, column, kind)) is not None:
                execute(f'UPDATE {table} SET "{column}" = {value}')
                changed += 1
            elif column.endswith("_id"):
                target = model._meta.get_field(column.removesuffix("_id")).related_model._meta.db_table
                # The other row, one row at a time, so that no pair stands twice.
                execute(
                    f"UPDATE {table} t SET {column} = (SELECT id FROM {target} o WHERE o.id IS DISTINCT FROM t.{column}"
                    " ORDER BY id DESC LIMIT 1) WHERE id = (SELECT max(id) FROM " + table + ")"
                )
                changed += 1
            assert cards.differences() == [], f"{table}.{column}"
            transaction.set_rollback(True)
    assert changed
    with transaction.atomic():
        execute("SET CONSTRAINTS ALL DEFERRED")
        execute(f"DELETE FROM {table}")
        assert cards.differences() == [], f"DELETE FROM {table}"
        transaction.set_rollback(True)
    assert cards.differences() == []


@pytest.mark.django_db
def test_every_table_of_the_view_is_followed_by_three_triggers():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT r.relname FROM pg_depend d JOIN pg_rewrite w ON w.oid = d.objid"
            " JOIN pg_class r ON r.oid = d.refobjid WHERE w.ev_class = 'offering_card_source'::regclass"
            " AND r.relkind = 'r'"
        )
        read = {name for (name,) in cursor.fetchall()}
        cursor.execute(
            "SELECT c.relname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid"
            " WHERE starts_with(t.tgname, 'refresh_cards_') GROUP BY 1 HAVING count(*) = 3"
        )
        followed = {name for (name,) in cursor.fetchall()}
    assert read == followed == {model._meta.db_table for model in SOURCES}


def test_a_card_holds_what_the_list_needs(town):
    card = Card.objects.get(title="Runde 1")
    assert (card.place, card.district_slug, card.quarter_name) == ("Haus 1", "bezirk-1", "Viertel 1")
    assert card.carriers == ["anderer", "ortsverein", "verband"]
    assert card.topics == ["wort-1"] and card.access == ["wc"]
    assert card.confirmed_until == dt.date(2026, 6, 30)
    assert not card.undated and Card.objects.get(title="Draußen").undated
    translated = Card.objects.get(language="s1")
    assert (translated.title, translated.summary) == ("Round", "Short")
    assert Card.objects.count() == 5


def test_what_is_hidden_has_no_card(town):
    Offering.objects.filter(title="Runde 1").update(published=False)
    Venue.objects.filter(name="Haus 2").update(published=False)
    assert [card.title for card in Card.objects.all()] == ["Draußen"]
    Venue.objects.filter(name="Haus 2").update(published=True)
    assert Card.objects.filter(title="Runde 2", language="de").exists()


def test_the_commands_find_and_mend_a_wrong_card(town):
    call_command("check_cards", stdout=(out := StringIO()))
    assert "stimmen mit den Angeboten überein" in out.getvalue()
    Card.objects.filter(title="Runde 1").update(place="anderswo")
    Card.objects.filter(title="Runde 2").delete()
    with pytest.raises(SystemExit) as gone:
        call_command("check_cards", stderr=(err := StringIO()))
    assert gone.value.code == 1
    assert "Die Karten von 2 Angeboten stimmen nicht" in err.getvalue()
    call_command("refresh_cards", stdout=(out := StringIO()))
    assert "Karten: 5" in out.getvalue()
    assert cards.differences() == []


@pytest.mark.django_db(transaction=True)
def test_two_editors_at_once_leave_a_right_card():
    """The second waits for the first one's card and then reads what the first one wrote."""
    offering = make_offering("Runde", venue=make_venue("Haus"))
    ready = threading.Event()

    def second():
        try:
            ready.wait(5)
            Offering.objects.filter(pk=offering.pk).update(title="Neue Runde")
        finally:
            connection.close()

    thread = threading.Thread(target=second)
    thread.start()
    with transaction.atomic():
        Venue.objects.update(name="Neues Haus")
        ready.set()
        thread.join(0.5)
        assert thread.is_alive()
    thread.join(5)
    card = Card.objects.get()
    assert (card.title, card.place) == ("Neue Runde", "Neues Haus")
    assert cards.differences() == []


def sql_fold(text):
    with connection.cursor() as cursor:
        cursor.execute("SELECT portal_fold(%s)", [text])
        return cursor.fetchone()[0]


ASSIGNED = st.characters(exclude_categories=("Cs", "Cn"), exclude_characters="\x00", max_codepoint=0x2FFFF)


@settings(max_examples=300, deadline=None)
@given(st.text(ASSIGNED, max_size=40))
def check_fold(text):
    assert sql_fold(text) == fold(text)


@pytest.mark.django_db
def test_folding_in_sql_is_folding_in_python():
    check_fold()
    for text in ("Hörde-Süd", "STRAẞE", "ΟΔΟΣ", "Çağrı İĞDIR", "naïve Café", "Ḧ̈", "Ялта Ёлка", "①ﬁ℡"):
        assert sql_fold(text) == fold(text), unicodedata.normalize("NFD", text)
