package io.github.linfhash.reports.ranking;

import io.github.linfhash.core.evaluation.Quantity;
import io.github.linfhash.results.tables.CellValues;
import io.github.linfhash.results.tables.Groups;
import io.github.linfhash.results.tables.SummaryTable.Summary;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The participants by a metric at a code length, best mean first, in {@link Groups}.
 *
 * @param quantity the metric
 * @param bits the code length
 * @param places best mean first; empty if no participant has the metric
 */
public record Ranking(Quantity quantity, int bits, List<Place> places) {
    /**
     * A participant's place.
     *
     * @param participant the participant
     * @param values its values
     * @param summary mean and interval of the values
     * @param group 1 for the best group, then 2, ...; 0 if methods are not ranked by the metric, pages do not open with the configuration,
     *     or there are too few seeds
     * @param p the corrected p of the test against the best mean that has a group; empty for that one and where nothing was tested
     */
    public record Place(
            RankedConfiguration participant, CellValues values, Summary summary, int group, OptionalDouble p) {
        private Place of(Groups.Member member) {
            return new Place(participant, values, summary, member.group(), member.p());
        }
    }

    public Ranking {
        places = List.copyOf(places);
    }

    /** Ranks the participants that have the metric. */
    public static Ranking of(List<RankedConfiguration> participants, Quantity quantity, int bits) {
        List<Place> places = new ArrayList<>();
        for (RankedConfiguration participant : participants) {
            CellValues values = participant.metric(quantity, bits);
            if (!values.isEmpty()) {
                places.add(new Place(participant, values, values.summary(), 0, OptionalDouble.empty()));
            }
        }
        places.sort(Comparator.comparingDouble(
                place -> -quantity.direction().gain(place.summary().mean())));
        return new Ranking(quantity, bits, quantity.ranked() ? grouped(places, quantity.direction(), bits) : places);
    }

    private static List<Place> grouped(List<Place> sorted, Quantity.Direction direction, int bits) {
        Iterator<Groups.Member> members = Groups.of(
                        sorted.stream()
                                .filter(place -> place.participant().opened(bits))
                                .map(Place::values)
                                .toList(),
                        direction)
                .iterator();
        return sorted.stream()
                .map(place -> place.participant().opened(bits) ? place.of(members.next()) : place)
                .toList();
    }

    /** Returns the place of a participant; empty if it lacks the metric. */
    public Optional<Place> find(RankedConfiguration participant) {
        return places.stream()
                .filter(place -> place.participant() == participant)
                .findFirst();
    }
}
