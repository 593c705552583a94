"""Invoices: what stands on them, how they are numbered, and the ledger they are booked in."""
