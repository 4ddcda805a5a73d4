package io.github.linfhash.embeddings.texts;

import static io.github.linfhash.testing.InputErrors.assertOneSentence;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.model.embedding.onnx.allminilml6v2.AllMiniLmL6V2EmbeddingModel;
import dev.langchain4j.model.embedding.onnx.bgesmallenv15.BgeSmallEnV15EmbeddingModel;
import dev.langchain4j.model.embedding.onnx.e5smallv2.E5SmallV2EmbeddingModel;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.progress.Progress;
import io.github.linfhash.testing.NotedProgress;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The classes that the models are published with, which share nothing with ours but the files, say what is right. */
class SentenceEmbedderTest {
    private static final double TOLERANCE = 1e-5;

    /** Of many lengths, so that batches have padding; the longest has more tokens than most, and fewer than any model takes. */
    private static final List<String> TEXTS = List.of(
            "hi",
            "What can I do if my card still hasn't arrived after 2 weeks?",
            "Ünïcode: café, naïve, 漢字 and 😀 — “quotes”…",
            "a\tb\u00a0c   d",
            "antidisestablishmentarianism supercalifragilisticexpialidocious",
            "one two three",
            "three two one",
            "1,234.56 €",
            "the quick brown fox jumps over the lazy dog; ".repeat(10),
            "[MASK] is a word of its own");

    @TempDir(cleanup = CleanupMode.NEVER) // the native library stays open
    static Path cache;

    /** Loading a model takes seconds. */
    private static final Map<SentenceModel, SentenceEmbedder> OPEN = new EnumMap<>(SentenceModel.class);

    private static SentenceEmbedder open(SentenceModel model) throws IOException {
        SentenceEmbedder embedder = OPEN.get(model);
        if (embedder == null) {
            embedder = SentenceEmbedder.open(model, cache);
            OPEN.put(model, embedder);
        }
        return embedder;
    }

    @AfterAll
    static void close() {
        OPEN.values().forEach(SentenceEmbedder::close);
    }

    static Stream<Arguments> models() {
        return Stream.of(
                Arguments.of(SentenceModel.ALL_MINILM_L6_V2, "", (Supplier<EmbeddingModel>)
                        AllMiniLmL6V2EmbeddingModel::new),
                Arguments.of(SentenceModel.BGE_SMALL_EN_V15, "", (Supplier<EmbeddingModel>)
                        BgeSmallEnV15EmbeddingModel::new),
                Arguments.of(
                        SentenceModel.E5_SMALL_V2, "query: ", (Supplier<EmbeddingModel>) E5SmallV2EmbeddingModel::new));
    }

    static Stream<Arguments> one() {
        return models().limit(1);
    }

    static Stream<Arguments> others() {
        return models().skip(1);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("one")
    void embeddingsAreThoseOfThePublishedClass(SentenceModel model, String prefix, Supplier<EmbeddingModel> published)
            throws IOException {
        assertEmbeddingsOf(model, prefix, published);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("others")
    @Tag("slow")
    void embeddingsAreThoseOfTheOtherPublishedClasses(
            SentenceModel model, String prefix, Supplier<EmbeddingModel> published) throws IOException {
        assertEmbeddingsOf(model, prefix, published);
    }

    private static void assertEmbeddingsOf(SentenceModel model, String prefix, Supplier<EmbeddingModel> published)
            throws IOException {
        FeatureMatrix found = embed(model, TEXTS);
        assertThat(found.rows()).isEqualTo(TEXTS.size());
        EmbeddingModel oracle = published.get();
        for (int i = 0; i < TEXTS.size(); i++) {
            float[] expected = oracle.embed(prefix + TEXTS.get(i)).content().vector();
            assertThat(found.dimension()).isEqualTo(expected.length);
            double squares = 0;
            for (int j = 0; j < expected.length; j++) {
                assertThat(found.get(i, j)).as("text %d, value %d", i, j).isCloseTo(expected[j], within((float)
                        TOLERANCE));
                squares += found.get(i, j) * found.get(i, j);
            }
            assertThat(squares).isCloseTo(1, within(TOLERANCE));
        }
    }

    @Test
    void theOrderOfTheTextsIsThatOfTheRows() throws IOException {
        List<String> reversed = new ArrayList<>(TEXTS);
        Collections.reverse(reversed);
        FeatureMatrix found = embed(SentenceModel.ALL_MINILM_L6_V2, TEXTS);
        FeatureMatrix other = embed(SentenceModel.ALL_MINILM_L6_V2, reversed);
        for (int i = 0; i < TEXTS.size(); i++) {
            for (int j = 0; j < found.dimension(); j++) {
                assertThat(other.get(TEXTS.size() - 1 - i, j)).isCloseTo(found.get(i, j), within((float) TOLERANCE));
            }
        }
    }

    @Test
    void ofTextsThatAreTooLongTheBeginningCounts() throws IOException {
        // The published vocabulary of MiniLM comes with a limit of 128 tokens, of which two are marks.
        String beginning = "word ".repeat(126);
        NotedProgress progress = new NotedProgress(new ArrayList<>());
        FeatureMatrix found = open(SentenceModel.ALL_MINILM_L6_V2)
                .embed(List.of(beginning, beginning + "and something else"), progress);
        for (int j = 0; j < found.dimension(); j++) {
            assertThat(found.get(1, j)).isCloseTo(found.get(0, j), within((float) TOLERANCE));
        }
        assertThat(progress.notes()).singleElement().asString().contains("1 of 2 texts", "128 tokens");
    }

    @ParameterizedTest
    @MethodSource("models")
    void aTextWithoutWordsIsRefused(SentenceModel model) throws IOException {
        SentenceEmbedder embedder = open(model);
        assertOneSentence(
                () -> embedder.embed(List.of("fine", "\u0000\u0001"), Progress.NONE),
                "text 1 (counted from 0)",
                "no word piece");
    }

    @Test
    void whatDecidesTheEmbeddingsIsInTheirIdentity() throws IOException {
        SentenceEmbedder minilm = open(SentenceModel.ALL_MINILM_L6_V2);
        SentenceEmbedder bge = open(SentenceModel.BGE_SMALL_EN_V15);
        String identity = minilm.identity(List.of("a", "b"));
        assertThat(minilm.identity(List.of("a", "b"))).isEqualTo(identity);
        assertThat(minilm.identity(List.of("b", "a"))).isNotEqualTo(identity);
        assertThat(minilm.identity(List.of("ab"))).isNotEqualTo(identity);
        assertThat(bge.identity(List.of("a", "b"))).isNotEqualTo(identity);
    }

    private static FeatureMatrix embed(SentenceModel model, List<String> texts) throws IOException {
        return open(model).embed(texts, Progress.NONE);
    }
}
