package io.github.linfhash.results.board;

import io.github.linfhash.core.evaluation.Quantity;
import io.github.linfhash.results.tables.Lead;
import io.github.linfhash.results.tables.SeedValues;
import io.github.linfhash.results.tables.Summary;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Participants by one number at one code length, best mean first, in groups that cannot be told apart.
 *
 * <p>Of those that have no group yet, the best of those with the most seeds is the head of the next one: against a head with few
 * seeds nothing could be told apart. Its group has, besides, all of the rest whose paired t-test over the seeds against the head
 * is not significant after Holm's correction for all tests against this head, and those of which nothing can be tested, as they
 * share fewer than two seeds with it. So a method far below may be of the first group where its values spread widely or its
 * seeds are few: nothing says then that it is worse. Methods above the head that differ from it all the same are
 * a group before its own.
 *
 * @param quantity what they are ranked by
 * @param bits the code length
 * @param places best mean first; empty where nobody has the number
 */
public record Ranking(Quantity quantity, int bits, List<Place> places) {
    /**
     * A participant's place.
     *
     * @param participant who
     * @param values its values by seed
     * @param summary of these
     * @param group 1 for the best group, then 2, ...; 0 where methods are not ranked by the number
     * @param p of the test against the head of the first group, after the correction; empty for the head and where nothing was
     *     tested
     */
    public record Place(Participant participant, SeedValues values, Summary summary, int group, OptionalDouble p) {
        Place in(int number) {
            return new Place(participant, values, summary, number, p);
        }

        Place against(OptionalDouble tested) {
            return new Place(participant, values, summary, group, tested);
        }
    }

    public Ranking {
        places = List.copyOf(places);
    }

    /** The ranking of those that have the number. */
    public static Ranking of(List<Participant> participants, Quantity quantity, int bits) {
        List<Place> places = new ArrayList<>();
        for (Participant participant : participants) {
            SeedValues values = participant.metric(quantity.key(), bits);
            if (!values.isEmpty()) {
                places.add(new Place(participant, values, values.summary(), 0, OptionalDouble.empty()));
            }
        }
        places.sort(Comparator.comparingDouble(
                place -> -quantity.direction().gain(place.summary().mean())));
        return new Ranking(quantity, bits, quantity.ranked() ? grouped(places) : places);
    }

    private static List<Place> grouped(List<Place> sorted) {
        Map<Participant, Place> done = new LinkedHashMap<>();
        sorted.forEach(place -> done.put(place.participant(), place));
        List<Place> rest = sorted;
        for (int group = 1; !rest.isEmpty(); group++) {
            int head = head(rest);
            List<OptionalDouble> p = tests(rest, head);
            List<Place> above = new ArrayList<>();
            List<Place> members = new ArrayList<>();
            List<Place> next = new ArrayList<>();
            for (int i = 0; i < rest.size(); i++) {
                Place place = group == 1 ? rest.get(i).against(p.get(i)) : rest.get(i);
                boolean apart = p.get(i).orElse(1) < Lead.LEVEL;
                (apart ? i < head ? above : next : members).add(place);
            }
            if (!above.isEmpty()) {
                int before = group++;
                above.forEach(place -> done.put(place.participant(), place.in(before)));
            }
            int own = group;
            members.forEach(place -> done.put(place.participant(), place.in(own)));
            rest = next;
        }
        return List.copyOf(done.values());
    }

    /** The first of those with the most seeds. */
    private static int head(List<Place> places) {
        int most = places.stream()
                .mapToInt(place -> place.values().values().size())
                .max()
                .orElse(0);
        int head = 0;
        while (places.get(head).values().values().size() < most) {
            head++;
        }
        return head;
    }

    /** The corrected p of each of several against one of them; empty for that one, and where nothing can be tested. */
    private static List<OptionalDouble> tests(List<Place> places, int head) {
        List<SeedValues> others =
                new ArrayList<>(places.stream().map(Place::values).toList());
        SeedValues reference = others.remove(head);
        List<OptionalDouble> corrected = new ArrayList<>(reference.correctedP(others));
        corrected.add(head, OptionalDouble.empty());
        return corrected;
    }

    /** The place of one; empty if it does not have the number. */
    public Optional<Place> find(Participant participant) {
        return places.stream()
                .filter(place -> place.participant() == participant)
                .findFirst();
    }

    /** Those of the first group, best mean first. */
    public List<Place> leaders() {
        return places.stream().filter(place -> place.group() == 1).toList();
    }
}
