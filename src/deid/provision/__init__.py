"""What happens to a release once it is made: publication, provision, receipt, reassessment, incidents."""

from deid.provision.incident import incident_report
from deid.provision.provide import Provision, provide
from deid.provision.publish import publish
from deid.provision.reassess import reassess
from deid.provision.rebuilt import enter_rebuilt
from deid.provision.receive import receive
from deid.provision.recipients import Recipient, load_recipients
from deid.provision.register import Event, Register
from deid.provision.tasks import Task, tasks

__all__ = [
    "Event",
    "Provision",
    "Recipient",
    "Register",
    "Task",
    "enter_rebuilt",
    "incident_report",
    "load_recipients",
    "provide",
    "publish",
    "reassess",
    "receive",
    "tasks",
]
