"""What differs between two states of the plans, as facts about tasks, units and days."""
