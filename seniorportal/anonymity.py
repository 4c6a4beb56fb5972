"""What in a free text may point to a person: a hint for whoever writes, never a verdict.

German writes every noun with a capital, so names are guessed from what stands around them: a title, a first name that
was common among today's seniors, a street of the register, a number to ring. One statement, for the streets.
"""

import re
from collections.abc import Iterator

from seniorportal.models import Street
from seniorportal.text import fold_street

MOST = 6  # examples that are shown

# First names that are no everyday words at the same time (no August, Ernst, Heide, Mark, Rose).
_FIRST_NAMES = """
Adam Adolf Agnes Ahmet Albert Alexander Alfred Ali Alois Andreas Angela Anita Anja Anke Anna Anne
Anneliese Annemarie Anni Annette Anton Antonia Antonio Aleksandra Arno Artur Arthur Ayse Ayşe Barbara
Bärbel Beate Bernd Bernhard Berta Bertha Birgit Bodo Brigitte Bruno Carl Carmen Charlotte Christa Christel
Christian Christiane Christina Christine Christoph Claudia Cornelia Dagmar Daniel Danuta Detlef Dieter
Dietmar Dirk Doris Dorothea Eberhard Eckhard Edeltraud Edith Egon Elena Elfriede Elisabeth Elke Ella Elli
Elsbeth Else Emil Emine Emma Emmi Erhard Erich Erika Erna Erwin Esther Eugen Eva Ewald Fatma Felix Frank
Franz Franziska Frieda Friedhelm Friedrich Fritz Gabriele Georg Gerald Gerd Gerda Gerhard Gerlinde Gertrud
Gertrude Gisela Giuseppe Gottfried Grete Günter Günther Gudrun Guido Gunter Gustav Hanna Hannelore Hans
Harald Harry Hasan Hatice Hedwig Heike Heiko Heiner Heinrich Heinz Helene Helga Helmut Helmuth Henriette
Herbert Hermann Herta Hertha Hilda Hilde Hildegard Holger Horst Hubert Hüseyin Ibrahim Ilona Ilse Inge
Ingeborg Ingo Ingrid Irena Irene Iris Irma Irmgard Ivan Jan Janina Joachim Jochen Johann Johanna Johannes
Josef Josefine Joseph Julia Jürgen Jutta Karin Karl Karla Karl-Heinz Käte Käthe Katharina Kathrin Katja
Klara Klaus Konrad Krystyna Kurt Lara Laura Lena Leonie Liesel Lieselotte Lina Lisa Lisbeth Liselotte
Lothar Lucia Ludwig Luise Luzie Lydia Manfred Manuela Marga Margarete Margot Margret Margrit Maria
Marianne Marie Marion Marlene Marlies Marta Martha Martin Martina Mathilde Matthias Mehmet Meta Michael
Minna Monika Mustafa Natalia Nadja Nicole Nikolaus Norbert Olaf Olga Oskar Otto Paul Paula Peter Petra
Rainer Ralf Regina Reiner Reinhard Reinhold Renate Richard Rita Robert Rolf Roland Rosemarie Roswitha Rudi
Rudolf Ruth Sabine Sandra Selma Sibylle Siegfried Sigrid Silke Silvia Simone Sofia Sofie Sophie Stefan
Stefanie Stephan Susanne Svetlana Sylvia Tanja Tatjana Teresa Theo Theodor Therese Thomas Thorsten Torsten
Traute Trude Udo Ulrich Ulrike Ursula Uschi Ute Uwe Valentina Vera Volker Waldemar Wally Walter Waltraud
Waltraut Werner Wilfried Wilhelm Wilhelmine Willi Willy Wolfgang Yusuf Zeynep Zofia
"""
# Behind these words a capital begins no name: they begin sentences, or go before nouns.
_SMALL_WORDS = """
Der Die Das Dem Den Des Ein Eine Einen Einem Einer Er Sie Es Wir Ich Ihr Ihre Ihren Ihrem Sein Seine
Seinen Mein Meine Unser Unsere Kein Keine Keinen Hat Ist Will War Und Oder Aber Auch Nur Noch Nach Mit
Ohne Bei Beim Vom Von Zum Zur Für Gegen Über Unter Wegen Seit Bis Vor Hinter Am Im In An Auf Aus Wenn Weil
Dass Ob Wie Was Wer Wo Zwei Drei Alle Viele Mehr Sehr Neue Neuer Neues Neuen Erste Erster Erstes Jetzt
Heute Morgen Gestern Montag Dienstag Mittwoch Donnerstag Freitag Samstag Sonntag Januar Februar März April
Mai Juni Juli August September Oktober November Dezember Stadt Land Kreis Amt Haus Frau Herr Herrn Familie
Eheleute Tochter Sohn Mutter Vater Bruder Schwester Enkel Enkelin Nachbar Nachbarin Ehemann Ehefrau Mann
Kinder Arzt Ärztin Hausarzt Rollator Rollstuhl Antrag Pflege Hilfe Geld Rente Miete Umzug Sturz Termin
Telefon Brief Anruf Treppe Bad Dusche Küche Aufzug Auto Bus Bahn Dortmund Nordrhein Westfalen Deutsche
Deutscher Rotes Roten Kreuz Agentur Euro Uhr Woche Wochen Monat Monate Jahr Jahre Krankenhaus Reha Klinik
"""
FIRST_NAMES, SMALL_WORDS = frozenset(_FIRST_NAMES.split()), frozenset(_SMALL_WORDS.split())
NOUN_ENDINGS = re.compile(
    r"(ung|ungen|heit|keit|keiten|schaft|schaften|grad|grade|geld|hilfe|hilfen|antrag|anträge|kasse|kassen|dienst|dienste"
    r"|heim|heime|büro|amt|ämter|stelle|stellen|recht|platz|plätze|tag|zeit|zeiten|arzt|ärztin|haus|häuser|gruppe|gruppen"
    r"|kurs|kurse|treff|verein|vereine|betreuer|betreuerin|beratung|pflege|wohnen|versicherung|vollmacht|rente|karte"
    r"|ausweis|bescheid|gutachten|zentrum|verband|werk|mission|caritas|tion|tionen|tät|ismus|nis|tum|erin|innen)$",
    re.IGNORECASE,
)
WORD = r"[A-ZÄÖÜŞÇİ][a-zäöüßşçğıéè]+(?:-[A-ZÄÖÜ][a-zäöüß]+)?"
TITLED = re.compile(
    rf"\b(?:Frau|Herrn?|Fr\.|Hr\.|Familie|Eheleute)\s+(?:(?:Dr|Prof|von|van|de)\.?\s+){{0,2}}{WORD}"
)
PAIR = re.compile(rf"(?<![\w-])({WORD})\s+({WORD})(?![\w-])")
ALONE = re.compile(rf"(?<![\w-]){WORD}(?![\w-])")
SENTENCE_STARTS = re.compile(r"(?:^|[.!?:;\n–-])\s*$")
RINGS = re.compile(r"(?<![\d.])(?:\+49|0)[\d\s/()-]{5,}\d")
MAIL = re.compile(r"[\w.+-]+@[\w-]+\.\w+")
BIRTHDAY = re.compile(
    r"\b\d{1,2}\.\s?\d{1,2}\.\s?19\d\d\b|\bgeb(?:oren|\.)?\s+(?:am\s+)?\d[\d.\s]+\d", re.IGNORECASE
)
HOUSE = re.compile(r"((?:[\wäöüßÄÖÜ.-]+\s+){1,4})\d{1,3}\s?[a-z]?\b")
STREET = re.compile(
    r"\b[\wäöüßÄÖÜ-]+(?:straße|strasse|str\.|weg|allee|gasse|platz|ring|kamp)(?!\w)", re.IGNORECASE
)


