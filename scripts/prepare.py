"""Makes the two environments of this checkout, once per lock file: ``python3 scripts/prepare.py app rasa``.

Why this file exists: a bare machine has git, python3 and a package index, nothing else; so this runs on
the standard library of any Python from 3.8 on. Two scripts at once wait for each other. It must not
import the project.
"""

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TOOLS = ROOT / ".tools"
PYTHONS = {"app": ("3.12", ROOT / ".venv"), "rasa": ("3.10", ROOT / ".venv-rasa")}


def main(names):
    """Prepare the named environments side by side; returns the exit code (0 fine, 2 something is lacking)."""
    waiting = [name for name in names if not is_ready(name)]
    if not waiting:
        return 0
    TOOLS.mkdir(exist_ok=True)
    with ThreadPoolExecutor() as pool:
        return 0 if all(list(pool.map(made, waiting))) else 2


@contextmanager
def alone(what):
    """Scripts that want the same wait for each other."""
    with (TOOLS / (what + ".lock")).open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def made(name):
    """Make an environment unless another script has done so meanwhile; False when it does not succeed."""
    try:
        with alone("uv"):
            uv = find_uv()
        with alone(name):
            if not is_ready(name):
                prepare(name, uv)
    except subprocess.CalledProcessError as error:
        say(f"准备 {name} 环境没有成功（{error.cmd[0]} 返回 {error.returncode}），原因见上。")
        return False
    return True


def is_ready(name):
    """Whether the environment holds exactly what its lock file lists."""
    stamp = PYTHONS[name][1] / "lock.sha256"
    return stamp.is_file() and stamp.read_text() == lock_hash(name)


def lock_hash(name):
    """SHA-256 of the lock file of an environment."""
    return hashlib.sha256((ROOT / "requirements" / f"{name}.lock").read_bytes()).hexdigest()


def find_uv():
    """Path of uv: the machine's, else ours in ``.tools``, installed there when absent."""
    ours = TOOLS / "bin" / "uv"
    found = shutil.which("uv") or (str(ours) if ours.is_file() else "")
    if found:
        return found
    say("安装 uv 到 .tools/ …")
    made = subprocess.run([sys.executable, "-m", "venv", str(TOOLS)])
    if made.returncode:
        say("python3 缺少 venv，请先安装（例如 apt-get install python3-venv）。")
        made.check_returncode()
    run([str(TOOLS / "bin" / "python"), "-m", "pip", "install", "--quiet", "uv"])
    return str(ours)


def prepare(name, uv):
    """Create the environment if needed and make it hold exactly its lock file."""
    version, folder = PYTHONS[name]
    say(f"准备 {name} 环境（Python {version}）…")
    # Compiled once: where Python may not write beside its sources, every start would compile for seconds.
    env = {"UV_PYTHON_DOWNLOADS": "never", "UV_COMPILE_BYTECODE": "1", **pip_index(), **os.environ}
    python = folder / "bin" / "python"
    if not works(python, version):
        made = subprocess.run([uv, "venv", "-q", "--clear", "--python", version, str(folder)], env=env)
        if made.returncode:
            say(f"没有找到 Python {version}：请安装它，让 python{version} 在 PATH 里，")
            say("或设 UV_PYTHON_DOWNLOADS=automatic 让 uv 下载。")
            made.check_returncode()
    lock = str(ROOT / "requirements" / f"{name}.lock")
    run([uv, "pip", "sync", "-q", "--python", str(python), lock], env)
    (folder / "lock.sha256").write_text(lock_hash(name))


def works(python, version):
    """Whether an interpreter starts and is of the version."""
    code = "import sys; print('%d.%d' % sys.version_info[:2])"
    if not python.exists():
        return False
    return subprocess.run([str(python), "-c", code], capture_output=True, text=True).stdout.strip() == version


def pip_index():
    """uv does not read pip's configuration: hand over the index a machine names only for pip."""
    command = [sys.executable, "-m", "pip", "config", "get", "global.index-url"]
    answer = subprocess.run(command, capture_output=True, text=True)
    index = os.environ.get("PIP_INDEX_URL") or (answer.stdout.strip() if answer.returncode == 0 else "")
    return {"UV_DEFAULT_INDEX": index} if index else {}


def run(command, env=None):
    """Run a command, raising CalledProcessError when it fails."""
    subprocess.run(command, env=env, check=True)


def say(text):
    """One line for the person at the keyboard."""
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:] or list(PYTHONS)))
