"""What a run knows of the city before it reads a line: districts, quarters, vocabularies. One statement each."""

import re
from functools import cached_property

from seniorportal.importing.words import Unclear, folded, listed, short
from seniorportal.models import Category, District, Quarter, TargetGroup
from seniorportal.text import fold


class City:
    @cached_property
    def districts(self) -> list[District]:
        return list(District.objects.all())

    @cached_property
    def quarters(self) -> list[Quarter]:
        return list(Quarter.objects.select_related("district"))

    @cached_property
    def categories(self) -> dict[str, Category]:
        return {category.slug: category for category in Category.objects.all()}

    @cached_property
    def target_groups(self) -> dict[str, TargetGroup]:
        return {group.slug: group for group in TargetGroup.objects.all()}

    @cached_property
    def _by_name(self) -> dict[str, District]:
        names = {folded(district.name): district for district in self.districts}
        return names | {district.slug.replace("-", " "): district for district in self.districts}

    def district(self, text: str) -> District | None:
        """The Stadtbezirk of that name; ``Unclear`` where there is none, empty is None."""
        name = re.sub(r"^(?:stadtbezirk|dortmund|do) (?=.)", "", folded(text))
        if not name:
            return None
        if found := self._by_name.get(folded(text)) or self._by_name.get(name):
            return found
        quarter = next((one for one in self.quarters if folded(one.name) == name), None)
        if quarter:
            raise Unclear(
                f"«{short(text)}» ist ein Quartier im Stadtbezirk {quarter.district}. Bitte den Stadtbezirk eintragen."
            )
        names = listed([one.name for one in self.districts]) if self.districts else "noch keine"
        raise Unclear(f"«{short(text)}» ist kein Stadtbezirk von Dortmund. Es gibt: {names}.")

    @cached_property
    def _words(self) -> list[list[tuple[str, District]]]:
        return [
            [(fold(district.name), district) for district in self.districts],
            [(fold(quarter.name), quarter.district) for quarter in self.quarters],
        ]

    def district_in(self, text: str) -> District | None:
        """The district in the words of a meeting point: its own name, or that of a quarter."""
        plain = fold(text)
        for words in self._words:
            found = {d.pk: d for name, d in words if re.search(rf"\b{re.escape(name)}", plain)}
            if len(found) == 1:
                return next(iter(found.values()))
            if found:
                return None
        return None
