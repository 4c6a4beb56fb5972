"""«Unser Büro»: who works there, absences, handing over, last days, and what the public page says."""

import datetime as dt
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.html import escape

from seniorenbuero.models import Office, WorkingWeek
from seniorenbuero.office import people, spans
from seniorportal.models import Absence, Concern, ContactHours, ContactPoint, HandOver, Language
from tests.cast import make_user
from tests.concerns.people import asked, signed_in
from tests.seniorenbuero.office_people import away, in_days, make_team, membership, today

pytestmark = pytest.mark.django_db
OFFICE = "/seniorenbuero/buero/"
ABSENT = f"{OFFICE}abwesend/"
GIVE = f"{OFFICE}uebergeben/"
PAGE = f"{OFFICE}seite/"


def read(user, path=OFFICE):
    answer = signed_in(user).get(path)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def following(user, path, data):
    return signed_in(user).post(path, data, follow=True)


# Who works here


def test_the_page_says_who_works_here_of_which_employer_and_until_when():
    office, (anna, bodo) = make_team()
    bodo_here = membership(bodo)
    bodo_here.active_until = dt.date(2031, 3, 31)
    bodo_here.save()
    text = read(anna)
    assert "Anna Amsel" in text and "Stadt Dortmund" in text and "ohne Ende" in text
    assert "Bodo Bussard" in text and "Caritas Dortmund" in text and "bis 31.03.2031" in text
    assert "Ab Dienstag, 1. April 2031" in text and "Es fehlt jemand von: Caritas Dortmund" in text


def test_it_says_at_once_when_the_second_employer_is_missing():
    office, (anna, bodo) = make_team()
    assert "Es fehlt" not in read(anna)
    here = membership(bodo)
    here.active_from, here.active_until = in_days(-9), in_days(-1)
    here.save()
    text = read(anna)
    assert "Zurzeit" in text and "arbeitet hier nur jemand von: Stadt Dortmund" in text
    assert "Es fehlt jemand von: Caritas Dortmund" in text


def test_one_who_comes_later_ends_the_gap_that_is_said():
    office, (anna, bodo) = make_team()
    here = membership(bodo)
    here.active_from = in_days(10)
    here.save()
    found = people.missing(office, [membership(anna), here], today())
    assert found is not None and found.day == today()
    assert people.missing(office, [membership(anna), here], in_days(10)) is None


def test_behind_the_second_door_and_for_offices_only():
    office, (anna, _) = make_team()
    assert signed_in(anna, unlocked=False).get(OFFICE).status_code in (200, 401)
    stranger = make_user("niemand-hier")
    assert signed_in(stranger).get(OFFICE).status_code == 404
    other, (erna, _) = make_team("Hombruch", "Erna Elster", "Fritz Falke")
    assert "Anna Amsel" not in read(erna)
    assert signed_in(erna).get(f"{OFFICE}team/{membership(anna).pk}/").status_code == 404


def test_the_page_costs_the_same_for_2_and_for_12_people():
    numbers = []
    for district, count in (("Hörde", 2), ("Hombruch", 12)):
        office, team = make_team(district, *(f"{district} {n}" for n in range(count)))
        language = Language.objects.get_or_create(code="tr", name="Türkisch", slug="tuerkisch")[0]
        for one in team:
            WorkingWeek.objects.create(member=membership(one), weekdays=[0]).languages.add(language)
            asked(office, keeper=one)
        away(team[0], team[1])
        client = signed_in(team[0])
        client.get(OFFICE)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(OFFICE).status_code == 200
        numbers.append(len(queries))
    assert numbers[0] == numbers[1], numbers


# Not there


def test_an_absence_is_entered_and_names_its_deputy():
    office, (anna, bodo) = make_team()
    sent = {
        "member": membership(anna).pk,
        "active_from": today().isoformat(),
        "deputy": f"k{membership(bodo).pk}",
    }
    text = following(bodo, ABSENT, sent).content.decode()
    assert "Eingetragen: Anna Amsel ist nicht da ab" in text
    row = Absence.objects.get()
    assert (row.office, row.deputy, row.active_until) == (office, membership(bodo), None)


