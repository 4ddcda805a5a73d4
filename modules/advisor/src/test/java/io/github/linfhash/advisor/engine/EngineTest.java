package io.github.linfhash.advisor.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.linfhash.advisor.export.EngineSnippet;
import io.github.linfhash.codes.Similarity;
import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.core.features.FeatureMatrix;
import io.github.linfhash.core.method.OptionEntry;
import io.github.linfhash.core.random.RandomStreams;
import io.github.linfhash.quantizers.Quantizer;
import io.github.linfhash.quantizers.QuantizerSpec;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The codes of engines and the lines to paste; expected lines are written by hand, and ci/outside/engines.py runs such lines. */
class EngineTest {
    private static final int ROWS = 20_000;
    private static final SqlNames ITEMS = SqlNames.EXAMPLE;

    private static Stream<QuantizerSpec.Configured> configured(
            Engine engine, int d, Similarity similarity, @Nullable Integer asked) {
        return engine.codes().stream().flatMap(code -> code.configured(d, similarity, asked).stream());
    }

    private static List<String> chosen(Engine engine, int d, Similarity similarity, @Nullable Integer asked) {
        return configured(engine, d, similarity, asked)
                .map(one -> one.name() + ": " + OptionEntry.words(one.options()))
                .toList();
    }

    /** Returns the lines to paste for the one of an engine's codes that has a name and options. */
    private static String paste(Engine engine, String chosen, Engine.Search search, SqlNames names) {
        return engine.codes().stream()
                .flatMap(code -> code.configured(search.dimension(), search.similarity(), null).stream()
                        .filter(one -> chosen.equals(one.name() + ": " + OptionEntry.words(one.options())))
                        .map(one -> code.paste(one.options(), search, names)))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void pgvectorHasHalfsAndFullSigns() {
        assertThat(chosen(Engine.PGVECTOR, 100, Similarity.DOT, null))
                .containsExactly(
                        "halfvec: dimensions 100",
                        "binary_quantize: bits 100, centered false, distance hamming",
                        "binary_quantize: bits 100, centered true, distance hamming");
        assertThat(chosen(Engine.PGVECTOR, 100, Similarity.DOT, 13)).hasSize(2);
        assertThat(chosen(Engine.PGVECTOR, 100, Similarity.DOT, 12)).isEmpty();
    }

    /** The LIMIT is 5 times the neighbors. */
    @ParameterizedTest
    @CsvSource({
        "1, 0.95, 200, false",
        "20, 0.95, 200, false",
        "21, 0.95, 210, false",
        "100, 0.95, 1000, false",
        "101, 0.95, 1000, true",
        "200, 0.95, 1000, true",
        "1, 0.9, 100, false",
        "1, 0.99, 1000, false",
        "100, 0.99, 1000, false"
    })
    void pgvectorsGraphFindsTwiceTheLimitAndEnoughForTheTargetUpToItsLargest(
            int neighbors, double target, int candidates, boolean tooFew) {
        String lines = paste(
                Engine.PGVECTOR,
                "binary_quantize: bits 8, centered false, distance hamming",
                new Engine.Search(8, Similarity.COSINE, neighbors, 5, ROWS, target, QuantizeLine.Files.UNKNOWN),
                ITEMS);
        assertThat(lines)
                .contains("SET hnsw.ef_search = " + candidates + ";\n", "LIMIT " + 5 * neighbors + ") candidates");
        assertThat(lines.contains("pgvector allows at most 1000")).isEqualTo(tooFew);
    }

    private static List<String> notes(Engine engine, int d, Similarity similarity, List<Integer> bytes) {
        return new EngineSnippet.AskedSizes(engine, engine.codes(), d, similarity, bytes).notes();
    }

    @Test
    void sizesAndCodesThatAreNotMeasuredAreNamed() {
        assertThat(notes(Engine.PGVECTOR, 384, Similarity.COSINE, List.of(48, 24, 32)))
                .containsExactly(
                        "pgvector has no code of 24 or 32 bytes for vectors of dimension 384.",
                        "Not measured because of --bytes: halfvec (768 bytes).");
        assertThat(notes(Engine.PGVECTOR, 384, Similarity.COSINE, List.of(50, 768)))
                .isEmpty();
        assertThat(notes(Engine.PGVECTOR, 384, Similarity.COSINE, List.of(48, 64, 1000)))
                .containsExactly("pgvector has no code of 64 bytes for vectors of dimension 384.");
        assertThat(notes(Engine.FAISS, 96, Similarity.DOT, List.of(12)))
                .containsExactly("Not measured because of --bytes: SQ8 (96 bytes), SQ4 (48 bytes), RaBitQ (20 bytes).");
        assertThat(new EngineSnippet.AskedSizes(
                                Engine.PGVECTOR, Engine.PGVECTOR.codes(), 384, Similarity.COSINE, List.of(3))
                        .available())
                .isEqualTo("pgvector has halfvec (768 bytes), binary_quantize (48 bytes)");
        assertThat(new EngineSnippet.AskedSizes(Engine.FAISS, Engine.FAISS.codes(), 96, Similarity.COSINE, List.of(3))
                        .available())
                .startsWith("faiss has SQ8 (24, 48 or 96 bytes), SQ4 (12, 24 or 48 bytes), PQ (6, 12 or 24 bytes)");
    }

    @Test
    void luceneHasFourEncodingsOfAllDimensions() {
        assertThat(chosen(Engine.LUCENE, 100, Similarity.COSINE, null))
                .containsExactly(
                        "int8: bits 8, dimensions 100, rotated false, queryBits 8, termBits 32",
                        "int4: bits 4, dimensions 100, rotated false, queryBits 4, termBits 32",
                        "int2: bits 2, dimensions 100, rotated false, queryBits 4, termBits 32",
                        "BBQ: bits 1, dimensions 100, rotated false, queryBits 4, termBits 32");
        // 13 bytes of bits, and 14 beside them.
        assertThat(chosen(Engine.LUCENE, 100, Similarity.COSINE, 27)).hasSize(1);
        assertThat(chosen(Engine.LUCENE, 100, Similarity.COSINE, 26)).isEmpty();
    }

    @Test
    void faissHasPartsOfEqualWidthAndHammingDistancesAlone() {
        List<String> chosen = chosen(Engine.FAISS, 96, Similarity.COSINE, null);
        assertThat(chosen)
                .containsExactly(
                        "SQ8: dimensions 24",
                        "SQ8: dimensions 48",
                        "SQ8: dimensions 96",
                        "SQ4: dimensions 24",
                        "SQ4: dimensions 48",
                        "SQ4: dimensions 96",
                        "PQ: parts 6, iterations 10, sample 16384, bits 8",
                        "PQ: parts 12, iterations 10, sample 16384, bits 8",
                        "PQ: parts 24, iterations 10, sample 16384, bits 8",
                        "PQx4fs: parts 12, iterations 25, sample 4096, bits 4",
                        "PQx4fs: parts 24, iterations 25, sample 4096, bits 4",
                        "PQx4fs: parts 48, iterations 25, sample 4096, bits 4",
                        "OPQ: parts 6, rounds 4, iterations 15, sample 10240",
                        "OPQ: parts 12, rounds 4, iterations 15, sample 10240",
                        "OPQ: parts 24, rounds 4, iterations 15, sample 10240",
                        "RaBitQ: bits 1, dimensions 96, queryBits 0, termBits 32",
                        "binary: bits 96, centered false, distance hamming",
                        "binary: bits 96, centered true, distance hamming",
                        "binary-rotated: bits 96, rotation dense, distance hamming",
                        "binary-rotated: bits 192, rotation dense, distance hamming",
                        "binary-itq: bits 48, iterations 10, sample 16384, distance hamming",
                        "binary-itq: bits 96, iterations 10, sample 16384, distance hamming");
        // 50 = 2 * 5 * 5: near 3, 6 and 12 there are 2, 5 and 10 parts of equal width.
        assertThat(chosen(Engine.FAISS, 50, Similarity.COSINE, null))
                .contains(
                        "PQ: parts 2, iterations 10, sample 16384, bits 8",
                        "PQ: parts 5, iterations 10, sample 16384, bits 8",
                        "PQ: parts 10, iterations 10, sample 16384, bits 8",
                        "PQx4fs: parts 2, iterations 25, sample 4096, bits 4",
                        "PQx4fs: parts 10, iterations 25, sample 4096, bits 4");
        // An odd dimension has no even number of parts of equal width.
        assertThat(chosen(Engine.FAISS, 45, Similarity.COSINE, null))
                .contains("PQx4fs: parts 45, iterations 25, sample 4096, bits 4");
        assertThat(chosen(Engine.FAISS, 45, Similarity.COSINE, 22)).noneMatch(one -> one.startsWith("PQx4fs"));
        assertThat(chosen(Engine.FAISS, 96, Similarity.COSINE, 20))
                .contains(
                        "SQ8: dimensions 20",
                        "SQ4: dimensions 40",
                        "PQ: parts 16, iterations 10, sample 16384, bits 8",
                        "PQx4fs: parts 32, iterations 25, sample 4096, bits 4",
                        "RaBitQ: bits 1, dimensions 96, queryBits 0, termBits 32",
                        "binary-rotated: bits 160, rotation dense, distance hamming");
    }

    /** faiss subtracts the mean before it projects. */
    @Test
    void innerProductsHaveNoPrincipalComponents() {
        assertThat(chosen(Engine.FAISS, 96, Similarity.DOT, null))
                .filteredOn(one -> one.startsWith("SQ"))
                .containsExactly("SQ8: dimensions 96", "SQ4: dimensions 96");
    }

    @Test
    void everyOfferFitsAndIsPasted() {
        for (Engine engine : Engine.values()) {
            assertThat(engine.codes().stream().map(Engine.Code::name)).doesNotHaveDuplicates();
            for (Engine.Code<?> code : engine.codes()) {
                for (int d : new int[] {1, 7, 96}) {
                    for (Similarity similarity : Similarity.values()) {
                        // Redis has the cosine alone, and sqlite-vec bits of whole bytes.
                        if (List.of(Engine.REDIS, Engine.SQLITE_VEC).contains(engine)
                                && (similarity != Similarity.COSINE || d % 8 != 0)) {
                            continue;
                        }
                        assertThat(code.configured(d, similarity, null))
                                .as(engine + " " + code.name() + ", dimension " + d)
                                .isNotEmpty()
                                .allSatisfy(one -> assertThat(code.paste(
                                                one.options(),
                                                new Engine.Search(
                                                        d, similarity, 10, 5, ROWS, 0.95, QuantizeLine.Files.UNKNOWN),
                                                ITEMS))
                                        .endsWith("\n")
                                        .doesNotContain("%s", "%d", "$s", "$d"));
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"4000, 0", "4001, 1", "16000, 1", "16001, 3"})
    void moreDimensionsThanPgvectorIndexesAreRefused(int d, int refusals) {
        FeatureMatrix vectors = FeatureMatrix.owning(2, d, new float[2 * d]);
        List<QuantizerSpec.Configured> all =
                configured(Engine.PGVECTOR, d, Similarity.EUCLIDEAN, null).toList();
        assertThat(all).hasSize(3);
        int refused = 0;
        for (QuantizerSpec.Configured one : all) {
            try {
                one.quantizer().fit(vectors, Similarity.EUCLIDEAN, new RandomStreams(0));
            } catch (InputException e) {
                assertThat(e)
                        .hasMessageMatching("expected vectors of at most (4000|16000) dimensions, which is the limit of"
                                + " the engine's index, found " + d);
                refused++;
            }
        }
        assertThat(refused).isEqualTo(refusals);
    }

    @Test
    void halfsHaveAnIndexOfTheExpression() {
        assertThat(paste(
                        Engine.PGVECTOR,
                        "halfvec: dimensions 384",
                        new Engine.Search(384, Similarity.COSINE, 10, 1, ROWS, 0.95, QuantizeLine.Files.UNKNOWN),
                        ITEMS))
                .isEqualTo("""
                        -- If your table, its key or its column has another name, replace it, or pass --table, --key-column or --column.
                        CREATE INDEX IF NOT EXISTS "items_embedding_hnsw_halfvec_7c214729" ON "items" USING hnsw (("embedding"::halfvec(384)) halfvec_cosine_ops) WITH (m = 16, ef_construction = 200);
                        -- To undo: DROP INDEX IF EXISTS "items_embedding_hnsw_halfvec_7c214729";
                        -- In each session:
                        -- The promised recall is that of the codes. The HNSW graph misses some of them: 'linfhash measure' measures it.
                        SET hnsw.ef_search = 200;
                        SET hnsw.iterative_scan = relaxed_order; -- pgvector 0.8 or newer
                        -- Each search, with the query vector as psql's variable: \\set query '[0.1, ...]'
                        -- EXPLAIN names the index if the search uses it. A small table may be scanned instead, which finds all that the codes find.
                        SELECT "id" FROM (
                            SELECT "id", "embedding" FROM "items"
                            -- WHERE tenant = 7 (a filter goes here, so that the index goes on until LIMIT rows match)
                            ORDER BY "embedding"::halfvec(384) <=> :'query'::vector::halfvec(384) LIMIT 10) candidates
                        ORDER BY "embedding" <=> :'query'::vector LIMIT 10;
                        """);
        assertThat(paste(
                        Engine.PGVECTOR,
                        "halfvec: dimensions 8",
                        new Engine.Search(8, Similarity.EUCLIDEAN, 100, 10, ROWS, 0.95, QuantizeLine.Files.UNKNOWN),
                        new SqlNames("my.Docs", "order", "key")))
                .isEqualTo("""
                        CREATE INDEX IF NOT EXISTS "Docs_order_hnsw_halfvec_52ccc88a" ON "my"."Docs" USING hnsw (("order"::halfvec(8)) halfvec_l2_ops) WITH (m = 16, ef_construction = 200);
                        -- To undo: DROP INDEX IF EXISTS "my"."Docs_order_hnsw_halfvec_52ccc88a";
                        -- In each session:
                        -- The promised recall is that of the codes. The HNSW graph misses some of them: 'linfhash measure' measures it.
                        -- hnsw.ef_search should be twice the LIMIT of 1000, but pgvector allows at most 1000, so the graph misses more.
                        SET hnsw.ef_search = 1000;
                        SET hnsw.iterative_scan = relaxed_order; -- pgvector 0.8 or newer
                        -- Each search, with the query vector as psql's variable: \\set query '[0.1, ...]'
                        -- EXPLAIN names the index if the search uses it. A small table may be scanned instead, which finds all that the codes find.
                        SELECT "key" FROM (
                            SELECT "key", "order" FROM "my"."Docs"
                            -- WHERE tenant = 7 (a filter goes here, so that the index goes on until LIMIT rows match)
                            ORDER BY "order"::halfvec(8) <-> :'query'::vector::halfvec(8) LIMIT 1000) candidates
                        ORDER BY "order" <-> :'query'::vector LIMIT 100;
                        """);
    }

    /** 3 million times 763 bytes, of which pgvector says that they do not fit into less; 2.29 GB are 2.13 GiB. */
    @Test
    void aLargeTableIsIndexedWithoutALock() {
        String binary = "binary_quantize: bits 384, centered false, distance hamming";
        assertThat(paste(
                        Engine.PGVECTOR,
                        binary,
                        new Engine.Search(384, Similarity.COSINE, 10, 5, 3_000_000, 0.95, QuantizeLine.Files.UNKNOWN),
                        ITEMS))
                .startsWith("""
                        -- If your table, its key or its column has another name, replace it, or pass --table, --key-column or --column.
                        -- Outside of a transaction block. The build takes about 2.3 GB of memory; with less, it takes much longer. If it is interrupted,
                        -- run the line that undoes it first.
                        SET maintenance_work_mem = '3GB';
                        CREATE INDEX CONCURRENTLY IF NOT EXISTS "items_embedding_hnsw_bit_df698952" ON "items" USING hnsw ((binary_quantize("embedding")::bit(384)) bit_hamming_ops) WITH (m = 16, ef_construction = 200);
                        -- To undo: DROP INDEX IF EXISTS "items_embedding_hnsw_bit_df698952";
                        -- In each session:
                        """);
        assertThat(paste(
                        Engine.PGVECTOR,
                        binary,
                        new Engine.Search(384, Similarity.COSINE, 10, 5, 1_000_000, 0.95, QuantizeLine.Files.UNKNOWN),
                        ITEMS))
                .contains("\nCREATE INDEX IF NOT EXISTS ");
    }

    @Test
    void signsAreIndexedAsTheyAreOrComputedByATrigger() {
        assertThat(paste(
                        Engine.PGVECTOR,
                        "binary_quantize: bits 384, centered false, distance hamming",
                        new Engine.Search(384, Similarity.DOT, 10, 5, ROWS, 0.95, QuantizeLine.Files.UNKNOWN),
                        ITEMS))
                .isEqualTo("""
                        -- If your table, its key or its column has another name, replace it, or pass --table, --key-column or --column.
                        CREATE INDEX IF NOT EXISTS "items_embedding_hnsw_bit_df698952" ON "items" USING hnsw ((binary_quantize("embedding")::bit(384)) bit_hamming_ops) WITH (m = 16, ef_construction = 200);
                        -- To undo: DROP INDEX IF EXISTS "items_embedding_hnsw_bit_df698952";
                        -- In each session:
                        -- The promised recall is that of the codes. The HNSW graph misses some of them: 'linfhash measure' measures it.
                        SET hnsw.ef_search = 200;
                        SET hnsw.iterative_scan = relaxed_order; -- pgvector 0.8 or newer
                        -- Each search, with the query vector as psql's variable: \\set query '[0.1, ...]'
                        -- EXPLAIN names the index if the search uses it. A small table may be scanned instead, which finds all that the codes find.
                        SELECT "id" FROM (
                            SELECT "id", "embedding" FROM "items"
                            -- WHERE tenant = 7 (a filter goes here, so that the index goes on until LIMIT rows match)
                            ORDER BY binary_quantize("embedding")::bit(384) <~> binary_quantize(:'query'::vector)::bit(384) LIMIT 50) candidates
                        ORDER BY "embedding" <#> :'query'::vector LIMIT 10;
                        """);
        assertThat(paste(
                        Engine.PGVECTOR,
                        "binary_quantize: bits 384, centered true, distance hamming",
                        new Engine.Search(384, Similarity.COSINE, 10, 5, ROWS, 0.95, QuantizeLine.Files.UNKNOWN),
                        new SqlNames("app.items", "embedding", "id")))
                .isEqualTo("""
                        -- Makes a function with the mean of the vectors that the table has now. It needs PostgreSQL 14 or newer.
                        DO $linfhash$
                        DECLARE
                            center text;
                        BEGIN
                            IF to_regprocedure('"app"."items_embedding_bits_42f311bb"(vector)') IS NULL THEN
                                SELECT avg(l2_normalize("embedding"::vector)) INTO center FROM "app"."items";
                                IF center IS NULL THEN
                                    RAISE EXCEPTION 'expected vectors in the table, whose mean is needed, found none';
                                END IF;
                                EXECUTE 'CREATE FUNCTION "app"."items_embedding_bits_42f311bb"(v vector) RETURNS bit LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURN binary_quantize(l2_normalize(v) - ' || quote_literal(center) || '::vector)';
                            END IF;
                        END $linfhash$;
                        CREATE INDEX IF NOT EXISTS "items_embedding_hnsw_centered_bit_93edc261" ON "app"."items" USING hnsw (("app"."items_embedding_bits_42f311bb"("embedding"::vector)::bit(384)) bit_hamming_ops) WITH (m = 16, ef_construction = 200);
                        -- To undo: DROP INDEX IF EXISTS "app"."items_embedding_hnsw_centered_bit_93edc261"; DROP FUNCTION IF EXISTS "app"."items_embedding_bits_42f311bb"(vector);
                        -- In each session:
                        -- The promised recall is that of the codes. The HNSW graph misses some of them: 'linfhash measure' measures it.
                        SET hnsw.ef_search = 200;
                        SET hnsw.iterative_scan = relaxed_order; -- pgvector 0.8 or newer
                        -- Each search, with the query vector as psql's variable: \\set query '[0.1, ...]'
                        -- EXPLAIN names the index if the search uses it. A small table may be scanned instead, which finds all that the codes find.
                        SELECT "id" FROM (
                            SELECT "id", "embedding" FROM "app"."items"
                            -- WHERE tenant = 7 (a filter goes here, so that the index goes on until LIMIT rows match)
                            ORDER BY "app"."items_embedding_bits_42f311bb"("embedding"::vector)::bit(384) <~> "app"."items_embedding_bits_42f311bb"(:'query'::vector)::bit(384) LIMIT 50) candidates
                        ORDER BY "embedding" <=> :'query'::vector LIMIT 10;
                        """);
        // Euclidean distances and inner products are those of the vectors as they are.
        assertThat(paste(
                        Engine.PGVECTOR,
                        "binary_quantize: bits 384, centered true, distance hamming",
                        new Engine.Search(384, Similarity.EUCLIDEAN, 10, 5, ROWS, 0.95, QuantizeLine.Files.UNKNOWN),
                        ITEMS))
                .contains(
                        "avg(\"embedding\"::vector)",
                        "binary_quantize(v - '",
                        "\"items_embedding_bits_ba0e40d1\"(:'query'::vector)")
                .doesNotContain("l2_normalize");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "items.",
                ".items",
                "a.b.c",
                "items; DROP TABLE items",
                "items\"",
                "\"\"",
                "\"it\"ems\"",
                "\"items",
                "\"a\\b\"",
                "\"a$linfhash$b\"",
                "\"a\nb\"",
                "items'--",
                "items ",
                "items\n",
                "items$$",
                "a123456789012345678901234567890123456789012345678901234567890123",
                "ü12345678901234567890123456789012345678901234567890123456789012"
            })
    void whatIsNoNameIsRefused(String name) {
        assertThatThrownBy(() -> new SqlNames(name, "embedding", "id"))
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith(
                        "--table: expected a name of letters, digits and underscores, or another one in double quotes"
                                + " without \\ and $, of at most 63 bytes, with a schema and a dot before it or not, found '")
                .hasMessageEndingWith("A view gives a table or a column another name")
                .message()
                .doesNotContain("\n");
        assertThatThrownBy(() -> new SqlNames("items", name, "id"))
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith("--column: expected a name");
        assertThatThrownBy(() -> new SqlNames("items", "embedding", name))
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith("--key-column: expected a name");
    }

    @Test
    void namesAreQuoted() {
        assertThatThrownBy(() -> new SqlNames("items", "a.b", "id"))
                .hasMessageStartingWith("--column: expected a name");
        assertThat(new SqlNames("A_1.b2", "_C3", "id").quotedTable()).isEqualTo("\"A_1\".\"b2\"");
        SqlNames odd = new SqlNames("\"my.app\".Bestell-Übersicht 2", "\"say \"\"hi\"\"; --\"", "\"it's\"");
        assertThat(odd.quotedTable()).isEqualTo("\"my.app\".\"Bestell-Übersicht 2\"");
        assertThat(odd.quotedColumn()).isEqualTo("\"say \"\"hi\"\"; --\"");
        assertThat(odd.quotedKey()).isEqualTo("\"it's\"");
        assertThat(SqlNames.literal("it's")).isEqualTo("'it''s'");
    }

    /** PostgreSQL cuts names behind 63 bytes, and two tables must not share an index or a mean. */
    @Test
    void whatBelongsToATableHasANameOfItsOwn() {
        String start = "ü".repeat(30);
        String one = new SqlNames(start + "x", "embedding", "id").nameFor("hnsw_bit", "of");
        assertThat(one.getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(63);
        assertThat(one).startsWith("üüü");
        assertThat(one).isNotEqualTo(new SqlNames(start + "y", "embedding", "id").nameFor("hnsw_bit", "of"));
        // Both begin with a_b_c.
        assertThat(new SqlNames("a_b", "c", "id").nameFor("bits", "of"))
                .isNotEqualTo(new SqlNames("a", "b_c", "id").nameFor("bits", "of"));
        assertThat(new SqlNames("one.t", "c", "id").nameFor("bits", "of"))
                .isNotEqualTo(new SqlNames("two.t", "c", "id").nameFor("bits", "of"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            SQ8: dimensions 384 | COSINE | 1 | index_factory(384, "SQ8", faiss.METRIC_L2)
            SQ4: dimensions 384 | EUCLIDEAN | 3 | index_factory(384, "SQ4,RFlat", faiss.METRIC_L2)
            SQ4: dimensions 192 | EUCLIDEAN | 3 | index_factory(384, "PCA192,SQ4,RFlat", faiss.METRIC_L2)
            PQx4fs: parts 96, iterations 25, sample 4096, bits 4 | COSINE | 3 | index_factory(384, "PQ96x4fs,RFlat", faiss.METRIC_L2)
            PQ: parts 48, iterations 10, sample 16384, bits 8 | DOT | 2 | index_factory(384, "PQ48x8,RFlat", faiss.METRIC_INNER_PRODUCT)
            OPQ: parts 48, rounds 4, iterations 15, sample 10240 | COSINE | 5 | index_factory(384, "OPQ48_384,PQ48x8,RFlat", faiss.METRIC_L2)
            RaBitQ: bits 1, dimensions 384, queryBits 0, termBits 32 | COSINE | 5 | index_factory(384, "RR384,RaBitQ,RFlat", faiss.METRIC_L2)
            """)
    void faissMakesIndexesByTheirDescription(String chosen, Similarity similarity, int oversampling, String index) {
        String lines = paste(
                Engine.FAISS,
                chosen,
                new Engine.Search(384, similarity, 10, oversampling, ROWS, 0.95, QuantizeLine.Files.UNKNOWN),
                ITEMS);
        assertThat(lines).contains("index = faiss." + index + "\n", "index.search(queries, 10)\n");
        assertThat(lines.contains("faiss.normalize_L2(vectors)\nfaiss.normalize_L2(queries)\n"))
                .isEqualTo(similarity == Similarity.COSINE);
        assertThat(lines.contains("index.k_factor = " + oversampling + "\n")).isEqualTo(oversampling > 1);
    }

    @Test
    void binaryIndexesTakeCodesOfNumpyOrOfTheExport() {
        assertThat(paste(
                        Engine.FAISS,
                        "binary: bits 384, centered true, distance hamming",
                        new Engine.Search(384, Similarity.EUCLIDEAN, 10, 5, ROWS, 0.95, QuantizeLine.Files.UNKNOWN),
                        ITEMS))
                .isEqualTo("""
                        import faiss
                        import numpy
                        # vectors and queries are NumPy arrays of float32, one row each.
                        center = vectors.mean(axis=0)
                        def encode(x):
                            return numpy.packbits(x - center > 0, axis=1, bitorder="little")
                        codes = encode(vectors)
                        index = faiss.IndexBinaryFlat(8 * codes.shape[1])
                        index.add(codes)
                        distances, candidates = index.search(encode(queries), 50)
                        scores = -((queries[:, None] - vectors[candidates]) ** 2).sum(axis=2)
                        ids = numpy.take_along_axis(candidates, numpy.argsort(-scores, axis=1)[:, :10], axis=1)
                        """);
        assertThat(paste(
                        Engine.FAISS,
                        "binary-rotated: bits 768, rotation dense, distance hamming",
                        new Engine.Search(
                                384, Similarity.DOT, 10, 5, ROWS, 0.95, QuantizeLine.Files.of("my/a \"b\".npy")),
                        ITEMS))
                .contains(
                        "# linfhash quantize --quantizer rotated-sign --option bits=768 --option rotation=dense --option"
                                + " distance=hamming --similarity dot --vectors 'my/a \"b\".npy' --out 'a \"b\"-codes'\n",
                        "numpy.packbits((x - center) @ rotation.T > 0, axis=1, bitorder=\"little\")\n",
                        "codes = numpy.load(\"a \\\"b\\\"-codes/codes.npy\")\n");
    }

    @Test
    void luceneTakesMoreThan1024DimensionsWhereItIsToldTo() {
        String few = paste(
                Engine.LUCENE,
                "BBQ: bits 1, dimensions 1024, rotated false, queryBits 4, termBits 32",
                new Engine.Search(1024, Similarity.DOT, 10, 5, ROWS, 0.95, QuantizeLine.Files.UNKNOWN),
                ITEMS);
        assertThat(few)
                .contains(
                        "format = new Lucene104HnswScalarQuantizedVectorsFormat(ScalarEncoding.SINGLE_BIT_QUERY_NIBBLE, 16, 100);\n",
                        "VectorSimilarityFunction.MAXIMUM_INNER_PRODUCT));\n",
                        "new KnnFloatVectorQuery(\"embedding\", target, 100), target, \"embedding\", 10);\n",
                        "searcher.search(query, 10);\n");
        String many = paste(
                Engine.LUCENE,
                "int8: bits 8, dimensions 1025, rotated false, queryBits 8, termBits 32",
                new Engine.Search(1025, Similarity.COSINE, 10, 1, ROWS, 0.95, QuantizeLine.Files.UNKNOWN),
                ITEMS);
        assertThat(few).doesNotContain("VectorUtil");
        assertThat(many)
                .contains(
                        "import org.apache.lucene.util.VectorUtil;\n",
                        "VectorUtil.l2normalize(vector);\ndocument.add(new KnnFloatVectorField(\"embedding\", vector, VectorSimilarityFunction.DOT_PRODUCT));\n",
                        "VectorUtil.l2normalize(target);\nQuery query = ",
                        "(ScalarEncoding.UNSIGNED_BYTE, 16, 100) {\n",
                        "int getMaxDimensions",
                        "return 1025;\n    }\n};\n");
    }

    /** The JSON of requests, which follow lines of a method and a path. */
    private static List<JsonNode> requests(String lines) throws IOException {
        List<JsonNode> requests = new ArrayList<>();
        for (String part : lines.replace("[...]", "[]").split("(?m)^(PUT|POST) \\S+$", -1)) {
            String json = part.replaceAll("(?m)^#.*$", "").strip();
            if (!json.isEmpty()) {
                requests.add(new JsonMapper().readTree(json));
            }
        }
        return requests;
    }

    /** Twice as many candidates are sought in the graph as are rescored. */
    @Test
    void elasticsearchIsAskedForItsBinaryCodes() throws IOException {
        assertThat(chosen(Engine.ELASTICSEARCH, 384, Similarity.COSINE, null))
                .containsExactly(
                        "bbq_hnsw: bits 1, dimensions 384, rotated false, queryBits 4, termBits 32",
                        "bbq_disk-1: bits 1, dimensions 384, rotated false, queryBits 4, termBits 32",
                        "bbq_disk-2: bits 2, dimensions 384, rotated false, queryBits 4, termBits 32",
                        "bbq_disk-4: bits 4, dimensions 384, rotated false, queryBits 4, termBits 32",
                        "bbq_disk-7: bits 7, dimensions 384, rotated false, queryBits 7, termBits 32");
        Quantizer small = configured(Engine.ELASTICSEARCH, 63, Similarity.COSINE, null)
                .findFirst()
                .orElseThrow()
                .quantizer();
        FeatureMatrix vectors = FeatureMatrix.owning(2, 63, new float[126]);
        assertThatThrownBy(() -> small.fit(vectors, Similarity.COSINE, new RandomStreams(0)))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("at least 64 dimensions");
        List<JsonNode> requests = requests(paste(
                Engine.ELASTICSEARCH,
                "bbq_hnsw: bits 1, dimensions 384, rotated false, queryBits 4, termBits 32",
                new Engine.Search(384, Similarity.DOT, 10, 5, ROWS, 0.95, QuantizeLine.Files.UNKNOWN),
                ITEMS));
        assertThat(requests).hasSize(2);
        JsonNode field = requests.get(0).at("/mappings/properties/embedding");
        assertThat(field.path("dims").asInt()).isEqualTo(384);
        assertThat(field.path("similarity").asText()).isEqualTo("max_inner_product");
        assertThat(field.at("/index_options").toString()).isEqualTo("{\"type\":\"bbq_hnsw\"}");
        JsonNode search = requests.get(1).path("knn");
        assertThat(search.path("k").asInt()).isEqualTo(10);
        assertThat(search.path("num_candidates").asInt()).isEqualTo(100);
        assertThat(search.at("/rescore_vector/oversample").asDouble()).isEqualTo(5);
        assertThat(paste(
                        Engine.ELASTICSEARCH,
                        "bbq_disk-7: bits 7, dimensions 384, rotated false, queryBits 7, termBits 32",
                        new Engine.Search(384, Similarity.DOT, 10, 5, ROWS, 0.95, QuantizeLine.Files.UNKNOWN),
                        ITEMS))
                .contains("\"index_options\": {\"type\": \"bbq_disk\", \"bits\": 7}}}}}\n");
    }

    @Test
    void openSearchIsAskedForScalarQuantization() throws IOException {
        assertThat(chosen(Engine.OPENSEARCH, 100, Similarity.COSINE, null))
                .containsExactly(
                        "sq-1: bits 1, dimensions 100, rotated false, queryBits 4, termBits 32",
                        "sq-2: bits 2, dimensions 100, rotated false, queryBits 4, termBits 32",
                        "sq-4: bits 4, dimensions 100, rotated false, queryBits 4, termBits 32",
                        "sq-7: dimensions 100",
                        "binary: bits 100, centered true, distance hamming");
        for (String chosen : List.of(
                "sq-4: bits 4, dimensions 100, rotated false, queryBits 4, termBits 32", "sq-7: dimensions 100")) {
            JsonNode method = requests(paste(
                            Engine.OPENSEARCH,
                            chosen,
                            new Engine.Search(100, Similarity.EUCLIDEAN, 10, 3, ROWS, 0.95, QuantizeLine.Files.UNKNOWN),
                            ITEMS))
                    .get(0)
                    .at("/mappings/properties/embedding/method");
            assertThat(method.path("engine").asText()).isEqualTo(chosen.startsWith("sq-7") ? "lucene" : "faiss");
            assertThat(method.at("/parameters/encoder").toString())
                    .isEqualTo("{\"name\":\"sq\",\"parameters\":{\"bits\":" + chosen.charAt(3) + "}}");
        }
    }

    @Test
    void openSearchIsAskedForBitsAboutTheMean() throws IOException {
        List<JsonNode> requests = requests(paste(
                Engine.OPENSEARCH,
                "binary: bits 100, centered true, distance hamming",
                new Engine.Search(100, Similarity.EUCLIDEAN, 10, 3, ROWS, 0.95, QuantizeLine.Files.UNKNOWN),
                ITEMS));
        JsonNode field = requests.get(0).at("/mappings/properties/embedding");
        assertThat(field.path("dimension").asInt()).isEqualTo(100);
        assertThat(field.path("space_type").asText()).isEqualTo("l2");
        assertThat(field.at("/method/parameters/encoder/parameters/bits").asInt())
                .isEqualTo(1);
        JsonNode search = requests.get(1).at("/query/knn/embedding");
        assertThat(search.path("k").asInt()).isEqualTo(10);
        assertThat(search.at("/rescore/oversample_factor").asDouble()).isEqualTo(3);
    }

    @Test
    void qdrantIsAskedForBinaryCodesAndTurboQuant() throws IOException {
        assertThat(chosen(Engine.QDRANT, 100, Similarity.COSINE, null))
                .containsExactly(
                        "turbo: bits bits4, dimensions 100",
                        "turbo: bits bits2, dimensions 100",
                        "turbo: bits bits1-5, dimensions 100",
                        "turbo: bits bits1, dimensions 100",
                        "binary: encoding one-bit, dimensions 100, queryBits 1",
                        "binary: encoding one-bit, dimensions 100, queryBits 4",
                        "binary: encoding one-bit, dimensions 100, queryBits 8",
                        "binary: encoding one-and-half-bits, dimensions 100, queryBits 1",
                        "binary: encoding one-and-half-bits, dimensions 100, queryBits 4",
                        "binary: encoding one-and-half-bits, dimensions 100, queryBits 8",
                        "binary: encoding two-bits, dimensions 100, queryBits 1",
                        "binary: encoding two-bits, dimensions 100, queryBits 4",
                        "binary: encoding two-bits, dimensions 100, queryBits 8");
        assertThat(chosen(Engine.QDRANT, 100, Similarity.COSINE, 13)).hasSize(3);
        Engine.Search cosine = new Engine.Search(100, Similarity.COSINE, 10, 3, ROWS, 0.95, QuantizeLine.Files.UNKNOWN);
        List<JsonNode> requests = requests(
                paste(Engine.QDRANT, "binary: encoding one-and-half-bits, dimensions 100, queryBits 8", cosine, ITEMS));
        assertThat(requests.get(0).toString())
                .isEqualTo(
                        "{\"vectors\":{\"size\":100,\"distance\":\"Cosine\"},\"quantization_config\":{\"binary\":"
                                + "{\"encoding\":\"one_and_half_bits\",\"query_encoding\":\"scalar8bits\",\"always_ram\":true}}}");
        assertThat(requests.get(1).path("limit").asInt()).isEqualTo(10);
        assertThat(requests.get(1).at("/params/quantization/oversampling").asDouble())
                .isEqualTo(3);
        assertThat(paste(Engine.QDRANT, "binary: encoding one-bit, dimensions 100, queryBits 1", cosine, ITEMS))
                .contains("\"encoding\": \"one_bit\", \"query_encoding\": \"binary\"");
        assertThat(paste(Engine.QDRANT, "turbo: bits bits1-5, dimensions 100", cosine, ITEMS))
                .contains("\"quantization_config\": {\"turbo\": {\"bits\": \"bits1_5\", \"always_ram\": true}}}\n");
    }

    @Test
    void weaviateIsAskedForSignsAndRotations() {
        assertThat(chosen(Engine.WEAVIATE, 100, Similarity.COSINE, null))
                .containsExactly(
                        "RQ: bits 8, dimensions 100",
                        "RQ: bits 4, dimensions 100",
                        "RQ: bits 1, dimensions 100",
                        "BQ: bits 100, centered false, distance hamming");
        Engine.Search search =
                new Engine.Search(100, Similarity.EUCLIDEAN, 10, 3, ROWS, 0.95, QuantizeLine.Files.UNKNOWN);
        assertThat(paste(Engine.WEAVIATE, "BQ: bits 100, centered false, distance hamming", search, ITEMS))
                .contains("VectorDistances.L2_SQUARED, ef=60,", "Quantizer.bq(rescore_limit=30))))\n", "limit=10)\n");
        assertThat(paste(Engine.WEAVIATE, "RQ: bits 4, dimensions 100", search, ITEMS))
                .contains("Quantizer.rq(bits=4, rescore_limit=30))))\n");
    }

    @Test
    void redisHasTheCosineAlone() {
        assertThat(chosen(Engine.REDIS, 100, Similarity.COSINE, null))
                .containsExactly("Q8: dimensions 100", "BIN: bits 100, centered false, distance hamming");
        assertThat(chosen(Engine.REDIS, 100, Similarity.DOT, null)).isEmpty();
        assertThat(paste(
                        Engine.REDIS,
                        "Q8: dimensions 100",
                        new Engine.Search(100, Similarity.COSINE, 10, 3, ROWS, 0.95, QuantizeLine.Files.UNKNOWN),
                        ITEMS))
                .contains("vector.tobytes(), row, \"Q8\")\n", "\"COUNT\", 30, \"EF\", 60)\n", "(-scores)[:10]]\n");
    }

    @Test
    void sqliteScansInt8AndBits() {
        assertThat(chosen(Engine.SQLITE_VEC, 96, Similarity.COSINE, null))
                .containsExactly("int8: dimensions 96", "bit: bits 96, centered false, distance hamming");
        assertThat(chosen(Engine.SQLITE_VEC, 96, Similarity.EUCLIDEAN, null)).hasSize(1);
        assertThat(chosen(Engine.SQLITE_VEC, 100, Similarity.EUCLIDEAN, null)).isEmpty();
        assertThat(chosen(Engine.SQLITE_VEC, 96, Similarity.DOT, null)).isEmpty();
        assertThat(paste(
                        Engine.SQLITE_VEC,
                        "int8: dimensions 96",
                        new Engine.Search(96, Similarity.COSINE, 10, 3, ROWS, 0.95, QuantizeLine.Files.UNKNOWN),
                        ITEMS))
                .contains(
                        "code int8[96] distance_metric=cosine, +embedding BLOB)",
                        "VALUES (?, vec_quantize_int8(vec_normalize(?), 'unit'), ?)",
                        "AND k = 30)\n",
                        "vec_distance_cosine(embedding, ?) LIMIT 10");
        assertThat(paste(
                        Engine.SQLITE_VEC,
                        "bit: bits 96, centered false, distance hamming",
                        new Engine.Search(96, Similarity.EUCLIDEAN, 10, 3, ROWS, 0.95, QuantizeLine.Files.UNKNOWN),
                        ITEMS))
                .contains("code bit[96], +embedding", "MATCH vec_quantize_binary(?) AND", "vec_distance_L2(");
    }

    @Test
    void whereCodesAreFromAndWhatAnEngineHasBeyondIsNamed() {
        assertThat(new EngineSnippet(Engine.WEAVIATE, ITEMS, QuantizeLine.Files.UNKNOWN, List.of("First.")).notes())
                .containsExactly(
                        "First.",
                        "RQ: formula of Weaviate 1.40, not run; rescores 20 by default, and 512 with 1 bit.",
                        "BQ: formula of Weaviate 1.26, not run.",
                        "Also in weaviate, but not measured: PQ and SQ.");
        assertThat(new EngineSnippet(Engine.OPENSEARCH, ITEMS, QuantizeLine.Files.UNKNOWN, List.of()).notes())
                .contains(
                        "sq-2, sq-4: formula of OpenSearch 3.9 (Lucene's codes), not run; rescores 1 x k by default, and never"
                                + " fewer than 100.");
        assertThat(new EngineSnippet(Engine.SQLITE_VEC, ITEMS, QuantizeLine.Files.UNKNOWN, List.of()).notes())
                .first()
                .isEqualTo("int8, bit: run in sqlite-vec 0.1.9; it rescores nothing by itself.");
        assertThat(new EngineSnippet(Engine.FAISS, ITEMS, QuantizeLine.Files.UNKNOWN, List.of()).notes())
                .first()
                .asString()
                .endsWith("binary-itq: compared with the search of faiss 1.11.");
        for (Engine engine : Engine.values()) {
            assertThat(engine.codes())
                    .allMatch(code -> code.origin().contains("not run")
                            || code.origin().contains("run in ")
                            || code.origin().contains("compared with "));
        }
    }

    @Test
    void theNextStepForPgvectorIsNamed() {
        assertThat(new EngineSnippet(Engine.PGVECTOR, ITEMS, QuantizeLine.Files.UNKNOWN, List.of()).notes())
                .last()
                .asString()
                .startsWith("Next: 'linfhash measure --engine pgvector --database URL'");
        assertThat(new EngineSnippet(Engine.LUCENE, ITEMS, QuantizeLine.Files.UNKNOWN, List.of()).notes())
                .noneMatch(note -> note.contains("measure --"));
    }
}
