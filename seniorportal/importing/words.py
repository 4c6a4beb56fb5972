"""What people write into a cell, and what it means: dates, clock times, weekdays, numbers, addresses.

A reading that would be a guess is ``Unclear``: a German sentence that says what to do.
"""

import datetime as dt
import re
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_email

from seniorportal.text import fold


class Unclear(ValueError):
    """A cell whose content cannot be taken over; the sentence is for the person who made the file."""


def folded(text: str) -> str:
    """Words alone: ``AWO-Treff  Hörde-Süd`` and ``awo treff hoerde sued`` are the same name."""
    return re.sub(r"[^a-z0-9]+", " ", fold(text)).strip()


# Dates

MONTHS = (
    *("januar", "februar", "maerz", "april", "mai", "juni"),
    *("juli", "august", "september", "oktober", "november", "dezember"),
)
_NAMED = re.compile(
    r"\b(\d{1,2})\.\s?(Jan|Feb|Mär|Maer|Apr|Mai|Jun|Jul|Aug|Sep|Okt|Nov|Dez)[a-zäé]*\.?(?:\s(\d{4}))?\b", re.I
)
_ISO = re.compile(r"\b(\d{4})-(\d{2})-(\d{2})(?:[ T]\d\d:\d\d(?::\d\d)?)?\b")
_SHORT = re.compile(r"\b(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4}|\d{2})?(?!\d)")


def plain_dates(text: str) -> str:
    """Every date of a text as ``06.09.2025``, or ``06.09.`` where no year is said; ``Unclear`` where it is no day."""

    def said(day: str, month: int, year: str) -> str:
        full = year if len(year) != 2 else f"20{year}"
        if full or (month and day):
            date(int(day), month, int(full or 2024))
        return f"{int(day):02}.{month:02}.{full}"

    text = _ISO.sub(lambda m: said(m[3], int(m[2]), m[1]), text)
    text = _NAMED.sub(
        lambda m: said(
            m[1], next(n for n, name in enumerate(MONTHS, 1) if name.startswith(fold(m[2])[:3])), m[3] or ""
        ),
        text,
    )
    return _SHORT.sub(lambda m: said(m[1], int(m[2]), m[3] or ""), text)


def date(day: int, month: int, year: int) -> dt.date:
    try:
        found = dt.date(year, month, day)
    except ValueError:
        raise Unclear(
            f"Den Tag {day:02}.{month:02}. gibt es nicht. Bitte als TT.MM.JJJJ schreiben."
        ) from None
    if not 1900 <= year <= 2100:
        raise Unclear(f"Das Jahr {year} kann nicht stimmen. Bitte als TT.MM.JJJJ schreiben.")
    return found


def day(text: str, year: str = "") -> dt.date:
    """``06.09.2025``, or ``06.09.`` of a given year."""
    one, month, rest = text.split(".")
    return date(int(one), int(month), int(rest or year))


def single_date(text: str) -> dt.date | None:
    """A cell that holds one date and nothing else; empty is None."""
    if not text:
        return None
    match = re.fullmatch(r"(\d\d\.\d\d\.\d{4})(?: \d\d:\d\d)?", plain_dates(text))
    if not match:
        raise Unclear(f"«{short(text)}» ist kein Datum. Bitte als TT.MM.JJJJ schreiben.")
    return day(match[1])


def year(text: str) -> int | None:
    """``ca. 2021`` is 2021; of ``2021/22`` the first."""
    if not text:
        return None
    match = re.search(r"(?<!\d)(?:19|20)\d\d(?!\d)", text)
    if not match:
        raise Unclear(f"«{short(text)}» nennt kein Jahr. Bitte vier Ziffern schreiben, zum Beispiel 2026.")
    return int(match[0])


# Clock times

_TIME = r"(\d{1,2})(?:[:.,h](\d{1,2})(?::\d{2})?)?(?:\s?(?:Uhr|h))?"
_CLOCK = re.compile(rf"(?:(?:ca|um|ab|von|gegen|etwa)\.?\s)?{_TIME}(?:\s?(?:-|–|—|bis)\s?{_TIME})?", re.I)
_RANGE = rf"{_TIME}\s?(?:-|–|—|bis)\s?{_TIME}"
_DAY_FRACTION = re.compile(r"0[.,]\d{3,}")
Clock = tuple[dt.time | None, dt.time | None]


