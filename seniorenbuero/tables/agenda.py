"""The agenda as people type it, one line a point, and the rows it is kept in."""

from django.core.exceptions import ValidationError

from seniorenbuero.models import AgendaItem, RoundTableMeeting


def lines(text: str) -> list[str]:
    """Without numbers and dashes that somebody typed before them."""
    found = [line.strip().lstrip("-–•*").strip() for line in text.splitlines()]
    return [line for line in found if line]


def check(meeting: RoundTableMeeting, wanted: list[str]) -> None:
    """German sentences where the agenda cannot be kept."""
    if len(wanted) > AgendaItem.MOST:
        raise ValidationError(f"Höchstens {AgendaItem.MOST} Punkte. Es sind {len(wanted)}.")
    for line in wanted:
        if len(line) > AgendaItem.LONGEST:
            raise ValidationError(
                f"«{line[:40]} ...» hat {len(line)} Zeichen. Ein Punkt hat höchstens {AgendaItem.LONGEST}."
            )
    if lost := [item.title for item in _left(meeting, wanted) if item.said]:
        raise ValidationError(
            f"Zu «{lost[0]}» steht schon etwas im Protokoll. Lassen Sie den Punkt stehen, oder leeren Sie es zuerst."
        )


def write(meeting: RoundTableMeeting, wanted: list[str]) -> None:
    """Rows keep what was said on them: a line that is there again is the same point, a changed one takes its place."""
    pairs, gone = _paired(meeting, wanted)
    for lost in gone:
        lost.delete()
    for position, (line, item) in enumerate(pairs, start=1):
        if item is None:
            AgendaItem.objects.create(meeting=meeting, position=position, title=line, example=meeting.example)
        elif (item.position, item.title) != (position, line):
            item.position, item.title = position, line
            item.save()


def _left(meeting: RoundTableMeeting, wanted: list[str]) -> list[AgendaItem]:
    return _paired(meeting, wanted)[1]


def _paired(
    meeting: RoundTableMeeting, wanted: list[str]
) -> tuple[list[tuple[str, AgendaItem | None]], list[AgendaItem]]:
    stored = list(meeting.agenda.all()) if meeting.pk else []
    left = list(stored)
    found: list[AgendaItem | None] = []
    for line in wanted:
        same = next((item for item in left if item.title == line), None)
        if same:
            left.remove(same)
        found.append(same)
    for at, item in enumerate(found):  # a line that was reworded: the first point without a line, in order
        if item is None and left:
            found[at] = left.pop(0)
    return list(zip(wanted, found, strict=True)), left
