package io.github.linfhash.benchmarks;

import io.github.linfhash.codes.CodeIndex;
import io.github.linfhash.codes.Quantizer;
import io.github.linfhash.codes.SearchResult;
import io.github.linfhash.codes.VectorFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The time that a service takes to encode one vector, and to search all codes for the {@value #NEIGHBORS} nearest to one query. ci/index.sh runs it
 * beside faiss, on the same vectors.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
@State(Scope.Thread)
@SuppressWarnings("NullAway.Init")
public class IndexBenchmark {
    private static final int NEIGHBORS = 10;

    /** A folder with {@code queries.npy} and folders of quantizers. */
    @Param("")
    private String folder;

    /** The folder of a quantizer in it, as {@code linfhash quantize} writes it. */
    @Param("")
    private String fitted;

    private Quantizer quantizer;
    private CodeIndex index;
    private float[][] queries;
    private byte[] code;
    private int next;

    @Setup
    public void load() throws IOException {
        Path path = Path.of(folder, fitted);
        quantizer = Quantizer.load(path);
        Path file = path.resolve("index.codes");
        CodeIndex.ofFolder(quantizer, path).save(file);
        index = CodeIndex.open(quantizer, file);
        code = new byte[quantizer.bytes()];
        VectorFile vectors = VectorFile.map(Path.of(folder, "queries.npy"));
        queries = new float[(int) vectors.size()][vectors.dimension()];
        for (int i = 0; i < queries.length; i++) {
            vectors.copy(i, queries[i]);
        }
    }

    private float[] vector() {
        next = (next + 1) % queries.length;
        return queries[next];
    }

    @Benchmark
    public byte[] encode() {
        quantizer.encode(vector(), code, 0);
        return code;
    }

    @Benchmark
    public SearchResult search() {
        return index.search(vector(), NEIGHBORS);
    }
}
