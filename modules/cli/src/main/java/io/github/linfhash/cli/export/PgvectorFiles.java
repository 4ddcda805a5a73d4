package io.github.linfhash.cli.export;

import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.io.files.AtomicFiles;
import io.github.linfhash.io.npy.NpyArray;
import io.github.linfhash.quantisers.Similarity;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * Codes of bits as a table of PostgreSQL with the extension pgvector: the rows as COPY reads them, the table, and a query.
 *
 * @param bits N
 * @param similarity by what floats are compared
 * @param floats whether rows have their floats, too
 */
record PgvectorFiles(int bits, Similarity similarity, boolean floats) {
    static final String ROWS = "codes.copy";
    static final String TABLE = "schema.sql";
    static final String QUERY = "query.sql";

    /** The most dimensions of pgvector's type {@code vector}. */
    static final int MOST_DIMENSIONS = 16_000;

    private static final String NAME = "linfhash_codes";

    /**
     * Writes the files.
     *
     * @param codes packed, n rows
     * @param vectors n x d, raw
     */
    void write(Path folder, NpyArray codes, FeatureMatrix vectors) throws IOException {
        byte[] packed = codes.toBytes();
        AtomicFiles.write(folder.resolve(ROWS), out -> {
            for (int i = 0; i < codes.rows(); i++) {
                out.write(row(i, packed, codes.columns(), vectors).getBytes(StandardCharsets.US_ASCII));
            }
        });
        AtomicFiles.write(folder.resolve(TABLE), table(codes.rows(), vectors.dimension()));
        AtomicFiles.write(folder.resolve(QUERY), query(vectors.dimension()));
    }

    /** {@code id TAB code}, and behind another tab the floats; the first character of a code is bit 0. */
    private String row(int i, byte[] packed, int width, FeatureMatrix vectors) {
        StringBuilder row = new StringBuilder().append(i).append('\t');
        for (int b = 0; b < bits; b++) {
            row.append(packed[i * width + b / 8] >> b % 8 & 1);
        }
        if (floats) {
            for (int j = 0; j < vectors.dimension(); j++) {
                row.append(j == 0 ? "\t[" : ",").append(vectors.get(i, j));
            }
            row.append(']');
        }
        return row.append('\n').toString();
    }

    private String table(int rows, int dimension) {
        return """
                -- A table of %d codes of %d bits for pgvector. In this folder, 'psql -f schema.sql' makes and fills it.
                -- An id is the number of the row, from 0; the first bit of a code is bit 0.
                CREATE EXTENSION IF NOT EXISTS vector;
                CREATE TABLE %s (
                    id bigint PRIMARY KEY,
                    code bit(%d) NOT NULL%s
                );
                \\copy %s FROM '%s'
                -- An approximate search that does not read every code:
                -- CREATE INDEX ON %s USING hnsw (code bit_hamming_ops);
                """.formatted(
                        rows,
                        bits,
                        NAME,
                        bits,
                        floats ? ",\n    embedding vector(" + dimension + ") NOT NULL" : "",
                        NAME,
                        ROWS,
                        NAME);
    }

    private String query(int dimension) {
        String code = ":'code'::bit(" + bits + ")";
        if (!floats) {
            return """
                    -- The 10 nearest by code: psql -v code=0110... -f query.sql
                    SELECT id, code <~> %s AS distance
                    FROM %s
                    ORDER BY code <~> %s
                    LIMIT 10;
                    """.formatted(code, NAME, code);
        }
        String operator = switch (similarity) {
            case COSINE -> "<=>";
            case DOT -> "<#>";
            case EUCLIDEAN -> "<->";
        };
        return """
                -- Of the best 100 by code the 10 nearest by floats: psql -v code=0110... -v embedding='[0.1,...]' -f query.sql
                SELECT id, embedding %s :'embedding'::vector(%d) AS distance
                FROM (SELECT id, embedding FROM %s ORDER BY code <~> %s LIMIT 100) AS candidates
                ORDER BY distance
                LIMIT 10;
                """.formatted(operator, dimension, NAME, code);
    }
}
