package emblema.publisher.format;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Differences of two texts, line by line, in the form that {@code diff -u} prints. Blocks are found
 * as Python's library does it: the longest common one first, then left and right of it.
 */
public final class LineDiff {
  private static final int CONTEXT = 3;

  /** Beyond so many lines, those that make up more than a hundredth are no anchors. */
  private static final int POPULAR_FROM = 200;

  private final List<String> before;
  private final List<String> after;
  private final Map<String, List<Integer>> places = new HashMap<>();
  private final List<Block> blocks = new ArrayList<>();

  /** Equal lines. */
  private record Block(int before, int after, int length) {}

  private LineDiff(List<String> before, List<String> after) {
    this.before = before;
    this.after = after;
    for (int i = 0; i < after.size(); i++) {
      places.computeIfAbsent(after.get(i), key -> new ArrayList<>()).add(i);
    }
    int many = after.size() / 100 + 1;
    if (after.size() >= POPULAR_FROM) {
      places.values().removeIf(all -> all.size() > many);
    }
  }

  /**
   * @return lines without line feeds, with {@code ---} and {@code +++} lines first; none if equal
   */
  public static List<String> unified(
      List<String> before, List<String> after, String nameBefore, String nameAfter) {
    LineDiff diff = new LineDiff(before, after);
    diff.findBlocks();
    List<String> lines = diff.hunks();
    if (!lines.isEmpty()) {
      lines.addFirst("+++ " + nameAfter);
      lines.addFirst("--- " + nameBefore);
    }
    return lines;
  }

  private void findBlocks() {
    List<int[]> queue = new ArrayList<>();
    queue.add(new int[] {0, before.size(), 0, after.size()});
    List<Block> found = new ArrayList<>();
    while (!queue.isEmpty()) {
      int[] area = queue.removeLast();
      Block block = longest(area[0], area[1], area[2], area[3]);
      if (block.length() > 0) {
        found.add(block);
        queue.add(new int[] {area[0], block.before(), area[2], block.after()});
        queue.add(
            new int[] {
              block.before() + block.length(), area[1], block.after() + block.length(), area[3]
            });
      }
    }
    found.sort(java.util.Comparator.comparingInt(Block::before));
    blocks.addAll(found);
    blocks.add(new Block(before.size(), after.size(), 0));
  }

  private Block longest(int fromBefore, int toBefore, int fromAfter, int toAfter) {
    int bestBefore = fromBefore;
    int bestAfter = fromAfter;
    int best = 0;
    Map<Integer, Integer> lengths = Map.of();
    for (int i = fromBefore; i < toBefore; i++) {
      Map<Integer, Integer> next = new HashMap<>();
      for (int j : places.getOrDefault(before.get(i), List.of())) {
        if (j >= fromAfter && j < toAfter) {
          int length = lengths.getOrDefault(j - 1, 0) + 1;
          next.put(j, length);
          if (length > best) {
            bestBefore = i - length + 1;
            bestAfter = j - length + 1;
            best = length;
          }
        }
      }
      lengths = next;
    }
    while (bestBefore > fromBefore
        && bestAfter > fromAfter
        && before.get(bestBefore - 1).equals(after.get(bestAfter - 1))) {
      bestBefore--;
      bestAfter--;
      best++;
    }
    while (bestBefore + best < toBefore
        && bestAfter + best < toAfter
        && before.get(bestBefore + best).equals(after.get(bestAfter + best))) {
      best++;
    }
    return new Block(bestBefore, bestAfter, best);
  }

  private List<String> hunks() {
    List<String> out = new ArrayList<>();
    List<String> hunk = new ArrayList<>();
    int startBefore = 0;
    int startAfter = 0;
    int atBefore = 0;
    int atAfter = 0;
    boolean open = false;
    for (int n = 0; n < blocks.size(); n++) {
      Block block = blocks.get(n);
      boolean changed = atBefore < block.before() || atAfter < block.after();
      if (changed) {
        if (!open) {
          startBefore = atBefore;
          startAfter = atAfter;
          open = true;
        }
        before.subList(atBefore, block.before()).forEach(line -> hunk.add("-" + line));
        after.subList(atAfter, block.after()).forEach(line -> hunk.add("+" + line));
      }
      boolean last = n == blocks.size() - 1 || isLastChange(n);
      int end = block.before() + block.length();
      if (open && (last || block.length() > 2 * CONTEXT)) {
        int context = Math.min(CONTEXT, block.length());
        before
            .subList(block.before(), block.before() + context)
            .forEach(line -> hunk.add(" " + line));
        out.add(
            "@@ -%s +%s @@"
                .formatted(
                    range(startBefore, block.before() + context),
                    range(startAfter, block.after() + context)));
        out.addAll(hunk);
        hunk.clear();
        open = false;
      } else if (open) {
        before.subList(block.before(), end).forEach(line -> hunk.add(" " + line));
      }
      if (!open && n < blocks.size() - 1) {
        int context = Math.min(CONTEXT, block.length());
        startBefore = end - context;
        startAfter = block.after() + block.length() - context;
        hunk.clear();
        before.subList(startBefore, end).forEach(line -> hunk.add(" " + line));
        open = !isLastChange(n);
      }
      atBefore = end;
      atAfter = block.after() + block.length();
    }
    return out;
  }

  /** Whether nothing differs behind this block. */
  private boolean isLastChange(int n) {
    Block block = blocks.get(n);
    return block.before() + block.length() == before.size()
        && block.after() + block.length() == after.size();
  }

  private static String range(int from, int to) {
    int length = to - from;
    if (length == 1) {
      return String.valueOf(from + 1);
    }
    return (length == 0 ? from : from + 1) + "," + length;
  }
}