def test_entered_twice_it_is_said_and_not_stored_twice():
    office, (anna, bodo) = make_team()
    sent = {
        "member": membership(anna).pk,
        "active_from": today().isoformat(),
        "deputy": f"k{membership(bodo).pk}",
    }
    following(bodo, ABSENT, sent)
    answer = following(bodo, ABSENT, sent)
    assert "Für diese Zeit ist schon eingetragen" in answer.content.decode()
    assert Absence.objects.count() == 1


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"member": ""}, "Bitte wählen Sie, wer nicht da ist."),
        ({"member": "999999999999999999999"}, "Diese Auswahl gibt es nicht mehr."),
        ({"active_from": ""}, "Bitte geben Sie den ersten Tag an."),
        ({"active_from": "gestern"}, "Diesen Tag können wir nicht lesen."),
        ({"active_until": "2020-01-01"}, "Dieser Tag ist schon vorbei."),
        ({"active_from": "9999-01-01"}, "Bitte höchstens zwei Jahre im Voraus."),
        ({"deputy": ""}, "Bitte wählen Sie, wer vertritt."),
        ({"deputy": "k0"}, "Diese Auswahl gibt es nicht mehr."),
        ({"deputy": "self"}, "Wer nicht da ist, kann sich nicht selbst vertreten."),
        ({"everybody": "on"}, "Ist niemand da, kann nur ein anderes Büro vertreten."),
    ],
)
def test_what_is_wrong_is_said_at_the_field_and_the_rest_stays(wrong, said):
    office, (anna, bodo) = make_team()
    mine = membership(anna).pk
    good = {
        "member": mine,
        "active_from": today().isoformat(),
        "active_until": in_days(5).isoformat(),
        "deputy": f"k{membership(bodo).pk}",
    }
    wrong = {name: f"k{mine}" if value == "self" else value for name, value in wrong.items()}
    answer = signed_in(bodo).post(ABSENT, good | wrong)
    text = answer.content.decode()
    assert answer.status_code == 200 and said in text and not Absence.objects.exists()
    if "active_until" not in wrong:
        assert in_days(5).isoformat() in text


def test_the_whole_office_may_be_away_and_another_one_stands_in():
    office, (anna, bodo) = make_team()
    other, _ = make_team("Hombruch", "Erna Elster", "Fritz Falke")
    sent = {
        "member": membership(anna).pk,
        "active_from": today().isoformat(),
        "deputy": f"b{other.pk}",
        "everybody": "on",
    }
    following(bodo, ABSENT, sent)
    assert {row.member.user for row in Absence.objects.filter(deputy_office=other)} == {anna, bodo}


def test_back_again_ends_it_with_yesterday_and_one_that_never_began_is_gone():
    office, (anna, bodo) = make_team()
    running, later = away(anna, bodo, first=-3, last=9), away(bodo, anna, first=30, last=40)
    for row in (running, later):
        following(anna, f"{ABSENT}{row.pk}/", {"wieder-da": "1"})
    running.refresh_from_db()
    assert running.active_until == in_days(-1)
    assert not Absence.objects.filter(pk=later.pk).exists()


def test_two_who_change_the_same_absence_both_see_the_other_value():
    office, (anna, bodo) = make_team()
    row = away(anna, bodo)
    form = signed_in(bodo).get(f"{ABSENT}{row.pk}/").content.decode()
    version = re.search(r'name="version" value="(\d+)"', form).group(1)
    row.active_until = in_days(20)
    row.save()
    sent = {
        "active_from": today().isoformat(),
        "active_until": in_days(3).isoformat(),
        "deputy": f"k{membership(bodo).pk}",
        "version": version,
    }
    text = signed_in(bodo).post(f"{ABSENT}{row.pk}/", sent).content.decode()
    assert "Inzwischen gespeichert" in text and in_days(3).isoformat() in text
    row.refresh_from_db()
    assert row.active_until == in_days(20)


