"""From an issued document to a plan: read, layout, outline, lists, departments, promises, link; one module a stage.

Each stage takes what the stage before it made and knows nothing of those after it; `plan.read_plan` runs them all.
"""
