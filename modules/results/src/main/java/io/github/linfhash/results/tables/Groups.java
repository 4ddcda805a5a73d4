package io.github.linfhash.results.tables;

import io.github.linfhash.core.evaluation.Quantity;
import io.github.linfhash.results.tables.Leads.Test;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/**
 * Groups of configurations by one number at one code length.
 *
 * <p>Each configuration is tested against all that have a lower mean, as {@link Leads#tests} does it; Holm's correction is over the tests of
 * one configuration. Group 1 starts with the best mean, and each next configuration joins the group of the one before it unless a member of
 * that group is significantly better; then it starts the next group. So groups are an order: nobody in a later group has a better mean,
 * nobody is in the group of one that is significantly better, or in a group before it. Those with fewer seeds have no group.
 */
public final class Groups {
    private Groups() {}

    /**
     * The place of a configuration.
     *
     * @param group 1 for the best group, then 2, ...; 0 with too few seeds
     * @param p of the test against the best mean that has a group, after the correction; empty for that one and where nothing was tested
     */
    public record Member(int group, OptionalDouble p) {
        static final Member NONE = new Member(0, OptionalDouble.empty());
    }

    /**
     * The places of configurations.
     *
     * @param sorted their values, best mean first
     * @return in the same order
     */
    public static List<Member> of(List<CellValues> sorted, Quantity.Direction direction) {
        List<CellValues> values =
                sorted.stream().filter(one -> one.seeds() >= Leads.FEWEST_SEEDS).toList();
        List<List<Test>> tests = IntStream.range(0, values.size())
                .mapToObj(i -> Leads.tests(values.get(i), values.subList(i + 1, values.size()), direction))
                .toList();
        List<Member> members = new ArrayList<>();
        int group = 1;
        int first = 0;
        int at = 0;
        for (CellValues one : sorted) {
            if (one.seeds() < Leads.FEWEST_SEEDS) {
                members.add(Member.NONE);
                continue;
            }
            int next = at;
            if (IntStream.range(first, at)
                    .anyMatch(member -> tests.get(member).get(next - member - 1).significant())) {
                group++;
                first = at;
            }
            members.add(new Member(
                    group,
                    at == 0 ? OptionalDouble.empty() : tests.get(0).get(at - 1).p()));
            at++;
        }
        return members;
    }
}
