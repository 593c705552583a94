"""Who is let in over a connection, and what becomes of them."""
