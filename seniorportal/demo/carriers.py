"""The real Träger: six associations and their branches, the city, and who else carries a venue of ``data/``."""

from seniorportal.models import Carrier
from seniorportal.text import slug

Kind = Carrier.Kind
ASSOCIATIONS = ("awo", "caritas", "diakonie", "drk", "paritaetischer", "juedische-kultusgemeinde")

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


def load() -> tuple[dict[str, Carrier], int]:
    """Carriers by slug, and how many of them are new; what is there already stays as somebody edited it."""
    carriers = {carrier.slug: carrier for carrier in Carrier.objects.all()}
    before = len(carriers)
    for key, name, short_name, kind, parent, _ in CARRIERS:
        if key not in carriers:
            carriers[key] = Carrier.objects.create(
                slug=key, name=name, short_name=short_name, kind=kind, parent=carriers.get(parent)
            )
    return carriers, len(carriers) - before


SPELLINGS: dict[str, str] = {
    spelling: key for key, name, _, _, _, others in CARRIERS for spelling in (name, *others)
}


def named_in(text: str, carriers: dict[str, Carrier]) -> list[Carrier]:
    """The carriers that ``Stadt Dortmund / youngcaritas`` names, without the parts too vague for a row."""
    return [carriers[SPELLINGS[part]] for part in text.split(" / ") if part in SPELLINGS]
