package dev.ockham.ledger;

import java.io.IOException;
import java.util.List;

/** Where segments lie: the seam at which a test puts a disk that fills up, dies or forgets. */
interface Disk {
  /** What is there, by number. */
  List<Region> regions() throws IOException;

  /**
   * A new region, its zeros really written, so that no later write finds the disk full.
   *
   * @throws IOException if there is no room; then nothing is left behind
   */
  Region allocate(long number, int bytes) throws IOException;

  /** Bytes that outlive the process as soon as they are written, and the machine once forced. */
  interface Region {
    long number();

    int size();

    void write(int at, byte[] from, int length);

    void read(int at, byte[] into, int length);

    void force(int from, int until) throws IOException;

    /** Lets go of it without deleting it. */
    void close();

    void delete() throws IOException;
  }
}
