/**
 * The rule language of master images (spec master-image-diff, section 15). Read {@link
 * emblema.publisher.master.rule.Rules} first. Knows text and paths, nothing of trees or packages.
 */
@org.jspecify.annotations.NullMarked
package emblema.publisher.master.rule;
