"""The rules of the shared model; each app brings its own in its ``access.py``."""

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

from django.db.models import Model, Q, QuerySet
from django.utils import timezone

from seniorportal import register
from seniorportal.access import (
    CALL_OFF,
    CHANGE_ONLY,
    EDIT,
    EDIT_EXPORT,
    READ,
    READ_EXPORT,
    Bearing,
    By,
    Grant,
    Right,
    Rule,
    memberships,
)
from seniorportal.models import (
    Absence,
    AccessibilityFact,
    Address,
    CalendarDay,
    CallAttempt,
    Card,
    Carrier,
    Case,
    Category,
    Certificate,
    Closure,
    Companion,
    Concern,
    ConsultationNote,
    ConsultationTopic,
    ContactHours,
    ContactPoint,
    Deletion,
    District,
    EmergencyNumber,
    Engagement,
    FacetChange,
    FacetCount,
    Feedback,
    FormUse,
    HandOver,
    Idea,
    ImportRow,
    ImportRun,
    JobRun,
    Language,
    Link,
    Need,
    Notice,
    NoticeDate,
    Occurrence,
    Offering,
    OfferingShare,
    OfferingTemplate,
    OfferingTranslation,
    Opening,
    OpeningHours,
    OutgoingMail,
    Page,
    Parameter,
    Partner,
    PartnerContact,
    PartnerMerge,
    PartnersApart,
    PlaceAlias,
    Population,
    Quarter,
    ReportArea,
    Role,
    Room,
    Street,
    Synonym,
    TargetGroup,
    TopicPage,
    UnmetSearch,
    User,
    Venue,
    VenueTranslation,
    Visit,
    Volunteer,
    VolunteerName,
)

Paths = dict[By, str | tuple[str, ...]]


def at_office(venue: str) -> Callable[[User], Q]:
    """Rows of a Seniorenbüro, which coordinators of a carrier or district never reach; ``venue`` leads to the venue."""
    path = f"{venue}__report_area" if venue else "report_area"
    return lambda user: Q(**{f"{path}": ReportArea.OFFICES}) & Q(**{f"{path}__isnull": False})


def of_venue(venue: str) -> Paths:
    """Paths of what hangs on exactly one venue."""
    return {By.CARRIER: f"{venue}__carriers", By.DISTRICT: f"{venue}__district", By.VENUE: venue}


def of_offering(prefix: str) -> Paths:
    """Paths of the programme: carriers and district of the venue, or the offering's own where they differ."""
    return {
        By.CARRIER: (f"{prefix}venue__carriers", f"{prefix}carriers"),
        By.DISTRICT: (f"{prefix}venue__district", f"{prefix}district"),
        By.VENUE: f"{prefix}venue",
    }


def details_of_venue(model: type[Model], venue: str) -> Rule:
    """Hours, contacts, access, texts: kept by whoever keeps the venue."""
    return Rule(
        model,
        {
            Role.COORDINATION: [Grant(EDIT, By.CARRIER, never=at_office(venue))],
            Role.VORORT: [Grant(READ, By.DISTRICT)],
            Role.HALL: [Grant(READ, By.VENUE)],
            Role.HOUSE: [Grant(EDIT, By.VENUE)],
            Role.TANDEM: [Grant(EDIT, By.VENUE), Grant(READ, By.OFFICE_DISTRICT)],
            Role.EVALUATION: [Grant(READ, By.CARRIER)],
            Role.EDITORS: [Grant(READ, By.EVERYWHERE)],
        },
        of_venue(venue),
        public=Q(**{f"{venue}__published": True}),
        bearers={Link.Kind.CONFIRM: Bearing(READ, venue)},
    )


CALLED_OFF_AHEAD = 14  # days that the code of a hall reaches


def of_the_next_days() -> Q:
    today = timezone.localdate()
    return Q(date__range=(today, today + dt.timedelta(days=CALLED_OFF_AHEAD)))


