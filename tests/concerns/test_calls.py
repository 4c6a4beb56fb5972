"""The call list: who sees what from when on, what each button does, and that two people never do the same twice."""

import datetime as dt
import re
import threading
import time

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from seniorportal import concerns
from seniorportal.accounts import personal
from seniorportal.models import CallAttempt, Concern, Deletion, Role, User
from tests.cast import make_membership, make_user
from tests.public.html import check_page
from tests.public.town import make_carrier, make_date, make_house, make_offering, make_venue

from .people import PLANTED, act, asked, number_on, signed_in, team

pytestmark = pytest.mark.django_db
LIST = "/uebersicht/anrufe/"


def read(client, path: str = LIST):
    response = client.get(path)
    assert response.status_code == 200, path
    return check_page(response.content.decode())


def test_the_team_sees_what_to_do_and_everybody_else_sees_nothing():
    hoerde, (anna, berta) = team("Hörde", "anna", "berta")
    _, (fremd,) = team("Hombruch", "fremd")
    row = asked(hoerde, remark=PLANTED["remark"], wished="vormittag")
    for user in (anna, berta):
        page = read(signed_in(user))
        for word in ("1 Anliegen", "0 89 / 99 99 89 87", PLANTED["name"], PLANTED["remark"], "vormittags"):
            assert word in page.text, word
    other = signed_in(fremd)
    assert "Niemand wartet." in read(other).text
    for path in ("", "weitergeben/", "brief/"):
        assert other.get(f"{LIST}{row.pk}/{path}").status_code == 404
    assert other.post(f"{LIST}{row.pk}/", {"tun": "erledigt"}).status_code == 404
    for role in (Role.EDITORS, Role.TECHNICAL, Role.EVALUATION):
        user = make_user(f"konto-{role}")
        make_membership(user, role)
        assert signed_in(user).get(LIST).status_code == 404
    hall = make_user("halle")
    make_membership(hall, Role.HALL, venue=make_venue("Halle"))
    assert signed_in(hall).get(LIST).status_code == 404
    assert Concern.objects.count() == 1


def test_the_most_urgent_comes_first_and_whom_one_just_tried_last():
    office, (anna,) = team()
    offering = make_offering("Tanztee")
    date = make_date(offering, 3)
    later, late, tried = asked(office, in_days=3), asked(office, in_days=-1), asked(office, in_days=-2)
    company = asked(office, in_days=9, kind="begleitung", offering=offering, for_date=date.date)
    concerns.date_cancelled([date])
    client = signed_in(anna)
    act(client, tried, "niemand")
    page = read(client)
    order = [one["id"].removeprefix("a-") for one in page.all("article")]
    assert order == [str(one.pk) for one in (company, late, later, tried)]
    assert "Fällt aus: bitte heute Bescheid sagen." in page.text
    assert page.text.count("bitte gleich.") == 2 and "Bei 2 ist der zugesagte Tag vorbei." in page.text


def test_the_deputy_sees_it_when_the_promised_day_is_over_and_not_before():
    hoerde, (anna,) = team("Hörde", "anna")
    hombruch, (theo,) = team("Hombruch", "theo")
    row = asked(hoerde, in_days=0, deputy=hombruch)
    other = signed_in(theo)
    assert "Niemand wartet." in read(other).text
    assert other.get(f"{LIST}{row.pk}/").status_code == 404
    assert concerns.waiting(theo, timezone.localdate()) is None
    Concern.objects.update(answer_by=timezone.localdate() - dt.timedelta(days=1))
    page = read(other)
    assert PLANTED["name"] in page.text and "Sie vertreten das Seniorenbüro Hörde." in page.text
    assert concerns.waiting(theo, timezone.localdate())["late"] == 1
    assert PLANTED["name"] in read(signed_in(anna)).text
    assert act(other, row, "erledigt").status_code == 303
    assert not Concern.objects.exists()


def test_coordinators_and_houses_have_lists_of_their_own():
    team("Hörde", "anna")
    verband = make_carrier("Verband")
    branch = make_carrier("Ortsverein", parent=verband)
    hall, house = make_venue("Halle"), make_house()
    koordination, leitung, andere = (make_user(name) for name in ("koordination", "leitung", "andere"))
    make_membership(koordination, Role.COORDINATION, carrier=verband)
    make_membership(andere, Role.COORDINATION, carrier=make_carrier("Anderer Verband"))
    make_membership(leitung, Role.HOUSE, venue=house)
    asked(hall, team_venue=None, team_carrier=branch, name="Anruferin der Halle")
    asked(house, name="Anruferin des Hauses")
    assert "Anruferin der Halle" in read(signed_in(koordination)).text
    assert "Anruferin des Hauses" in read(signed_in(leitung)).text
    assert "des Hauses" not in read(signed_in(koordination)).text
    assert "Niemand wartet." in read(signed_in(andere)).text


