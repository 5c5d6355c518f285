"""What must hold of the package as a whole: light, quick to import, the same bytes every time."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
ARTICLES = ROOT / "fixtures" / "articles"


def run(code: str, **environment: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        env=os.environ | environment,
    )
    return done.stdout


def test_nothing_heavy_is_imported():
    """Neither the import nor an extraction pulls in torch, spaCy or the optional parts."""
    code = (
        "import sys, arxtract\n"
        "light = set(sys.modules)\n"
        "arxtract.extract('قال ناصر بوريطة إن الاجتماع انعقد بمراكش.')\n"
        "heavy = {'torch', 'transformers', 'camel_tools', 'stanza', 'trafilatura'}\n"
        "assert not heavy & set(sys.modules), heavy & set(sys.modules)\n"
        "assert not {'numpy', 'pydantic', 'yaml', 'regex', 'onnxruntime'} & light\n"
        "print('ok')"
    )
    assert run(code).strip() == "ok"


def test_same_bytes_for_any_hash_seed_and_number_of_workers(tmp_path: Path):
    written = []
    for seed, workers in (("0", 1), ("42", 2)):
        out = tmp_path / f"{seed}.jsonl"
        code = (
            "from arxtract.cli import main; import sys\n"
            "if __name__ == '__main__':\n"
            f"    sys.argv = ['arxtract', 'extract', {str(ARTICLES)!r}, '-o', {str(out)!r},"
            f" '--workers', '{workers}']\n"
            "    main()"
        )
        script = tmp_path / "run.py"
        script.write_text(code, encoding="utf-8")
        subprocess.run(
            [sys.executable, str(script)],
            check=True,
            capture_output=True,
            env=os.environ | {"PYTHONHASHSEED": seed},
        )
        written.append(out.read_bytes())
    assert written[0] == written[1]


def test_a_caller_may_leave_a_stream_early(tmp_path: Path):
    code = (
        "import arxtract\n"
        "if __name__ == '__main__':\n"
        "    articles = (arxtract.Article('قال الوزير.', id=str(n)) for n in range(1000))\n"
        "    stream = arxtract.Pipeline().stream(articles, workers=2)\n"
        "    print(next(iter(stream)).id)\n"
        "    stream.close()"
    )
    script = tmp_path / "run.py"  # worker processes import the caller's file
    script.write_text(code, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, str(script)], capture_output=True, check=True, timeout=300
    )
    assert done.stdout.strip() == b"0"


def test_import_is_quick():
    code = "import time; t = time.process_time(); import arxtract; print(time.process_time() - t)"
    assert float(run(code)) < 0.3
