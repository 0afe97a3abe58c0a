package dev.ockham.cli;

import java.io.BufferedReader;
import java.io.PrintWriter;

/**
 * The person at the other end of a command.
 *
 * @param out results
 * @param err problems and progress
 * @param in answers to questions
 * @param interactive whether there is a person to ask
 */
public record Terminal(PrintWriter out, PrintWriter err, BufferedReader in, boolean interactive) {}
