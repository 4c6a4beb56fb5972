"""German text for machines: folding, slugs and sort keys. Imports nothing of ours."""

import re
import unicodedata

from django.db.models import CharField, F, Func, GeneratedField, Value
from django.db.models.functions import Lower, Replace

_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "ς": "σ"})


def fold(text: str) -> str:
    """Lower case without umlauts and accents: ``Hörde-Süd`` and ``HOERDE-SUED`` fold to the same word.

    The SQL function ``portal_fold`` does the same; a test compares them.
    """
    text = unicodedata.normalize("NFC", text).lower().translate(_UMLAUTS)
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))


def slug(text: str, *, most: int = 80) -> str:
    """A path segment; Django's own ``slugify`` drops ß and turns ü into u."""
    return re.sub(r"[^a-z0-9]+", "-", fold(text)).strip("-")[:most].strip("-") or "ohne-namen"


def fold_street(text: str) -> str:
    """Folded street name with one spelling of Straße: ``Märkische Str.`` and ``Maerkische Straße`` are the same."""
    folded = re.sub(r"[^a-z0-9]+", " ", fold(text))
    return re.sub(r"str(?:asse)?\b", "strasse", folded).replace(" ", "")


def sort_field(source: str = "name") -> GeneratedField:
    """A stored sort key in German order that needs no ICU; order by it first and by the name second."""
    plain = Func(
        Lower(F(source)),
        Value("äöüéèàáçñ„“»«-–/"),
        Value("aoueeaacn"),
        function="translate",
        output_field=CharField(),
    )
    return GeneratedField(
        expression=Replace(plain, Value("ß"), Value("ss")),
        output_field=CharField(max_length=250),
        db_persist=True,
    )
