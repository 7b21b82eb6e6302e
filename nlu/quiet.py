"""Environment and logging of our Rasa processes: no telemetry, no citizen's text, few lines.

``prepare`` must run before the first import of rasa or numpy.
"""

from __future__ import annotations

import logging
import os

from nlu.no_tensorflow import install

_SILENT = ("rasa", "matplotlib", "jieba", "sanic.access", "apscheduler", "asyncio", "urllib3", "aiohttp")


def prepare() -> None:
    """Switch off telemetry, cache and warnings; stand in for TensorFlow; one BLAS thread.

    A turn multiplies a few hundred numbers: BLAS threads that wait for work took two thirds of the CPU, in a
    training a tenth.
    """
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    os.environ["RASA_TELEMETRY_ENABLED"] = "false"
    os.environ["RASA_MAX_CACHE_SIZE"] = "0"
    os.environ.setdefault("SANIC_WORKERS", "1")
    logging.captureWarnings(True)
    logging.getLogger("py.warnings").setLevel(logging.ERROR)
    install()


def quiet_logs() -> None:
    """Warnings and errors only: Rasa's lower levels carry what citizens write."""
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    for name in _SILENT:
        logging.getLogger(name).setLevel(logging.WARNING)
    from rasa.utils.log_utils import configure_structlog

    configure_structlog(logging.WARNING)
