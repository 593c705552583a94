"""The portal for people elsewhere: over SSH, in a browser, on a kiosk.

Three kinds of process. The *server* (`loket serve`) holds the port, the host key and every connection; it
runs no portal. The *zygote* has loaded the portal and does nothing but fork. A *child* is one session, and
sits on a terminal of its own (or on three pipes): whatever happens to it happens to nobody else.

    client ── SSH ── server (connection, session, relay) ── pty ── child
                        │                                            ▲
                        └── control socket ── zygote ─── fork ───────┘

Who is at the other end goes from server to child by the control socket, never by a variable that a client
can send. Modules: `request` is what a child is asked to do; `caller` is who is connected; `zygote` and
`zygote_client` are the two ends of the control socket; `child` is what runs after the fork.
"""
