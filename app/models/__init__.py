"""What is stored: SQLModel entities, one file a subject. Importing this package loads the ORM."""

from app.models.access import (
    AccessCode,
    AllowedAddress,
    ApiToken,
    Invitation,
    KnownSource,
    RecoveryCode,
    SecondFactor,
    SessionRow,
    SshKey,
    Throttle,
)
from app.models.accounts import Account, Login, Membership
from app.models.articles import ArticleVote
from app.models.audit import Audit, AuditPersonal, Quote
from app.models.billing import Booking, Invoice, InvoicePosition
from app.models.helpdesk import (
    AccountNote,
    Assistance,
    CustomerOrder,
    Draft,
    Presence,
    ServiceCase,
    TelephoneCheck,
)
from app.models.lines import EarlierBundle, Identifier, Line, LineCommand, LineGroup, Sim
from app.models.messages import Alert, InboundSms, Message
from app.models.people import Contact, ContactService, NoticeChoice
from app.models.search import SearchEntry, SearchPending, SearchTerm
from app.models.tours import TourRun, TourStep
from app.models.usage import (
    Adjustment,
    Closing,
    ClosingLine,
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
    "AccessCode",
    "Account",
    "AccountNote",
    "Adjustment",
    "Alert",
    "AllowedAddress",
    "ApiToken",
    "ArticleVote",
    "Assistance",
    "Audit",
    "AuditPersonal",
    "Booking",
    "Closing",
    "ClosingLine",
    "Contact",
    "ContactService",
    "Counter",
    "CrossingRow",
    "CustomerOrder",
    "Draft",
    "EarlierBundle",
    "Identifier",
    "ImportRun",
    "InboundSms",
    "Invitation",
    "Invoice",
    "InvoicePosition",
    "KnownSource",
    "Line",
    "LineCommand",
    "LineGroup",
    "Login",
    "Membership",
    "Message",
    "NoticeChoice",
    "OverageShare",
    "Presence",
    "Quote",
    "RatedRow",
    "RecoveryCode",
    "SearchEntry",
    "SearchPending",
    "SearchTerm",
    "SecondFactor",
    "ServiceCase",
    "SessionRow",
    "Sim",
    "Source",
    "SshKey",
    "Suspense",
    "TelephoneCheck",
    "Throttle",
    "TourRun",
    "TourStep",
    "UsageRow",
]