def test_with_something_open_the_hand_over_follows_with_the_deputy_chosen():
    office, (anna, bodo) = make_team()
    asked(office, keeper=anna)
    sent = {
        "member": membership(anna).pk,
        "active_from": today().isoformat(),
        "deputy": f"k{membership(bodo).pk}",
    }
    answer = following(bodo, ABSENT, sent)
    assert answer.redirect_chain[-1][0] == f"{GIVE}?von={anna.pk}&an=k{bodo.pk}"
    text = answer.content.decode()
    assert re.search(rf'value="{anna.pk}"[^>]*checked', text) and re.search(
        rf'value="k{bodo.pk}"[^>]*checked', text
    )


# Handing over and leaving


def test_everything_goes_over_with_one_button_and_a_second_click_does_nothing():
    office, (anna, bodo) = make_team()
    for _ in range(3):
        asked(office, keeper=anna)
    asked(office)
    sent = {"von": "alles", "an": f"k{bodo.pk}"}
    assert "4 Anliegen übergeben an: Bodo Bussard." in following(anna, GIVE, sent).content.decode()
    assert set(Concern.objects.values_list("keeper", flat=True)) == {bodo.pk}
    again = following(anna, GIVE, {"von": str(anna.pk), "an": f"k{bodo.pk}"})
    assert "Diese Auswahl gibt es nicht mehr." in again.content.decode()
    assert HandOver.objects.get().number == 4
    assert "4 an Bodo Bussard (eingetragen von Anna Amsel)" in read(anna)


def test_nothing_goes_to_oneself_or_to_somebody_who_is_away():
    office, (anna, bodo) = make_team()
    asked(office, keeper=anna)
    same = signed_in(anna).post(GIVE, {"von": str(anna.pk), "an": f"k{anna.pk}"}).content.decode()
    assert "Das ist dieselbe Person." in same
    away(bodo, anna)
    assert f'value="k{bodo.pk}"' not in read(anna, GIVE)


def test_where_nothing_is_open_there_is_nothing_to_hand_over():
    office, (anna, bodo) = make_team()
    assert "Es ist nichts offen." in read(anna, GIVE)
    answer = following(anna, GIVE, {"von": "alles", "an": f"k{bodo.pk}"})
    assert "Es ist nichts offen, was sich übergeben ließe." in answer.content.decode()


def test_somebody_leaves_and_what_is_open_with_her_asks_for_others():
    office, (anna, bodo) = make_team()
    asked(office, keeper=bodo)
    path = f"{OFFICE}team/{membership(bodo).pk}/letzter-tag/"
    version = membership(bodo).version
    answer = following(anna, path, {"active_until": in_days(30).isoformat(), "version": version})
    assert answer.redirect_chain[-1][0] == f"{GIVE}?von={bodo.pk}"
    here = membership(bodo)
    assert here.active_until == in_days(30)
    here.active_from, here.active_until = in_days(-90), in_days(-1)
    here.save()
    text = read(anna)
    assert "Bodo Bussard übernommen und arbeitet nicht mehr hier" in text


@pytest.mark.parametrize(
    ("day", "said"),
    [
        ("", "Bitte geben Sie den letzten Tag an."),
        ("2020-01-01", "Dieser Tag ist schon vorbei."),
        ("2040-01-01", "ist vereinbart"),
    ],
)
def test_a_last_day_only_comes_nearer(day, said):
    office, (anna, bodo) = make_team()
    here = membership(bodo)
    here.active_until = dt.date(2031, 1, 31)
    here.save()
    path = f"{OFFICE}team/{here.pk}/letzter-tag/"
    answer = signed_in(anna).post(path, {"active_until": day, "version": membership(bodo).version})
    assert answer.status_code == 200 and said in answer.content.decode()
    assert membership(bodo).active_until == dt.date(2031, 1, 31)


def test_nobody_enters_her_own_last_day():
    office, (anna, _) = make_team()
    path = f"{OFFICE}team/{membership(anna).pk}/letzter-tag/"
    assert "trägt jemand anderes aus dem Büro ein" in read(anna, path)
    assert signed_in(anna).post(path, {"active_until": today().isoformat()}).status_code == 403


