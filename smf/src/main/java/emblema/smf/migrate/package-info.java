/**
 * Moves what an update staged inside a boot environment to the directories that all environments
 * share, as {@code docs/formats/shared-migration.md} promises (spec shared-dirs-smf, section 3).
 *
 * <p>Read {@link emblema.smf.migrate.Migration} first, then {@link emblema.smf.migrate.Batch}: it
 * holds the order that makes a crash harmless. Knows no command line, no service manager and no
 * package image beyond the manifests that it keeps.
 */
@org.jspecify.annotations.NullMarked
package emblema.smf.migrate;
