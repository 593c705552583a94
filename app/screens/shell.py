"""The six areas under one header: each is mounted on its first visit and stays."""
