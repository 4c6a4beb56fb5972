"""The Träger of Dortmund as the collected files write them, and how a name in a cell finds its Träger."""

import re
from typing import NamedTuple

from seniorportal.importing.words import folded
from seniorportal.models import Carrier
from seniorportal.text import slug

Kind = Carrier.Kind

# slug, name, short name, kind, parent, as the collected files also write it
CARRIERS: tuple[tuple[str, str, str, str, str, tuple[str, ...]], ...] = (
    ("awo", "AWO Unterbezirk Dortmund", "AWO", Kind.ASSOCIATION, "", ("AWO Dortmund", "AWO")),
    (
        "caritas",
        "Caritasverband Dortmund",
        "Caritas",
        Kind.ASSOCIATION,
        "",
        ("Caritas Dortmund", "Caritas"),
    ),
    (
        "diakonie",
        "Diakonisches Werk Dortmund und Lünen",
        "Diakonie",
        Kind.ASSOCIATION,
        "",
        ("Diakonisches Werk Dortmund", "Diakonie", "Begegnung VorOrt Mengede (Diakonie)"),
    ),
    ("drk", "DRK Kreisverband Dortmund", "DRK", Kind.ASSOCIATION, "", ("DRK",)),
    (
        "paritaetischer",
        "Der Paritätische Dortmund",
        "Der Paritätische",
        Kind.ASSOCIATION,
        "",
        ("Paritätischer",),
    ),
    (
        "juedische-kultusgemeinde",
        "Jüdische Kultusgemeinde Groß-Dortmund",
        "Jüdische Kultusgemeinde",
        Kind.ASSOCIATION,
        "",
        (),
    ),
    ("stadt-dortmund", "Stadt Dortmund", "Stadt", Kind.MUNICIPALITY, "", ()),
    (
        "staedtische-seniorenheime",
        "Städtische Seniorenheime Dortmund",
        "",
        Kind.MUNICIPAL_COMPANY,
        "stadt-dortmund",
        (),
    ),
    *(
        (f"awo-{slug(place)}", f"AWO Ortsverein {place}", "", Kind.BRANCH, "awo", ())
        for place in (
            "Asseln/Husen/Kurl",
            "Brackel-Neuasseln",
            "Hörde-Süd",
            "Körne-Wambel",
            "Lücklemberg",
            "Wellinghofen",
            "Westrich",
        )
    ),
    ("youngcaritas", "youngcaritas Dortmund", "", Kind.BRANCH, "caritas", ("youngcaritas",)),
    ("ev-kirchengemeinde-hoerde", "Ev. Kirchengemeinde Hörde", "", Kind.PARISH, "", ()),
    (
        "ev-kirchengemeinde-dortmund-suedwest",
        "Ev. Kirchengemeinde Dortmund-Südwest",
        "",
        Kind.PARISH,
        "",
        (),
    ),
    ("ev-noah-kirchengemeinde", "Ev. Noah-Kirchengemeinde", "", Kind.PARISH, "", ()),
    ("kath-kirche-dortmund-ost", "Kath. Kirche Dortmund-Ost", "", Kind.PARISH, "", ()),
    ("st-franziskus", "Kath. Kirchengemeinde St. Franziskus", "", Kind.PARISH, "", ()),
    ("katholisches-forum", "Katholisches Forum Dortmund", "", Kind.PARISH, "", ()),
    ("neuapostolische-kirche", "Neuapostolische Kirche", "", Kind.PARISH, "", ()),
    ("heimatverein-mengede", "Heimatverein Mengede", "", Kind.CLUB, "", ()),
    (
        "interessengemeinschaft-dorstfelder-vereine",
        "Interessengemeinschaft Dorstfelder Vereine",
        "",
        Kind.CLUB,
        "",
        (),
    ),
    ("quartiersdemokraten", "Quartiersdemokraten", "", Kind.CLUB, "", ()),
    ("dogewo21", "DOGEWO21", "", Kind.OTHER, "", ()),
    ("seniorenpark-mengede", "Seniorenpark Mengede", "", Kind.OTHER, "", ()),
)


class Known(NamedTuple):
    """A Träger of the table above."""

    slug: str
    name: str
    short_name: str
    kind: str
    parent: str


class Named(NamedTuple):
    """One Träger as a cell names it: which one of the table, or of which kind a new one would be."""

    text: str
    known: Known | None
    kind: str
    association: str  # short name of the Verband above a branch, where the cell beside it says so


SPELLINGS: dict[str, Known] = {
    folded(spelling): Known(key, name, short_name, kind, parent)
    for key, name, short_name, kind, parent, others in CARRIERS
    for spelling in (name, *others)
}
KNOWN: dict[str, Known] = {known.slug: known for known in SPELLINGS.values()}

# Parts of a cell that name nobody in particular.
VAGUE = re.compile(
    r"(?:ev|kath|evangelische|katholische) (?:kirche|kirchen?gemeinde)|selbstorganisiert\b.*|unbekannt|\?*"
)

# A word of the kind or, where it says nothing, of the name, and the kind of Träger it means.
KINDS: tuple[tuple[str, str], ...] = (
    ("ortsverein", Kind.BRANCH),
    ("awo", Kind.ASSOCIATION),
    ("caritas", Kind.ASSOCIATION),
    ("diakon", Kind.ASSOCIATION),
    ("drk", Kind.ASSOCIATION),
    ("rotes kreuz", Kind.ASSOCIATION),
    ("paritaet", Kind.ASSOCIATION),
    ("wohlfahrt", Kind.ASSOCIATION),
    ("kommune", Kind.MUNICIPALITY),
    ("stadt dortmund", Kind.MUNICIPALITY),
    ("staedtisch", Kind.MUNICIPAL_COMPANY),
    ("gemeinde", Kind.PARISH),
    ("kirche", Kind.PARISH),
    ("migrant", Kind.MIGRANTS),
    ("verein", Kind.CLUB),
    ("initiative", Kind.CLUB),
    ("nachbarschaft", Kind.CLUB),
)
ASSOCIATION_WORDS = {"awo": "awo", "caritas": "caritas", "diakonie": "diakonie", "drk": "drk"}


def named_in(text: str, kinds: str = "") -> tuple[list[Named], list[str]]:
    """The Träger that ``Stadt Dortmund / youngcaritas`` names, and the parts too vague for a row."""
    parts = [part.strip() for part in text.split(" / ") if part.strip()]
    of_kind = [part.strip() for part in kinds.split("/")]
    if len(of_kind) != len(parts):
        of_kind = [kinds.strip()] * len(parts)
    found, vague = [], []
    for part, kind in zip(parts, of_kind, strict=True):
        name = folded(part)
        if known := SPELLINGS.get(name):
            found.append(Named(part, known, known.kind, ""))
        elif VAGUE.fullmatch(name):
            vague.append(part)
        else:
            found.append(Named(part, None, kind_of(part, kind), ASSOCIATION_WORDS.get(folded(kind), "")))
    return found, vague


def kind_of(name: str, kind: str) -> str:
    if "ortsverein" in folded(name):
        return Kind.BRANCH
    for text in (kind, name):
        for word, meant in KINDS:
            if word in folded(text):
                return meant
    return Kind.OTHER
