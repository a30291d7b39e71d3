package emblema.flash.cli;

import emblema.cli.Syntax;
import java.util.List;

/** The options of {@code flar create} (spec flar-cli, section 2). */
final class CreateSyntax {
  private CreateSyntax() {}

  static Syntax of() {
    Syntax syntax =
        Syntax.of("make an archive of a system, or of what it has new against another")
            .value("-n", "name", "the archive's name, content_name; must be given")
            .value("-R", "root", "archive the tree below this directory instead of /")
            .value("-A", "image", "archive only the difference to this unchanged image")
            .flag("-H", "leave out the archive's id, a hash over its files")
            .flag("-I", "create it even if registered files are excluded")
            .flag("-M", "leave out the manifest of a differential archive")
            .flag("-S", "leave out the sizes")
            .flag("-c", "compress the files, as compress(1) does")
            .choice("-L", "archiver", List.of("cpio", "pax"), "how the files are archived: cpio")
            .list("-x", "path", "exclude this, with everything below")
            .list("-y", "path", "include this, with everything below")
            .list("-X", "filelist", "exclude the paths in this list; '-' for standard input")
            .list("-z", "filelist", "include or exclude by a list of '+ path' and '- path'")
            .value("-f", "filelist", "include the paths in this list; '-' for standard input")
            .flag("-F", "take the list of -f as it stands, and nothing else")
            .list("-u", "section", "add this section, from a file of its name; may name several")
            .value("-d", "dir", "where the files of -u are")
            .value("-i", "date", "creation_date, CCYYMMDDhhmmss; now, in UTC")
            .value("-m", "master", "creation_master; this machine's name")
            .value("-e", "text", "content_description")
            .value("-E", "file", "content_description, from a file")
            .value("-a", "author", "content_author")
            .value("-T", "type", "content_type")
            .list("-U", "key=value", "a keyword of your own; its name begins with X-")
            .value("-D", "dataset", "of ZFS root pools only: not supported")
            .flag("--no-default-excludes", "archive the contents of /tmp and /var/tmp too")
            .flag("--no-deep", "with -A, trust size and time: do not compare contents")
            .flag("--no-scripts", "run none of the master's scripts, and archive none")
            .excludes("-e", "-E")
            .needs("-F", "-f");
    return ArchiveOperand.tape(Images.addTo(syntax))
        .section(
            "BEFORE",
            """
            Keep the system as quiet as possible: in single-user mode, or with those applications \
            stopped that are archived or use much of the machine. Exclude with care: what is left \
            of a directory or a package may not work without the rest. Large data that can be had \
            again are the best to exclude.\
            """)
        .section(
            "SELECTION",
            """
            Paths are those of the image; a path that begins with the directory of -R means the \
            same object. The option with the longest path that leads to an object decides about \
            it, whatever the order. Directories above something included are archived bare.

            Never archived unless named: sockets, the contents of pseudo file systems and of \
            remote ones, of lost+found, /tmp and /var/tmp. The archive itself is left out.\
            """)
        .section(
            "DIFFERENTIAL ARCHIVES",
            """
            -A names the unchanged image: a directory, 'be:NAME' for a boot environment, or a \
            full archive, which is unpacked into TMPDIR for the comparison. The manifest lists \
            every object that clones must have, so that deployment can check them.\
            """)
        .section(
            "SCRIPTS",
            """
            Scripts in etc/flash/precreation of the image run before anything is written; one \
            that fails stops the creation. They find a directory of their own in FLASH_DIR, may \
            add lines to its file 'summary', sections to 'custom_sections' and scripts to \
            'predeployment', 'postdeployment' and 'reboot', and may ask with flcheck whether \
            files are in the archive or demand it with flinclude. With -R these are the scripts \
            of that tree: use --no-scripts if you do not trust it.\
            """)
        .section(
            "OUTPUT",
            """
            A file appears under its name when it is complete and on disk; whatever stops the \
            command before leaves what was there. Hash and sizes stand before the files: written \
            to standard output ('-') every file is therefore read twice, unless -S and -H are \
            given. What was written to standard output before a failure stays written.\
            """);
  }
}
