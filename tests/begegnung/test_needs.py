"""The map of needs, counted by hand: what there is, per 1,000 people of 65 and more, what is missing, who has room."""

import datetime as dt
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from begegnung import free_times, needs
from begegnung.models import MeetingPlace, VenueNote
from seniorportal import vocabularies
from seniorportal.models import (
    AccessibilityFact,
    Category,
    Deletion,
    Occurrence,
    OpeningHours,
    Population,
    Role,
    TargetGroup,
    UnmetSearch,
    Venue,
)
from tests.cast import make_membership, make_user
from tests.public.html import check_page
from tests.public.town import make_carrier, make_district, make_offering, make_office, make_venue

pytestmark = pytest.mark.django_db
MAP = "/begegnung/verwalten/bedarf/"
FILE = "/begegnung/verwalten/bedarf/einwohner/"
NOTES = "/begegnung/verwalten/notizen/"


@pytest.fixture(autouse=True)
def fresh():
    vocabularies.forget()
    yield
    vocabularies.forget()


def sign_in(client: Client, role: Role, **bound) -> object:
    user = make_user(f"{role}-{len(bound)}")
    make_membership(user, role, **bound)
    client.force_login(user)
    return user


def read(client: Client, path: str, status: int = 200):
    response = client.get(path)
    assert response.status_code == status, path
    return check_page(response.content.decode())


def make_running(
    title: str, venue: Venue, *marks: Category | TargetGroup, start: dt.time = dt.time(15), **fields
):
    """With one date in a week."""
    offering = make_offering(title, venue=venue, **fields)
    for mark in marks:
        (offering.categories if isinstance(mark, Category) else offering.target_groups).add(mark)
    day = timezone.localdate() + dt.timedelta(days=7)
    Occurrence.objects.create(offering=offering, date=day, start=start)
    return offering


@pytest.fixture
def city():
    """Hörde with 10,000 and Eving with 5,000 people of 65 and more; movement and the very old."""
    moving = Category.objects.create(name="Bewegung & Gesundheit", slug="bewegung-gesundheit")
    mixed = Category.objects.create(name="Interkulturell & mehrsprachig", slug="interkulturell-mehrsprachig")
    old = TargetGroup.objects.create(name="Hochaltrige", slug="hochaltrige")
    hoerde, eving = make_district("Hörde"), make_district("Eving")
    Population.objects.create(district=hoerde, year=2024, people=9_000)
    Population.objects.create(district=hoerde, year=2025, people=10_000)
    Population.objects.create(district=eving, year=2025, people=5_000)
    here, there = make_venue("Haus Hörde", district=hoerde), make_venue("Haus Eving", district=eving)
    make_running("Gymnastik", here, moving)
    make_running("Stuhlgymnastik", here, moving, old)
    make_running("Yoga", here, moving)
    make_running("Wandern", there, moving)
    vocabularies.forget()
    return {"moving": moving, "mixed": mixed, "old": old, "here": here, "there": there}


# Counted by hand


def test_numbers_and_rates_are_those_of_a_pocket_calculator(city):
    table = needs.table(timezone.localdate())
    assert (table.people, table.year, table.complete) == ({"hoerde": 10_000, "eving": 5_000}, 2025, True)
    moving = table.rows["bewegung-gesundheit"]
    assert {slug: (cell.number, cell.rate) for slug, cell in moving.cells.items()} == {
        "hoerde": (3, 0.3),
        "eving": (1, 0.2),
    }
    assert (moving.city.number, round(moving.city.rate, 4)) == (4, round(4 / 15, 4))
    # 0.3 is 112 %, 0.2 is 75 % of the city's 0.2667
    assert {slug: (cell.level, cell.gap) for slug, cell in moving.cells.items()} == {
        "hoerde": (3, False),
        "eving": (2, False),
    }
    very_old = table.rows["g-hochaltrige"]
    assert {slug: (cell.number, cell.level, cell.gap) for slug, cell in very_old.cells.items()} == {
        "hoerde": (1, 4, False),
        "eving": (0, 0, True),
    }
    assert {slug: cell.number for slug, cell in table.rows[""].cells.items()} == {"hoerde": 3, "eving": 1}


def test_below_half_of_the_city_is_a_gap(city):
    for one in range(4):
        make_running(f"Tanz {one}", city["here"], city["moving"])
    table = needs.table(timezone.localdate())
    cells = table.rows[
        "bewegung-gesundheit"
    ].cells  # 7 for 10,000 and 1 for 5,000: 0.7 and 0.2; the city 8/15 = 0.533
    assert (cells["eving"].level, cells["eving"].gap, cells["hoerde"].gap) == (1, True, False)
    gaps = [row.line.key for row in table.gaps("eving")]
    assert gaps.index("g-hochaltrige") < gaps.index("bewegung-gesundheit")  # nothing at all comes first


