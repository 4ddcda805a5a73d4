package io.github.linfhash.html.page;

import io.github.linfhash.html.builder.Element;
import io.github.linfhash.html.builder.Html;
import io.github.linfhash.html.charts.ChartColors;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/** The frame of every page's content: one HTML file that needs nothing else, and fetches nothing. */
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
    public static String render(String title, List<Html> header, List<Html> sections, boolean charts, String version) {
        return render(title, List.of(), header, sections, charts, version, Extras.NONE);
    }

    /**
     * The styles and scripts that some pages have beyond all others; of this program, never of data.
     *
     * @param css rules behind those of all pages
     * @param scripts that run before those of all pages
     */
    public record Extras(String css, List<String> scripts) {
        public static final Extras NONE = new Extras("", List.of());
    }

    /**
     * Renders a whole page with something above its heading.
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
        List<Html.Script> scripts = new ArrayList<>();
        extras.scripts().forEach(code -> scripts.add(new Html.Script(code)));
        if (charts) {
            scripts.add(new Html.Script(resource(PageShell.class, "charts.js")));
        }
        scripts.add(new Html.Script(resource(PageShell.class, "page.js")));
        Element body = Element.of("body")
                .add(Element.of("a", "Skip to content").with("class", "skip").with("href", "#content"))
                .add(Element.of("header")
                        .addAll(above)
                        .add(Element.of("h1", title))
                        .addAll(header))
                .add(Element.of("main").with("id", "content").addAll(sections))
                .add(Element.of("footer", "Made by linfhash " + version + ". ")
                        .add(Element.of(
                                        "span",
                                        "The print version omits the data of the charts, the comparisons behind the claims and the"
                                                + " protocol file.")
                                .with("class", "on-paper")))
                .addAll(scripts);
        Element page = Element.of("html").with("lang", "en").add(head(title, scripts, extras.css()), body);
        return "<!DOCTYPE html>\n" + Html.render(page);
    }

    /**
     * The head. Browsers load and run nothing but the scripts of the page, whatever it contains: sorting, the switch between light and
     * dark, and, where there are charts, what tells their values.
     */
    private static Element head(String title, List<Html.Script> scripts, String css) {
        String sources = scripts.stream().map(Html.Script::source).collect(Collectors.joining(" "));
        return Element.of("head")
                .add(
                        Element.of("meta").with("charset", "utf-8"),
                        meta("viewport", "width=device-width, initial-scale=1"),
                        meta("color-scheme", "light dark"),
                        Element.of("meta")
                                .with("http-equiv", "Content-Security-Policy")
                                .with(
                                        "content",
                                        "default-src 'none'; style-src 'unsafe-inline'; script-src " + sources
                                                + "; base-uri 'none'"),
                        Element.of("title", title + " \u2013 linfhash"),
                        styleSheet(css));
    }

    private static Element meta(String name, String content) {
        return Element.of("meta").with("name", name).with("content", content);
    }

    /** A file of this program, of the package of a class. */
    public static String resource(Class<?> owner, String name) {
        try (InputStream in = Objects.requireNonNull(owner.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("the program's own file " + name + " cannot be read", e);
        }
    }

    /** The style sheet of all pages with more rules behind its own. */
    public static Html styleSheet(String more) {
        return Html.style(resource(PageShell.class, "page.css") + ChartColors.css() + more);
    }
}
