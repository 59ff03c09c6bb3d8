"""Data subjects' rights: who has asked for what, by when it is due, and who may be in a release."""

from deid.subjects.calendar import BusinessCalendar, load_calendar
from deid.subjects.deadlines import Due, due_items, overdue
from deid.subjects.entries import KINDS, Draft, Entry, Kind
from deid.subjects.ledger import Ledger
from deid.subjects.standing import Standing, standing

__all__ = [
    "KINDS",
    "BusinessCalendar",
    "Draft",
    "Due",
    "Entry",
    "Kind",
    "Ledger",
    "Standing",
    "due_items",
    "load_calendar",
    "overdue",
    "standing",
]
