"""For who writes tours: the portal walked, photographed and recorded. Above everything else: it opens it."""
