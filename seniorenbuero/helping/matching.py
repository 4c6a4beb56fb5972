"""Who could help: everybody of the office in the same kind of help, each with words why, and why perhaps not."""

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from seniorenbuero.desk.door import Desk
from seniorenbuero.helping import legal, people, walking
from seniorenbuero.models import Helper, HelpRequest, Match, Milestone
from seniorenbuero.models.helper import in_words
from seniorportal.models import Parameter

NEAR = 20  # minutes on foot, where nobody said how far


@dataclass
class Candidate:
    """``fits`` and ``against`` are sentences; ``open`` is what nobody knows yet or somebody else would have to do."""

    helper: Any
    said: dict[str, str]
    fits: list[str] = field(default_factory=list)
    against: list[str] = field(default_factory=list)
    open: list[str] = field(default_factory=list)
    minutes: int | None = None
    covered: int = 0

    @property
    def order(self) -> tuple[Any, ...]:
        far = self.minutes if self.minutes is not None else 999
        return (len(self.against), -self.covered, far, len(self.open), self.helper.number)


def candidates(desk: Desk, request: HelpRequest, today: dt.date) -> list[Candidate]:
    """The best first. Five statements, however many helpers."""
    rows: Any = people.to_contact(desk).filter(kind=request.kind, state=Helper.State.ACTIVE)
    helpers = rows.active_on(today).select_related("record", "quarter")
    running: dict[int, list[Match]] = {}
    for match in people.open_matches(desk):
        running.setdefault(match.helper_id, []).append(match)
    limit = legal.most_people(today) if request.kind == Helper.Kind.RECOGNISED else None
    position = people.opened(request)["position"]
    found = [
        explained(helper, request, position, running.get(helper.pk, []), limit, today)
        for helper in helpers.prefetch_related("languages", "milestones")
    ]
    return sorted(found, key=lambda one: one.order)


def explained(
    helper: Any,
    request: HelpRequest,
    position: str,
    running: list[Match],
    limit: Parameter | None,
    today: dt.date,
) -> Candidate:
    one = Candidate(helper, people.opened(getattr(helper, "record", None)))
    help_offered(one, request)
    language(one, request)
    way(one, request, position)
    time_left(one, running)
    if request.kind == Helper.Kind.RECOGNISED:
        recognised(one, len(running), limit, today)
    return one


def help_offered(one: Candidate, request: HelpRequest) -> None:
    if not request.wanted:
        one.open.append("Welche Hilfe gewünscht ist, steht noch nicht da")
        return
    both = [code for code in request.wanted if code in one.helper.offers]
    missing = [code for code in request.wanted if code not in one.helper.offers]
    one.covered = len(both)
    if not both:
        words = listed(in_words(request.wanted))
        one.against.append(
            f"bietet {words} nicht an" if one.helper.offers else "was angeboten wird, fehlt noch"
        )
        return
    one.fits.append(f"bietet an: {listed(in_words(both))}")
    if missing:
        one.open.append(f"nicht dabei: {listed(in_words(missing))}")


def language(one: Candidate, request: HelpRequest) -> None:
    if request.language is None or request.language.code == "de":
        return
    if request.language in one.helper.languages.all():
        one.fits.append(f"spricht {request.language.name}")
    else:
        one.against.append(f"spricht kein {request.language.name}, soweit wir wissen")


def way(one: Candidate, request: HelpRequest, position: str) -> None:
    one.minutes = walking.minutes(one.said["position"], position)
    furthest = one.helper.minutes_on_foot
    same = request.quarter_id is not None and one.helper.quarter_id == request.quarter_id
    if same:
        one.fits.append(f"wohnt im selben Quartier ({one.helper.quarter})")
    if one.minutes is None:
        if not same:
            one.open.append("wie weit der Weg ist, wissen wir nicht")
        return
    words = f"etwa {one.minutes} {'Minute' if one.minutes == 1 else 'Minuten'} zu Fuß"
    if furthest is not None and one.minutes > furthest:
        one.against.append(f"{words}, geht aber höchstens {furthest}")
    elif furthest is not None:
        one.fits.append(f"{words}, geht bis zu {furthest}")
    elif one.minutes <= NEAR:
        one.fits.append(words)
    else:
        one.open.append(f"{words}; wie weit jemand geht, steht nicht da")


def time_left(one: Candidate, running: list[Match]) -> None:
    given, has = sum(match.hours_per_month or 0 for match in running), one.helper.hours_per_month
    if has is not None and given >= has:
        one.against.append(f"hilft schon {given} von {has} Stunden im Monat")
    elif has is not None:
        one.fits.append(f"hat noch {has - given} von {has} Stunden im Monat")
    elif running:
        people_helped = "einem Menschen" if len(running) == 1 else f"{len(running)} Menschen"
        one.open.append(f"hilft schon {people_helped}")


def recognised(one: Candidate, running: int, limit: Parameter | None, today: dt.date) -> None:
    if limit is not None and running >= limit.amount:
        one.against.append(f"hilft schon {running} Menschen; anerkannt sind höchstens {limit.amount:.0f}")
    proofs = [
        proof
        for proof in one.helper.milestones.all()
        if proof.kind in Milestone.PROOFS and (proof.again_on is None or proof.again_on >= today)
    ]
    if proofs:
        one.fits.append(f"Nachweis: {proofs[0].get_kind_display()}")
    else:
        one.against.append("es fehlt ein Nachweis: Pflegekurs, Helferkurs oder Bestätigung")


def listed(words: list[str]) -> str:
    return " und ".join(filter(None, [", ".join(words[:-1]), words[-1]])) if words else ""
