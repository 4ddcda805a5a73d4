package io.github.linfhash.reports.site;

import io.github.linfhash.io.files.AtomicFiles;
import io.github.linfhash.io.input.TextLines;
import io.github.linfhash.reports.ranking.Leaderboard;
import io.github.linfhash.reports.ranking.LeaderboardFiles;
import io.github.linfhash.reports.ranking.Leaderboards;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;

/** Writes a site of rankings, which opens from disk: a page and a CSV file for each ranking, their list, and a comparison of two methods. */
public final class SiteWriter {
    /** The file that lists all others, so that the next site in the same folder leaves none of an earlier one. */
    public static final String LIST = "files.txt";

    private static final String INDEX = "index.html";

    private static final Pattern NAME = Pattern.compile("([a-z0-9-]+/)?[a-z0-9-]+\\.(html|csv)");

    private SiteWriter() {}

    /**
     * Returns the content of all files by their path in the folder of the site.
     *
     * @param version the version of linfhash
     */
    public static Map<String, String> files(Leaderboards board, String version) {
        SiteShell shell = new SiteShell(version);
        SiteNames names = new SiteNames(board);
        Map<String, String> files = new LinkedHashMap<>();
        files.put(INDEX, IndexPage.html(board, shell, names));
        for (Leaderboard standing : board.standings()) {
            String name = names.standing(standing);
            files.put(name + ".html", new LeaderboardPage(board, standing, name, shell).html());
            files.put(name + ".csv", LeaderboardFiles.csv(standing));
        }
        files.put("compare.html", new ComparePage(board, shell, names).html());
        files.put(LIST, String.join("\n", files.keySet()) + "\n");
        return files;
    }

    /**
     * Writes the files, and deletes those that an earlier site has left in the folder and this one does not have, as well as those that
     * a killed process has left half written. The start page is deleted first and written last, so that a folder with it is whole.
     *
     * @param files as {@link #files} gives them
     * @throws IOException if a file cannot be written
     */
    public static void write(Path folder, Map<String, String> files) throws IOException {
        AtomicFiles.deleteLeftovers(folder);
        Path list = folder.resolve(LIST);
        Set<String> all = new LinkedHashSet<>(Files.isRegularFile(list) ? TextLines.all(list) : List.of());
        all.addAll(files.keySet());
        Files.deleteIfExists(folder.resolve(INDEX));
        // Until all is written, the list has the files of both sites: the next site then cleans up after a killed one.
        AtomicFiles.write(list, String.join("\n", all) + "\n");
        for (Map.Entry<String, String> file : files.entrySet()) {
            if (!file.getKey().equals(INDEX) && !file.getKey().equals(LIST)) {
                AtomicFiles.write(folder.resolve(file.getKey()), file.getValue());
            }
        }
        for (String name : all) {
            if (NAME.matcher(name).matches() && !files.containsKey(name)) {
                Files.deleteIfExists(folder.resolve(name));
            }
        }
        for (String last : List.of(LIST, INDEX)) {
            AtomicFiles.write(folder.resolve(last), Objects.requireNonNull(files.get(last)));
        }
    }
}
