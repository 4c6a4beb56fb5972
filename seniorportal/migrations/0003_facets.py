"""The numbers beside the filters: two tables, what they are made from, and the triggers that keep them.

The cards write what came and what went into seniorportal_facetchange; that is all an editor does, and nobody waits
for anybody. Every now and then fold_facets() moves this into seniorportal_facetcount. Both together are the numbers.
"""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

FOLDED_AT = 1000  # waiting changes: every list reads them, so there are never many more
COLUMNS = (
    "district_slug, quarter_slug, is_free, topics, target_groups, carriers, languages, access, active_from,"
    " active_until, undated, until, slots, slots_until"
)

# The pairs of filter values of each row with the last day on which they hold. An offering without dates that runs
# only later is taken off again until the day before. The names come in the order of the array, then the times.
PAIRS = """
SELECT pair.first COLLATE "C" AS first, pair.second COLLATE "C" AS second, pair.day,
       sum(pair.number * r.sign)::int AS number
FROM ({rows}) r
CROSS JOIN LATERAL (
  SELECT ARRAY[''] || CASE WHEN r.district_slug <> '' THEN ARRAY['bezirk=' || r.district_slug] END
    || CASE WHEN r.quarter_slug <> '' THEN ARRAY['quartier=' || r.quarter_slug] END
    || CASE WHEN r.is_free THEN ARRAY['kostenlos=1'] END
    || ARRAY(SELECT 'thema=' || v FROM unnest(r.topics) v)
    || ARRAY(SELECT 'zielgruppe=' || v FROM unnest(r.target_groups) v)
    || ARRAY(SELECT 'traeger=' || v FROM unnest(r.carriers) v)
    || ARRAY(SELECT 'sprache=' || v FROM unnest(r.languages) v)
    || ARRAY(SELECT 'barrierefrei=' || v FROM unnest(r.access) v) AS keys
) k
CROSS JOIN LATERAL (
  SELECT p.key, q.key, life.day, life.number
  FROM unnest(k.keys) WITH ORDINALITY p(key, at)
  JOIN unnest(k.keys) WITH ORDINALITY q(key, at) ON p.at < q.at OR p.at = 1 AND q.at = 1
  CROSS JOIN (VALUES
    (CASE WHEN r.undated THEN coalesce(r.active_until, '9999-12-31') ELSE r.until::date END, 1),
    (CASE WHEN r.undated THEN least(r.active_from - 1, r.active_until) END, -1)
  ) life(day, number)
  WHERE life.day IS NOT NULL AND (r.active_from IS NOT NULL OR life.number = 1)
  UNION ALL
  SELECT p.key, t.key, t.day, 1 FROM unnest(k.keys) p(key) CROSS JOIN (
    SELECT 'wochentag=' || slot / 4, max(until)::date
    FROM unnest(r.slots, r.slots_until) held(slot, until) GROUP BY slot / 4
    UNION ALL
    SELECT 'tageszeit=' || slot % 4, max(until)::date
    FROM unnest(r.slots, r.slots_until) held(slot, until) WHERE slot % 4 < 3 GROUP BY slot % 4
  ) t(key, day)
  UNION ALL
  SELECT 'wochentag=' || slot / 4, 'tageszeit=' || slot % 4, until::date, 1
  FROM unnest(r.slots, r.slots_until) held(slot, until) WHERE slot % 4 < 3
) pair(first, second, day, number)
GROUP BY 1, 2, 3 HAVING sum(pair.number * r.sign) <> 0
"""

# What the numbers should say, and what they do say; ``manage.py check_cards`` compares them.
VIEWS = f"""
CREATE VIEW facet_source AS
{PAIRS.format(rows=f"SELECT 1 AS sign, {COLUMNS} FROM seniorportal_card WHERE language = 'de'")};
CREATE VIEW facet_told AS
SELECT first, second, day, sum(number)::int AS number FROM (
  SELECT c.first, c.second, u.day,
         u.number - coalesce(lead(u.number) OVER (PARTITION BY c.id ORDER BY u.day), 0) AS number
  FROM seniorportal_facetcount c CROSS JOIN LATERAL unnest(c.ends, c.numbers) u(day, number)
  UNION ALL
  ({PAIRS.format(rows=f"SELECT sign, {COLUMNS} FROM seniorportal_facetchange")})
) said GROUP BY 1, 2, 3 HAVING sum(number) <> 0
"""

