"""While somebody of an office is away: who rings, who sees it, and what is handed over."""

import threading

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from seniorportal import access, concerns, jobs, standing_in
from seniorportal.access import Right
from seniorportal.models import Absence, CallAttempt, Concern, HandOver, OutgoingMail
from seniorportal.privacy import declarations
from tests.concerns.people import WORDS, asked, signed_in
from tests.seniorenbuero.office_people import away, in_days, make_team, membership, today

pytestmark = pytest.mark.django_db
LIST = "/uebersicht/anrufe/"


def page(user, path=LIST):
    return signed_in(user).get(path).content.decode()


def sees(user):
    return set(access.visible(user, Right.CHANGE, Concern.objects.all()))


def test_whoever_took_a_call_looks_after_it_beyond_the_half_of_the_day():
    office, (anna, bodo) = make_team()
    row = asked(office)
    concerns.claim(row, anna, timezone.localtime())
    Concern.objects.update(claimed_on=in_days(-1))
    assert "Kümmert sich: Anna Amsel." in page(bodo)
    assert "ruft gerade an" not in page(bodo)


def test_while_she_is_away_the_list_names_her_deputy_as_the_one_who_rings():
    office, (anna, bodo) = make_team()
    asked(office, keeper=anna)
    assert "Es ruft an" not in page(bodo)
    away(anna, bodo)
    text = page(bodo)
    assert "Nicht da bis" in text and "Anna Amsel" in text
    assert "<strong>Es ruft an: Bodo Bussard</strong>, für Anna Amsel (nicht da bis" in text


def test_before_and_after_it_is_hers_again():
    office, (anna, bodo) = make_team()
    asked(office, keeper=anna)
    away(anna, bodo, first=1, last=3)
    away(anna, bodo, first=-9, last=-1)
    text = page(bodo)
    assert "Kümmert sich: Anna Amsel." in text and "Es ruft an" not in text


def test_a_deputy_who_is_away_herself_passes_it_on_and_a_ring_of_deputies_ends():
    office, (anna, bodo, clara) = make_team("Hörde", "Anna Amsel", "Bodo Bussard", "Clara Distel")
    away(anna, bodo)
    away(bodo, clara)
    chain = standing_in.rota(clara, today())
    assert chain.for_person(anna.pk, office.pk).person == clara
    away(clara, anna)
    ring = standing_in.rota(clara, today())
    assert ring.for_person(anna.pk, office.pk).person is None
    assert ring.for_person(anna.pk, office.pk).in_words == "jemand aus dem Team"


def test_an_office_that_stands_in_sees_the_open_calls_and_only_as_long():
    office, (anna, bodo) = make_team("Hörde", "Anna Amsel", "Bodo Bussard")
    other, (erna, _) = make_team("Hombruch", "Erna Elster", "Fritz Falke")
    third, (gerd, _) = make_team("Mengede", "Gerd Geier", "Hilde Habicht")
    row = asked(office)
    assert row not in sees(erna)
    absence = away(anna, other)
    assert row in sees(erna) and row not in sees(gerd)
    assert f"Sie vertreten das {office.name} bis" in page(erna)
    absence.active_from, absence.active_until = in_days(-5), in_days(-1)
    absence.save()
    assert row not in sees(erna)
    assert signed_in(erna).get(f"{LIST}{row.pk}/").status_code == 404


def test_the_office_that_stands_in_may_ring_and_settle_and_its_attempt_counts():
    office, (anna, _) = make_team("Hörde", "Anna Amsel", "Bodo Bussard")
    other, (erna, _) = make_team("Hombruch", "Erna Elster", "Fritz Falke")
    away(anna, other)
    row = asked(office)
    client = signed_in(erna)
    assert client.post(f"{LIST}{row.pk}/", {"tun": "erledigt"}).status_code == 303
    assert not Concern.objects.exists()


def test_an_absence_is_written_by_its_own_office_only():
    office, (anna, bodo) = make_team("Hörde", "Anna Amsel", "Bodo Bussard")
    other, (erna, _) = make_team("Hombruch", "Erna Elster", "Fritz Falke")
    third, (gerd, _) = make_team("Mengede", "Gerd Geier", "Hilde Habicht")
    absence = away(anna, other)
    assert access.may(bodo, Right.CHANGE, absence)
    assert access.may(erna, Right.SEE, absence) and not access.may(erna, Right.CHANGE, absence)
    assert not access.may(gerd, Right.SEE, absence)


def test_what_she_was_just_ringing_about_is_free_once_she_is_away():
    office, (anna, bodo) = make_team()
    row = asked(office)
    concerns.claim(row, anna, timezone.localtime())
    standing_in.left_by(away(anna, bodo, first=2), today())
    row.refresh_from_db()
    assert row.claimed_by == anna
    standing_in.left_by(away(anna, bodo, first=0, last=1), today())
    row.refresh_from_db()
    assert row.claimed_by is None and row.keeper == anna


def test_nobody_gives_it_to_somebody_who_is_away():
    office, (anna, bodo, clara) = make_team("Hörde", "Anna Amsel", "Bodo Bussard", "Clara Distel")
    row = asked(office)
    away(bodo, clara)
    assert list(concerns.colleagues(row, anna, today())) == [clara]


@pytest.mark.parametrize(
    "fields", [{}, {"deputy": "anna"}, {"deputy_office": "own"}, {"deputy": "bodo", "deputy_office": "x"}]
)
def test_exactly_one_stands_in_and_never_she_herself_or_her_own_office(fields):
    office, (anna, bodo) = make_team()
    other, _ = make_team("Hombruch", "Erna Elster", "Fritz Falke")
    known = {"anna": membership(anna), "bodo": membership(bodo), "own": office, "x": other}
    said = {name: known[value] for name, value in fields.items()}
    with pytest.raises(IntegrityError), transaction.atomic():
        Absence.objects.create(member=membership(anna), active_from=today(), **said)


