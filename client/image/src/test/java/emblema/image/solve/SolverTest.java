package emblema.image.solve;

import static emblema.image.solve.TestUniverse.image;
import static emblema.image.solve.TestUniverse.uninstall;
import static emblema.image.solve.TestUniverse.update;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import emblema.core.error.ConflictException;
import emblema.core.error.ConstrainedException;
import emblema.core.error.EmblemaException;
import emblema.core.fmri.Fmri;
import emblema.core.fmri.Version;
import emblema.core.manifest.Varcets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Behaviour of the solver on small universes; the first tests are planner-solver 13, scenario 0.
 */
class SolverTest {
  private final TestUniverse scenario =
      new TestUniverse()
          .add("ent@1.0", "set pkg.depend.install-hold core-os", "incorporate k@1.0")
          .add("ent@2.0", "set pkg.depend.install-hold core-os", "incorporate k@2.0")
          .add("k@1.0")
          .add("k@2.0")
          .add("lib@1.0")
          .add("lib@2.0")
          .add("app@1.0", "require lib@1.0")
          .add("app@2.0", "require lib@1.0")
          .add("grp@1.0", "group gm")
          .add("gm@1.0")
          .add("old@1.0")
          .add("old@2.0", "set pkg.renamed true", "require new@1.0")
          .add("new@1.0")
          .add("ra@1.0", "require-any k gm")
          .add("ex@1.0", "exclude lib@2.0");
  private final ImageFacts first =
      image("ent@1.0", "k@1.0", "lib@1.0", "app@1.0", "grp@1.0", "gm@1.0", "old@1.0");

  @Test
  void refusesWhatAnInstalledIncorporationExcludes() {
    assertThatThrownBy(() -> scenario.solve(first, scenario.install("k@2")))
        .isInstanceOf(ConflictException.class)
        .hasMessage("no matching version of 'k' can be installed")
        .satisfies(
            e ->
                assertThat(detail(e))
                    .isEqualTo(
                        """
                          Reject:  pkg://test/k@2.0
                          Reason:  This version is excluded by installed incorporation pkg://test/ent@1.0
                        """));
  }

  @Test
  void updatesOnlyWhatWasNamed() {
    assertThat(scenario.solve(first, scenario.install("app@2")))
        .containsExactly("app@2.0", "ent@1.0", "gm@1.0", "grp@1.0", "k@1.0", "lib@1.0", "old@1.0");
  }

  @Test
  void movesAnIncorporationWithWhatItHolds() {
    assertThat(scenario.solve(first, scenario.install("ent@2")))
        .contains("ent@2.0", "k@2.0", "lib@1.0");
  }

  @Test
  void updatesEverythingAndFollowsARename() {
    assertThat(scenario.solve(first, update()))
        .containsExactly("app@2.0", "ent@2.0", "gm@1.0", "grp@1.0", "k@2.0", "lib@2.0", "new@1.0");
  }

  @Test
  void avoidsAGroupMemberThatWasRemovedUntilItIsAskedFor() {
    Solution without = Solver.solve(scenario, first, uninstall("gm"));
    assertThat(without.avoided()).containsExactly("gm");
    assertThat(TestUniverse.names(without)).contains("grp@1.0").doesNotContain("gm@1.0");
    ImageFacts image = with(without.packages(), without.avoided());
    assertThat(scenario.solve(image, update())).doesNotContain("gm@1.0");
    Solution again = Solver.solve(scenario, image, scenario.install("gm"));
    assertThat(again.avoided()).isEmpty();
    assertThat(TestUniverse.names(again)).contains("gm@1.0");
  }

  @Test
  void takesWhatIsThereForARequireAny() {
    assertThat(scenario.solve(image("k@1.0"), scenario.install("ra")))
        .containsExactly("k@1.0", "ra@1.0");
    assertThat(scenario.solve(image("gm@1.0"), scenario.install("ra")))
        .containsExactly("gm@1.0", "ra@1.0");
    assertThat(scenario.solve(image(), scenario.install("ra"))).containsExactly("k@2.0", "ra@1.0");
  }

