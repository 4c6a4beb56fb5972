"""What takes place in the example halls: invented, but as lively as the real thing. ``{q}`` is the quarter."""

from typing import NamedTuple

from seniorportal.models import Offering

Form = Offering.Form


class Idea(NamedTuple):
    title: str
    categories: tuple[str, ...]
    form: str
    minutes: int
    starts: tuple[str, ...]
    groups: tuple[str, ...] = ()
    cost: str = ""  # empty: free of charge
    languages: tuple[str, ...] = ()
    summary: str = ""


TREFF, FIT, LERNEN, DIGITAL = (
    "geselligkeit-treff",
    "bewegung-gesundheit",
    "bildung-sprachen",
    "digital-medien",
)
KULTUR, REISEN, ESSEN = "kultur-kreatives", "ausflug-reisen", "mittagstisch-fruehstueck"
RAT, DEMENZ, SELBST = "beratung-information", "demenz-pflege", "selbsthilfe"
JUNG_ALT, WELT, REGENBOGEN = "generationsuebergreifend", "interkulturell-mehrsprachig", "lsbtiq"
KIRCHE, MIT, FEST = "gottesdienst-spiritualitaet", "engagement-mitmachen", "feste-aktionstage"

IDEAS: tuple[Idea, ...] = (
    Idea(
        "Waffelcafé {q}",
        (TREFF,),
        Form.OPEN,
        120,
        ("14:30", "15:00"),
        cost="Waffel 1,50 Euro",
        summary="Frische Waffeln, heißer Kaffee und ein Platz am Fenster.",
    ),
    Idea(
        "Plauderbank {q}",
        (TREFF,),
        Form.OPEN,
        90,
        ("10:00", "11:00"),
        ("alleinlebende",),
        summary="Setzen Sie sich dazu. Jemand hört zu.",
    ),
    Idea(
        "Skat und Doppelkopf",
        (TREFF,),
        Form.OPEN,
        180,
        ("14:00", "15:00"),
        summary="Wir spielen um Punkte, nicht um Geld.",
    ),
    Idea("Rommé für Einsteiger", (TREFF,), Form.GROUP, 120, ("14:00", "14:30")),
    Idea("Spieletreff mit alten und neuen Spielen", (TREFF, JUNG_ALT), Form.OPEN, 150, ("14:30", "15:30")),
    Idea(
        "Kochen für Männer",
        (TREFF, ESSEN),
        Form.GROUP,
        180,
        ("10:30", "17:00"),
        ("maenner",),
        "5 Euro für Zutaten",
        summary="Von der Frikadelle bis zum Rinderbraten: Wir kochen und essen zusammen.",
    ),
    Idea("Frauenfrühstück {q}", (ESSEN,), Form.OPEN, 120, ("09:00", "09:30"), ("frauen",), "4 Euro"),
    Idea(
        "Mittagstisch: Gemeinsam schmeckt es besser",
        (ESSEN,),
        Form.OPEN,
        90,
        ("12:00",),
        ("alleinlebende",),
        "6,50 Euro",
        summary="Zwei Gerichte, eines ohne Fleisch. Bitte am Vortag anrufen.",
    ),
    Idea("Suppentag", (ESSEN,), Form.OPEN, 90, ("12:00", "12:30"), (), "3 Euro"),
    Idea(
        "Sonntagsfrühstück für alle, die allein wohnen",
        (ESSEN, TREFF),
        Form.OPEN,
        120,
        ("10:00",),
        ("alleinlebende",),
        "5 Euro",
    ),
    Idea(
        "Gymnastik auf dem Stuhl",
        (FIT,),
        Form.GROUP,
        60,
        ("09:30", "10:00", "14:00"),
        ("hochaltrige", "mit-rollstuhl-oder-rollator"),
        summary="Im Sitzen kräftig und beweglich bleiben.",
    ),
    Idea(
        "Sicher auf den Beinen: Vorbeugen gegen Stürze",
        (FIT,),
        Form.COURSE,
        60,
        ("10:00", "11:00"),
        ("hochaltrige",),
        "30 Euro für 10 Termine",
    ),
    Idea("Tanzen im Sitzen", (FIT,), Form.GROUP, 60, ("15:00",), ("mit-rollstuhl-oder-rollator",)),
    Idea(
        "Tanztee {q}",
        (FIT, TREFF),
        Form.OPEN,
        150,
        ("15:00", "16:00"),
        (),
        "3 Euro",
        summary="Foxtrott, Walzer, Discofox: mit und ohne Partner.",
    ),
    Idea(
        "Boule im Park",
        (FIT,),
        Form.OPEN,
        120,
        ("10:30", "15:00"),
        ("50",),
        summary="Kugeln sind da. Bei Regen trinken wir drinnen Kaffee.",
    ),
    Idea(
        "Wandern in kleinen Schritten",
        (FIT, REISEN),
        Form.GROUP,
        150,
        ("10:00",),
        ("50",),
        summary="Höchstens vier Kilometer, mit Pausen.",
    ),
    Idea("Rollator-Spaziergang", (FIT,), Form.GROUP, 60, ("10:30",), ("mit-rollstuhl-oder-rollator",)),
    Idea("Qigong am Morgen", (FIT,), Form.GROUP, 60, ("09:00", "09:30"), ("50",), "4 Euro"),
    Idea("Gedächtnistraining mit Humor", (FIT, LERNEN), Form.GROUP, 75, ("10:00", "14:30")),
    Idea("Yoga auf dem Hocker", (FIT,), Form.GROUP, 60, ("17:00", "18:00"), ("50",), "5 Euro"),
    Idea("Nordic Walking durch {q}", (FIT,), Form.GROUP, 75, ("09:30",), ("50",)),
    Idea(
        "Englisch für die Reise",
        (LERNEN,),
        Form.COURSE,
        90,
        ("10:00", "16:30"),
        ("50",),
        "30 Euro für 10 Termine",
    ),
    Idea("Französisch mit Chansons", (LERNEN, KULTUR), Form.GROUP, 90, ("11:00",), ("50",), "3 Euro"),
    Idea(
        "Geschichten aus {q}",
        (LERNEN, KULTUR),
        Form.GROUP,
        90,
        ("15:00",),
        summary="Wer erinnert sich an die Zeche, das Kino, den Milchladen?",
    ),
    Idea("Philosophisches Café", (LERNEN,), Form.OPEN, 90, ("16:00", "17:00"), ("50",)),
    Idea(
        "Deutsch im Gespräch",
        (LERNEN, WELT),
        Form.GROUP,
        90,
        ("10:00", "15:30"),
        languages=("tr", "ru", "ar"),
    ),
    Idea(
        "Smartphone-Sprechstunde",
        (DIGITAL,),
        Form.CONSULTING,
        120,
        ("10:00", "15:00"),
        summary="Bringen Sie Ihr Gerät mit. Eine Frage nach der anderen.",
    ),
    Idea("Tablet leicht gemacht", (DIGITAL,), Form.COURSE, 90, ("10:00",), ("50",), "25 Euro für 5 Termine"),
    Idea("Enkel erklären das Handy", (DIGITAL, JUNG_ALT), Form.OPEN, 90, ("16:00",)),
    Idea("Sicher im Internet: Betrug erkennen", (DIGITAL, RAT), Form.EVENT, 90, ("14:30",)),
    Idea("Fotofreunde {q}", (DIGITAL, KULTUR), Form.GROUP, 120, ("16:00",), ("50",)),
    Idea(
        "Singen, was das Herz begehrt",
        (KULTUR,),
        Form.GROUP,
        75,
        ("10:30", "15:30"),
        summary="Volkslieder, Schlager, Kanons. Niemand muss Noten lesen.",
    ),
    Idea("Handarbeit und Klönen", (KULTUR, TREFF), Form.OPEN, 120, ("14:00", "14:30")),
    Idea(
        "Malen ohne Vorkenntnisse", (KULTUR,), Form.GROUP, 120, ("10:00", "14:00"), (), "4 Euro für Material"
    ),
    Idea("Kino im Café", (KULTUR,), Form.OPEN, 150, ("15:00",), ("mit-hoergeraet",), "2 Euro"),
    Idea("Lesekreis {q}", (KULTUR, LERNEN), Form.GROUP, 90, ("16:00",)),
    Idea("Theatergruppe Späte Rollen", (KULTUR,), Form.GROUP, 120, ("17:00",), ("50",)),
    Idea("Holzwerkstatt", (KULTUR, MIT), Form.GROUP, 150, ("10:00", "14:00"), (), "3 Euro für Material"),
    Idea("Tagesfahrt ins Blaue", (REISEN,), Form.TRIP, 480, ("08:30",), ("50",), "28 Euro mit Kaffeetrinken"),
    Idea("Ausflug mit Bus und Bahn", (REISEN,), Form.TRIP, 300, ("09:30",), ("50",), "Fahrkarte"),
    Idea("Museum am Mittwoch", (REISEN, KULTUR), Form.TRIP, 180, ("10:30",), ("50",), "Eintritt"),
    Idea(
        "Sprechstunde rund um die Pflege",
        (RAT, DEMENZ),
        Form.CONSULTING,
        120,
        ("09:30", "14:00"),
        ("pflegende-angehoerige",),
    ),
    Idea("Vortrag: Vorsorgevollmacht in Ruhe erklärt", (RAT,), Form.EVENT, 90, ("15:00",)),
    Idea("Hilfe beim Ausfüllen von Formularen", (RAT, MIT), Form.CONSULTING, 120, ("10:00",)),
    Idea("Wohnen bleiben: Beratung zur Wohnung", (RAT,), Form.CONSULTING, 90, ("14:00",)),
    Idea(
        "Café Erinnerung",
        (DEMENZ, TREFF),
        Form.GROUP,
        120,
        ("14:30",),
        ("menschen-mit-demenz", "pflegende-angehoerige"),
        summary="Für Menschen mit Demenz und die, die mit ihnen leben.",
    ),
    Idea(
        "Atempause für pflegende Angehörige",
        (DEMENZ, SELBST),
        Form.GROUP,
        90,
        ("17:30",),
        ("pflegende-angehoerige",),
    ),
    Idea(
        "Singen gegen das Vergessen", (DEMENZ, KULTUR), Form.GROUP, 60, ("11:00",), ("menschen-mit-demenz",)
    ),
    Idea("Trauercafé Lichtblick", (DEMENZ, SELBST), Form.OPEN, 120, ("15:30",), ("alleinlebende",)),
    Idea("Selbsthilfe Parkinson", (SELBST,), Form.GROUP, 90, ("15:00",)),
    Idea(
        "Besser hören: Austausch für Schwerhörige", (SELBST,), Form.GROUP, 90, ("14:00",), ("mit-hoergeraet",)
    ),
    Idea("Leben mit Diabetes", (SELBST, FIT), Form.GROUP, 90, ("16:00",)),
    Idea("Vorlesen für Kita-Kinder", (JUNG_ALT, MIT), Form.GROUP, 60, ("09:30",)),
    Idea("Jung und Alt im Garten", (JUNG_ALT, MIT), Form.OPEN, 120, ("15:30",)),
    Idea("Großeltern auf Zeit", (JUNG_ALT,), Form.GROUP, 90, ("16:00",)),
    Idea("Teestunde der Kulturen", (WELT, TREFF), Form.OPEN, 120, ("14:30",), languages=("tr", "ar")),
    Idea(
        "Türkisch-deutscher Frauentreff", (WELT,), Form.GROUP, 120, ("10:00",), ("frauen",), languages=("tr",)
    ),
    Idea("Russischer Liedernachmittag", (WELT, KULTUR), Form.GROUP, 120, ("15:00",), languages=("ru",)),
    Idea("Polnische Küche am Freitag", (WELT, ESSEN), Form.GROUP, 150, ("11:00",), (), "5 Euro", ("pl",)),
    Idea(
        "Regenbogencafé 60plus",
        (REGENBOGEN, TREFF),
        Form.OPEN,
        150,
        ("15:30",),
        summary="Für lesbische, schwule, bisexuelle, trans* und inter* Menschen und ihre Freundinnen und Freunde.",
    ),
    Idea("Stammtisch Bunt und älter", (REGENBOGEN,), Form.OPEN, 120, ("18:00",), ("50",)),
    Idea("Andacht am Nachmittag", (KIRCHE,), Form.OPEN, 45, ("15:00", "16:00")),
    Idea("Bibelgespräch bei Kaffee", (KIRCHE, TREFF), Form.GROUP, 90, ("15:00",)),
    Idea("Stille und Meditation", (KIRCHE, FIT), Form.GROUP, 60, ("18:00",)),
    Idea(
        "Reparieren statt wegwerfen",
        (MIT,),
        Form.OPEN,
        180,
        ("15:00",),
        summary="Bringen Sie mit, was wackelt, klemmt oder brummt.",
    ),
    Idea("Treffen der Ehrenamtlichen", (MIT,), Form.GROUP, 90, ("16:30",)),
    Idea("Quartier mitgestalten: offene Runde {q}", (MIT,), Form.OPEN, 90, ("17:00",)),
    Idea("Stricken für den guten Zweck", (MIT, KULTUR), Form.GROUP, 120, ("14:00",)),
    Idea("Sommerfest im Hof", (FEST,), Form.EVENT, 240, ("14:00",)),
    Idea("Nachmittag der Begegnung {q}", (FEST, TREFF), Form.EVENT, 180, ("14:30",)),
    Idea("Aktionstag Bewegung", (FEST, FIT), Form.EVENT, 240, ("11:00",)),
)

