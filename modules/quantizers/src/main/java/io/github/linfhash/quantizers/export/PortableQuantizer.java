package io.github.linfhash.quantizers.export;

import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.random.RandomStreams;
import io.github.linfhash.io.npy.NpyArray;
import io.github.linfhash.quantizers.EncodedVectors;
import io.github.linfhash.quantizers.FittedQuantizer;
import io.github.linfhash.quantizers.Quantizer;
import io.github.linfhash.quantizers.Similarity;
import java.io.Serializable;
import java.util.Map;

/** A quantizer whose codes other programs can make and compare, from arrays and a formula. */
public interface PortableQuantizer extends Quantizer {
    /** A fitted one, which tells what it is made of, and can be sent to other machines as it is. */
    interface Fitted extends FittedQuantizer, Serializable {
        /** What codes are made by and compared by. */
        QuantizerParts parts();

        @Override
        default long modelBytes() {
            return NpyArray.bytes(parts().arrays().values());
        }

        @Override
        Encoded encode(FeatureMatrix vectors);
    }

    /** Codes that can be had as arrays. */
    interface Encoded extends EncodedVectors {
        /**
         * All that is kept of n vectors, by name: {@value QuantizerParts#CODES}, one row for each, in the form that
         * {@link QuantizerParts#codes} says, and what stands beside, n float32 values each.
         */
        Map<String, NpyArray> arrays();
    }

    @Override
    Fitted fit(FeatureMatrix vectors, Similarity similarity, RandomStreams random);
}
