package io.github.linfhash.engines.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.github.linfhash.engines.measure.Engine;
import io.github.linfhash.engines.measure.IndexSpec;
import io.github.linfhash.engines.measure.IndexType;
import io.github.linfhash.engines.measure.Made;
import io.github.linfhash.engines.measure.Measurement;
import io.github.linfhash.engines.measure.OperatingPoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The JSON of a measurement against its schema. */
class MeasureJsonTest {
    private static final Path HOME = Path.of(System.getProperty("linfhash.home"));

    private static Schema schema() throws IOException {
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(Files.readString(HOME.resolve("docs/schemas/linfhash-measure-1.schema.json")));
    }

    private static boolean valid(String json) throws IOException {
        return schema().validate(json, InputFormat.JSON).isEmpty();
    }

    @Test
    void itHasTheSchema() throws IOException {
        for (Measurement measurement : List.of(Made.measurement(), Made.withScan())) {
            String json = MeasureJson.of(measurement, 3.0);
            assertThat(schema().validate(json, InputFormat.JSON)).isEmpty();
            for (String key : new String[] {
                "indexBytes", "p95Millis", "interval", "efSearch", "lists", "create", "loss", "blocksRead", "postgresql"
            }) {
                assertThat(valid(json.replace("\"" + key + "\"", "\"other\"")))
                        .as(key)
                        .isFalse();
            }
        }
        String json = MeasureJson.of(Made.measurement(), 3.0);
        assertThat(valid(json.replace("\"rowsReturned\"", "\"other\""))).isFalse();
        assertThat(valid(json.replace("ivfflat-bit", "ivfflat-int8"))).isFalse();
        assertThat(valid(json.replace("\"lists\" : 100", "\"lists\" : 0"))).isFalse();
    }

    @Test
    void aScanIsComparedWithAGraph() throws IOException {
        String json = MeasureJson.of(Made.withScan(), null);
        JsonNode read = new JsonMapper().readTree(json);
        assertThat(read.get("graphOrScan").toString())
                .isEqualTo("{\"graph\":\"hnsw-centered-bit\",\"target\":0.95,\"graphMillis\":2.0,\"exact\":4000}");
        assertThat(valid(json.replace("\"graphMillis\"", "\"millis\""))).isFalse();
        assertThat(new JsonMapper()
                        .readTree(MeasureJson.of(Made.measurement(), null))
                        .has("graphOrScan"))
                .isFalse();
        JsonNode scan = read.get("settings").get(3);
        assertThat(scan.get("type").asText()).isEqualTo("exact");
        assertThat(scan.get("indexBytes").asLong()).isZero();
        assertThat(scan.has("efSearch")).isFalse();
        assertThat(scan.get("distanceRatio").asDouble()).isEqualTo(1.001);
        assertThat(valid(json.replace("\"type\" : \"exact\"", "\"type\" : \"exact\", \"m\" : 16")))
                .isFalse();
    }

