"""Tables for spreadsheets. Cells are written here and nowhere else, so that no text of ours becomes a formula."""

import csv
import io
import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# What a spreadsheet calculates with, or looks behind to see whether it should; the wide ones count in some of them.
FORMULAS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")  # no workbook may hold them


def plain(value: Any) -> Any:
    """Texts that begin like a formula get an apostrophe; numbers and dates stay what they are."""
    if not isinstance(value, str):
        return value
    text = UNWRITABLE.sub(" ", value)
    return f"'{text}" if text.lstrip(" \xa0\ufeff").startswith(FORMULAS) else text


def as_csv(lines: Iterable[Iterable[Any]]) -> str:
    """With semicolons and a byte order mark, as spreadsheets here expect."""
    file = io.StringIO()
    writer = csv.writer(file, delimiter=";", lineterminator="\r\n")
    writer.writerows([plain(cell) for cell in line] for line in lines)
    return "\ufeff" + file.getvalue()


def fill(sheet: "Worksheet", lines: Iterable[Iterable[Any]]) -> None:
    for line in lines:
        sheet.append([plain(cell) for cell in line])
