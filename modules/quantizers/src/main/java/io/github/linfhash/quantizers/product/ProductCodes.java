package io.github.linfhash.quantizers.product;

import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.io.npy.NpyArray;
import io.github.linfhash.quantizers.DistanceEstimates;
import io.github.linfhash.quantizers.Similarity;
import io.github.linfhash.quantizers.export.AffineParts;
import io.github.linfhash.quantizers.export.EncodingGraph;
import io.github.linfhash.quantizers.export.PortableQuantizer;
import io.github.linfhash.quantizers.export.QuantizerParts;
import io.github.linfhash.quantizers.rotation.LinearMap;
import java.util.Map;
import java.util.Optional;

/**
 * Codebooks behind a rotation; queries stay in float32.
 *
 * @param map about 0, as inner products have to stay
 * @param codebooks of its outputs
 * @param similarity by what vectors are compared
 */
record ProductCodes(LinearMap map, Codebooks codebooks, Similarity similarity) implements PortableQuantizer.Fitted {
    @Override
    public int bytes() {
        return codebooks.parts();
    }

    @Override
    public PortableQuantizer.Encoded encode(FeatureMatrix vectors) {
        return new Encoded(this, codebooks.encode(map.apply(vectors)));
    }

    @Override
    public QuantizerParts parts() {
        AffineParts affine = map.parts();
        Map<String, NpyArray> arrays = affine.arrays();
        arrays.put("codebooks", codebooks.centers());
        arrays.put("starts", codebooks.starts());
        EncodingGraph.Builder graph = new EncodingGraph.Builder(affine.inputs(), similarity);
        codebooks.addTo(graph, affine.addTo(graph, graph.x()));
        String query = "z = " + affine.formula("query");
        return new QuantizerParts(
                arrays,
                new QuantizerParts.CodeForm(
                        codebooks.parts(),
                        8,
                        false,
                        "number p is byte p: the row of codebooks whose columns starts[p] .. starts[p + 1] - 1 are nearest"),
                "y = " + affine.formula("x")
                        + "; number p is the c with the least |y[starts[p]:starts[p + 1]] - codebooks[c, starts[p]:starts[p + 1]]|",
                similarity.byInnerProduct()
                        ? "-(z, v), v the columns of the parts from the rows that the code names, " + query
                        : "|z - v|^2, v the columns of the parts from the rows that the code names, " + query,
                Optional.of(graph.build()));
    }

    private record Encoded(ProductCodes fitted, ByteCodes codes) implements PortableQuantizer.Encoded {
        @Override
        public int size() {
            return codes.size();
        }

        @Override
        public Map<String, NpyArray> arrays() {
            return Map.of(QuantizerParts.CODES, codes.toArray());
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