  @Test
  void doesNotDowngradeForAnExclude() {
    assertThatThrownBy(() -> scenario.solve(image("lib@2.0"), scenario.install("ex")))
        .isInstanceOf(ConstrainedException.class)
        .satisfies(
            e ->
                assertThat(detail(e))
                    .isEqualTo(
                        """
                        These cannot all be true at once:
                          ex@1.0 is wanted
                          ex@1.0 excludes lib@2.0
                          lib@2.0 is installed
                        """));
  }

  @Test
  void bringsInTheNewestOfWhatIsNeededAndNothingElse() {
    TestUniverse universe =
        new TestUniverse()
            .add("app@1.0", "require b@1.0")
            .add("b@1.0")
            .add("b@2.0", "require c")
            .add("c@1.0")
            .add("c@3.0", "set pkg.obsolete true")
            .add("d@1.0");
    assertThat(universe.solve(image(), universe.install("app")))
        .containsExactly("app@1.0", "b@2.0", "c@1.0");
  }

  @Test
  void removesAnInstalledPackageThatBecameObsolete() {
    TestUniverse universe =
        new TestUniverse().add("gone@1.0").add("gone@2.0", "set pkg.obsolete true").add("x@1.0");
    assertThat(universe.solve(image("gone@1.0", "x@1.0"), update())).containsExactly("x@1.0");
    assertThat(universe.solve(image("gone@1.0", "x@1.0"), universe.install("gone@2.0")))
        .containsExactly("x@1.0");
  }

  @Test
  void keepsARenamedPackageThatSomethingNeeds() {
    TestUniverse universe =
        new TestUniverse()
            .add("old@1.0")
            .add("old@2.0", "set pkg.renamed true", "require new")
            .add("new@1.0")
            .add("user@1.0", "require old@2.0");
    assertThat(universe.solve(image("old@1.0"), universe.install("user")))
        .containsExactly("new@1.0", "old@2.0", "user@1.0");
    assertThat(universe.solve(image("old@1.0"), update())).containsExactly("new@1.0");
  }

  @Test
  void obeysConditionalOptionalAndIncorporateDependencies() {
    TestUniverse universe =
        new TestUniverse()
            .add("a@1.0", "conditional b@2.0 c@1.0", "optional d@2.0", "incorporate e@1.0")
            .add("b@1.0")
            .add("b@2.0")
            .add("c@1.0")
            .add("d@1.0")
            .add("d@2.0")
            .add("e@1.0")
            .add("e@1.0.3")
            .add("e@1.1");
    assertThat(universe.solve(image("b@1.0", "d@1.0"), universe.install("a", "e")))
        .containsExactly("a@1.0", "b@1.0", "d@2.0", "e@1.0.3");
    assertThat(universe.solve(image("b@2.0"), universe.install("a")))
        .containsExactly("a@1.0", "b@2.0", "c@1.0");
  }

  @Test
  void saysWhyAFrozenPackageCannotMove() {
    ImageFacts frozen =
        new ImageFacts(
            new TreeMap<>(Map.of("lib", TestUniverse.fmri("lib@1.0"))),
            TestUniverse.PUBLISHERS,
            Varcets.NONE,
            Set.of(),
            List.of(new Freeze("lib", Version.parse("1.0"), "because \"x\"")));
    assertThatThrownBy(() -> scenario.solve(frozen, scenario.install("lib@2")))
        .isInstanceOf(ConflictException.class)
        .satisfies(
            e ->
                assertThat(detail(e))
                    .isEqualTo(
                        """
                          Reject:  pkg://test/lib@2.0
                          Reason:  This version is excluded by a freeze on lib at version 1.0.  The reason for the freeze is: because "x"
                        """));
    assertThat(scenario.solve(frozen, update())).containsExactly("lib@1.0");
  }

  @Test
  void followsTheChainOfRejectionsToItsCause() {
    TestUniverse universe =
        new TestUniverse()
            .add("app@1.0", "require mid@1.0")
            .add("mid@1.0", "require nothere@1.0")
            .add("mid@2.0", "require nothere@2.0");
    assertThatThrownBy(() -> universe.solve(image(), universe.install("app")))
        .isInstanceOf(ConflictException.class)
        .satisfies(
            e ->
                assertThat(detail(e))
                    .isEqualTo(
                        """
                          Reject:  pkg://test/app@1.0
                          Reason:  All versions matching 'require' dependency on mid@1.0 are rejected
                            Reject:  pkg://test/mid@1.0
                            Reason:  No version for 'require' dependency on nothere@1.0 can be found
                            Reject:  pkg://test/mid@2.0
                            Reason:  No version for 'require' dependency on nothere@2.0 can be found
                        """));
  }

