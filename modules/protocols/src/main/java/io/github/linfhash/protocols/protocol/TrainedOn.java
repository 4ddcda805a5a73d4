package io.github.linfhash.protocols.protocol;

/** Which vectors of the database a quantizer is fitted to, and which of them are encoded and searched. */
public enum TrainedOn {
    /** All of them, all of which are searched. */
    DATABASE,
    /** A half that is drawn with the seed, which alone is searched: what {@link #OTHER_HALF} is to be compared with. */
    SEARCHED_HALF,
    /** The other half, so that no vector that is searched was seen: as for a database that grows. */
    OTHER_HALF
}
