"""From what offices write about weekday and rhythm to a rule, single dates or neither; what is left open stays open."""

import datetime as dt
import re
from typing import NamedTuple

from seniorportal.importing.words import CODES, DAY, Unclear, day, plain_dates, weekdays

_D = r"(\d\d\.\d\d\.\d{4})"
_ORDINALS = {
    "ersten": 1,
    "zweiten": 2,
    "dritten": 3,
    "vierten": 4,
    "fünften": 5,
    "letzten": -1,
    "vorletzten": -2,
}
_ORD = r"(?:[1-5]\.|" + "|".join(f"{word[:-1]}[nrs]?" for word in _ORDINALS) + r")"
_NTH = re.compile(
    rf"(?:(?:jede[nrs]?|immer|am|an jedem|stets)\s)*({_ORD}(?:\s?(?:und|u\.|,|/|\+|&)\s?(?:am\s|jeden\s)?{_ORD})*)"
    rf"\s({DAY})\s?(?:im|des|eines|jeden|pro)\s(?:jeden\s)?monate?s?",
    re.I,
)
_FORTNIGHT = re.compile(
    r"(?:14|vierzehn)[\s-]?t[äa]e?gi?g(?:ig|lich)?|alle (?:14 tage|(?:zwei|2) wochen)|jede (?:2\.|zweite) woche"
    r"|(?:zwei|2)[\s-]?wöchentlich",
    re.I,
)
_WEEKLY = re.compile(
    r"(?:immer\s)?(?:wöchentlich|woechentlich|wöchtl\.|jede woche|einmal (?:pro|in der) woche)", re.I
)
_EVERY = re.compile(
    rf"(?:jede[nrs]?|immer|stets|jeweils)?\s?(?:{DAY}(?:\s?(?:,|und|u\.|/|bis|-|–)\s?)?)+", re.I
)
_ONE_BY_ONE = re.compile(
    rf"(?:einmalig|nur|am|Termine?|Tage?|den|{DAY}|[\s:,;/+&-]|und|u\.|{_D}(?: \d\d:\d\d)?)+", re.I
)
_WITHOUT_SCHOOL_HOLIDAYS = re.compile(
    r"[\s,(]*(?:außer|ausser|nicht) (?:in|während) (?:den|der) (?:schul)?ferien(?:zeit)?\)?", re.I
)


class Rhythm(NamedTuple):
    """``rule`` runs on; ``single`` are dates named one by one; both empty: ask for the time.

    ``first`` and ``last`` bound the time in which it takes place. ``anchored``: the rule counts from ``first``.
    """

    rule: str = ""
    single: tuple[dt.date, ...] = ()
    first: dt.date | None = None
    last: dt.date | None = None
    anchored: bool = False
    skip_school_holidays: bool = False
    open_question: str = ""  # a German sentence, where something was said that leads to no date


def read(weekday: str, has_start: bool, words: str, year: int | None) -> Rhythm:
    """Reads one row. A rule needs weekday, start and a rhythm that the source names completely."""
    words = plain_dates(words).strip(" .;")
    without = _WITHOUT_SCHOOL_HOLIDAYS.search(words)
    if without:
        words = (words[: without.start()] + words[without.end() :]).strip(" ,;")
    found = dated(words, year) or running(weekdays(weekday), has_start, words, year)
    return found._replace(skip_school_holidays=True) if without and found.rule else found


def dated(words: str, year: int | None) -> Rhythm | None:
    """Dates named one by one, or a time that is over; None where the words speak of something that returns."""
    if match := re.match(r"einmalig (\d\d)\.-(\d\d)\.(\d\d\.\d{4})$", words):
        days = [day(f"{one:02}.{match[3]}") for one in range(int(match[1]), int(match[2]) + 1)]
        return Rhythm(single=tuple(days), last=days[-1]) if days else None
    named = sorted({day(text) for text in re.findall(_D, words)})
    if len(named) == 1 and re.match(rf"(?:einmalig|erstmals|Kurs ab|monatlich, z\. B\.)(?: am)? {_D}", words):
        once = words.startswith("einmalig") and "jährlich" not in words
        return Rhythm(single=(named[0],), last=named[0] if once else None)
    if named and _ONE_BY_ONE.fullmatch(words) and not re.search(rf"{_D}\s?(?:-|–)\s?{_D}", words):
        return Rhythm(single=tuple(named), last=named[-1])
    if re.match(r"(einmalig|mehrere Termine)(?!.*danach)", words) and year:
        return Rhythm(last=dt.date(year, 12, 31))  # over, the day is unknown
    return None


