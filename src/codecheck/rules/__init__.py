"""Rule packs: the provisions of the Code, element by element, as data, and how a pattern is held against a statement."""
