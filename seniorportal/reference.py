"""What the portal knows before anybody enters a row: territory, addresses, vocabularies, calendar."""

import csv
import datetime as dt
import gzip
import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

import holidays
from django.conf import settings
from django.db import connection, transaction
from django.db.models import Count, Max, Q, Sum

from seniorportal import pages, parameters
from seniorportal.models import (
    Address,
    CalendarDay,
    Category,
    ConsultationTopic,
    District,
    Language,
    Quarter,
    Street,
    TargetGroup,
)
from seniorportal.models.vocabulary import Word
from seniorportal.search import reference as search
from seniorportal.text import fold_street, slug

DATA = settings.BASE_DIR / "data"
FIRST_YEAR, LAST_YEAR = 2012, 2029

CATEGORIES = (
    "Geselligkeit & Treff",
    "Bewegung & Gesundheit",
    "Bildung & Sprachen",
    "Digital & Medien",
    "Kultur & Kreatives",
    "Ausflug & Reisen",
    "Mittagstisch & Frühstück",
    "Beratung & Information",
    "Demenz & Pflege",
    "Selbsthilfe",
    "Generationsübergreifend",
    "Interkulturell & mehrsprachig",
    "LSBTIQ*",
    "Gottesdienst & Spiritualität",
    "Engagement & Mitmachen",
    "Feste & Aktionstage",
)
TARGET_GROUPS = (
    "50+",
    "Hochaltrige",
    "Männer",
    "Frauen",
    "Alleinlebende",
    "Menschen mit Demenz",
    "Pflegende Angehörige",
    "Mit Rollstuhl oder Rollator",
    "Mit Hörgerät",
)
LANGUAGES = (
    ("de", "Deutsch"),
    ("tr", "Türkisch"),
    ("ru", "Russisch"),
    ("pl", "Polnisch"),
    ("ar", "Arabisch"),
    ("en", "Englisch"),
    ("uk", "Ukrainisch"),
    ("fa", "Persisch"),
    ("es", "Spanisch"),
    ("it", "Italienisch"),
    ("el", "Griechisch"),
    ("fr", "Französisch"),
    ("de-simple", "Leichte Sprache"),
    ("gsg", "Deutsche Gebärdensprache"),
)
TOPICS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    (
        "PFL",
        "Pflege & Pflegeversicherung",
        (
            "Antrag auf Pflegegrad",
            "Höherstufung und Widerspruch",
            "Begutachtung durch den Medizinischen Dienst",
            "Ambulante Leistungen",
            "Tages-, Kurzzeit- und Verhinderungspflege",
            "Suche nach einem Heimplatz",
            "Pflegehilfsmittel",
            "Entlastungsbetrag",
            "Pflegende Angehörige und Beruf",
        ),
    ),
    (
        "VOR",
        "Vorsorge",
        (
            "Vorsorgevollmacht",
            "Patientenverfügung",
            "Betreuungsverfügung",
            "Rechtliche Betreuung",
            "Notfallmappe",
            "Testament (Verweis)",
        ),
    ),
    (
        "WOH",
        "Wohnen",
        (
            "Wohnraumanpassung",
            "Barrierefreie Wohnung und Umzug",
            "Servicewohnen",
            "Wohngemeinschaft",
            "Wohngeld",
            "Probleme mit der Miete",
            "Verwahrlosung der Wohnung",
        ),
    ),
    (
        "HAU",
        "Hilfe im Alltag",
        (
            "Haushaltsnahe Hilfe",
            "Hausnotruf",
            "Mahlzeitendienst und Mittagstisch",
            "Einkauf",
            "Fahrdienst",
            "Begleitung",
        ),
    ),
    (
        "FIN",
        "Geld",
        (
            "Grundsicherung im Alter",
            "Hilfe zur Pflege",
            "Zuschuss zum Wohnen",
            "Rundfunkbeitrag und Sozialticket",
            "Schulden (Verweis)",
            "Rente (Verweis)",
        ),
    ),
    ("RSB", "Schwerbehinderung & Reha", ()),
    ("DEM", "Demenz & Gerontopsychiatrie", ()),
    (
        "GES",
        "Gesundheit",
        ("Entlassung aus dem Krankenhaus", "Hospiz und Palliativversorgung", "Trauer", "Sucht"),
    ),
    (
        "EIN",
        "Einsamkeit & Krise",
        ("Einsamkeit", "Krise", "Gewalt und Vernachlässigung", "Konflikt mit Angehörigen"),
    ),
    ("FRE", "Freizeit, Begegnung, Bildung", ()),
    ("DIG", "Digitales", ("Smartphone", "Antrag im Internet", "Betrug und Enkeltrick")),
    ("MIG", "Migration & Sprache", ()),
    ("LSB", "LSBTIQ* im Alter", ()),
    ("EHR", "Ehrenamt & Nachbarschaftshilfe", ()),
    ("SON", "Sonstiges", ()),
)


