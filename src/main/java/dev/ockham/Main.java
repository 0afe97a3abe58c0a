package dev.ockham;

/** Picks a command, nothing else. */
public final class Main {
  private Main() {}

  public static void main(String[] args) {
    System.out.println("ockham");
  }
}
