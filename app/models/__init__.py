"""What is stored: SQLModel entities, one file a subject. Importing this package loads the ORM."""

from app.models.accounts import Account, Login, Membership
from app.models.audit import Audit, AuditPersonal, Quote
from app.models.lines import EarlierBundle, Identifier, Line, LineCommand, LineGroup, Sim
from app.models.messages import Alert, InboundSms, Message
from app.models.usage import (
    Adjustment,
    Closing,
    Counter,
    CrossingRow,
    ImportRun,
    OverageShare,
    RatedRow,
    Source,
    Suspense,
    UsageRow,
)

__all__ = [
    "Account",
    "Adjustment",
    "Alert",
    "Audit",
    "AuditPersonal",
    "Closing",
    "Counter",
    "CrossingRow",
    "EarlierBundle",
    "Identifier",
    "ImportRun",
    "InboundSms",
    "Line",
    "LineCommand",
    "LineGroup",
    "Login",
    "Membership",
    "Message",
    "OverageShare",
    "Quote",
    "RatedRow",
    "Sim",
    "Source",
    "Suspense",
    "UsageRow",
]
