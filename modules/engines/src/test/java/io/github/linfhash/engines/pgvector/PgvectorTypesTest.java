package io.github.linfhash.engines.pgvector;

import static io.github.linfhash.engines.pgvector.MadePgvector.hnsw;
import static io.github.linfhash.engines.pgvector.MadePgvector.ivfflat;
import static io.github.linfhash.engines.pgvector.MadePgvector.type;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.linfhash.advisor.engine.SqlNames;
import io.github.linfhash.codes.Similarity;
import io.github.linfhash.engines.measure.Engine;
import io.github.linfhash.engines.measure.Grid;
import io.github.linfhash.engines.measure.IndexSpec;
import io.github.linfhash.engines.measure.IndexType;
import io.github.linfhash.engines.measure.Measurement;
import io.github.linfhash.engines.measure.OperatingPoint;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The SQL of indexes, which is written by hand here. */
class PgvectorTypesTest {
    private static Engine.Snippet snippet(IndexSpec index, int effort, int candidates, Measurement.Vectors vectors) {
        return PgvectorTypes.snippet(new OperatingPoint(index, effort, candidates), vectors);
    }

    private static String create(IndexSpec index, Measurement.Vectors vectors) {
        return snippet(index, 40, 20, vectors).create();
    }

    private static Measurement.Vectors vectors(Similarity similarity) {
        return new Measurement.Vectors(20_000, 3, similarity, 10, 500, 500, true, 0);
    }

    @Test
    void graphsOfHalfs() {
        IndexSpec index = hnsw("halfvec", 8, 64);
        assertThat(create(index, vectors(Similarity.EUCLIDEAN))).isEqualTo("""
                        -- If your table, its key or its column has another name, replace it, or pass --table, --key-column or --column.
                        -- The build blocks writes to the table. CREATE INDEX CONCURRENTLY, outside of a transaction block, does not.
                        CREATE INDEX IF NOT EXISTS "items_embedding_hnsw_halfvec_f2c1f47f" ON "items" USING hnsw (("embedding"::halfvec(3)) halfvec_l2_ops) WITH (m = 8, ef_construction = 64);
                        -- To undo: DROP INDEX IF EXISTS "items_embedding_hnsw_halfvec_f2c1f47f";
                        """);
        assertThat(snippet(index, 40, 20, vectors(Similarity.EUCLIDEAN)).search())
                .isEqualTo("""
                        SET hnsw.ef_search = 40;
                        SET hnsw.iterative_scan = relaxed_order;
                        -- EXPLAIN names the index if the search uses it. A small table may be scanned instead, which finds all that the codes find.
                        SELECT "id" FROM (
                            SELECT "id", "embedding" FROM "items"
                            -- WHERE tenant = 7 (a filter goes here, so that the index goes on until LIMIT rows match)
                            ORDER BY "embedding"::halfvec(3) <-> :'query'::vector::halfvec(3) LIMIT 20) candidates
                        ORDER BY "embedding" <-> :'query'::vector LIMIT 10;
                        """);
    }

    @Test
    void listsOfVectors() {
        IndexSpec index = ivfflat("vector", 150);
        assertThat(create(index, vectors(Similarity.DOT)))
                .contains(
                        "\nCREATE INDEX IF NOT EXISTS \"items_embedding_ivfflat_vector_ba80d4c3\" ON \"items\" USING ivfflat"
                                + " (\"embedding\" vector_ip_ops) WITH (lists = 150);\n");
        assertThat(snippet(index, 12, 10, vectors(Similarity.DOT)).search())
                .startsWith("SET ivfflat.probes = 12;\nSET ivfflat.iterative_scan = relaxed_order;\n")
                .contains("ORDER BY \"embedding\" <#> :'query'::vector LIMIT 10) candidates");
    }

