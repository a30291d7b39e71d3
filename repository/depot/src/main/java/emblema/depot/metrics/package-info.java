/**
 * Counts of what a depot does. Read {@link emblema.depot.metrics.Metrics} first. Knows nothing of
 * requests or repositories.
 */
@org.jspecify.annotations.NullMarked
package emblema.depot.metrics;
