"""640 organisations of a city as offices write them, and 60 of them once more in another spelling: 700 in all.

Written before the search was tried on it, and not changed to please it. Invented names: trees, animals, saints.
"""

import random
from dataclasses import dataclass
from typing import Any

PLACES = (
    *(
        "Hörde",
        "Wellinghofen",
        "Aplerbeck",
        "Schüren",
        "Brackel",
        "Asseln",
        "Wickede",
        "Eving",
        "Lindenhorst",
    ),
    *("Brechten", "Hombruch", "Barop", "Eichlinghofen", "Kirchhörde", "Huckarde", "Deusen", "Lütgendortmund"),
    *("Marten", "Oespel", "Kley", "Mengede", "Nette", "Westerfilde", "Scharnhorst", "Kirchderne", "Lanstrop"),
    *("Hacheney", "Benninghofen", "Berghofen", "Sölde"),
)
TREES = (
    *("Ahorn", "Birke", "Buche", "Eberesche", "Eiche", "Erle", "Esche", "Espe", "Fichte", "Ginster", "Hasel"),
    *("Holunder", "Kastanie", "Kiefer", "Lärche", "Linde", "Pappel", "Platane", "Schlehe", "Tanne", "Ulme"),
    *("Wacholder", "Walnuss", "Weide", "Weißdorn", "Zeder", "Sanddorn", "Quitte", "Mispel", "Hainbuche"),
)
ANIMALS = (
    "Adler",
    "Löwen",
    "Hirsch",
    "Schwan",
    "Einhorn",
    "Bären",
    "Falken",
    "Storchen",
    "Pelikan",
    "Delphin",
)
SAINTS = ("Marien", "Josef", "Barbara", "Clemens", "Urbanus", "Bonifatius", "Remigius", "Patrokli", "Ewaldi")
SHAPES: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("pflegedienst", "Ambulanter Pflegedienst {}", TREES),
    ("pflegedienst", "Pflegeteam {} GmbH", TREES),
    ("apotheke", "{}-Apotheke", ANIMALS),
    ("apotheke", "Apotheke {}", PLACES),
    ("praxis", "Hausarztpraxis {}", TREES),
    ("praxis", "Zahnarztpraxis {}", TREES),
    ("gemeinde", "Ev. Kirchengemeinde {}", PLACES),
    ("gemeinde", "Kath. Kirchengemeinde St. {}", SAINTS),
    ("heim", "Seniorenheim St. {}", SAINTS),
    ("heim", "Seniorenzentrum {} gGmbH", PLACES),
    ("wohnung", "Wohnungsgenossenschaft {} eG", PLACES),
    ("polizei", "Polizeiwache {}", PLACES),
    ("verein", "AWO Ortsverein {}", PLACES),
    ("verein", "Nachbarschaftshilfe {} e.V.", PLACES),
    ("verein", "Förderverein {} e.V.", PLACES),
    ("verein", "Gartenverein {} e.V.", TREES),
    ("betrieb", "Sanitätshaus {}", TREES),
    ("betrieb", "Hörgeräte {}", TREES),
    ("betrieb", "Sparkasse, Filiale {}", PLACES),
    ("betrieb", "Bäckerei {}", TREES),
    ("begegnung", "Begegnungszentrum {}", PLACES),
    ("amt", "Seniorenbeirat {}", PLACES),
    ("sonstige", "Lesepaten {}", PLACES),
    ("sonstige", "Repair-Café {}", PLACES),
    ("sonstige", "Hospizdienst {}", TREES),
)
SWITCHBOARDS = {
    "AWO": ("0231 5550100", "https://awo.example"),
    "Sparkasse": ("0231 5550200", "https://bank.example"),
}
Row = dict[str, Any]


@dataclass
class Network:
    rows: list[Row]  # name, kind, phone, website, district (a number)
    doubles: dict[str, str]  # name of the second row: name of the first


def build(seed: int = 7, originals: int = 640) -> Network:
    rng = random.Random(seed)
    rows = list(originals_of(rng))[:originals]
    chosen = rng.sample(rows, 60)
    doubles: dict[str, str] = {}
    names = {row["name"] for row in rows}
    for at, row in enumerate(chosen):
        start = at % len(WAYS)
        for turn in range(len(WAYS)):
            made = WAYS[(start + turn) % len(WAYS)](dict(row), rng)
            if made["name"] not in names and (made["name"] != row["name"]):
                break
        names.add(made["name"])
        doubles[made["name"]] = row["name"]
        rows.append(made)
    return Network(rows, doubles)


