package io.github.linfhash.quantisers.sign;

import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.quantisers.DistanceEstimates;
import io.github.linfhash.quantisers.EncodedVectors;
import io.github.linfhash.quantisers.FittedQuantiser;
import io.github.linfhash.quantisers.codes.BitPlanes;
import io.github.linfhash.quantisers.codes.Distance;
import io.github.linfhash.quantisers.codes.HammingEstimates;
import io.github.linfhash.quantisers.rotation.VectorMap;

/**
 * The signs of a map's outputs, a bit each.
 *
 * @param map the map, of queries too
 * @param distance how a query is compared with codes
 */
record SignCodes(VectorMap map, Distance distance) implements FittedQuantiser {
    @Override
    public int bytes() {
        return (map.outputs() + 7) / 8;
    }

    @Override
    public EncodedVectors encode(FeatureMatrix vectors) {
        BitPlanes codes = BitPlanes.ofSigns(
                vectors.rows(), map.outputs(), map.apply(vectors).toArray());
        return new Encoded(codes, map, distance);
    }

    private record Encoded(BitPlanes codes, VectorMap map, Distance distance) implements EncodedVectors {
        @Override
        public int size() {
            return codes.size();
        }

        @Override
        public DistanceEstimates estimates(FeatureMatrix queries) {
            FeatureMatrix mapped = map.apply(queries);
            return distance == Distance.HAMMING
                    ? new HammingEstimates(codes, BitPlanes.ofSigns(queries.rows(), map.outputs(), mapped.toArray()))
                    : new Asymmetric(codes, mapped);
        }
    }

    /** The sum of +-q_j is twice that of the q_j with bit 1, less that of all, which is the same for every code. */
    private record Asymmetric(BitPlanes codes, FeatureMatrix of) implements DistanceEstimates {
        @Override
        public int queries() {
            return of.rows();
        }

        @Override
        public OfQuery of(int query) {
            float[] vector = new float[of.dimension()];
            of.copyRow(query, vector);
            BitPlanes.Products products = codes.products(vector);
            return i -> -products.of(i);
        }
    }
}
