"""The report as a file: the same numbers as the page, none counted again."""

import csv
import io
import json
from collections.abc import Iterator

from seniorportal.figures.base import Reading
from seniorportal.report.document import Report, as_data

HEAD = ("schluessel", "titel", "bereich", "einheit", "gliederung", "auspraegung", "wert")


def as_json(report: Report) -> str:
    return json.dumps(as_data(report), ensure_ascii=False, indent=2) + "\n"


def as_csv(report: Report) -> str:
    """One line a number, with semicolons and a byte order mark as spreadsheets here expect; empty is not disclosed."""
    file = io.StringIO()
    writer = csv.writer(file, delimiter=";", lineterminator="\r\n")
    writer.writerow(HEAD)
    for reading in report.readings:
        figure = reading.figure
        for dimension, member, number in _numbers(reading):
            about = (figure.key, figure.title, figure.area.value, figure.unit, dimension, member)
            writer.writerow(
                [*(_plain(text) for text in about), "" if number is None else str(number).replace(".", ",")]
            )
    return "\ufeff" + file.getvalue()


def _numbers(reading: Reading) -> Iterator[tuple[str, str, int | float | None]]:
    yield "bericht", str(reading.period), reading.value
    yield "zusammen", str(reading.period), reading.total
    for year, number in reading.by_year.items():
        yield "jahr", year, number
    for district, shown in reading.by_district.items():
        yield "stadtbezirk", district, shown
    if reading.estimated_share is not None:
        yield "anteil-geschaetzt", str(reading.period), reading.estimated_share
    if reading.coverage is not None:
        yield "orte-gemeldet", str(reading.period), reading.coverage["reported"]
        yield "orte", str(reading.period), reading.coverage["active"]


def _plain(text: str) -> str:
    """No spreadsheet takes a text of ours for a formula."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text


FORMATS = {"json": as_json, "csv": as_csv}
