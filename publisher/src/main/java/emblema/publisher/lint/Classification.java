package emblema.publisher.lint;

import java.util.Map;
import java.util.Set;

/** The sections and categories that {@code info.classification} may name. */
final class Classification {
  private static final String ID = "pkglint.manifest008";
  private static final String PREFIX = "org.opensolaris.category.2008:";

  private static final Map<String, Set<String>> SECTIONS =
      Map.of(
          "Meta Packages",
          words(
              "Builds,Releases,Developer Tools,AMP Stack,Office Tools,Incorporations,"
                  + "Group Packages"),
          "Applications",
          words(
              "Accessories,Configuration and Preferences,Games,Graphics and Imaging,Internet,"
                  + "Office,Panels and Applets,Plug-ins and Run-times,Sound and Video,"
                  + "System Utilities,Universal Access"),
          "Desktop (GNOME)",
          words(
              "Documentation,File Managers,Libraries,Localizations,Scripts,Sessions,Theming,"
                  + "Trusted Extensions,Window Managers"),
          "Development",
          words(
              "C,C++,Databases,Distribution Tools,Editors,Fortran,GNOME and GTK+,GNU,"
                  + "High Performance Computing,Integrated Development Environments,Java,"
                  + "Objective C,Observability,Other Languages,PHP,Perl,Python,Ruby,"
                  + "Source Code Management,Suites,System,X11"),
          "Drivers",
          words("Display,Media,Networking,Other Peripherals,Ports,Storage"),
          "System",
          words(
              "Administration and Configuration,Core,Databases,Enterprise Management,File System,"
                  + "Fonts,Hardware,Internationalization,Libraries,Localizations,Media,"
                  + "Multimedia Libraries,Packaging,Printing,Security,Services,Shells,"
                  + "Software Management,Text Tools,Trusted,Virtualization,X11"),
          "Web Services",
          words("Application and Web Servers,Communications"));

  private Classification() {}

  private static Set<String> words(String list) {
    return Set.of(list.split(",", -1));
  }

  static void check(LintedPackage one, LintLog log) {
    for (String value : one.values("info.classification")) {
      String where = " '" + value + "' in " + one.fmri();
      if (!value.startsWith(PREFIX)) {
        log.tell(
            Level.ERROR,
            ID + ".2",
            "info.classification does not begin with '" + PREFIX + "':" + where,
            one);
        continue;
      }
      String[] parts = value.substring(PREFIX.length()).split("/", 2);
      if (parts.length < 2) {
        log.tell(
            Level.ERROR, ID + ".3", "info.classification is not Section/Category:" + where, one);
      } else if (!SECTIONS.containsKey(parts[0])) {
        log.tell(Level.ERROR, ID + ".4", "unknown section of info.classification:" + where, one);
      } else if (!SECTIONS.getOrDefault(parts[0], Set.of()).contains(parts[1])) {
        log.tell(Level.ERROR, ID + ".6", "unknown category of info.classification:" + where, one);
      }
    }
  }
}
