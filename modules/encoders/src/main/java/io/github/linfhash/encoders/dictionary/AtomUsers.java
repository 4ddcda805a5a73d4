package io.github.linfhash.encoders.dictionary;

import java.util.Arrays;

/** For each atom, the slots in which signals use it with a coefficient other than zero, of either sign. */
final class AtomUsers {
    private final int[] starts;
    private final int[] slots;

    /** Lists the users of each of {@code atoms} atoms, in the order of the signals. */
    AtomUsers(SparseCodes codes, int atoms) {
        starts = new int[atoms + 1];
        for (int i = 0; i < codes.signals(); i++) {
            for (int slot = codes.from(i); slot < codes.to(i); slot++) {
                starts[codes.atom(slot) + 1] += codes.coefficient(slot) != 0 ? 1 : 0;
            }
        }
        for (int j = 0; j < atoms; j++) {
            starts[j + 1] += starts[j];
        }
        slots = new int[starts[atoms]];
        fill(codes);
    }

    private void fill(SparseCodes codes) {
        int[] next = starts.clone();
        for (int i = 0; i < codes.signals(); i++) {
            for (int slot = codes.from(i); slot < codes.to(i); slot++) {
                if (codes.coefficient(slot) != 0) {
                    slots[next[codes.atom(slot)]++] = slot;
                }
            }
        }
    }

    /** The slots of one atom's users, in the order of the signals. */
    int[] of(int atom) {
        return Arrays.copyOfRange(slots, starts[atom], starts[atom + 1]);
    }
}
