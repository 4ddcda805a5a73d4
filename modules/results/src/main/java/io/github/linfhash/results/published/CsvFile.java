package io.github.linfhash.results.published;

import io.github.linfhash.core.errors.InputException;
import io.github.linfhash.io.input.TextLines;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.commons.csv.CSVException;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * A table in CSV that nobody has checked before.
 *
 * @param path where it is
 */
public record CsvFile(Path path) {
    /** The largest file that is read, in bytes: a hundred times the paper's tables. */
    private static final long LARGEST_FILE = 1 << 20;

    /**
     * Reads the file line by line.
     *
     * @param header is given the names of the columns, first
     * @param line is given each line, which has as many values as there are columns
     * @throws InputException if the file is too large, no text in UTF-8 or no CSV, or a line has another number of values
     * @throws IOException if the file cannot be read
     */
    public void read(Consumer<List<String>> header, Consumer<CSVRecord> line) throws IOException {
        if (Files.size(path) > LARGEST_FILE) {
            throw new InputException(
                    path + ": larger than " + LARGEST_FILE + " bytes, the most that is read; split it");
        }
        try (CSVParser parser = CSVFormat.RFC4180
                .builder()
                .setHeader()
                .setSkipHeaderRecord(true)
                .get()
                .parse(Files.newBufferedReader(path))) {
            List<String> columns = parser.getHeaderNames();
            requireOnce(columns);
            header.accept(columns);
            for (CSVRecord values : parser) {
                requireSize(values, columns.size());
                line.accept(values);
            }
        } catch (CharacterCodingException e) {
            throw TextLines.unreadable(path, e);
        } catch (CSVException e) {
            throw notCsv(e);
        } catch (UncheckedIOException e) {
            // What the iterator makes of an exception of the parser, the decoder or the disk.
            if (e.getCause() instanceof CharacterCodingException coding) {
                throw TextLines.unreadable(path, coding);
            }
            throw e.getCause() instanceof CSVException wrong ? notCsv(wrong) : e;
        } catch (IllegalArgumentException e) {
            throw notCsv(e);
        }
    }

    private InputException notCsv(Exception e) {
        return new InputException(path + ": not a table in CSV: " + e.getMessage(), e);
    }

    private void requireOnce(List<String> columns) {
        Set<String> seen = new HashSet<>();
        for (String name : columns) {
            if (!name.isBlank() && !seen.add(name)) {
                throw new InputException(path + ": expected each column once, found '" + name + "' twice");
            }
        }
    }

    private void requireSize(CSVRecord line, int columns) {
        if (line.size() != columns) {
            throw new InputException(place(line) + ": expected " + columns + " values, found " + line.size());
        }
    }

    /** Returns the place of a line in messages: the file and the number of the line. */
    public String place(CSVRecord line) {
        // The record after the header is number 1 and line 2.
        return path + ": line " + (line.getRecordNumber() + 1);
    }
}
