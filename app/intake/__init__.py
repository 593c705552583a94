"""Usage on its way in: read a file, check and normalise its rows, match lines, store, rate, tell."""
