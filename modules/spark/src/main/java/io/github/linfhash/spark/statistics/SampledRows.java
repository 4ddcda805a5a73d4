package io.github.linfhash.spark.statistics;

import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.random.RandomStreams;
import io.github.linfhash.spark.blocks.FeatureBlock;
import java.io.Serializable;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.TreeSet;

/**
 * A uniform sample of rows without replacement that depends on their ids and the seed alone: each row draws a number from
 * the stream "anchor-row-ID", and those with the smallest are taken.
 */
final class SampledRows implements Serializable {
    private static final Comparator<Row> ORDER =
            Comparator.<Row>comparingLong(row -> row.number).thenComparingLong(row -> row.id);

    private final int most;
    private final TreeSet<Row> rows = new TreeSet<>((Comparator<Row> & Serializable) SampledRows::compare);

    private SampledRows(int most) {
        this.most = most;
    }

    private static int compare(Row some, Row other) {
        return ORDER.compare(some, other);
    }

    /** A row with its number. */
    private static final class Row implements Serializable {
        private final long number;
        private final long id;
        private final float[] values;

        Row(long number, long id, float[] values) {
            this.number = number;
            this.id = id;
            this.values = values;
        }
    }

    /** The sample of a part. */
    static Iterator<SampledRows> of(Iterator<FeatureBlock> blocks, int most, long seed) {
        SampledRows sample = new SampledRows(most);
        RandomStreams streams = new RandomStreams(seed);
        while (blocks.hasNext()) {
            FeatureBlock block = blocks.next();
            for (int i = 0; i < block.ids().size(); i++) {
                long id = block.ids().get(i);
                long number = streams.stream("anchor-row-" + id).nextLong();
                if (sample.rows.size() < most || number <= sample.rows.last().number) {
                    float[] values = new float[block.features().dimension()];
                    block.features().copyRow(i, values);
                    sample.add(new Row(number, id, values));
                }
            }
        }
        return List.of(sample).iterator();
    }

    private void add(Row row) {
        rows.add(row);
        if (rows.size() > most) {
            rows.pollLast();
        }
    }

    /** The sample of two parts together; the first is changed. */
    static SampledRows merge(SampledRows some, SampledRows others) {
        others.rows.forEach(some::add);
        return some;
    }

    /** The rows by ascending id. */
    FeatureMatrix toMatrix() {
        return FeatureMatrix.copyOf(rows.stream()
                .sorted(Comparator.comparingLong(row -> row.id))
                .map(row -> row.values)
                .toArray(float[][]::new));
    }

    int size() {
        return rows.size();
    }
}
