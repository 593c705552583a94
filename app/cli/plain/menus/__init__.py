"""Which operations stand where, under plain titles: the areas of the portal, and the desk of the helpdesk."""
