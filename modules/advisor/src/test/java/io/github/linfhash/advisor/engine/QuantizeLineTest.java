package io.github.linfhash.advisor.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.linfhash.codes.Similarity;
import io.github.linfhash.quantizers.Prefix;
import io.github.linfhash.quantizers.QuantizerSpec;
import io.github.linfhash.quantizers.registry.Quantizers;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuantizeLineTest {
    private static QuantizerSpec.Configured first(String name, int dimension, int bytes) {
        return Quantizers.ALL.stream()
                .filter(one -> one.name().equals(name))
                .flatMap(one -> one.within(dimension, bytes).stream())
                .findFirst()
                .orElseThrow();
    }

    @Test
    void namesAllOptions() {
        QuantizerSpec.Configured pq = first("pq", 32, 4);
        assertThat(QuantizeLine.of(pq.name(), pq.options(), Similarity.DOT, QuantizeLine.Files.UNKNOWN))
                .hasValue("linfhash quantize --quantizer pq --option parts=4 --option iterations=10"
                        + " --option sample=16384 --option bits=8 --similarity dot --vectors FILE --out DIR");
    }

    @Test
    void cutsTheVectorsOfAPrefix() {
        QuantizerSpec.Configured int8 = Prefix.of(first("int8", 20, 24), 20);
        assertThat(QuantizeLine.of(int8.name(), int8.options(), Similarity.COSINE, QuantizeLine.Files.UNKNOWN))
                .hasValue("linfhash quantize --prefix 20 --quantizer int8 --option dimensions=20"
                        + " --vectors FILE --out DIR");
    }

    @Test
    void thereIsNoneForWhatQuantizeDoesNotWrite() {
        QuantizerSpec.Configured osq = first("osq", 32, 24);
        assertThat(QuantizeLine.of(osq.name(), osq.options(), Similarity.COSINE, QuantizeLine.Files.UNKNOWN))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '"', textBlock = """
            vectors.npy,        vectors.npy,            vectors-codes
            data/v1.2.npy,      data/v1.2.npy,          v1.2-codes
            .hidden,            .hidden,                .hidden-codes
            "my data/it's.npy", "'my data/it'\\''s.npy'", "'it'\\''s-codes'"
            """)
    void filesAreAsAShellTakesThem(String vectors, String file, String folder) {
        QuantizerSpec.Configured sign = first("sign", 32, 4);
        assertThat(QuantizeLine.of(sign.name(), sign.options(), Similarity.COSINE, QuantizeLine.Files.of(vectors)))
                .get(InstanceOfAssertFactories.STRING)
                .endsWith(" --vectors " + file + " --out " + folder);
    }
}