class Loaded(NamedTuple):
    """How many rows of one kind there are, and how many of them were written now."""

    title: str
    rows: int
    written: int


def load() -> Iterator[Loaded]:
    """Bring every part up to date, each in its own transaction; a part that is complete is only looked at."""
    parts: tuple[Callable[[], Loaded], ...] = (
        load_territory,
        load_addresses,
        load_vocabularies,
        load_calendar,
        load_search_words,
        load_topic_pages,
        load_fixed_pages,
        load_parameters,
    )
    for part in parts:
        with transaction.atomic():
            yield part()


def load_territory() -> Loaded:
    with (DATA / "dortmund_gebietsgliederung.csv").open(encoding="utf-8", newline="") as file:
        quarters = {
            row["stat_bezirk_nr"]: (row["stat_bezirk"], row["stadtbezirk"]) for row in csv.DictReader(file)
        }
    names = dict.fromkeys(district for _, district in quarters.values())
    written = 0
    districts = {}
    for name in names:
        districts[name], new = District.objects.get_or_create(slug=slug(name), defaults={"name": name})
        written += new
    known = set(Quarter.objects.values_list("code", flat=True))
    missing = [
        Quarter(code=code, name=name, slug=slug(name), district=districts[district])
        for code, (name, district) in quarters.items()
        if code not in known
    ]
    Quarter.objects.bulk_create(missing)
    return Loaded("Stadtbezirke und Quartiere", len(districts) + len(quarters), written + len(missing))


def load_addresses() -> Loaded:
    """All addresses at once, or none when number and sum of the house numbers are those of the file."""
    with gzip.open(DATA / "dortmund_adressen.csv.gz", "rt", encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))[1:]
    there = Address.objects.aggregate(rows=Count("pk"), numbers=Sum("number"))
    if (there["rows"], there["numbers"]) == (len(rows), sum(int(row[2]) for row in rows)):
        return Loaded("Adressen", len(rows), 0)
    streets = {row[1]: row[0] for row in rows}
    Address.objects.all().delete()
    Street.objects.all().delete()
    with connection.cursor() as cursor:
        with cursor.copy(f"COPY {Street._meta.db_table} (key, name, folded) FROM STDIN") as copy:
            for key, name in streets.items():
                copy.write_row((key, title(name), fold_street(name)))
        street_of = dict(Street.objects.values_list("key", "pk"))
        quarter_of = dict(Quarter.objects.values_list("code", "pk"))
        with cursor.copy(
            f"COPY {Address._meta.db_table}"
            " (street_id, number, suffix, latitude, longitude, subdistrict, quarter_id) FROM STDIN"
        ) as copy:
            for _, key, number, suffix, latitude, longitude, subdistrict, _ in rows:
                copy.write_row(
                    (
                        street_of[key],
                        number,
                        suffix.lower(),
                        latitude,
                        longitude,
                        subdistrict,
                        quarter_of[subdistrict[:2]],
                    )
                )
        cursor.execute(f"ANALYZE {Street._meta.db_table}, {Address._meta.db_table}")
    return Loaded("Adressen", len(rows), len(rows))


LOWER = frozenset(("am an auf aus bei dem den der des die im in und unter vom von vor zu zum zur").split())  # noqa: SIM905