def running(codes: list[int], has_start: bool, words: str, year: int | None) -> Rhythm:
    span = re.match(r"(\d\d\.\d\d\.)-(\d\d\.\d\d\.)(\d{4})?", words)
    if span and (of_year := span[3] or (str(year) if year else "")):
        rule = weekly(codes) if codes and has_start else ""
        season = in_order(day(span[1] + of_year), day(span[2] + of_year))
        return Rhythm(rule, first=season[0], last=season[1])
    first, last, rest = bounds(words)
    if nth := _NTH.fullmatch(rest):
        [of_month] = weekdays(nth[2])
        if codes and codes != [of_month]:
            raise Unclear(
                "Wochentag und Rhythmus nennen verschiedene Tage. Bitte eines von beiden berichtigen."
            )
        days = ",".join(f"{number}{CODES[of_month]}" for number in ordinals(nth[1]))
        return known(has_start, f"FREQ=MONTHLY;BYDAY={days}", first, last)
    if _FORTNIGHT.fullmatch(rest):
        if not codes or not has_start:
            return Rhythm(first=first if last else None, last=last)
        if first is None:
            return Rhythm(
                last=last,
                open_question="Für «14-tägig» fehlt der erste Termin, zum Beispiel «14-tägig ab 08.01.2027».",
            )
        return Rhythm(f"FREQ=WEEKLY;INTERVAL=2;BYDAY={joined(codes)}", first=first, last=last, anchored=True)
    summer = "(Sommerhalbjahr)"
    if not codes and _EVERY.fullmatch(rest):
        codes = weekdays(rest)
        rest = "wöchentlich"
    if not codes or not has_start:
        return Rhythm(last=last)
    if _WEEKLY.fullmatch(rest) or (_EVERY.fullmatch(rest) and weekdays(rest) == codes):
        return Rhythm(weekly(codes), first=first, last=last)
    if rest in ("täglich", "werktags") and len(codes) >= 5:
        return Rhythm(weekly(codes), first=first, last=last)
    if rest.endswith(summer) and _WEEKLY.fullmatch(rest.removesuffix(summer).strip()):
        return Rhythm(f"{weekly(codes)};BYMONTH=4,5,6,7,8,9", first=first, last=last)
    question = f"«{words[:60]}» nennt keinen festen Rhythmus." if words else "Der Rhythmus fehlt."
    return Rhythm(last=last, open_question=question)


def known(has_start: bool, rule: str, first: dt.date | None, last: dt.date | None) -> Rhythm:
    return Rhythm(rule if has_start else "", first=first, last=last)


def bounds(words: str) -> tuple[dt.date | None, dt.date | None, str]:
    """``wöchentlich ab 22.07.2021 bis 30.06.2027``: both days, and what is left."""
    first = last = None
    if match := re.search(rf",?\s(?:ab|seit|vom)(?: dem)? {_D}", words, re.I):
        first, words = day(match[1]), words[: match.start()] + words[match.end() :]
    if match := re.search(rf",?\s(?:bis|-|–)(?: zum)? {_D}", words, re.I):
        last, words = day(match[1]), words[: match.start()] + words[match.end() :]
    if first and last:
        in_order(first, last)
    return first, last, words.strip(" ,")


def in_order(first: dt.date, last: dt.date) -> tuple[dt.date, dt.date]:
    if last < first:
        raise Unclear(f"{first:%d.%m.%Y} bis {last:%d.%m.%Y}: Der letzte Tag liegt vor dem ersten.")
    return first, last


def ordinals(text: str) -> list[int]:
    found = []
    for word in re.findall(_ORD, text, re.I):
        number = int(word[0]) if word[0].isdigit() else _ORDINALS[re.sub(r"e[nrs]?$", "en", word.lower())]
        found.append(number)
    return list(dict.fromkeys(found))


def weekly(codes: list[int]) -> str:
    return f"FREQ=WEEKLY;BYDAY={joined(codes)}"


def joined(codes: list[int]) -> str:
    return ",".join(CODES[code] for code in codes)
