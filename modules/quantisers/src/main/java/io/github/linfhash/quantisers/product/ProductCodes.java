package io.github.linfhash.quantisers.product;

import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.quantisers.DistanceEstimates;
import io.github.linfhash.quantisers.EncodedVectors;
import io.github.linfhash.quantisers.FittedQuantiser;
import io.github.linfhash.quantisers.Similarity;
import io.github.linfhash.quantisers.rotation.LinearMap;

/**
 * Codebooks behind a rotation; queries stay in float32.
 *
 * @param map about 0, as inner products have to stay
 * @param codebooks of its outputs
 * @param similarity by what vectors are compared
 */
record ProductCodes(LinearMap map, Codebooks codebooks, Similarity similarity) implements FittedQuantiser {
    @Override
    public int bytes() {
        return codebooks.parts();
    }

    @Override
    public EncodedVectors encode(FeatureMatrix vectors) {
        return new Encoded(this, codebooks.encode(map.apply(vectors)));
    }

    private record Encoded(ProductCodes fitted, ByteCodes codes) implements EncodedVectors {
        @Override
        public int size() {
            return codes.size();
        }

        @Override
        public DistanceEstimates estimates(FeatureMatrix queries) {
            return new Estimates(fitted, codes, fitted.map.apply(queries));
        }
    }

    private record Estimates(ProductCodes fitted, ByteCodes codes, FeatureMatrix of) implements DistanceEstimates {
        @Override
        public int queries() {
            return of.rows();
        }

        @Override
        public OfQuery of(int query) {
            float[] vector = new float[of.dimension()];
            of.copyRow(query, vector);
            return codes.sums(fitted.codebooks.table(vector, fitted.similarity.byInnerProduct()));
        }
    }
}
