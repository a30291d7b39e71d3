package emblema.it;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Who may know whom (ARCHITECTURE.md), and what only one package may touch. */
class DependencyRulesTest {
  /** Module to the modules of ours that it may use, besides itself. */
  private static final Map<String, List<String>> MAY_USE =
      Map.of(
          "core", List.of(),
          "cli", List.of("core"),
          "store", List.of("core"),
          "bootenv", List.of("core", "cli"),
          "depot", List.of("core", "cli", "store"),
          "flash", List.of("core", "cli", "store", "bootenv"),
          "publisher", List.of("core", "cli", "store", "bootenv", "flash"),
          "image", List.of("core", "cli", "store", "bootenv"),
          "smf", List.of("core", "bootenv"),
          "testkit", List.of("core"));

  /** Methods of {@code java.nio.file.Files} that change a file system. */
  private static final Set<String> CHANGES =
      Set.of(
          "write",
          "writeString",
          "newOutputStream",
          "newBufferedWriter",
          "newByteChannel",
          "copy",
          "move",
          "delete",
          "deleteIfExists",
          "createFile",
          "createDirectory",
          "createDirectories",
          "createLink",
          "createSymbolicLink",
          "createTempFile",
          "createTempDirectory",
          "setPosixFilePermissions",
          "setOwner",
          "setAttribute",
          "setLastModifiedTime");

  private static JavaClasses main = new ClassFileImporter().importClasses();

  @BeforeAll
  static void read() {
    main =
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .withImportOption(location -> !location.contains("/emblema/it/"))
            .importPackages("emblema");
    assertThat(main.size()).as("classes found").isGreaterThan(100);
  }

  @TestFactory
  List<DynamicTest> modulesKnowOnlyWhomTheyMay() {
    List<DynamicTest> tests = new ArrayList<>();
    for (Map.Entry<String, List<String>> module : MAY_USE.entrySet()) {
      List<String> allowed = new ArrayList<>(module.getValue());
      allowed.add(module.getKey());
      String[] packages =
          allowed.stream().map(name -> "emblema." + name + "..").toArray(String[]::new);
      tests.add(
          DynamicTest.dynamicTest(
              module.getKey() + " uses only " + module.getValue(),
              () ->
                  noClasses()
                      .that()
                      .resideInAPackage("emblema." + module.getKey() + "..")
                      .should()
                      .dependOnClassesThat(
                          JavaClass.Predicates.resideInAPackage("emblema..")
                              .and(
                                  DescribedPredicate.not(
                                      JavaClass.Predicates.resideInAnyPackage(packages))))
                      .allowEmptyShould(true)
                      .check(main)));
    }
    return tests;
  }

  @Test
  void onlyCommandPackagesUseTheTerminalKit() {
    noClasses()
        .that()
        .resideOutsideOfPackages("emblema.cli..", "emblema.*.cli..", "emblema.dist..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("emblema.cli..")
        .check(main);
  }

  @Test
  void onlyTheDiskChangesAFileSystem() {
    noClasses()
        .that()
        .resideOutsideOfPackages("emblema.core.io..", "emblema.core.os..", "emblema.testkit..")
        .should()
        .accessTargetWhere(
            DescribedPredicate.describe(
                "changes a file system", DependencyRulesTest::changesAFileSystem))
        .check(main);
  }

  private static boolean changesAFileSystem(JavaAccess<?> access) {
    String owner = access.getTargetOwner().getName();
    boolean console = access.getOriginOwner().getName().equals("emblema.cli.Console");
    return switch (owner) {
      case "java.nio.file.Files" -> CHANGES.contains(access.getTarget().getName());
      case "java.io.FileOutputStream" -> !console;
      case "java.io.RandomAccessFile", "java.io.FileWriter", "java.io.File" ->
          access.getTarget().getName().equals("<init>");
      default -> false;
    };
  }

  @Test
  void picocliIsOnlyAnOracleOfTests() {
    noClasses().should().dependOnClassesThat().resideInAPackage("picocli..").check(main);
  }

  /** Library to the packages that may import it. */
  private static final Map<String, Set<String>> LIBRARY_USERS =
      Map.of(
          "org.eclipse.jetty..",
          Set.of("emblema.depot.server"),
          "gg.jte..",
          Set.of("emblema.depot.web"),
          "org.apache.lucene..",
          Set.of("emblema.store.search"),
          "org.bouncycastle..",
          Set.of("emblema.core.sign"),
          "org.apache.commons.compress..",
          Set.of("emblema.flash.codec", "emblema.store.archive", "emblema.publisher.bundle"),
          "org.eclipse.jgit..",
          Set.of("emblema.publisher.master.similar", "emblema.store.history"),
          "tools.jackson..",
          Set.of("emblema.store.json", "emblema.store.catalog", "emblema.image.image"));

  @TestFactory
  List<DynamicTest> onlyNamedPackagesUseALibrary() {
    return LIBRARY_USERS.entrySet().stream()
        .map(
            library ->
                DynamicTest.dynamicTest(
                    library.getKey(),
                    () -> assertThat(library.getValue()).containsAll(usersOf(library.getKey()))))
        .toList();
  }

  private static Set<String> usersOf(String library) {
    return main.stream()
        .filter(
            type ->
                type.getDirectDependenciesFromSelf().stream()
                    .anyMatch(
                        dependency ->
                            JavaClass.Predicates.resideInAPackage(library)
                                .test(dependency.getTargetClass())))
        .map(JavaClass::getPackageName)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void nothingInALibraryIsAmbient() {
    noClasses()
        .that()
        .resideOutsideOfPackages("emblema..cli..", "emblema.core.os..", "emblema.dist..")
        .and()
        .haveSimpleNameNotEndingWith("Main")
        .should()
        .accessTargetWhere(
            DescribedPredicate.describe("asks the surroundings", DependencyRulesTest::isAmbient))
        .check(main);
  }

  private static boolean isAmbient(JavaAccess<?> access) {
    String name = access.getTargetOwner().getName() + "." + access.getTarget().getName();
    return Set.of(
                "java.lang.System.getenv",
                "java.lang.System.currentTimeMillis",
                "java.lang.Math.random",
                "java.util.UUID.randomUUID")
            .contains(name)
        || name.startsWith("java.time.")
            && name.endsWith(".now")
            && access.getDescription().contains("now()");
  }

  @Test
  void classesAreNamedByWhatTheyAre() {
    classes()
        .should()
        .haveNameNotMatching(".*(Utils?|Helpers?|Manager|Impl|Base)")
        .andShould()
        .haveNameNotMatching(".*[.$]Abstract[^.]*")
        .check(main);
  }
}
