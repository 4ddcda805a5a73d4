package io.github.linfhash.advisor.command;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.io.files.OutputFolder;
import io.github.linfhash.io.npy.FeatureArrays;
import io.github.linfhash.io.npy.NpyArray;
import io.github.linfhash.io.npy.NpyFile;
import io.github.linfhash.quantizers.Prefix;
import io.github.linfhash.quantizers.QuantizerSpec;
import io.github.linfhash.quantizers.registry.Quantizers;
import io.github.linfhash.testing.Blobs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code linfhash quantize} as a user has it, and ONNX Runtime, which shares nothing with this program. */
class ExportQuantizerTest extends AdvisorInFolder {
    private static final String QUANTIZE = "quantize --vectors=F/x.npy --out=F/q ";
    private static final int DIMENSION = 20;
    private static final FeatureMatrix VECTORS =
            Blobs.classes(new Blobs.Sizes(5, DIMENSION, 300, 30), 4).train();

    @BeforeEach
    void writeVectors() throws IOException {
        FeatureArrays.write(root.resolve("x.npy"), VECTORS);
    }

    private JsonNode exported(String options, Object... arguments) throws IOException {
        succeed(QUANTIZE + options, arguments);
        return new JsonMapper().readTree(root.resolve("q/quantizer.json").toFile());
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(root.resolve("q"))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> !name.equals(".lock"))
                    .sorted()
                    .toList();
        }
    }

    /** The .npy file is read in parts, and the table of texts at once. */
    @ParameterizedTest
    @CsvSource({
        "--quantizer=pca-sign --bytes=2 --with-vectors",
        "--quantizer=rabitq --bytes=11",
        "--quantizer=int8 --bytes=20 --similarity=dot",
        "--quantizer=itq --bytes=2 --similarity=euclidean",
    })
    void theSameVectorsInATableGiveTheSameFiles(String options) throws IOException {
        float[] values = Blobs.classes(new Blobs.Sizes(5, DIMENSION, 1200, 30), 4)
                .train()
                .toArray();
        FeatureArrays.write(root.resolve("x.npy"), FeatureMatrix.owning(1200, DIMENSION, values));
        Files.write(
                root.resolve("x.csv"),
                IntStream.range(0, 1200)
                        .mapToObj(i -> IntStream.range(0, DIMENSION)
                                .mapToObj(j -> Float.toString(values[i * DIMENSION + j]))
                                .collect(Collectors.joining(",")))
                        .toList());
        succeed(QUANTIZE + options);
        succeed("quantize --vectors=F/x.csv --out=F/table " + options);
        assertThat(files()).contains("codes.npy", "mean.npy");
        for (String file : files()) {
            assertThat(root.resolve("table").resolve(file))
                    .hasSameBinaryContentAs(root.resolve("q").resolve(file));
        }
    }

    /** The first dimensions are quantized as vectors of their own, and the card says of what they are the first. */
    @ParameterizedTest
    @ValueSource(strings = {"--quantizer=rabitq --bytes=11", "--quantizer=itq --bytes=1 --similarity=euclidean"})
    void aPrefixIsQuantizedLikeCutVectors(String options) throws IOException {
        FeatureArrays.write(
                root.resolve("cut.npy"), Prefix.first(VECTORS, DIMENSION - 4).inMemory());
        JsonNode card = exported("--prefix=" + (DIMENSION - 4) + " " + options);
        assertThat(card.at("/vectors/dimension").asInt()).isEqualTo(DIMENSION - 4);
        assertThat(card.at("/vectors/prefixOf").asInt()).isEqualTo(DIMENSION);
        succeed("quantize --vectors=F/cut.npy --out=F/cut " + options);
        assertThat(new JsonMapper()
                        .readTree(root.resolve("cut/quantizer.json").toFile())
                        .at("/vectors")
                        .has("prefixOf"))
                .isFalse();
        for (String file : List.of("rotation.npy", "center.npy", "codes.npy")) {
            assertThat(root.resolve("q").resolve(file))
                    .hasSameBinaryContentAs(root.resolve("cut").resolve(file));
        }
        assertThat(badInput("quantize --vectors=F/x.npy --out=F/r --prefix=" + DIMENSION + " " + options))
                .contains("--prefix: expected numbers from 1 to " + (DIMENSION - 1) + ", found " + DIMENSION);
    }

    @Test
    void nothingIsWrittenOfVectorsThatAreNotFinite() throws IOException {
        float[] values = VECTORS.toArray();
        values[299 * DIMENSION + 2] = Float.POSITIVE_INFINITY;
        FeatureArrays.write(root.resolve("x.npy"), FeatureMatrix.owning(300, DIMENSION, values));
        assertThat(badInput(QUANTIZE + "--quantizer=sign --bytes=3"))
                .contains("x.npy has a wrong value in row 299, column 2");
        assertThat(root.resolve("q")).doesNotExist();
    }

    @Test
    void bitsComeAsArraysGraphAndTable() throws IOException {
        JsonNode card = exported("--quantizer=sign --bytes=3 --with-vectors");
        assertThat(files())
                .containsExactly(
                        "codes.bin",
                        "codes.copy",
                        "codes.npy",
                        "encoder.onnx",
                        "linfhash_codes.py",
                        "quantizer.json",
                        "query.sql",
                        "schema.sql");
        assertThat(card.path("schema").asText()).isEqualTo("linfhash-quantizer/1");
        assertThat(card.at("/options/distance").asText()).isEqualTo("hamming");
        assertThat(card.path("similarity").asText()).isEqualTo("cosine");
        assertThat(card.at("/vectors/rows").asInt()).isEqualTo(300);
        assertThat(card.at("/vectors/sha256").asText()).isEqualTo(VECTORS.sha256());
        assertThat(card.path("bytes").asInt()).isEqualTo(3);
        assertThat(card.path("encoding").asText()).isEqualTo("y = x; bit j is 1 where y_j > 0");
        assertThat(card.at("/arrays/codes.npy/shape").toString()).isEqualTo("[300,3]");
        assertThat(card.path("leftOut")).isEmpty();
        assertThat(card.at("/program/command").asText())
                .isEqualTo("./linfhash quantize --vectors=FILE --out=DIR --quantizer=sign --bytes=3 --with-vectors");

        NpyArray codes = NpyFile.read(root.resolve("q/codes.npy"));
        assertThat(Files.readAllBytes(root.resolve("q/codes.bin"))).isEqualTo(codes.toBytes());
        List<String> rows = Files.readAllLines(root.resolve("q/codes.copy"));
        assertThat(rows).hasSize(300);
        for (int i = 0; i < 300; i++) {
            StringBuilder bits = new StringBuilder();
            StringBuilder floats = new StringBuilder();
            for (int j = 0; j < DIMENSION; j++) {
                bits.append(VECTORS.get(i, j) > 0 ? '1' : '0');
                floats.append(j == 0 ? "[" : ",").append(VECTORS.get(i, j));
            }
            assertThat(rows.get(i)).isEqualTo(i + "\t" + bits + "\t" + floats + "]");
        }
        assertThat(root.resolve("q/schema.sql"))
                .content()
                .contains("code bit(20) NOT NULL,\n    embedding vector(20) NOT NULL\n);", "\\copy", "'codes.copy'");
        assertThat(root.resolve("q/query.sql")).content().contains("<~> :'code'::bit(20)", "embedding <=> ");
    }

    @Test
    void aFolderIsForOneCallAtATime() throws IOException {
        exported("--quantizer=sign --bytes=3");
        byte[] codes = Files.readAllBytes(root.resolve("q/codes.npy"));
        try (OutputFolder other = OutputFolder.openForFiles(root.resolve("q"))) {
            assertThat(badInput(QUANTIZE + "--quantizer=rotated-sign --bytes=3 --force"))
                    .contains("output folder " + other.path() + " is used by process ");
        }
        assertThat(files()).doesNotContain("rotation.npy");
        assertThat(root.resolve("q/codes.npy")).hasBinaryContent(codes);
        exported("--quantizer=rotated-sign --bytes=3 --force");
        assertThat(files()).contains("rotation.npy");
    }

    @Test
    void theQueryLetsAnIndexReturnAllCandidates() throws IOException {
        exported("--quantizer=sign --bytes=3 --with-vectors");
        String query = Files.readString(root.resolve("q/query.sql"));
        assertThat(query).contains("LIMIT 100) AS candidates");
        int returned = Integer.parseInt(
                query.replaceFirst("(?s).*BEGIN;\nSET LOCAL hnsw\\.ef_search = (\\d+);\nSELECT .*;\nCOMMIT;\n", "$1"));
        // pgvector takes 1 to 1000.
        assertThat(returned).isBetween(100, 1000);
        exported("--quantizer=sign --bytes=3 --force");
        assertThat(root.resolve("q/query.sql")).content().contains("SET LOCAL hnsw.ef_search = " + returned);
    }

    @Test
    void whatPgvectorMakesItselfIsSaidOfPlainSignsAlone() throws IOException {
        exported("--quantizer=sign --bytes=3 --option=centered=false");
        assertThat(err.toString()).contains("No export is needed for pgvector: its binary_quantize(embedding) gives");
        assertThat(root.resolve("q/schema.sql"))
                .content()
                .contains(
                        "hnsw ((binary_quantize(embedding)::bit(20)) bit_hamming_ops);",
                        "code bit(20) GENERATED ALWAYS AS (binary_quantize(embedding)::bit(20)) STORED;");
        exported(
                "--quantizer=truncated-sign --option=bits=13 --option=centered=false --option=distance=hamming --force");
        assertThat(root.resolve("q/schema.sql"))
                .content()
                .contains("(binary_quantize(subvector(embedding, 1, 13))::bit(13)) bit_hamming_ops");
        for (String other : List.of("--quantizer=sign --option=centered=true", "--quantizer=rotated-sign")) {
            exported("--bytes=3 --force " + other);
            assertThat(err.toString()).doesNotContain("binary_quantize");
            assertThat(root.resolve("q/schema.sql")).content().doesNotContain("binary_quantize");
        }
    }

    @Test
    void bitsForFullPrecisionQueriesAreInNoTable() throws IOException {
        JsonNode card = exported("--quantizer=itq --bytes=2 --option=distance=asymmetric");
        assertThat(err.toString()).doesNotContain("fit into --bytes");
        assertThat(files())
                .containsExactly(
                        "center.npy",
                        "codes.npy",
                        "encoder.onnx",
                        "linfhash_codes.py",
                        "quantizer.json",
                        "rotation.npy");
        assertThat(card.at("/codes/hamming").asBoolean()).isFalse();
        assertThat(card.path("estimate").asText()).startsWith("-(sum of z_j over the bits j of the code that are 1)");
        assertThat(card.at("/leftOut/query.sql").asText()).contains("not compared by Hamming distance");
        exported("--quantizer=itq --bytes=2 --force");
        assertThat(err.toString())
                .contains("Other options fit into --bytes, too: {bits: 16, iterations: 10, sample: 16384, distance:"
                        + " asymmetric}. Name those that 'linfhash advise' chose with --option.");
        assertThat(files()).contains("codes.copy", "codes.bin", "query.sql");
    }

    @Test
    void fewOfManyOptionsThatFitAreNamed() throws IOException {
        exported("--quantizer=rabitq --bytes=10");
        String line = err.toString()
                .lines()
                .filter(one -> one.startsWith("Other options fit"))
                .findFirst()
                .orElseThrow();
        assertThat(line).containsPattern("} or one of [1-9][0-9]* more\\. Name those");
        assertThat(line.split("queryBits")).hasSize(1 + 3);
    }

    private void writeIds(String... first) throws IOException {
        StringBuilder ids = new StringBuilder();
        for (int i = 0; i < VECTORS.rows(); i++) {
            ids.append(i < first.length ? first[i] : Integer.toString(1000 + i)).append('\n');
        }
        Files.writeString(root.resolve("x.ids"), ids);
    }

    /** Of the ids that the table has; a bit string follows each. */
    private List<String> idsOfTable() throws IOException {
        return Files.readAllLines(root.resolve("q/codes.copy")).stream()
                .map(row -> row.substring(0, row.indexOf('\t')))
                .toList();
    }

    @Test
    void theTableHasIdsAsText() throws IOException {
        writeIds("doc-1", "\\.", "a\\tb", "\\N", "'); DROP TABLE items; --", "größe");
        assertThat(badInput(QUANTIZE + "--quantizer=sign --bytes=3 --ids=F/x.ids"))
                .contains("x.ids", "an id of 1 to 1000 characters without blanks");
        writeIds("doc-1", "\\.", "a\\tb", "\\N", "');DROP", "größe");
        JsonNode card = exported("--quantizer=sign --bytes=3 --ids=F/x.ids");
        // In COPY's text format, a backslash is written twice.
        assertThat(idsOfTable().subList(0, 7))
                .containsExactly("doc-1", "\\\\.", "a\\\\tb", "\\\\N", "');DROP", "größe", "1006");
        assertThat(root.resolve("q/schema.sql"))
                .content()
                .contains("id text PRIMARY KEY", "An id is that of --ids", "FROM 'codes.copy' (ENCODING 'UTF8')\n")
                .doesNotContain("DROP");
        assertThat(card.at("/program/command").asText()).contains("--ids=FILE");
    }

    @Test
    void wholeNumbersAreIdsOfTheirOwnType() throws IOException {
        writeIds("-5", "0", "123456789012345678");
        exported("--quantizer=sign --bytes=3 --ids=F/x.ids");
        assertThat(idsOfTable().subList(0, 4)).containsExactly("-5", "0", "123456789012345678", "1003");
        assertThat(root.resolve("q/schema.sql")).content().contains("id bigint PRIMARY KEY");
        for (String other : List.of("007", "+7", "1234567890123456789", "-0")) {
            writeIds("7", other);
            exported("--quantizer=sign --bytes=3 --ids=F/x.ids --force");
            assertThat(root.resolve("q/schema.sql")).content().contains("id text PRIMARY KEY");
        }
    }

    @Test
    void aCodeOfAnyLengthIsPackedFromItsLowestBit() throws IOException {
        exported(
                "--quantizer=truncated-sign --option=bits=13 --option=centered=false --option=distance=hamming --similarity=dot");
        NpyArray codes = NpyFile.read(root.resolve("q/codes.npy"));
        assertThat(codes.shape()).containsExactly(300, 2);
        byte[] bytes = codes.toBytes();
        for (int i = 0; i < 300; i++) {
            for (int b = 0; b < 16; b++) {
                int expected = b < 13 && VECTORS.get(i, b) > 0 ? 1 : 0;
                assertThat(bytes[2 * i + b / 8] >> b % 8 & 1).isEqualTo(expected);
            }
        }
        assertThat(Files.readAllLines(root.resolve("q/codes.copy"))).allMatch(row -> row.matches("\\d+\t[01]{13}"));
        assertThat(root.resolve("q/schema.sql")).content().contains("code bit(13) NOT NULL\n);");
    }

    @ParameterizedTest
    @CsvSource({
        "sign, 3, centered=true, cosine",
        "truncated-sign, 2, centered=true, euclidean",
        "rotated-sign, 7, distance=hamming, dot",
        "itq, 2, distance=asymmetric, cosine",
        "rabitq, 11, bits=1, cosine",
        "rabitq, 10, bits=1, dot",
        "int8, 24, dimensions=20, cosine",
        "int8, 16, dimensions=12, dot",
        "pq, 5, parts=5, cosine",
        "pq, 6, parts=6, euclidean",
        "pq, 4, bits=4, cosine",
        "pq, 5, bits=4, dot",
        "opq, 7, parts=7, cosine"
    })
    void onnxGivesWhatTheArraysHave(String name, int bytes, String option, String similarity)
            throws IOException, OrtException {
        assertOnnxGives(
                name,
                exported("--quantizer=%s --bytes=%s --option=%s --similarity=%s", name, bytes, option, similarity));
    }

    /** The last byte of an odd number of parts has one of them. */
    @Test
    void onnxFillsTheLastByte() throws IOException, OrtException {
        JsonNode card =
                exported("--quantizer=pq --option=parts=7 --option=bits=4 --option=iterations=9 --option=sample=300");
        assertThat(card.path("bytes").asInt()).isEqualTo(4);
        assertThat(card.path("codes").toString())
                .isEqualTo(
                        "{\"numbers\":7,\"bits\":4,\"hamming\":false,\"order\":\"number p is the low 4 bits of byte p / 2"
                                + " for even p, the high ones for odd p: the row of codebooks whose columns starts[p] .. starts[p + 1]"
                                + " - 1 are nearest\"}");
        assertOnnxGives("pq", card);
    }

    private void assertOnnxGives(String name, JsonNode card) throws IOException, OrtException {
        float[][] raw = new float[VECTORS.rows()][DIMENSION];
        for (int i = 0; i < raw.length; i++) {
            VECTORS.copyRow(i, raw[i]);
        }
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        try (OrtSession session =
                        environment.createSession(root.resolve("q/encoder.onnx").toString());
                OnnxTensor input = OnnxTensor.createTensor(environment, raw);
                OrtSession.Result result = session.run(Map.of("vectors", input))) {
            byte[][] codes = (byte[][]) result.get("codes").orElseThrow().getValue();
            NpyArray expected = NpyFile.read(root.resolve("q/codes.npy"));
            byte[] bytesOfCodes = expected.toBytes();
            int same = 0;
            for (int i = 0; i < codes.length; i++) {
                assertThat(codes[i]).hasSize(expected.columns());
                for (int b = 0; b < expected.columns(); b++) {
                    same += codes[i][b] == bytesOfCodes[i * expected.columns() + b] ? 1 : 0;
                }
            }
            // A value at the border between two codes may fall on either side.
            assertThat(same).isBetween(bytesOfCodes.length - 2, bytesOfCodes.length);
            for (String beside : List.of("terms", "factors", "scales")) {
                assertThat(result.get(beside).isPresent())
                        .isEqualTo(card.path("arrays").has(beside + ".npy"));
                if (result.get(beside).isPresent()) {
                    float[] ours =
                            NpyFile.read(root.resolve("q/" + beside + ".npy")).toFloats();
                    float[][] theirs =
                            (float[][]) result.get(beside).orElseThrow().getValue();
                    for (int i = 0; i < ours.length; i++) {
                        assertThat(theirs[i]).hasSize(1);
                        assertThat(Math.abs(theirs[i][0] - ours[i])).isLessThan(1e-5f * (1 + Math.abs(ours[i])));
                    }
                }
            }
            assertThat(session.getMetadata().getCustomMetadata()).containsEntry("linfhash.quantizer", name);
        }
    }

    @Test
    void whatCannotBeExpressedIsLeftOutWithASentence() throws IOException {
        JsonNode card = exported("--quantizer=rabitq --bytes=13 --option=bits=2");
        assertThat(files())
                .containsExactly(
                        "center.npy",
                        "codes.npy",
                        "factors.npy",
                        "linfhash_codes.py",
                        "quantizer.json",
                        "rotation.npy",
                        "terms.npy");
        assertThat(card.at("/leftOut/encoder.onnx").asText()).endsWith(" cannot express.");
        assertThat(card.at("/leftOut/codes.copy").asText()).contains("Hamming");
        assertThat(NpyFile.read(root.resolve("q/codes.npy")).shape()).containsExactly(300, 5);
    }

    @Test
    void anotherExportNeedsForceAndLeavesNothingOfTheFirst() throws IOException {
        exported("--quantizer=sign --bytes=3");
        assertThat(badInput(QUANTIZE + "--quantizer=pq --bytes=4"))
                .contains("--out: expected a new file, or --force to replace it, found ");
        assertThat(root.resolve("q/codes.copy")).exists();
        Files.writeString(root.resolve("q/mine.txt"), "mine");
        exported("--quantizer=pq --bytes=4 --force");
        assertThat(files())
                .containsExactly(
                        "codebooks.npy",
                        "codes.npy",
                        "encoder.onnx",
                        "linfhash_codes.py",
                        "mine.txt",
                        "quantizer.json",
                        "starts.npy");
    }

    @Test
    void badInputIsOneSentenceAndNoFolder() throws IOException {
        refused(
                "--quantizer: expected one of sign, truncated-sign, rotated-sign,"
                        + " itq, pca-sign, rabitq, int8, pq, opq, found 'osq'",
                "--quantizer=osq --bytes=20");
        refused("opq, found 'gold'", "--quantizer=gold --bytes=20");
        refused(
                "expected --bytes, such as --bytes 48, or the options of pq that 'linfhash advise' printed, as --option,",
                "--quantizer=pq");
        refused("--bytes: expected numbers from 1 to 4096, found 0", "--quantizer=pq --bytes=0");
        refused(
                "--bytes: expected a size that sign can fill in dimension 20, such as 3, found 2",
                "--quantizer=sign --bytes=2");
        refused(
                "--bytes: expected a size that itq can fill in dimension 20, such as 3, found 7",
                "--quantizer=itq --bytes=7");
        refused(
                "--option: expected options of itq in 2 bytes, {bits: 16, iterations: 10, sample: 16384, distance:"
                        + " hamming} or {bits: 16, iterations: 10, sample: 16384, distance: asymmetric}, found {bits: 17}",
                "--quantizer=itq --bytes=2 --option=bits=17");
        refused(
                "--option: expected options of pq in 5 bytes, {parts: 5, iterations: 10, sample: 16384, bits: 8} or"
                        + " {parts: 10, iterations: 25, sample: 4096, bits: 4}, found {bits: 5}",
                "--quantizer=pq --bytes=5 --option=bits=5");
        refused(
                "--option, quantizer pq: bits: expected 4 or 8, found 5",
                "--quantizer=pq --option=parts=10 --option=iterations=5 --option=sample=300 --option=bits=5");
        refused(
                "pq: expected at most 20 parts for as many dimensions, found 21",
                "--quantizer=pq --option=parts=21 --option=iterations=5 --option=sample=300 --option=bits=4");
        refused("--option, quantizer itq", "--quantizer=itq --option=bits=17");
        refused("--option, quantizer itq", "--quantizer=itq --option=gold=17");
        refused(
                "a code of 21 bits needs vectors of dimension 21 or more, but these have 20; ask for 20 bits or fewer",
                "--quantizer=itq --option=bits=21 --option=iterations=50 --option=sample=20000 --option=distance=hamming");
        refused(
                "--similarity: expected one of cosine, dot, euclidean, found 'manhattan'",
                "--quantizer=pq --bytes=4 --similarity=manhattan");
        refused("--seed: expected numbers from 0", "--quantizer=pq --bytes=4 --seed=-1");
        refused(
                "--with-vectors: expected a quantizer with Hamming distance",
                "--quantizer=pq --bytes=4 --with-vectors");
        refused(
                "--with-vectors: expected a quantizer with Hamming distance, as pgvector requires, found rotated-sign"
                        + " {bits: 24, rotation: dense, distance: asymmetric}",
                "--quantizer=rotated-sign --bytes=3 --option=distance=asymmetric --with-vectors");
        writeIds();
        refused(
                "--ids: expected a quantizer with Hamming distance, as pgvector requires, found int8 {dimensions: 20}",
                "--quantizer=int8 --bytes=24 --ids=F/x.ids");
        Files.writeString(root.resolve("x.ids"), "a\nb\n");
        refused("x.ids: expected an id for each of the 300 vectors", "--quantizer=sign --bytes=3 --ids=F/x.ids");
    }

    @Test
    void formsOfTheCommandAreNotMixedAndAreWhole() {
        refused("Unknown option: '--onnx=x.onnx'", "--quantizer=pq --bytes=4 --onnx=x.onnx");
        refused("--quantizer: expected one of sign,", "--bytes=4");
    }

    @Test
    void helpNamesThoseThatThereAre() {
        succeed("quantize --help");
        assertThat(out.toString().replaceAll("\\s+", " "))
                .contains(Quantizers.PORTABLE.stream()
                        .limit(7)
                        .map(QuantizerSpec::name)
                        .collect(Collectors.joining(", ")));
    }

    @Test
    void badVectorsAreRefused() throws IOException {
        FeatureArrays.write(root.resolve("x.npy"), FeatureMatrix.owning(40, 2, new float[80]));
        refused(
                "x.npy: expected non-zero vectors for cosine similarity, found only zeros in row 0",
                "--quantizer=sign --bytes=1");
        float[] values = new float[80];
        Arrays.fill(values, 1);
        values[7] = Float.NaN;
        FeatureArrays.write(root.resolve("x.npy"), FeatureMatrix.owning(40, 2, values));
        refused("x.npy has a wrong value in row 3, column 1", "--quantizer=sign --bytes=1");
    }

    private void refused(String sentence, String options) {
        assertThat(badInput(QUANTIZE + options)).contains(sentence).doesNotContain("\tat ");
        assertThat(root.resolve("q")).doesNotExist();
    }
}
