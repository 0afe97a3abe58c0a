package dev.ockham.demo;

/**
 * What a server of the fleet reads off a request.
 *
 * @param prompt the text of its last message
 * @param streamUsage whether a stream shall end with the usage
 */
record Asked(String model, String prompt, boolean stream, boolean streamUsage) {}
