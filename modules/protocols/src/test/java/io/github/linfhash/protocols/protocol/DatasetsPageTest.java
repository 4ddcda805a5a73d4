package io.github.linfhash.protocols.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The page of data sets and protocols, beside the protocol files. */
class DatasetsPageTest {
    private static final Path HOME = Path.of(System.getProperty("linfhash.home"));
    private static final Pattern ROW = Pattern.compile("(?m)^\\| \\[?`([a-z0-9-]+)`.*\\| ([0-9]+) \\|$");

    private static String page() throws IOException {
        return Files.readString(HOME.resolve("docs/datasets.md"));
    }

    @Test
    void everyProtocolIsOnThePage() throws IOException {
        for (String name : new ProtocolFiles(HOME.resolve("protocols")).names()) {
            assertThat(page()).contains("`" + name + "`");
        }
    }

    @Test
    void baselinesAreCounted() throws IOException {
        ProtocolFiles files = new ProtocolFiles(HOME.resolve("protocols"));
        int rows = 0;
        for (MatchResult row : ROW.matcher(page()).results().toList()) {
            rows++;
            assertThat(files.read(row.group(1)).methods().stream()
                            .map(MethodEntry::name)
                            .distinct())
                    .as(row.group(1))
                    .hasSize(Integer.parseInt(row.group(2)));
        }
        assertThat(rows).isEqualTo(10);
    }
}
