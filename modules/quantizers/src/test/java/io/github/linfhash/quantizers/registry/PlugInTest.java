package io.github.linfhash.quantizers.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.linfhash.codes.Distances;
import io.github.linfhash.codes.NonFiniteException;
import io.github.linfhash.codes.Similarity;
import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.random.RandomStreams;
import io.github.linfhash.quantizers.Quantizer;
import io.github.linfhash.quantizers.QuantizerProvider;
import io.github.linfhash.quantizers.QuantizerSpec;
import io.github.linfhash.quantizers.Samples;
import io.github.linfhash.quantizers.product.ProductQuantizer;
import io.github.linfhash.quantizers.scalar.Int8;
import io.github.linfhash.quantizers.sign.Sign;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Quantizers from elsewhere that do what none may. */
class PlugInTest {
    private static final FeatureMatrix VECTORS = Samples.vectors(20, 4, 1);

    /** Of no options. */
    public record Options() {}

    /** One that keeps no more than it is told, and gives all vectors one distance. */
    private record Fake(int bytes, int codes, int queries, float distance, int distances) implements Quantizer.Fitted {
        static final Fake SOUND = new Fake(1, 20, 20, 0.5f, 20);

        @Override
        public long modelBytes() {
            return 0;
        }

        @Override
        public Quantizer.Encoded encode(FeatureMatrix vectors) {
            return new Quantizer.Encoded(
                    codes,
                    asked -> new Quantizer.Estimates(queries, query -> new Distances() {
                        @Override
                        public float to(int code) {
                            return distance;
                        }

                        @Override
                        public float[] first(int size) {
                            return new float[distances];
                        }
                    }));
        }
    }

    private static QuantizerSpec<Options> spec(String name, Quantizer quantizer) {
        return new QuantizerSpec<>(
                name,
                "A fake",
                "nowhere",
                options -> false,
                false,
                options -> quantizer,
                (dimension, bytes) -> List.of(new Options()));
    }

    private static final class Provider implements QuantizerProvider {
        private final String name;
        private final @Nullable Quantizer quantizer;

        Provider(String name, @Nullable Quantizer quantizer) {
            this.name = name;
            this.quantizer = quantizer;
        }

        @Override
        public List<QuantizerSpec<?>> quantizers() {
            if (quantizer == null) {
                throw new IllegalStateException("not today");
            }
            return List.of(spec(name, quantizer));
        }
    }

    private static Quantizer fitting(Fake fitted) {
        return (vectors, similarity, random) -> fitted;
    }

    static Stream<Arguments> faults() {
        Fake sound = Fake.SOUND;
        return Stream.of(
                Arguments.of(
                        (Quantizer) (vectors, similarity, random) -> {
                            throw new IllegalStateException("boom");
                        },
                        "fit failed with java.lang.IllegalStateException: boom"),
                Arguments.of(
                        (Quantizer) (vectors, similarity, random) -> {
                            throw new NoClassDefFoundError("org/example/Missing");
                        },
                        "fit failed with java.lang.NoClassDefFoundError: org/example/Missing"),
                Arguments.of(
                        (Quantizer) (vectors, similarity, random) -> {
                            throw new InputException("expected whole numbers, found others");
                        },
                        "expected whole numbers, found others"),
                Arguments.of(
                        fitting(new Fake(0, 20, 20, 0.5f, 20)),
                        "expected codes of 1 to 4096 bytes and a model of 0 or more, found 0 and 0"),
                Arguments.of(fitting(new Fake(1, 19, 20, 0.5f, 20)), "expected codes of 20 vectors, found 19"),
                Arguments.of(fitting(new Fake(1, 20, 1, 0.5f, 20)), "expected estimates for 20 queries, found 1"),
                Arguments.of(fitting(new Fake(1, 20, 20, 0.5f, 7)), "expected distances to 20 codes, found 7"),
                Arguments.of(fitting(new Fake(1, 20, 20, Float.NaN, 20)), "expected finite distances, found NaN"),
                Arguments.of(fitting(sound), ""));
    }

    private static void use(Quantizer quantizer) {
        Quantizer.Estimates estimates = quantizer
                .fit(VECTORS, Similarity.COSINE, new RandomStreams(0))
                .encode(VECTORS)
                .estimates(VECTORS);
        estimates.forQuery(0).to(3);
        estimates.forQuery(0).first(20);
    }

    @ParameterizedTest
    @MethodSource("faults")
    void aFaultIsOneSentenceThatNamesTheQuantizer(Quantizer quantizer, String fault) {
        List<QuantizerSpec<?>> all = Quantizers.with(List.of(new Provider("fake", quantizer)));
        QuantizerSpec<?> fake = all.get(all.size() - 1);
        assertThat(fake.name()).isEqualTo("fake");
        Quantizer guarded = fake.within(4, 1).get(0).quantizer();
        if (fault.isEmpty()) {
            use(guarded);
            return;
        }
        assertThatThrownBy(() -> use(guarded))
                .isInstanceOfAny(InputException.class, NonFiniteException.class)
                .hasMessage("quantizer 'fake' of " + Provider.class.getName() + ": " + fault);
    }

    static Stream<Arguments> wrongProviders() {
        Quantizer sound = fitting(Fake.SOUND);
        return Stream.of(
                Arguments.of("sign", sound, "expected names that no other quantizer has, found 'sign'"),
                Arguments.of("Upper", sound, "found 'Upper'"),
                Arguments.of("hash-x", sound, "that do not begin with hash-, found 'hash-x'"),
                Arguments.of("x", null, "expected registrations, found: java.lang.IllegalStateException: not today"));
    }

    @ParameterizedTest
    @MethodSource("wrongProviders")
    void aProviderThatCannotBeUsedIsNamed(String name, @Nullable Quantizer quantizer, String fault) {
        assertThatThrownBy(() -> Quantizers.with(List.of(new Provider(name, quantizer))))
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith("quantizers of " + Provider.class.getName() + ": expected ")
                .hasMessageEndingWith(fault);
    }

    static List<QuantizerSpec<?>> own() {
        return List.of(Sign.SPEC, Int8.SPEC, ProductQuantizer.SPEC);
    }

    @ParameterizedTest
    @MethodSource("own")
    void quantizersOfLinfhashKeepTheContract(QuantizerSpec<?> spec) {
        assertThat(QuantizerContract.faults(spec)).isEmpty();
    }

    @Test
    void theContractNamesWhatIsNotKept() {
        assertThat(QuantizerContract.faults(spec("fake", fitting(new Fake(2, 300, 30, 0.5f, 300)))))
                .contains("fake takes 2 bytes with Options[], more than the 1 that were asked for")
                .anySatisfy(
                        fault -> assertThat(fault).startsWith("quantizer 'fake' of this test: expected codes of 3"));
        QuantizerSpec<Sign.Options> random = new QuantizerSpec<>(
                "fake",
                "",
                "",
                options -> true,
                false,
                options -> Sign.SPEC.factory().apply(options),
                Sign.SPEC.budget());
        assertThat(QuantizerContract.faults(random))
                .hasSizeGreaterThan(1)
                .allSatisfy(fault -> assertThat(fault)
                        .startsWith("fake says that it is random, and gives the same codes for another seed with "));
        assertThat(QuantizerContract.faults(new QuantizerSpec<>(
                        "fake",
                        "",
                        "",
                        options -> false,
                        false,
                        options -> fitting(Fake.SOUND),
                        (d, bytes) -> List.<Options>of())))
                .containsExactly("fake fits no vector of 32 dimensions into 1 to 128 bytes");
    }
}
