"""E-mail through the operator's mail server."""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Callable
from dataclasses import dataclass

from app.gateways.letter import From, write_letter
from app.gateways.parcel import DeliveryError, Parcel
from app.settings import Smtp

TIMEOUT = 30
PERMANENT = 500


@dataclass(frozen=True, slots=True)
class MailServer:
    """A server to hand letters to; one connection per letter, since letters are few."""

    server: Smtp
    sender: From
    context: Callable[[], ssl.SSLContext] = ssl.create_default_context

    def deliver(self, parcel: Parcel) -> None:
        """Hand one letter over.

        Raises:
            DeliveryError: the server cannot be reached or refuses; permanent where it says so (5xx).
        """
        letter = write_letter(parcel, self.sender)
        try:
            with self._connect() as connection:
                if self.server.security == "starttls":
                    connection.starttls(context=self.context())
                if self.server.user:
                    connection.login(self.server.user, self.server.password)
                connection.send_message(letter)
        except smtplib.SMTPRecipientsRefused as error:
            code, text = next(iter(error.recipients.values()))
            raise DeliveryError(f"{code} {_words(text)}", permanent=code >= PERMANENT) from error
        except smtplib.SMTPAuthenticationError as error:
            # The cure is in the settings, not in the letter: keep trying until somebody mends them.
            raise DeliveryError(f"{error.smtp_code} {_words(error.smtp_error)}") from error
        except smtplib.SMTPResponseException as error:
            refused = isinstance(error, smtplib.SMTPDataError | smtplib.SMTPSenderRefused)
            raise DeliveryError(
                f"{error.smtp_code} {_words(error.smtp_error)}",
                permanent=refused and error.smtp_code >= PERMANENT,
            ) from error
        except ValueError as error:
            raise DeliveryError(f"The letter cannot be sent: {error}", permanent=True) from error
        except (OSError, smtplib.SMTPException) as error:
            raise DeliveryError(f"{self.server.host}:{self.server.port}: {error}") from error

    def _connect(self) -> smtplib.SMTP:
        if self.server.security == "tls":
            return smtplib.SMTP_SSL(
                self.server.host, self.server.port, timeout=TIMEOUT, context=self.context()
            )
        return smtplib.SMTP(self.server.host, self.server.port, timeout=TIMEOUT)


def _words(text: bytes | str) -> str:
    return text.decode(errors="replace") if isinstance(text, bytes) else text