def test_without_people_numbers_are_compared_with_the_average(city):
    Population.objects.all().delete()
    table = needs.table(timezone.localdate())
    cells = table.rows["bewegung-gesundheit"].cells  # 3 and 1, on average 2
    assert (cells["hoerde"].rate, cells["hoerde"].level, cells["eving"].level) == (None, 4, 2)
    assert table.year is None and not table.complete


def test_an_offering_counts_once_a_line_however_many_marks_it_has(city):
    care = Category.objects.create(name="Demenz & Pflege", slug="demenz-pflege")
    relatives = TargetGroup.objects.create(name="Pflegende Angehörige", slug="pflegende-angehoerige")
    dementia = TargetGroup.objects.create(name="Menschen mit Demenz", slug="menschen-mit-demenz")
    make_running("Gesprächskreis", city["here"], care, relatives, dementia, city["moving"])
    vocabularies.forget()
    rows = needs.table(timezone.localdate()).rows
    assert rows["g-pflege"].cells["hoerde"].number == 1
    assert rows["bewegung-gesundheit"].cells["hoerde"].number == 4 and rows[""].cells["hoerde"].number == 4


def test_what_is_over_hidden_cancelled_or_far_away_does_not_count(city):
    today = timezone.localdate()
    before = needs.table(today).rows["bewegung-gesundheit"].cells["hoerde"].number
    make_running("verborgen", city["here"], city["moving"], published=False)
    make_running("vorbei", city["here"], city["moving"], active_until=today - dt.timedelta(days=1))
    cancelled = make_running("fällt aus", city["here"], city["moving"])
    cancelled.occurrences.update(status=Occurrence.Status.CANCELLED)
    far = make_running("in fünf Wochen", city["here"], city["moving"])
    far.occurrences.update(date=today + dt.timedelta(days=28))
    assert needs.table(today).rows["bewegung-gesundheit"].cells["hoerde"].number == before
    near = make_running("in vier Wochen", city["here"], city["moving"])
    near.occurrences.update(date=today + dt.timedelta(days=27))
    unknown = make_offering("Zeit unbekannt", venue=city["here"])
    unknown.categories.add(city["moving"])
    walk = make_offering("Spaziergang", meeting_point="Markt", district=make_district("Hörde"))
    walk.categories.add(city["moving"])
    assert needs.table(today).rows["bewegung-gesundheit"].cells["hoerde"].number == before + 3


def test_every_group_of_the_report_has_a_line():
    from seniorportal.reference import CATEGORIES, TARGET_GROUPS
    from seniorportal.text import slug

    themes, groups = {slug(name) for name in CATEGORIES}, {slug(name) for name in TARGET_GROUPS}
    assert len(needs.OF_THE_REPORT) == 7
    for line in needs.OF_THE_REPORT:
        assert line.themes or line.groups
        assert set(line.themes) <= themes and set(line.groups) <= groups, line.key


# Who has room


def next_day(weekday: int) -> dt.date:
    today = timezone.localdate()
    return today + dt.timedelta(days=(weekday - today.weekday()) % 7 or 7)


def open_on(venue: Venue, weekday: int, opens: int, closes: int, **fields) -> None:
    OpeningHours.objects.create(
        venue=venue, weekday=weekday, opens=dt.time(opens), closes=dt.time(closes), **fields
    )


def free(venue: Venue) -> list[str]:
    halls = free_times.free_halls(venue.district.slug, timezone.localdate())
    return [str(slot) for hall in halls if hall.venue == venue for slot in hall.slots]


def test_a_half_day_is_free_where_the_hall_is_open_and_nothing_takes_place(city):
    hall = city["here"]
    Occurrence.objects.filter(offering__venue=hall).delete()
    open_on(hall, 0, 9, 16)
    open_on(hall, 2, 11, 12)  # an hour is too short
    open_on(hall, 3, 14, 21)
    assert free(hall) == [
        "Montag vormittags",
        "Montag nachmittags",
        "Donnerstag nachmittags",
        "Donnerstag abends",
    ]
    made = make_offering("Kaffee", venue=hall)
    Occurrence.objects.create(offering=made, date=next_day(0), start=dt.time(10), end=dt.time(11))
    assert free(hall) == ["Montag nachmittags", "Donnerstag nachmittags", "Donnerstag abends"]
    # without an end it lasts an hour and a half: from 16 to 17:30 it takes the evening as well
    Occurrence.objects.create(offering=made, date=next_day(3), start=dt.time(16))
    assert free(hall) == ["Montag nachmittags"]
    made.occurrences.update(status=Occurrence.Status.CANCELLED)
    assert len(free(hall)) == 4


