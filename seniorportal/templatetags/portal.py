"""Telephone numbers and times as people read them. Nothing here asks the database or decides a right."""

import datetime as dt
import re
from collections.abc import Iterable

from django import template
from django.conf import settings
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from seniorportal import contact, hours
from seniorportal.hours import clock
from seniorportal.models import ContactPoint, Offering, Venue
from seniorportal.public.rhythm import in_words

register = template.Library()

SPECIAL_AHEAD = dt.timedelta(days=60)
AREA_CODES = ("0231", "02304", "02305")  # for numbers written without a gap


@register.filter
def phone(number: str) -> str:
    """ "0231 50-23311" becomes "02 31 / 5 02 33 11": read aloud and dialled in pairs, counted from the right."""
    area, local = split_number(number)
    return f"{pairs(area)} / {pairs(local)}" if area and local else pairs(area or local)


@register.filter
def phone_parts(number: str) -> SafeString:
    """The same words, breakable only behind the slash: a number torn apart is dialled wrong."""
    area, slash, local = phone(number).rpartition(" / ")
    if not slash:
        return format_html('<span class="nowrap">{}</span>', local)
    return format_html('<span class="nowrap">{} /</span> <span class="nowrap">{}</span>', area, local)


@register.filter
def phone_lines(number: str) -> SafeString:
    """Written large: the area code on a line of its own, the rest breakable between its pairs."""
    area, slash, local = phone(number).rpartition(" / ")
    if not slash:
        return format_html("{}", local)
    return format_html('<span class="area">{} /</span> {}', area, local)


@register.filter
def tel(number: str) -> str:
    """The same number for a `tel:` link, with the country code."""
    digits = "".join(split_number(number))
    return f"+49{digits[1:]}" if digits.startswith("0") else digits


@register.filter
def phones(points: Iterable[ContactPoint]) -> list[ContactPoint]:
    """The telephones among loaded contact points."""
    return [point for point in points if point.kind == ContactPoint.Kind.PHONE]


@register.filter
def special_days(venue: Venue) -> list[tuple[dt.date, list[tuple[dt.time, dt.time, str]]]]:
    """Days of the coming weeks with hours of their own; for a venue whose hours are loaded."""
    today = timezone.localdate()
    return hours.special_days(venue.opening_hours.all(), today, today + SPECIAL_AHEAD)


@register.simple_tag
def times(start: dt.time | None, end: dt.time | None) -> str:
    """When a date begins and ends; the words for an unknown start are a contract."""
    if start is None:
        return "Zeit bitte erfragen"
    return f"{clock(start, unit=False)} bis {clock(end)}" if end else clock(start)


@register.filter
def rhythm(offering: Offering) -> str:
    """How often: in the words of whoever entered it, else read from the rule; "" where neither says it."""
    return offering.rhythm_note or in_words(offering.rule)


@register.simple_tag
def city_contact() -> contact.Contact:
    """The one city-wide number and who answers there, known without a database."""
    return contact.city()


@register.simple_tag
def house_login() -> str:
    """What the button of the house's own login names; empty where there is none."""
    found = settings.PORTAL_HOUSE_LOGIN
    return found.name if found else ""


@register.filter
def breakable(email: str) -> SafeString:
    """An e-mail address that breaks before its @ and nowhere else by choice."""
    return format_html("{}<wbr>@{}", *email.partition("@")[::2])


def split_number(number: str) -> tuple[str, str]:
    """Area code and the rest as bare digits; the first gap ends the area code."""
    text = re.sub(r"^\s*(?:\+|00)49[\s/-]*(?:\(0\))?\s*", "0", str(number)).strip()
    area, gap, local = (
        re.sub(r"[()]", " ", text).strip().partition(" ") if " " in text.strip() else text.partition("/")
    )
    if not gap:
        area, local = next(
            ((code, text[len(code) :]) for code in AREA_CODES if text.startswith(code)), ("", text)
        )
    return re.sub(r"\D", "", area), re.sub(r"\D", "", local)


def pairs(digits: str) -> str:
    """Pairs from the right; an odd first digit stands alone, as in telephone books."""
    odd = len(digits) % 2
    return " ".join([digits[:odd]] * odd + [digits[i : i + 2] for i in range(odd, len(digits), 2)])
