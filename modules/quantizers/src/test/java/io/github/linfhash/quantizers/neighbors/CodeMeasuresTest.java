package io.github.linfhash.quantizers.neighbors;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.linfhash.codes.Similarity;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.random.RandomStreams;
import io.github.linfhash.quantizers.Quantizer;
import io.github.linfhash.quantizers.scalar.Floats;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CodeMeasuresTest {
    private static final List<Integer> FACTORS = List.of(1, 2, 7);

    /** In two parts, from one of which groups are left out. */
    @Test
    void fullPrecisionVectorsFindByDefinitionWhatMeasuringFinds() {
        Random random = new Random(3);
        FeatureMatrix database = normal(random, 257);
        FeatureMatrix queries = normal(random, 9);
        FloatNeighbors further = FloatNeighbors.find(database, queries, 16, Similarity.EUCLIDEAN);
        CodeMeasures measures = new CodeMeasures(
                FACTORS,
                List.of(
                        new CodeMeasures.Part(257, further.first(5), further),
                        new CodeMeasures.Part(
                                63, FloatNeighbors.find(database.part(0, 63), queries, 5, Similarity.EUCLIDEAN))),
                7,
                null,
                null);
        Quantizer.Encoded codes = new Floats(new Floats.Options(8), false)
                .fit(database, Similarity.EUCLIDEAN, new RandomStreams(0))
                .encode(database);
        CodeMeasures.Values measured = measures.of(codes, codes.estimates(queries));
        CodeMeasures.Values byDefinition = measures.ofFloats(queries.rows());
        assertThat(byDefinition.parts()).isEqualTo(measured.parts());
        for (int part = 0; part < 2; part++) {
            for (int o = 0; o < FACTORS.size(); o++) {
                assertThat(byDefinition.recall(part, o)).isEqualTo(measured.recall(part, o));
                assertThat(byDefinition.leavingOut(part, o)).isDeepEqualTo(measured.leavingOut(part, o));
            }
        }
        assertThat(byDefinition.kept()).isEqualTo(measured.kept());
        assertThat(byDefinition.rescoredFactors()).isEqualTo(measured.rescoredFactors());
    }

    private static FeatureMatrix normal(Random random, int rows) {
        float[] values = new float[rows * 8];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return FeatureMatrix.owning(rows, 8, values);
    }
}
