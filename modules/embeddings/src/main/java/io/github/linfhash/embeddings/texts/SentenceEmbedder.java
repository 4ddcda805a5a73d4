package io.github.linfhash.embeddings.texts;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import io.github.linfhash.core.digest.Digests;
import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.progress.Progress;
import io.github.linfhash.embeddings.onnx.OnnxModel;
import io.github.linfhash.embeddings.texts.Tokenizer.Tokens;
import io.github.linfhash.io.files.CodeHash;
import io.github.linfhash.io.input.Excerpt;
import io.github.linfhash.io.input.RowSelectionCollector.Room;
import java.io.IOException;
import java.nio.LongBuffer;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Sentence embeddings: the word pieces of a text go through the network, the vectors of its tokens are pooled as the model says,
 * and the result is brought to length 1.
 *
 * <p>Texts are taken in batches of about the same length, several at a time; of longer texts than the model takes, the beginning
 * counts. The batches depend on the texts alone, so that the number of cores changes nothing.
 */
public final class SentenceEmbedder implements AutoCloseable {
    private static final int DIMENSION = 384;
    private static final int TOKENS_PER_BATCH = 2048;
    private static final int TEXTS_PER_BATCH = 64;
    private static final String OUTPUT = "last_hidden_state";

    private final SentenceModel model;
    private final OnnxModel network;
    private final Tokenizer tokenizer;
    private final String tokenizerHash;

    private SentenceEmbedder(SentenceModel model, OnnxModel network, Tokenizer tokenizer, String tokenizerHash) {
        this.model = model;
        this.network = network;
        this.tokenizer = tokenizer;
        this.tokenizerHash = tokenizerHash;
    }

    /**
     * Opens a model.
     *
     * @param cache a folder that native libraries are unpacked into
     */
    public static SentenceEmbedder open(SentenceModel model, Path cache) throws IOException {
        byte[] description = model.tokenizer();
        OnnxModel network = OnnxModel.open(model.title(), model.onnx());
        return new SentenceEmbedder(
                model,
                network,
                Tokenizer.open(description, model.longest(), cache),
                HexFormat.of().formatHex(Digests.sha256().digest(description)));
    }

    /** All that decides the embeddings of texts, for a cache. */
    public String identity(List<String> texts) {
        MessageDigest digest = Digests.sha256();
        texts.forEach(text -> Digests.update(digest, text));
        return String.join(
                "/",
                HexFormat.of().formatHex(digest.digest()),
                model.title(),
                network.sha256(),
                tokenizerHash,
                CodeHash.ofPackage(SentenceEmbedder.class),
                OrtEnvironment.getEnvironment().getVersion());
    }

    /**
     * Embeds texts.
     *
     * @return n x 384, row i for text i, each of length 1
     * @throws InputException if a text has no word piece, or the embeddings do not fit into memory
     */
    public FeatureMatrix embed(List<String> texts, Progress progress) {
        float[] target = new float[Room.require("the embeddings", texts.size(), DIMENSION)];
        try (Progress.Task task = progress.begin("embedding texts by " + model.title(), texts.size())) {
            Tokens[] tokens = tokens(texts);
            long cut = IntStream.range(0, tokens.length)
                    .filter(i -> tokens[i].cut())
                    .count();
            if (cut > 0) {
                progress.note(cut + " of " + tokens.length + " texts are longer than the " + model.longest()
                        + " tokens that " + model.title() + " takes: of these, the beginning counts");
            }
            batches(tokens).parallelStream().forEach(batch -> {
                embed(batch, tokens, target);
                task.advance(batch.length);
            });
        }
        return FeatureMatrix.owning(texts.size(), DIMENSION, target);
    }

    private Tokens[] tokens(List<String> texts) {
        Tokens[] tokens = new Tokens[texts.size()];
        IntStream.range(0, tokens.length).parallel().forEach(i -> {
            tokens[i] = tokenizer.tokens(model.prefix() + texts.get(i));
        });
        int marks = tokenizer.tokens(model.prefix()).count();
        for (int i = 0; i < tokens.length; i++) {
            if (tokens[i].count() <= marks) {
                throw new InputException("text " + i + " (counted from 0) has nothing to embed: expected words, found '"
                        + Excerpt.of(texts.get(i)) + "', which has no word piece");
            }
        }
        return tokens;
    }

    /** Rows of about the same length together, the longest first, so that no core waits for them in the end. */
    private static List<int[]> batches(Tokens[] tokens) {
        int[] order = IntStream.range(0, tokens.length)
                .boxed()
                .sorted(Comparator.comparingInt((Integer i) -> -tokens[i].count())
                        .thenComparing(i -> i))
                .mapToInt(Integer::intValue)
                .toArray();
        List<int[]> batches = new ArrayList<>();
        for (int from = 0; from < order.length; ) {
            int longest = tokens[order[from]].count();
            int count = Math.max(1, Math.min(TEXTS_PER_BATCH, TOKENS_PER_BATCH / longest));
            int to = Math.min(order.length, from + count);
            batches.add(IntStream.range(from, to).map(i -> order[i]).toArray());
            from = to;
        }
        return batches;
    }

    private void embed(int[] batch, Tokens[] tokens, float[] target) {
        int longest = tokens[batch[0]].count();
        OnnxModel.Output output = network.run(environment -> inputs(batch, tokens, longest, environment), OUTPUT);
        float[] vectors = new float[longest * DIMENSION];
        for (int i = 0; i < batch.length; i++) {
            output.values().get(i * vectors.length, vectors);
            double[] pooled = new double[DIMENSION];
            model.pooling().pool(vectors, tokens[batch[i]].count(), pooled);
            normalize(pooled, target, batch[i] * DIMENSION);
        }
    }

    private Map<String, OnnxTensor> inputs(int[] batch, Tokens[] tokens, int longest, OrtEnvironment environment)
            throws OrtException {
        long[] ids = new long[batch.length * longest];
        long[] mask = new long[ids.length];
        for (int i = 0; i < batch.length; i++) {
            Tokens row = tokens[batch[i]];
            row.copy(ids, i * longest);
            Arrays.fill(mask, i * longest, i * longest + row.count(), 1);
        }
        long[] shape = {batch.length, longest};
        Map<String, OnnxTensor> inputs = new HashMap<>();
        inputs.put("input_ids", OnnxTensor.createTensor(environment, LongBuffer.wrap(ids), shape));
        inputs.put("attention_mask", OnnxTensor.createTensor(environment, LongBuffer.wrap(mask), shape));
        inputs.put("token_type_ids", OnnxTensor.createTensor(environment, LongBuffer.allocate(ids.length), shape));
        return inputs;
    }

    private static void normalize(double[] vector, float[] target, int offset) {
        double squares = 0;
        for (double value : vector) {
            squares += value * value;
        }
        double length = Math.sqrt(squares);
        for (int j = 0; j < vector.length; j++) {
            target[offset + j] = (float) (vector[j] / length);
        }
    }

    @Override
    public void close() {
        tokenizer.close();
        network.close();
    }
}
