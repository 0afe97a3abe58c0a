package dev.ockham.testing;

/** What an upstream answers to each request. Called from many threads. */
@FunctionalInterface
public interface Script {
  Reply reply(Received request);
}
