"""The shared model: one noun a file, in the order in which they build on each other."""

from .absence import Absence
from .account import Membership, Role, User
from .address import Address, Street
from .base import Conflict, Period, PeriodQuerySet, Record
from .calendar import CalendarDay
from .card import Card
from .carrier import Carrier
from .case import Case
from .concern import CallAttempt, Concern
from .consultation import AgeGroup, CareGrade, Consultation, ConsultationTopic
from .deletion import Deletion
from .district import District, Quarter
from .facet import FacetChange, FacetCount
from .feedback import Feedback, FormUse
from .handover import HandOver
from .hours import Closure, ContactHours, ContactPoint, OpeningHours, Weekday
from .importing import ImportRow, ImportRun
from .invitation import FactorReset, Invitation
from .job import JobRun, OutgoingMail
from .link import Link
from .note import ConsultationNote
from .notice import Notice, NoticeDate
from .offering import Occurrence, Offering, OfferingCarrier
from .page import Page
from .parameter import Parameter
from .partner import Partner, PartnerContact, PartnerMerge, PartnersApart
from .population import Population
from .room import Room
from .search import Need, PlaceAlias, Synonym, UnmetSearch
from .session import LoginSession
from .share import OfferingShare
from .taking_part import Companion, Idea, Opening
from .template import OfferingTemplate
from .topic import EmergencyNumber, TopicPage
from .translation import OfferingTranslation, Translation, VenueTranslation
from .venue import AccessibilityFact, Confirmable, ReportArea, Venue, VenueCarrier, free_slug
from .visit import Visit
from .vocabulary import Category, Language, TargetGroup
from .volunteer import Engagement, Volunteer
from .volunteering import Certificate, VolunteerName
from .walled import Walled

__all__ = [
    "Absence",
    "AccessibilityFact",
    "Address",
    "AgeGroup",
    "CalendarDay",
    "CallAttempt",
    "Card",
    "CareGrade",
    "Carrier",
    "Case",
    "Category",
    "Certificate",
    "Closure",
    "Concern",
    "Companion",
    "Confirmable",
    "Conflict",
    "Consultation",
    "ConsultationNote",
    "ConsultationTopic",
    "ContactHours",
    "ContactPoint",
    "Deletion",
    "District",
    "EmergencyNumber",
    "Engagement",
    "FacetChange",
    "FacetCount",
    "FactorReset",
    "Feedback",
    "FormUse",
    "Idea",
    "HandOver",
    "ImportRow",
    "ImportRun",
    "Invitation",
    "JobRun",
    "Language",
    "Link",
    "LoginSession",
    "Membership",
    "Need",
    "Notice",
    "NoticeDate",
    "Occurrence",
    "Offering",
    "OfferingCarrier",
    "OfferingShare",
    "OfferingTemplate",
    "OfferingTranslation",
    "Opening",
    "OpeningHours",
    "OutgoingMail",
    "Page",
    "Parameter",
    "Partner",
    "PartnerContact",
    "PartnerMerge",
    "PartnersApart",
    "Period",
    "PeriodQuerySet",
    "PlaceAlias",
    "Population",
    "Quarter",
    "Record",
    "ReportArea",
    "Role",
    "Room",
    "Street",
    "Synonym",
    "TargetGroup",
    "TopicPage",
    "Translation",
    "UnmetSearch",
    "User",
    "Venue",
    "VenueCarrier",
    "VenueTranslation",
    "Visit",
    "Volunteer",
    "VolunteerName",
    "Walled",
    "Weekday",
    "free_slug",
]
