package io.github.linfhash.embeddings.texts;

import ai.djl.engine.EngineException;
import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import io.github.linfhash.core.arithmetic.NativeLibraries;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** Cuts texts into the word pieces of a model; safe for use by several threads. */
final class Tokenizer implements AutoCloseable {
    private final HuggingFaceTokenizer pieces;

    private Tokenizer(HuggingFaceTokenizer pieces) {
        this.pieces = pieces;
    }

    /**
     * Opens a tokenizer.
     *
     * @param description the JSON that comes with the model
     * @param longest the most tokens of a text; more are cut off
     * @param cache a folder that the native library is unpacked into
     */
    static Tokenizer open(byte[] description, int longest, Path cache) throws IOException {
        // The library is in the jar: nothing is to be fetched, and nobody told.
        System.setProperty("ai.djl.offline", "true");
        System.setProperty("ENGINE_CACHE_DIR", cache.toString());
        String most = Integer.toString(longest);
        try {
            return new Tokenizer(HuggingFaceTokenizer.newInstance(
                    new ByteArrayInputStream(description),
                    Map.of("padding", "false", "truncation", "true", "maxLength", most, "modelMaxLength", most)));
        } catch (EngineException | IllegalStateException | LinkageError e) {
            throw NativeLibraries.notLoaded("the tokenizer", e);
        }
    }

    /** A text's tokens: their numbers in the vocabulary, the marks of beginning and end included. */
    static final class Tokens {
        private final long[] ids;
        private final boolean cut;

        private Tokens(long[] ids, boolean cut) {
            this.ids = ids;
            this.cut = cut;
        }

        int count() {
            return ids.length;
        }

        /** Whether the text has more than the model takes. */
        boolean cut() {
            return cut;
        }

        void copy(long[] target, int offset) {
            System.arraycopy(ids, 0, target, offset, ids.length);
        }
    }

    Tokens tokens(String text) {
        Encoding encoding = pieces.encode(text, true, true);
        return new Tokens(encoding.getIds(), encoding.getOverflowing().length > 0);
    }

    @Override
    public void close() {
        pieces.close();
    }
}