def traces(text: str) -> list[str]:
    """The places in the text, in their order, at most six."""
    found = {*_patterns(text), *_streets(text)}
    seen: list[tuple[int, int]] = []
    for start, end in sorted(found, key=lambda span: (span[0], -span[1])):
        if not seen or start >= seen[-1][1]:
            seen.append((start, end))
    return list(dict.fromkeys(" ".join(text[start:end].split()) for start, end in seen))[:MOST]


def _patterns(text: str) -> Iterator[tuple[int, int]]:
    for pattern in (TITLED, RINGS, MAIL, BIRTHDAY):
        yield from (match.span() for match in pattern.finditer(text))
    for match in ALONE.finditer(text):
        if match[0] in FIRST_NAMES or match[0].partition("-")[0] in FIRST_NAMES:
            second = PAIR.match(text, match.start())
            yield (second if second and not _ordinary(second[2]) else match).span()
    position = 0
    while pair := PAIR.search(text, position):
        position = pair.start(2)
        starts = SENTENCE_STARTS.search(text[: pair.start()])
        if not starts and not _ordinary(pair[1]) and not _ordinary(pair[2]):
            yield pair.span()


def _ordinary(word: str) -> bool:
    return word in SMALL_WORDS or bool(NOUN_ENDINGS.search(word))


def _streets(text: str) -> Iterator[tuple[int, int]]:
    """Words before a house number, and words that end like a street, as far as the register knows them."""
    spans: dict[tuple[int, int], str] = {}
    for match in STREET.finditer(text):
        spans[match.span()] = fold_street(match[0])
    for match in HOUSE.finditer(text):
        for word in re.finditer(r"\S+", match[1]):
            start = match.start() + word.start()
            spans[(start, match.end())] = fold_street(text[start : match.end(1)])
    known = (
        set(Street.objects.filter(folded__in=set(spans.values())).values_list("folded", flat=True))
        if spans
        else set()
    )
    yield from (span for span, folded in spans.items() if folded in known)