  @Test
  void namesThePackagesOfAContradiction() {
    TestUniverse universe =
        new TestUniverse()
            .add("app@1.0", "require lib@2.0")
            .add("app@1.1", "require lib@2.0")
            .add("tool@1.0", "incorporate lib@1.0")
            .add("lib@1.0")
            .add("lib@2.0")
            .add("lib@2.1");
    assertThatThrownBy(() -> universe.solve(image(), universe.install("app", "tool")))
        .isInstanceOf(ConstrainedException.class)
        .hasMessage("no set of packages satisfies the request")
        .satisfies(
            e ->
                assertThat(detail(e))
                    .isEqualTo(
                        """
                        These cannot all be true at once:
                          tool@1.0 is wanted
                          tool@1.0 incorporates lib@1.0, which rules out lib@2.0 and lib@2.1
                          app@1.0 and app@1.1 require lib@2.0, which allows lib@2.0 and lib@2.1
                          app@1.0 and app@1.1 are the versions of which one is wanted
                        """));
  }

  @Test
  void refusesToRemoveWhatOthersRequire() {
    assertThatThrownBy(() -> scenario.solve(first, uninstall("lib")))
        .isInstanceOf(ConflictException.class)
        .hasMessage("unable to remove 'lib@1.0' due to the following packages that depend on it:")
        .satisfies(
            e -> assertThat(((EmblemaException) e).detail().orElseThrow()).isEqualTo("  app@1.0"));
    assertThat(scenario.solve(first, uninstall("lib", "app"))).doesNotContain("lib@1.0", "app@1.0");
  }

  @Test
  void removesWhatIsRejectedAlongTheWay() {
    Request request =
        new Request(Request.Kind.INSTALL, scenario.proposals("new"), Set.of("app", "lib"));
    assertThat(scenario.solve(first, request))
        .contains("new@1.0")
        .doesNotContain("app@1.0", "lib@1.0");
  }

  @Test
  void downgradesWhatIsNamedAtAnOlderVersionAndWhatAnIncorporationPins() {
    ImageFacts second = image("ent@2.0", "k@2.0");
    assertThat(scenario.solve(second, scenario.install("ent@1.0")))
        .containsExactly("ent@1.0", "k@1.0");
    assertThat(scenario.solve(image("lib@2.0"), scenario.install("lib@1.0")))
        .containsExactly("lib@1.0");
  }

  @Test
  void goesBackOnlyTogetherWithTheIncorporationThatAsksForIt() {
    TestUniverse universe =
        new TestUniverse()
            .add("lib@1.0")
            .add("lib@2.0")
            .add("c@1.0")
            .add("a@1.0", "incorporate lib@1.0", "exclude c@1.0")
            .add("a@2.0", "exclude lib@2.0");
    assertThat(universe.solve(image("lib@2.0"), universe.install("a")))
        .containsExactly("a@1.0", "lib@1.0");
    assertThatThrownBy(() -> universe.solve(image("c@1.0", "lib@2.0"), universe.install("a")))
        .isInstanceOf(ConstrainedException.class)
        .satisfies(
            e ->
                assertThat(detail(e))
                    .contains(
                        "lib@1.0 is older than what is installed and comes only with a@1.0\n"));
  }

  @Test
  void staysWithAStickyPublisherAndLeavesOneThatIsNot() {
    TestUniverse universe =
        new TestUniverse().add("pkg://one/a@1.0").add("pkg://two/a@2.0").add("pkg://one/a@1.5");
    for (boolean sticky : new boolean[] {true, false}) {
      ImageFacts image =
          ImageFacts.of(
              Map.of("a", Fmri.parse("pkg://one/a@1.0")),
              List.of(
                  new PublisherRank("two", true, true), new PublisherRank("one", sticky, true)));
      assertThat(universe.solve(image, update())).containsExactly(sticky ? "a@1.5" : "a@2.0");
    }
  }

