"""Typed event records from Arabic news: what happened, when, where, who took part, how many."""
