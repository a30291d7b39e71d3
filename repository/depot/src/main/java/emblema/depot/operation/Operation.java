package emblema.depot.operation;

import java.util.List;

/** One operation of the protocol, in all its versions. */
public interface Operation {
  /** As in addresses: {@code catalog}. */
  String name();

  /** Ascending. */
  List<Integer> versions();

  /** Who may ask, and in which modes of the depot. */
  Access access();

  /** Kinds of operations. */
  enum Access {
    /** Always served. */
    ALWAYS,
    /** Not served by a mirror, which has only files. */
    READ,
    /** Changes the repository: only for publishers, and in no mode that only reads. */
    PUBLISH
  }

  /** Answers; errors of ours that it throws become the pages that {@link Depot} makes of them. */
  Response answer(Call call);

  /** Whether this call changes the repository, where some calls of an operation that reads do. */
  default boolean publishes(Call call) {
    return access() == Access.PUBLISH;
  }
}
