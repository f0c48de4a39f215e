"""Scoring administrative reform (chấm điểm cải cách hành chính) by lists of criteria as data."""
