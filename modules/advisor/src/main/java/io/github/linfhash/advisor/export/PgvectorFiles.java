package io.github.linfhash.advisor.export;

import io.github.linfhash.advisor.engine.PgvectorCodes;
import io.github.linfhash.codes.Similarity;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.io.files.AtomicFiles;
import io.github.linfhash.io.npy.NpyRows;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Codes of bits as a table of PostgreSQL with the extension pgvector: the rows as COPY reads them, the table, and a query.
 *
 * @param bits N
 * @param similarity by what floats are compared
 * @param floats whether rows have their floats, too
 * @param plainSigns whether a code is the signs of the first N coordinates of the vector as it is, which pgvector computes itself
 * @param ids of the rows, without blanks and control characters; empty for their numbers
 */
record PgvectorFiles(int bits, Similarity similarity, boolean floats, boolean plainSigns, List<String> ids) {
    static final String ROWS = "codes.copy";
    static final String TABLE = "schema.sql";
    static final String QUERY = "query.sql";

    /** The most dimensions of pgvector's type {@code vector}. */
    static final int MOST_DIMENSIONS = 16_000;

    /** Whole numbers in the one way that PostgreSQL prints them, so that different ids stay different. */
    private static final Pattern BIGINT = Pattern.compile("0|-?[1-9][0-9]{0,17}");

    private static final String NAME = "linfhash_codes";

    /** How many of the best by code are rescored. */
    private static final int CANDIDATES = 100;

    /** {@code hnsw.ef_search}: an HNSW index returns no more rows than this, and finds more of the best when it is larger. */
    private static final int EF_SEARCH = 2 * CANDIDATES;

    /**
     * Writes the files.
     *
     * @param codes the file of the packed codes, n rows
     * @param vectors n x d, raw
     */
    void write(Path folder, Path codes, FeatureMatrix vectors) throws IOException {
        AtomicFiles.write(folder.resolve(ROWS), out -> {
            try (NpyRows rows = NpyRows.open(codes)) {
                for (int i = 0; i < rows.rows(); i++) {
                    out.write(row(i, rows.next(1).toBytes(), vectors).getBytes(StandardCharsets.UTF_8));
                }
            }
        });
        AtomicFiles.write(folder.resolve(TABLE), table(vectors.rows(), vectors.dimension()));
        AtomicFiles.write(folder.resolve(QUERY), query(vectors.dimension()));
    }

    private boolean numbered() {
        return ids.stream().allMatch(id -> BIGINT.matcher(id).matches());
    }

    /** {@code id TAB code}, and behind another tab the floats; the first character of a code is bit 0. */
    private String row(int i, byte[] code, FeatureMatrix vectors) {
        StringBuilder row = new StringBuilder(
                        ids.isEmpty() ? Integer.toString(i) : ids.get(i).replace("\\", "\\\\"))
                .append('\t');
        for (int b = 0; b < bits; b++) {
            row.append(code[b / 8] >> b % 8 & 1);
        }
        if (floats) {
            float[] values = new float[vectors.dimension()];
            vectors.copyRow(i, values);
            for (int j = 0; j < values.length; j++) {
                row.append(j == 0 ? "\t[" : ",").append(values[j]);
            }
            row.append(']');
        }
        return row.append('\n').toString();
    }

    private String table(int rows, int dimension) {
        return String.format(
                Locale.ROOT,
                """
                -- A table of %1$d codes of %2$d bits for pgvector. In this folder, 'psql -f schema.sql' makes and fills it.
                -- An id is %3$s; the first bit of a code is bit 0.
                -- If there is a table of this name already, it stays as it is; drop it to undo this.
                \\set ON_ERROR_STOP on
                BEGIN;
                CREATE EXTENSION IF NOT EXISTS vector;
                CREATE TABLE %4$s (
                    id %5$s PRIMARY KEY,
                    code bit(%2$d) NOT NULL%6$s
                );
                \\copy %4$s FROM '%7$s' (ENCODING 'UTF8')
                COMMIT;
                -- An approximate search that does not read every code:
                -- CREATE INDEX ON %4$s USING hnsw (code bit_hamming_ops);
                %8$s""",
                rows,
                bits,
                ids.isEmpty() ? "the number of the row, from 0" : "that of --ids",
                NAME,
                numbered() ? "bigint" : "text",
                floats ? ",\n    embedding vector(" + dimension + ") NOT NULL" : "",
                ROWS,
                plainSigns ? withoutExport(dimension) : "");
    }

    /** Returns comments in SQL that show how pgvector alone makes the same codes. */
    private String withoutExport(int dimension) {
        String code = "binary_quantize(" + (bits < dimension ? "subvector(%s, 1, " + bits + ")" : "%s") + ")::bit("
                + bits + ")";
        String stored = code.replace("%s", "embedding");
        return String.format(
                Locale.ROOT,
                """
                --
                -- These codes need no export: pgvector computes the same bits of vectors that it has. Replace items by your table, id by its key
                -- and embedding by its column of vector(%d), and either index the expression:
                -- CREATE INDEX ON items USING hnsw ((%s) bit_hamming_ops);
                -- SELECT id FROM items ORDER BY %s <~> %s LIMIT %d;
                -- or keep the codes in a column, which follows inserts and updates; this rewrites the table, which nobody can use meanwhile:
                -- ALTER TABLE items ADD COLUMN code bit(%d) GENERATED ALWAYS AS (%s) STORED;
                -- Set hnsw.ef_search as query.sql does.
                """,
                dimension,
                stored,
                stored,
                code.replace("%s", ":'embedding'::vector(" + dimension + ")"),
                CANDIDATES,
                bits,
                stored);
    }

    private String query(int dimension) {
        String code = ":'code'::bit(" + bits + ")";
        String usage = "-- The 10 nearest by code: psql -q -v code=0110... -f query.sql";
        String select = String.format(Locale.ROOT, """
                SELECT id, code <~> %s AS distance
                FROM %s
                ORDER BY code <~> %s
                """, code, NAME, code);
        if (floats) {
            usage = "-- Of the best " + CANDIDATES + " by code the 10 nearest by full-precision vectors:\n"
                    + "-- psql -q -v code=0110... -v embedding='[0.1,...]' -f query.sql";
            select = String.format(
                    Locale.ROOT, """
                    SELECT id, embedding %s :'embedding'::vector(%d) AS distance
                    FROM (SELECT id, embedding FROM %s ORDER BY code <~> %s LIMIT %d) AS candidates
                    ORDER BY distance
                    """, PgvectorCodes.operator(similarity), dimension, NAME, code, CANDIDATES);
        }
        return usage + String.format(Locale.ROOT, """

                -- An HNSW index returns at most hnsw.ef_search rows, 40 unless it is set. Raise it with the number of candidates,
                -- up to 1000.
                BEGIN;
                SET LOCAL hnsw.ef_search = %d;
                %sLIMIT 10;
                COMMIT;
                """, EF_SEARCH, select);
    }
}
