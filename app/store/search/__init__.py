"""The index behind the search: which words lead to what, kept with every change."""