    /** Another engine names its types and parameters itself, and may have no plans, losses or ratios. */
    @Test
    void anEngineOfOnesOwnHasTheSchema() throws IOException {
        IndexType type = new IndexType(
                "graph-pq",
                true,
                true,
                100,
                List.of(IndexType.Parameter.number("sub_vectors", -1, 64), IndexType.Parameter.flag("residual")),
                IndexType.Parameter.number("beam", 1, 100),
                100);
        Measurement made = Made.measurement();
        Measurement.Measured full = Made.measured(
                new OperatingPoint(new IndexSpec(type, Map.of("sub_vectors", 8, "residual", 0)), 40, 20),
                1000,
                500,
                0,
                3,
                null);
        Measurement.Measured point = new Measurement.Measured(
                full.point(),
                full.built(),
                full.choosing(),
                full.recall(),
                full.latency(),
                full.clients(),
                null,
                null,
                null);
        Measurement own = new Measurement(
                new Engine.Server("mine", "mine 1", Map.of(), "nothing", ""),
                made.vectors(),
                List.of(0.9),
                List.of(point),
                List.of(new Measurement.Answer(
                        0.9, true, point, point.recall(), 1, null, new Engine.Snippet("", "a", "b", "c"))),
                Measurement.Filterings.NONE,
                List.of(),
                true,
                1);
        String json = MeasureJson.of(own, null);
        assertThat(schema().validate(json, InputFormat.JSON)).isEmpty();
        JsonNode answer = new JsonMapper().readTree(json).get("answers").get(0);
        assertThat(answer.get("subVectors").asInt()).isEqualTo(8);
        assertThat(answer.get("residual").isBoolean()).isTrue();
        assertThat(answer.get("residual").asBoolean()).isFalse();
        assertThat(answer.get("beam").asInt()).isEqualTo(40);
        assertThat(answer.get("create").asText()).isEqualTo("a");
        assertThat(answer.get("search").asText()).isEqualTo("c");
        for (String absent : List.of("loss", "distanceRatio", "indexUsed", "price", "growth")) {
            assertThat(answer.has(absent)).as(absent).isFalse();
        }
        assertThat(valid(json.replace("\"subVectors\" : 8", "\"subVectors\" : \"8\"")))
                .isFalse();
        assertThat(valid(json.replace("\"indexBytes\"", "\"bytes\""))).isFalse();
        // Those of pgvector and Lucene are stricter.
        assertThat(valid(json.replace("\"mine\"", "\"pgvector\""))).isFalse();
        assertThat(valid(json.replace("\"mine\"", "\"lucene\""))).isFalse();
    }

    @Test
    void answersHaveNumbersAndStatements() throws IOException {
        JsonNode answers = new JsonMapper()
                .readTree(MeasureJson.of(Made.measurement(), 3.0))
                .get("answers");
        assertThat(answers).hasSize(2);
        JsonNode first = answers.get(0);
        assertThat(first.get("target").asDouble()).isEqualTo(0.95);
        assertThat(first.get("reached").asBoolean()).isTrue();
        assertThat(first.get("type").asText()).isEqualTo("ivfflat-bit");
        assertThat(first.get("recall").asDouble()).isCloseTo(0.99, within(1e-12));
        assertThat(first.get("interval").get(0).asDouble()).isBetween(0.95, 0.99);
        assertThat(first.get("interval").get(1).asDouble()).isBetween(0.99, 1.0);
        assertThat(first.get("indexBytes").asLong()).isEqualTo(300);
        assertThat(first.get("p95Millis").asDouble()).isEqualTo(8);
        assertThat(first.get("create").asText())
                .contains(
                        "\nCREATE INDEX IF NOT EXISTS \"items_embedding_ivfflat_bit_2d0bf55c\" ON \"items\" USING ivfflat ((binary_quantize(\"embedding\")::bit(16)) bit_hamming_ops) WITH (lists = 100);\n");
        assertThat(first.get("search").asText()).contains(":'query'::vector", "SET ivfflat.probes = 8;");
        assertThat(answers.get(1).get("reached").asBoolean()).isFalse();
    }

    @Test
    void lucenesHasTheSchema() throws IOException {
        String json = MeasureJson.of(Made.luceneMeasurement(), null);
        assertThat(schema().validate(json, InputFormat.JSON)).isEmpty();
        for (String key : new String[] {"java", "beamWidth", "k", "merged", "create", "p95Millis", "loss"}) {
            assertThat(schema().validate(json.replace("\"" + key + "\"", "\"other\""), InputFormat.JSON))
                    .as(key)
                    .isNotEmpty();
        }
        JsonNode read = new JsonMapper().readTree(json);
        assertThat(read.get("exactWinsFrom").asDouble()).isEqualTo(0.1);
        assertThat(read.get("filters").get(0).has("iterativeScan")).isFalse();
        JsonNode answers = read.get("answers");
        assertThat(answers.get(0).get("type").asText()).isEqualTo("flat-bit");
        assertThat(answers.get(0).has("k")).isFalse();
        assertThat(answers.get(0).has("indexUsed")).isFalse();
        assertThat(answers.get(1).get("type").asText()).isEqualTo("hnsw-int4");
        assertThat(answers.get(1).get("k").asInt()).isEqualTo(40);
        assertThat(answers.get(1).get("candidates").asInt()).isEqualTo(30);
        assertThat(answers.get(1).get("merged").asBoolean()).isTrue();
    }
}