def closes(*fields: str, offices: bool = True) -> Callable[[User], Q]:
    """Closings that a role does not make: of a carrier, of a district, of an office."""

    def never(user: User) -> Q:
        found = at_office("venue")(user) if offices else Q(pk__in=[])
        for field in fields:
            found |= Q(**{f"{field}__pk__isnull": False})
        return found

    return never


def programme(
    model: type[Model],
    prefix: str,
    hall: frozenset[Right],
    bearers: Mapping[Link.Kind, Bearing],
    calls_off: frozenset[Right] = frozenset(),
) -> Rule:
    """Offerings, their texts and their dates; ``prefix`` leads to the offering.

    ``calls_off``: what everybody who looks after the place may do as well, the Seniorenbüro of the district included.
    """
    venue = f"{prefix}venue"
    return Rule(
        model,
        {
            Role.COORDINATION: [Grant(EDIT_EXPORT | calls_off, By.CARRIER, never=at_office(venue))],
            Role.VORORT: [Grant(EDIT_EXPORT | calls_off, By.DISTRICT, never=at_office(venue))],
            Role.HALL: [Grant(hall | calls_off, By.VENUE)],
            Role.HOUSE: [Grant(EDIT_EXPORT | calls_off, By.VENUE)],
            Role.TANDEM: [Grant(EDIT | calls_off, By.VENUE), Grant(READ | calls_off, By.OFFICE_DISTRICT)],
            Role.EVALUATION: [Grant(READ_EXPORT, By.CARRIER)],
            Role.EDITORS: [Grant(READ, By.EVERYWHERE)],
        },
        of_offering(prefix),
        public=Q(**{f"{prefix}published": True})
        & (Q(**{f"{venue}__isnull": True}) | Q(**{f"{venue}__published": True})),
        bearers=bearers,
    )


def of_a_carrier_above(user: User) -> Q:
    """Templates that come from above: a branch works from them and leaves them as they are."""
    own = [m.carrier_id for m in memberships(user) if m.role == Role.COORDINATION and m.carrier_id]
    return ~Q(carrier__pk__in=Carrier.objects.below(own).order_by().values("pk"))


def vocabulary(model: type[Model]) -> Rule:
    return Rule(model, {Role.EDITORS: [Grant(EDIT, By.EVERYWHERE)]}, public=Q(), staff=True)


def rarely_missed(user: User) -> Q:
    """Words looked for in vain only once or twice, in the city or in one district, say more about one person than about
    the programme."""
    return ~Q(pk__in=UnmetSearch.objects.of_seen_often().values("pk"))


def of_office(model: type[Model], office: str) -> Rule:
    """What only the people of one Seniorenbüro see; ``office`` leads to its venue."""
    return Rule(model, {Role.TANDEM: [Grant(EDIT, By.VENUE)]}, {By.VENUE: office})


def of_another_body(user: User) -> Q:
    """Walled rows of an employer for whom the person does not work in that office."""
    own = Q(pk__in=[])
    for membership in memberships(user):
        if membership.role == Role.TANDEM:
            own |= Q(office=membership.venue_id, body=membership.employer_id)
    return ~own


def walled(model: type[Model]) -> Rule:
    """What the wall of the database says, said once more by the door."""
    return Rule(model, {Role.TANDEM: [Grant(EDIT, By.VENUE, never=of_another_body)]}, {By.VENUE: "office"})


def of_others(path: str) -> Callable[[User], Q]:
    """Imports that somebody else made; ``path`` leads to the account."""
    return lambda user: ~Q(**{path: user.pk})


def own_imports(model: type[Model], path: str, rights: frozenset[Right]) -> Rule:
    """For those who may add venues or offerings: what a file did, each sees her own."""
    planners = (Role.COORDINATION, Role.VORORT, Role.HOUSE, Role.TANDEM)
    return Rule(model, {role: [Grant(rights, By.EVERYWHERE, never=of_others(path))] for role in planners})


DAYS_ON_THE_WALL = 7  # how far back a wall sheet lets somebody correct


def at_the_door_these_days() -> Q:
    today = timezone.localdate()
    days = (today - dt.timedelta(days=DAYS_ON_THE_WALL), today)
    return Q(scope=Visit.Scope.DAY, first_day__range=days)


