package io.github.linfhash.quantizers.sign;

import io.github.linfhash.codes.BitPlanes;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.io.npy.NpyArray;
import io.github.linfhash.quantizers.Distance;
import io.github.linfhash.quantizers.DistanceEstimates;
import io.github.linfhash.quantizers.HammingEstimates;
import io.github.linfhash.quantizers.Similarity;
import io.github.linfhash.quantizers.export.AffineParts;
import io.github.linfhash.quantizers.export.EncodingGraph;
import io.github.linfhash.quantizers.export.PackedNumbers;
import io.github.linfhash.quantizers.export.PortableQuantizer;
import io.github.linfhash.quantizers.export.QuantizerParts;
import io.github.linfhash.quantizers.rotation.VectorMap;
import java.util.Map;
import java.util.Optional;

/**
 * The signs of a map's outputs, a bit each.
 *
 * @param map the map, of queries too
 * @param distance how a query is compared with codes
 * @param similarity by what vectors are compared
 */
record SignCodes(VectorMap map, Distance distance, Similarity similarity) implements PortableQuantizer.Fitted {
    @Override
    public int bytes() {
        return (map.outputs() + 7) / 8;
    }

    @Override
    public PortableQuantizer.Encoded encode(FeatureMatrix vectors) {
        BitPlanes codes = BitPlanes.ofSigns(
                vectors.rows(), map.outputs(), map.apply(vectors).toArray());
        return new Encoded(codes, map, distance);
    }

    @Override
    public QuantizerParts parts() {
        AffineParts affine = map.parts();
        EncodingGraph.Builder graph = new EncodingGraph.Builder(affine.inputs(), similarity);
        graph.signs(affine.addTo(graph, graph.x()), affine.outputs());
        String estimate = distance == Distance.HAMMING
                ? "the number of bits in which the query's code differs"
                : "-(sum of z_j over the bits j of the code that are 1), z = " + affine.formula("query")
                        + " in float32";
        return new QuantizerParts(
                affine.arrays(),
                new QuantizerParts.CodeForm(affine.outputs(), 1, true, PackedNumbers.order(1)),
                "y = " + affine.formula("x") + "; bit j is 1 where y_j > 0",
                estimate,
                Optional.of(graph.build()));
    }

    private record Encoded(BitPlanes codes, VectorMap map, Distance distance) implements PortableQuantizer.Encoded {
        @Override
        public int size() {
            return codes.size();
        }

        @Override
        public Map<String, NpyArray> arrays() {
            return Map.of(QuantizerParts.CODES, PackedNumbers.of(codes));
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
