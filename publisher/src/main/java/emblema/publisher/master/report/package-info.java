/**
 * Plans for people and for later commands: the plan directory and its files
 * (docs/formats/master-plan.md). Read {@link emblema.publisher.master.report.PlanDirectory} first.
 */
@org.jspecify.annotations.NullMarked
package emblema.publisher.master.report;
