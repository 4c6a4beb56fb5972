"""A sheet as the press takes it: plain values and every word that a person reads."""

import dataclasses
import datetime as dt
from typing import Any

from django.utils.formats import date_format

from seniorportal.printing import qr, words
from seniorportal.printing.forms import Form
from seniorportal.printing.rings import Ring
from seniorportal.printing.sheet import Sheet
from seniorportal.printing.tally import TallySheet
from seniorportal.templatetags.portal import phone

SCAN = "Zur Seite im Internet"
EXAMPLE = "Mit Beispieldaten: Diese Seite zeigt, wie ein Programm aussieht."


def of_programme(sheet: Sheet, form: Form) -> dict[str, Any]:
    data = {
        name: getattr(sheet, name)
        for name in ("subject", "line", "title", "by_week", "undated", "notes", "opening", "way", "legend")
    }
    data |= {
        name: getattr(sheet, name)
        for name in ("groups", "example", "left_out", "empty", "number", "has_places")
    }
    return _plain(data | _of_every_sheet(sheet.rings, sheet.address, sheet.printed) | {"form": form.key})


def of_tally(sheet: TallySheet) -> dict[str, Any]:
    data = {name: getattr(sheet, name) for name in ("subject", "title", "line", "days", "notes", "example")}
    data |= {"numbers": [(label, _ring(ring)) for label, ring in sheet.numbers], "note": sheet.note}
    return _plain(data | _of_every_sheet(sheet.rings, sheet.address, sheet.printed))


def stand(printed: dt.date) -> str:
    return f"Gedruckt am {date_format(printed, 'j. F Y')}. Danach kann sich etwas ändern."


def _of_every_sheet(contacts: list[Ring], address: str, printed: dt.date) -> dict[str, Any]:
    return {
        "rings": [_ring(ring) for ring in contacts],
        "qr": qr.svg(address),
        "qr_alt": f"QR-Code zur Seite im Internet: {qr.short(address)}",
        "shown": qr.short(address),
        "words": {
            "ring": "Rufen Sie gern an:",
            "time": "Zeit",
            "hour": "Uhr",
            "phone": "Telefon ",
            "offering": "Angebot",
            "dates": "Termine",
            "notes": "Gut zu wissen",
            "undated": words.UNKNOWN_TIME,
            "opening": "Geöffnet",
            "legend": "Was die Zusätze bedeuten",
            "others": "Weitere Telefonnummern",
            "living": "Immer auf dem neuesten Stand:",
            "left_out": "Weitere Termine haben auf diesem Blatt keinen Platz. Sie stehen im Internet.",
            "page": "Seite",
            "of": "von",
            "scan": SCAN,
            "as_of": stand(printed),
            "example": EXAMPLE,
            "day": "Tag",
            "programme": "Programm",
            "marks": "Strichliste",
            "count": "Heute waren da",
            "more": ["und", "weitere"],
            "unknown_number": "Nummer bitte eintragen:",
        },
    }


def _ring(ring: Ring) -> Ring:
    """The number as people read it."""
    return dataclasses.replace(ring, number=phone(ring.number) if ring.number else "")


def _plain(value: Any) -> Any:
    """Dataclasses and tuples as JSON knows them; words too long for their column can be broken."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        value = dataclasses.asdict(value)
    if isinstance(value, dict):
        return {
            name: one if name in ("qr", "qr_alt", "shown") else _plain(one) for name, one in value.items()
        }
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    return words.breakable(value) if isinstance(value, str) else value
