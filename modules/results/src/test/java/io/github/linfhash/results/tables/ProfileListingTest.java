package io.github.linfhash.results.tables;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.linfhash.core.evaluation.Conventions;
import io.github.linfhash.core.evaluation.MetricsProfile;
import io.github.linfhash.core.results.RunKey;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProfileListingTest {
    @Test
    void aLineHasTheRunTheConventionsAndTheValueInFull() {
        MetricsProfile profile = new MetricsProfile(List.of(
                new MetricsProfile.Row(
                        "precision@2",
                        Conventions.Average.MACRO,
                        Conventions.EmptyBall.ZERO,
                        null,
                        null,
                        null,
                        null,
                        0.1 + 0.2),
                new MetricsProfile.Row("map", null, null, null, Conventions.Ties.CLASS_ORDER, null, null, 0.5),
                new MetricsProfile.Row("map", null, null, null, null, null, null, Double.NaN)));

        assertThat(ProfileListing.HEADER)
                .isEqualTo("method,bits,seed,metric,average,emptyBall,apDenominator,ties,noRelevant,selfMatch,value\n");
        assertThat(ProfileListing.lines(new RunKey("ksh", "plain", 48, 2), profile))
                .isEqualTo("""
                        ksh:plain,48,2,precision@2,macro,zero,,,,,0.30000000000000004
                        ksh:plain,48,2,map,,,,class-order,,,0.5
                        ksh:plain,48,2,map,,,,,,,
                        """);
    }
}
