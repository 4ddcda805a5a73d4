package io.github.linfhash.engines.watch;

import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.random.RandomStreams;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.rng.UniformRandomProvider;

/** Where the queries of a look come from. */
public sealed interface QuerySource {
    /** Its name: file, sql or rows. */
    String name();

    /** Whether the queries of a look are drawn independently of each other, so that each is a number of its own. */
    boolean independent();

    /**
     * Returns the queries of a look as text of vectors; none if there are none.
     *
     * @param look the transaction
     * @param number of the look
     * @param since the time of the look before
     * @param rows of the table in random order
     */
    List<String> of(PgvectorLook look, int number, String since, int count, List<float[]> rows) throws SQLException;

    /**
     * Queries of a file, drawn with replacement.
     *
     * @param queries at least one
     * @param random whose stream of each look is its own
     */
    record Given(FeatureMatrix queries, RandomStreams random) implements QuerySource {
        @Override
        public String name() {
            return "file";
        }

        @Override
        public boolean independent() {
            return true;
        }

        @Override
        public List<String> of(PgvectorLook look, int number, String since, int count, List<float[]> rows) {
            UniformRandomProvider stream = random.stream("watch/" + number);
            List<String> drawn = new ArrayList<>();
            float[] values = new float[queries.dimension()];
            for (int q = 0; q < count; q++) {
                queries.copyRow(stream.nextInt(queries.rows()), values);
                drawn.add(Arrays.toString(values));
            }
            return drawn;
        }
    }

    /**
     * Logged queries, which may come in groups that resemble each other.
     *
     * @param sql that reads them
     */
    record Logged(String sql) implements QuerySource {
        @Override
        public String name() {
            return "sql";
        }

        @Override
        public boolean independent() {
            return false;
        }

        @Override
        public List<String> of(PgvectorLook look, int number, String since, int count, List<float[]> rows)
                throws SQLException {
            return look.logged(sql, since, count);
        }
    }

    /** Rows of the table, which are their own nearest neighbors. */
    record Rows() implements QuerySource {
        @Override
        public String name() {
            return "rows";
        }

        @Override
        public boolean independent() {
            return true;
        }

        @Override
        public List<String> of(PgvectorLook look, int number, String since, int count, List<float[]> rows) {
            return rows.stream().limit(count).map(Arrays::toString).toList();
        }
    }
}
