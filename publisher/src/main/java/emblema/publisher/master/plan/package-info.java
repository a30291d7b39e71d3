/**
 * From two trees and what was published to the packages of a release, as a pure computation (spec
 * master-image-diff). Read {@link emblema.publisher.master.plan.Planner} first. Writes nothing.
 */
@org.jspecify.annotations.NullMarked
package emblema.publisher.master.plan;
