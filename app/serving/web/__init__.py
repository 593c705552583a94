"""The portal in a browser: a page with a terminal in it, a websocket, and one process for each session.

Encryption is the balancer's in front, or this server's own with a certificate.
"""
