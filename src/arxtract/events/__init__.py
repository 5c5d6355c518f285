"""Events: from a document with its mentions to records of what happened."""

from arxtract.events.engine import Engine
from arxtract.events.loading import load
from arxtract.events.ontology import Ontology

__all__ = ["Engine", "Ontology", "load"]
