"""Tours: what a customer has that they are about, who may take them, and where each person is."""
