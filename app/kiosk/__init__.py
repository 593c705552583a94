"""The portal as the only thing on a machine in a shop: one process for each visitor, and one that watches it.

What somebody typed lies in Python's memory in more places than can be wiped one by one. So a visitor's whole
process ends when the visit is over, and the next one begins in a fresh process.
"""
