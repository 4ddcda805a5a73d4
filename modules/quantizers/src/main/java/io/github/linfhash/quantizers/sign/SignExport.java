package io.github.linfhash.quantizers.sign;

import io.github.linfhash.quantizers.Distance;
import io.github.linfhash.quantizers.export.AffineParts;
import io.github.linfhash.quantizers.export.EncodingGraph;
import io.github.linfhash.quantizers.export.PackedNumbers;
import io.github.linfhash.quantizers.export.QuantizerParts;
import java.util.Optional;

/** Describes {@link SignCodes} to other programs. */
final class SignExport {
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
                new QuantizerParts.CodeForm(affine.outputs(), 1, true, PackedNumbers.order(1)),
                "y = " + affine.formula("x") + "; bit j is 1 where y_j > 0",
                estimate,
                Optional.of(graph.build()));
    }
}
