package io.github.linfhash.reports.page;

import io.github.linfhash.reports.charts.ChartColors;
import io.github.linfhash.reports.html.Element;
import io.github.linfhash.reports.html.Html;
import io.github.linfhash.results.schema.Results;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/** What every page has around its content: one HTML file that needs nothing else, and fetches nothing. */
public final class PageShell {
    private PageShell() {}

    /**
     * A whole page.
     *
     * @param title of the page and its main heading
     * @param header what stands below the heading
     * @param sections the content
     * @param charts whether there are charts in it
     * @param version linfhash's version
     */
    static String render(String title, List<Html> header, List<Html> sections, boolean charts, String version) {
        return render(title, List.of(), header, sections, charts, version, Extras.NONE);
    }

    /**
     * What some pages have beyond all others; of this program, never of data.
     *
     * @param css rules behind those of all pages
     * @param scripts that run before those of all pages
     */
    public record Extras(String css, List<String> scripts) {
        static final Extras NONE = new Extras("", List.of());
    }

    /**
     * The same for a page with something above its heading.
     *
     * @param above what stands before the heading, such as links to other pages
     * @param extras what it has beyond all others
     */
    public static String render(
            String title,
            List<Html> above,
            List<Html> header,
            List<Html> sections,
            boolean charts,
            String version,
            Extras extras) {
        PageScripts scripts = PageScripts.of(charts, extras.scripts());
        Element body = Element.of("body")
                .add(Element.of("header")
                        .addAll(above)
                        .add(Element.of("h1", title))
                        .addAll(header))
                .add(Element.of("main").addAll(sections))
                .add(Element.of("footer", "Made by linfhash " + version + ".")
                        .add(Element.of(
                                        "span",
                                        "The data of charts and what is folded beside claims and protocol are not on paper.")
                                .with("class", "on-paper")))
                .add(scripts.html());
        Element page = Element.of("html").with("lang", "en").add(head(title, scripts, extras.css()), body);
        return "<!DOCTYPE html>\n" + Html.render(page);
    }

    private static Element head(String title, PageScripts scripts, String css) {
        return Element.of("head")
                .add(
                        Element.of("meta").with("charset", "utf-8"),
                        meta("viewport", "width=device-width, initial-scale=1"),
                        meta("color-scheme", "light dark"),
                        Element.of("meta")
                                .with("http-equiv", "Content-Security-Policy")
                                .with("content", scripts.policy()),
                        Element.of("title", title + " \u2013 linfhash"),
                        StyleSheet.html(css));
    }

    private static Element meta(String name, String content) {
        return Element.of("meta").with("name", name).with("content", content);
    }

    /**
     * The scripts of a page, within it: sorting, the switch between light and dark, and, where there are charts, what tells their
     * values. Browsers run these and no other.
     */
    private static final class PageScripts {
        private final List<Html.Script> scripts;

        private PageScripts(List<Html.Script> scripts) {
            this.scripts = scripts;
        }

        static PageScripts of(boolean charts, List<String> others) {
            List<Html.Script> scripts = new ArrayList<>();
            others.forEach(code -> scripts.add(new Html.Script(code)));
            if (charts) {
                scripts.add(new Html.Script(resource("charts.js")));
            }
            scripts.add(new Html.Script(resource("page.js")));
            return new PageScripts(scripts);
        }

        /** What lets browsers load and run nothing else, whatever the page contains. */
        String policy() {
            String sources = scripts.stream().map(Html.Script::source).collect(Collectors.joining(" "));
            return "default-src 'none'; style-src 'unsafe-inline'; script-src " + sources + "; base-uri 'none'";
        }

        Html html() {
            return Html.fragment(scripts);
        }

        private static String resource(String name) {
            try (InputStream in = Objects.requireNonNull(PageScripts.class.getResourceAsStream(name), name)) {
                return new String(in.readAllBytes(), StandardCharsets.UTF_8);
            } catch (IOException e) {
                throw new UncheckedIOException("the program's own script cannot be read", e);
            }
        }
    }

    /** The style sheet of all pages. */
    static final class StyleSheet {
        private static final String RESOURCE = "page.css";

        private StyleSheet() {}

        /** The sheet with more rules behind its own. */
        static Html html(String more) {
            try (InputStream in = Objects.requireNonNull(StyleSheet.class.getResourceAsStream(RESOURCE), RESOURCE)) {
                return Html.style(new String(in.readAllBytes(), StandardCharsets.UTF_8) + ChartColors.css() + more);
            } catch (IOException e) {
                throw new UncheckedIOException("the program's own style sheet cannot be read", e);
            }
        }
    }

    /** What a page is called; where nobody photographed or counted the data, that comes first. */
    public static final class PageTitle {
        private PageTitle() {}

        public static String of(Results results) {
            return synthetic(results) + results.protocol().title();
        }

        /** The mark of synthetic data; empty for real data. */
        public static String synthetic(Results results) {
            return results.protocol().dataset().synthetic() ? "SYNTHETIC: " : "";
        }
    }
}
