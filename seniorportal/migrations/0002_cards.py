"""Cards: the table, the view it is made from, and the triggers that keep one equal to the other."""

import unicodedata

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

COLUMNS = (
    "offering_id, language, title, german_title, summary, place, venue_slug, street, district_slug, district_name,"
    " quarter_slug, quarter_name, latitude, longitude, topics, target_groups, carriers, languages, access,"
    " access_partly, form, is_free, cost_note, needs_registration, registration_note, rule, rhythm_note,"
    " confirmed_until, active_from, active_until, example, sort, undated, until, slots, slots_until, words"
)


def combining_marks() -> str:
    """What text.fold() drops, as the inside of a character class."""
    marks = [point for point in range(0x300, 0x110000) if unicodedata.combining(chr(point))]
    ranges: list[list[int]] = []
    for point in marks:
        if ranges and ranges[-1][1] == point - 1:
            ranges[-1][1] = point
        else:
            ranges.append([point, point])
    return "".join(f"\\U{first:08X}-\\U{last:08X}" for first, last in ranges)


# Plain ASCII, most texts by far, takes the short way out.
FOLD = r"""
CREATE FUNCTION portal_fold(plain text) RETURNS text LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE folded text;
BEGIN
  IF octet_length(plain) = char_length(plain) THEN RETURN lower(plain); END IF;
  folded := translate(lower(normalize(plain, NFC)), 'ς', 'σ');
  folded := replace(replace(replace(replace(folded, 'ä', 'ae'), 'ö', 'oe'), 'ü', 'ue'), 'ß', 'ss');
  IF octet_length(folded) = char_length(folded) THEN RETURN folded; END IF;
  RETURN regexp_replace(normalize(folded, NFKD), '[%(marks)s]', '', 'g');
END $$;

CREATE FUNCTION portal_words(plain text, weight "char") RETURNS tsvector
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT setweight(to_tsvector('simple', regexp_replace(portal_fold(plain), '[^a-z0-9]+', ' ', 'g')), weight)
$$;
"""

