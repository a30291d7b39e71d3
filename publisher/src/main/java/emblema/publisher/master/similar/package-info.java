/**
 * How alike two contents are, by JGit's rename detection. Read {@link
 * emblema.publisher.master.similar.Similarity}. The only package that imports JGit.
 */
@org.jspecify.annotations.NullMarked
package emblema.publisher.master.similar;
