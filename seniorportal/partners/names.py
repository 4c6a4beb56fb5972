"""How the name, number and address of an organisation are read, so that two spellings can meet."""

import re
from functools import lru_cache

from seniorportal.text import fold

# What says nothing about which organisation it is.
LEGAL = re.compile(
    r"\b(?:e ?v|i ?g|gem(?:einnuetzige)?|ggmbh|gmbh|mbh|ug|ag|kg|ohg|gbr|eg|se|haftungsbeschraenkt|eingetragener verein"
    r"|stiftung des (?:buergerlichen|oeffentlichen) rechts|inh)\b"
)
FILLING = frozenset(
    (
        *("dortmund", "dortmunder", "do", "in", "im", "an", "am", "der", "die", "das", "des"),
        *("und", "fuer", "zu", "zum", "zur", "von", "vom"),
    )
)
# One spelling for what offices write in several.
SPELLINGS = (
    (r"arbeiter ?wohlfahrt", "awo"),
    (r"deutsches rotes kreuz", "drk"),
    (r"(?:der )?paritaetische[rn]?(?: wohlfahrtsverband)?", "dpwv"),
    (r"ev(?:angelische[rsn]?)?(?: luth(?:erische[rsn]?)?)?(?= \w)", "evangelisch"),
    (r"(?:r(?:oemisch)? )?kath(?:olische[rsn]?)?(?= \w)", "katholisch"),
    (r"(?:st|skt|sankt)(?= \w)", "sankt"),
    (r"(\w*)str(?:asse)?\b", r"\1strasse"),
    (r"dr(?: med(?: dent)?)?(?= \w)", ""),
    (r"kgm|kirchengem|kirchgemeinde", "kirchengemeinde"),
    (r"ambulanter pflegedienst|amb pflegedienst|ambulante pflege", "pflegedienst"),
    (r"hausarzt ?praxis|arztpraxis|praxis fuer allgemeinmedizin", "praxis"),
)
_SPELLINGS = [
    (re.compile(pattern if pattern.endswith(r"\b") else rf"\b(?:{pattern})\b"), to)
    for pattern, to in SPELLINGS
]


@lru_cache(maxsize=4096)
def words(name: str) -> tuple[str, ...]:
    """The words that tell an organisation from others: ``Löwen-Apotheke Dortmund e.K.`` and ``loewen apotheke``."""
    text = re.sub(r"[^a-z0-9]+", " ", fold(name).replace("'", "")).strip()
    for pattern, to in _SPELLINGS:
        text = pattern.sub(to, text)
    plain = re.sub(r"\be k\b", " ", LEGAL.sub(" ", text))
    kept = tuple(word for word in plain.split() if word not in FILLING)
    return kept or tuple(text.split())


def key(name: str) -> str:
    """The same for two spellings of one name, whatever their order: ``""`` only for a name without any letter."""
    return " ".join(sorted(words(name)))


def phone_key(phone: str) -> str:
    """The digits as dialled from abroad, without zero; empty where there is no usable number."""
    digits = re.sub(r"\D", "", phone.split(",")[0].replace("(0)", ""))
    for start in ("0049", "49", "0"):
        if digits.startswith(start):
            digits = digits.removeprefix(start)
            break
    else:
        # A number without its area is one of this city; a short one is everybody's.
        digits = f"231{digits}" if len(digits) >= 5 else ""
    digits = digits.removeprefix("0")
    return digits if len(digits) >= 6 else ""


def website_key(website: str) -> str:
    """Host and path without what does not matter."""
    text = re.sub(r"^[a-z]+://", "", website.strip().lower())
    return re.sub(r"^www\.", "", text).split("?")[0].split("#")[0].rstrip("/")
