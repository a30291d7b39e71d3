package emblema.image.plan;

import emblema.core.io.SafePath;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Where salvaged objects of one operation go (spec planner-solver, section 10, corrected): a {@code
 * salvage-from} claims an object when it names it or a directory above it, by whole names; of
 * several claims the most specific wins, and of equally specific ones the first by target path.
 */
public record Salvage(List<Claim> claims) {

  /** {@code into} receives what was salvaged from {@code from} or below. */
  public record Claim(SafePath from, SafePath into) {}

  /** Most specific first, then by target. */
  private static final Comparator<Claim> ORDER =
      Comparator.comparingInt((Claim claim) -> -claim.from().text().length())
          .thenComparing(Claim::from)
          .thenComparing(Claim::into);

  public Salvage {
    List<Claim> sorted = new ArrayList<>(claims);
    sorted.sort(ORDER);
    claims = List.copyOf(sorted);
  }

  /** The claim that gets the object salvaged from the given path, if any does. */
  public Optional<Claim> winner(SafePath salvaged) {
    return claims.stream().filter(claim -> salvaged.startsWith(claim.from())).findFirst();
  }

  /** Whether the step is the one that gets the object salvaged from the given path. */
  public boolean takes(Step.Recover step, SafePath salvaged) {
    return winner(salvaged).equals(Optional.of(new Claim(step.from(), step.into())));
  }

  /** The new path of an object salvaged from the given path, if it is claimed. */
  public Optional<SafePath> destination(SafePath salvaged) {
    return winner(salvaged).map(claim -> claim.into().resolve(salvaged.relativeTo(claim.from())));
  }
}
