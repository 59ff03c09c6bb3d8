"""A user's own models, as ``detect.models`` of the configuration names them."""

from collections.abc import Iterator, Sequence

from deid.sections import OwnModel
from deid.types import Detector


def load_models(models: Sequence[OwnModel]) -> Iterator[Detector]:
    """Yield a detector for each model; its package is imported now, and only now.

    Raises DetectorError when a package or a model is missing, ConfigError when labels do not fit the model's.
    """
    for model in models:
        if model.kind == "spacy":
            from deid.detect.spacy import SpacyNames  # noqa: PLC0415 - an extra

            yield SpacyNames.load(model.name, language=model.language, labels=model.labels)
        elif model.kind == "transformers":
            from deid.detect.transformers import TransformerNames  # noqa: PLC0415 - an extra

            yield TransformerNames.load(model.name, model.labels, threshold=model.threshold)
        else:
            from deid.detect.gliner import GlinerNames  # noqa: PLC0415 - an extra

            yield GlinerNames.load(model.name, model.labels, threshold=model.threshold)
