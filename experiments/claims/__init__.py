"""The ledger of claims: what the five texts claim, how each claim is put to the model, and what the model says.

`docs/claims-protocol.md` holds the rule of verdicts, which was written before the first run.
"""
