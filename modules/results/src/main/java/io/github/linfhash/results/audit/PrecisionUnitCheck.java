package io.github.linfhash.results.audit;

import io.github.linfhash.results.published.PublishedFlag;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Precision is in percent like everything else.
 *
 * <p>With Q queries and a mean precision p, the precisions of all balls add up to Q p, so that no single ball is purer
 * than that. Where Q p is not zero and still below the precision of items drawn blindly, every ball with a hit would be
 * worse than chance; a hundred times the number, that is the number read as a fraction, has to be what was meant.
 */
final class PrecisionUnitCheck implements Check {
    @Override
    public List<Finding> findings(AuditedTable table) {
        return table.settings()
                .facts()
                .map(facts -> table.groups().stream()
                        .filter(group -> isFraction(group, facts))
                        .map(group -> finding(group, facts))
                        .toList())
                .orElse(List.of());
    }

    private static boolean isFraction(BallGroup group, TableFacts facts) {
        Interval precision = Interval.of(group.precision());
        double purest = facts.queries() * precision.high() / 100;
        boolean fitsAsFraction = 100 * purest >= facts.chance() && precision.high() <= 1;
        return precision.low() > 0 && purest < facts.chance() && fitsAsFraction;
    }

    private static Finding finding(BallGroup group, TableFacts facts) {
        double percent = 100 * group.precision().fraction();
        String sentence = String.format(
                Locale.ROOT,
                "precision %s %% over %d queries leaves no ball purer than %.1f %%, below the %.1f %% of chance;"
                        + " as a fraction it is %.2f %%",
                group.precision().text(),
                facts.queries(),
                facts.queries() * percent,
                100 * facts.chance(),
                100 * percent);
        String why = String.format(
                Locale.ROOT,
                "precision in %s times %d queries is at most %.4g %%, chance is %d of %d, %.4g %%",
                Interval.of(group.precision()),
                facts.queries(),
                facts.queries() * Interval.of(group.precision()).high(),
                facts.relevant(),
                facts.database(),
                100 * facts.chance());
        return Finding.of(
                PublishedFlag.PRECISION_AS_FRACTION,
                group,
                sentence,
                why,
                Map.of("precision@" + group.radius(), percent));
    }
}
