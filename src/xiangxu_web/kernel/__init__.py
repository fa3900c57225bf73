"""What every workspace stands on: who acts, what they may see, audit, jobs, files, components. It knows no workspace."""
