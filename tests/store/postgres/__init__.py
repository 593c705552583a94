"""What only a PostgreSQL database does, or does otherwise."""
