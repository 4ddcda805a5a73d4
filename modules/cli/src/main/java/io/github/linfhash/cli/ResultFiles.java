package io.github.linfhash.cli;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.results.schema.Results;
import io.github.linfhash.results.schema.ResultsJson;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Several results.json that a command takes together. */
final class ResultFiles {
    private ResultFiles() {}

    /**
     * Reads them, in their order.
     *
     * @return by their names as they were given
     * @throws InputException if one is there twice, or none of results
     */
    static Map<String, Results> read(List<Path> files) throws IOException {
        Map<String, Results> results = new LinkedHashMap<>();
        for (Path file : files) {
            if (results.put(file.toString(), ResultsJson.read(file)) != null) {
                throw new InputException(file + ": expected each file once, found it twice");
            }
        }
        return results;
    }
}
