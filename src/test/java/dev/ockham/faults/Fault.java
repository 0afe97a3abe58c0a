package dev.ockham.faults;

import java.util.List;

/**
 * One thing that goes wrong, and what is promised then.
 *
 * @param number in the list of faults, such as F7
 * @param heldBy tests elsewhere that try more of it; may be empty
 */
record Fault(String number, String what, String promise, List<Try> tries, List<String> heldBy) {
  Fault {
    tries = List.copyOf(tries);
    heldBy = List.copyOf(heldBy);
  }

  static Fault tried(String number, String what, String promise, List<Try> tries) {
    return new Fault(number, what, promise, tries, List.of());
  }

  static Fault held(String number, String what, String promise, String... tests) {
    return new Fault(number, what, promise, List.of(), List.of(tests));
  }

  Fault alsoHeldBy(String... tests) {
    return new Fault(number, what, promise, tries, List.of(tests));
  }

  /** One way to bring it about. */
  record Try(String name, Trial trial) {}

  /** Fails where the promise is not kept; tells what was seen, without figures of a machine. */
  interface Trial {
    String run(World world) throws Exception;
  }
}
