package io.github.linfhash.engines.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.github.linfhash.engines.measure.Made;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The JSON of a measurement against its schema. */
class MeasureJsonTest {
    private static final Path HOME = Path.of(System.getProperty("linfhash.home"));

    private static Schema schema() throws IOException {
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(Files.readString(HOME.resolve("docs/schemas/linfhash-measure-1.schema.json")));
    }

    @Test
    void itHasTheSchema() throws IOException {
        String json = MeasureJson.of(Made.measurement(), 3.0);
        assertThat(schema().validate(json, InputFormat.JSON)).isEmpty();
        for (String key :
                new String[] {"indexBytes", "p95Millis", "interval", "efSearch", "create", "loss", "rowsReturned"}) {
            assertThat(schema().validate(json.replace("\"" + key + "\"", "\"other\""), InputFormat.JSON))
                    .as(key)
                    .isNotEmpty();
        }
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
        for (String key : new String[] {"lucene", "beamWidth", "k", "merged", "create", "p95Millis"}) {
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