def test_reached_and_nobody_there_are_kept_once_and_free_it_again():
    office, (anna, berta) = team("Hörde", "anna", "berta")
    row = asked(office)
    client = signed_in(anna)
    assert act(client, row, "uebernehmen")["Location"].endswith(f"{row.pk}/")
    assert "anna ruft gerade an." in read(signed_in(berta)).text
    number = number_on(client, f"{LIST}{row.pk}/")
    for _ in range(2):  # a double click
        act(client, row, "niemand", number)
    attempt = CallAttempt.objects.get()
    assert (attempt.outcome, attempt.by, attempt.day) == ("niemand", anna, timezone.localdate())
    act(signed_in(berta), row, "erreicht")
    page = read(signed_in(berta))
    assert "niemand da (anna)" in page.text and "erreicht, bleibt offen (berta)" in page.text
    assert "ruft gerade an" not in page.text


def test_a_claim_ends_with_its_half_of_the_day():
    office, (anna, berta) = team("Hörde", "anna", "berta")
    row = asked(office)
    now = timezone.localtime()
    assert concerns.claim(row, anna, now) and not concerns.claim(row, berta, now)
    assert concerns.claim(row, anna, now)  # a double click
    tomorrow = now + dt.timedelta(days=1)
    assert concerns.claim(row, berta, tomorrow)
    act(signed_in(berta), row, "zurueckgeben")
    row.refresh_from_db()
    assert row.claimed_by is None and row.claimed_on is None


