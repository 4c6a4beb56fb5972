"""Words as people type them: taken apart, freed of what carries no meaning, compared by how they sound."""

import re
import unicodedata
from functools import lru_cache

from seniorportal.text import fold

LONGEST_QUERY = 100
MOST_WORDS = 8

_STOP = """
ab aber alle allen alles als also am an andere anderen auch auf aus bei beim bin bis bist bitte da dabei
dafuer damit dann darf das dass dein deine dem den denn der des dich die dies diese diesem diesen dieser dir
doch du durch ein eine einem einen einer eines einfach er es etwas euch euer fuer ganz gar gehen geht gehts
gern gerne gibt gibts hab habe haben hast hat hatte hier hin ich ihm ihn ihnen ihr ihre ihrem ihren ihrer im
in ins irgendwo ist ja jemand jemanden jetzt kann kannst koennen koennte kostet lieber mal man mehr mein meine
meinem meinen meiner mich mir mit moechte moechten muss nach naehe nicht noch nur ob oder ohne schon sehr
sein seine sich sie sind so soll suche suchen ueber um und uns unser unsere unter viel vom von vor waere
wann war warum was welche wenn wer werden wie will wir wird wo wohin wollen wuerde zu zum zur zusammen
"""
STOP_WORDS = frozenset(_STOP.split())
# They say something only where nothing else was said: everybody here is elderly, and the list has filters for days.
_VAGUE = """
abends aeltere aelteren alte alten altere angebot angebote besuchen dienstag dienstags donnerstag
donnerstags dortmund freitag freitags gemeinsam heute lernen machen mitmachen mittags mittwoch mittwochs
montag montags morgens nachmittags rentner rentnerin samstag samstags senior senioren seniorin seniorinnen
sonnabend sonntag sonntags spielen termin termine veranstaltung veranstaltungen vormittags woche wochenende
"""
VAGUE_WORDS = frozenset(_VAGUE.split())
# The last part of many compounds; what one goes there for stands before it.
_GENERIC = """
abend abende alten alter angebot angebote arbeit arbeiten beratung besuch besuche club dienst fahren fahrt
fest feste freizeit gehen gruppe gruppen haus hilfe info jahr jung klub kreis kreise kurs kurse leben leiten
leute menschen morgen nachbarn nachmittag nachmittage nachmittags partner platz programm runde runden schule
senioren service spielen sprechstunde stunde stunden tag tage team thema training treff treffen treffpunkt
treffs verein vormittag woche wochen zeit zentrum
"""
GENERIC_WORDS = frozenset(_GENERIC.split())

_SOUNDS = (
    ("tsch", "#"), ("sch", "#"), ("x", "ks"), ("ch", "x"), ("ph", "f"), ("th", "t"), ("rh", "r"), ("sh", "#"),
    ("ck", "k"), ("qu", "kw"), ("q", "k"), ("dt", "t"), ("tz", "z"), ("ts", "z"), ("ds", "z"), ("c", "k"),
    ("v", "f"), ("y", "i"), ("j", "i"), ("aeu", "oi"), ("eu", "oi"),
    ("ai", "ei"), ("ei", "#1"), ("ie", "i"), ("ou", "u"), ("#1", "ei"), ("ae", "a"), ("oe", "o"),
    ("ue", "u"),
)  # fmt: skip
_ENDINGS = ("innen", "ungen", "ung", "en", "er", "es", "em", "in", "e", "n", "s")


def clean(text: str) -> str:
    """What may be shown again in the field: one line, no control characters, no longer than a sentence."""
    text = text[: 4 * LONGEST_QUERY].encode("utf-8", "ignore").decode()
    text = "".join(" " if unicodedata.category(c) in ("Cc", "Cf", "Zl", "Zp") else c for c in text)
    return " ".join(text.split())[:LONGEST_QUERY].strip()


def tokens(text: str) -> list[str]:
    """Folded words; hyphens and everything else that is no letter or digit parts them."""
    return re.findall(r"[^\W_]+", fold(text))


def spelled(text: str) -> list[str]:
    """The same words in the spelling of the text; pairs up with ``tokens()``."""
    return re.findall(r"[^\W_]+", unicodedata.normalize("NFC", text))


@lru_cache(maxsize=20_000)
def sound(word: str) -> str:
    """A folded word without what people spell differently: Händy, haendi and Handy sound alike."""
    if word.startswith("ch"):
        word = "k" + word[2:]  # Chor, Christen
    for spelling, heard in _SOUNDS:
        word = word.replace(spelling, heard)
    word = re.sub(r"(?<=[aeiou])h(?=[^aeiou]|$)", "", word)
    return re.sub(r"(.)\1+", r"\1", word)


def stem(heard: str) -> str:
    """What is left of a sound without its endings: Wanderung and Wandern, Bänke and Bank are one."""
    for _ in range(2):
        for ending in _ENDINGS:
            if heard.endswith(ending) and len(heard) - len(ending) >= (3 if ending == "e" else 4):
                heard = heard[: -len(ending)]
                break
    return heard


def key(word: str) -> str:
    return stem(sound(word))


_GENERIC_ENDS = sorted(GENERIC_WORDS, key=len, reverse=True)


def before_generic(word: str) -> str:
    """What stands before the generic end of a compound: of Bibelstunde the Bibel; empty when it is none."""
    for end in _GENERIC_ENDS:
        if word.endswith(end) and len(word) - len(end) >= 3:
            first = word[: -len(end)]
            return first.removesuffix("s") if len(first) > 4 else first
    return ""
