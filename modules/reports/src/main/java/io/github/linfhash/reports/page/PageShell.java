package io.github.linfhash.reports.page;

import io.github.linfhash.reports.html.Element;
import io.github.linfhash.reports.html.Html;
import java.util.List;

/** What every page has around its content: one HTML file that needs nothing else, and fetches nothing. */
final class PageShell {
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
        PageScripts scripts = PageScripts.of(charts);
        Element body = Element.of("body")
                .add(Element.of("header").add(Element.of("h1", title)).addAll(header))
                .add(Element.of("main").addAll(sections))
                .add(Element.of("footer", "Made by linfhash " + version + ".")
                        .add(Element.of(
                                        "span",
                                        "The data of charts and what is folded beside claims and protocol are not on paper.")
                                .with("class", "on-paper")))
                .add(scripts.html());
        Element page = Element.of("html").with("lang", "en").add(head(title, scripts), body);
        return "<!DOCTYPE html>\n" + Html.render(page);
    }

    private static Element head(String title, PageScripts scripts) {
        return Element.of("head")
                .add(
                        Element.of("meta").with("charset", "utf-8"),
                        meta("viewport", "width=device-width, initial-scale=1"),
                        meta("color-scheme", "light dark"),
                        Element.of("meta")
                                .with("http-equiv", "Content-Security-Policy")
                                .with("content", scripts.policy()),
                        Element.of("title", title + " \u2013 linfhash"),
                        StyleSheet.html());
    }

    private static Element meta(String name, String content) {
        return Element.of("meta").with("name", name).with("content", content);
    }
}
