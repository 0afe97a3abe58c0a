package dev.ockham.faults;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** All faults that have a test, in the order of their numbers. */
final class FaultList {
  private static final List<Fault> ELSEWHERE =
      List.of(
          Fault.held(
              "F22",
              "the settings are read again and the file is wrong",
              "nothing changes; the answer and the log name file and line; a metric and a note in"
                  + " /ready say so; a right file is swapped whole, and requests under way keep the"
                  + " old one",
              "dev.ockham.cli.ConfigReloadTest"),
          Fault.held(
              "F23",
              "the gateway is told to stop while streams are live",
              "not ready, no new work; streams end, or have an error event of their dialect at the"
                  + " deadline; none is reset",
              "dev.ockham.serve.DrainTest"),
          Fault.held(
              "F25",
              "a hundred bodies of 32 MB at once",
              "413 above the limit before the body is read; what is held stays within the budget",
              "dev.ockham.serve.BodyBudgetTest"),
          Fault.held(
              "F35",
              "memory runs short",
              "503 with Retry-After for new streams first, then for all new requests; what is under"
                  + " way goes on",
              "dev.ockham.serve.ShelterTest"));

  private FaultList() {}

  static List<Fault> all() {
    var all = new ArrayList<>(ELSEWHERE);
    all.addAll(AttemptFaults.ALL);
    all.addAll(StreamFaults.ALL);
    all.addAll(ReplyFaults.ALL);
    all.addAll(RequestFaults.ALL);
    all.addAll(ClientFaults.ALL);
    all.sort(Comparator.comparingInt(fault -> Integer.parseInt(fault.number().substring(1))));
    return all;
  }
}
