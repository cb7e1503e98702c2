"""Rule packs: the provisions of the Code as data, element by element, and how a pattern is held against a statement."""
