package io.github.linfhash.quantizers.registry;

import io.github.linfhash.codes.Distances;
import io.github.linfhash.codes.NonFiniteException;
import io.github.linfhash.codes.Similarity;
import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.random.RandomStreams;
import io.github.linfhash.linalg.RowBlocks;
import io.github.linfhash.quantizers.Quantizer;
import io.github.linfhash.quantizers.QuantizerSpec;
import java.util.function.Supplier;

/**
 * A quantizer of somebody else's jar. Whatever it throws, and results that no quantizer may have, become one sentence that names it.
 *
 * @param who its name and where it is from, for messages
 */
public record PlugIn(String who) {
    /**
     * Guards a registration.
     *
     * @param provider the class that registers it
     */
    static <O extends Record> QuantizerSpec<O> guarded(QuantizerSpec<O> spec, String provider) {
        PlugIn plugIn = new PlugIn("quantizer '" + spec.name() + "' of " + provider);
        return new QuantizerSpec<>(
                spec.name(),
                spec.title(),
                spec.citation(),
                options -> plugIn.call("random", () -> spec.random().test(options)),
                spec.slow(),
                options -> plugIn.guarded(
                        plugIn.call("factory", () -> spec.factory().apply(options))),
                (dimension, bytes) -> plugIn.call("budget", () -> spec.budget().options(dimension, bytes)),
                options -> plugIn.call("standard", () -> spec.standard().test(options)));
    }

    /** Guards a quantizer. */
    public Quantizer guarded(Quantizer quantizer) {
        return new Quantizer() {
            @Override
            public Fitted fit(FeatureMatrix vectors, Similarity similarity, RandomStreams random) {
                return fitted(call("fit", () -> quantizer.fit(vectors, similarity, random)), vectors.dimension());
            }

            @Override
            public Quantizer brief() {
                return guarded(call("brief", quantizer::brief));
            }
        };
    }

    private Quantizer.Fitted fitted(Quantizer.Fitted fitted, int dimension) {
        int bytes = call("bytes", fitted::bytes);
        long modelBytes = call("modelBytes", fitted::modelBytes);
        if (bytes < 1 || bytes > QuantizerSpec.MOST_BYTES || modelBytes < 0) {
            throw wrong(
                    "codes of 1 to " + QuantizerSpec.MOST_BYTES + " bytes and a model of 0 or more",
                    bytes + " and " + modelBytes);
        }
        return new Quantizer.Fitted() {
            @Override
            public int bytes() {
                return bytes;
            }

            @Override
            public long modelBytes() {
                return modelBytes;
            }

            @Override
            public Quantizer.Encoded encode(FeatureMatrix vectors) {
                if (vectors.dimension() != dimension) {
                    throw new IllegalArgumentException(
                            "expected vectors of dimension " + dimension + ", found " + vectors.dimension());
                }
                return encoded(call("encode", () -> fitted.encode(vectors)), vectors.rows());
            }
        };
    }

    private Quantizer.Encoded encoded(Quantizer.Encoded codes, int vectors) {
        require("codes of " + vectors + " vectors", vectors, codes.size());
        return new Quantizer.Encoded(
                vectors,
                queries -> estimates(call("estimates", () -> codes.estimates(queries)), queries.rows()),
                other -> call("comparedBy", () -> codes.comparedBy(other)).map(same -> encoded(same, vectors)));
    }

    private Quantizer.Estimates estimates(Quantizer.Estimates estimates, int queries) {
        require("estimates for " + queries + " queries", queries, estimates.queries());
        Quantizer.Together together = estimates.together();
        return new Quantizer.Estimates(
                queries,
                query -> ofQuery(call("estimates", () -> estimates.forQuery(query))),
                together == null ? null : (block, size) -> ofBlock(together, block, size));
    }

    private Distances ofQuery(Distances query) {
        return new Distances() {
            @Override
            public float to(int code) {
                return finite(call("to", () -> query.to(code)));
            }

            @Override
            public float[] first(int size) {
                return finite(call("first", () -> query.first(size)), size);
            }
        };
    }

    private float[][] ofBlock(Quantizer.Together together, RowBlocks.Block block, int size) {
        float[][] distances = call("together", () -> together.of(block, size));
        require("distances for " + block.size() + " queries", block.size(), distances.length);
        for (float[] ofQuery : distances) {
            finite(ofQuery, size);
        }
        return distances;
    }

    private float[] finite(float[] distances, int size) {
        require("distances to " + size + " codes", size, distances.length);
        for (float distance : distances) {
            finite(distance);
        }
        return distances;
    }

    private float finite(float distance) {
        if (!Float.isFinite(distance)) {
            throw new NonFiniteException(who + ": expected finite distances, found " + distance);
        }
        return distance;
    }

    private void require(String expected, int wanted, int found) {
        if (found != wanted) {
            throw wrong(expected, Integer.toString(found));
        }
    }

    private InputException wrong(String expected, String found) {
        return new InputException(who + ": expected " + expected + ", found " + found);
    }

    /** Calls what may fail in any way but for lack of memory, which is not its own. */
    private <T> T call(String method, Supplier<T> body) {
        T result;
        try {
            result = body.get();
        } catch (InputException e) {
            throw new InputException(who + ": " + e.getMessage(), e);
        } catch (NonFiniteException e) {
            throw new NonFiniteException(who + ": " + e.getMessage());
        } catch (RuntimeException | LinkageError | AssertionError | StackOverflowError e) {
            throw new InputException(who + ": " + method + " failed with " + e, e);
        }
        if (result == null) {
            throw wrong("a result of " + method, "null");
        }
        return result;
    }
}
