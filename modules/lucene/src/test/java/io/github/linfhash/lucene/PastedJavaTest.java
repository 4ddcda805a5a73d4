package io.github.linfhash.lucene;

import static org.assertj.core.api.Assertions.assertThat;

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
import org.junit.jupiter.params.provider.MethodSource;

/** The Java of answers is compiled and run as it is pasted. */
class PastedJavaTest {
    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    Path folder;

    static Stream<String> types() {
        return LuceneType.all().stream().map(LuceneType::name);
    }

    /** The lines of an exact scan, among the rows of one of three tenants. */
    @Test
    void theExactScanFindsTheNeighborsOfATenant() throws Exception {
        LuceneType type = LuceneType.named("flat-int8");
        String[] scan = LuceneType.exactScan(10, "cosine").split("// Each document:\n|// Each search[^\n]*\n");
        int[][] found = found(
                scan[0] + type.create(new LuceneType.Build(0, 0, true), MadeVectors.DIMENSION, "cosine"),
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
    void itFindsTheNeighbors(String name) throws Exception {
        LuceneType type = LuceneType.named(name);
        LuceneType.Build build =
                new LuceneType.Build(type.graph() ? 16 : 0, type.graph() ? 100 : 0, !name.endsWith("int2"));
        VectorIndex.Search search = type.search(300, name.endsWith("float") ? 10 : 300);
        int[][] found =
                found(type.create(build, MadeVectors.DIMENSION, "cosine"), "", type.search(search, 10, "cosine"));
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
