package emblema.flash.cli;

import emblema.cli.Syntax;

/** The long text of {@code flar deploy}. */
final class DeployHelp {
  private DeployHelp() {}

  static Syntax sections(Syntax syntax) {
    return syntax
        .section(
            "FULL ARCHIVES",
            """
            With --be a new boot environment is made from nothing; it exists when everything in it is \
            done. With --root the directory must be empty; while the deployment is under way, and after \
            one that failed, it holds the directory .flash-deployment. Host-specific files (host name, \
            addresses, keys, machine-id, ...) are reset as sys-unconfig does it; --keep-identity restores \
            a master as it was.\
            """)
        .section(
            "DIFFERENTIAL ARCHIVES",
            """
            The environment that --from names, or the active one, is cloned, and the clone is updated: \
            the environment itself is not touched. First the clone is compared with the archive's \
            manifest, file by file; if anything differs, each path is named and there is no new \
            environment. --forced-deployment deletes files that are new, but takes no file that was \
            changed or deleted; --no-content-check does not look.\
            """)
        .section(
            "SCRIPTS",
            """
            The scripts of an archive are programs of somebody else: they run only with --run-scripts, \
            as the user who runs flar. Predeployment scripts run before anything is changed, \
            postdeployment scripts at the end; one that fails ends the deployment. Reboot scripts are put \
            into /var/lib/flash/reboot, where a service runs each of them once at the first boot. They \
            find FLASH_ROOT, FLASH_DIR, FLASH_TYPE, FLASH_ARCHIVE, FLASH_DATE, FLASH_MASTER and FLASH_NAME \
            in their environment. Scripts of --local-customization run in any case; what they do wrong is \
            a warning.\
            """);
  }
}
