package io.github.linfhash.engines.watch;

import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.random.RandomStreams;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.rng.UniformRandomProvider;
import org.jspecify.annotations.Nullable;

/**
 * Where the queries of a look come from: vectors that are given, logged ones, or rows of the table, which are their own nearest neighbors.
 *
 * @param given of a file, at least one; drawn with replacement; null for none
 * @param sql that reads logged queries, which may come in groups that resemble each other; null for none
 * @param seed of the draws
 */
public record QuerySource(
        @Nullable FeatureMatrix given, @Nullable String sql, long seed) {
    /** Its name: file, sql or rows. */
    public String name() {
        return given != null ? "file" : sql != null ? "sql" : "rows";
    }

    /** Whether the queries of a look are drawn independently of each other, so that each is a number of its own. */
    public boolean independent() {
        return sql == null;
    }

    /**
     * Returns the queries of a look as text of vectors; none if there are none.
     *
     * @param look the transaction
     * @param number of the look
     * @param since the time of the look before
     * @param rows of the table in random order
     */
    List<String> of(PgvectorLook look, int number, String since, int count, List<float[]> rows) throws SQLException {
        if (given == null) {
            return sql != null
                    ? look.logged(sql, since, count)
                    : rows.stream().limit(count).map(Arrays::toString).toList();
        }
        UniformRandomProvider stream = new RandomStreams(seed).stream("watch/" + number);
        List<String> drawn = new ArrayList<>();
        float[] values = new float[given.dimension()];
        for (int q = 0; q < count; q++) {
            given.copyRow(stream.nextInt(given.rows()), values);
            drawn.add(Arrays.toString(values));
        }
        return drawn;
    }
}
