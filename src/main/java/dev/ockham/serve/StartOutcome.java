package dev.ockham.serve;

/** What became of starting a server. */
public sealed interface StartOutcome {
  record Started(Server server) implements StartOutcome {}

  /** Why it was not started, in plain words, with what to do. */
  sealed interface NotStarted extends StartOutcome {
    String describe();
  }

  /** Something else listens there. */
  record PortTaken(String host, int port) implements NotStarted {
    @Override
    public String describe() {
      return "port %d on %s is taken by another process. Stop that process, or choose another port (server.port)."
          .formatted(port, host);
    }
  }

  /** The address cannot be listened on. */
  record Unbindable(String host, int port, String problem) implements NotStarted {
    @Override
    public String describe() {
      return "cannot listen on %s port %d: %s. Choose an address of this machine (server.host) and a port it may use (server.port)."
          .formatted(host, port, problem);
    }
  }
}