VIEW = """
CREATE VIEW offering_card_source AS
SELECT
  o.id AS offering_id, said.language, said.title, o.title AS german_title, said.summary,
  coalesce(v.name, o.meeting_point) AS place, coalesce(v.slug, '') AS venue_slug, coalesce(v.street, '') AS street,
  coalesce(d.slug, '') AS district_slug, coalesce(d.name, '') AS district_name,
  coalesce(q.slug, '') AS quarter_slug, coalesce(q.name, '') AS quarter_name, v.latitude, v.longitude,
  topic.slugs AS topics, target.slugs AS target_groups, carrier.slugs AS carriers, speech.slugs AS languages,
  ARRAY(SELECT f.feature::text FROM seniorportal_accessibilityfact f
        WHERE f.venue_id = v.id AND f.value = 'ja' ORDER BY 1) AS access,
  ARRAY(SELECT f.feature::text FROM seniorportal_accessibilityfact f
        WHERE f.venue_id = v.id AND f.value = 'teilweise' ORDER BY 1) AS access_partly,
  o.form, o.is_free, o.cost_note, o.needs_registration, o.registration_note, o.rule, o.rhythm_note,
  o.confirmed_at + o.review_interval AS confirmed_until, o.active_from, o.active_until, o.example, o.sort,
  dates.until IS NULL AND o.rule = '' AS undated, dates.until, dates.slots, dates.slots_until,
  portal_words(said.title, 'A') || portal_words(o.title, 'A')
    || portal_words(concat_ws(' ', topic.names, target.names, said.summary, CASE o.form
         WHEN 'treff' THEN 'offener Treff' WHEN 'gruppe' THEN 'Gruppe' WHEN 'kurs' THEN 'Kurs'
         WHEN 'einzel' THEN 'Einzelveranstaltung' WHEN 'sprechstunde' THEN 'Sprechstunde'
         WHEN 'fahrt' THEN 'Fahrt' END), 'B')
    || portal_words(concat_ws(' ', v.name, o.meeting_point, v.street, q.name, d.name, carrier.names, speech.names,
         said.description, o.rhythm_note, o.cost_note), 'C') AS words
FROM seniorportal_offering o
CROSS JOIN LATERAL (
  SELECT 'de'::varchar AS language, o.title, o.summary, o.description
  UNION ALL
  SELECT l.code, coalesce(nullif(t.title, ''), o.title), coalesce(nullif(t.summary, ''), o.summary),
         coalesce(nullif(t.description, ''), o.description)
  FROM seniorportal_offeringtranslation t JOIN seniorportal_language l ON l.id = t.language_id
  WHERE t.of_id = o.id AND l.code <> 'de'
) said
LEFT JOIN seniorportal_venue v ON v.id = o.venue_id
LEFT JOIN seniorportal_district d ON d.id = coalesce(v.district_id, o.district_id)
LEFT JOIN seniorportal_quarter q ON q.id = v.quarter_id
CROSS JOIN LATERAL (
  SELECT coalesce(array_agg(w.slug::text ORDER BY w.slug), '{}') AS slugs,
         string_agg(w.name, ' ' ORDER BY w.slug) AS names
  FROM seniorportal_offering_categories m JOIN seniorportal_category w ON w.id = m.category_id
  WHERE m.offering_id = o.id
) topic
CROSS JOIN LATERAL (
  SELECT coalesce(array_agg(w.slug::text ORDER BY w.slug), '{}') AS slugs,
         string_agg(w.name, ' ' ORDER BY w.slug) AS names
  FROM seniorportal_offering_target_groups m JOIN seniorportal_targetgroup w ON w.id = m.targetgroup_id
  WHERE m.offering_id = o.id
) target
CROSS JOIN LATERAL (
  SELECT coalesce(array_agg(w.slug::text ORDER BY w.slug), '{}') AS slugs,
         string_agg(w.name, ' ' ORDER BY w.slug) AS names
  FROM seniorportal_offering_languages m JOIN seniorportal_language w ON w.id = m.language_id
  WHERE m.offering_id = o.id
) speech
CROSS JOIN LATERAL (
  SELECT coalesce(array_agg(DISTINCT w.slug::text ORDER BY w.slug::text), '{}') AS slugs,
         string_agg(DISTINCT concat_ws(' ', w.name, w.short_name), ' ') AS names
  FROM (SELECT carrier_id FROM seniorportal_offering_carriers WHERE offering_id = o.id
        UNION SELECT carrier_id FROM seniorportal_venue_carriers WHERE venue_id = o.venue_id) m
  JOIN seniorportal_carrier one ON one.id = m.carrier_id
  LEFT JOIN seniorportal_carrier above ON above.id = one.parent_id
  JOIN seniorportal_carrier w ON w.id IN (one.id, one.parent_id, above.parent_id)
) carrier
CROSS JOIN LATERAL (
  SELECT max(g.last) AS until,
         coalesce(array_agg(g.slot ORDER BY g.slot) FILTER (WHERE NOT g.off), '{}') AS slots,
         coalesce(array_agg(g.last ORDER BY g.slot) FILTER (WHERE NOT g.off), '{}') AS slots_until
  FROM (
    SELECT ((extract(isodow FROM x.date)::int - 1) * 4 + CASE WHEN x.start IS NULL THEN 3
              WHEN x.start < '12:00' THEN 0 WHEN x.start < '17:00' THEN 1 ELSE 2 END)::smallint AS slot,
           x.status = 'ausgefallen' AS off,
           max(CASE WHEN x."end" IS NOT NULL THEN x.date + x."end"
               ELSE least(x.date + x.start + interval '2 hours', x.date + time '23:59:59.999999') END) AS last
    FROM seniorportal_occurrence x WHERE x.offering_id = o.id GROUP BY 1, 2
  ) g
) dates
WHERE o.published AND (v.id IS NULL OR v.published)
"""

# The lock makes the second of two editors wait and then read what the first one wrote.
REFRESH = f"""
CREATE FUNCTION refresh_cards(ids bigint[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  PERFORM FROM seniorportal_card WHERE offering_id = ANY (ids) ORDER BY offering_id, language FOR UPDATE;
  DELETE FROM seniorportal_card c WHERE c.offering_id = ANY (ids) AND NOT EXISTS (
    SELECT FROM offering_card_source s WHERE s.offering_id = c.offering_id AND s.language = c.language);
  INSERT INTO seniorportal_card AS c ({COLUMNS})
  SELECT {COLUMNS} FROM offering_card_source WHERE offering_id = ANY (ids)
  ON CONFLICT (offering_id, language) DO UPDATE SET ({COLUMNS}) = ROW ({
    ", ".join("excluded." + name for name in COLUMNS.split(", "))
})
  WHERE ({", ".join("c." + name for name in COLUMNS.split(", "))})
    IS DISTINCT FROM ({", ".join("excluded." + name for name in COLUMNS.split(", "))});
END $$
"""

