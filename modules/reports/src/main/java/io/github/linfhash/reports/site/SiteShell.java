package io.github.linfhash.reports.site;

import io.github.linfhash.html.builder.Element;
import io.github.linfhash.html.builder.Html;
import io.github.linfhash.html.page.PageShell;
import io.github.linfhash.reports.page.PageParts.PageTitle;
import io.github.linfhash.reports.ranking.Leaderboard;
import io.github.linfhash.reports.ranking.Leaderboards;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The frame of every page of the site: links to the other pages. Addresses are relative, so that the site opens from disk. */
final class SiteShell {
    /** Where the documentation is published. */
    static final String DOCS = "https://linfhash.github.io/linfhash/";

    private static final Map<String, String> PAGES = pages();

    private final String version;
    private final String css = PageShell.resource(SiteShell.class, "site.css");
    private final String script = PageShell.resource(SiteShell.class, "site.js");

    SiteShell(String version) {
        this.version = version;
    }

    private static Map<String, String> pages() {
        Map<String, String> pages = new LinkedHashMap<>();
        pages.put("index.html", "Rankings");
        pages.put("compare.html", "Compare two");
        pages.put(DOCS + "entering.html", "Enter your method");
        pages.put(DOCS, "Documentation");
        pages.put("https://github.com/linfhash/linfhash", "Repository");
        return pages;
    }

    /** The title of a ranking. */
    static String title(Leaderboards board, Leaderboard standing) {
        return PageTitle.of(standing.first()) + (board.isOfOtherRules(standing) ? ", not today\u2019s rules" : "");
    }

    /**
     * A page.
     *
     * @param path from the root of the site
     * @param title its heading
     * @param header what stands below the heading
     * @param sections its content
     */
    String page(String path, String title, List<? extends Html> header, List<? extends Html> sections) {
        return PageShell.render(
                title,
                List.of(navigation(path)),
                List.copyOf(header),
                List.copyOf(sections),
                false,
                version,
                new PageShell.Extras(css, List.of(script)));
    }

    private static Html navigation(String path) {
        List<Html> items = new ArrayList<>();
        PAGES.forEach((target, name) -> {
            Element link = Element.of("a", name).with("href", link(path, target));
            items.add(Element.of("li").add(target.equals(path) ? link.with("aria-current", "page") : link));
        });
        return Element.of("nav")
                .with("class", "site")
                .with("aria-label", "Pages of this site")
                .add(Element.of("ul").addAll(items));
    }

    /** The address of one page of the site as another one links to it; one that is elsewhere stays. */
    static String link(String from, String to) {
        return to.startsWith("https:")
                ? to
                : "../".repeat((int) from.chars().filter(c -> c == '/').count()) + to;
    }

    /** A link from one page to another. */
    static Element link(String from, String to, String text) {
        return Element.of("a", text).with("href", link(from, to));
    }
}
