"""A stop while the first model is trained: nothing has been started yet, and nothing goes on."""

import os
import signal
import subprocess
import sys
from pathlib import Path

from bot.settings import ROOT
from tests.support.desk_rig import until
from tests.support.servers import WAIT_S

TRAINS_FOREVER = """
import sys
from bot.supervise import __main__, brain
brain.fitting_model = lambda settings, mark: None
forever = "import os,time; print(os.getpid(), file=open(%r, 'w', buffering=1)); time.sleep(600)"
brain.train_command = lambda out: [sys.executable, "-c", forever % sys.argv[1]]
__main__.main(port=0, no_browser=True, try_page=False)
"""


def test_a_stop_ends_the_training_and_says_so(tmp_path: Path) -> None:
    mark = tmp_path / "training"
    env = {**os.environ, "NEWCITIZEN_STATE": str(tmp_path / "state")}
    command = [sys.executable, "-c", TRAINS_FOREVER, str(mark)]
    up = subprocess.Popen(
        command,
        cwd=ROOT,
        env=env,
        stderr=subprocess.PIPE,
        text=True,
    )
    until(lambda: mark.exists() and mark.read_text().strip())
    up.send_signal(signal.SIGTERM)
    said = up.communicate(timeout=WAIT_S)[1]
    assert up.returncode == 130
    assert said.rstrip().endswith("已停止。")
    until(lambda: not Path(f"/proc/{mark.read_text().strip()}/cmdline").exists())
