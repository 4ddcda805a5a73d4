package io.github.linfhash.reports.site;

import io.github.linfhash.html.builder.Element;
import io.github.linfhash.io.files.SafeName;
import io.github.linfhash.reports.ranking.Leaderboard;
import io.github.linfhash.reports.ranking.Leaderboard.RulesVersion;
import io.github.linfhash.reports.ranking.Leaderboards;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/** The paths of rankings from the root of a site: of safe characters, whatever names results have. */
final class SiteNames {
    private final Map<RulesVersion, String> standings = new HashMap<>();

    SiteNames(Leaderboards board) {
        SafeName ofProtocols = new SafeName();
        for (Leaderboards.Entry entry : board.protocols()) {
            standings.put(entry.latest().version(), "protocols/" + ofProtocols.unique(entry.name()));
        }
        for (Leaderboards.Entry entry : board.protocols()) {
            for (Leaderboard older : entry.older()) {
                String name = older.version().fileName();
                standings.put(older.version(), "protocols/" + ofProtocols.unique(name));
            }
        }
    }

    /** The page of a standing, without an ending. */
    String standing(Leaderboard standing) {
        return Objects.requireNonNull(standings.get(standing.version()));
    }

    /** A link from a page to that of a standing. */
    Element link(String path, Leaderboard standing, String text) {
        return SiteShell.link(path, standing(standing) + ".html", text);
    }
}
