#!/usr/bin/env python3
"""Prints five measures of the structure of a commit, or of the working tree.

Usage: ci/structure.py [--commit REVISION] [--since REVISION] [--walk NAME]

  --commit  the commit to measure; the working tree if left out
  --since   the commits after this one are looked at for "modules a commit touches"; the last 100 if left out
  --walk    lists the files of one walk (advise, run, ...) instead, "step" before those that name another file of the walk

Files that a reader walks through. A file refers to another one if it names its type: imported, of the same package, or with its
package. The closure of a command's class or of an algorithm's is what such names reach; implementations that only META-INF/services
name are not followed. "own" counts the files of the closure in the modules of the walk, which are WALKS below: libraries that a reader
may take for granted are left out. "steps" counts those own files that name another own file, so values and constants are left out.

Modules a commit touches. A module counts if a line of code of its main Java changes: moves with a similarity of 90% or more, imports,
comments and empty lines do not count. A commit belongs to the module in which it changes most lines.

Lines are lines of code: not empty, no comment, no import, no package. Shipped is src/main of all modules but testing, benchmarks, examples.
"""
import argparse
import collections
import io
import os
import re
import subprocess
import sys
import tarfile

# Name: the class that the walk starts from, and the modules of its own. A module that is not there counts nothing.
WALKS = {
    "advise": ("AdviseCommand", "advisor shell"),
    "run": ("RunCommand", "cli shell advisor experiment protocols reports results html tasks"),
    "task score": ("TaskScoreCommand", "cli shell advisor tasks reports"),
    "measure": ("MeasureCommand", "engines"),
    "deep-linf": ("DeepLinf", "encoders"),
    "KSH": ("Ksh", "baselines linalg"),
    "RaBitQ": ("RaBitQ", "quantizers linalg"),
}
NOT_SHIPPED = {"testing", "benchmarks", "examples"}
ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
# Comments, text blocks, strings and characters.
LITERALS = re.compile(r'/\*.*?\*/|//[^\n]*|"""(?:\\.|.)*?"""|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'', re.S)
HEADER = re.compile(r"^\s*(?:import|package)\b[^\n]*$", re.M)
MAIN = re.compile(r"modules/([^/]+)/src/main/java/(.+)\.java$")
TEST = re.compile(r"modules/([^/]+)/src/(?!main/)[^/]+/java/.+\.java$")


def git(*words):
    return subprocess.run(["git", "-C", ROOT, *words], stdout=subprocess.PIPE, check=True).stdout


def files_of(commit):
    """Returns the text of each file that is measured, by path."""
    wanted = re.compile(r"modules/.+\.java$|ci/|\.ci/|\.github/workflows/")
    if commit:
        with tarfile.open(fileobj=io.BytesIO(git("archive", commit))) as archive:
            members = [member for member in archive if member.isfile() and wanted.match(member.name)]
            return {member.name: archive.extractfile(member).read().decode("utf-8", "replace") for member in members}
    names = git("ls-files", "-z", "--cached", "--others", "--exclude-standard").decode().split("\0")
    texts = {}
    for name in names:
        if wanted.match(name) and os.path.isfile(os.path.join(ROOT, name)):
            with open(os.path.join(ROOT, name), encoding="utf-8", errors="replace") as file:
                texts[name] = file.read()
    return texts


def code_of(text):
    """Returns the text without comments and without the content of strings, in as many lines."""

    def replaced(match):
        literal = match.group()
        if literal.startswith('"""'):
            return re.sub(r"[^\n]*\S[^\n]*", '""', literal)
        return "\n" * literal.count("\n") if literal[0] == "/" else '""'

    return LITERALS.sub(replaced, text)


def code_lines(code):
    return sum(1 for line in HEADER.sub("", code).splitlines() if line.strip())


class Types:
    """The types of main Java, and what each file of theirs names."""

    def __init__(self, codes):
        self.codes = codes
        self.paths = {MAIN.match(path).group(2).replace("/", "."): path for path in codes}
        self.packages = collections.defaultdict(dict)
        for name, path in self.paths.items():
            package, _, simple = name.rpartition(".")
            self.packages[package][simple] = path
        self.named = {path: self._named(path) for path in codes}

    def _file(self, qualified):
        """Returns the file of a qualified name, which may go on with a nested type or a member."""
        while qualified and qualified not in self.paths:
            qualified = qualified.rpartition(".")[0]
        return self.paths.get(qualified)

    def _named(self, path):
        code = self.codes[path]
        body = HEADER.sub("", code)
        simple = set(re.findall(r"(?<![.\w])[A-Z]\w*", body))
        package = self.packages[MAIN.match(path).group(2).replace("/", ".").rpartition(".")[0]]
        imports = re.findall(r"^\s*import\s+(static\s+)?([\w.]+?)(\.\*)?\s*;", code, re.M)
        imported = {name.rpartition(".")[2] for static, name, _ in imports if not static}
        named = {package[word] for word in simple if word in package and word not in imported}
        named |= {self._file(name) for _, name, _ in imports}
        named |= {self._file(name) for name in re.findall(r"\bio\.github\.linfhash\.[\w.]+", body)}
        for _, name, wildcard in imports:
            if wildcard:
                named |= {file for word, file in self.packages.get(name, {}).items() if word in simple}
        return named - {None, path}

    def closure(self, start):
        reached = set()
        left = [path for path in self.codes if path.endswith(f"/{start}.java")]
        while left:
            path = left.pop()
            if path not in reached:
                reached.add(path)
                left.extend(self.named[path])
        return reached

    def walk(self, name):
        """Returns the closure of a walk, its own files, and the steps among them."""
        start, modules = WALKS[name]
        closure = self.closure(start)
        own = {path for path in closure if MAIN.match(path).group(1) in modules.split()}
        return closure, own, {path for path in own if self.named[path] & own}


def modules_a_commit(since, commit):
    """Returns, for each commit that changes main Java, how many lines of code it changes in each module."""
    commits = [f"{since}..{commit}"] if since else ["-100", commit]
    log = git("log", "--no-merges", "-M90%", "-U0", "-p", "--format=%x00%h %s", *commits, "--", "modules/*/src/main/java/*.java")
    changed = []
    for entry in log.decode("utf-8", "replace").split("\0")[1:]:
        lines = collections.Counter()
        for difference in re.split(r"^diff --git ", entry, flags=re.M)[1:]:
            header, _, hunks = difference.partition("\n@@")
            module = MAIN.search(header.splitlines()[0].rpartition(" b/")[2]).group(1)
            if "\nrename from " not in header:
                lines[module] += sum(1 for _ in re.finditer(r"^[+-]\s*(?!import\b|package\b|/[/*]|\*)\S", hunks, re.M))
        lines = +lines
        if lines:
            changed.append(lines)
    return changed


def records(codes):
    """Returns the number of components of each record, by name."""
    found = {}
    for path, code in codes.items():
        code = code.replace("<<", "  ")
        for match in re.finditer(r"\brecord\s+(\w+)\s*(?:<[^({]*>)?\s*\(", code):
            depth, components, end = 1, 1, match.end()
            while depth:
                depth += (code[end] in "(<[{") - (code[end] in ")>]}")
                components += depth == 1 and code[end] == ","
                end += 1
            outer = os.path.basename(path)[: -len(".java")]
            found[match.group(1) if match.group(1) == outer else f"{outer}.{match.group(1)}"] = components
    return found


def run_in_workflows(texts):
    """Returns the files of ci that a workflow or .ci/run starts, directly or through another one."""
    scripts = [path for path in texts if path.startswith("ci/") and not path.endswith(".md")]
    code = {path: re.sub(r'^\s*#.*|^\s*- name:.*|"""(?s:.*?)"""', "", text, flags=re.M) for path, text in texts.items()}
    # By its name, as a Python module, or as a part: ci/FOLDER/PART.py is what ci/FOLDER.sh PART starts.
    names = {path: [re.escape(os.path.basename(path))] for path in scripts}
    for path in scripts:
        folder, _, part = path[: -len(".py")].rpartition("/")
        if path.endswith(".py"):
            names[path] += [rf"import {part}", rf"{folder}\.sh {part}"]
    reached, left = set(), [path for path in texts if path.startswith((".ci/", ".github/"))]
    while left:
        text = code[left.pop()]
        for path in scripts:
            if path not in reached and re.search(rf"(?<![\w.-])(?:{'|'.join(names[path])})(?![\w.-])", text):
                reached.add(path)
                left.append(path)
    return reached


def mean(values):
    values = list(values)
    return sum(values) / len(values) if values else 0


def main():
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--commit")
    parser.add_argument("--since")
    parser.add_argument("--walk", choices=WALKS)
    options = parser.parse_args()
    texts = files_of(options.commit)
    codes = {path: code_of(text) for path, text in texts.items() if path.endswith(".java")}
    java = {path: code for path, code in codes.items() if MAIN.match(path)}
    types = Types(java)
    if options.walk:
        _, own, steps = types.walk(options.walk)
        for path in sorted(own):
            print("step" if path in steps else "    ", path)
        return

    print("Files that a reader walks through      closure  own  steps")
    for name, (start, modules) in WALKS.items():
        closure, own, steps = types.walk(name)
        print(f"  {name:36} {len(closure):7} {len(own):4} {len(steps):6}  {start}; own: {modules}")

    changed = modules_a_commit(options.since, options.commit or "HEAD")
    print(f"Modules that a commit touches: {mean(map(len, changed)):.2f} in {len(changed)} commits that change code")
    owners = collections.defaultdict(list)
    for lines in changed:
        owners[max(lines, key=lambda module: (lines[module], module))].append(len(lines))
    print("  " + ", ".join(f"{module} {mean(sizes):.1f} ({len(sizes)})" for module, sizes in sorted(owners.items())))

    shipped = collections.Counter()
    for path, code in java.items():
        if MAIN.match(path).group(1) not in NOT_SHIPPED:
            shipped[MAIN.match(path).group(1)] += code_lines(code)
    tests = sum(code_lines(code) for path, code in codes.items() if TEST.match(path))
    print(f"Shipped lines: {sum(shipped.values())} in {sum(MAIN.match(path).group(1) in shipped for path in java)} files; test lines: {tests}")
    print("  " + ", ".join(f"{module} {lines}" for module, lines in sorted(shipped.items())))

    large = {name: size for name, size in records(java).items() if size >= 10}
    print(f"Records with ten or more components: {len(large)}")
    print("  " + ", ".join(f"{name} {size}" for name, size in sorted(large.items(), key=lambda item: (-item[1], item[0]))))

    scripts = {path: text.count("\n") for path, text in texts.items() if path.startswith("ci/")}
    running = run_in_workflows(texts)
    idle = {path for path in scripts if path not in running and not path.endswith(".md")}
    print(f"ci: {len(scripts)} files, {sum(scripts.values())} lines; {len(running)} files with "
          f"{sum(scripts[path] for path in running)} lines run in a workflow or in .ci/run")
    print("  not run there: " + (", ".join(sorted(path[3:] for path in idle)) or "none"))


if __name__ == "__main__":
    sys.exit(main())
