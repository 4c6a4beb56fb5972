"""What stands behind the ``?`` of a public address: read forgivingly, answered in German, never an error."""

import re
from typing import cast

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest

SPEAKABLE = re.compile(r"[\w-]{1,30}", re.ASCII)  # only such names are repeated on the page


class FromBothEnds(Paginator):
    """Reads the second half of a list backwards, so that its last page costs as little as its first."""

    def page(self, number: int | str) -> Page:
        number = self.validate_number(number)
        bottom, top = (number - 1) * self.per_page, min(number * self.per_page, self.count)
        if 2 * bottom <= self.count:
            return super().page(number)
        backwards = cast(QuerySet, self.object_list).reverse()[self.count - top : self.count - bottom]
        return Page(list(backwards)[::-1], number, self)


class Parameters:
    """The parameters of one request. ``ignored`` collects a sentence for whatever could not be used."""

    def __init__(self, request: HttpRequest, *known: str) -> None:
        self.given = request.GET
        self.ignored = [self._unknown(name) for name in self.given if name not in (*known, "seite")]

    def page_of(self, rows: QuerySet, per_page: int) -> Page:
        """The page asked for, else the nearest there is. Two statements: the count and the rows."""
        paginator = FromBothEnds(rows, per_page)
        wanted = self.given.getlist("seite")[-1:] or ["1"]
        number = int(wanted[0]) if re.fullmatch(r"[0-9]{1,9}", wanted[0], re.ASCII) else 0
        if number < 1:
            self.ignored.append(
                "Die Seitenzahl in der Adresse konnten wir nicht lesen. Sie sehen die erste Seite."
            )
        elif number > paginator.num_pages:
            self.ignored.append(f"Eine Seite {number} gibt es nicht. Sie sehen die letzte Seite.")
        return paginator.page(min(max(number, 1), paginator.num_pages))

    def choices(self, name: str, possible: set[str]) -> list[str]:
        """The given values of a repeatable parameter that are possible; for each other one a sentence."""
        values = list(dict.fromkeys(self.given.getlist(name)))
        if any(value not in possible for value in values):
            self.ignored.append(f"Ein Wert für „{name}“ in der Adresse ist uns nicht bekannt.")
        return [value for value in values if value in possible]

    @staticmethod
    def _unknown(name: str) -> str:
        if SPEAKABLE.fullmatch(name):
            return f"Die Angabe „{name}“ in der Adresse kennen wir nicht."
        return "Eine Angabe in der Adresse kennen wir nicht."
