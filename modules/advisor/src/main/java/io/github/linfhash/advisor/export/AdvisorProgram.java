package io.github.linfhash.advisor.export;

import io.github.linfhash.io.program.CodeFingerprint;
import io.github.linfhash.io.program.ProgramVersion;
import java.util.List;

/** Which program gave an advice or made codes. */
public final class AdvisorProgram {
    /** Of the modules whose code decides what is measured, and the codes. */
    private static final ProgramVersion VERSION = ProgramVersion.of(
            CodeFingerprint.of(List.of("codes", "core", "io", "formats", "linalg", "quantizers", "advisor")));

    private AdvisorProgram() {}

    /** Its version, and what names its code. */
    public static ProgramVersion version() {
        return VERSION;
    }
}
