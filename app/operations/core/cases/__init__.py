"""Cases: what one person asks and another releases, from the request until it has taken effect."""