def clock(text: str) -> Clock:
    """``14.30 Uhr``, ``14:30``, ``14``, ``14-16 Uhr``: start, and end where it is said. Words alone are none."""
    if not re.search(r"\d", text):
        return None, None
    if _DAY_FRACTION.fullmatch(text):  # a spreadsheet's own way to keep 14:30
        minutes = round(float(text.replace(",", ".")) * 24 * 60)
        return dt.time(minutes // 60 % 24, minutes % 60), None
    if re.fullmatch(r"\d{4}", text):
        text = f"{text[:2]}:{text[2:]}"
    if not (match := _CLOCK.fullmatch(text)):
        raise Unclear(f"«{short(text)}» ist keine Uhrzeit. Bitte zum Beispiel 14:30 schreiben.")
    return time(match[1], match[2]), time(match[3], match[4]) if match[3] else None


def time(hours: str, minutes: str | None) -> dt.time:
    """``14``, ``30``; a single digit of minutes is what a spreadsheet leaves of 14,30. 24 Uhr is the last minute."""
    minute = int((minutes or "0").ljust(2, "0"))
    if int(hours) == 24 and not minute:
        return dt.time(23, 59)
    if int(hours) > 23 or minute > 59:
        raise Unclear(f"{hours}:{minute:02} ist keine Uhrzeit. Bitte zum Beispiel 14:30 schreiben.")
    return dt.time(int(hours), minute)


# Weekdays

_DAY_NAMES = (
    *("mo(?:ntags?)?", "di(?:enstags?)?", "mi(?:ttwochs?)?", "do(?:nnerstags?)?"),
    *("fr(?:eitags?)?", "sa(?:mstags?)?|sonnabends?", "so(?:nntags?)?"),
)
DAY = r"\b(?:" + "|".join(_DAY_NAMES) + r")\b\.?"
_TO = r"\s?(?:-|–|—|bis)\s?"
DAYS = rf"{DAY}(?:\s?(?:(?:-|–|—|bis|,|;|/|\+|&|und|u\.)\s?)?{DAY})*"  # one way to match a space, or it takes for ever
_HOURS = re.compile(
    rf"({DAYS})\s?:?\s?(?:von\s)?({_RANGE}(?:\s?(?:,|;|/|\+|und|u\.|sowie)\s?(?:von\s)?{_RANGE})*)", re.I
)
CODES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
DAY_WORDS = ("Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag")


def weekday(text: str) -> int:
    return next(n for n, name in enumerate(_DAY_NAMES) if re.fullmatch(name, text.strip(" ."), re.I))


def weekdays(text: str) -> list[int]:
    """``Montag bis Freitag``, ``Mo, Mi u. Fr``, ``dienstags``, ``täglich`` as numbers from 0."""
    words = text.lower()
    if re.search(r"\btäglich\b", words):
        return list(range(7))
    if re.search(r"\b(werktags|werktäglich|wochentags)\b", words):
        return list(range(5))
    found: set[int] = set()
    spans = list(re.finditer(rf"({DAY})(?:{_TO}({DAY}))?", words))
    for span in spans:
        first = weekday(span[1])
        last = weekday(span[2]) if span[2] else first
        found.update(n % 7 for n in range(first, last + 1 if last >= first else last + 8))
    return sorted(found)


Hours = list[tuple[int, dt.time, dt.time]]


def hours(text: str) -> Hours:
    """``Mo-Fr 10-12 und nach Vereinbarung`` is five times; words without clock times are none."""
    found: Hours = []
    for group in _HOURS.finditer(text):
        for match in re.finditer(_RANGE, group[2], re.I):
            opens, closes = time(match[1], match[2]), time(match[3], match[4])
            if closes <= opens:
                raise Unclear(f"«{short(match[0])}»: Das Ende liegt nicht nach dem Anfang.")
            found += [(day, opens, closes) for day in weekdays(group[1])]
    return sorted(set(found))


# Numbers and addresses

_PHONE = re.compile(r"(?:\+49|0049|\(?0)[\d\s/()\-–]*\d")
_AMOUNT = r"(?:\d{1,3}(?:\.\d{3})+|\d{1,5})(?:,(?:\d{1,2}|-|–))?|\d{1,4}\.\d{2}"
_EURO = r"(?:€|Euro|EUR)"


def numbers(text: str) -> list[str]:
    """Telephone numbers inside a sentence."""
    return re.findall(r"0\d+ [\d-]+\d", text)


def phones(text: str) -> list[str]:
    """The numbers of a cell that holds telephone numbers and little else."""
    found = []
    for part in re.split(r"\s?(?:;|,|\boder\b|\bund\b|\s/\s(?=0|\+))\s?", text):
        part = re.sub(
            r"\((?![\d\s)])[^)]*\)|^\W*(?:tel|telefon|fon|ruf)\b[.:\s]*", "", part, flags=re.I
        ).strip()
        if not part:
            continue
        digits = re.sub(r"\D", "", part)
        if re.fullmatch(r"[1-9]\d{6,11}", part):
            raise Unclear(
                f"Der Telefonnummer «{part}» fehlt die Null am Anfang. Bitte die Zelle als Text formatieren."
            )
        if not _PHONE.fullmatch(part) or not 6 <= len(digits) <= 16:
            raise Unclear(
                f"«{short(part)}» ist keine Telefonnummer mit Vorwahl. Bitte zum Beispiel 0231 12345 schreiben."
            )
        found.append(re.sub(r"^(?:\+49|0049)\s?(?:\(0\))?\s?", "0", part))
    return list(dict.fromkeys(found))


def emails(text: str) -> list[str]:
    found = []
    for part in re.split(r"[;,\s]+", re.sub(r"^mailto:", "", text, flags=re.I)):
        if not part:
            continue
        try:
            validate_email(part)
        except ValidationError:
            raise Unclear(f"«{short(part)}» ist keine E-Mail-Adresse.") from None
        found.append(part)
    return list(dict.fromkeys(found))


def postal_code(text: str) -> str:
    if text and not re.fullmatch(r"(?:D-?\s?)?\d{5}", text):
        raise Unclear(f"«{short(text)}» ist keine Postleitzahl. Sie hat fünf Ziffern.")
    return text[-5:]


def url(text: str) -> str:
    """The first address of a cell that may name several; without a scheme it gets one."""
    match = re.match(r"[^\s;]+", text)
    if not match:
        return ""
    found = match[0] if re.match(r"https?://", match[0], re.I) else f"https://{match[0]}"
    try:
        URLValidator(schemes=["http", "https"])(found)
    except ValidationError:
        raise Unclear(f"«{short(text)}» ist keine Internetadresse.") from None
    return found


def place(text: str) -> tuple[str, str]:
    """Street and note: ``Brütingsweg 11 (1. OG)``; a note alone where the source names no street."""
    street, _, note = text.partition(" (")
    if "nicht genannt" in note:
        return "", street
    return street, note.rstrip(")")


def cost(text: str) -> dict[str, Any]:
    """Free, not free or not known, and the words; ``2``, ``2 €`` and ``5,00 Euro`` are amounts."""
    words = folded(text)
    if not words:
        return {}
    if re.fullmatch(r"[\d.,\s€-]+|[\d.,\s-]+(?:Euro|EUR)|(?:Euro|EUR)[\d.,\s-]+", text, re.I):
        bare = re.fullmatch(rf"{_EURO}?\s?({_AMOUNT})\s?{_EURO}?", text, re.I)
        if not bare:
            raise Unclear(f"«{short(text)}» ist kein Betrag. Bitte zum Beispiel 2,50 Euro schreiben.")
        if not bare[1].strip("0,.-–"):
            return {"is_free": True, "cost_note": ""}
        return {"is_free": False, "cost_note": text if re.search(_EURO, text, re.I) else f"{text} Euro"}
    if words in ("kostenlos", "kostenfrei", "gratis", "frei", "umsonst", "keine", "eintritt frei"):
        return {"is_free": True, "cost_note": ""}
    free = None
    if words.startswith("kostenfrei spende"):
        free = True
    elif "kostenpflichtig" in words or re.match(rf"(?:ca\.?\s|je\s|ab\s)?(?:{_EURO}\s?)?[1-9]", text):
        free = False
    return {"is_free": free, "cost_note": text}


def registration(text: str) -> dict[str, Any]:
    if not text:
        return {}
    needed = True if re.match(r"ja\b", text, re.I) else False if re.match(r"nein\b", text, re.I) else None
    note = re.sub(r"^(ja|nein)\b\W*", "", text, flags=re.I).rstrip(")")
    phone = numbers(text)
    return {
        "needs_registration": needed,
        "registration_note": note[:1].upper() + note[1:],
        **({"phone": phone[0]} if phone else {}),
    }


def short(text: str, most: int = 60) -> str:
    """A cell inside a sentence."""
    return text if len(text) <= most else f"{text[:most].rstrip()} …"


def listed(words: Iterable[str]) -> str:
    *most, last = words
    return f"{', '.join(most)} und {last}" if most else last
