/**
 * The services of the running system around a change of packages: read {@link
 * emblema.image.service.Services} first. It knows names of services and the commands that manage
 * them, but neither packages nor images.
 */
@org.jspecify.annotations.NullMarked
package emblema.image.service;
