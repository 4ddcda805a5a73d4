package io.github.linfhash.engines.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.linfhash.advisor.engine.PgvectorCodes.Kind;
import io.github.linfhash.advisor.engine.SqlNames;
import io.github.linfhash.codes.Similarity;
import org.junit.jupiter.api.Test;

/** The SQL of indexes, which is written by hand here. */
class PgvectorIndexTest {
    private static Measurement.Vectors vectors(Similarity similarity) {
        return new Measurement.Vectors(20_000, 3, similarity, 10, 500, 500, true, 0);
    }

    @Test
    void graphsOfHalfs() {
        PgvectorIndex index = PgvectorIndex.hnsw(Kind.HALFVEC, 8, 64);
        assertThat(index.create(vectors(Similarity.EUCLIDEAN))).isEqualTo("""
                        -- If your table, its key or its column has another name, replace it, or pass --table, --key-column or --column.
                        CREATE INDEX IF NOT EXISTS "items_embedding_hnsw_halfvec_f2c1f47f" ON "items" USING hnsw (("embedding"::halfvec(3)) halfvec_l2_ops) WITH (m = 8, ef_construction = 64);
                        -- To undo: DROP INDEX IF EXISTS "items_embedding_hnsw_halfvec_f2c1f47f";
                        """);
        assertThat(index.search(40, 20, vectors(Similarity.EUCLIDEAN))).isEqualTo("""
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
        PgvectorIndex index = PgvectorIndex.ivfflat(Kind.VECTOR, 150);
        assertThat(index.create(vectors(Similarity.DOT)))
                .contains(
                        "\nCREATE INDEX IF NOT EXISTS \"items_embedding_ivfflat_vector_ba80d4c3\" ON \"items\" USING ivfflat"
                                + " (\"embedding\" vector_ip_ops) WITH (lists = 150);\n");
        assertThat(index.search(12, 10, vectors(Similarity.DOT)))
                .startsWith("SET ivfflat.probes = 12;\nSET ivfflat.iterative_scan = relaxed_order;\n")
                .contains("ORDER BY \"embedding\" <#> :'query'::vector LIMIT 10) candidates");
    }

    @Test
    void centeredBitsHaveAFunction() {
        PgvectorIndex index = PgvectorIndex.hnsw(Kind.CENTERED_BIT, 16, 100);
        assertThat(index.create(vectors(Similarity.COSINE)))
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
        for (PgvectorIndex.Type type : PgvectorIndex.Type.all()) {
            IndexSpec index = type.grid(20_000).get(0);
            String pasted = index.create(shop) + index.search(40, 20, shop) + PgvectorIndex.exactScan(shop);
            assertThat(pasted)
                    .as(type.toString())
                    .doesNotContain("items", "embedding", "id FROM", "\"id\"")
                    .contains(
                            "ON \"shop\".\"Shop docs\" USING", "SELECT \"uuid\" FROM", "\"vec\" <=> :'query'::vector");
        }
    }

    /** 24 links and 384 float32 values of 40,000 rows do not fit into PostgreSQL's 64 MB. */
    @Test
    void theMemoryOfALargeBuildIsNamed() {
        Measurement.Vectors large = new Measurement.Vectors(40_000, 384, Similarity.COSINE, 10, 500, 500, true, 0);
        assertThat(PgvectorIndex.hnsw(Kind.VECTOR, 24, 64).create(large))
                .containsPattern(
                        "-- The build of 40000 rows takes 9[0-9] MB. If the server gives less, first run SET maintenance_work_mem = '9[0-9]MB';\n");
        assertThat(PgvectorIndex.hnsw(Kind.BIT, 8, 64).create(large)).doesNotContain("maintenance_work_mem");
    }

    @Test
    void candidatesAndEffortsStayWithinPgvectorsLimits() {
        PgvectorIndex bits = PgvectorIndex.hnsw(Kind.BIT, 16, 64);
        assertThat(bits.efforts(10)).startsWith(10).endsWith(1000);
        assertThat(bits.candidates(30)).startsWith(30).allMatch(count -> count <= 1000 && count % 30 == 0);
        assertThat(PgvectorIndex.hnsw(Kind.VECTOR, 16, 64).candidates(10)).containsExactly(10);
        assertThat(PgvectorIndex.ivfflat(Kind.BIT, 50).efforts(10))
                .startsWith(1)
                .endsWith(45, 50);
    }

    /** Lists grow with the square root of the rows; graphs stay as they are. */
    @Test
    void partsHaveFewerLists() {
        assertThat(PgvectorIndex.ivfflat(Kind.BIT, 160).forRows(1.0 / 16).lists())
                .isEqualTo(40);
        assertThat(PgvectorIndex.hnsw(Kind.BIT, 16, 64).forRows(0.1)).isEqualTo(PgvectorIndex.hnsw(Kind.BIT, 16, 64));
    }

    /**
     * With 16 MB, pgvector 0.8.0 notices that a graph over vector(384) does not fit after 7,449 rows with m = 16 and 8,397 with m = 8; with 4 MB, over
     * bit(384) after 5,509 rows with m = 16.
     */
    @Test
    void theMemoryOfABuildIsThatOfPgvectorsNotice() {
        assertThat(PgvectorIndex.hnsw(Kind.VECTOR, 16, 64).buildMemory(7_449, 384) / (double) (16 << 20))
                .isCloseTo(1, within(0.01));
        assertThat(PgvectorIndex.hnsw(Kind.VECTOR, 8, 64).buildMemory(8_397, 384) / (double) (16 << 20))
                .isCloseTo(1, within(0.01));
        assertThat(PgvectorIndex.hnsw(Kind.BIT, 16, 64).buildMemory(5_509, 384) / (double) (4 << 20))
                .isCloseTo(1, within(0.01));
    }
}
