"""The rhythm of an offering in words: "FREQ=MONTHLY;BYDAY=1TU" is "jeden ersten Dienstag im Monat"."""

from seniorportal.models import Weekday

DAYS = dict(zip(("MO", "TU", "WE", "TH", "FR", "SA", "SU"), Weekday.labels, strict=True))
PLACES = {"1": "ersten", "2": "zweiten", "3": "dritten", "4": "vierten", "5": "fünften", "-1": "letzten"}
WEEKS = {"2": "zwei", "3": "drei", "4": "vier"}
READ = {"FREQ", "BYDAY", "INTERVAL"}  # WKST, COUNT and UNTIL change nothing that these words promise


def in_words(rule: str) -> str:
    """ "" for a rule that these words do not cover; it is better to say nothing than something wrong."""
    parts = dict(part.partition("=")[::2] for part in rule.upper().split(";") if part)
    if not READ | {"WKST", "COUNT", "UNTIL"} >= set(parts):
        return ""
    days, interval = parts.get("BYDAY", "").split(","), parts.get("INTERVAL", "1")
    if parts.get("FREQ") == "DAILY" and days == [""] and interval == "1":
        return "jeden Tag"
    if parts.get("FREQ") == "WEEKLY" and all(day in DAYS for day in days):
        named = listed([DAYS[day] for day in days])
        return (
            f"jeden {named}" if interval == "1" else f"alle {WEEKS.get(interval, interval)} Wochen am {named}"
        )
    if parts.get("FREQ") == "MONTHLY" and interval == "1":
        pairs = [(PLACES.get(day[:-2]), DAYS.get(day[-2:])) for day in days]
        if all(place and name for place, name in pairs) and len({name for _, name in pairs}) == 1:
            return f"jeden {listed([str(place) for place, _ in pairs])} {pairs[0][1]} im Monat"
    return ""


def listed(words: list[str]) -> str:
    return " und ".join([", ".join(words[:-1])] * bool(words[:-1]) + words[-1:])