# Only who gets the lock folds; everybody else goes on adding. One statement, so that its snapshot is one.
FOLD = f"""
CREATE FUNCTION fold_facets() RETURNS void LANGUAGE plpgsql SET work_mem = '64MB' AS $$
BEGIN
  IF NOT pg_try_advisory_xact_lock(hashtext('fold_facets')) THEN RETURN; END IF;
  WITH gone AS (
    DELETE FROM seniorportal_facetchange RETURNING *
  ), delta AS MATERIALIZED (
    {PAIRS.format(rows="SELECT * FROM gone")}
  ), touched AS (
    SELECT DISTINCT first, second FROM delta
  ), merged AS (
    SELECT first, second, day, sum(number) AS number FROM (
      SELECT * FROM delta
      UNION ALL
      SELECT c.first, c.second, u.day,
             u.number - coalesce(lead(u.number) OVER (PARTITION BY c.id ORDER BY u.day), 0)
      FROM touched t JOIN seniorportal_facetcount c ON c.first = t.first AND c.second = t.second
      CROSS JOIN LATERAL unnest(c.ends, c.numbers) u(day, number)
    ) both_of_them GROUP BY 1, 2, 3 HAVING sum(number) <> 0
  ), summed AS MATERIALIZED (
    SELECT first, second, array_agg(day ORDER BY day) AS ends, array_agg(number ORDER BY day) AS numbers
    FROM (SELECT first, second, day,
                 (sum(number) OVER (PARTITION BY first, second ORDER BY day DESC))::int AS number FROM merged) m
    GROUP BY 1, 2
  ), emptied AS (
    DELETE FROM seniorportal_facetcount c USING touched t WHERE c.first = t.first AND c.second = t.second
    AND NOT EXISTS (SELECT FROM summed s WHERE s.first = c.first AND s.second = c.second)
  )
  INSERT INTO seniorportal_facetcount AS c (first, second, ends, numbers) SELECT * FROM summed
  ON CONFLICT (first, second) DO UPDATE SET ends = excluded.ends, numbers = excluded.numbers;
END $$
"""

NOTE = f"""
CREATE FUNCTION note_facets() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    INSERT INTO seniorportal_facetchange (sign, {COLUMNS})
    SELECT 1, {COLUMNS} FROM new_rows WHERE language = 'de';
  ELSIF TG_OP = 'DELETE' THEN
    INSERT INTO seniorportal_facetchange (sign, {COLUMNS})
    SELECT -1, {COLUMNS} FROM old_rows WHERE language = 'de';
  ELSE
    INSERT INTO seniorportal_facetchange (sign, {COLUMNS})
    SELECT s.* FROM old_rows o JOIN new_rows n ON n.id = o.id
    CROSS JOIN LATERAL (
      SELECT -1 AS sign, {", ".join("o." + name for name in COLUMNS.split(", "))} WHERE o.language = 'de'
      UNION ALL SELECT 1, {", ".join("n." + name for name in COLUMNS.split(", "))} WHERE n.language = 'de') s
    WHERE ({", ".join("o." + name for name in ("language", *COLUMNS.split(", ")))})
      IS DISTINCT FROM ({", ".join("n." + name for name in ("language", *COLUMNS.split(", ")))});
  END IF;
  IF (SELECT count(*) FROM (SELECT FROM seniorportal_facetchange LIMIT {FOLDED_AT + 1}) f) > {FOLDED_AT} THEN
    PERFORM fold_facets();
  END IF;
  RETURN NULL;
END $$
"""
TRANSITION = {
    "insert": "NEW TABLE AS new_rows",
    "update": "OLD TABLE AS old_rows NEW TABLE AS new_rows",
    "delete": "OLD TABLE AS old_rows",
}
TRIGGERS = ";\n".join(
    f"CREATE TRIGGER note_facets_{event} AFTER {event.upper()} ON seniorportal_card"
    f" REFERENCING {tables} FOR EACH STATEMENT EXECUTE FUNCTION note_facets()"
    for event, tables in TRANSITION.items()
)
FIRST = f"""
INSERT INTO seniorportal_facetchange (sign, {COLUMNS})
SELECT 1, {COLUMNS} FROM seniorportal_card WHERE language = 'de';
SELECT fold_facets()
"""
GRANT = """
DO $$ BEGIN
  IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'portal_app') THEN
    GRANT SELECT ON facet_source, facet_told TO portal_app;
  END IF;
END $$
"""


def make(apps: object, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for statement in (VIEWS, FOLD, NOTE, TRIGGERS, FIRST, GRANT):
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):

    replaces = [("seniorportal", "0008_facets")]

    dependencies = [
        ("seniorportal", "0002_cards"),
    ]

    operations = [
        migrations.RunPython(make, migrations.RunPython.noop),
    ]