def about_an_office(user: User) -> Q:
    return at_office("venue")(user) | at_office("offering__venue")(user)


def of_another_in_charge(role: Role) -> Callable[[User], Q]:
    """People behind an idea are seen by the one coordinator in charge of it, however many may read the idea."""
    return lambda user: ~Q(idea__owner_role=role)


def not_on_duty(user: User) -> Q:
    """Requests of other teams; those for which her office stands in count as its own once the promised day is over."""
    own = Q(pk__in=[])
    for membership in memberships(user):
        if membership.role == Role.COORDINATION:
            carriers = Carrier.objects.below([membership.carrier_id or 0]).order_by().values("pk")
            own |= Q(team_carrier__in=carriers)
        elif membership.role in (Role.HOUSE, Role.TANDEM):
            own |= Q(team_venue=membership.venue_id)
            own |= Q(deputy=membership.venue_id, answer_by__lt=timezone.localdate())
            own |= Q(team_venue__in=offices_covered_by(membership.venue_id))
    return ~own


def offices_covered_by(office: int | None) -> QuerySet[Absence, Any]:
    """The offices somebody of which is away today, with this one standing in."""
    away = Absence.objects.active_on(timezone.localdate()).filter(deputy_office=office)
    return away.order_by().values("office")


def of_the_office_covered(user: User) -> Q:
    """Absences and hand-overs of an office that hers stands in for: she reads them, their own office writes them."""
    own = [m.venue_id for m in memberships(user) if m.role == Role.TANDEM]
    return ~Q(office__in=own)


def not_on_duty_for(user: User) -> Q:
    return ~Q(concern__in=Concern.objects.exclude(not_on_duty(user)).order_by().values("pk"))


# Who plans what there should be: the map of needs, and what it is made of.
PLANNERS = (Role.EDITORS, Role.COORDINATION, Role.VORORT, Role.TANDEM, Role.EVALUATION)

