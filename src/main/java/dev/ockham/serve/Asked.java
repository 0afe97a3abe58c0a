package dev.ockham.serve;

import dev.ockham.agent.Conversation;
import dev.ockham.chat.ChatRequest;
import dev.ockham.dialect.DecodeOutcome.Decoded;
import dev.ockham.policy.Caller;

/** Who asks, what, and in which conversation: all that a decision needs of a request. */
record Asked(Caller caller, Decoded decoded, Conversation conversation) {
  ChatRequest request() {
    return decoded.request();
  }
}
