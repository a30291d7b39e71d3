/**
 * Action attributes as one immutable ordered multimap. Read {@link
 * emblema.core.attribute.Attributes} first.
 */
@org.jspecify.annotations.NullMarked
package emblema.core.attribute;
