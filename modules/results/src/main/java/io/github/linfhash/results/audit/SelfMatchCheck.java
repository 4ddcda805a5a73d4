package io.github.linfhash.results.audit;

import io.github.linfhash.results.published.PublishedFlag;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Queries that are in the database find themselves, and no precision is above the share of queries with anything relevant.
 *
 * <p>Different methods whose codes are too long to collide then print the same saturated numbers: each ball holds the
 * query and nothing else, recall is that of one hit, and precision is 1 for every query with anything relevant and 0 for
 * the others. The most frequent pair of recall and F1 is taken for saturated if {@value #FEWEST_GROUPS} groups of at
 * least two methods print it; the largest precision beside it is then the ceiling of the whole table.
 */
final class SelfMatchCheck implements Check {
    private static final int FEWEST_GROUPS = 4;

    @Override
    public List<Finding> findings(AuditedTable table) {
        List<Finding> findings = new ArrayList<>();
        saturated(table.groups()).ifPresent(saturated -> {
            BallGroup ceiling = ceiling(saturated);
            saturated.forEach(group -> findings.add(selfMatch(group, saturated.size())));
            table.groups().stream()
                    .filter(group -> Interval.of(group.precision()).isAbove(Interval.of(ceiling.precision())))
                    .forEach(group -> findings.add(aboveCeiling(group, ceiling)));
        });
        return findings;
    }

    private static Optional<List<BallGroup>> saturated(List<BallGroup> groups) {
        Map<String, List<BallGroup>> alike = new LinkedHashMap<>();
        for (BallGroup group : groups) {
            if (group.recall().fraction() > 0) {
                String pair = group.recall().text() + " " + group.f1().text();
                alike.computeIfAbsent(pair, key -> new ArrayList<>()).add(group);
            }
        }
        return alike.values().stream()
                .filter(list -> list.size() >= FEWEST_GROUPS)
                .filter(list -> list.stream().map(BallGroup::method).distinct().count() > 1)
                .max((a, b) -> Integer.compare(a.size(), b.size()));
    }

    private static BallGroup ceiling(List<BallGroup> saturated) {
        BallGroup highest = saturated.get(0);
        for (BallGroup group : saturated) {
            if (group.precision().percent().compareTo(highest.precision().percent()) > 0) {
                highest = group;
            }
        }
        return highest;
    }

    private static Finding selfMatch(BallGroup group, int alike) {
        return Finding.of(
                PublishedFlag.SELF_MATCHES,
                group,
                "recall " + group.recall().text() + " and F1 " + group.f1().text() + " are printed for " + alike
                        + " groups of several methods: every ball seems to hold the query itself and nothing else",
                "one hit in a ball of one is recall 1 / relevant for every query with anything relevant, and 0 for the"
                        + " others: the same for all codes that never collide");
    }

    private static Finding aboveCeiling(BallGroup group, BallGroup ceiling) {
        return Finding.of(
                PublishedFlag.PRECISION_ABOVE_CEILING,
                group,
                "precision " + group.precision().text() + " is above the "
                        + ceiling.precision().text() + " of " + ceiling.place()
                        + ", where every query with anything relevant has precision 1",
                Interval.of(group.precision()) + " is above " + Interval.of(ceiling.precision()));
    }
}
