package io.github.linfhash.lucene;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.linfhash.codes.Similarity;
import io.github.linfhash.engines.measure.LuceneIndex;
import io.github.linfhash.engines.measure.LuceneIndex.Codes;
import io.github.linfhash.engines.measure.LuceneIndex.Method;
import io.github.linfhash.engines.measure.Measurement;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The Java of answers is compiled and run as it is pasted. */
class PastedJavaTest {
    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    Path folder;

    static Stream<Arguments> types() {
        return Stream.of(Method.values())
                .flatMap(method -> Stream.of(Codes.values()).map(codes -> Arguments.of(method, codes)));
    }

    /** The lines of an exact scan, among the rows of one of three tenants. */
    @Test
    void theExactScanFindsTheNeighborsOfATenant() throws Exception {
        Measurement.Vectors of = new Measurement.Vectors(
                MadeVectors.ROWS, MadeVectors.DIMENSION, Similarity.COSINE, 10, 25, 25, true, 0);
        LuceneIndex index = new LuceneIndex(new LuceneIndex.Type(Method.FLAT, Codes.INT8), 0, 0, true, 1);
        String[] scan = LuceneIndex.exactScan(of).split("// Each document:\n|// Each search[^\n]*\n");
        int[][] found = found(
                scan[0] + index.create(of),
                "String tenant = Integer.toString(id % 3);\n" + scan[1],
                "String tenant = \"2\";\n" + scan[2]);
        for (int q = 0; q < found.length; q++) {
            assertThat(found[q])
                    .containsExactly(IntStream.of(MadeVectors.exact(MadeVectors.QUERIES[q], MadeVectors.ROWS, 100))
                            .filter(row -> row % 3 == 2)
                            .limit(10)
                            .toArray());
        }
    }

    @ParameterizedTest
    @MethodSource("types")
    void itFindsTheNeighbors(Method method, Codes codes) throws Exception {
        Measurement.Vectors of = new Measurement.Vectors(
                MadeVectors.ROWS, MadeVectors.DIMENSION, Similarity.COSINE, 10, 25, 25, true, 0);
        boolean graph = method == Method.HNSW;
        LuceneIndex index = new LuceneIndex(
                new LuceneIndex.Type(method, codes), graph ? 16 : 0, graph ? 100 : 0, codes != Codes.INT2, 1);
        int candidates = codes == Codes.FLOAT ? 10 : 300;
        int[][] found = found(index.create(of), "", index.search(graph ? 300 : LuceneIndex.SCAN, candidates, of));
        assertThat(MadeVectors.recall(found, MadeVectors.ROWS, 10)).isGreaterThan(0.97);
    }

    /** Returns the rows that the queries find by lines that make an index, add to each document of a row {@code id}, and search. */
    @SuppressWarnings("unchecked") // its interface is in the source
    private int[][] found(String create, String ofDocument, String search) throws Exception {
        String imports =
                create.lines().filter(line -> line.startsWith("import ")).collect(Collectors.joining("\n"));
        String[] lines = create.lines()
                .filter(line -> !line.startsWith("import "))
                .collect(Collectors.joining("\n"))
                .split("// Each document:\n|// After all documents:\n");
        String source = imports
                + String.format(
                        Locale.ROOT, """

                import org.apache.lucene.document.*;
                import org.apache.lucene.store.ByteBuffersDirectory;

                public final class Paste implements java.util.function.BiFunction<float[][], float[][], int[][]> {
                    public int[][] apply(float[][] vectors, float[][] queries) {
                        try {
                            return found(vectors, queries);
                        } catch (java.io.IOException e) {
                            throw new java.io.UncheckedIOException(e);
                        }
                    }

                    private static int[][] found(float[][] vectors, float[][] queries) throws java.io.IOException {
                        %s
                        ByteBuffersDirectory directory = new ByteBuffersDirectory();
                        try (IndexWriter writer = new IndexWriter(directory, config)) {
                            for (int id = 0; id < vectors.length; id++) {
                                float[] vector = vectors[id];
                                Document document = new Document();
                                %s
                                %s
                                writer.addDocument(document);
                            }
                            %s
                        }
                        int[][] all = new int[queries.length][];
                        try (DirectoryReader reader = DirectoryReader.open(directory)) {
                            IndexSearcher searcher = new IndexSearcher(reader);
                            for (int q = 0; q < queries.length; q++) {
                                float[] target = queries[q];
                                %s
                                all[q] = java.util.Arrays.stream(found.scoreDocs).mapToInt(one -> one.doc).toArray();
                            }
                        }
                        return all;
                    }
                }
                """, lines[0], lines[1], ofDocument, lines.length > 2 ? lines[2] : "", search);
        Path file = folder.resolve("Paste.java");
        Files.writeString(file, source);
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        assertThat(compiler.run(null, null, null, "-d", folder.toString(), file.toString()))
                .as(source)
                .isZero();
        try (URLClassLoader loader = new URLClassLoader(
                new URL[] {folder.toUri().toURL()}, getClass().getClassLoader())) {
            BiFunction<float[][], float[][], int[][]> paste = loader.loadClass("Paste")
                    .asSubclass(BiFunction.class)
                    .getConstructor()
                    .newInstance();
            return paste.apply(copy(MadeVectors.VECTORS), copy(MadeVectors.QUERIES));
        }
    }

    private static float[][] copy(float[][] vectors) {
        return Stream.of(vectors).map(float[]::clone).toArray(float[][]::new);
    }
}
