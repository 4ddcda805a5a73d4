package io.github.linfhash.engines.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.linfhash.advisor.engine.PgvectorCodes;
import io.github.linfhash.advisor.engine.PgvectorCodes.Kind;
import io.github.linfhash.advisor.engine.SqlNames;
import io.github.linfhash.quantizers.Similarity;
import org.junit.jupiter.api.Test;

/** The SQL of settings, which is written by hand here. */
class SettingTest {
    private static PgvectorCodes codes(Kind kind, Similarity similarity) {
        return new PgvectorCodes(kind, new SqlNames("items", "embedding"), 3, similarity);
    }

    @Test
    void graphsOfHalfs() {
        Setting setting = new Setting(IndexSpec.hnsw(Kind.HALFVEC, 8, 64), 40, 20);
        assertThat(setting.create(codes(Kind.HALFVEC, Similarity.EUCLIDEAN))).isEqualTo("""
                        CREATE INDEX ON "items" USING hnsw (("embedding"::halfvec(3)) halfvec_l2_ops) WITH (m = 8, ef_construction = 64);
                        """);
        assertThat(setting.search(codes(Kind.HALFVEC, Similarity.EUCLIDEAN), 10))
                .isEqualTo("""
                        SET hnsw.ef_search = 40;
                        SET hnsw.iterative_scan = relaxed_order;
                        SELECT id FROM (
                            SELECT id, "embedding" FROM "items"
                            ORDER BY "embedding"::halfvec(3) <-> :'query'::vector::halfvec(3) LIMIT 20) candidates
                        ORDER BY "embedding" <-> :'query'::vector LIMIT 10;
                        """);
    }

    @Test
    void listsOfVectors() {
        Setting setting = new Setting(IndexSpec.ivfflat(Kind.VECTOR, 150), 12, 10);
        assertThat(setting.create(codes(Kind.VECTOR, Similarity.DOT)))
                .isEqualTo(
                        "CREATE INDEX ON \"items\" USING ivfflat (\"embedding\" vector_ip_ops) WITH (lists = 150);\n");
        assertThat(setting.search(codes(Kind.VECTOR, Similarity.DOT), 10))
                .startsWith("SET ivfflat.probes = 12;\nSET ivfflat.iterative_scan = relaxed_order;\n")
                .contains("ORDER BY \"embedding\" <#> :'query'::vector LIMIT 10) candidates");
    }

    @Test
    void centeredBitsHaveAColumn() {
        Setting setting = new Setting(IndexSpec.hnsw(Kind.CENTERED_BIT, 16, 100), 200, 100);
        assertThat(setting.create(codes(Kind.CENTERED_BIT, Similarity.COSINE)))
                .startsWith(
                        "CREATE TABLE \"embedding_mean\" AS SELECT avg(l2_normalize(\"embedding\")) AS mean FROM \"items\";\n")
                .endsWith(
                        "CREATE INDEX ON \"items\" USING hnsw (\"embedding_bits\" bit_hamming_ops) WITH (m = 16, ef_construction = 100);\n");
    }

    @Test
    void candidatesAndEffortsStayWithinPgvectorsLimits() {
        IndexSpec bits = IndexSpec.hnsw(Kind.BIT, 16, 64);
        assertThat(bits.efforts(10)).startsWith(10).endsWith(1000);
        assertThat(bits.candidates(30)).startsWith(30).allMatch(count -> count <= 1000 && count % 30 == 0);
        assertThat(IndexSpec.hnsw(Kind.VECTOR, 16, 64).candidates(10)).containsExactly(10);
        assertThat(IndexSpec.ivfflat(Kind.BIT, 50).efforts(10)).startsWith(1).endsWith(45, 50);
    }

    /** Lists grow with the square root of the rows; graphs stay as they are. */
    @Test
    void partsHaveFewerLists() {
        assertThat(IndexSpec.ivfflat(Kind.BIT, 160).forRows(1.0 / 16).lists()).isEqualTo(40);
        assertThat(IndexSpec.hnsw(Kind.BIT, 16, 64).forRows(0.1)).isEqualTo(IndexSpec.hnsw(Kind.BIT, 16, 64));
    }

    /**
     * With 16 MB, pgvector 0.8.0 notices that a graph over vector(384) does not fit after 7,449 rows with m = 16 and 8,397 with m = 8; with 4 MB, over
     * bit(384) after 5,509 rows with m = 16.
     */
    @Test
    void theMemoryOfABuildIsThatOfPgvectorsNotice() {
        assertThat(IndexSpec.hnsw(Kind.VECTOR, 16, 64).buildMemory(7_449, 384) / (double) (16 << 20))
                .isCloseTo(1, within(0.01));
        assertThat(IndexSpec.hnsw(Kind.VECTOR, 8, 64).buildMemory(8_397, 384) / (double) (16 << 20))
                .isCloseTo(1, within(0.01));
        assertThat(IndexSpec.hnsw(Kind.BIT, 16, 64).buildMemory(5_509, 384) / (double) (4 << 20))
                .isCloseTo(1, within(0.01));
    }
}