# The argument of each trigger finds the offerings behind the changed rows.
FOLLOW = """
CREATE FUNCTION refresh_cards_of_changed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE ids bigint[]; rows text;
BEGIN
  rows := CASE TG_OP WHEN 'INSERT' THEN 'SELECT * FROM new_rows' WHEN 'DELETE' THEN 'SELECT * FROM old_rows'
          ELSE 'SELECT * FROM old_rows UNION ALL SELECT * FROM new_rows' END;
  EXECUTE format('WITH RECURSIVE changed AS (%s) SELECT array_agg(DISTINCT found) FROM (%s) AS f(found)',
                 rows, TG_ARGV[0]) INTO ids;
  IF ids IS NOT NULL THEN PERFORM refresh_cards(ids); END IF;
  RETURN NULL;
END $$
"""

BY_OFFERING = "SELECT offering_id FROM changed"
BY_VENUE = "SELECT o.id FROM changed c JOIN seniorportal_offering o ON o.venue_id = c.venue_id"
BY_WORD = "SELECT m.offering_id FROM changed c JOIN seniorportal_offering_{0} m ON m.{1}_id = c.id"
SOURCES = {
    "offering": "SELECT id FROM changed",
    "offering_carriers": BY_OFFERING,
    "offering_categories": BY_OFFERING,
    "offering_target_groups": BY_OFFERING,
    "offering_languages": BY_OFFERING,
    "offeringtranslation": "SELECT of_id FROM changed",
    "occurrence": BY_OFFERING,
    "venue": "SELECT o.id FROM changed c JOIN seniorportal_offering o ON o.venue_id = c.id",
    "venue_carriers": BY_VENUE,
    "accessibilityfact": BY_VENUE,
    "category": BY_WORD.format("categories", "category"),
    "targetgroup": BY_WORD.format("target_groups", "targetgroup"),
    "language": BY_WORD.format("languages", "language")
    + " UNION SELECT t.of_id FROM changed c JOIN seniorportal_offeringtranslation t ON t.language_id = c.id",
    "carrier": "SELECT m.offering_id FROM below b JOIN seniorportal_offering_carriers m ON m.carrier_id = b.id"
    " UNION SELECT o.id FROM below b JOIN seniorportal_venue_carriers m ON m.carrier_id = b.id"
    " JOIN seniorportal_offering o ON o.venue_id = m.venue_id",
    "district": "SELECT o.id FROM changed c JOIN seniorportal_offering o ON o.district_id = c.id"
    " UNION SELECT o.id FROM changed c JOIN seniorportal_venue v ON v.district_id = c.id"
    " JOIN seniorportal_offering o ON o.venue_id = v.id",
    "quarter": "SELECT o.id FROM changed c JOIN seniorportal_venue v ON v.quarter_id = c.id"
    " JOIN seniorportal_offering o ON o.venue_id = v.id",
}
BELOW = (
    "WITH RECURSIVE below AS (SELECT id FROM changed UNION"
    " SELECT k.id FROM seniorportal_carrier k JOIN below b ON k.parent_id = b.id) "
)
TRANSITION = {
    "insert": "NEW TABLE AS new_rows",
    "update": "OLD TABLE AS old_rows NEW TABLE AS new_rows",
    "delete": "OLD TABLE AS old_rows",
}


def triggers() -> str:
    return ";\n".join(
        f"CREATE TRIGGER refresh_cards_{event} AFTER {event.upper()} ON seniorportal_{table}"
        f" REFERENCING {tables} FOR EACH STATEMENT"
        f" EXECUTE FUNCTION refresh_cards_of_changed('{BELOW if table == 'carrier' else ''}{path}')"
        for table, path in SOURCES.items()
        for event, tables in TRANSITION.items()
    )


def make(apps: object, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for statement in (
        FOLD.replace("%(marks)s", combining_marks()),
        VIEW,
        REFRESH,
        FOLLOW,
        triggers(),
        "SELECT refresh_cards(array_agg(id)) FROM seniorportal_offering",
    ):
        schema_editor.execute(statement, params=None)
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = 'portal_app'")
        if cursor.fetchone():
            cursor.execute("GRANT SELECT ON offering_card_source TO portal_app")


class Migration(migrations.Migration):

    replaces = [("seniorportal", "0004_card")]

    dependencies = [
        ("seniorportal", "0001_tables"),
    ]

    operations = [
        # What is nearest: a walk along the index, however many places there are. One degree of longitude is 0.6225 of latitude here.
        migrations.RunSQL(
            "CREATE INDEX venue_point ON seniorportal_venue USING gist (point(longitude * 0.6225, latitude))"
            " WHERE published AND latitude IS NOT NULL",
            "DROP INDEX venue_point",
        ),
        migrations.RunPython(make, migrations.RunPython.noop),
    ]
