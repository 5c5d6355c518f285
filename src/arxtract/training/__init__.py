"""Encoder conversion, data reading, tuning and export of the recogniser packs (extra ``train``)."""