    @Test
    void centeredBitsHaveAFunction() {
        IndexSpec index = hnsw("centered-bit", 16, 100);
        assertThat(create(index, vectors(Similarity.COSINE)))
                .contains(
                        "SELECT avg(l2_normalize(\"embedding\"::vector)) INTO center FROM \"items\";\n",
                        "CREATE INDEX IF NOT EXISTS \"items_embedding_hnsw_centered_bit_2561ca43\" ON \"items\" USING hnsw"
                                + " ((\"items_embedding_bits_d61bc0fb\"(\"embedding\"::vector)::bit(3)) bit_hamming_ops)"
                                + " WITH (m = 16, ef_construction = 100);\n")
                .doesNotContain("ALTER TABLE", "UPDATE", "TRIGGER");
    }

    /** Every name in what is pasted is one that was given, for every type of index. */
    @Test
    void theGivenTableIsNamed() {
        Measurement.Vectors shop = new Measurement.Vectors(
                20_000, 3, Similarity.COSINE, 10, 500, 500, true, 0, new SqlNames("shop.Shop docs", "vec", "uuid"));
        for (IndexType type : PgvectorTypes.all()) {
            IndexSpec index = PgvectorTypes.grid(type, 20_000, 10).builds().get(0);
            Engine.Snippet lines = snippet(index, 40, 20, shop);
            assertThat(lines.pasted())
                    .isEqualTo("for the table \"shop\".\"Shop docs\" with the key \"uuid\" and the column \"vec\"");
            String pasted = lines.create() + lines.search() + PgvectorTypes.exactScan(shop);
            assertThat(pasted)
                    .as(type.toString())
                    .doesNotContain("items", "embedding", "id FROM", "\"id\"")
                    .contains(
                            type.exact() ? "FROM \"shop\".\"Shop docs\"" : "ON \"shop\".\"Shop docs\" USING",
                            "SELECT \"uuid\" FROM",
                            "\"vec\" <=> :'query'::vector");
        }
    }

    /** 24 links and 384 float32 values of 40,000 rows do not fit into PostgreSQL's 64 MB. */
    @Test
    void theMemoryOfALargeBuildIsNamed() {
        Measurement.Vectors large = new Measurement.Vectors(40_000, 384, Similarity.COSINE, 10, 500, 500, true, 0);
        assertThat(create(hnsw("vector", 24, 64), large))
                .containsPattern(
                        "-- The build of 40000 rows takes 9[0-9] MB. If the server gives less, first run SET maintenance_work_mem = '9[0-9]MB';\n");
        assertThat(create(hnsw("bit", 8, 64), large)).doesNotContain("maintenance_work_mem");
    }

    @Test
    void candidatesAndEffortsStayWithinPgvectorsLimits() {
        Grid bits = PgvectorTypes.grid(type("hnsw-bit"), 20_000, 30);
        assertThat(bits.efforts()).startsWith(30).endsWith(1000);
        assertThat(bits.candidates()).startsWith(30).allMatch(count -> count <= 1000 && count % 30 == 0);
        assertThat(PgvectorTypes.grid(type("hnsw-vector"), 20_000, 10).candidates())
                .containsExactly(10);
        assertThat(PgvectorTypes.grid(type("hnsw-halfvec"), 20_000, 10).candidates())
                .containsExactly(10, 20);
        // Lists of 625 rows: 12, 25 and 50, all of which may be searched.
        Grid lists = PgvectorTypes.grid(type("ivfflat-bit"), 625, 10);
        assertThat(lists.builds()).containsExactly(ivfflat("bit", 12), ivfflat("bit", 25), ivfflat("bit", 50));
        assertThat(lists.efforts())
                .startsWith(1)
                .contains(12, 25)
                .endsWith(45, 50)
                .isSorted();
        for (IndexType type : PgvectorTypes.all()) {
            Grid grid = PgvectorTypes.grid(type, 20_000, 10);
            assertThat(grid.candidates()).allMatch(count -> count >= 10 && count <= type.mostCandidates());
            IndexType.Parameter effort = type.effort();
            assertThat(grid.efforts())
                    .allMatch(one -> effort == null
                            ? one == IndexType.NO_EFFORT
                            : one >= effort.least() && one <= effort.most());
            for (List<IndexSpec> specs : List.of(grid.builds(), grid.usual(), grid.larger())) {
                assertThat(specs)
                        .allMatch(spec -> type.parameters().stream()
                                .allMatch(one -> spec.parameter(one.name()) >= one.least()
                                        && spec.parameter(one.name()) <= one.most()));
            }
        }
    }

