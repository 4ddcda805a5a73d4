package io.github.linfhash.experiment.regression;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.experiment.home.ProjectHome;
import io.github.linfhash.protocols.protocol.Protocol;
import io.github.linfhash.protocols.protocol.ProtocolFiles;
import io.github.linfhash.results.published.PublishedTable;
import io.github.linfhash.results.published.PublishedTables;
import io.github.linfhash.results.regression.Expected;
import io.github.linfhash.results.regression.LoggedProtocol;
import io.github.linfhash.results.regression.ReproductionLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The reproduction log of a checkout: from all files of {@code reports/expected} and the protocols that they name. */
public final class ReproductionLogSource {
    private static final String ENDING = ".yaml";

    private ReproductionLogSource() {}

    /**
     * The text of docs/reproduction-log.md.
     *
     * @throws InputException if a file of expected results is not right, or belongs to no protocol of the checkout
     */
    public static String text(ProjectHome home) throws IOException {
        PublishedTables tables = PublishedTables.read(home.published());
        List<LoggedProtocol> logged = new ArrayList<>();
        for (Path file : files(home)) {
            String name = file.getFileName().toString();
            logged.add(logged(home, tables, name.substring(0, name.length() - ENDING.length())));
        }
        return ReproductionLog.markdown(logged);
    }

    private static LoggedProtocol logged(ProjectHome home, PublishedTables tables, String name) throws IOException {
        Expected expected = new ExpectedFile(home.expected(name), name).read();
        Protocol protocol = new ProtocolFiles(home.protocols()).read(name);
        if (!protocol.hash().equals(expected.hashes().protocol())) {
            throw new InputException(home.expected(name) + ", hashes.protocol: expected that of protocols/" + name
                    + ENDING + ", " + protocol.hash() + ", found "
                    + expected.hashes().protocol());
        }
        String id = protocol.publishedTable();
        PublishedTable printed = id == null || !protocol.reproducesPaper() ? PublishedTable.NONE : tables.table(id);
        return new LoggedProtocol(expected, protocol.title(), printed, protocol.headline());
    }

    private static List<Path> files(ProjectHome home) throws IOException {
        Path folder = home.root().resolve("reports").resolve("expected");
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> inside = Files.list(folder)) {
            return inside.filter(path -> path.toString().endsWith(ENDING))
                    .sorted()
                    .toList();
        }
    }
}
