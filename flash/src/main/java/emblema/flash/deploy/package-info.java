/**
 * Deployment of Flash archives into boot environments and directories. Read {@link
 * emblema.flash.deploy.Deployment} first: it plans, which changes nothing, and applies plans. It
 * must not know commands, nor how boot environments are kept.
 */
@NullMarked
package emblema.flash.deploy;

import org.jspecify.annotations.NullMarked;
