"""Whose import it is: which rows a line may meet and write. Every answer comes from the one door.

``None`` is the command line: the owner of the database, who reaches everything.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.db.models import Model, QuerySet

from seniorportal import access
from seniorportal.access import Right
from seniorportal.importing.carriers import KNOWN, Known, Named
from seniorportal.importing.journal import CHANGED, MADE, Journal, Refused
from seniorportal.importing.words import folded, short
from seniorportal.models import Carrier, Offering, Partner, Record, User, Venue, free_slug

OUTSIDE = "Dieser Eintrag läge außerhalb Ihres Bereichs. Bitte Träger, Ort und Stadtbezirk prüfen."


@dataclass
class Reach:
    user: User | None = None
    new_carriers: list[Carrier] = field(default_factory=list)

    def venues(self) -> QuerySet[Venue]:
        """The venues that a line of a venues file may meet and change."""
        rows = Venue.objects.all()
        return rows if self.user is None else access.visible(self.user, Right.CHANGE, rows)

    def places(self) -> QuerySet[Venue]:
        """The venues at which a line of an offerings file may take place."""
        if self.user is None:
            return Venue.objects.all()
        return access.targets(self.user, Right.ADD, Offering, "venue")

    def offerings(self) -> QuerySet[Offering]:
        rows = Offering.objects.all()
        return rows if self.user is None else access.visible(self.user, Right.CHANGE, rows)

    def partners(self) -> QuerySet[Partner]:
        rows = Partner.objects.all()
        return rows if self.user is None else access.visible(self.user, Right.CHANGE, rows)

    def outside(self, written: Iterable[tuple[int, Record, str]]) -> set[int]:
        """The lines that wrote what the person may not write. One statement for each model and right."""
        if self.user is None:
            return set()
        groups: dict[tuple[type[Model], Right], dict[int, set[int]]] = defaultdict(lambda: defaultdict(set))
        for line, record, act in written:
            right = {MADE: Right.ADD, CHANGED: Right.CHANGE}[act]
            groups[type(record), right][record.pk].add(line)
        wrong: set[int] = set()
        for (model, right), lines in groups.items():
            rows = model._default_manager.filter(pk__in=lines)
            held = set(access.visible(self.user, right, rows).order_by().values_list("pk", flat=True))
            for key in lines.keys() - held:
                wrong |= lines[key]
        return wrong

    # Carriers

    @cached_property
    def _carriers(self) -> dict[str, Carrier]:
        found: dict[str, Carrier] = {}
        for carrier in Carrier.objects.all():
            for text in (carrier.short_name, carrier.name):
                if text:
                    found[folded(text)] = carrier
        return found

    @cached_property
    def _by_slug(self) -> dict[str, Carrier]:
        return {carrier.slug: carrier for carrier in self._carriers.values()}

    @cached_property
    def own_carriers(self) -> dict[int, Carrier] | None:
        """The carriers whose venues the person keeps; None: everybody's."""
        if self.user is None:
            return None
        return {row.pk: row for row in access.targets(self.user, Right.ADD, Venue, "carriers")}

    @cached_property
    def only_carrier(self) -> Carrier | None:
        """The one carrier above all that a person keeps: whose a new place is when the file says nothing."""
        own = self.own_carriers or {}
        tops = [row for row in own.values() if row.parent_id not in own]
        return tops[0] if len(tops) == 1 else None

    def carrier(self, named: Named, journal: Journal, warnings: list[tuple[str, str]]) -> Carrier:
        """The carrier that a cell names, made where it is new and the person may."""
        carrier = self._by_slug.get(named.known.slug) if named.known else None
        carrier = carrier or self._carriers.get(folded(named.text))
        if carrier:
            return carrier
        if self.user is not None and not access.offers(self.user, Right.ADD, Carrier):
            raise Refused(
                "traeger",
                f"Der Träger «{short(named.text)}» ist im Portal nicht bekannt. Neue Träger trägt die Redaktion ein.",
            )
        if named.known:
            return self._make_known(named.known, journal, warnings)
        parent = self._by_slug.get(named.association) if named.kind == Carrier.Kind.BRANCH else None
        return self._make(
            Carrier(
                name=named.text, kind=named.kind, parent=parent, slug=free_slug(Carrier, named.text)[:80]
            ),
            journal,
            warnings,
        )

    def _make_known(self, known: Known, journal: Journal, warnings: list[tuple[str, str]]) -> Carrier:
        parent = None
        if known.parent and not (parent := self._by_slug.get(known.parent)):
            parent = self._make_known(KNOWN[known.parent], journal, warnings)
        slug = known.slug if known.slug not in self._by_slug else free_slug(Carrier, known.name)
        fields: dict[str, Any] = {"name": known.name, "short_name": known.short_name, "kind": known.kind}
        return self._make(Carrier(slug=slug, parent=parent, **fields), journal, warnings)

    def _make(self, carrier: Carrier, journal: Journal, warnings: list[tuple[str, str]]) -> Carrier:
        journal.make(carrier)
        warnings.append(
            (
                "traeger",
                f"Der Träger «{short(carrier.name)}» ist neu und wird angelegt als: {carrier.get_kind_display()}.",
            )
        )
        for text in (carrier.short_name, carrier.name):
            if text:
                self._carriers[folded(text)] = carrier
        self._by_slug[carrier.slug] = carrier
        self.new_carriers.append(carrier)
        return carrier

    def forget(self, made: Iterable[Record]) -> None:
        """The line that made these was undone."""
        keys = {row.pk for row in made if isinstance(row, Carrier)}
        if keys:
            for texts in (self._carriers, self._by_slug):
                for text in [text for text, row in texts.items() if row.pk in keys]:
                    del texts[text]
