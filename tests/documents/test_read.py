"""One way in for every format."""

from __future__ import annotations

import pathlib
import subprocess
import sys

import pytest

from codecheck.documents import read
from codecheck.documents.read import load_file, read_bytes
from codecheck.errors import InputError


@pytest.mark.parametrize(
    ("data", "name"),
    [(b"<html><p>We reply.", "page.html"), (b"We reply.", "policy.md"), (b"We reply.", "policy.txt")],
)
def test_dispatch(data: bytes, name: str) -> None:
    assert [block.text for block in read_bytes(data, name).blocks] == ["We reply."]


def test_refusal_passes_through() -> None:
    with pytest.raises(InputError, match=r"^policy\.docx is empty: "):
        read_bytes(b"", "policy.docx")


def test_text_does_not_load_libraries_for_other_formats() -> None:
    script = (
        "import sys; from codecheck.documents.read import read_bytes; read_bytes(b'We reply.', 'policy.txt');"
        "print([name for name in ('docx', 'lxml', 'pypdfium2', 'pdfplumber', 'markdown_it') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_load_file(tmp_path: pathlib.Path) -> None:
    path = tmp_path / "policy.txt"
    path.write_bytes(b"We reply.")
    assert load_file(path) == (b"We reply.", str(path))


def test_missing_file_suggests_close_names(tmp_path: pathlib.Path) -> None:
    (tmp_path / "Complaints-Policy.docx").touch()
    (tmp_path / "rent.docx").touch()
    path = tmp_path / "complaint-policy.docx"
    with pytest.raises(InputError) as caught:
        load_file(path)
    assert str(caught.value) == f"No such file: {path}. Check the path. Did you mean Complaints-Policy.docx?"


@pytest.mark.parametrize("missing", ["policy.docx", "folder/policy.docx"])
def test_missing_file_without_close_names(tmp_path: pathlib.Path, missing: str) -> None:
    path = tmp_path / missing
    with pytest.raises(InputError) as caught:
        load_file(path)
    assert str(caught.value) == f"No such file: {path}. Check the path."


def test_file_used_as_a_folder(tmp_path: pathlib.Path) -> None:
    (tmp_path / "a").touch()
    with pytest.raises(InputError, match=r"^No such file: "):
        load_file(tmp_path / "a" / "b")


def test_folder(tmp_path: pathlib.Path) -> None:
    with pytest.raises(InputError, match=r" is a folder: name the file in it that should be read$"):
        load_file(tmp_path)


def test_unreadable_file(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(pathlib.Path, "open", refuse)  # the tests may run as a user who may read everything
    with pytest.raises(InputError, match=r" may not be read by this user: change its permissions, or close "):
        load_file(tmp_path / "policy.docx")


def test_name_that_no_system_accepts(tmp_path: pathlib.Path) -> None:
    with pytest.raises(InputError, match=r"could not be read: .+\. Check the path\.$"):
        load_file(tmp_path / ("x" * 5000))


def test_null_character_in_the_path() -> None:
    with pytest.raises(InputError, match=r"^No such file: "):
        load_file(pathlib.Path("a\0b"))


def test_large_file(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(read, "MAX_BYTES", 10)
    (tmp_path / "policy.txt").write_bytes(b"x" * 11)
    with pytest.raises(InputError, match=" is larger than 100 MB: "):
        load_file(tmp_path / "policy.txt")
