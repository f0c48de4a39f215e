"""New plans from those at hand: the annual plan of a period plan, and the plan of the next period.

Everything derived is a draft, to be looked over by people: what the words on record do not give is
left open and told, never made up.
"""
