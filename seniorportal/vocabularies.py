"""The closed lists behind public filters, kept in the process: at most a minute behind the last edit."""

import time
from collections.abc import Iterable
from dataclasses import dataclass

from seniorportal.access import PUBLIC, Right, visible
from seniorportal.models import Carrier, Category, District, Language, Quarter, TargetGroup

READ_AGAIN = 55  # seconds

Words = dict[str, str]  # slug to name, in the order in which people read them


@dataclass(frozen=True)
class Vocabularies:
    districts: Words
    quarters: Words
    topics: Words
    target_groups: Words
    carriers: Words
    languages: Words


_kept: tuple[float, Vocabularies] | None = None


def current() -> Vocabularies:
    """Six statements when the last reading is too old, otherwise none."""
    global _kept
    if _kept is None or time.monotonic() > _kept[0] + READ_AGAIN:
        _kept = time.monotonic(), _read()
    return _kept[1]


def forget() -> None:
    """The next page reads anew."""
    global _kept
    _kept = None


def _read() -> Vocabularies:
    def words(pairs: Iterable[tuple[str, str]]) -> Words:
        return dict(pairs)

    return Vocabularies(
        *(
            words(visible(PUBLIC, Right.SEE, model._default_manager.all()).values_list("slug", "name"))
            for model in (District, Quarter, Category, TargetGroup, Carrier, Language)
        )
    )
