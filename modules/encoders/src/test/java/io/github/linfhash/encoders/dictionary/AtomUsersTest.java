package io.github.linfhash.encoders.dictionary;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.linfhash.encoders.dictionary.BatchOmp.SparseCodes;
import io.github.linfhash.encoders.dictionary.KSvd.AtomUsers;
import org.junit.jupiter.api.Test;

class AtomUsersTest {
    @Test
    void negativeCoefficientsCountAsUsersAndZerosDoNot() {
        SparseCodes codes = new SparseCodes(3, 2);
        codes.set(0, 2, new int[] {0, 2}, new double[] {-0.5, 1});
        codes.set(1, 1, new int[] {0}, new double[] {0.25});
        codes.set(2, 2, new int[] {2, 0}, new double[] {-3, 0});

        AtomUsers users = new AtomUsers(codes, 3);

        assertThat(users.of(0)).containsExactly(0, 2);
        assertThat(users.of(1)).isEmpty();
        assertThat(users.of(2)).containsExactly(1, 4);
    }
}
