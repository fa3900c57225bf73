"""The pages of plans: tasks, targets, timeline, unit panel, calendar, comparison, glossary."""
