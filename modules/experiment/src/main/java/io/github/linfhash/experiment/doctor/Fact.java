package io.github.linfhash.experiment.doctor;

/**
 * One thing that was looked at.
 *
 * @param what what it is
 * @param value how it is here
 */
public record Fact(String what, String value) {}