# The house with everything under one roof: weekly, so that its year has more than 1,100 dates.
HOUSE: tuple[tuple[str, int, str, str], ...] = (
    ("Frühgymnastik", 0, "09:00", FIT),
    ("Englisch mit Kaffee", 0, "10:30", LERNEN),
    ("Skatrunde", 0, "14:00", TREFF),
    ("Chorprobe", 0, "15:30", KULTUR),
    ("Digitalwerkstatt", 0, "16:00", DIGITAL),
    ("Qigong", 1, "09:00", FIT),
    ("Gedächtnistraining", 1, "10:30", FIT),
    ("Malwerkstatt", 1, "13:30", KULTUR),
    ("Tanz im Foyer", 1, "15:00", FIT),
    ("Bridge", 1, "15:30", TREFF),
    ("Rückenschule", 2, "09:00", FIT),
    ("Französisch", 2, "10:30", LERNEN),
    ("Handarbeitsrunde", 2, "14:00", KULTUR),
    ("Literaturkreis", 2, "15:00", KULTUR),
    ("Schach", 2, "16:00", TREFF),
    ("Frühstück im Foyer", 3, "09:00", ESSEN),
    ("Tablet-Kurs", 3, "10:30", DIGITAL),
    ("Spielenachmittag", 3, "14:00", TREFF),
    ("Theaterprobe", 3, "15:30", KULTUR),
    ("Italienisch", 3, "16:00", LERNEN),
    ("Yoga auf dem Stuhl", 4, "09:00", FIT),
    ("Smartphone-Hilfe", 4, "10:30", DIGITAL),
    ("Freitagskino", 4, "14:00", KULTUR),
    ("Singkreis", 4, "15:00", KULTUR),
)
