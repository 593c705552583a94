"""Copies of the database on which one can rely: made while people work, proven by restoring them.

A backup holds the database and nothing else: the keys have a backup of their own, or both are lost together.
"""
