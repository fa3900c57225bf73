"""An invented county, deterministic, for the demo, the tests and the documentation."""
