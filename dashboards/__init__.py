"""Pages for a room: a lever moves, and the room sees what happens to each partner and each tie, and why."""
