"""The findings as comments in the landlord's own Word file: what they say, where they belong, and writing them."""
