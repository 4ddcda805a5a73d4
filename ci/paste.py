"""The Java that `linfhash` prints to paste, in a program around it; used by ci/engines.py and ci/measure.py."""

import re

EACH = "// Each document:\n"
AFTER = "// After all documents:\n"
SEARCH = "// Each search, for the query vector target:\n"

PROGRAM = """%(imports)s
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.store.ByteBuffersDirectory;

public final class Paste {
    static float[][] read(String file) throws Exception {
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(Path.of(file))).order(ByteOrder.LITTLE_ENDIAN);
        float[][] rows = new float[bytes.capacity() / 4 / %(dimension)d][%(dimension)d];
        for (float[] row : rows) {
            bytes.asFloatBuffer().get(row);
            bytes.position(bytes.position() + 4 * row.length);
        }
        return rows;
    }

    public static void main(String[] folder) throws Exception {
%(setup)s
        ByteBuffersDirectory directory = new ByteBuffersDirectory();
        try (IndexWriter writer = new IndexWriter(directory, config)) {
            int id = 0;
            for (float[] vector : read(folder[0] + "/database.f32")) {
                Document document = new Document();
                document.add(new StoredField("id", id++));
%(each)s
                writer.addDocument(document);
            }
%(after)s
        }
        try (DirectoryReader reader = DirectoryReader.open(directory)) {
            IndexSearcher searcher = new IndexSearcher(reader);
            for (float[] target : read(folder[0] + "/queries.f32")) {
%(search)s
                for (ScoreDoc doc : found.scoreDocs) {
                    System.out.println(searcher.storedFields().document(doc.doc).getField("id").numericValue());
                }
                System.out.println("--");
            }
        }
    }
}
"""


def program(folder, lines, database, queries):
    """Writes Paste.java around lines that make an index and, behind SEARCH, search in it, and the vectors in raw form."""
    imports = "".join(re.findall("^import .*\n", lines, flags=re.MULTILINE))
    create, search = re.sub("^import .*\n", "", lines, flags=re.MULTILINE).split(SEARCH)
    setup, later = create.split(EACH)
    each, _, after = later.partition(AFTER)
    for name, rows in ("database", database), ("queries", queries):
        rows.astype("<f4").tofile(folder + "/" + name + ".f32")
    parts = {"imports": imports, "setup": setup, "each": each, "after": after, "search": search}
    with open(folder + "/Paste.java", "w") as out:
        out.write(PROGRAM % {**parts, "dimension": database.shape[1]})


def literal(row):
    """Returns a vector as pgvector reads it."""
    return "[" + ",".join("%.9g" % x for x in row) + "]"