  @Test
  void passesOverVersionsForOtherVariantsAndOlderOrigins() {
    TestUniverse universe =
        new TestUniverse()
            .add("a@1.0", "set variant.arch i386 sparc")
            .add("a@2.0", "set variant.arch sparc")
            .add("b@1.0")
            .add("b@2.0", "origin base@2.0")
            .add("base@1.0");
    ImageFacts image =
        new ImageFacts(
            new TreeMap<>(Map.of("base", TestUniverse.fmri("base@1.0"))),
            TestUniverse.PUBLISHERS,
            new Varcets(Map.of("variant.arch", "i386"), Map.of()),
            Set.of(),
            List.of());
    assertThat(universe.solve(image, universe.install("a", "b")))
        .containsExactly("a@1.0", "b@1.0", "base@1.0");
  }

  @Test
  void toleratesInstalledPackagesWhoseDependenciesAreGone() {
    TestUniverse universe = new TestUniverse().add("a@1.0", "require vanished").add("b@1.0");
    assertThat(universe.solve(image("a@1.0"), universe.install("b")))
        .containsExactly("a@1.0", "b@1.0");
  }

  @Test
  void failsAnUpdateThatAHeldIncorporationCannotFollow() {
    TestUniverse universe =
        new TestUniverse()
            .add("ent@1.0", "set pkg.depend.install-hold core-os", "incorporate k@1.0")
            .add("ent@2.0", "set pkg.depend.install-hold core-os", "incorporate k@2.0")
            .add("k@1.0")
            .add("k@2.0", "exclude tool")
            .add("tool@1.0");
    assertThatThrownBy(() -> universe.solve(image("ent@1.0", "k@1.0", "tool@1.0"), update()))
        .isInstanceOf(ConstrainedException.class)
        .satisfies(
            e ->
                assertThat(((EmblemaException) e).detail().orElseThrow())
                    .contains("ent@2.0", "k@2.0 excludes tool"));
  }

  private static String detail(Throwable e) {
    return ((EmblemaException) e).detail().orElseThrow() + "\n";
  }

  private static ImageFacts with(Map<String, Fmri> packages, Set<String> avoided) {
    return new ImageFacts(
        new TreeMap<>(packages), TestUniverse.PUBLISHERS, Varcets.NONE, avoided, List.of());
  }

  @Test
  void saysWhichNewerVersionLacksADependency() {
    TestUniverse universe =
        new TestUniverse().add("app@1.0").add("app@2.0", "require lib@3.0").add("lib@1.0");
    assertThat(standstill(universe, image("app@1.0")))
        .isEqualTo(
            """
            A newer version of 'app' exists, pkg://test/app@2.0, but cannot be installed:
              Reject:  pkg://test/app@2.0
              Reason:  No version for 'require' dependency on lib@3.0 can be found\
            """);
  }

  @Test
  void saysWhatKeepsANewerVersionOut() {
    TestUniverse universe =
        new TestUniverse()
            .add("app@1.0")
            .add("app@2.0")
            .add("frame@1.0", "incorporate app@1.0")
            .add("quiet@1.0");
    assertThat(standstill(universe, image("app@1.0", "frame@1.0", "quiet@1.0")))
        .isEqualTo(
            """
            A newer version of 'app' exists, pkg://test/app@2.0, but cannot be installed:
            These cannot all be true at once:
              frame@1.0 is installed
              frame@1.0 incorporates app@1.0, which rules out app@2.0
              app@2.0 is newer than what is installed and was looked for\
            """);
  }

  @Test
  void saysNothingOfVersionsThatNobodyAskedFor() {
    TestUniverse universe = new TestUniverse().add("app@1.0").add("app@2.0");
    assertThat(Solver.solve(universe, image("app@1.0"), universe.install("app@1.0")).standstill())
        .isEmpty();
  }

  private static String standstill(TestUniverse universe, ImageFacts image) {
    return String.join("\n", Solver.solve(universe, image, TestUniverse.update()).standstill());
  }
}
