package dev.ockham.route;

import dev.ockham.agent.Conversation;
import dev.ockham.chat.ChatRequest;
import dev.ockham.policy.Caller;

/** One request with everything its decision reads. */
record Inquiry(
    ChatRequest request, Needs needs, Caller caller, Conversation conversation, Fleet fleet) {}
