"""Guided tours: the steps of a task, shown on the live screen."""
