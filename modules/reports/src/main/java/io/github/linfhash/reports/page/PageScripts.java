package io.github.linfhash.reports.page;

import io.github.linfhash.reports.html.Html;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * The scripts of a page, within it: sorting, the switch between light and dark, and, where there are charts, Apache ECharts
 * with what draws them. Browsers run these and no other.
 */
final class PageScripts {
    private static final String ECHARTS = "/META-INF/resources/webjars/echarts/5.5.0/echarts.common.min.js";
    private final List<Html.Script> scripts;

    private PageScripts(List<Html.Script> scripts) {
        this.scripts = scripts;
    }

    static PageScripts of(boolean charts) {
        List<Html.Script> scripts = new ArrayList<>();
        if (charts) {
            scripts.add(new Html.Script(resource(ECHARTS)));
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