def test_hours_of_another_time_and_halls_of_others_do_not_count(city):
    today = timezone.localdate()
    hall = city["here"]
    open_on(hall, 0, 9, 12, valid_until=today - dt.timedelta(days=1))
    open_on(hall, 1, 9, 12, valid_from=today + dt.timedelta(days=1))
    assert free(hall) == []
    open_on(city["there"], 0, 9, 12)
    office = make_office("Hörde")
    open_on(office, 0, 9, 12)
    hidden = make_venue("Geheim", district=make_district("Hörde"), published=False)
    open_on(hidden, 0, 9, 12)
    assert free_times.free_halls("hoerde", today) == []
    assert [hall.venue for hall in free_times.free_halls("eving", today)] == [city["there"]]


def test_where_steps_matter_a_hall_with_steps_is_not_proposed(city):
    halls = [make_venue(name, district=make_district("Hörde")) for name in ("Stufen", "Eben", "Unbekannt")]
    for hall, value in zip(halls, ("nein", "ja", ""), strict=True):
        open_on(hall, 1, 9, 12)
        MeetingPlace.objects.create(venue=hall, kind="Gemeindehaus")
        if value:
            AccessibilityFact.objects.create(venue=hall, feature="stufenlos", value=value)
    found = free_times.free_halls("hoerde", timezone.localdate())
    line = next(line for line in needs.OF_THE_REPORT if line.key == "g-hochaltrige")
    assert [hall.venue.name for hall in free_times.fitting(line, found)] == ["Eben", "Unbekannt"]
    assert {hall.venue.name for hall in free_times.fitting(needs.EVERYTHING, found)} == {
        "Stufen",
        "Eben",
        "Unbekannt",
    }


# The page


def test_map_and_table_say_the_same_and_the_district_opens_its_gaps(client, city):
    sign_in(client, Role.VORORT, district=make_district("Eving"))
    open_on(city["there"], 4, 9, 12)
    page = read(client, f"{MAP}?thema=bewegung-gesundheit")
    labels = [
        link.get("aria-label") for link in page.all("a") if "je 1.000" in (link.get("aria-label") or "")
    ]
    assert labels == [
        "Eving: 1, das sind 0,2 je 1.000 Menschen ab 65",
        "Hörde: 3, das sind 0,3 je 1.000 Menschen ab 65",
    ]
    assert "Was in Eving fehlt" in page.text  # her own district, without being asked
    assert "Kein einziges Angebot; in der Stadt sind es 1." in page.text
    assert "Haus Eving" in page.text and "Freitag vormittags" in page.text
    assert "Eingang ohne Stufen: nicht bekannt" in page.text


def test_broken_values_are_said_in_german(client, city):
    sign_in(client, Role.EDITORS)
    page = read(client, f"{MAP}?thema=atlantis&bezirk=mond&farbe=rot")
    assert "Ein Wert für „thema“" in page.text and "Die Angabe „farbe“" in page.text
    assert "Wählen Sie einen Stadtbezirk" in page.text


def test_words_looked_for_in_vain_stand_there_from_the_third_time_on(client, city):
    day = timezone.localdate()
    UnmetSearch.objects.create(word="bogenschiessen", day=day, count=3)
    UnmetSearch.objects.create(word="kegeln", day=day, count=2)
    sign_in(client, Role.EVALUATION)
    text = read(client, MAP).text
    assert "bogenschiessen (3)" in text and "kegeln" not in text


def test_words_looked_for_in_one_district_stand_there_and_nowhere_else(client, city):
    day, hoerde, eving = timezone.localdate(), make_district("Hörde"), make_district("Eving")
    UnmetSearch.objects.create(word="tango", day=day, count=2, district=hoerde)
    UnmetSearch.objects.create(word="tango", day=day - dt.timedelta(days=1), count=1, district=hoerde)
    UnmetSearch.objects.create(word="tango", day=day, count=2, district=eving)
    UnmetSearch.objects.create(word="schach", day=day, count=5, district=eving)
    UnmetSearch.objects.create(
        word="tango", day=day, count=2
    )  # with or without those of the districts: too few
    sign_in(client, Role.EVALUATION)
    text = " ".join(read(client, f"{MAP}?bezirk=hoerde").text.split())
    assert "In Hörde tango (3)" in text and "schach" not in text
    assert "In ganz Dortmund Zurzeit nichts" in text
    text = " ".join(read(client, f"{MAP}?bezirk=eving").text.split())
    assert "In Eving schach (5)" in text and "tango" not in text
    text = " ".join(read(client, f"{MAP}?bezirk=").text.split())
    assert "In den Stadtbezirken Eving schach (5) Hörde tango (3)" in text


