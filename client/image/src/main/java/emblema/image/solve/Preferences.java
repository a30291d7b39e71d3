package emblema.image.solve;

import java.util.List;

/**
 * The order of choices that makes the first answer the wanted one (spec planner-solver, section 5):
 * first the wishes in their order; then, whenever some package turns out to be needed, its best
 * version; then, one by one, leave out what nobody needs.
 */
final class Preferences implements Brancher {

  /**
   * A package that need not be there.
   *
   * @param presence the variable for "some version of it"
   * @param versions their variables, best first
   */
  record Optional(int presence, int[] versions) {}

  private final int[] wishes;
  private final List<Optional> optionals;
  private int position;

  /**
   * @param wishes literals, most wanted first
   * @param optionals those to leave out first come first
   */
  Preferences(int[] wishes, List<Optional> optionals) {
    this.wishes = wishes.clone();
    this.optionals = List.copyOf(optionals);
  }

  @Override
  public int next(Sat sat) {
    for (; position < wishes.length; position++) {
      if (sat.value(wishes[position]) == 0) {
        return wishes[position];
      }
    }
    int open = 0;
    for (Optional optional : optionals) {
      int value = sat.value(optional.presence());
      if (value > 0) {
        for (int version : optional.versions()) {
          if (sat.value(version) > 0) {
            break;
          }
          if (sat.value(version) == 0) {
            return version;
          }
        }
      } else if (value == 0 && open == 0) {
        open = -optional.presence();
      }
    }
    return open;
  }

  @Override
  public void backtracked() {
    position = 0;
  }
}
