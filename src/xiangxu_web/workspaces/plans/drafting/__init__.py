"""What a draft is between the reading and the published plan: plain data, corrected step by step. Knows no database."""
