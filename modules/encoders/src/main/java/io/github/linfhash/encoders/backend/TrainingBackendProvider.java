package io.github.linfhash.encoders.backend;

import java.util.List;

/** A kind of devices that train many networks at once; {@link java.util.ServiceLoader} finds the one of the class path. */
public interface TrainingBackendProvider {
    /**
     * Opens the best device.
     *
     * @throws io.github.linfhash.core.errors.InputException if none can be used, in a sentence that says why
     */
    TrainingBackend open();

    /** Returns a line for each device, with whether it can be used; the reason alone where there is none. */
    List<String> devices();
}