# Days, languages, the public page


def test_days_and_languages_of_a_person_are_kept_and_shown():
    office, (anna, bodo) = make_team()
    turkish = Language.objects.get_or_create(code="tr", name="Türkisch", slug="tuerkisch")[0]
    path = f"{OFFICE}team/{membership(anna).pk}/"
    following(bodo, path, {"weekdays": ["0", "3"], "languages": [turkish.pk]})
    week = WorkingWeek.objects.get()
    assert (week.weekdays, list(week.languages.all())) == ([0, 3], [turkish])
    text = read(bodo)
    assert "Mo, Do" in text and "Türkisch" in text
    wrong = signed_in(bodo).post(path, {"weekdays": ["9"], "version": week.version})
    assert "Bitte wählen Sie Wochentage aus der Liste." in wrong.content.decode()


def test_telephone_hours_are_written_as_people_write_them():
    office, (anna, _) = make_team()
    point = ContactPoint.objects.get(venue=office)
    ContactHours.objects.create(contact_point=point, weekday=1, opens=dt.time(10), closes=dt.time(12))
    version = Office.objects.get(venue=office).version
    name = f"t{point.pk}"
    sent = {
        "version": version,
        "home_visits": "true",
        "home_visits_note": "montags",
        "hours_note": "",
        f"{name}-0": "9-12 und 14 bis 16.30 Uhr",
        f"{name}-1": "",
        f"{name}-1-war": "10-12",
    }
    following(anna, PAGE, sent)
    hours = [(row.weekday, row.opens, row.closes) for row in ContactHours.objects.all()]
    assert hours == [(0, dt.time(9), dt.time(12)), (0, dt.time(14), dt.time(16, 30))]
    kept = Office.objects.get(venue=office)
    assert kept.home_visits is True and kept.home_visits_note == "montags"


def test_hours_that_somebody_else_changed_meanwhile_are_not_written_over():
    office, (anna, _) = make_team()
    point = ContactPoint.objects.get(venue=office)
    ContactHours.objects.create(contact_point=point, weekday=0, opens=dt.time(10), closes=dt.time(12))
    sent = {"version": 1, "home_visits": "unknown", f"t{point.pk}-0": "8-9", f"t{point.pk}-0-war": "9-10"}
    text = signed_in(anna).post(PAGE, sent).content.decode()
    assert escape("Inzwischen gespeichert: «10-12».") in text and 'value="8-9"' in text
    assert ContactHours.objects.get().opens == dt.time(10)


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("", []),
        ("9-12", [(dt.time(9), dt.time(12))]),
        ("14-16.30, 9 bis 12:15 Uhr", [(dt.time(9), dt.time(12, 15)), (dt.time(14), dt.time(16, 30))]),
        ("von 9 Uhr bis 12 Uhr", [(dt.time(9), dt.time(12))]),
    ],
)
def test_hours_read_and_written(written, found):
    assert spans.read(written) == found
    assert spans.read(spans.write(found)) == found


@pytest.mark.parametrize(
    "written", ["vormittags", "9", "12-9", "9-9", "25-26", "9-12 und 11-13", "9-12-14", "9.75-10"]
)
def test_hours_that_cannot_be(written):
    with pytest.raises(Exception, match="können wir nicht lesen|nicht nach dem Anfang|überschneiden"):
        spans.read(written)


def test_the_start_page_says_how_many_wait_and_until_when():
    office, (anna, _) = make_team()
    assert "auf Antwort" not in read(anna, "/seniorenbuero/")
    asked(office, in_days=2)
    row = asked(office, in_days=4)
    text = read(anna, "/seniorenbuero/")
    assert "2 Menschen warten auf Antwort" in text and "Zugesagt ist der nächste Anruf bis" in text
    row.answer_by = in_days(-1)
    row.save()
    assert "Bei 1 ist der zugesagte Tag vorbei." in read(anna, "/seniorenbuero/")
