"""Personal data: whose it is, its export and its erasure."""
