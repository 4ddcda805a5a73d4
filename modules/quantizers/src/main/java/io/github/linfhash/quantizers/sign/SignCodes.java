package io.github.linfhash.quantizers.sign;

import io.github.linfhash.codes.BitPlanes;
import io.github.linfhash.codes.SignScheme;
import io.github.linfhash.codes.Similarity;
import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.io.npy.NpyArray;
import io.github.linfhash.quantizers.Distance;
import io.github.linfhash.quantizers.Quantizer;
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
record SignCodes(VectorMap map, Distance distance, Similarity similarity) implements PortableQuantizer {
    static final int MOST_BITS = 1 << 16;

    /** Rejects more bits than vectors have dimensions. */
    static void requireDimension(String name, int bits, int dimension) {
        if (bits > dimension) {
            throw new InputException(name + ": a code of " + bits + " bits needs vectors of dimension " + bits
                    + " or more, but these have " + dimension + "; ask for " + dimension + " bits or fewer");
        }
    }

    @Override
    public int bytes() {
        return (map.outputs() + 7) / 8;
    }

    @Override
    public long modelBytes() {
        return map.bytes();
    }

    @Override
    public Quantizer.Encoded encode(FeatureMatrix vectors) {
        return compared(signs(map.apply(vectors)), distance);
    }

    private Quantizer.Encoded compared(BitPlanes codes, Distance by) {
        SignScheme scheme = new SignScheme(map.outputs(), by == Distance.HAMMING);
        return new Quantizer.Encoded(
                codes.size(),
                queries -> Quantizer.Estimates.ofRows(map.apply(queries), q -> scheme.distances(codes, q)),
                other -> other.distance().map(known -> compared(codes, known)));
    }

    private static BitPlanes signs(FeatureMatrix mapped) {
        return BitPlanes.ofSigns(mapped.rows(), mapped.dimension(), mapped.toArray());
    }

    @Override
    public QuantizerParts parts() {
        return SignExport.parts(this);
    }

    @Override
    public Map<String, NpyArray> arrays(FeatureMatrix vectors) {
        return Map.of(QuantizerParts.CODES, PackedNumbers.of(signs(map.apply(vectors))));
    }

    /** Describes {@link SignCodes} to other programs. */
    private static final class SignExport {
        private SignExport() {}

        static QuantizerParts parts(SignCodes fitted) {
            AffineParts affine = AffineParts.of(fitted.map());
            EncodingGraph.Builder graph = new EncodingGraph.Builder(affine.inputs(), fitted.similarity());
            graph.signs(affine.addTo(graph, graph.x()), affine.outputs());
            String estimate = fitted.distance() == Distance.HAMMING
                    ? "the number of bits in which the query's code differs"
                    : "-(sum of z_j over the bits j of the code that are 1), z = " + affine.formula("query")
                            + " in float32";
            return new QuantizerParts(
                    affine.arrays(),
                    new QuantizerParts.CodeForm(
                            affine.outputs(), 1, fitted.distance() == Distance.HAMMING, PackedNumbers.order(1)),
                    "y = " + affine.formula("x") + "; bit j is 1 where y_j > 0",
                    estimate,
                    Optional.of(graph.build()));
        }
    }
}
