"""What a plan is made of, as frozen dataclasses: no storage, no web, no policy."""
