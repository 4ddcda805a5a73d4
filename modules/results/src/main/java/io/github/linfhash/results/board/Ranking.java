package io.github.linfhash.results.board;

import io.github.linfhash.core.evaluation.Quantity;
import io.github.linfhash.core.statistics.Holm;
import io.github.linfhash.results.tables.CellValues;
import io.github.linfhash.results.tables.Leads.Lead;
import io.github.linfhash.results.tables.SummaryTable.Summary;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Participants by one number at one code length, best mean first, in groups.
 *
 * <p>Every two participants with {@value #FEWEST_SEEDS} seeds or more in common are tested against each other by {@link
 * io.github.linfhash.core.statistics.CrossedMean}, search by search, seed by seed, and query by query where that is known; Holm's correction is over all of these
 * tests. Group 1 starts with the best mean, and each next participant joins the group of the one before it unless a member of that group is
 * significantly better; then it starts the next group. So groups are an order: nobody in a later group has a better mean, nobody is in the
 * group of one that is significantly better, or in a group before it. Those with fewer seeds have no group.
 *
 * @param quantity what they are ranked by
 * @param bits the code length
 * @param places best mean first; empty where nobody has the number
 */
public record Ranking(Quantity quantity, int bits, List<Place> places) {
    /** With fewer seeds, nothing is said of groups. */
    public static final int FEWEST_SEEDS = 3;

    /** The level at which a difference counts as more than chance. */
    private static final double LEVEL = Lead.LEVEL;

    /**
     * A participant's place.
     *
     * @param participant who
     * @param values its values
     * @param summary of these
     * @param group 1 for the best group, then 2, ...; 0 where methods are not ranked by the number, and with too few seeds
     * @param p of the test against the best mean that has a group, after the correction; empty for that one and where nothing was tested
     */
    public record Place(Competitor participant, CellValues values, Summary summary, int group, OptionalDouble p) {}

    public Ranking {
        places = List.copyOf(places);
    }

    /** The ranking of those that have the number. */
    public static Ranking of(List<Competitor> participants, Quantity quantity, int bits) {
        List<Place> places = new ArrayList<>();
        for (Competitor participant : participants) {
            CellValues values = participant.metric(quantity.key(), bits);
            if (!values.isEmpty()) {
                places.add(new Place(participant, values, values.summary(), 0, OptionalDouble.empty()));
            }
        }
        places.sort(Comparator.comparingDouble(
                place -> -quantity.direction().gain(place.summary().mean())));
        return new Ranking(quantity, bits, quantity.ranked() ? grouped(places, quantity.direction()) : places);
    }

    private static List<Place> grouped(List<Place> sorted, Quantity.Direction direction) {
        List<Place> grouped = sorted.stream()
                .filter(place -> place.values().seeds() >= FEWEST_SEEDS)
                .toList();
        Tests tests = new Tests(grouped, direction);
        Map<Competitor, Place> done = new LinkedHashMap<>();
        sorted.forEach(place -> done.put(place.participant(), place));
        int group = 1;
        int first = 0;
        for (int i = 0; i < grouped.size(); i++) {
            int next = i;
            if (IntStream.range(first, i).anyMatch(member -> tests.better(member, next))) {
                group++;
                first = i;
            }
            Place place = grouped.get(i);
            done.put(
                    place.participant(),
                    new Place(place.participant(), place.values(), place.summary(), group, tests.p(0, i)));
        }
        return List.copyOf(done.values());
    }

    /** The tests of every two of some places. */
    private static final class Tests {
        private final int size;
        private final List<OptionalDouble> corrected;
        private final boolean[] ahead;

        Tests(List<Place> places, Quantity.Direction direction) {
            size = places.size();
            ahead = new boolean[size * size];
            List<OptionalDouble> raw = new ArrayList<>(Collections.nCopies(size * size, OptionalDouble.empty()));
            for (int a = 0; a < size; a++) {
                for (int b = a + 1; b < size; b++) {
                    CellValues lead =
                            places.get(a).values().aheadOf(places.get(b).values(), direction);
                    if (lead.seeds() >= FEWEST_SEEDS) {
                        raw.set(a * size + b, lead.summary().p(0));
                        ahead[a * size + b] = lead.summary().mean() > 0;
                    }
                }
            }
            corrected = Holm.adjust(raw);
        }

        /** The corrected p of two of them, the first of which has the better mean; empty where nothing was tested. */
        OptionalDouble p(int one, int other) {
            return corrected.get(one * size + other);
        }

        /** Whether one of them, whose mean is better, is significantly better. */
        boolean better(int one, int other) {
            return ahead[one * size + other] && p(one, other).orElse(1) < LEVEL;
        }
    }

    /** The place of one; empty if it does not have the number. */
    public Optional<Place> find(Competitor participant) {
        return places.stream()
                .filter(place -> place.participant() == participant)
                .findFirst();
    }

    /** The names of the first group, best mean first, of which some are shown; empty where no group is known. */
    public String leaders(int most) {
        List<String> leaders = places.stream()
                .filter(place -> place.group() == 1)
                .map(place -> place.participant().label())
                .toList();
        int more = leaders.size() - most;
        return leaders.stream().limit(most).collect(Collectors.joining("; "))
                + (more > 0 ? "; and " + more + " more" : "");
    }
}
