/**
 * What planning has to say to a person: errors, risks, suggestions. Read {@link
 * emblema.publisher.master.finding.Findings}; it knows nothing but texts.
 */
@org.jspecify.annotations.NullMarked
package emblema.publisher.master.finding;
