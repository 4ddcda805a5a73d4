package io.github.linfhash.opencl.device;

import org.jspecify.annotations.Nullable;

/**
 * A device that an OpenCL driver offers.
 *
 * @param name as its driver has it
 * @param kind what it is
 * @param platform the driver's name and version of OpenCL
 * @param driver the driver's own version
 * @param memory in bytes
 * @param largest bytes of the largest array
 * @param units compute units
 * @param fault in one sentence, why it cannot be used; null where it can
 * @param platformId the driver's handle of the platform, in this process
 * @param id the driver's handle of the device, in this process
 */
public record OpenClDevice(
        String name,
        Kind kind,
        String platform,
        String driver,
        long memory,
        long largest,
        int units,
        @Nullable String fault,
        long platformId,
        long id) {
    /** Kinds of devices, the one that is taken first before others. */
    public enum Kind {
        GPU,
        ACCELERATOR,
        PROCESSOR
    }

    /** Returns the name, platform and driver, which decide the last bits of results. */
    public String describe() {
        return "OpenCL on " + name + " (" + platform + ", driver " + driver + ")";
    }
}
