"""Reports: what stands, what is on its way, for how long, and where every figure comes from.

Queries only: nothing here changes anything. A partner's people read their own partner; what belongs
to another is “not found” (AUT-603). Amounts are whole cents.
"""