def test_what_an_absence_says_about_others_is_checked_in_german():
    office, (anna, bodo) = make_team()
    away(anna, bodo, first=0, last=3)
    again = Absence(member=membership(anna), deputy=membership(bodo), active_from=in_days(2))
    with pytest.raises(ValidationError, match="Für diese Zeit ist schon eingetragen"):
        again.clean()
    too = Absence(member=membership(bodo), deputy=membership(anna), active_from=in_days(2))
    with pytest.raises(ValidationError, match="Anna Amsel ist selbst nicht da"):
        too.clean()


# Handing over


def test_all_at_once_to_a_colleague_and_the_promised_days_stay():
    office, (anna, bodo) = make_team()
    rows = [asked(office, keeper=anna, in_days=days) for days in (0, 1, 2)]
    free = asked(office)
    number = standing_in.hand_over(
        standing_in.open_of(office, anna), office, anna, bodo, anna, timezone.localtime()
    )
    assert number == 3
    for row in rows:
        before = row.answer_by
        row.refresh_from_db()
        assert (row.keeper, row.answer_by, row.team_venue) == (bodo, before, office)
        assert row.attempts.get().outcome == CallAttempt.Outcome.HANDED
    free.refresh_from_db()
    assert free.keeper is None and not free.attempts.exists()


def test_to_another_office_they_are_gone_here_and_there_without_asking_again():
    office, (anna, _) = make_team("Hörde", "Anna Amsel", "Bodo Bussard")
    other, (erna, _) = make_team("Hombruch", "Erna Elster", "Fritz Falke")
    row = asked(office, keeper=anna)
    standing_in.hand_over(standing_in.open_in(office), office, None, other, anna, timezone.localtime())
    row.refresh_from_db()
    assert (row.team_venue, row.keeper, row.deputy) == (other, None, office)
    assert row in sees(erna)
    assert "übergeben" in page(erna)


def test_the_trace_says_who_to_whom_when_and_how_many_and_nothing_of_it():
    office, (anna, bodo) = make_team()
    asked(office, keeper=anna)
    give = standing_in.open_of(office, anna)
    assert standing_in.hand_over(give, office, anna, bodo, anna, timezone.localtime()) == 1
    assert standing_in.hand_over(give, office, anna, bodo, anna, timezone.localtime()) == 0
    trace = HandOver.objects.get()
    assert (trace.giver, trace.taker, trace.number, trace.by, trace.day) == (anna, bodo, 1, anna, today())
    told = " ".join(str(getattr(trace, field.attname)) for field in HandOver._meta.concrete_fields)
    assert not any(word in told for word in WORDS)


def test_nobody_hands_over_what_she_does_not_see():
    office, (anna, _) = make_team("Hörde", "Anna Amsel", "Bodo Bussard")
    other, (erna, fritz) = make_team("Hombruch", "Erna Elster", "Fritz Falke")
    asked(office, keeper=anna)
    assert standing_in.hand_over(Concern.objects.all(), office, anna, fritz, erna, timezone.localtime()) == 0


def test_passing_on_a_single_one_leaves_the_same_trace():
    office, (anna, bodo) = make_team()
    row = asked(office)
    client = signed_in(anna)
    client.post(f"{LIST}{row.pk}/weitergeben/", {"an": f"k{bodo.pk}"})
    row.refresh_from_db()
    assert row.keeper == bodo
    assert HandOver.objects.get().taker == bodo


def test_of_an_absence_nothing_stays_and_traces_go_after_two_years():
    office, (anna, bodo) = make_team()
    over = away(anna, bodo, first=-60, last=-Absence.KEPT_DAYS - 1)
    kept = away(anna, bodo, first=-20, last=-Absence.KEPT_DAYS + 12)
    assert list(declarations.old_absences(today())) == [over]
    assert kept.pk != over.pk and not hasattr(Absence, "pgh_event_model")
    old = HandOver.objects.create(office=office, giver=anna, taker=bodo, number=1, by=anna, day=in_days(-800))
    HandOver.objects.create(office=office, giver=anna, taker=bodo, number=1, by=anna)
    assert list(declarations.old_hand_overs(today())) == [old]


def test_whoever_is_away_gets_no_reminder_and_her_deputy_does():
    office, (anna, bodo) = make_team()
    for one in (anna, bodo):
        one.email = f"{one.username}@beispiel.de"
        one.save()
    asked(office, keeper=anna, in_days=0)
    away(anna, bodo)
    jobs.remind()
    assert [mail.to for mail in OutgoingMail.objects.filter(kind=OutgoingMail.Kind.TASKS)] == [bodo]


@pytest.mark.django_db(transaction=True)
def test_two_who_hand_over_the_same_at_once_hand_it_over_once():
    office, people = make_team("Hörde", "Anna Amsel", "Bodo Bussard", "Clara Distel")
    anna, bodo, clara = people
    for _ in range(5):
        asked(office, keeper=anna)
    together, moved = threading.Barrier(2), []

    def give(taker):
        together.wait()
        try:
            give_away = standing_in.open_of(office, anna)
            number = standing_in.hand_over(give_away, office, anna, taker, anna, timezone.localtime())
            moved.append((number, taker))
        finally:
            connection.close()

    threads = [threading.Thread(target=give, args=(taker,)) for taker in (bodo, clara)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(number for number, _ in moved) == [0, 5]
    winner = next(taker for number, taker in moved if number)
    assert set(Concern.objects.values_list("keeper", flat=True)) == {winner.pk}
    trace = HandOver.objects.get()
    assert (trace.number, trace.taker) == (5, winner)
    assert CallAttempt.objects.count() == 5
