package emblema.image.image;

import emblema.core.error.AccessException;
import emblema.core.error.ActuatorTimeoutException;
import emblema.core.error.ConflictException;
import emblema.core.error.ConstrainedException;
import emblema.core.error.EmblemaException;
import emblema.core.error.IntegrityException;
import emblema.core.error.LicenceException;
import emblema.core.error.LockedException;
import emblema.core.error.MalformedException;
import emblema.core.error.NotFoundException;
import emblema.core.error.NotLiveException;
import emblema.core.error.NothingToDoException;
import emblema.core.error.PartialException;
import emblema.core.error.StorageException;
import emblema.core.error.UnreachableException;
import emblema.core.error.UntrustedException;
import emblema.core.error.UsageException;

/** The words for failures in histories (spec image-layout, section 6). */
final class HistoryReason {
  static final String NOTHING_TO_DO = "Nothing to do";

  private HistoryReason() {}

  static String of(Throwable failure) {
    return failure instanceof EmblemaException known ? of(known) : "Unknown";
  }

  private static String of(EmblemaException failure) {
    return switch (failure) {
      case UsageException e -> "Bad Request";
      case NotFoundException e -> "Bad Request";
      case MalformedException e -> "Bad Request";
      case LicenceException e -> "Bad Request";
      case NotLiveException e -> "Bad Request";
      case NothingToDoException e -> NOTHING_TO_DO;
      case LockedException e -> "Locked";
      case ConstrainedException e -> "Constrained";
      case ConflictException e -> "Conflicting Actions";
      case ActuatorTimeoutException e -> "Actuator";
      case UnreachableException e -> "Transport";
      case IntegrityException e -> "Transport";
      case PartialException e -> "Transport";
      case UntrustedException e -> "Unknown";
      case AccessException e -> "Storage";
      case StorageException e ->
          String.valueOf(e.getMessage()).contains("space") ? "Insufficient Disk Space" : "Storage";
    };
  }
}