def originals_of(rng: random.Random) -> Any:
    """Every shape with every word; what is left to 640 are houses of two words, in a district each."""
    made = []
    for kind, shape, some in SHAPES:
        for word in some:
            made.append((kind, shape.format(word), word))
    for tree in TREES:
        for place in rng.sample(PLACES, 2):
            made.append(("sonstige", f"Nachbarschaftstreff {tree}nhof {place}", place))
    rng.shuffle(made)
    for number, (kind, name, word) in enumerate(made):
        board = next((two for start, two in SWITCHBOARDS.items() if name.startswith(start)), None)
        phone = board[0] if board else f"0231 {4_000_000 + number * 37}" if rng.random() < 0.8 else ""
        site = board[1] if board else f"https://www.partner-{number}.example/" if rng.random() < 0.5 else ""
        at = PLACES.index(word) if word in PLACES else rng.randrange(len(PLACES))
        yield {"name": name, "kind": kind, "phone": phone, "website": site, "district": at % 12}


def without(row: Row, *names: str) -> Row:
    return row | dict.fromkeys(names, "")


def legal(row: Row, rng: random.Random) -> Row:
    name = row["name"]
    for form in (" e.V.", " GmbH", " gGmbH", " eG"):
        if name.endswith(form):
            return without(row | {"name": name.removesuffix(form)}, "phone")
    return without(row | {"name": name + rng.choice((" e. V.", " gGmbH", " GmbH"))}, "website")


def city(row: Row, rng: random.Random) -> Row:
    return without(
        row | {"name": f"{row['name']} {rng.choice(('Dortmund', 'in Dortmund'))}"}, "phone", "website"
    )


def umlauts(row: Row, rng: random.Random) -> Row:
    text = row["name"]
    for one, two in (("ä", "ae"), ("ö", "oe"), ("ü", "ue"), ("ß", "ss"), ("Ö", "Oe")):
        text = text.replace(one, two)
    return without(row | {"name": text}, "phone", "website")


def typo(row: Row, rng: random.Random) -> Row:
    """One letter left out, doubled or exchanged with its neighbour, inside the longest word."""
    word = max(row["name"].replace("-", " ").split(), key=len)
    at = rng.randrange(2, len(word) - 2)
    wrong = rng.choice(
        (
            word[:at] + word[at + 1 :],
            word[:at] + word[at] + word[at:],
            word[:at] + word[at + 1] + word[at] + word[at + 2 :],
        )
    )
    return without(row | {"name": row["name"].replace(word, wrong)}, "phone", "website")


def written_out(row: Row, rng: random.Random) -> Row:
    text = (
        row["name"]
        .replace("Ev. ", "Evangelische ")
        .replace("Kath. ", "Katholische ")
        .replace("St. ", "Sankt ")
    )
    return without(row | {"name": text.replace("AWO ", "Arbeiterwohlfahrt ")}, "phone")


def turned(row: Row, rng: random.Random) -> Row:
    first, _, last = row["name"].removesuffix(" e.V.").rpartition(" ")
    return without(row | {"name": f"{last}, {first}" if first else row["name"]}, "website")


def longer(row: Row, rng: random.Random) -> Row:
    return row | {"name": f"{row['name']} (Büro)", "phone": row["phone"].replace("0231 ", "0231/")}


def other_name_same_number(row: Row, rng: random.Random) -> Row:
    if not row["phone"] or "555" in row["phone"]:
        return row
    return without(
        row | {"name": f"Haus {rng.randrange(100, 999)} am Park", "phone": "+49 " + row["phone"][1:]},
        "website",
    )


def other_name_same_site(row: Row, rng: random.Random) -> Row:
    if "partner-" not in row["website"]:
        return row
    site = row["website"].replace("https://www.", "http://").rstrip("/")
    return without(row | {"name": f"Stube {rng.randrange(100, 999)}", "website": site}, "phone")


def loud(row: Row, rng: random.Random) -> Row:
    return without(row | {"name": row["name"].replace("-", "").upper()}, "phone", "website")


def wrong_and_same_number(row: Row, rng: random.Random) -> Row:
    return typo(row, rng) | {
        "phone": row["phone"].replace(" ", "-"),
        "name": typo(row, rng)["name"] + " e.V.",
    }


WAYS = (
    *(legal, city, umlauts, typo, written_out, turned, longer),
    *(other_name_same_number, other_name_same_site, loud, wrong_and_same_number),
)