@pytest.mark.parametrize(
    ("role", "status"),
    [
        (Role.EDITORS, 200),
        (Role.EVALUATION, 200),
        (Role.VORORT, 200),
        (Role.TECHNICAL, 404),
        (Role.HALL, 404),
    ],
)
def test_who_plans_sees_the_map(client, city, role, status):
    bound = {Role.VORORT: {"district": make_district("Hörde")}, Role.HALL: {"venue": city["here"]}}
    sign_in(client, role, **bound.get(role, {}))
    assert client.get(MAP).status_code == status
    assert client.get(FILE).status_code == status


def test_the_map_takes_the_same_statements_for_a_large_city(client, city):
    sign_in(client, Role.EDITORS)
    numbers = []
    for more in (1, 18):
        for one in range(more):
            hall = make_venue(f"Haus {more} {one}", district=make_district("Hörde"))
            open_on(hall, 1, 9, 12)
            make_running(f"Angebot {more} {one}", hall, city["moving"], city["old"])
        client.get(f"{MAP}?bezirk=hoerde")
        with CaptureQueriesContext(connection) as seen:
            assert client.get(f"{MAP}?bezirk=hoerde").status_code == 200
        numbers.append(len([one for one in seen if "SAVEPOINT" not in one["sql"]]))
    assert numbers[0] == numbers[1] <= 12, numbers


# The file of the city


def upload(client: Client, text: str | bytes, name: str = "einwohner.csv"):
    data = text.encode() if isinstance(text, str) else text
    return client.post(FILE, {"datei": SimpleUploadedFile(name, data)})


def confirm(client: Client, answer):
    found = check_page(answer.content.decode())
    signed = [one.get("value") for one in found.all("input") if one.get("name") == "zeilen"]
    return client.post(FILE, {"zeilen": signed[0]})


def test_a_file_is_shown_first_and_written_as_a_whole(client, city):
    sign_in(client, Role.EDITORS)
    answer = upload(client, "Stadtbezirk;Jahr;65+;Quelle\nHörde;2025;10.500;Amt\nEVING;2024;4800;Amt\n")
    text = check_page(answer.content.decode()).text
    assert "2 Zeilen, 2 davon neu oder geändert, 0 abgelehnt" in text and "(bisher 10000)" in text
    assert Population.objects.count() == 3
    assert confirm(client, answer).status_code == 303
    assert Population.objects.get(district__slug="hoerde", year=2025).people == 10_500
    assert Population.objects.get(district__slug="eving", year=2024).source == "Amt"
    again = upload(client, "stadtbezirk,jahr,ab_65\nHörde,2025,10500\n")
    assert (
        "In der Datei steht nichts, was nicht schon im Portal steht."
        in check_page(again.content.decode()).text
    )


def test_excel_is_read_as_well(client, city):
    from openpyxl import Workbook

    sign_in(client, Role.EDITORS)
    book = Workbook()
    for row in (("Statistik",), ("Stadtbezirk", "Jahr", "Menschen ab 65"), ("Hörde", 2023, 9500)):
        book.active.append(row)
    file = io.BytesIO()
    book.save(file)
    assert confirm(client, upload(client, file.getvalue(), "einwohner.xlsx")).status_code == 303
    assert Population.objects.get(year=2023).people == 9_500


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("Atlantis;2024;100", "Einen Stadtbezirk «Atlantis» gibt es in Dortmund nicht."),
        (";2024;100", "Der Stadtbezirk fehlt."),
        ("Hörde;24;100", "Das Jahr muss zwischen 2000 und"),
        ("Hörde;2999;100", "Das Jahr muss zwischen 2000 und"),
        ("Hörde;2024;", "Die Zahl der Menschen ab 65 fehlt."),
        ("Hörde;2024;20,5 %", "ist keine ganze Zahl. Gemeint sind Menschen, nicht Prozent."),
        ("Hörde;2024;-3", "ist keine ganze Zahl."),
        ("Hörde;2024;0", "kann ein Stadtbezirk nicht haben."),
        ("Hörde;2024;9999999", "kann ein Stadtbezirk nicht haben."),
        ("Eving;2024;100\nEving;2024;101", "Eving 2024 steht schon in Zeile 2."),
    ],
)
def test_a_wrong_line_is_told_and_nothing_is_written(client, city, line, sentence):
    sign_in(client, Role.EDITORS)
    answer = upload(client, f"stadtbezirk;jahr;ab_65\n{line}\n")
    text = check_page(answer.content.decode()).text
    assert sentence in text and "So wird nichts geschrieben" in text
    assert 'name="zeilen"' not in answer.content.decode()


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "Die Datei ist leer."),
        (b"%PDF-1.4", "Das ist eine PDF-Datei"),
        (b"name\nx\n", "Eine Kopfzeile mit"),
        (b"stadtbezirk;jahr;ab_65\n", "Unter der Kopfzeile steht nichts."),
    ],
)
def test_what_is_no_table_is_said_at_the_field(client, city, data, sentence):
    sign_in(client, Role.EDITORS)
    answer = upload(client, data)
    assert answer.status_code == 200 and sentence in check_page(answer.content.decode()).text


