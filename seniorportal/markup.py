"""The few marks in which fixed pages are written. Everything else is text and shown as it stands.

``## Überschrift`` · ``- Punkt`` · empty line: a new paragraph · ``[Wörter](/pfad/)``, ``(https://...)`` or
``(mailto:...)`` · ``{Telefon}`` the city-wide number · ``[[Lücke]]`` what the operator still has to fill in.
"""

import re
from collections.abc import Callable, Iterator
from itertools import groupby

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

INLINE = re.compile(
    r"\[\[(?P<gap>.+?)\]\]|\[(?P<words>[^\[\]]+)\]\((?P<target>[^()\s]+)\)|(?P<phone>\{Telefon\})"
)
OURS = re.compile(r"/(?![/\\])[\w/.?=&#,-]*", re.ASCII)
ELSEWHERE = re.compile(r"(?:https://|mailto:)[^\"'<>\s]+")


def html(text: str, phone: SafeString, gap: Callable[[str], SafeString]) -> SafeString:
    """``phone`` is put where ``{Telefon}`` stands; ``gap`` shows what is still missing."""
    return mark_safe("\n".join(blocks(text.replace("\r\n", "\n"), lambda line: inline(line, phone, gap))))


def blocks(text: str, words: Callable[[str], str]) -> Iterator[str]:
    for kind, lines in groupby((line.strip() for line in text.split("\n")), kind_of):
        found = list(lines)
        if kind == "list":
            yield "<ul>" + "".join(f"<li>{words(line[2:].strip())}</li>" for line in found) + "</ul>"
        elif kind in ("h2", "h3"):
            yield from (f"<{kind}>{words(line.lstrip('# '))}</{kind}>" for line in found)
        elif kind == "text":
            yield "<p>" + "<br>\n".join(words(line) for line in found) + "</p>"


def kind_of(line: str) -> str:
    if not line:
        return ""
    if line.startswith("- "):
        return "list"
    return {"## ": "h2", "###": "h3"}.get(line[:3], "text") if line.startswith("##") else "text"


def inline(line: str, phone: SafeString, gap: Callable[[str], SafeString]) -> str:
    made, end = [], 0
    for found in INLINE.finditer(line):
        made += [escape(line[end : found.start()]), mark(found, phone, gap)]
        end = found.end()
    return "".join([*made, escape(line[end:])])


def mark(found: re.Match[str], phone: SafeString, gap: Callable[[str], SafeString]) -> str:
    if found["gap"]:
        return gap(found["gap"])
    if found["phone"]:
        return phone
    if OURS.fullmatch(found["target"]):
        return format_html('<a href="{}">{}</a>', found["target"], found["words"])
    if ELSEWHERE.fullmatch(found["target"]):
        return format_html('<a href="{}" rel="noreferrer">{}</a>', found["target"], found["words"])
    return escape(found[0])
