"""Two become one: every reference moves, of whatever model; a trace stays; of two who do it at once one does."""

import datetime as dt
import threading

import pytest
from django.apps import apps
from django.db import connection, models

from seniorenbuero.models import Attendance, RoundTable, RoundTableMeeting
from seniorportal.models import District, Partner, PartnerContact, PartnerMerge, PartnersApart
from seniorportal.partners import doubles, merging
from seniorportal.partners.doubles import in_order
from tests.cast import City
from tests.network.rows import store

State = Attendance.State


def partner(name: str, **fields) -> Partner:
    return Partner.objects.create(name=name, **fields)


def merge(kept: Partner, gone: Partner, user=None, **values) -> PartnerMerge:
    return merging.merge(kept.pk, gone.pk, values, [], user)


def meeting(office, day: dt.date = dt.date(2026, 3, 1)) -> RoundTableMeeting:
    return RoundTableMeeting.objects.create(
        round_table=RoundTable.objects.create(office=office, title="Tisch"), date=day
    )


def pointers() -> set[tuple[str, str]]:
    """Every column that points to a partner, found by walking over all models and not over the partner's relations."""
    found = set()
    for model in apps.get_models(include_auto_created=True):
        if hasattr(model, "pgh_tracked_model"):
            continue
        for field in model._meta.concrete_fields:
            if isinstance(field, models.ForeignKey) and field.related_model is Partner:
                found.add((model._meta.label, field.name))
    return found


def test_no_reference_is_forgotten():
    moved = {(pointer.model._meta.label, pointer.name) for pointer in merging.pointing(Partner)}
    assert moved == pointers()
    assert {("seniorenbuero.Attendance", "partner"), ("seniorportal.PartnerContact", "partner")} <= moved
    assert ("seniorportal.PartnerMerge", "kept") in moved  # so that old numbers lead to the last one


@pytest.mark.django_db
def test_everything_moves_and_the_trace_says_so(city: City):
    kept, gone = partner("Treff Erle"), partner("Treff Erle e.V.", phone="0231 123456", kind="verein")
    there = meeting(city.hoerde.office)
    Attendance.objects.create(meeting=there, partner=gone, state=State.PRESENT)
    spoke = PartnerContact.objects.create(
        partner=gone, venue=city.hoerde.office, date=dt.date(2026, 5, 1), occasion="Flyer"
    )
    user = city.people["tandem-hoerde"]
    trace = merge(kept, gone, user, phone="0231 123456")
    kept.refresh_from_db()
    assert not Partner.objects.filter(name="Treff Erle e.V.").exists()
    assert kept.phone == "0231 123456" and kept.version == 2
    assert list(kept.attendances.values_list("state", flat=True)) == [State.PRESENT]
    spoke.refresh_from_db()
    assert spoke.partner == kept and spoke.version == 2
    assert (trace.gone_name, trace.by) == ("Treff Erle e.V.", user)
    assert trace.gone_values["Telefon der Organisation"] == "0231 123456"
    assert trace.moved == [("Kontakte mit Netzwerkpartnern", 1), ("Teilnahmen", 1)]
    events = PartnerContact.pgh_event_model.objects.filter(pgh_obj_id=spoke.pk, pgh_label="update")  # type: ignore[attr-defined]
    assert events.get().partner_id == kept.pk
    history = Partner.pgh_event_models["delete"].objects.filter(id=trace.gone_key)  # type: ignore[attr-defined]
    assert history.filter(name="Treff Erle e.V.").exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "of_kept, of_gone, after",
    [
        (State.INVITED, State.PRESENT, State.PRESENT),
        (State.PRESENT, State.EXCUSED, State.PRESENT),
        (State.EXCUSED, State.INVITED, State.EXCUSED),
    ],
)
def test_both_at_one_meeting_is_one_that_came(city: City, of_kept, of_gone, after):
    kept, gone = partner("Treff Ulme"), partner("Treff Ulme e.V.")
    both, only = meeting(city.hoerde.office), meeting(city.hoerde.office)
    Attendance.objects.create(meeting=both, partner=kept, state=of_kept)
    Attendance.objects.create(meeting=both, partner=gone, state=of_gone)
    Attendance.objects.create(meeting=only, partner=gone)
    trace = merge(kept, gone)
    assert dict(kept.attendances.values_list("meeting", "state")) == {both.pk: after, only.pk: State.INVITED}
    assert len(trace.dropped) == 1 and "Treff Ulme e.V." in trace.dropped[0]


@pytest.mark.django_db
def test_the_number_of_whoever_went_first_leads_to_the_last():
    one, two, three = partner("Treff Eins"), partner("Treff Zwei"), partner("Treff Drei")
    merge(two, one)
    two.refresh_from_db()
    merge(three, two)
    assert merging.went_to(one.pk) == merging.went_to(two.pk) == three


@pytest.mark.django_db
def test_no_double_holds_for_whoever_stays():
    kept, gone, third = partner("Treff Eins"), partner("Treff Zwei"), partner("Treff Drei")
    for other in (kept, third):
        one, two = in_order(gone.pk, other.pk)
        PartnersApart.objects.create(one_id=one, other_id=two, said_on=dt.date(2026, 1, 5))
    merge(kept, gone)
    assert PartnersApart.objects.filter(said_on=dt.date(2026, 1, 5)).values_list(
        "one", "other"
    ).get() == in_order(kept.pk, third.pk)


