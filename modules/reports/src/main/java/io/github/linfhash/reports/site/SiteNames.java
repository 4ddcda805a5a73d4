package io.github.linfhash.reports.site;

import io.github.linfhash.io.files.SafeName;
import io.github.linfhash.reports.ranking.Leaderboard;
import io.github.linfhash.reports.ranking.Leaderboard.RulesVersion;
import io.github.linfhash.reports.ranking.Leaderboards;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** The paths of rankings from the root of a site, in safe characters. The latest rules of a protocol have its name. */
final class SiteNames {
    private final Map<RulesVersion, String> standings = new HashMap<>();

    SiteNames(Leaderboards board) {
        SafeName ofProtocols = new SafeName();
        Set<String> protocols = new HashSet<>();
        for (Leaderboard standing : board.standings()) {
            RulesVersion version = standing.version();
            String name = protocols.add(version.protocol()) ? version.protocol() : version.fileName();
            standings.put(version, "protocols/" + ofProtocols.unique(name));
        }
    }

    /** The page of a standing, without an ending. */
    String standing(Leaderboard standing) {
        return Objects.requireNonNull(standings.get(standing.version()));
    }
}
