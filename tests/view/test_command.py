"""``augment view`` on the command line: what it says, and what it does not begin."""

import re
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest
from click.testing import CliRunner

from augment.cli import main, viewing


def call(*words):
    return CliRunner().invoke(main, ["view", *map(str, words)])


def test_it_serves_the_page_until_it_is_interrupted(folder):
    command = [sys.executable, "-m", "augment.cli", "view", str(folder / "spec.yaml"), str(folder / "pictures"), "--port", "0"]
    running = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    try:
        address = running.stdout.readline().strip()
        assert re.fullmatch(r"http://127\.0\.0\.1:\d+/\?token=[\w-]{32}", address), running.stderr.read()
        until = time.monotonic() + 30
        while time.monotonic() < until:
            try:
                answer = httpx.get(address, follow_redirects=True, timeout=10)
                break
            except httpx.ConnectError:
                time.sleep(0.1)
        assert answer.status_code == 200 and "spec.yaml" in answer.text
    finally:
        running.send_signal(2)
        assert running.wait(20) is not None
    assert "Traceback" not in running.stderr.read()


def test_it_ends_at_once_while_a_framework_is_loaded(folder):
    """What was asked is answered with the reason, and the console stays clean."""
    command = [sys.executable, "-m", "augment.cli", "view", str(folder / "spec.yaml"), str(folder / "pictures"), "--port", "0"]
    running = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    try:
        address = running.stdout.readline().strip()
        base, token = address.split("/?token=")
        own = {"origin": base, "x-augment-token": token, "cookie": f"augment-{base.rpartition(':')[2]}={token}"}
        asked = {"client": "a", "text": (folder / "spec.yaml").read_text(), "picture": "f0", "sheet": "samples", "epoch": 0}
        asked |= {"n": 2, "backend": "reference", "text_backend": "", "stage": "train"}
        with httpx.Client(base_url=base, headers=own, timeout=120, transport=httpx.HTTPTransport(retries=20)) as client:
            assert client.post("/api/look", json=asked).json()["mistakes"] == []
            with ThreadPoolExecutor(1) as pool:
                answer = pool.submit(client.post, "/api/look", json={**asked, "backend": "keras"})
                until = time.monotonic() + 60
                while not loads_tensorflow(running.pid):
                    assert time.monotonic() < until and not answer.done()
                    time.sleep(0.02)
                running.send_signal(2)
                told = answer.result(60)
        assert told.status_code == 503 and "ended" in told.json()["refused"]
        running.wait(20)
    finally:
        running.kill()
    assert "Traceback" not in running.stderr.read()


def loads_tensorflow(parent):
    """Whether a process that belongs to another one has begun to load TensorFlow."""
    workers = " ".join(threads.read_text() for threads in Path(f"/proc/{parent}/task").glob("*/children")).split()
    return any("tensorflow" in Path(f"/proc/{worker}/maps").read_text() for worker in workers)


def test_without_the_extra_it_says_how_to_get_it(monkeypatch):
    monkeypatch.setattr(viewing, "find_spec", lambda name: None if name == "starlette" else object())
    result = call()
    assert result.exit_code == 1
    assert "needs starlette" in result.stderr and "pip install 'augment-spec[view]'" in result.stderr


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.5", "::", "example.org"])
def test_other_machines_are_let_in_only_if_it_is_meant(host):
    result = call("--host", host)
    assert result.exit_code == 1 and "--allow-others" in result.stderr


def test_what_cannot_be_shown_is_told(tmp_path, folder):
    (tmp_path / "none").mkdir()
    assert "there is no such file" in call(tmp_path / "spec.yaml").stderr
    assert "holds no pictures" in call(folder / "spec.yaml", tmp_path / "none").stderr
    assert call(folder / "spec.yaml", "--classes").exit_code == 2
    assert "not read as a picture" in call(folder / "spec.yaml", folder / "secret.txt").stderr


def test_a_port_that_is_taken_is_told(server, folder):
    result = call(folder / "spec.yaml", "--port", server.port)
    assert result.exit_code == 1 and "--port" in result.stderr