def test_a_forged_preview_writes_nothing_and_others_may_only_read(client, city):
    sign_in(client, Role.EDITORS)
    answer = client.post(FILE, {"zeilen": "erfunden"})
    assert "Diese Vorschau ist zu alt." in answer.content.decode()
    sign_in(client, Role.VORORT, district=make_district("Hörde"))
    assert upload(client, "stadtbezirk;jahr;ab_65\nHörde;2024;1\n").status_code == 403
    assert 'type="file"' not in client.get(FILE).content.decode()
    assert Population.objects.count() == 3


# Notes on houses


def test_a_note_is_shared_by_those_who_look_after_the_house_and_can_be_deleted(client, city):
    hoerde = make_district("Hörde")
    sign_in(client, Role.VORORT, district=hoerde)
    path = f"{NOTES}{city['here'].slug}/"
    assert client.post(path, {"text": "Das Klavier ist gestimmt."}).status_code == 303
    note = VenueNote.objects.get()
    other = Client()
    colleague = make_user("tandem")
    make_membership(colleague, Role.TANDEM, venue=make_office("Hörde"), employer=make_carrier("Stadt"))
    other.force_login(colleague)
    assert "Das Klavier ist gestimmt." in read(other, path).text
    assert "1 Haus mit Notizen" in read(other, NOTES).text
    assert other.post(f"{NOTES}{note.pk}/loeschen/").status_code == 303
    assert not VenueNote.objects.exists()
    assert Deletion.objects.filter(label="begegnung.VenueNote", number=str(note.pk)).exists()


def test_a_note_is_not_for_others(client, city):
    sign_in(client, Role.VORORT, district=make_district("Eving"))
    path = f"{NOTES}{city['here'].slug}/"
    read(client, path, 404)
    assert client.post(path, {"text": "Hier war ich."}).status_code == 404
    sign_in(client, Role.TECHNICAL)
    read(client, NOTES, 404)


def test_a_note_with_a_person_in_it_is_asked_about_once(client, city):
    sign_in(client, Role.VORORT, district=make_district("Hörde"))
    path = f"{NOTES}{city['here'].slug}/"
    answer = client.post(path, {"text": "Den Schlüssel hat Frau Mustermann."})
    text = check_page(answer.content.decode()).text
    assert "Hier könnte eine Person gemeint sein: Frau Mustermann" in text
    assert "Den Schlüssel hat Frau Mustermann." in text and not VenueNote.objects.exists()
    answer = client.post(path, {"text": "Den Schlüssel hat Frau Mustermann.", "trotzdem": "1"})
    assert answer.status_code == 303 and VenueNote.objects.count() == 1


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "Bitte schreiben Sie etwas."),
        ("x" * 401, "Bitte schreiben Sie höchstens 400 Zeichen. Es sind 401."),
    ],
)
def test_an_empty_or_endless_note_is_refused(client, city, text, sentence):
    sign_in(client, Role.VORORT, district=make_district("Hörde"))
    answer = client.post(f"{NOTES}{city['here'].slug}/", {"text": text})
    assert sentence in check_page(answer.content.decode()).text


def test_a_note_sent_twice_is_one_note(client, city):
    sign_in(client, Role.VORORT, district=make_district("Hörde"))
    path = f"{NOTES}{city['here'].slug}/"
    number = "7c9e6679-7425-40de-944b-e07fc1f90ae7"
    for _ in range(2):
        assert client.post(path, {"text": "Zwei Räume.", "submission": number}).status_code == 303
    assert VenueNote.objects.count() == 1
