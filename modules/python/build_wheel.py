"""Builds the wheel: the package, the program, and a Java runtime with the modules that the program needs.

    pip install ./modules/python
    python3 modules/python/build_wheel.py [FOLDER]

pip calls it as a backend of PEP 517. It needs a checkout, a JDK with jlink and Maven, but no other Python package. The wheel is for the operating system
and the processor of this machine. LINFHASH_MAVEN_ARGS are more arguments for Maven, such as -o.
"""

from __future__ import annotations

import base64
import contextlib
import hashlib
import os
import pathlib
import platform
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree
import zipfile

_FOLDER = pathlib.Path(__file__).resolve().parent
_ROOT = _FOLDER.parents[1]
_DISTRIBUTION = _ROOT / "modules" / "distribution" / "src"
# Pages that messages name.
_PAGES = ("CITATION.cff", "LICENSE", "NOTICE", "docs/quantizers.md", "docs/quantizers-reference.md", "docs/postgres.md")
# They are no part of a Java that runs one program.
_UNUSED = ("bin/keytool", "bin/rmiregistry")
_NOT_COMPRESSED = (".jar",)
# As in the jars.
_DATE = (2026, 11, 24, 0, 0, 0)
_METADATA = """Metadata-Version: 2.4
Name: linfhash
Version: {version}
Summary: Reproducible benchmarks of compact codes: learning to hash, and quantized embeddings
License-Expression: Apache-2.0 AND GPL-2.0-only WITH Classpath-exception-2.0
License-File: LICENSE
License-File: NOTICE
Requires-Python: >=3.9
Requires-Dist: numpy>=1.21
Description-Content-Type: text/markdown

{readme}"""
_WHEEL = """Wheel-Version: 1.0
Generator: linfhash
Root-Is-Purelib: false
Tag: py3-none-{tag}
"""
_COMMANDS = """[console_scripts]
linfhash = linfhash.__main__:main
"""


def build_wheel(wheel_directory: str, config_settings: object = None, metadata_directory: str | None = None) -> str:
    """Builds the wheel in a folder, and returns its name."""
    if not (_ROOT / "linfhash").is_file():
        sys.exit("linfhash: expected modules/python in a checkout, found no checkout around %s. pip 21.3 or newer builds it there." % _FOLDER)
    jdk = _jdk()
    version = _version()
    tag = _tag()
    with tempfile.TemporaryDirectory() as work:
        package = pathlib.Path(work, "linfhash")
        shutil.copytree(_FOLDER / "linfhash", package, ignore=shutil.ignore_patterns("__pycache__"))
        _write_program(package / "program", version)
        _write_runtime(package / "runtime", package / "program", jdk)
        information = pathlib.Path(work, "linfhash-%s.dist-info" % version)
        (information / "licenses").mkdir(parents=True)
        for name in ("LICENSE", "NOTICE"):
            shutil.copy(_ROOT / name, information / "licenses")
        readme = (_FOLDER / "README.md").read_text(encoding="utf-8")
        for name, text in (
            ("METADATA", _METADATA.format(version=version, readme=readme)),
            ("WHEEL", _WHEEL.format(tag=tag)),
            ("entry_points.txt", _COMMANDS),
        ):
            (information / name).write_text(text, encoding="utf-8")
        made = pathlib.Path(wheel_directory, "linfhash-%s-py3-none-%s.whl" % (version, tag))
        _pack(pathlib.Path(work), made, information.name + "/RECORD")
    return made.name


def build_sdist(sdist_directory: str, config_settings: object = None) -> str:
    """Refuses: the program is built of the other modules."""
    sys.exit("linfhash: expected a wheel to be built of a checkout; there is no source distribution.")


def _jdk() -> pathlib.Path:
    home = os.environ.get("JAVA_HOME")
    compiler = shutil.which("javac")
    if not home and not compiler:
        sys.exit("linfhash: expected a JDK, found no javac on the PATH. Install one, or set JAVA_HOME.")
    jdk = pathlib.Path(home) if home else pathlib.Path(os.path.realpath(str(compiler))).parents[1]
    if not (jdk / "bin" / "jlink").is_file():
        sys.exit("linfhash: expected a JDK with bin/jlink, found none in %s. Set JAVA_HOME to one." % jdk)
    return jdk


def _version() -> str:
    project = xml.etree.ElementTree.parse(_ROOT / "pom.xml").getroot()
    return str(project.findtext("{http://maven.apache.org/POM/4.0.0}version")).replace("-SNAPSHOT", ".dev0")


def _tag() -> str:
    machine = platform.machine()
    # The oldest macOS of OpenJDK 17.
    return "macosx_11_0_%s" % machine if sys.platform == "darwin" else "linux_%s" % machine


