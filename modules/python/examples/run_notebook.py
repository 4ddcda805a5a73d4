"""Runs the code cells of a notebook and stores their output in it; needs no Jupyter.

    python3 run_notebook.py advice.ipynb
"""

import ast
import base64
import contextlib
import io
import json
import pathlib
import sys

import matplotlib

matplotlib.use("agg")
import matplotlib.pyplot  # noqa: E402


def lines(text):
    return text.splitlines(keepends=True)


def run(source, names):
    """Returns the outputs of a cell, as Jupyter shows them: printed text, the value of the last expression, and figures."""
    tree = ast.parse(source)
    last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(compile(tree, "cell", "exec"), names)
        value = None if last is None else eval(compile(ast.Expression(last.value), "cell", "eval"), names)
    outputs = []
    if printed.getvalue():
        outputs.append({"name": "stdout", "output_type": "stream", "text": lines(printed.getvalue())})
    if value is not None and not source.rstrip().endswith(";"):
        data = {"text/plain": lines(repr(value))}
        if hasattr(value, "_repr_html_"):
            data["text/html"] = lines(value._repr_html_())
        outputs.append({"data": data, "execution_count": None, "metadata": {}, "output_type": "execute_result"})
    for number in matplotlib.pyplot.get_fignums():
        picture = io.BytesIO()
        matplotlib.pyplot.figure(number).savefig(picture, format="png", dpi=70, metadata={"Software": None})
        matplotlib.pyplot.close(number)
        data = {"image/png": base64.b64encode(picture.getvalue()).decode("ascii") + "\n"}
        outputs.append({"data": data, "metadata": {}, "output_type": "display_data"})
    return outputs


def main(file):
    notebook = json.loads(file.read_text(encoding="utf-8"))
    names = {}
    number = 0
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            number += 1
            cell["execution_count"] = number
            cell["outputs"] = run("".join(cell["source"]), names)
            for output in cell["outputs"]:
                if "execution_count" in output:
                    output["execution_count"] = number
    file.write_text(json.dumps(notebook, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]))