    @Test
    void usualAndLargerBuildsAreThoseOfGraphs() {
        Grid vectors = PgvectorTypes.grid(type("hnsw-vector"), 20_000, 10);
        assertThat(vectors.builds()).hasSize(8).contains(hnsw("vector", 16, 64)).doesNotHaveDuplicates();
        assertThat(vectors.usual()).containsExactly(hnsw("vector", 16, 64), hnsw("vector", 16, 200));
        assertThat(vectors.larger()).first().isEqualTo(hnsw("vector", 24, 400));
        assertThat(PgvectorTypes.grid(type("hnsw-bit"), 20_000, 10).usual()).isEmpty();
        Grid lists = PgvectorTypes.grid(type("ivfflat-vector"), 20_000, 10);
        assertThat(lists.usual()).isEmpty();
        assertThat(lists.larger()).isEmpty();
        Grid exact = PgvectorTypes.grid(type("exact"), 20_000, 10);
        assertThat(exact.builds()).isEqualTo(exact.usual()).containsExactly(MadePgvector.exact());
    }

    /** A column has up to 16,000 dimensions, and an index of it 2,000. */
    @Test
    void anExactScanTakesMoreDimensionsThanAnIndex() {
        assertThat(type("hnsw-vector").mostDimensions()).isEqualTo(2_000);
        assertThat(type("exact").mostDimensions()).isEqualTo(16_000);
    }

    @Test
    void anExactScanNeedsNoIndex() {
        Engine.Snippet lines = snippet(MadePgvector.exact(), IndexType.NO_EFFORT, 10, vectors(Similarity.DOT));
        assertThat(lines.create()).isEmpty();
        assertThat(lines.search())
                .isEqualTo("SELECT \"id\" FROM \"items\" ORDER BY \"embedding\" <#> :'query'::vector LIMIT 10;\n");
    }

    /** Lists grow with the square root of the rows; graphs stay as they are. */
    @Test
    void partsHaveFewerLists() {
        assertThat(PgvectorTypes.scaled(ivfflat("bit", 160), 1.0 / 16)).isEqualTo(ivfflat("bit", 40));
        assertThat(PgvectorTypes.scaled(ivfflat("bit", 2), 1.0 / 100)).isEqualTo(ivfflat("bit", 1));
        assertThat(PgvectorTypes.scaled(hnsw("bit", 16, 64), 0.1)).isEqualTo(hnsw("bit", 16, 64));
        assertThat(PgvectorTypes.scaled(MadePgvector.exact(), 0.1)).isEqualTo(MadePgvector.exact());
    }

    /**
     * With 16 MB, pgvector 0.8.0 notices that a graph over vector(384) does not fit after 7,449 rows with m = 16 and 8,397 with m = 8; with 4 MB, over
     * bit(384) after 5,509 rows with m = 16.
     */
    @Test
    void theMemoryOfABuildIsThatOfPgvectorsNotice() {
        assertThat(PgvectorTypes.buildMemory(hnsw("vector", 16, 64), 7_449, 384) / (double) (16 << 20))
                .isCloseTo(1, within(0.01));
        assertThat(PgvectorTypes.buildMemory(hnsw("vector", 8, 64), 8_397, 384) / (double) (16 << 20))
                .isCloseTo(1, within(0.01));
        assertThat(PgvectorTypes.buildMemory(hnsw("bit", 16, 64), 5_509, 384) / (double) (4 << 20))
                .isCloseTo(1, within(0.01));
    }
}