def title(name: str) -> str:
    """The register writes in capitals: ``AUF DER HEIDE`` is Auf der Heide."""
    words = re.split(r"([ .-]+)", name)
    return "".join(
        word.lower() if at and word.lower() in LOWER else word[:1] + word[1:].lower()
        for at, word in enumerate(words)
    )


def load_vocabularies() -> Loaded:
    """Adds the words that are missing; what editors renamed or added stays."""
    words: list[tuple[type[Word], dict[str, object]]] = []
    for model, names in ((Category, CATEGORIES), (TargetGroup, TARGET_GROUPS)):
        words += [
            (model, {"slug": slug(name), "name": name, "position": at}) for at, name in enumerate(names)
        ]
    words += [
        (Language, {"slug": code, "code": code, "name": name, "position": at})
        for at, (code, name) in enumerate(LANGUAGES)
    ]
    written = sum(add(model, fields) for model, fields in words)
    topics = 0
    for at, (code, name, parts) in enumerate(TOPICS):
        fields: dict[str, object] = {"slug": slug(name), "name": name, "code": code, "position": at * 100}
        written += add(ConsultationTopic, fields)
        topics += 1 + len(parts)
        main = ConsultationTopic.objects.get(code=code) if parts else None
        for number, part in enumerate(parts, start=1):
            written += add(
                ConsultationTopic,
                {
                    "slug": slug(part),
                    "name": part,
                    "code": f"{code}{number:02}",
                    "position": at * 100 + number,
                    "parent": main,
                },
            )
    return Loaded("Themen, Zielgruppen, Sprachen, Beratungsthemen", len(words) + topics, written)


def add(model: type[Word], fields: dict[str, object]) -> bool:
    key = "code" if "code" in fields else "slug"
    if model._default_manager.filter(Q(**{key: fields[key]}) | Q(name=fields["name"])).exists():
        return False
    model._default_manager.create(**fields)
    return True


def load_calendar() -> Loaded:
    """Every day of the years, so that a missing row means that the calendar ends, not that it is an ordinary day."""
    years = range(FIRST_YEAR, LAST_YEAR + 1)
    public = holidays.country_holidays("DE", subdiv="NW", years=years, language="de")
    school = holidays.country_holidays("DE", subdiv="NW", years=years, language="de", categories=("school",))
    first = dt.date(FIRST_YEAR, 1, 1)
    days = [
        CalendarDay(date=day, public_holiday=public.get(day, ""), school_holiday=school.get(day, ""))
        for day in (first + dt.timedelta(n) for n in range((dt.date(LAST_YEAR + 1, 1, 1) - first).days))
    ]
    there = {row.date: row for row in CalendarDay.objects.all()}
    changed = [
        day
        for day in days
        if not (old := there.get(day.date))
        or (old.public_holiday, old.school_holiday) != (day.public_holiday, day.school_holiday)
    ]
    CalendarDay.objects.bulk_create(
        changed,
        update_conflicts=True,
        unique_fields=["date"],
        update_fields=["public_holiday", "school_holiday"],
    )
    return Loaded("Kalendertage", len(days), len(changed))


def load_search_words() -> Loaded:
    return Loaded("Suchwörter und Ortsnamen", *search.load_words())


def load_topic_pages() -> Loaded:
    return Loaded("Beratungsseiten, Notfallnummern, Anliegen", *search.load_topics())


def load_fixed_pages() -> Loaded:
    return Loaded("Feste Seiten", *pages.load())


def load_parameters() -> Loaded:
    return Loaded("Gesetzliche Beträge", *parameters.load())


def school_holidays_warning(today: dt.date) -> str:
    """A sentence when the known school holidays end within twelve months; empty otherwise. One statement."""
    last = CalendarDay.objects.exclude(school_holiday="").aggregate(last=Max("date"))["last"]
    if last and last >= today + dt.timedelta(days=365):
        return ""
    known = f"nur bis {last:%d.%m.%Y}" if last else "nicht"
    return (
        f"Achtung: Schulferien sind {known} bekannt. Angebote, die in den Ferien ausfallen, stehen danach falsch "
        "im Programm. Bitte das Paket holidays erneuern und load_reference noch einmal ausführen."
    )
