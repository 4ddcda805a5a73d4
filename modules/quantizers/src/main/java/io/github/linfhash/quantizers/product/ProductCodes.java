package io.github.linfhash.quantizers.product;

import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.io.npy.NpyArray;
import io.github.linfhash.quantizers.ByteCodes;
import io.github.linfhash.quantizers.Quantizer;
import io.github.linfhash.quantizers.Similarity;
import io.github.linfhash.quantizers.export.PortableQuantizer;
import io.github.linfhash.quantizers.export.QuantizerParts;
import io.github.linfhash.quantizers.rotation.LinearMap;
import java.util.Map;

/**
 * Codebooks behind a rotation; queries stay in float32.
 *
 * @param map about 0, as inner products have to stay
 * @param codebooks of its outputs
 * @param similarity by what vectors are compared
 */
record ProductCodes(LinearMap map, Codebooks codebooks, Similarity similarity) implements PortableQuantizer {
    @Override
    public int bytes() {
        return codebooks.parts();
    }

    @Override
    public long modelBytes() {
        return map.bytes() + codebooks.bytes();
    }

    @Override
    public Quantizer.Encoded encode(FeatureMatrix vectors) {
        ByteCodes codes = codes(vectors);
        return new Quantizer.Encoded(
                codes.size(),
                queries -> codes.estimates(map.apply(queries), query -> codebooks.table(query, similarity)));
    }

    ByteCodes codes(FeatureMatrix vectors) {
        return codebooks.encode(map.apply(vectors));
    }

    @Override
    public QuantizerParts parts() {
        return ProductExport.parts(this);
    }

    @Override
    public Map<String, NpyArray> arrays(FeatureMatrix vectors) {
        return ProductExport.arrays(codes(vectors));
    }
}
