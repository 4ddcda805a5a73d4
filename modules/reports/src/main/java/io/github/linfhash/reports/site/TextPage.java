package io.github.linfhash.reports.site;

import io.github.linfhash.reports.html.Element;
import io.github.linfhash.reports.html.Html;
import io.github.linfhash.reports.page.PageParts;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A page of a text in a little Markdown: one heading of the page, headings of sections, paragraphs, lists of one level, code in
 * backquotes and links. Links to other Markdown files lead to their pages where the site has these, and are plain words elsewhere.
 */
final class TextPage {
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
        return shell.page(path, page.title, List.of(), page.sections, false);
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
                        : PageParts.section("section-" + sections.size(), heading)
                                .addAll(open));
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
