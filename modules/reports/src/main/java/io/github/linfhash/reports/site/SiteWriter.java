package io.github.linfhash.reports.site;

import io.github.linfhash.html.builder.Element;
import io.github.linfhash.html.builder.Html;
import io.github.linfhash.html.page.Section;
import io.github.linfhash.io.files.AtomicFiles;
import io.github.linfhash.io.input.TextLines;
import io.github.linfhash.reports.ranking.Leaderboard;
import io.github.linfhash.reports.ranking.LeaderboardFiles;
import io.github.linfhash.reports.ranking.Leaderboards;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Makes the files of a site: pages, and the tables beside them. It needs no server and no network. */
public final class SiteWriter {
    /** The file that lists all others, so that the next site in the same folder leaves none of an earlier one. */
    public static final String LIST = "files.txt";

    private static final String INDEX = "index.html";

    private static final Pattern NAME = Pattern.compile("([a-z0-9-]+/)?[a-z0-9-]+\\.(html|csv|json|tex|bib)");

    private SiteWriter() {}

    /** The texts of all files by their path in the folder of the site. */
    public static Map<String, String> files(Site site) {
        SiteShell shell = new SiteShell(site.version());
        SiteNames names = new SiteNames(site.board());
        Map<String, String> files = new LinkedHashMap<>();
        files.put(INDEX, new IndexPage(site, shell, names).html());
        for (Leaderboards.Entry entry : site.board().protocols()) {
            for (Leaderboard standing : entry.standings()) {
                addStanding(files, site, shell, names, entry, standing);
            }
        }
        files.put("compare.html", new ComparePage(site.board(), shell, names).html());
        addText(files, shell, "what-is-measured.html", site.texts().measured());
        addText(files, shell, "limits.html", site.texts().limits());
        files.put(LIST, String.join("\n", files.keySet()) + "\n");
        return files;
    }

    private static void addText(Map<String, String> files, SiteShell shell, String path, String markdown) {
        files.put(path, TextPage.html(shell, path, markdown));
    }

    private static void addStanding(
            Map<String, String> files,
            Site site,
            SiteShell shell,
            SiteNames names,
            Leaderboards.Entry entry,
            Leaderboard standing) {
        String name = names.standing(standing);
        LeaderboardPage page = new LeaderboardPage(shell, names, entry, standing, site.citation());
        files.put(name + ".html", page.main());
        files.put(page.othersPath(), page.others());
        files.put(name + ".csv", LeaderboardFiles.csv(standing));
        files.put(name + ".json", LeaderboardFiles.json(standing));
        files.put(name + ".tex", LeaderboardFiles.latex(standing));
        files.put(name + ".bib", LeaderboardFiles.bibtex(standing.participants(), site.citation()));
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

    /**
     * A page of a text in a little Markdown: one heading of the page, headings of sections, paragraphs, lists of one level, code in
     * backquotes and links. Links to other Markdown files lead to their pages where the site has these, and are plain words elsewhere.
     */
    static final class TextPage {
        private static final Pattern INLINE = Pattern.compile("`([^`]+)`|\\[([^]]+)]\\(([^)]+)\\)");
        private static final Pattern ADDRESS = Pattern.compile("https://[A-Za-z0-9./_~-]+");
        private static final Set<String> PAGES = Set.of("what-is-measured", "limits");

        private final List<Html> sections = new ArrayList<>();
        private final List<Html> open = new ArrayList<>();
        private String title = "";
        private String heading = "";

        private TextPage() {}

        /** The page. */
        static String html(SiteShell shell, String path, String markdown) {
            TextPage page = new TextPage();
            for (String block : markdown.strip().split("\\n\\s*\\n", -1)) {
                page.add(block.strip());
            }
            page.close();
            return shell.page(path, page.title, List.of(), page.sections);
        }

        private void add(String block) {
            if (block.startsWith("# ")) {
                title = block.substring(2).strip();
            } else if (block.startsWith("## ")) {
                close();
                heading = block.substring(3).strip();
            } else if (block.startsWith("- ")) {
                List<Html> items = new ArrayList<>();
                for (String item : block.substring(2).split("\\n- ", -1)) {
                    items.add(Element.of("li").addAll(inline(item)));
                }
                open.add(Element.of("ul").with("class", "prose").addAll(items));
            } else {
                open.add(Element.of("p").with("class", "prose").addAll(inline(block)));
            }
        }

        private void close() {
            if (open.isEmpty()) {
                return;
            }
            sections.add(
                    heading.isEmpty()
                            ? Html.fragment(open)
                            : Section.of("section-" + sections.size(), heading).addAll(open));
            open.clear();
        }

        private static List<Html> inline(String text) {
            List<Html> parts = new ArrayList<>();
            String line = text.replaceAll("\\s*\\n\\s*", " ");
            Matcher matcher = INLINE.matcher(line);
            int at = 0;
            while (matcher.find()) {
                parts.add(Html.text(line.substring(at, matcher.start())));
                parts.add(matcher.group(1) != null ? Element.of("code", matcher.group(1)) : link(matcher));
                at = matcher.end();
            }
            parts.add(Html.text(line.substring(at)));
            return parts;
        }

        private static Html link(Matcher matcher) {
            String target = matcher.group(3);
            String page = target.replaceAll("\\.md(#.*)?$", "");
            if (ADDRESS.matcher(target).matches()) {
                return Element.of("a", matcher.group(2)).with("href", target);
            }
            return PAGES.contains(page)
                    ? Element.of("a", matcher.group(2)).with("href", page + ".html")
                    : Html.text(matcher.group(2));
        }
    }
}
