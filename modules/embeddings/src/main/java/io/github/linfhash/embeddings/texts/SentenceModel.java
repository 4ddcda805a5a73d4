package io.github.linfhash.embeddings.texts;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.errors.Suggestion;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;

/** A published model of sentence embeddings of dimension 384, whose files are on the class path. */
public enum SentenceModel {
    /** N. Reimers and I. Gurevych, sentence-transformers: MiniLM of six layers. */
    ALL_MINILM_L6_V2("all-minilm-l6-v2", "all-minilm-l6-v2", Pooling.MEAN, "", 128),
    /** S. Xiao et al., C-Pack: BGE small, English, version 1.5. */
    BGE_SMALL_EN_V15("bge-small-en-v15", "bge-small-en-v1.5", Pooling.FIRST, "", 512),
    /** L. Wang et al., Text Embeddings by Weakly-Supervised Contrastive Pre-training: E5 small, version 2. */
    E5_SMALL_V2("e5-small-v2", "e5-small-v2", Pooling.MEAN, "query: ", 512);

    private final String title;
    private final String files;
    private final Pooling pooling;
    private final String prefix;
    private final int longest;

    SentenceModel(String title, String files, Pooling pooling, String prefix, int longest) {
        this.title = title;
        this.files = files;
        this.pooling = pooling;
        this.prefix = prefix;
        this.longest = longest;
    }

    /**
     * The model of a name.
     *
     * @throws InputException if there is none
     */
    public static SentenceModel named(String name) {
        List<String> titles = Arrays.stream(values()).map(SentenceModel::title).toList();
        return Arrays.stream(values())
                .filter(model -> model.title.equals(name))
                .findFirst()
                .orElseThrow(() -> new InputException("--model: expected one of " + String.join(", ", titles)
                        + ", found '" + name + "'" + Suggestion.of(name, titles)));
    }

    /** Its name on the command line. */
    public String title() {
        return title;
    }

    Pooling pooling() {
        return pooling;
    }

    /** Returns the prefix that the model expects before each text. */
    String prefix() {
        return prefix;
    }

    /** The most tokens of a text, the marks of beginning and end included. */
    int longest() {
        return longest;
    }

    byte[] onnx() throws IOException {
        return resource("/" + files + ".onnx");
    }

    byte[] tokenizer() throws IOException {
        return resource("/" + files + "-tokenizer.json");
    }

    private static byte[] resource(String path) throws IOException {
        try (InputStream in = SentenceModel.class.getResourceAsStream(path)) {
            if (in == null) {
                throw new IllegalStateException("the class path has no " + path);
            }
            return in.readAllBytes();
        }
    }
}
