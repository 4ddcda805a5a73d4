package io.github.linfhash.results.audit;

import java.util.List;

/** A relation that the numbers of a correct table satisfy. */
@FunctionalInterface
interface Check {
    /** Where the table violates it. */
    List<Finding> findings(AuditedTable table);
}
