"""Topics as they are typed: a code, a name, or the beginnings of its words. ``static/js/log.js`` finds the same."""

import re

from seniorportal.access import PUBLIC, Right, visible
from seniorportal.models import ConsultationTopic
from seniorportal.text import fold

MOST = 3
NAMED = 6  # how many are named where several fit


def every() -> list[ConsultationTopic]:
    """Main topics, each before its parts. One statement."""
    rows = ConsultationTopic.objects.select_related("parent")
    return list(visible(PUBLIC, Right.SEE, rows))


def find(typed: str, known: list[ConsultationTopic]) -> list[ConsultationTopic]:
    """The one that is meant, or several among which somebody must choose, or none."""
    wanted = " ".join(_words(typed))
    if not wanted:
        return []
    for topic in known:
        if topic.code.lower() == wanted or " ".join(_words(topic.name)) == wanted:
            return [topic]
    ranked = [(rank, topic) for topic in known if (rank := _rank(wanted, topic))]
    best = min((rank for rank, _ in ranked), default=0)
    return [topic for rank, topic in ranked if rank == best]


def _rank(wanted: str, topic: ConsultationTopic) -> int:
    """1 where the name begins so, 2 where each typed word begins one of its words, 0 where it does not fit."""
    words = _words(topic.name)
    if " ".join(words).startswith(wanted):
        return 1
    return 2 if all(any(word.startswith(part) for word in words) for part in wanted.split()) else 0


def _words(text: str) -> list[str]:
    return re.findall(r"[a-z0-9]+", fold(text))
