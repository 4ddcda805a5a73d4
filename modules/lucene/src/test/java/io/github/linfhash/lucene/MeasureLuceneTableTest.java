package io.github.linfhash.lucene;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.linfhash.engines.cli.EnginesMain;
import io.github.linfhash.testing.PostgresServer;
import io.github.linfhash.testing.ProgramInFolder;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import picocli.CommandLine;

/** Lucene with the vectors of a table of PostgreSQL; without Debian's postgresql-17-pgvector it is skipped. */
@EnabledIf(PostgresServer.INSTALLED)
class MeasureLuceneTableTest extends ProgramInFolder {
    @Override
    protected CommandLine program() {
        return EnginesMain.commandLine();
    }

    /** A role that may only read gives the vectors. */
    @Test
    void vectorsOfATableAreMeasured() throws IOException, SQLException {
        PostgresServer server = PostgresServer.shared();
        server.execute("CREATE TABLE source (v vector(" + MadeVectors.DIMENSION + "))");
        server.execute("CREATE ROLE reader LOGIN");
        server.execute("GRANT SELECT ON source TO reader");
        try (Connection connection = server.open();
                PreparedStatement insert = connection.prepareStatement("INSERT INTO source VALUES (?::text::vector)")) {
            for (float[] vector : MadeVectors.VECTORS) {
                insert.setString(1, Arrays.toString(vector));
                insert.addBatch();
            }
            insert.executeBatch();
        }
        String url = server.url("postgres", "reader");
        JsonNode measured = new JsonMapper()
                .readTree(succeed(
                        "measure --engine lucene --database %s --table source --column v --types flat-int8 --target 0.9"
                                + " --minutes 20 --format json",
                        url));
        assertThat(measured.get("vectors").get("rows").asInt()).isEqualTo(MadeVectors.ROWS - MadeVectors.ROWS / 10);
        assertThat(measured.get("vectors").get("dimension").asInt()).isEqualTo(MadeVectors.DIMENSION);
        assertThat(measured.get("answers").get(0).get("recall").asDouble()).isGreaterThan(0.9);
        assertThat(badInput("measure --engine lucene --database %s --table nowhere", url))
                .contains("relation \"nowhere\" does not exist");
    }
}
