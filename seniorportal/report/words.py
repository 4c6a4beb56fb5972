"""Sentences about a reading: how exact it is, where it comes from, who is missing."""

from django.utils.formats import date_format

from seniorportal.figures.base import Aggregate, Kind, Reading
from seniorportal.figures.wording import german
from seniorportal.report.document import Report


def time_of(reading: Reading) -> str:
    """What the value speaks of: a day, a year, the average of several, or a year so far."""
    period, figure = reading.period, reading.figure
    if figure.kind == Kind.STOCK:
        return f"am {date_format(period.last, 'j. F Y')}"
    full = period.full_years
    if len(full) > 1:
        return f"im Durchschnitt der Jahre {full[0]} bis {full[-1]}"
    if full:
        return f"im Jahr {full[0]}"
    return f"vom 1. Januar bis {date_format(period.last, 'j. F Y')}"


def exactly(reading: Reading) -> str:
    return f"genau {german(reading.value)} {time_of(reading)}"


def total(reading: Reading) -> str:
    """The whole period in one number; "" where that says nothing new."""
    if reading.figure.kind == Kind.FLOW and len(reading.period.years) == 1:
        return ""
    if reading.figure.kind == Kind.STOCK:
        return f"Im ganzen Zeitraum gab es {german(reading.total)}, manche davon nur einige Zeit."
    if reading.figure.aggregate == Aggregate.HEADS:
        return f"Im ganzen Zeitraum waren es {german(reading.total)} verschiedene."
    return f"Im ganzen Zeitraum zusammen: {german(reading.total)}."


def share(reading: Reading) -> str:
    """«74 % sind gezählt, 26 % geschätzt.»; "" where nothing can be estimated or there is nothing."""
    if reading.estimated_share is None or reading.figure.split is None:
        return ""
    counted, estimated = reading.figure.split
    if reading.estimated_share == 0:
        return f"Alles ist {counted}."
    if reading.estimated_share == 1:
        return f"Alles ist {estimated}."
    percent = min(max(round(reading.estimated_share * 100), 1), 99)
    return f"{100 - percent} % sind {counted}, {percent} % {estimated}."


def undisclosed(reading: Reading, district: str) -> str:
    """What stands where a number about persons is not told."""
    return "weniger als 5" if district in reading.below_five else "nicht genannt"


def coverage(reading: Reading) -> str:
    """«151 von 158 Begegnungsstätten haben gemeldet.»; "" where not every place is asked."""
    if reading.coverage is None:
        return ""
    reported, active = german(reading.coverage["reported"]), german(reading.coverage["active"])
    places = f"{reported} von {active} {reading.figure.coverage_of}"
    if len(reading.period.full_years) > 1:
        return f"Im Durchschnitt der Jahre haben {places} gemeldet."
    return f"{places} {'hat' if reported == '1' else 'haben'} gemeldet."


def state(report: Report) -> str:
    """Whether the numbers may still change, and what they rest on."""
    period = report.period
    if period.is_running:
        last = date_format(period.last, "j. F Y")
        text = f"Entwurf. Das Jahr {period.last_year} läuft noch: gezählt ist bis zum {last}."
    else:
        text = "Entwurf. Nachträge und Berichtigungen können die Zahlen noch ändern."
    if report.has_examples:
        text += " Er beruht auf Beispieldaten, nicht auf der wirklichen Arbeit."
    return text
