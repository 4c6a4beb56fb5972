"""The collected files of ``data/``, through the same readers as ``import_data``."""

from seniorportal.importing import table
from seniorportal.importing.table import Heads, Line
from seniorportal.reference import DATA


def lines(name: str, heads: Heads) -> list[Line]:
    return table.read(DATA / name, heads).lines
