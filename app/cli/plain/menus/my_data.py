"""The customer's data, its people, one's own login, requests and privacy."""

from __future__ import annotations

from typing import Final

from app.cli.plain import login_steps
from app.cli.plain.entry import Entry, Menu, Step
from app.cli.plain.menus.desk import has_customer
from app.i18n import mark

CUSTOMER: Final = Menu(
    mark("Customer data"),
    (
        Entry(mark("Show the data"), "account.get"),
        Entry(mark("Change the data"), "account.edit", done=mark("Saved.")),
        Entry(
            mark("Set the telephone password"),
            "telephone_password.set",
            done=mark("The telephone password is set."),
        ),
        Entry(
            mark("Remove the telephone password"),
            "telephone_password.remove",
            sure=mark("Remove it? Who calls is sent a code from then on."),
        ),
        Entry(
            mark("Remove the telephone password"),
            "telephone_password.remove",
            sure=mark("Remove it? Callers are verified by a code that we send them, then."),
        ),
        Entry(mark("Which mails are sent"), "mailings.page"),
        Entry(mark("Switch mails on or off"), "mailings.set", done=mark("Saved.")),
    ),
    offered=has_customer,
)
INVOICES: Final = Menu(
    mark("Invoices and payments"),
    (
        Entry(mark("What is to be paid"), "payments.standing"),
        Entry(mark("How to pay"), "payments.how", leave=("invoice_id",)),
        Entry(
            mark("List of invoices"),
            "invoices.page",
            leave=("text",),
            empty=mark("There are no invoices yet."),
            opens="invoices.get",
        ),
        Entry(mark("What stands on an invoice"), "invoices.positions", leave=("text",)),
        Entry(
            mark("What was invoiced and paid"),
            "payments.bookings",
            empty=mark("Nothing has been booked yet."),
        ),
    ),
    offered=has_customer,
)
CONTACTS: Final = Menu(
    mark("Who may call for the customer"),
    (
        Entry(mark("List of contacts"), "contacts.page", empty=mark("There are no contacts.")),
        Entry(mark("New contact"), "contacts.add", done=mark("Saved.")),
        Entry(mark("Change a contact"), "contacts.edit", done=mark("Saved.")),
        Entry(
            mark("Remove a contact"),
            "contacts.remove",
            sure=mark("Remove this contact? They may not call for you any more."),
            done=mark("Removed."),
        ),
    ),
    offered=has_customer,
)
PEOPLE: Final = Menu(
    mark("People and roles"),
    (
        Entry(mark("Who has access"), "members.page"),
        Entry(mark("Open invitations"), "invitations.page", empty=mark("No invitation is open.")),
        Entry(
            mark("Invite somebody"),
            "invitations.send",
            leave=("language",),
            done=mark("The invitation is on its way."),
        ),
        Entry(
            mark("Send an invitation again"),
            "invitations.resend",
            done=mark("The invitation was sent again."),
        ),
        Entry(
            mark("Withdraw an invitation"),
            "invitations.withdraw",
            sure=mark("Withdraw it? The code in the mail no longer works."),
            done=mark("Withdrawn."),
        ),
        Entry(mark("What somebody may do"), "members.set_role", done=mark("Saved.")),
        Entry(mark("Link a line to somebody"), "members.link_line", done=mark("Saved.")),
        Entry(mark("Unlink somebody's line"), "members.unlink_line", done=mark("Saved.")),
        Entry(
            mark("Remove somebody"),
            "members.remove",
            sure=mark("Remove this person? They cannot act for the customer any more, at once."),
            done=mark("Removed."),
        ),
    ),
    offered=has_customer,
)
FACTOR: Final = Menu(
    mark("One-time passwords"),
    (
        Entry(mark("How it stands"), "second_factor.state"),
        Step(
            mark("Switch on"),
            login_steps.switch_factor_on,
            ("second_factor.begin", "second_factor.confirm", "second_factor.state"),
        ),
        Step(mark("New recovery codes"), login_steps.new_codes, ("second_factor.new_codes",)),
        Entry(
            mark("Switch off"),
            "second_factor.remove",
            sure=mark("Switch one-time passwords off? Your password alone is enough then."),
            done=mark("One-time passwords are off."),
        ),
    ),
)
OWN_LOGIN: Final = Menu(
    mark("My login and security"),
    (
        Entry(mark("Who I am"), "profile.get"),
        Entry(mark("Where codes go"), "profile.reached"),
        Entry(
            mark("Change the password"),
            "password.change",
            first=("password.rules",),
            done=mark("Your password is changed, and your other sessions have ended."),
        ),
        Step(
            mark("Change the e-mail address"),
            login_steps.change_email,
            ("email.change", "recovery.look", "recovery.redeem"),
        ),
        Entry(mark("Cancel the change of the e-mail address"), "email.cancel"),
        Step(mark("Link a mobile number"), login_steps.change_mobile, ("mobile.link", "mobile.confirm")),
        Entry(mark("Cancel the link to a mobile number"), "mobile.cancel"),
        Entry(
            mark("Unlink the mobile number"),
            "mobile.unlink",
            sure=mark("Unlink the number? Your own usage does not show any more."),
            done=mark("Unlinked."),
        ),
        FACTOR,
        Entry(mark("Where I am signed in"), "sessions.page"),
        Entry(
            mark("The last sign-in before this one"), "sessions.last", empty=mark("This is the first one.")
        ),
        Entry(mark("End a session"), "sessions.end", done=mark("Ended.")),
        Entry(
            mark("End all other sessions"),
            "sessions.end_others",
            sure=mark("End all your sessions but this one?"),
            done=mark("Ended."),
        ),
        Entry(mark("SSH keys"), "ssh_keys.page", empty=mark("There are no keys.")),
        Entry(mark("Add an SSH key"), "ssh_keys.add"),
        Entry(
            mark("Remove an SSH key"),
            "ssh_keys.remove",
            sure=mark("Remove this key? Nobody signs in with it any more, and sessions that it began end."),
            done=mark("Removed."),
        ),
        Entry(mark("Tokens for scripts"), "tokens.page", empty=mark("There are no tokens.")),
        Entry(mark("New token"), "tokens.add"),
        Entry(
            mark("Revoke a token"),
            "tokens.revoke",
            sure=mark("Revoke this token? Scripts with it stop working at once."),
            done=mark("Revoked."),
        ),
        Step(mark("Language"), login_steps.change_language, ("profile.set_language",)),
    ),
)
ADDRESSES: Final = Menu(
    mark("From where people may sign in"),
    (
        Entry(mark("Allowed addresses"), "allowed_addresses.page"),
        Entry(mark("Allow an address"), "allowed_addresses.add", done=mark("Saved.")),
        Entry(
            mark("Remove an address"),
            "allowed_addresses.remove",
            sure=mark("Remove it? People cannot sign in from there any more; an empty list lets all in."),
            done=mark("Removed."),
        ),
    ),
    offered=has_customer,
)
REQUESTS: Final = Menu(
    mark("Requests"),
    (
        Entry(mark("My requests"), "cases.mine", empty=mark("Nothing was asked yet.")),
        Entry(mark("Ask for another name"), "cases.ask_name"),
        Entry(
            mark("Ask for a change of ownership"),
            "cases.ask_ownership",
            sure=mark("The present holder loses access when it is released. Send the request?"),
        ),
        Entry(
            mark("Take a request back"),
            "cases.withdraw",
            sure=mark("Take this request back?"),
            done=mark("Taken back."),
        ),
    ),
    offered=has_customer,
)
PRIVACY: Final = Menu(
    mark("Privacy"),
    (
        Entry(mark("My data as files"), "privacy.export"),
        Entry(mark("What an erasure would take away"), "privacy.preview_erasure", leave=("account_id",)),
        Entry(
            mark("Ask for erasure"),
            "privacy.ask_erasure",
            leave=("account_id",),
            first=("privacy.preview_erasure",),
            sure=mark("Ask for erasure? This cannot be undone once our helpdesk has released it."),
            done=mark("It was asked for. Under Requests you see what became of it."),
        ),
    ),
    offered=has_customer,
)
MY_DATA: Final = Menu(
    mark("My Data"),
    (
        CUSTOMER,
        INVOICES,
        CONTACTS,
        PEOPLE,
        OWN_LOGIN,
        ADDRESSES,
        Entry(
            mark("What was done, and by whom"),
            "audit.page",
            leave=("outcome",),
            empty=mark("Nothing was done yet."),
        ),
        REQUESTS,
        PRIVACY,
    ),
)
