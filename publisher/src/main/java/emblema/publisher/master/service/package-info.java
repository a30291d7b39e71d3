/**
 * Services of a master: which programs and configuration they use, so that machines restart them
 * when those change (spec master-image-diff, section 9). Read {@link
 * emblema.publisher.master.service.ServiceActuators} first. Knows trees, nothing of packages.
 */
@org.jspecify.annotations.NullMarked
package emblema.publisher.master.service;
