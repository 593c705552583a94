"""A fictional operator's customers and their usage, so that the portal can be tried."""
