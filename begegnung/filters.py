"""The filters of the list of Begegnungsstätten: q, bezirk, traeger, barrierefrei."""

from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, F, Func, OuterRef, Q, QuerySet, TextField, Value
from django.db.models.functions import Coalesce, Concat
from django.http import QueryDict

from seniorportal import vocabularies
from seniorportal.facets import Counts
from seniorportal.listing import MOST
from seniorportal.models import AccessibilityFact, Venue
from seniorportal.public.filters import Among, Filters, Query, access, among
from seniorportal.text import fold

TEXTS = ("name", "street", "place_note", "quarter__name", "district__name")


# From the few carriers of one venue upwards; from the carriers down to their venues is the long way.
ABOVE = ("carrier__slug", "carrier__parent__slug", "carrier__parent__parent__slug")


def carriers_of(venue: OuterRef) -> QuerySet[Any]:
    """The carriers of a venue, each with the associations above it."""
    return Venue.carriers.through.objects.filter(venue=venue).order_by()


def features_of(venue: OuterRef) -> QuerySet[AccessibilityFact]:
    return AccessibilityFact.objects.filter(venue=venue, value=AccessibilityFact.Value.YES).order_by()


class Carried(Among):
    def filter(self, qs: QuerySet, value: list[str]) -> QuerySet:
        if not value:
            return qs
        wanted = Q()
        for slug in ABOVE:
            wanted |= Q(**{f"{slug}__in": value})
        return qs.filter(Exists(carriers_of(OuterRef("pk")).filter(wanted)))


class Accessible(Among):
    def filter(self, qs: QuerySet, value: list[str]) -> QuerySet:
        return qs.filter(Exists(features_of(OuterRef("pk")).filter(feature__in=value))) if value else qs


class Words(Query):
    """Every word stands in the name or the address."""

    def filter(self, qs: QuerySet, value: str) -> QuerySet:
        if not value:
            return qs
        parts: list[Any] = []
        for text in TEXTS:
            parts += [Coalesce(F(text), Value("")), Value(" ")]
        folded = Func(Concat(*parts), function="portal_fold", output_field=TextField())
        found = qs.annotate(folded=folded)
        for word in fold(value).split():
            found = found.filter(folded__contains=word)
        return found


class VenueFilters(Filters):
    COUNTED = ("bezirk", "barrierefrei", "traeger")

    q = Words()
    bezirk = among("Stadtbezirk", lambda: vocabularies.current().districts, "district__slug")
    barrierefrei = Accessible(label="Was schaffe ich?", choices=lambda: list(access().items()))
    traeger = Carried(label="Träger", choices=lambda: list(vocabularies.current().carriers.items()))

    class Meta:
        model = Venue
        fields: list[str] = []

    def __init__(self, data: QueryDict, venues: QuerySet[Venue]) -> None:
        super().__init__(data, venues)

    def counts(self) -> Counts:
        """For each value how many venues it would show, the other filters as they stand. One statement."""
        rows = (
            self.rows(*self.COUNTED)
            .order_by()
            .values_list(
                Coalesce("district__slug", Value("")),
                ArraySubquery(features_of(OuterRef("pk")).values("feature")),
                ArraySubquery(
                    carriers_of(OuterRef("pk")).values_list(
                        Func(Value(" "), *ABOVE, function="concat_ws", output_field=TextField())
                    )
                ),
            )[:MOST]
        )
        found: Counts = {name: {} for name in self.COUNTED}
        wishes = [set(self.wishes[name]) for name in self.COUNTED]
        for district, features, carriers in rows:
            values = [{district}, set(features), set(" ".join(carriers).split())]
            missed = [at for at, wish in enumerate(wishes) if wish and not wish & values[at]]
            for at, name in enumerate(self.COUNTED):
                if not missed or missed == [at]:
                    for value in values[at]:
                        found[name][value] = found[name].get(value, 0) + 1
        return found