def test_whoever_comes_second_is_told_who_is_calling():
    office, (anna, berta) = team("Hörde", "anna", "berta")
    row = asked(office)
    number = number_on(signed_in(berta), f"{LIST}{row.pk}/")  # the page as it was before anna
    act(signed_in(anna), row, "uebernehmen")
    second = signed_in(berta)
    for what in ("uebernehmen", "niemand", "erledigt"):
        act(second, row, what, number)
        assert "anna" in read(second).text
    row.refresh_from_db()
    assert row.claimed_by == anna and not CallAttempt.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_of_many_who_claim_at_once_one_wins():
    office, people = team("Hörde", *(f"person-{number}" for number in range(6)))
    row = asked(office)
    together, won = threading.Barrier(len(people)), []

    def claim(user: User) -> None:
        together.wait()
        try:
            if concerns.claim(row, user, timezone.localtime()):
                won.append(user)
        finally:
            connection.close()

    threads = [threading.Thread(target=claim, args=(user,)) for user in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    row.refresh_from_db()
    assert len(won) == 1 and row.claimed_by == won[0]


@pytest.mark.django_db(transaction=True)
def test_of_two_who_settle_at_once_one_does_and_the_ledger_has_one_line():
    office, _ = team()
    row = asked(office)
    together, answers = threading.Barrier(2), []

    def settle() -> None:
        together.wait()
        try:
            answers.append(concerns.settle(row, timezone.localdate()))
        finally:
            connection.close()

    threads = [threading.Thread(target=settle) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == [False, True]
    assert Deletion.objects.count() == 1


def test_done_deletes_everything_and_twice_is_said():
    office, (anna,) = team()
    row = asked(office)
    client = signed_in(anna)
    act(client, row, "niemand")
    act(client, row, "erledigt")
    assert not Concern.objects.exists() and not CallAttempt.objects.exists()
    line = Deletion.objects.get()
    assert (line.label, line.number, line.day) == ("seniorportal.Concern", str(row.pk), timezone.localdate())
    assert client.post(f"{LIST}{row.pk}/", {"tun": "erledigt"}).status_code == 303
    assert "Das ist schon erledigt und gelöscht." in read(client).text
    assert client.get(f"{LIST}{row.pk}/weitergeben/").status_code == 303


def test_to_a_colleague_or_to_another_office():
    hoerde, (anna, berta) = team("Hörde", "anna", "berta")
    hombruch, (theo,) = team("Hombruch", "theo")
    row = asked(hoerde, deputy=hombruch)
    client, path = signed_in(anna), f"{LIST}{row.pk}/weitergeben/"
    page = read(client, path)
    assert "berta" in page.text and "Seniorenbüro Hombruch" in page.text
    assert "Bitte wählen Sie aus, wer übernimmt." in check_page(client.post(path, {}).content.decode()).text
    client.post(path, {"an": f"k{berta.pk}"})
    row.refresh_from_db()
    assert row.claimed_by == berta
    until = row.answer_by
    assert client.post(path, {"an": f"b{hombruch.pk}"}).status_code == 303
    row.refresh_from_db()
    assert (row.team_venue, row.deputy, row.claimed_by, row.answer_by) == (hombruch, hoerde, None, until)
    assert "Niemand wartet." in read(client).text and client.get(path).status_code == 404
    assert row.name == PLANTED["name"] and PLANTED["name"] in read(signed_in(theo)).text
    assert signed_in(theo).post(path, {"an": "b999999"}).status_code == 200  # no such office


def test_the_letter_carries_address_and_programme_and_goes_with_the_row():
    office, (anna,) = team()
    offering = make_offering("Tanztee", venue=office)
    make_date(offering, 4)
    row = asked(office, kind="post", phone=None, address=PLANTED["address"])
    client = signed_in(anna)
    answer = client.get(f"{LIST}{row.pk}/brief/")
    said = answer.content.decode()
    assert answer.status_code == 200 and "no-store" in answer["Cache-Control"]
    assert "Quittenpfad 77<br>44263 Dortmund" in said and "Tanztee" in said and PLANTED["name"] in said
    other = asked(office)
    assert client.get(f"{LIST}{other.pk}/brief/").status_code == 404
    act(client, row, "erledigt")
    assert client.get(f"{LIST}{row.pk}/brief/").status_code == 404


def test_the_list_on_paper_has_boxes():
    office, (anna,) = team()
    asked(office)
    said = signed_in(anna).get(f"{LIST}drucken/").content.decode()
    assert "☐ erledigt" in said and PLANTED["name"] in said and "vertraulich" in said


def test_without_use_it_locks_after_a_quarter_of_an_hour_and_keeps_what_was_pressed():
    office, (anna,) = team()
    row = asked(office)
    client = signed_in(anna)
    number = number_on(client, f"{LIST}{row.pk}/")
    session = client.session
    session[personal.SEEN] = time.time() - 15 * 60 - 1
    session.save()
    for path in (LIST, f"{LIST}drucken/", f"{LIST}{row.pk}/", f"{LIST}{row.pk}/weitergeben/"):
        locked = client.get(path)
        assert locked.status_code == 401 and PLANTED["name"] not in locked.content.decode()
    locked = act(client, row, "niemand", number)
    assert locked.status_code == 401 and not CallAttempt.objects.exists()
    assert number in locked.content.decode()  # waits in the page of the lock
    assert client.get("/uebersicht/").status_code == 200  # the rest stays open


def test_the_overview_names_a_number_and_nobody():
    office, (anna,) = team()
    asked(office, in_days=-1)
    text = read(signed_in(anna, unlocked=False), "/uebersicht/").text
    assert "Ein Anliegen wartet auf der Anrufliste, bei 1 ist der zugesagte Tag vorbei." in text
    assert not any(word in text for word in (PLANTED["name"], "99998", "99 99 89 87"))


def test_a_row_from_elsewhere_stays_closed_and_the_others_are_there():
    office, (anna,) = team()
    asked(office, name="Lesbar Beispiel")
    row = asked(office)
    table = Concern._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {table} SET phone = (SELECT name FROM {table} WHERE id = %s) WHERE id = %s",
            [row.pk, row.pk],
        )
    page = read(signed_in(anna))
    assert "Lesbar Beispiel" in page.text and "Bitte wenden Sie sich an die Technik" in page.text


def test_the_list_costs_the_same_at_2_and_at_20_rows():
    office, (anna,) = team()
    client = signed_in(anna)
    numbers = []
    for more in (2, 18):
        for _ in range(more):
            row = asked(office)
            concerns.tried(row, anna, "niemand", row.pk, timezone.localtime())
        client.get(LIST)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            client.get(LIST)
        numbers.append(len([q for q in queries if "SAVEPOINT" not in q["sql"]]))
    assert numbers[0] == numbers[1] <= 10, numbers


def test_over_the_time_it_goes_even_if_nobody_ever_calls():
    office, _ = team()
    kept, gone = asked(office, in_days=-Concern.KEPT_DAYS), asked(office, in_days=-Concern.KEPT_DAYS - 1)
    assert list(concerns.over(timezone.localdate())) == [gone] and kept.last_day == timezone.localdate()


def test_the_buttons_bring_the_token_along():
    """As a browser sends them: with what stands in the form, and nothing else."""
    office, (anna,) = team()
    row = asked(office)
    client = signed_in(anna)
    client.handler.enforce_csrf_checks = True
    for path in (LIST, f"{LIST}{row.pk}/"):
        forms = check_page(client.get(path).content.decode()).all("form")
        tokens = re.findall(r'name="csrfmiddlewaretoken" value="([^"]+)"', client.get(path).content.decode())
        assert len(tokens) == len(forms) == 2, path
    said = {"tun": "uebernehmen", "csrfmiddlewaretoken": tokens[0]}
    assert client.post(f"{LIST}{row.pk}/", said).status_code == 303
    row.refresh_from_db()
    assert row.claimed_by == anna
    assert client.post(f"{LIST}{row.pk}/", {"tun": "erledigt"}).status_code == 403
