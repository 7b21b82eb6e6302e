"""Serves a trained model: ``python -m nlu.serve --model PATH --port 5005``.

Run in the Rasa environment. Loopback only, REST channel only (nlu/components/channel.py), no HTTP
API, no telemetry. Needs in the environment:

- ``NEWCITIZEN_INTERNAL_SECRET``: shared with the app, sent as ``X-Newcitizen-Secret`` both ways;
- ``NEWCITIZEN_ACTIONS_URL``: the app's internal listener, for example ``http://127.0.0.1:5055/webhook``.

Ready when ``GET http://127.0.0.1:<port>/webhooks/rest/`` answers 200: the model is loaded before the
port opens. SIGINT and SIGTERM end it. Exit code 2: a setting is missing.
"""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path
from typing import Any

from nlu.fingerprint import ROOT
from nlu.quiet import prepare, quiet_logs

LOOPBACK = "127.0.0.1"
NEEDED = {
    "NEWCITIZEN_INTERNAL_SECRET": "rasa 与 app 之间的共享密钥",
    "NEWCITIZEN_ACTIONS_URL": "app 的内部地址，例如 http://127.0.0.1:5055/webhook",
}


def missing_settings(environment: dict[str, str]) -> list[str]:
    """One sentence per setting that is absent or empty."""
    return [f"缺少设置 {name}（{what}）" for name, what in NEEDED.items() if not environment.get(name)]


async def _straighten(app: Any, loop: Any) -> None:
    """After Rasa has loaded the model: swap its graph runner for the straight one."""
    from nlu.components.runner import StraightRunner

    del loop
    processor = app.ctx.agent.processor
    processor.graph_runner = StraightRunner.over(processor.graph_runner)


def serve(model: Path, port: int) -> None:
    """Run until a signal."""
    prepare()
    import rasa.core.run
    from rasa.core.utils import AvailableEndpoints

    from nlu.components.action_call import KeptEndpoint, compile_validation
    from nlu.warm import warm

    quiet_logs()
    compile_validation()
    warm()
    endpoints = AvailableEndpoints.read_endpoints(str(ROOT / "endpoints.yml"))
    endpoints.action = KeptEndpoint.of(endpoints.action)
    rasa.core.run.serve_application(
        str(model),
        interface=LOOPBACK,
        port=port,
        credentials=str(ROOT / "credentials.yml"),
        enable_api=False,
        endpoints=endpoints,
        server_listeners=[(_straighten, "after_server_start")],
    )


def main(arguments: list[str] | None = None) -> int:
    """Command line."""
    parser = argparse.ArgumentParser(prog="python -m nlu.serve", description="运行理解服务（只在本机）")
    parser.add_argument("--model", type=Path, required=True, help="nlu.train 训练出的模型文件")
    parser.add_argument("--port", type=int, default=5005, help="本机端口")
    options = parser.parse_args(arguments)
    faults = missing_settings(dict(os.environ))
    if not options.model.is_file():
        faults.append(f"没有模型文件 {options.model}，请先运行 python -m nlu.train --out {options.model}")
    if faults:
        print("\n".join(faults), file=sys.stderr)
        return 2
    serve(options.model.resolve(), options.port)
    return 0


if __name__ == "__main__":
    sys.exit(main())
