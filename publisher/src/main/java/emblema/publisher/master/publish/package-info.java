/**
 * Publishing a plan as one transaction (spec master-image-diff, section 12). Read {@link
 * emblema.publisher.master.publish.PlanPublisher} first.
 */
@org.jspecify.annotations.NullMarked
package emblema.publisher.master.publish;
