"""The few components of which every page is made."""