@pytest.mark.django_db
def test_the_name_of_the_one_that_goes_may_stay():
    kept, gone = partner("Treff Buche"), partner("Begegnung Buche")
    merge(kept, gone, name="Begegnung Buche")
    assert Partner.objects.get(pk=kept.pk).name == "Begegnung Buche"


@pytest.mark.django_db
def test_what_somebody_changed_meanwhile_is_not_overwritten():
    kept, gone = partner("Treff Linde"), partner("Treff Linde e.V.")
    gone.phone = "0231 9"
    gone.save()
    with pytest.raises(merging.Stale):
        merging.merge(kept.pk, gone.pk, {}, [], None, versions=(1, 1))
    assert Partner.objects.filter(pk=gone.pk).exists()
    assert not PartnerMerge.objects.filter(gone_key=gone.pk).exists()


@pytest.mark.django_db
def test_districts_are_put_together(city: City):
    kept, gone = partner("Treff Birke"), partner("Treff Birke e.V.")
    districts = list(District.objects.all()[:2])
    gone.districts.set(districts)
    merging.merge(kept.pk, gone.pk, {}, [d.pk for d in districts], None)
    assert set(kept.districts.all()) == set(districts)


@pytest.mark.django_db
def test_seven_hundred_partners_without_their_doubles_lose_nothing(city: City):
    """Found, merged, counted: no row less but those that both had of one meeting, and each of these is named."""
    world = [city.hoerde.office, city.hombruch.office]
    before = Partner.objects.count()
    network = store(world)
    of_each = {
        (row.partner.name, row.meeting_id): row.state for row in Attendance.objects.select_related("partner")
    }
    contacts = PartnerContact.objects.count()
    assert Partner.objects.count() == before + 700
    planted = {frozenset(pair) for pair in network.doubles.items()}
    merged: dict[str, str] = {}
    for pair in doubles.open_pairs():
        if frozenset((pair.first.name, pair.second.name)) in planted:
            merging.merge(pair.first.pk, pair.second.pk, {}, [], None)
            merged[pair.second.name] = pair.first.name
    assert len(merged) >= 59
    assert Partner.objects.count() == before + 700 - len(merged)
    assert PartnerMerge.objects.filter(gone_name__in=merged).count() == len(merged)
    assert PartnerContact.objects.count() == contacts
    expected: dict[tuple[str, int], str] = {}
    for (name, at), state in of_each.items():
        key = (merged.get(name, name), at)
        weight = (State.INVITED, State.EXCUSED, State.PRESENT).index
        expected[key] = max(expected.get(key, state), state, key=lambda one: weight(State(one)))
    found = {(r.partner.name, r.meeting_id): r.state for r in Attendance.objects.select_related("partner")}
    assert found == expected
    dropped = sum(len(trace.dropped) for trace in PartnerMerge.objects.all())
    assert dropped == len(of_each) - len(expected)


def at_once(*acts) -> list[object]:
    """Each act on a connection of its own, all at the same moment; what each answered or raised."""
    together, answers = threading.Barrier(len(acts)), []

    def run(act) -> None:
        together.wait()
        try:
            answers.append(act())
        except merging.NotPossible as why:
            answers.append(why)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("crosswise", [False, True])
def test_of_two_offices_that_merge_one_pair_at_once_one_does(crosswise):
    from tests.figures.rows import make_office

    office = make_office()
    one, two = partner("Treff Eins"), partner("Treff Eins e.V.")
    for number in range(5):
        there = meeting(office, dt.date(2026, 3, 1 + number))
        Attendance.objects.create(meeting=there, partner=one if number % 2 else two)
    second = (two.pk, one.pk) if crosswise else (one.pk, two.pk)
    answers = at_once(
        lambda: merging.merge(one.pk, two.pk, {}, [], None), lambda: merging.merge(*second, {}, [], None)
    )
    [why] = [answer for answer in answers if isinstance(answer, merging.AlreadyMerged)]
    assert "wurde schon zusammengeführt: heute um" in str(why) and "nichts ist verloren" in str(why)
    left = Partner.objects.get()
    assert why.kept == left and PartnerMerge.objects.get().kept == left
    assert left.attendances.count() == 5


@pytest.mark.django_db(transaction=True)
def test_a_contact_that_is_entered_while_two_are_merged_is_not_lost():
    from tests.figures.rows import make_office

    office = make_office()
    one, two = partner("Treff Eins"), partner("Treff Eins e.V.")

    def enter() -> str:
        from django.db import IntegrityError

        try:
            PartnerContact.objects.create(
                partner=two, venue=office, date=dt.date(2026, 5, 1), occasion="Flyer"
            )
        except IntegrityError:
            return "gesagt"
        return "eingetragen"

    answers = at_once(lambda: merging.merge(one.pk, two.pk, {}, [], None), enter)
    said = PartnerContact.objects.count()
    assert ("eingetragen" in answers) == bool(said)
    if said and not Partner.objects.filter(pk=two.pk).exists():
        assert PartnerContact.objects.get().partner == one
