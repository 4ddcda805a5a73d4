package io.github.linfhash.advisor.export;

import io.github.linfhash.io.program.CodeFingerprint;
import io.github.linfhash.io.program.ProgramVersion;
import java.util.List;

/** Which program gave an advice or made codes. */
public final class AdvisorProgram {
    private AdvisorProgram() {}

    /** Its classes are read once. */
    private static final class Own {
        static final ProgramVersion VERSION = ProgramVersion.of(CodeFingerprint.of(DECIDING));
    }

    /** The modules whose code decides what is measured, and the codes. */
    private static final List<String> DECIDING =
            List.of("codes", "core", "io", "formats", "linalg", "quantizers", "advisor");

    /** Its version, and what names its code. */
    public static ProgramVersion version() {
        return Own.VERSION;
    }
}
