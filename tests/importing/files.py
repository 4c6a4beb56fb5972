"""Files as offices have them, in memory; and a small city to import them into."""

import io
import pathlib
from typing import Any

from seniorportal.importing import table
from seniorportal.importing.run import HEADS, Outcome, perform
from seniorportal.models import Address, Category, District, ImportRun, Quarter, Street, TargetGroup
from seniorportal.reference import CATEGORIES, DATA, TARGET_GROUPS
from seniorportal.text import fold_street, slug

VENUES, OFFERINGS = ImportRun.Kind.VENUES, ImportRun.Kind.OFFERINGS
REAL = {VENUES: DATA / "begegnungsstaetten.csv", OFFERINGS: DATA / "angebote.csv"}
DISTRICTS = (
    *("Innenstadt-West", "Innenstadt-Nord", "Innenstadt-Ost", "Eving", "Scharnhorst", "Brackel"),
    *("Aplerbeck", "Hörde", "Hombruch", "Lütgendortmund", "Huckarde", "Mengede"),
)


def make_reference() -> None:
    """The twelve districts, one quarter and street each, and the vocabularies: what the importer asks for."""
    for number, name in enumerate(DISTRICTS, start=1):
        district = District.objects.create(name=name, slug=slug(name))
        quarter = Quarter.objects.create(
            code=f"{number:02}", name=f"Quartier {number}", slug=f"q{number}", district=district
        )
        street_name = {"Hörde": "Gildenstraße", "Innenstadt-West": "Lange Straße"}.get(
            name, f"Weg {slug(name)}"
        )
        street = Street.objects.create(key=str(number), name=street_name, folded=fold_street(street_name))
        for house in (1, 5, 42):
            Address.objects.create(
                street=street, number=house, latitude=51.5, longitude=7.5, subdistrict="111", quarter=quarter
            )
    for model, names in ((Category, CATEGORIES), (TargetGroup, TARGET_GROUPS)):
        for name in names:
            model.objects.create(name=name, slug=slug(name))


def csv(*lines: str, encoding: str = "utf-8") -> io.BytesIO:
    return io.BytesIO("\r\n".join(lines).encode(encoding))


def xlsx(*rows: Any) -> io.BytesIO:
    from openpyxl import Workbook

    book = Workbook()
    for row in rows:
        book.active.append(row)
    return saved(book)


def saved(book: Any) -> io.BytesIO:
    file = io.BytesIO()
    book.save(file)
    file.seek(0)
    return file


def read(kind: str, file: io.BytesIO | pathlib.Path) -> table.Table:
    return (
        table.read(file, HEADS[kind])
        if isinstance(file, pathlib.Path)
        else table.read_stream(file, HEADS[kind])
    )


def load(kind: str, file: io.BytesIO | pathlib.Path, user: Any = None) -> Outcome:
    return perform(kind, read(kind, file), user, keep=ImportRun(kind=kind, by=user))


def sentences(outcome: Outcome, what: str = "errors") -> list[str]:
    """«Spalte: Satz» of every line."""
    return [f"{column}: {text}" for row in outcome.rows for column, text in getattr(row.line, what)]
