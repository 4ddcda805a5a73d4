package io.github.linfhash.reports.site;

import io.github.linfhash.reports.html.Element;
import io.github.linfhash.results.board.Competitor;
import io.github.linfhash.results.board.GivenResults;
import io.github.linfhash.results.board.Leaderboard;
import io.github.linfhash.results.board.Leaderboard.RulesVersion;
import io.github.linfhash.results.board.Leaderboards;
import io.github.linfhash.results.board.SafeName;
import io.github.linfhash.results.schema.ProtocolSummary;
import io.github.linfhash.results.schema.ProtocolSummary.DatasetSummary;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/** What the pages of a site are called, from its root: of safe characters, whatever names results have. */
final class SiteNames {
    /** Whose a method is and what it is called. */
    private record MethodKey(String source, String name) {}

    private final Map<MethodKey, String> methods = new LinkedHashMap<>();
    private final Map<String, String> datasets = new LinkedHashMap<>();
    private final IdentityHashMap<GivenResults, String> given = new IdentityHashMap<>();
    private final Map<RulesVersion, String> standings = new HashMap<>();

    SiteNames(Leaderboards board) {
        SafeName ofMethods = new SafeName();
        SafeName ofData = new SafeName();
        SafeName ofRuns = new SafeName();
        SafeName ofProtocols = new SafeName();
        for (GivenResults one : board.given()) {
            given.put(one, "runs/" + ofRuns.unique(one.label()));
        }
        for (Leaderboards.Entry entry : board.protocols()) {
            standings.put(entry.latest().version(), "protocols/" + ofProtocols.unique(entry.name()));
        }
        for (Leaderboards.Entry entry : board.protocols()) {
            for (Leaderboard older : entry.older()) {
                String name = SafeName.of(entry.name()) + "-" + older.version().shortName();
                standings.put(older.version(), "protocols/" + ofProtocols.unique(name));
            }
        }
        for (Leaderboard standing : board.standings()) {
            datasets.computeIfAbsent(standing.protocol().dataset().name(), name -> "data/" + ofData.unique(name));
            for (Competitor participant : standing.participants()) {
                MethodKey key = key(participant);
                String text = key.source().isEmpty() ? key.name() : key.name() + " by " + key.source();
                methods.computeIfAbsent(key, unused -> "methods/" + ofMethods.unique(text));
            }
        }
    }

    private static MethodKey key(Competitor participant) {
        return new MethodKey(
                participant.given().source(participant.method()),
                participant.method().name());
    }

    /** The page of a participant's method, without an ending; all rows of a method share it. */
    String method(Competitor participant) {
        return Objects.requireNonNull(methods.get(key(participant)));
    }

    /** The page of a data set, without an ending. */
    String dataset(String name) {
        return Objects.requireNonNull(datasets.get(name));
    }

    /** The page of a results file, without an ending. */
    String runs(GivenResults one) {
        return Objects.requireNonNull(given.get(one));
    }

    /** The page of the runs of a participant at a code length, with the place in it. */
    String runs(Competitor participant, int bits) {
        return runs(participant.given()) + ".html#"
                + place(participant.given(), participant.method().entry(), bits);
    }

    /** The place of a method's runs in the page of its results: by its number, as its name may be anything. */
    static String place(GivenResults one, String entry, int bits) {
        ProtocolSummary protocol = one.results().protocol();
        // The runs of several searches begin with those of the first.
        String first = protocol.replicates(entry).get(0).entry();
        return "m" + protocol.methodNames().indexOf(first) + "-" + bits;
    }

    /** The page of a standing, without an ending. */
    String standing(Leaderboard standing) {
        return Objects.requireNonNull(standings.get(standing.version()));
    }

    /** A link from a page to that of a standing. */
    Element link(String path, Leaderboard standing, String text) {
        return SiteShell.link(path, standing(standing) + ".html", text);
    }

    /** A link from a page to that of the data of a standing. */
    Element data(String path, Leaderboard standing) {
        DatasetSummary data = standing.protocol().dataset();
        return SiteShell.link(path, dataset(data.name()) + ".html", data.title());
    }
}
