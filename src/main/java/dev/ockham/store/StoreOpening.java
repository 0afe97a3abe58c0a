package dev.ockham.store;

import java.nio.file.Path;

/** What became of opening a store. */
public sealed interface StoreOpening {
  record Opened(Store store) implements StoreOpening {}

  /** Why it was not opened, in plain words, with what to do. */
  sealed interface NotOpened extends StoreOpening {
    String describe();
  }

  /** Another process uses the folder. */
  record Locked(Path folder, long pid) implements NotOpened {
    @Override
    public String describe() {
      return "the data folder "
          + folder
          + " is in use by process "
          + pid
          + ". Stop that process, or choose another folder (data.folder).";
    }
  }

  /** A newer version of Ockham wrote it. */
  record TooNew(Path folder, int version, int newestKnown) implements NotOpened {
    @Override
    public String describe() {
      return "the data folder "
          + folder
          + " has format "
          + version
          + "; this version of Ockham reads up to "
          + newestKnown
          + ". Use the newer Ockham that wrote it, or restore a backup.";
    }
  }

  /** The folder cannot be used: not writable, no space, damaged. */
  record Unusable(Path folder, String problem) implements NotOpened {
    @Override
    public String describe() {
      return "the data folder " + folder + " cannot be used: " + problem;
    }
  }
}
