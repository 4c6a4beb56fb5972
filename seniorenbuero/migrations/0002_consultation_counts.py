"""Sums of Beratungen by office and month, and the triggers that keep them.

A statement that writes Beratungen or their topics adds its difference to seniorenbuero_consultationcount, and does
nothing else: nobody waits for anybody. fold_consultation_counts() puts rows of one key together when many wait.
"""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

FOLDED_AT = 2000
KEY = "office_id, month, kind, value"

# What a Beratung counts as, one row each; ``r`` has the columns of a Beratung.
VALUES = """
VALUES ('alle', ''), ('weg', r.channel), ('ergebnis', r.outcome),
       ('kontakt', CASE WHEN r.is_first THEN 'erster' ELSE 'weiterer' END),
       ('bezirk', coalesce(r.district_id::text, ''))
"""
VIEW = f"""
CREATE VIEW consultation_values AS
SELECT r.office_id, r.date, k.kind, k.value
FROM seniorportal_consultation r CROSS JOIN LATERAL ({VALUES}) k(kind, value)
WHERE r.outcome <> 'fehl'
UNION ALL
SELECT r.office_id, r.date, 'thema', t.consultationtopic_id::text
FROM seniorportal_consultation r JOIN seniorportal_consultation_topics t ON t.consultation_id = r.id
WHERE r.outcome <> 'fehl'
"""
FOLD = f"""
CREATE FUNCTION fold_consultation_counts() RETURNS void LANGUAGE sql AS $$
  WITH taken AS (
    DELETE FROM seniorenbuero_consultationcount c
    USING (SELECT DISTINCT {KEY} FROM seniorenbuero_consultationcount WHERE waiting) k
    WHERE c.kind = k.kind AND c.month = k.month AND c.office_id = k.office_id AND c.value = k.value
    RETURNING c.*
  )
  INSERT INTO seniorenbuero_consultationcount ({KEY}, number, waiting)
  SELECT {KEY}, sum(number), false FROM taken GROUP BY {KEY} HAVING sum(number) <> 0
$$
"""
# The rows that a statement wrote: those that went with -1, those that came with 1.
ROWS = {
    "INSERT": "SELECT 1 AS sign, n.* FROM new_rows n",
    "DELETE": "SELECT -1 AS sign, o.* FROM old_rows o",
    "UPDATE": "SELECT -1 AS sign, o.* FROM old_rows o UNION ALL SELECT 1, n.* FROM new_rows n",
}
# The topics of a Beratung move with it. Where its topics went before it, or come after it, they count themselves.
OF_CONSULTATIONS = f"""
SELECT r.sign, r.office_id, date_trunc('month', r.date)::date AS month, k.kind, k.value
FROM ({{rows}}) r CROSS JOIN LATERAL (
  {VALUES} UNION ALL
  SELECT 'thema', t.consultationtopic_id::text FROM seniorportal_consultation_topics t WHERE t.consultation_id = r.id
) k(kind, value)
WHERE r.outcome <> 'fehl'
"""
OF_TOPICS = """
SELECT t.sign, r.office_id, date_trunc('month', r.date)::date AS month, 'thema' AS kind, t.consultationtopic_id::text AS value
FROM ({rows}) t JOIN seniorportal_consultation r ON r.id = t.consultation_id
WHERE r.outcome <> 'fehl'
"""
LOCK = 7_240_007  # of whoever folds; nobody waits for it


def note(function: str, keys: str) -> str:
    branches = " ELSIF ".join(
        f"TG_OP = '{event}' THEN INSERT INTO seniorenbuero_consultationcount ({KEY}, number, waiting)"
        f" SELECT {KEY}, sum(sign), true FROM ({keys.format(rows=rows)}) s GROUP BY {KEY} HAVING sum(sign) <> 0;"
        for event, rows in ROWS.items()
    )
    # In the transaction that fills them, tables have no statistics yet: every row would read the whole other table.
    return f"""
CREATE FUNCTION {function}() RETURNS trigger LANGUAGE plpgsql SET enable_seqscan TO off AS $$
BEGIN
  IF {branches} END IF;
  IF (SELECT count(*) FROM (SELECT FROM seniorenbuero_consultationcount WHERE waiting LIMIT {FOLDED_AT + 1}) w) > {FOLDED_AT}
     AND pg_try_advisory_xact_lock({LOCK}) THEN
    PERFORM fold_consultation_counts();
  END IF;
  RETURN NULL;
END $$
"""


TRANSITION = {
    "INSERT": "NEW TABLE AS new_rows",
    "UPDATE": "OLD TABLE AS old_rows NEW TABLE AS new_rows",
    "DELETE": "OLD TABLE AS old_rows",
}


def triggers(function: str, table: str) -> str:
    return ";\n".join(
        f"CREATE TRIGGER {function}_{event.lower()} AFTER {event} ON {table}"
        f" REFERENCING {tables} FOR EACH STATEMENT EXECUTE FUNCTION {function}()"
        for event, tables in TRANSITION.items()
    )


FIRST = f"""
INSERT INTO seniorenbuero_consultationcount ({KEY}, number, waiting)
SELECT office_id, date_trunc('month', date)::date, kind, value, count(*), false
FROM consultation_values GROUP BY 1, 2, 3, 4
"""
GRANT = """
DO $$ BEGIN
  IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'portal_app') THEN
    GRANT SELECT ON consultation_values TO portal_app;
  END IF;
END $$
"""
STATEMENTS = (
    VIEW,
    FOLD,
    note("count_consultations", OF_CONSULTATIONS),
    note("count_consultation_topics", OF_TOPICS),
    triggers("count_consultations", "seniorportal_consultation"),
    triggers("count_consultation_topics", "seniorportal_consultation_topics"),
    FIRST,
    GRANT,
)


def make(apps: object, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for statement in STATEMENTS:
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):

    replaces = [("seniorenbuero", "0007_consultation_counts")]

    dependencies = [
        ("seniorenbuero", "0001_tables"),
    ]

    operations = [
        migrations.RunPython(make, migrations.RunPython.noop),
    ]
