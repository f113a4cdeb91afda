"""What the model says, how sure, and what would change our mind: one page, drawn from tables that stand among the documents."""
