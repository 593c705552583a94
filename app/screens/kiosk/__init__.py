"""What a terminal in a shop shows: a start page with large buttons, and what anybody may read."""
