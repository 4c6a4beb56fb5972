"""What somebody asks for: read from an address or from the form of the log, never refused, broken values left out."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.http import QueryDict

from seniorenbuero.desk import place, topics
from seniorenbuero.desk.door import Desk
from seniorenbuero.desk.place import Place
from seniorenbuero.models import UnmetNeed
from seniorenbuero.referring.fitting import Wish
from seniorportal import vocabularies
from seniorportal.models import ConsultationTopic
from seniorportal.public.filters import access

CAN, CHOSEN, LACK = "barrierefrei", "vermittelt", "fehlte"


def wish_of(
    query: QueryDict, desk: Desk, known: list[ConsultationTopic]
) -> tuple[Wish, list[str], list[ConsultationTopic]]:
    """The wish, sentences on what was not understood, and topics among which somebody must choose.

    Without a district it is that of the office: most who ring live there.
    """
    found: list[ConsultationTopic] = []
    wrong: list[str] = []
    several: list[ConsultationTopic] = []
    for typed in [one.strip()[:80] for one in query.getlist("thema") if one.strip()][: topics.MOST]:
        fits = topics.find(typed, known)
        if len(fits) == 1:
            found.append(fits[0])
        elif fits:
            wrong.append(f"«{typed}» passt zu mehreren Themen. Bitte wählen Sie eines davon.")
            several += fits[: topics.NAMED]
        else:
            wrong.append(f"Zu «{typed}» gibt es kein Thema.")
    categories = [slug for slug in query.getlist("rubrik") if slug in vocabularies.current().topics]
    where = place.of_codes(query.get("quartier", "")[:60], query.get("bezirk", "")[:60])
    return of(desk, found, where, query, categories), wrong, several


def of(
    desk: Desk,
    chosen: Iterable[ConsultationTopic],
    where: Place,
    query: QueryDict,
    categories: Iterable[str] = (),
) -> Wish:
    known = access()
    return Wish(
        topics=tuple(dict.fromkeys(chosen)),
        categories=tuple(dict.fromkeys(categories)),
        district=where.district or desk.office.district,
        quarter=where.quarter,
        can=tuple(slug for slug in known if slug in query.getlist(CAN)),
    )


def panel(fitting: Any, query: Mapping[str, Any] | QueryDict) -> dict[str, Any]:
    """What ``_fitting.html`` shows; what was ticked stays ticked."""
    ticked = query.getlist(CHOSEN) if isinstance(query, QueryDict) else []
    return {
        "fitting": fitting,
        "ticked": set(ticked),
        "can": [(slug, words, slug in fitting.wish.can) for slug, words in access().items()],
        "lacks": UnmetNeed.Lack.choices,
        "lack": query.get(LACK, ""),
    }
