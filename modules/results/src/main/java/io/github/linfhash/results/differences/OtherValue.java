package io.github.linfhash.results.differences;

/**
 * Something that two results say differently.
 *
 * @param name what
 * @param first what the first says; empty if it does not say anything
 * @param second what the second says
 */
public record OtherValue(String name, String first, String second) {}