register.rules(
    [
        Rule(District, public=Q(), staff=True),
        Rule(Quarter, public=Q(), staff=True),
        Rule(CalendarDay, public=Q(), staff=True),
        Rule(Card, public=Q()),  # made from published rows only
        Rule(FacetCount, public=Q()),
        Rule(FacetChange, public=Q()),
        Rule(
            Feedback,
            {
                Role.COORDINATION: [Grant(CHANGE_ONLY, By.CARRIER, never=about_an_office)],
                Role.VORORT: [Grant(CHANGE_ONLY, By.DISTRICT, never=about_an_office)],
                Role.HOUSE: [Grant(CHANGE_ONLY, By.VENUE)],
                Role.TANDEM: [Grant(CHANGE_ONLY, By.VENUE)],
                Role.EDITORS: [Grant(CHANGE_ONLY, By.EVERYWHERE)],
            },
            {
                By.CARRIER: ("venue__carriers", "offering__venue__carriers", "offering__carriers"),
                By.DISTRICT: ("venue__district", "offering__venue__district", "offering__district"),
                By.VENUE: ("venue", "offering__venue"),
            },
            public=Q(),  # its state and its answer; no page shows what somebody wrote
        ),
        Rule(
            Concern,
            {
                Role.COORDINATION: [Grant(CHANGE_ONLY, By.CARRIER, never=not_on_duty)],
                Role.HOUSE: [Grant(CHANGE_ONLY, By.VENUE, never=not_on_duty)],
                Role.TANDEM: [Grant(CHANGE_ONLY, By.VENUE, never=not_on_duty)],
            },
            {
                By.CARRIER: "team_carrier",
                By.VENUE: ("team_venue", "deputy", "team_venue__absences__deputy_office"),
            },
            public=Q(),  # who calls until when; no page shows what somebody wrote
        ),
        Rule(
            CallAttempt,
            {
                Role.COORDINATION: [Grant(EDIT, By.CARRIER, never=not_on_duty_for)],
                Role.HOUSE: [Grant(EDIT, By.VENUE, never=not_on_duty_for)],
                Role.TANDEM: [Grant(EDIT, By.VENUE, never=not_on_duty_for)],
            },
            {
                By.CARRIER: "concern__team_carrier",
                By.VENUE: (
                    *("concern__team_venue", "concern__deputy"),
                    "concern__team_venue__absences__deputy_office",
                ),
            },
        ),
        Rule(
            Absence,
            {
                Role.TANDEM: [
                    Grant(READ, By.VENUE),
                    Grant(EDIT, By.VENUE, never=of_the_office_covered),
                ]
            },
            {By.VENUE: ("office", "deputy_office")},
            # Until when a language is missing; no page says who is away.
            public=Q(office__published=True),
        ),
        Rule(
            HandOver,
            {
                Role.TANDEM: [
                    Grant(READ, By.VENUE),
                    Grant(frozenset({Right.ADD}), By.VENUE, never=of_the_office_covered),
                ]
            },
            {By.VENUE: ("office", "taking_office")},
        ),
        Rule(FormUse),
        *(Rule(m, {Role.TECHNICAL: [Grant(READ, By.EVERYWHERE)]}) for m in (JobRun, OutgoingMail, Deletion)),
        Rule(Street),
        Rule(Address),
        *map(vocabulary, (Category, TargetGroup, Language, ConsultationTopic)),
        *map(vocabulary, (Synonym, PlaceAlias, Need)),
        *(
            Rule(model, {Role.EDITORS: [Grant(EDIT, By.EVERYWHERE)]}, public=Q(published=True), staff=True)
            for model in (TopicPage, EmergencyNumber)
        ),
        Rule(Page, {Role.EDITORS: [Grant(CHANGE_ONLY, By.EVERYWHERE)]}, public=Q(), staff=True),
        Rule(UnmetSearch, {role: [Grant(READ, By.EVERYWHERE, never=rarely_missed)] for role in PLANNERS}),
        Rule(Parameter, {Role.EDITORS: [Grant(EDIT, By.EVERYWHERE)]}, staff=True),
        Rule(
            Population,
            {role: [Grant(READ, By.EVERYWHERE)] for role in PLANNERS}
            | {Role.EDITORS: [Grant(EDIT, By.EVERYWHERE)]},
        ),
        Rule(
            Opening,
            {
                Role.COORDINATION: [Grant(EDIT, By.CARRIER, never=at_office("venue"))],
                Role.VORORT: [Grant(EDIT, By.DISTRICT, never=at_office("venue"))],
                Role.HALL: [Grant(READ, By.VENUE)],
                Role.HOUSE: [Grant(EDIT, By.VENUE)],
                Role.TANDEM: [Grant(EDIT, By.VENUE), Grant(READ, By.OFFICE_DISTRICT)],
                Role.EDITORS: [Grant(READ, By.EVERYWHERE)],
            },
            of_venue("venue"),
            public=Q(published=True, venue__published=True),
        ),
        Rule(
            Idea,
            {
                Role.COORDINATION: [Grant(CHANGE_ONLY, By.CARRIER)],
                Role.VORORT: [Grant(CHANGE_ONLY, By.DISTRICT)],
                Role.EDITORS: [Grant(CHANGE_ONLY, By.EVERYWHERE)],
            },
            {By.CARRIER: "carrier", By.DISTRICT: "district"},
            public=Q(state=Idea.State.PUBLIC),
        ),
        Rule(
            Companion,
            {
                Role.COORDINATION: [
                    Grant(CHANGE_ONLY, By.CARRIER, never=of_another_in_charge(Role.COORDINATION))
                ],
                Role.VORORT: [Grant(CHANGE_ONLY, By.DISTRICT, never=of_another_in_charge(Role.VORORT))],
                Role.EDITORS: [Grant(CHANGE_ONLY, By.EVERYWHERE, never=of_another_in_charge(Role.EDITORS))],
            },
            {By.CARRIER: "idea__carrier", By.DISTRICT: "idea__district"},
        ),
        Rule(
            Carrier,
            {
                Role.COORDINATION: [Grant(READ, By.CARRIER)],
                Role.EVALUATION: [Grant(READ, By.CARRIER)],
                Role.EDITORS: [Grant(EDIT, By.EVERYWHERE)],
                Role.TECHNICAL: [Grant(READ, By.EVERYWHERE)],
                Role.VORORT: [Grant(READ, By.DISTRICT)],
                Role.HOUSE: [Grant(READ, By.VENUE)],
                Role.TANDEM: [Grant(READ, By.VENUE)],
            },
            {By.CARRIER: "pk", By.DISTRICT: "venues__district", By.VENUE: "venues"},
            public=Q(),
        ),
        Rule(
            Venue,
            {
                Role.COORDINATION: [Grant(EDIT_EXPORT, By.CARRIER, never=at_office(""))],
                Role.VORORT: [Grant(READ_EXPORT, By.DISTRICT)],
                Role.HALL: [Grant(READ, By.VENUE)],
                Role.HOUSE: [Grant(CHANGE_ONLY, By.VENUE)],
                Role.TANDEM: [Grant(CHANGE_ONLY, By.VENUE), Grant(READ, By.OFFICE_DISTRICT)],
                Role.EVALUATION: [Grant(READ_EXPORT, By.CARRIER)],
                Role.EDITORS: [Grant(READ, By.EVERYWHERE)],
                Role.TECHNICAL: [Grant(READ, By.EVERYWHERE)],
            },
            {By.CARRIER: "carriers", By.DISTRICT: "district", By.VENUE: "pk"},
            public=Q(published=True),
            bearers={Link.Kind.CONFIRM: Bearing(CHANGE_ONLY, "pk")},
        ),
        *(
            details_of_venue(m, "venue")
            for m in (OpeningHours, Closure, ContactPoint, AccessibilityFact, Room)
        ),
        details_of_venue(ContactHours, "contact_point__venue"),
        details_of_venue(VenueTranslation, "of"),
        programme(Offering, "", hall=READ, bearers={Link.Kind.CONFIRM: Bearing(CHANGE_ONLY, "venue")}),
        programme(
            Occurrence,
            "offering__",
            hall=CHANGE_ONLY,
            calls_off=CALL_OFF,
            bearers={
                Link.Kind.CONFIRM: Bearing(READ, "offering__venue"),
                Link.Kind.CANCEL: Bearing(READ | CALL_OFF, "offering__venue", only=of_the_next_days),
            },
        ),
        Rule(
            Notice,
            {
                Role.COORDINATION: [Grant(EDIT, By.CARRIER, never=closes("district"))],
                Role.VORORT: [Grant(EDIT, By.DISTRICT, never=closes("carrier"))],
                Role.HOUSE: [Grant(EDIT, By.VENUE, never=closes("carrier", "district", offices=False))],
                Role.TANDEM: [Grant(EDIT, By.VENUE, never=closes("carrier", "district", offices=False))],
                Role.EDITORS: [Grant(EDIT, By.EVERYWHERE)],
            },
            {
                By.CARRIER: ("carrier", "venue__carriers"),
                By.DISTRICT: ("district", "venue__district"),
                By.VENUE: "venue",
            },
            public=Q(),
        ),
        Rule(NoticeDate),
        programme(OfferingTranslation, "of__", hall=READ, bearers={}),
        Rule(
            OfferingShare,
            {
                Role.COORDINATION: [Grant(EDIT_EXPORT, By.CARRIER, never=at_office("offering__venue"))],
                Role.VORORT: [Grant(EDIT, By.DISTRICT, never=at_office("offering__venue"))],
                Role.HOUSE: [Grant(EDIT, By.VENUE)],
                Role.EVALUATION: [Grant(READ_EXPORT, By.CARRIER)],
            },
            {
                By.CARRIER: ("carrier", "offering__venue__carriers", "offering__carriers"),
                By.DISTRICT: ("offering__venue__district", "offering__district"),
                By.VENUE: "offering__venue",
            },
        ),
        Rule(
            OfferingTemplate,
            {
                Role.COORDINATION: [
                    Grant(READ, By.CARRIER),
                    Grant(EDIT, By.CARRIER, never=of_a_carrier_above),
                ],
                Role.VORORT: [Grant(READ, By.DISTRICT)],
            },
            {
                By.CARRIER: ("carrier", "carrier__branches", "carrier__branches__branches"),
                By.DISTRICT: (
                    "carrier__venues__district",
                    "carrier__branches__venues__district",
                    "carrier__branches__branches__venues__district",
                ),
            },
        ),
        Rule(
            Visit,
            {
                Role.COORDINATION: [Grant(EDIT_EXPORT, By.CARRIER, never=at_office("venue"))],
                Role.VORORT: [Grant(EDIT_EXPORT, By.DISTRICT, never=at_office("venue"))],
                Role.HALL: [Grant(EDIT, By.VENUE)],
                Role.HOUSE: [Grant(EDIT_EXPORT, By.VENUE)],
                Role.TANDEM: [Grant(EDIT, By.VENUE)],
                Role.EVALUATION: [Grant(READ_EXPORT, By.CARRIER)],
            },
            {
                By.CARRIER: ("venue__carriers", "occurrence__offering__carriers"),
                By.DISTRICT: ("venue__district", "occurrence__offering__district"),
                By.VENUE: "venue",
            },
            bearers={Link.Kind.WALL: Bearing(EDIT, "venue", only=at_the_door_these_days)},
        ),
        Rule(
            Link,
            {
                Role.COORDINATION: [Grant(EDIT, By.CARRIER, never=at_office("venue"))],
                Role.VORORT: [Grant(EDIT, By.DISTRICT, never=at_office("venue"))],
                Role.HOUSE: [Grant(EDIT, By.VENUE)],
                Role.TANDEM: [Grant(EDIT, By.VENUE)],
            },
            of_venue("venue"),
        ),
        Rule(Volunteer, {Role.COORDINATION: [Grant(EDIT, By.CARRIER)]}, {By.CARRIER: "carrier"}),
        *(
            Rule(model, {Role.COORDINATION: [Grant(EDIT, By.CARRIER)]}, {By.CARRIER: "volunteer__carrier"})
            for model in (Certificate, VolunteerName)
        ),
        Rule(
            Engagement,
            {Role.COORDINATION: [Grant(EDIT, By.CARRIER, never=at_office("venue"))]},
            {By.CARRIER: "volunteer__carrier"},
        ),
        Rule(
            Partner,
            {
                Role.TANDEM: [Grant(EDIT, By.EVERYWHERE)],
                Role.HOUSE: [Grant(EDIT, By.EVERYWHERE)],
                Role.VORORT: [Grant(READ, By.DISTRICT)],
                Role.EVALUATION: [Grant(READ, By.EVERYWHERE)],
            },
            {By.DISTRICT: "districts"},
        ),
        Rule(
            PartnerContact,
            {
                Role.TANDEM: [Grant(READ, By.EVERYWHERE), Grant(EDIT, By.VENUE)],
                Role.HOUSE: [Grant(READ, By.EVERYWHERE), Grant(EDIT, By.VENUE)],
                Role.VORORT: [Grant(READ, By.DISTRICT)],
                Role.EVALUATION: [Grant(READ, By.EVERYWHERE)],
            },
            {By.DISTRICT: "partner__districts", By.VENUE: "venue"},
        ),
        Rule(
            PartnersApart,
            {role: [Grant(EDIT, By.EVERYWHERE)] for role in (Role.TANDEM, Role.HOUSE)},
        ),
        Rule(
            PartnerMerge,
            {
                Role.TANDEM: [Grant(EDIT, By.EVERYWHERE)],
                Role.HOUSE: [Grant(EDIT, By.EVERYWHERE)],
                Role.VORORT: [Grant(READ, By.DISTRICT)],
                Role.EVALUATION: [Grant(READ, By.EVERYWHERE)],
            },
            {By.DISTRICT: "kept__districts"},
        ),
        of_office(Case, "office"),
        walled(ConsultationNote),
        own_imports(ImportRun, "by", EDIT),
        own_imports(ImportRow, "run__by", READ),
    ]
)
