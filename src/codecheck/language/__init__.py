"""What a clause says: words, phrases, timescales, stages, firmness and negation.

Nothing here knows a provision of the Code. The words themselves are data in the rule pack.
"""
