"""Running the site: how it is prepared, watched, logged, saved and brought back."""