def _write_program(folder: pathlib.Path, version: str) -> None:
    """Writes what an archive of a release has: the launcher, all jars, and licenses."""
    # The launcher of the checkout has Maven build the program of engines, which contains the advisor, too.
    subprocess.run([str(_ROOT / "linfhash"), "watch", "--help"], stdout=subprocess.DEVNULL, check=True)
    programs = _ROOT / ".programs"
    built = programs / (programs / "engines").read_text(encoding="utf-8").strip()
    libraries = folder / "lib"
    shutil.copytree(built / "lib", libraries)
    shutil.copy(built / "linfhash-engines.jar", libraries)
    (folder / "bin").mkdir()
    shutil.copy(_DISTRIBUTION / "bin" / "linfhash", folder / "bin")
    shutil.copy(_DISTRIBUTION / "bin" / "start.sh", libraries)
    release = (_DISTRIBUTION / "bin" / "release.sh").read_text(encoding="utf-8")
    release = release.replace("${project.version}", version).replace("${linfhash.commit}", _commit())
    (libraries / "release.sh").write_text(release, encoding="utf-8")
    shutil.copytree(_DISTRIBUTION / "licenses", folder / "licenses")
    for page in _PAGES:
        (folder / page).parent.mkdir(exist_ok=True)
        shutil.copy(_ROOT / page, folder / page)
    shutil.copytree(_ROOT / "docs" / "schemas", folder / "docs" / "schemas")


def _commit() -> str:
    commit = os.environ.get("LINFHASH_COMMIT")
    if commit:
        return commit
    with contextlib.suppress(OSError, subprocess.CalledProcessError):
        asked = ["git", "-C", str(_ROOT), "describe", "--always", "--dirty", "--abbrev=12"]
        return subprocess.run(asked, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=True, text=True).stdout.strip()
    return "unknown"


def _write_runtime(folder: pathlib.Path, program: pathlib.Path, jdk: pathlib.Path) -> None:
    with tempfile.TemporaryDirectory() as work:
        classes = pathlib.Path(work, "classes")
        for jar in sorted(program.glob("lib/*.jar")):
            with zipfile.ZipFile(jar) as content:
                # Some jars are modules whose requirements are not there.
                names = [name for name in content.namelist() if name.endswith(".class") and not name.startswith(("META-INF/", "module-info"))]
                content.extractall(classes, names)
        asked = [str(jdk / "bin" / "jdeps"), "--multi-release", "base", "--ignore-missing-deps", "--print-module-deps", str(classes)]
        modules = subprocess.run(asked, stdout=subprocess.PIPE, check=True, text=True).stdout.strip()
        made = pathlib.Path(work, "runtime")
        # The program opens its own jars as file systems, which no class refers to.
        options = ["--strip-java-debug-attributes", "--no-header-files", "--no-man-pages", "--dedup-legal-notices=error-if-not-same-content"]
        subprocess.run([str(jdk / "bin" / "jlink"), "--add-modules", modules + ",jdk.zipfs", *options, "--output", str(made)], check=True)
        # The links among the legal files become files, as a wheel has no links.
        shutil.copytree(made, folder)
    for name in _UNUSED:
        with contextlib.suppress(FileNotFoundError):
            (folder / name).unlink()


def _pack(folder: pathlib.Path, made: pathlib.Path, record: str) -> None:
    lines = []
    unfinished = made.with_name(made.name + ".tmp")
    with zipfile.ZipFile(unfinished, "w") as wheel:
        for file in sorted(path for path in folder.rglob("*") if path.is_file()):
            name = file.relative_to(folder).as_posix()
            content = file.read_bytes()
            digest = base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=").decode("ascii")
            lines.append("%s,sha256=%s,%d\n" % (name, digest, len(content)))
            _add(wheel, name, content, 0o755 if os.access(file, os.X_OK) else 0o644)
        _add(wheel, record, ("".join(lines) + record + ",,\n").encode("utf-8"), 0o644)
    os.replace(unfinished, made)


def _add(wheel: zipfile.ZipFile, name: str, content: bytes, mode: int) -> None:
    entry = zipfile.ZipInfo(name, _DATE)
    entry.external_attr = (0o100000 | mode) << 16
    # Jars are compressed already.
    entry.compress_type = zipfile.ZIP_STORED if name.endswith(_NOT_COMPRESSED) else zipfile.ZIP_DEFLATED
    wheel.writestr(entry, content)


if __name__ == "__main__":
    target = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else _FOLDER / "target"
    target.mkdir(parents=True, exist_ok=True)
    print(target / build_wheel(str(target)))
