import pytest

from seniorportal.public.rhythm import in_words


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ("FREQ=WEEKLY;BYDAY=TU", "jeden Dienstag"),
        ("FREQ=WEEKLY;BYDAY=MO,WE,FR", "jeden Montag, Mittwoch und Freitag"),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=WE", "alle zwei Wochen am Mittwoch"),
        ("FREQ=WEEKLY;INTERVAL=6;BYDAY=SU;WKST=MO", "alle 6 Wochen am Sonntag"),
        ("FREQ=MONTHLY;BYDAY=1TU", "jeden ersten Dienstag im Monat"),
        ("FREQ=MONTHLY;BYDAY=2TU,4TU", "jeden zweiten und vierten Dienstag im Monat"),
        ("FREQ=MONTHLY;BYDAY=-1TH", "jeden letzten Donnerstag im Monat"),
        ("FREQ=DAILY", "jeden Tag"),
        ("FREQ=MONTHLY;BYMONTHDAY=15", ""),
        ("FREQ=MONTHLY;INTERVAL=2;BYDAY=1TU", ""),
        ("FREQ=MONTHLY;BYDAY=1TU,3TH", ""),
        ("FREQ=WEEKLY;BYDAY=TU;BYMONTH=5", ""),
        ("FREQ=WEEKLY", ""),
        ("FREQ=YEARLY;BYDAY=1MO", ""),
        ("", ""),
        ("Unsinn;;=", ""),
    ],
)
def test_a_rhythm_in_words(rule, words):
    assert in_words(rule) == words
